"""The receipts as a workbook, as Excel stores them: days and numbers typed, everything else text.

python benchmarks/workbook.py ROWS FILE
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime

import receipts
import xlsxwriter  # type: ignore[import-untyped]

DATE, NUMBERS = 1, (6, 9, 10)
"""The columns that are not text."""


def typed(at: int, cell: str) -> str | float | datetime:
    """A cell as somebody types it into Excel; what is no number or day stays text."""
    try:
        if at == DATE:
            return datetime.strptime(cell, "%d-%m-%Y").replace(tzinfo=UTC)
        if at in NUMBERS:
            return float(cell.replace(",", "."))
    except ValueError:
        return cell
    return cell


def main(rows: int, file: str) -> None:
    """Write `rows` receipts to a workbook."""
    texts = io.BytesIO()
    receipts.write(rows, texts)
    options = {"constant_memory": True, "remove_timezone": True, "default_date_format": "dd-mm-yyyy"}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Bilag")
        for number, line in enumerate(texts.getvalue().decode("utf-8").splitlines()):
            sheet.write_row(number, 0, [typed(at, cell) for at, cell in enumerate(line.split(";"))])


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
