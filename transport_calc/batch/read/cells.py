"""One line of a CSV file into its cells, strictly: a quote that stands where none may stand is an error.

The standard library's reader takes `ab"c` as text and reads an unclosed quote to the end of the file, so the
structure is read here; the grammar is that of RFC 4180 with a free delimiter.
"""

from __future__ import annotations

import re

_INSIDE = re.compile(r'[^"]*(?:""[^"]*)*')


class BadQuote(Exception):
    """A quote in the wrong place: `stray_quote` or `unclosed_quote`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def split_cells(line: str, delimiter: str) -> tuple[str, ...]:
    """The cells of `line`, which has no line end. Raises `BadQuote`."""
    if '"' not in line:
        return tuple(line.split(delimiter))
    cells: list[str] = []
    at = 0
    while True:
        cell, at = _quoted(line, at + 1) if line.startswith('"', at) else _bare(line, at, delimiter)
        cells.append(cell)
        if at == len(line):
            return tuple(cells)
        if not line.startswith(delimiter, at):
            raise BadQuote("stray_quote")
        at += len(delimiter)


def join_cells(cells: tuple[str, ...], delimiter: str = ";") -> str:
    """The line, without a line end, that `split_cells` reads as `cells`."""
    return delimiter.join(_written(cell, delimiter) for cell in cells)


def _quoted(line: str, start: int) -> tuple[str, int]:
    match = _INSIDE.match(line, start)
    assert match is not None, "the pattern matches even an empty text"
    if match.end() == len(line):
        raise BadQuote("unclosed_quote")
    return match.group().replace('""', '"'), match.end() + 1


def _bare(line: str, start: int, delimiter: str) -> tuple[str, int]:
    end = line.find(delimiter, start)
    end = len(line) if end < 0 else end
    cell = line[start:end]
    if '"' in cell:
        raise BadQuote("stray_quote")
    return cell, end


def signs_to_quote(delimiter: str) -> tuple[str, ...]:
    """What a cell needs quotes for."""
    return (delimiter, '"', "\n", "\r")


def _written(cell: str, delimiter: str) -> str:
    if any(sign in cell for sign in signs_to_quote(delimiter)):
        return '"' + cell.replace('"', '""') + '"'
    return cell
