"""Numbers and days in a text of columns stand as they do in a text by itself."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_batch_agrees import decided, expected
from transport_calc.batch.decide.written import FIRST_OF_DAYS, IN_TABLE, table, texts_of
from transport_calc.wording.numbers import kilometres, kroner, long_date

LANGS = st.sampled_from(["da", "en"])


def text_of(number: int, decimals: int, lang: str) -> str:
    """The text of a whole number of units of the last of so many decimals."""
    beside = [0, number, IN_TABLE - 1]
    first = pl.Series([decimals * IN_TABLE] * 3, dtype=pl.Int64)
    return str(texts_of(pl.Series(beside), first, lang)[1])


@given(st.integers(0, 10**8), LANGS)
def test_kroner(ore: int, lang: str) -> None:
    assert f"{text_of(ore, 2, lang)} kr." == kroner(Decimal(ore).scaleb(-2), lang)


@given(st.integers(0, 10**8), LANGS)
def test_kilometres(metres: int, lang: str) -> None:
    distance = Decimal(metres).scaleb(-3)
    decimals = max(1, -int(distance.normalize().as_tuple().exponent))
    assert f"{text_of(metres // 10 ** (3 - decimals), decimals, lang)} km" == kilometres(distance, lang)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), LANGS)
def test_days_follow_the_numbers(day: date, lang: str) -> None:
    assert table(lang)[FIRST_OF_DAYS + (day - date(2000, 1, 1)) // timedelta(days=1)] == long_date(day, lang)


NAMES = ["trip_date", "purpose", "hospital_based", "pensioner", "mobility", "means", "distance_km", "public_fare_dkk"]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_large_and_small_numbers_stand_side_by_side(lang: str) -> None:
    facts = ["rehabilitation", "ja", "ja"]
    rows = [
        ["13-05-2024", *facts, "public_transport", "", "", "99999,99"],
        ["13-05-2024", *facts, "public_transport", "", "", "100000,00"],
        ["01-01-2024", *facts, "excluded", "own_car", "12,255", ""],
        ["31-12-2024", *facts, "excluded", "own_car", "1,5", ""],
        ["29-02-2024", *facts, "excluded", "own_car", "44000", ""],
    ]
    found = decided(NAMES, rows, lang, None).rows
    wanted = [expected(NAMES, cells, lang, None) for cells in rows]
    assert found["justification"].to_list() == [each["justification"] for each in wanted if isinstance(each, dict)]
    # 2 x 12.255 km x 2.23 kr. = 54.6573 kr., 2 x 44,000 km x 2.23 kr. = 196,240 kr.
    assert found["payable_ore"].to_list() == [9_999_999, 10_000_000, 5_466, 0, 19_624_000]
    assert ("99.999,99" if lang == "da" else "99,999.99") in found["justification"][0]
