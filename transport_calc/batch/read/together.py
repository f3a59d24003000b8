"""What is quickly seen in all texts of a column together, so that each by itself is looked at only if it must be."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

_ASCII_SPACES = " \t\n\v\f\r"


def hold_any(texts: pl.Series, signs: Iterable[str]) -> bool:
    """Whether one of the texts holds one of the signs, which are single characters."""
    together = _joined(texts)
    return any(sign in together for sign in signs)


def stripped(texts: pl.Series) -> pl.Series:
    """The texts without the spaces around them."""
    together = _joined(texts)
    if together.isascii() and not any(space in together for space in _ASCII_SPACES):
        return texts
    return texts.str.strip_chars()


def _joined(texts: pl.Series) -> str:
    # polars would take a name such as `*` for a pattern.
    joined: str | None = texts.alias("").str.join("").item()
    return joined or ""
