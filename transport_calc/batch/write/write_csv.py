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
from transport_calc.batch.write.guard import guarded, with_guard
from transport_calc.batch.write.kroner_text import kroner, kroner_text
from transport_calc.batch.write.output_columns import COLUMNS, MONEY, REJECT_COLUMNS, OutputColumns
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
        # The product's own columns never begin like a formula; only what came from the file is looked at.
        rows = with_guard(rows, ("case_id", *self._columns.foreign), excel=self._excel)
        cells = (
            _amount(MONEY[name], excel=self._excel).alias(name) if name in MONEY else column(name)
            for name in self._columns.names
        )
        _append(rows.select(cells), stream, excel=self._excel)


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
        guarded_rows = with_guard(rows, self._guard, excel=self._excel)
        _append(guarded_rows.select(self._columns), stream, excel=self._excel)


class RejectCsvWriter(TableCsvWriter):
    """Writes the reasons of rejected rows (the `rejects` of a `Decided`) as CSV, for Excel if `excel`."""

    def __init__(self, *, excel: bool = False) -> None:
        super().__init__(REJECT_COLUMNS, guard=REJECT_COLUMNS[1:], excel=excel)


def _amount(oere: str, *, excel: bool) -> pl.Expr:
    # A decimal is written with a point as it is, which spares making a text of it.
    return kroner_text(oere, ",") if excel else kroner(oere)


def _header(names: tuple[str, ...], *, excel: bool) -> bytes:
    line = join_cells(names)
    return BOM_UTF8 + f"{line}\r\n".encode() if excel else f"{line}\n".encode()


def _append(cells: pl.DataFrame, stream: BinaryIO, *, excel: bool) -> None:
    # An empty text would be written as "", no value as nothing at all.
    text = pl.col(pl.String)
    bare = cells.with_columns(pl.when(text != "").then(text))
    write_frame(bare, stream, line_end="\r\n" if excel else "\n")
