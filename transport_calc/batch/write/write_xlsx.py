"""Decisions as an Excel workbook: one sheet, amounts as numbers, everything else as text that stays text.

The library makes the workbook with everything but the rows; cell by cell it would take minutes for what a sheet can
hold, so the rows are made by columns (`sheet_rows`) and put where they belong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP64_LIMIT, ZIP_DEFLATED, ZipFile

import polars as pl
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from transport_calc.batch.ahead import ahead
from transport_calc.batch.write.column import column
from transport_calc.batch.write.guard import guarded, with_guard
from transport_calc.batch.write.kroner_text import kroner_text
from transport_calc.batch.write.output_columns import COLUMNS, MONEY, NUMBERS, OutputColumns
from transport_calc.batch.write.sheet_rows import sheet_rows
from transport_calc.batch.write.spool import keep, kept
from transport_calc.faults import Fault, InvalidInput
from transport_calc.wording import text

MOST_ROWS = 1_048_575
MOST_COLUMNS = 16_384
LONGEST_TEXT = 32_767
"""What a sheet can hold besides its header."""

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  # The same in every workbook, so that equal contents are equal bytes.
_WIDTHS = {"row": 8, "rows": 6, "case_id": 16, "payable_dkk": 13, "minimum_dkk": 13, "justification": 80}
_WIDTH = 18
_SHEET = "xl/worksheets/sheet1.xml"
_BETWEEN = b"</sheetData>"
_SIZE = re.compile(rb"<dimension [^>]*/>")
_MONEY_STYLE = 1
"""The library numbers formats in the order of their use, and 0 is its own."""


class XlsxWriter:
    """Writes blocks of decisions as a workbook. Raises `InvalidInput` for more than a sheet can hold."""

    def __init__(self, columns: OutputColumns, *, lang: str) -> None:
        self._columns = columns
        self._lang = lang
        self._rows = 0

    def start(self, stream: BinaryIO) -> None:
        """Check that the columns have room; the header itself is written last."""
        if len(self._columns.names) > MOST_COLUMNS:
            raise _too_large("columns", MOST_COLUMNS)

    def append(self, rows: pl.DataFrame, stream: BinaryIO) -> None:
        """Keep one block (the `rows` of a `Decided`)."""
        self._rows += rows.height
        _check_room(self._rows)
        rows = with_guard(rows, ("case_id", *self._columns.foreign))
        keep(rows.select(_cell(name).alias(name) for name in self._columns.names), stream)

    def assemble(self, part: BinaryIO, whole: BinaryIO) -> None:
        """Write the workbook."""
        rows = size = 0
        for block in kept(part):
            rows += block.height
            size += 2 * int(block.estimated_size()) + 64 * block.width * block.height
        # Once more, because a run that was resumed has not seen its first blocks.
        _check_room(rows)
        part.seek(0)
        with ZipFile(self._empty_workbook(rows)) as empty, ZipFile(whole, "w", ZIP_DEFLATED) as book:
            for member in empty.infolist():
                if member.filename != _SHEET:
                    book.writestr(member, empty.read(member.filename))
                    continue
                before, _, after = empty.read(member.filename).partition(_BETWEEN)
                with book.open(member, "w", force_zip64=size > ZIP64_LIMIT) as sheet:
                    # The size of a sheet may be left out, and the library knows only that of the header.
                    sheet.write(_SIZE.sub(b"", before))
                    for made in ahead(self._rows_below_header(part)):
                        sheet.write(made)
                    sheet.write(_BETWEEN + after)

    def _rows_below_header(self, part: BinaryIO) -> Iterator[bytes]:
        styles = {at: _MONEY_STYLE for at, name in enumerate(self._columns.names) if name in MONEY}
        numbers = {at for at, name in enumerate(self._columns.names) if name in MONEY or name in NUMBERS}
        first = 2
        for block in _slices(kept(part)):
            yield sheet_rows(block, first, numbers=numbers, styles=styles)
            first += block.height

    def _empty_workbook(self, rows: int) -> BytesIO:
        """The workbook with its header and its looks, for so many rows."""
        content = BytesIO()
        with Workbook(content, {"in_memory": True}) as book:
            book.set_properties({"created": _MADE})
            bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
            sheet = book.add_worksheet(text("batch.sheet", self._lang))
            names = self._columns.names
            for at, name in enumerate(names):
                sheet.set_column(at, at, _WIDTHS.get(name, _WIDTH), money if name in MONEY else None)
                sheet.write_string(0, at, name if name in COLUMNS else guarded(name), bold)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, rows, len(names) - 1)
            # A case number is text on purpose; no green corner has to say so.
            sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS + 1}"})
        return content


def _cell(name: str) -> pl.Expr:
    if name in MONEY:
        return kroner_text(MONEY[name]).fill_null("")
    if name in NUMBERS:
        return column(name).cast(pl.String)
    cell = column(name)
    # The rest of a text that has no room is left out for all to see.
    return pl.when(cell.str.len_chars() > LONGEST_TEXT).then(cell.str.head(LONGEST_TEXT - 1) + "…").otherwise(cell)


def _slices(blocks: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    for block in blocks:
        yield from block.iter_slices(10_000)


def _check_room(rows: int) -> None:
    if rows > MOST_ROWS:
        raise _too_large("rows", MOST_ROWS)


def _too_large(what: str, most: int) -> InvalidInput:
    return InvalidInput([Fault(f"too_many_{what}_for_xlsx", "--output", str(most))])
