"""The cells of a sheet that hold an error such as #N/A, found in its XML.

The reader of workbooks gives them as empty, and an empty cell would be an unknown fact: an amount that Excel could not
calculate must not become one that nobody wrote.
"""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO
from xml.etree import ElementTree

_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>""")
_VALUE = re.compile(rb"\s*(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>([^<]*)<")
_PLACE = re.compile(rb"""\br=["']([A-Z]+)([0-9]+)["']""")
_ANY_ERROR = "#ERROR"


class UnknownPlaces(Exception):
    """The sheet has cells with errors, but does not say where."""


def error_cells(workbook: BinaryIO, sheet: str) -> dict[tuple[int, int], str]:
    """The errors of `sheet` by row and column, both from 0. Raises `UnknownPlaces`, or `KeyError` if
    the file is no such workbook."""
    with zipfile.ZipFile(workbook) as parts:
        xml = parts.read(_part(parts, sheet))
    if b't="e"' not in xml and b"t='e'" not in xml:
        return {}
    errors = {}
    for cell in _ERROR_CELL.finditer(xml):
        place = _PLACE.search(cell[1])
        if place is None:
            raise UnknownPlaces
        value = _VALUE.match(xml, cell.end())
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
