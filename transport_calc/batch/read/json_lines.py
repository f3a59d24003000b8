"""JSON lines: one receipt per line, an object of facts by their names; its types are taken literally."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

import polars as pl

from transport_calc.batch.notice import Notice
from transport_calc.batch.read.block import Block, block_of
from transport_calc.batch.read.content import Content
from transport_calc.batch.read.decode import before_stray, byte_length, find_encoding, open_text, shown, stray_byte
from transport_calc.batch.read.layout import layout_of
from transport_calc.batch.read.rows import BrokenRow, Row, Skipped, bounded
from transport_calc.batch.read.typed_cells import exact_text, number_text
from transport_calc.faults import Fault, InvalidInput, safe

ROWS_PER_BLOCK = 50_000

_ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_ENOUGH = 4096

# A line of JSON has no delimiter, but what is written about its row needs one.
_DELIMITER = ";"
_ESCAPE = "\\u"


def is_json_lines(content: Content) -> bool:
    """Is this JSON lines, by its ending or by its first character?"""
    named = content.name.lower().endswith(_ENDINGS)
    return named or content.beginning(_ENOUGH).lstrip(_BEFORE_TEXT).startswith(b"{")


class JsonTable:
    """A file of JSON lines. Its columns are the keys of all its objects, in the order in which they first appear.

    Raises `InvalidInput` if there are none one could decide by.
    """

    def __init__(self, content: Content, *, encoding: str | None = None, rows_per_block: int = ROWS_PER_BLOCK) -> None:
        self.name = content.name
        self.size = content.size
        self._content = content
        self._rows_per_block = rows_per_block
        with content.open() as source:
            self._encoding = find_encoding(source, encoding)
        keys = self._keys()
        if not keys:
            raise InvalidInput([Fault("no_objects", "")])
        self.layout = layout_of(_DELIMITER, keys, 0, 0)
        found = self._encoding.notice
        self.notices: tuple[Notice, ...] = ((found,) if found else ()) + self.layout.notices

    def blocks(self, skip: int = 0, only: Sequence[str] = ()) -> Iterator[Block]:
        """The rows of the file, without the first `skip` blocks; `only` saves nothing here."""
        facts = {at: name for name, at in self.layout.known.items()}
        columns = {key: facts.get(at, "") for at, key in enumerate(self.layout.columns)}
        lines = islice(self._lines(), skip * self._rows_per_block, None)
        while some := list(islice(lines, self._rows_per_block)):
            yield block_of((_row(line, columns, self._encoding.name) for line in some), self.layout, some[-1].end)

    def glance(self, only: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows themselves; `only` saves nothing here."""
        return (block.cells for block in self.blocks())

    def _keys(self) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        for line in self._lines():
            try:
                keys |= dict.fromkeys(_parsed(line.text))
            except _Unusable:
                continue
        return tuple(keys)

    def _lines(self) -> Iterator[_Line]:
        number, end, torn = 0, self._encoding.start, False
        with self._content.open() as source, open_text(source, self._encoding) as text:
            for number, line in enumerate(text, 1):
                start, end = end, end + byte_length(line, self._encoding.name)
                torn = self._content.cut_off and not line.endswith(("\n", "\r"))
                yield _Line(number, line.rstrip("\r\n"), start, end, torn)
        if self._content.cut_off and not torn:
            yield _Line(number + 1, "", end, end, torn=True)


class _Line(NamedTuple):
    number: int
    text: str
    start: int
    end: int
    torn: bool
    """Is this where the file was cut?"""


class _Unusable(Exception):
    """A line that is no object of facts, and why."""

    def __init__(self, code: str, **slots: str) -> None:
        super().__init__(code)
        self.code = code
        self.slots = slots


def _row(line: _Line, columns: dict[str, str], encoding: str) -> Row | BrokenRow | Skipped:
    """The row of `line`; `columns` maps the keys of the file to the facts they name."""
    if line.torn:
        return BrokenRow(line.number, shown(line.text), "truncated_gzip")
    if stray := stray_byte(line.text):
        offset = str(line.start + byte_length(before_stray(line.text), encoding))
        slots = {"byte": stray, "offset": offset, "encoding": encoding}
        return BrokenRow(line.number, shown(line.text), "undecodable_byte", slots)
    if not line.text.strip():
        return Skipped(line.number, "blank")
    try:
        found = _parsed(line.text)
        cells = tuple(_cell(key, found.get(key), fact) for key, fact in columns.items())
        if _ESCAPE in line.text:
            _refuse_escaped("".join(cells))
    except _Unusable as unusable:
        return BrokenRow(line.number, line.text, unusable.code, unusable.slots)
    return bounded(Row(line.number, line.text, cells))


def _parsed(line: str) -> dict[str, object]:
    try:
        found = _DECODER.decode(line.removeprefix("\ufeff"))
    # Also a number of thousands of digits, which Python refuses to read.
    except (ValueError, RecursionError):
        raise _Unusable("not_json") from None
    if not isinstance(found, dict):
        raise _Unusable("not_an_object")
    if _ESCAPE in line:
        _refuse_escaped("".join(found))
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Unusable("duplicate_key", name=safe(next(name for name in names if names.count(name) > 1)))
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_object)


def _cell(key: str, value: object, fact: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return exact_text(value, fact)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return number_text(Decimal(value), fact)
    if fact:
        raise _Unusable("nested_value", name=safe(key))
    return json.dumps(value, ensure_ascii=False, default=float)


def _refuse_escaped(text: str) -> None:
    """Refuse what JSON can write as an escape but no text file can hold: NUL, and half a character."""
    if "\0" in text:
        raise _Unusable("nul_byte")
    if stray_byte(text):
        raise _Unusable("not_json")
