"""Rows that are alike are found, however many there are and however few fit in memory."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transport_calc.batch.decide.alike import Alike

COLUMNS = ("who", "trip")
Rows = list[tuple[int, int]]
"""The columns of each row; its place is its number."""

FEW = st.sampled_from([0, 1, 2, (1 << 64) - 1])
BLOCKS = st.lists(st.lists(st.tuples(FEW, st.integers(0, 2)), max_size=8), max_size=5)


def frame(rows: Rows, start: int) -> pl.DataFrame:
    schema = {"place": pl.Int64, "who": pl.UInt64, "trip": pl.Int64}
    return pl.DataFrame([(start + at, *row) for at, row in enumerate(rows)], schema=schema, orient="row")


def found(blocks: list[Rows], in_memory: int) -> list[tuple[int, int]]:
    alike = Alike(COLUMNS, in_memory)
    start = 0
    for rows in blocks:
        alike.add(frame(rows, start))
        start += len(rows)
    return alike.find().rows()


@settings(max_examples=60, deadline=None)
@given(BLOCKS, st.sampled_from([1, 3, 10, 1_000]))
def test_the_places_of_rows_that_are_not_alone(blocks: list[Rows], in_memory: int) -> None:
    rows = [row for block in blocks for row in block]
    expected = [(at, rows.index(row)) for at, row in enumerate(rows) if rows.count(row) > 1]
    assert found(blocks, in_memory) == expected


def test_nothing_is_alike_in_nothing() -> None:
    assert Alike(COLUMNS).find().rows() == []


def test_files_of_what_does_not_fit_are_taken_away(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    folder = tmp_path_factory.mktemp("waiting")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    alike = Alike(COLUMNS, in_memory=1)
    alike.add(frame([(1, 1), (1, 1)], 0))
    alike.add(frame([(1, 1), (2, 1)], 2))
    assert list(folder.iterdir())
    assert alike.find().rows() == [(0, 0), (1, 0), (2, 0)]
    assert list(folder.iterdir()) == []
