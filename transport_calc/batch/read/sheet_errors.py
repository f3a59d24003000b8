"""The cells of a sheet that hold an error such as #N/A, found in its XML.

The reader of workbooks gives them as empty, and an empty cell would be an unknown fact: an amount that Excel could not
calculate must not become one that nobody wrote.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast
from xml.etree import ElementTree

_AT_ONCE = 1 << 20
_ROW_END = b"</row>"
_NAMED_ROW_END = re.compile(rb"</\w+:row>")
_ERROR = re.compile(rb"""t=["']e["']""")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>""")
_VALUE = re.compile(rb"\s*(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>([^<]*)<")
_PLACE = re.compile(rb"""\br=["']([A-Z]+)([0-9]+)["']""")
_ANY_ERROR = "#ERROR"


class UnknownPlaces(Exception):
    """The sheet has cells with errors, but does not say where."""


def error_cells(workbook: BinaryIO, sheet: str) -> dict[tuple[int, int], str]:
    """The errors of `sheet` by row and column, both from 0. Raises `UnknownPlaces`, or `KeyError` if
    the file is no such workbook."""
    errors: dict[tuple[int, int], str] = {}
    with zipfile.ZipFile(workbook) as parts, parts.open(_part(parts, sheet)) as xml:
        for rows in _whole_rows(cast(BinaryIO, xml)):
            errors |= _errors_in(rows)
    return errors


def _whole_rows(xml: BinaryIO) -> Iterator[bytes]:
    """The XML of a sheet in pieces that end with a row, because in full it can fill the memory."""
    rest = b""
    while read := xml.read(_AT_ONCE):
        rest += read
        if end := _end_of_rows(rest):
            yield rest[:end]
            rest = rest[end:]
    yield rest


def _end_of_rows(xml: bytes) -> int:
    """Where the last whole row ends; 0 if there is none."""
    at = xml.rfind(_ROW_END)
    if at >= 0:
        return at + len(_ROW_END)
    return max((found.end() for found in _NAMED_ROW_END.finditer(xml)), default=0)


def _errors_in(rows: bytes) -> dict[tuple[int, int], str]:
    errors = {}
    for kind in _ERROR.finditer(rows):
        cell = _ERROR_CELL.match(rows, rows.rfind(b"<", 0, kind.start()))
        if cell is None:
            continue
        place = _PLACE.search(cell[1])
        if place is None:
            raise UnknownPlaces
        value = _VALUE.match(rows, cell.end())
        errors[int(place[2]) - 1, _column(place[1])] = value[1].decode() if value else _ANY_ERROR
    return errors


def _part(parts: zipfile.ZipFile, sheet: str) -> str:
    """The name of the part of the file that holds `sheet`."""
    sheets = ElementTree.fromstring(parts.read("xl/workbook.xml")).iterfind(".//{*}sheet")
    attributes = next(found.attrib for found in sheets if found.get("name") == sheet)
    # The name space of the attribute differs between the two kinds of Excel files.
    relation = next(value for name, value in attributes.items() if name.endswith("}id"))
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    target = next(found.get("Target", "") for found in relations if found.get("Id") == relation)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
