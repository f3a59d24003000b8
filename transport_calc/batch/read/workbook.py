"""Workbooks: the sheets of an Excel file, each a table; what a cell holds is taken as Excel stores it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import cast
from xml.etree import ElementTree

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from transport_calc.batch.notice import Notice
from transport_calc.batch.read.block import Block
from transport_calc.batch.read.content import Content
from transport_calc.batch.read.layout import Layout, layout_of
from transport_calc.batch.read.sheet_blocks import DELIMITER, Errors, Stored, cell_text, sheet_blocks, with_errors
from transport_calc.batch.read.sheet_errors import UnknownPlaces, error_cells
from transport_calc.faults import Fault, InvalidInput, safe

ALL_SHEETS = "all"

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_OPEN_XML = (".xlsx", ".xlsm")
_OTHER_KINDS = (".xls", ".xlsb", ".ods")


def is_workbook(content: Content) -> bool:
    """Is this a workbook, by its first bytes or by its ending?"""
    return content.beginning(4) in (_ZIP, _OLE) or content.name.lower().endswith(_OPEN_XML + _OTHER_KINDS)


def open_sheets(content: Content, sheet: str | None = None) -> list[SheetTable]:
    """The sheets that `sheet` chooses by name, by number from 1, or `all`; else the first one with a usable header.

    Sheets that are not read are named in a notice. Raises `InvalidInput`.
    """
    if content.name.lower().endswith(_OTHER_KINDS):
        raise InvalidInput([Fault("old_workbook", "", safe(content.name))])
    with _opened(content) as workbook:
        names = [found.name for found in workbook.sheets_metadata if found.visible == SheetVisibleEnum.Visible]
        if sheet == ALL_SHEETS:
            found = [_named_table(content, workbook, name) for name in names]
            tables = [table for table in found if table is not None]
        elif sheet is not None:
            tables = [_table(content, workbook, _chosen(sheet, workbook.sheet_names))]
        else:
            tables = [_first_usable(content, workbook, names)]
    if not tables:
        raise InvalidInput([Fault("empty_file", "")])
    unread = [name for name in names if name not in [table.sheet for table in tables] and sheet is None]
    if unread:
        listed = ", ".join(safe(name) for name in unread)
        tables[0].notices += (Notice("sheets_not_read", {"sheet": safe(tables[0].sheet), "others": listed}),)
    return tables


class SheetTable:
    """One sheet, already read. `name` is that of the file with the sheet in brackets."""

    def __init__(self, content: Content, sheet: str, layout: Layout, blocks: Sequence[Block]) -> None:
        self.name = f"{content.name}[{sheet}]"
        self.size = content.size
        self.sheet = sheet
        self.layout = layout
        self.notices: tuple[Notice, ...] = layout.notices
        self._blocks = blocks

    def blocks(self, skip: int = 0, only: Sequence[str] = ()) -> Iterator[Block]:
        """The rows of the sheet, without the first `skip` blocks; `only` saves nothing here."""
        yield from self._blocks[skip:]

    def glance(self, only: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows themselves; `only` saves nothing here."""
        return (block.cells for block in self.blocks())


@contextmanager
def _opened(content: Content) -> Iterator[CalamineWorkbook]:
    if content.beginning(4) == _OLE:
        # The old format, or a new workbook that a password has locked into the old container.
        code = "protected_workbook" if content.name.lower().endswith(_OPEN_XML) else "old_workbook"
        raise InvalidInput([Fault(code, "", safe(content.name))])
    try:
        with content.open() as source:
            source.seek(0)
            yield CalamineWorkbook.from_object(source)
    except PasswordError:
        raise InvalidInput([Fault("protected_workbook", "", safe(content.name))]) from None
    except (CalamineError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, StopIteration):
        raise InvalidInput([Fault("damaged_workbook", "", safe(content.name))]) from None


def _chosen(sheet: str, names: Sequence[str]) -> str:
    if sheet in names:
        return sheet
    if sheet.isdecimal() and 1 <= int(sheet) <= len(names):
        return names[int(sheet) - 1]
    raise InvalidInput([Fault("no_such_sheet", "--sheet", safe(sheet), {"sheets": ", ".join(map(safe, names))})])


def _first_usable(content: Content, workbook: CalamineWorkbook, names: list[str]) -> SheetTable:
    refusals: list[InvalidInput] = []
    for name in names:
        try:
            return _table(content, workbook, name)
        except InvalidInput as invalid:
            refusals.append(invalid)
    raise refusals[0] if refusals else InvalidInput([Fault("empty_file", "")])


def _named_table(content: Content, workbook: CalamineWorkbook, name: str) -> SheetTable | None:
    """One sheet of several, none if it is empty; what is wrong with it is said under its name."""
    try:
        return _read(content, workbook, name)
    except InvalidInput as invalid:
        raise InvalidInput([Fault("unusable_file", "", safe(f"{content.name}[{name}]")), *invalid.faults]) from None


def _table(content: Content, workbook: CalamineWorkbook, name: str) -> SheetTable:
    table = _read(content, workbook, name)
    if table is None:
        raise InvalidInput([Fault("empty_file", "")])
    return table


def _read(content: Content, workbook: CalamineWorkbook, name: str) -> SheetTable | None:
    """The sheet `name`; none if nothing is written in it."""
    with ThreadPoolExecutor(1) as beside:
        # The library has the whole file in memory, so nobody else reads it meanwhile.
        searched = beside.submit(_errors, content, name)
        sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return None
    top, left = sheet.start
    errors = _by_row(searched.result(), top, left)
    # The used area of a sheet begins with a row in which something is written; those above it are given as well.
    rows = islice(cast(Iterator[list[Stored]], sheet.iter_rows()), top, None)
    header = with_errors(next(rows), errors.get(top + 1, {}))
    layout = _layout([cell_text(value, "").strip() for value in header], top)
    blocks = list(sheet_blocks(rows, sheet.height - 1, layout, errors, content.size))
    return SheetTable(content, name, layout, blocks)


def _errors(content: Content, sheet: str) -> dict[tuple[int, int], str]:
    with content.open() as source:
        try:
            return error_cells(source, sheet)
        except UnknownPlaces:
            raise InvalidInput([Fault("unplaced_errors", "", safe(sheet))]) from None


def _by_row(errors: dict[tuple[int, int], str], top: int, left: int) -> Errors:
    """The errors of a sheet by row, in the columns of its used area, which begins at `top` and `left`."""
    found: dict[int, dict[int, str]] = {}
    for (row, column), error in errors.items():
        found.setdefault(row + 1, {})[column - left] = error
    return found


def _layout(header: list[str], top: int) -> Layout:
    width = max(at for at, cell in enumerate(header, 1) if cell)
    columns = tuple(cell or f"column_{number}" for number, cell in enumerate(header[:width], 1))
    return layout_of(DELIMITER, columns, top + 1, top)
