"""Decisions and rejects as CSV: plain for machines, or so that Danish Excel opens it by double-click.

Plain means UTF-8 without a byte order mark, `;` between cells, a decimal point and `\\n`. For Excel it means a byte
order mark, `;`, a decimal comma and `\\r\\n`. Text that a spreadsheet would run as a formula has an apostrophe in
front; for Excel, so has text that it would rewrite (`guard`).
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import BinaryIO

import polars as pl

from transport_calc.batch.read.cells import join_cells
from transport_calc.batch.write.column import column
from transport_calc.batch.write.csv_line import CsvLine, quoted_where_needed
from transport_calc.batch.write.guard import guarded, with_guard
from transport_calc.batch.write.kroner_text import kroner_texts
from transport_calc.batch.write.output_columns import COLUMNS, LINE, MONEY, REJECT_COLUMNS, OutputColumns
from transport_calc.batch.write.write_frame import write_frame


class CsvWriter:
    """Writes blocks of decisions as CSV, for Excel if `excel`."""

    assemble = None

    def __init__(self, columns: OutputColumns, *, excel: bool = False) -> None:
        self._columns = columns
        self._excel = excel

    def start(self, stream: BinaryIO) -> None:
        """Write the header."""
        stream.write(_header((*COLUMNS, *map(guarded, self._columns.foreign)), excel=self._excel))

    def append(self, rows: pl.DataFrame, stream: BinaryIO) -> None:
        """Write one block (the `rows` of a `Decided`)."""
        if not set(LINE) <= set(rows.columns):
            rows = rows.with_columns(text.alias(name) for name, text in zip(LINE, CsvLine().of_rows(), strict=True))
        # The product's own columns never begin like a formula; only what came from the file is looked at.
        foreign = ("case_id", *self._columns.foreign)
        cells = quoted_where_needed(with_guard(rows, foreign, excel=self._excel), foreign)
        first, *others = LINE
        before, after = ("row", "rows", "case_id", first), (*others, *self._columns.foreign)
        money = [kroner_texts(rows[oere], "," if self._excel else ".") for oere in MONEY.values()]
        line = cells.select(*map(column, before), *money, *map(column, after))
        write_frame(line, stream, line_end=_line_end(excel=self._excel), quotes=False)


class TableCsvWriter:
    """Writes blocks that already are what stands in the file: `columns`, of which `guard` may hold any text."""

    assemble = None

    def __init__(self, columns: tuple[str, ...], *, guard: tuple[str, ...], excel: bool = False) -> None:
        self._columns = columns
        self._guard = guard
        self._excel = excel

    def start(self, stream: BinaryIO) -> None:
        """Write the header."""
        stream.write(_header(self._columns, excel=self._excel))

    def append(self, rows: pl.DataFrame, stream: BinaryIO) -> None:
        """Write one block."""
        # An empty text would be written as "", no value as nothing at all.
        text = pl.col(pl.String)
        cells = with_guard(rows, self._guard, excel=self._excel).select(self._columns)
        bare = cells.with_columns(pl.when(text != "").then(text))
        write_frame(bare, stream, line_end=_line_end(excel=self._excel))


class RejectCsvWriter:
    """Writes the reasons of rejected rows (the `rejects` of a `Decided`) as CSV, for Excel if `excel`."""

    assemble = None

    def __init__(self, *, excel: bool = False) -> None:
        self._excel = excel

    def start(self, stream: BinaryIO) -> None:
        """Write the header."""
        stream.write(_header(REJECT_COLUMNS, excel=self._excel))

    def append(self, rows: pl.DataFrame, stream: BinaryIO) -> None:
        """Write the reasons of one block. They are few, and so many columns would take longer than the texts."""
        end = _line_end(excel=self._excel)
        for row, *texts in rows.select(REJECT_COLUMNS).iter_rows():
            cells = (str(row), *(guarded(text, excel=self._excel) for text in texts))
            stream.write(f"{join_cells(cells)}{end}".encode())


def _header(names: tuple[str, ...], *, excel: bool) -> bytes:
    line = join_cells(names)
    return BOM_UTF8 + f"{line}\r\n".encode() if excel else f"{line}\n".encode()


def _line_end(*, excel: bool) -> str:
    return "\r\n" if excel else "\n"
