"""The product's own cells of a CSV line as three texts: from the outcome to the ground, then, after the amounts, what
is missing and the warnings, and last the justification.

Decisions of a kind share the first two and those of a wording nearly all of the third, so they are put together once;
only numbers and the date are left to each row. Other rows have theirs put together one by one, to the same bytes.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from transport_calc.batch.decide.text import Text
from transport_calc.batch.read.cells import signs_to_quote
from transport_calc.batch.read.together import hold_any
from transport_calc.batch.write.column import column
from transport_calc.batch.write.output_columns import COLUMNS, MONEY

DELIMITER = ";"

_BEFORE = ("outcome", "form", "channel", "ground")
_AFTER = ("missing", "warnings")
_LAST = "justification"
assert COLUMNS[COLUMNS.index(_BEFORE[0]) :] == (*_BEFORE, *MONEY, *_AFTER, _LAST)

_TO_QUOTE = signs_to_quote(DELIMITER)


class CsvLine:
    """The form of a line of CSV."""

    def of_rows(self) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        """The texts of each row of decisions, put together cell by cell."""
        return _of_rows()

    def of_justification(self, text: Text) -> Text:
        """A justification in quotes if it needs them; no number and no date does."""
        if not any(sign in piece for piece in text.pieces for sign in _TO_QUOTE):
            return text
        first, *others = [piece.replace('"', '""') for piece in text.pieces]
        *before, last = ['"' + first, *others]
        return Text((*before, last + '"'), text.places)


@cache
def _of_rows() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    before, after = ([quoted(pl.col(name)) for name in names] for names in (_BEFORE, _AFTER))
    return pl.concat_str(before, separator=DELIMITER), pl.concat_str(after, separator=DELIMITER), quoted(pl.col(_LAST))


def quoted(text: pl.Expr) -> pl.Expr:
    """A cell, in quotes if it needs them."""
    doubled = text.str.replace_all('"', '""', literal=True)
    return pl.when(needs_quotes(text)).then(pl.lit('"') + doubled + pl.lit('"')).otherwise(text)


def needs_quotes(text: pl.Expr) -> pl.Expr:
    """Whether a cell holds what would end it."""
    return text.str.contains_any(_TO_QUOTE)


def quoted_where_needed(rows: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """`rows` with the cells of the columns `names` in quotes if they need them."""
    concerned = [name for name in names if hold_any(rows[name], _TO_QUOTE)]
    return rows.with_columns(quoted(column(name)).name.keep() for name in concerned)
