"""Rows of an Excel sheet as its XML (ECMA-376, SpreadsheetML), made by columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

# What XML cannot carry is written _xHHHH_ there, and text that happens to look like that has its underscore escaped.
_LOOKS_ESCAPED = r"_(x[0-9A-Fa-f]{4}_)"
_CONTROLS = [chr(code) for code in (*range(0x09), 0x0B, 0x0C, *range(0x0D, 0x20), 0xFFFE, 0xFFFF)]
_CHARACTERS = ["&", "<", ">", *_CONTROLS]
_ESCAPED = ["&amp;", "&lt;", "&gt;", *(f"_x{ord(character):04X}_" for character in _CONTROLS)]
_TO_ESCAPE = "[" + "".join(f"\\x{{{ord(character):x}}}" for character in _CHARACTERS) + "]|" + _LOOKS_ESCAPED


def sheet_rows(cells: pl.DataFrame, first: int, *, numbers: Collection[int], styles: Mapping[int, int]) -> bytes:
    """The rows of `cells` (texts; empty ones are left out), of which the first has the number `first` in the sheet.

    `numbers` are the columns whose text is a number, `styles` the number formats of columns, both by position.
    """
    # The names of columns are anybody's text; here only their places matter.
    cells = cells.rename(dict(zip(cells.columns, map(str, range(cells.width)), strict=True)))
    concerned = [name for name in cells.columns if cells[name].str.contains(_TO_ESCAPE).any()]
    cells = cells.with_columns(
        pl.col(concerned).str.replace_all(_LOOKS_ESCAPED, "_x005F_$1").str.replace_many(_CHARACTERS, _ESCAPED)
    )
    cells = cells.with_row_index("number", first).with_columns(pl.col("number").cast(pl.String))
    made = [_cell(at, number=at in numbers, style=styles.get(at)) for at in range(cells.width - 1)]
    row = pl.concat_str(pl.lit('<row r="'), pl.col("number"), pl.lit('">'), *made, pl.lit("</row>"))
    return bytes(cells.select(row.str.join("").cast(pl.Binary)).item() or b"")


def letters(at: int) -> str:
    """The letters of the column at position `at`: A, B, … Z, AA, …"""
    before, last = divmod(at, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _cell(at: int, *, number: bool, style: int | None) -> pl.Expr:
    text = pl.col(str(at))
    opened = pl.lit(f'<c r="{letters(at)}') + pl.col("number")
    look = "" if style is None else f' s="{style}"'
    if number:
        filled = opened + pl.lit(f'"{look}><v>') + text + pl.lit("</v></c>")
    else:
        preserved = pl.lit(f'"{look} t="inlineStr"><is><t xml:space="preserve">')
        filled = opened + preserved + text + pl.lit("</t></is></c>")
    return pl.when(text == "").then(pl.lit("")).otherwise(filled)
