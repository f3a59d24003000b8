"""The report of a batch: one page to look at, print or file, made from the tally alone."""

from transport_calc.batch.report.page import report_html

__all__ = ["report_html"]
