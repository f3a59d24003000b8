"""Which earlier row a repeat is named with: the first that was decided, whatever was decided when."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from transport_calc.batch.decide.identity import place
from transport_calc.batch.decide.repeats import Repeats
from transport_calc.batch.read.block import schema_of
from transport_calc.batch.read.layout import Layout, read_layout

LAYOUT = read_layout(iter([(1, "cpr;dato;tur;transportmiddel;beløb")]))


class OneTable:
    size, notices = 0, ()

    def __init__(self, name: str, layout: Layout = LAYOUT) -> None:
        self.name = name
        self.layout = layout


def cells(texts: list[str], start: int = 2) -> pl.DataFrame:
    """Rows of one person each, all on the same trip with the same amount."""
    rows = [(at, text, "13-05-2024", "", "taxa", "80,00") for at, text in enumerate(texts, start)]
    return pl.DataFrame(rows, schema=schema_of(LAYOUT), orient="row")


def encounters(*frames: pl.DataFrame) -> pl.Series:
    return pl.concat([frame.select(place(at, pl.col("row"))).to_series() for at, frame in enumerate(frames)])


def repeats(
    *frames: pl.DataFrame, names: tuple[str, ...] = ("april.csv", "maj.csv"), before: list[int] | None = None
) -> Repeats:
    return Repeats([OneTable(name) for name in names], lambda: encounters(*frames), before or [])  # type: ignore[misc]


def test_each_repeat_names_the_first() -> None:
    rows = cells(["a", "b", "a", "a", "b"])
    named = {4: "possible_duplicate:2", 5: "possible_duplicate:2", 6: "possible_duplicate:3"}
    assert repeats(rows).meet(rows, 0, set()) == named


def test_a_rejected_row_is_neither_a_repeat_nor_repeated() -> None:
    rows = cells(["a", "a", "a", "a"])
    assert repeats(rows).meet(rows, 0, {2, 4}) == {5: "possible_duplicate:3"}


def test_a_repeat_in_another_file_names_the_file() -> None:
    april, may = cells(["a", "b"]), cells(["b", "c", "b"])
    found = repeats(april, may)
    assert found.meet(april, 0, set()) == {}
    assert found.meet(may, 1, set()) == {2: "possible_duplicate:april.csv:3", 4: "possible_duplicate:april.csv:3"}


def test_rows_that_the_survey_left_out_are_not_looked_at() -> None:
    rows = cells(["a", "a"])
    assert Repeats([OneTable("april.csv")], lambda: pl.Series([], dtype=pl.Int64)).meet(rows, 0, set()) == {}  # type: ignore[list-item]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=12), st.data())
def test_blocks_and_a_new_start_between_them_change_nothing(rows: list[tuple[str, bool]], data: st.DataObject) -> None:
    whole = cells([text for text, _ in rows])
    rejected = {at for at, (_, fine) in enumerate(rows, 2) if not fine}
    decided: dict[str, int] = {}
    expected = {}
    for at, (text, fine) in enumerate(rows, 2):
        if fine and decided.setdefault(text, at) != at:
            expected[at] = f"possible_duplicate:{decided[text]}"
    cut = data.draw(st.integers(0, len(rows)))
    first, second = whole[:cut], whole[cut:]
    before = repeats(whole)
    found = before.meet(first, 0, rejected & set(first["row"]))
    # A run that goes on meets the first block again and knows only what the state says.
    resumed = repeats(whole, before=before.state)
    resumed.meet(first, 0, set())
    assert found | resumed.meet(second, 0, rejected & set(second["row"])) == expected
