"""A result of an earlier batch, read for what a comparison needs of it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from transport_calc.batch.write.output_columns import MONEY
from transport_calc.batch.write.writers import Kind, kind_of
from transport_calc.faults import Fault, InvalidInput, safe

FILE = "file"
CODES = ("outcome", "form", "channel", "ground", "missing")


_READ = ("row", "case_id", *CODES, *MONEY, "justification")


def result_file(path: Path, *, kind: Kind | None = None, by_file: bool) -> pl.LazyFrame:
    """What is compared of the result at `path` (CSV, JSON lines or Parquet), not read yet.

    `kind` follows the ending unless given. With `by_file` the result is of several receipts files, whose name stands
    in its column `file`. Raises `InvalidInput` if it is no result, `OSError` if it cannot be read.
    """
    kind = kind or kind_of(path.name)
    names = (FILE, *_READ) if by_file else _READ
    with path.open("rb"):
        found = _scanned(path, kind, names)
    if kind is None or found is None or not set(names) <= set(found.collect_schema().names()):
        raise not_a_result(path)
    return found.select(
        pl.col(FILE) if by_file else pl.lit("").alias(FILE),
        pl.col("row").cast(pl.Int64),
        # A spreadsheet output may have an apostrophe in front that another kind of output has not.
        pl.col("case_id").fill_null("").str.strip_chars_start("'"),
        *(_joined(found, name) for name in CODES),
        *(_oere(found, name).alias(MONEY[name]) for name in MONEY),
        pl.col("justification").hash().alias("justification"),
    )


def not_a_result(path: Path) -> InvalidInput:
    """What to raise of a file that is no result of a batch."""
    return InvalidInput([Fault("not_a_result", "--compare", safe(path.name))])


def _scanned(path: Path, kind: Kind | None, names: tuple[str, ...]) -> pl.LazyFrame | None:
    if kind == "parquet":
        return pl.scan_parquet(path)
    if kind == "csv":
        return pl.scan_csv(path, separator=";", infer_schema=False)
    if kind == "jsonl":
        listed = {"ground", "missing"}
        types = {name: pl.List(pl.String) if name in listed else pl.String() for name in names}
        return pl.scan_ndjson(path, schema={**types, "row": pl.Int64()})
    return None


def _joined(found: pl.LazyFrame, name: str) -> pl.Expr:
    is_list = found.collect_schema()[name] == pl.List(pl.String)
    return (pl.col(name).list.join(";") if is_list else pl.col(name)).fill_null("")


def _oere(found: pl.LazyFrame, name: str) -> pl.Expr:
    amount = pl.col(name)
    if found.collect_schema()[name].is_decimal():
        return (amount * 100).cast(pl.Int64)
    # Two decimals always, so whole øre are what is left without the point or the comma.
    return amount.str.replace_all("[.,]", "").cast(pl.Int64)
