"""Frames to what Spark takes from a task, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

_AT_ONCE = 10_000

_NAMES: dict[Any, str] = {
    pl.String: "string",
    pl.Int64: "bigint",
    pl.List(pl.String): "array<string>",
    pl.List(pl.Int64): "array<bigint>",
}


def spark_schema(schema: Mapping[str, Any]) -> str:
    """The columns as Spark writes them. Amounts in kroner are decimals."""
    return ", ".join(
        f"`{name.replace('`', '``')}` {_NAMES.get(kind, 'decimal(12,2)')}" for name, kind in schema.items()
    )


def record_batches(frame: pl.DataFrame, schema: Mapping[str, Any]) -> Iterator[Any]:
    """`frame` as Arrow record batches with the columns of `schema`; one that it does not have is null."""
    import pyarrow as pa

    types = {
        pl.String: pa.string(),
        pl.Int64: pa.int64(),
        pl.List(pl.String): pa.list_(pa.string()),
        pl.List(pl.Int64): pa.list_(pa.int64()),
    }
    whole = frame.select(
        pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in schema.items()
    )
    fields = [(name, types.get(kind, pa.decimal128(12, 2))) for name, kind in schema.items()]
    table = whole.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(pa.schema(fields))
    yield from table.to_batches(max_chunksize=_AT_ONCE)


def frame_of(batch: Any) -> pl.DataFrame:
    """An Arrow record batch as a frame."""
    frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame), "a record batch has columns"
    return frame
