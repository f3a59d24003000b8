"""What is seen in all texts together is what is true of one of them."""

from __future__ import annotations

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_series_equal

from transport_calc.batch.read.together import hold_any, stripped

SPACES = " \t\n\v\f\r\x1c\x1f\x85\xa0\u1680\u2009\u2028\u3000\u200b\ufeff"
TEXTS = st.lists(st.none() | st.text(st.sampled_from(SPACES + 'aå1;"'), max_size=6))


@given(TEXTS)
@example([])
@example([None])
@example(["1 2", "3"])
@example(["1", "2\xa0"])
def test_only_what_stands_around_a_text_is_taken_away(texts: list[str | None]) -> None:
    column = pl.Series("case", texts, dtype=pl.String)
    assert_series_equal(stripped(column), column.str.strip_chars())


@given(TEXTS, st.lists(st.sampled_from(SPACES + ';"'), max_size=3))
def test_a_sign_in_one_text_is_seen(texts: list[str | None], signs: list[str]) -> None:
    holds = any(sign in text for text in texts if text is not None for sign in signs)
    assert hold_any(pl.Series("^r.*$", texts, dtype=pl.String), signs) is holds
