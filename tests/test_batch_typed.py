"""Cells to columns: whatever stands in a cell, a column reads it as `check` would."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transport_calc.batch.decide import typed
from transport_calc.batch.decide.symbols import decimals_of_fact
from transport_calc.batch.decide.typed import EMPTY, LARGEST, ODD, ODD_NUMBER, NumberColumn, TextColumn
from transport_calc.facts import FACTS
from transport_calc.intake.text import Unreadable, parse_fact

NUMBERS = ["paid_dkk", "distance_km", "age", "handicap_trips_used"]
WRITTEN = (
    st.text(st.sampled_from("0123456789,.-+ kr\u00a0½"), max_size=10)
    | st.from_regex(r"[0-9]{1,7}([,.][0-9]{1,4})?( (kr\.|km))?", fullmatch=True)
    | st.sampled_from(["", " ", "1.234", "1.234,50", "100000", "99999,99", "-1", "080", "1e3", "٣", "80,00\n", "１２"])
    | st.text(max_size=4)
)


def expected(fact: str, text: str) -> int | None:
    try:
        value = parse_fact(FACTS[fact], text)
    except Unreadable:
        return ODD_NUMBER
    if value is None:
        return None
    number = Decimal(str(value))
    return int(number.scaleb(decimals_of_fact(fact))) if 0 <= number < LARGEST else ODD_NUMBER


@pytest.mark.parametrize("few_texts", [0, 2_000], ids=["as numbers", "looked up"])
@pytest.mark.parametrize("fact", NUMBERS)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WRITTEN, min_size=1, max_size=12))
def test_a_number_is_read_as_check_reads_it(
    monkeypatch: pytest.MonkeyPatch, fact: str, few_texts: int, texts: list[str]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(typed, "FEW_TEXTS", few_texts)
        column = NumberColumn(FACTS[fact])
        cells = pl.Series(texts, dtype=pl.String)
        found = column.read(cells).to_list()
        assert found == [expected(fact, text) for text in texts]
        # A later block is read as the first was.
        assert column.read(cells.reverse()).to_list() == found[::-1]


def test_a_column_of_plain_numbers_needs_no_look_at_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed, "FEW_TEXTS", 3)
    monkeypatch.setattr(NumberColumn, "_number", None)
    found = NumberColumn(FACTS["paid_dkk"]).read(pl.Series(["0,00", "80,50", "1048,01", "99999,99"]))
    assert found.to_list() == [0, 8_050, 104_801, 9_999_999]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["ja", "nej", " JA ", "j", "0", "1", "", " ", "måske", "true"]), max_size=8)))
def test_texts_are_read_once_and_keep_their_codes(blocks: list[list[str]]) -> None:
    asked: list[str] = []

    def yes_or_no(text: str) -> object:
        asked.append(text)
        return parse_fact(FACTS["pensioner"], text)

    column = TextColumn(yes_or_no)
    said = {"ja": True, " JA ": True, "j": True, "1": True, "true": True, "nej": False, "0": False}
    for texts in blocks:
        codes = column.read(pl.Series(texts, dtype=pl.String)).to_list()
        for text, code in zip(texts, codes, strict=True):
            if text in said:
                assert column.values[code] is said[text]
            else:
                assert code == (ODD if text == "måske" else EMPTY)
    assert len(asked) == len(set(asked))


def test_more_texts_than_are_remembered_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed, "MOST_TEXTS", 5)
    text, number = TextColumn(str.upper), NumberColumn(FACTS["age"])
    for start in (0, 4, 8, 0):
        ages = [str(age) for age in range(start, start + 9)]
        assert [text.values[code] for code in text.read(pl.Series(ages)).to_list()] == ages
        assert number.read(pl.Series(ages)).to_list() == list(range(start, start + 9))


def test_a_block_without_rows_is_read() -> None:
    nothing = pl.Series([], dtype=pl.String)
    assert NumberColumn(FACTS["age"]).read(nothing).to_list() == []
    assert TextColumn(str).read(nothing).to_list() == []
