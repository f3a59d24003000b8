"""Text that a spreadsheet would not leave alone, made harmless by an apostrophe in front."""

from __future__ import annotations

import re

import polars as pl

from transport_calc.batch.write.column import column

_FORMULA = r"[=+\-@\t\r]"
_NUMBER = r"[-+]?[0-9][0-9.,]*"
_MONTHS = "jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
_REWRITTEN = (
    r"0[0-9]+([.,][0-9]*)?",  # leading zeros are dropped
    r"[-+]?[0-9]{12,}",  # shown as 1,23E+11, and from the 16th digit on as zeros
    r"[0-9]{1,2}[-/.][0-9]{1,4}",  # read as a day and a month, or as a month and a year
    r"[-+]?[0-9]+([.,][0-9]+)?[eE][-+]?[0-9]+",  # read as a power of ten
    rf"(?i:[0-9]{{1,2}}[-/. ]*(?:{_MONTHS})[a-z]*([-/. ]*[0-9]{{1,4}})?)",  # 1 maj, 2DEC
    rf"(?i:(?:{_MONTHS})[a-z]*[-/. ]*[0-9]{{1,4}})",  # MAR-12, SEPT2
)

_RISKY_IN_EXCEL = rf"{_FORMULA}|[0-9]|(?i:{_MONTHS})"

_PYTHON_FORMULA = re.compile(_FORMULA)
_PYTHON_NUMBER = re.compile(_NUMBER)
_PYTHON_REWRITTEN = re.compile("|".join(_REWRITTEN))


def guarded(text: str, *, excel: bool = False) -> str:
    """`text` so that no spreadsheet takes it for a formula; a plain number stays as it is.

    With `excel`, text is guarded as well that Excel would rewrite when a CSV file is opened by double-click: case
    number 00123 would become 123, and 1-2 the first of February. Nothing written in CSV says "this is text" to Excel
    without a trace. Of the three known ways the formula `="00123"` is what this guard exists to prevent, an invisible
    tab would make two equal case numbers unequal with nothing to see, and an apostrophe can be seen, searched for and
    removed; it is also what Excel itself puts in front of text. Full dates and plain numbers stay as they are,
    because Excel's reading of them is the intended one.
    """
    is_formula = _PYTHON_FORMULA.match(text) and not _PYTHON_NUMBER.fullmatch(text)
    return "'" + text if is_formula or (excel and _PYTHON_REWRITTEN.fullmatch(text)) else text


def with_guard(frame: pl.DataFrame, names: tuple[str, ...], *, excel: bool = False) -> pl.DataFrame:
    """`frame` with the text of the columns `names` guarded, as `guarded` does with one text."""
    worth_a_look = _may_be_rewritten if excel else _may_be_a_formula
    found = frame.select(worth_a_look(column(name)).any().alias(str(at)) for at, name in enumerate(names))
    suspects = [name for name, holds in zip(names, found.row(0), strict=True) if holds]
    return frame.with_columns(_guarded(column(name), excel=excel) for name in suspects)


def _guarded(text: pl.Expr, *, excel: bool) -> pl.Expr:
    risky = _starts(text, _FORMULA) & ~_is(text, _NUMBER)
    if excel:
        risky = risky | _is(text, "|".join(_REWRITTEN))
    return pl.when(risky).then(pl.lit("'") + text).otherwise(text).name.keep()


def _may_be_a_formula(text: pl.Expr) -> pl.Expr:
    """Whether a text begins with a sign below the digits or between them and the letters: quickly seen, and enough."""
    return ((text >= "\t") & (text < "0")) | ((text >= ":") & (text < "A"))


def _may_be_rewritten(text: pl.Expr) -> pl.Expr:
    return _starts(text, _RISKY_IN_EXCEL)


def _starts(text: pl.Expr, pattern: str) -> pl.Expr:
    return text.str.contains(rf"\A(?:{pattern})")


def _is(text: pl.Expr, pattern: str) -> pl.Expr:
    return text.str.contains(rf"\A(?:{pattern})\z")
