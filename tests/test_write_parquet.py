"""Decisions as Parquet: types, nulls, lists, and the same bytes each time."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from written_blocks import ENTITLED, UNDETERMINED, frame

from transport_calc.batch.write.output_columns import COLUMNS, OutputColumns
from transport_calc.batch.write.write_parquet import ParquetWriter


def written(*blocks: pl.DataFrame, columns: OutputColumns = OutputColumns()) -> bytes:  # noqa: B008
    writer, part, whole = ParquetWriter(columns), BytesIO(), BytesIO()
    writer.start(part)
    for rows in blocks:
        writer.append(rows, part)
    part.seek(0)
    writer.assemble(part, whole)
    return whole.getvalue()


def read(content: bytes) -> pl.DataFrame:
    return pl.read_parquet(BytesIO(content))


def test_types() -> None:
    listed, text, money = pl.List(pl.String), pl.String, pl.Decimal(12, 2)
    types = (pl.Int64, pl.Int64, text, text, text, text, listed, money, money, listed, listed, text)
    for found in (read(written(frame(ENTITLED))), read(written())):
        assert dict(found.schema) == dict(zip(COLUMNS, types, strict=True))


def test_values() -> None:
    first, second = read(written(frame(ENTITLED), frame(UNDETERMINED))).rows(named=True)
    assert first == {
        **{name: ENTITLED[name] for name in ("row", "rows", "case_id", "outcome", "form", "channel", "justification")},
        "ground": ["pension", "distance"],
        "payable_dkk": Decimal("80.00"),
        "minimum_dkk": Decimal("48.00"),
        "missing": [],
        "warnings": [],
    }
    assert (second["case_id"], second["form"], second["channel"], second["payable_dkk"]) == (None, None, None, None)
    assert (second["ground"], second["missing"], second["warnings"]) == (
        [],
        ["mobility", "distance_km"],
        ["possible_duplicate:2"],
    )


@settings(max_examples=50)
@given(st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=4))
def test_text_of_the_file_stands_as_it_was_and_in_order(blocks: list[list[str]]) -> None:
    frames = [frame(*({**ENTITLED, "^n.*$": text} for text in texts), passed=("^n.*$",)) for texts in blocks]
    content = written(*frames, columns=OutputColumns(("^n.*$",)))
    assert [row[-1] for row in read(content).rows()] == [text for texts in blocks for text in texts]
    assert content == written(*frames, columns=OutputColumns(("^n.*$",)))
