"""Decisions as JSON lines, to the byte what the standard library writes of the same objects.

What is unknown or does not apply is null, several codes are a list, amounts are decimal strings, and text from the
file stands as it was: nothing runs a formula here.
"""

from __future__ import annotations

import json
from typing import BinaryIO

import polars as pl

from transport_calc.batch.write.column import column
from transport_calc.batch.write.kroner_text import kroner_text
from transport_calc.batch.write.output_columns import LISTS, MONEY, NULL_IF_EMPTY, NUMBERS, OutputColumns
from transport_calc.batch.write.write_frame import write_frame

_CODES = ("outcome", "form", "channel")
"""Codes of the product, in which nothing needs to be escaped."""


class JsonLinesWriter:
    """Writes blocks of decisions as JSON lines."""

    assemble = None

    def __init__(self, columns: OutputColumns) -> None:
        self._columns = columns

    def start(self, stream: BinaryIO) -> None:
        """Nothing stands before the first line."""

    def append(self, rows: pl.DataFrame, stream: BinaryIO) -> None:
        """Write one block (the `rows` of a `Decided`)."""
        # The comma between two members is the separator of the cells; each cell is one member, with its space.
        members = [_member(name) for name in self._columns.names]
        members[0] = "{" + members[0].str.strip_chars_start(" ")
        members[-1] = members[-1] + "}"
        write_frame(rows.select(members), stream, separator=",", quotes=False)


def _member(name: str) -> pl.Expr:
    return (pl.lit(f" {json.dumps(name, ensure_ascii=False)}: ") + _value(name)).alias(name)


def _value(name: str) -> pl.Expr:
    if name in NUMBERS:
        return column(name).cast(pl.String)
    if name in MONEY:
        return (pl.lit('"') + kroner_text(MONEY[name]) + pl.lit('"')).fill_null("null")
    text = column(name)
    if name in LISTS:
        listed = pl.lit('["') + text.str.replace_all(";", '", "', literal=True) + pl.lit('"]')
        return pl.when(text == "").then(pl.lit("[]")).otherwise(listed)
    quoted = pl.lit('"') + text + pl.lit('"') if name in _CODES else _encoded(text)
    if name in NULL_IF_EMPTY:
        return pl.when(text == "").then(pl.lit("null")).otherwise(quoted)
    return quoted


def _encoded(text: pl.Expr) -> pl.Expr:
    """Any text as a JSON string: an object is made of it, and what stands around it is taken away."""
    return pl.struct(text.alias("")).struct.json_encode().str.strip_prefix('{"":').str.strip_suffix("}")
