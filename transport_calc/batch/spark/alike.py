"""Rows that repeat an earlier one, in any of the files: found by Spark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transport_calc.batch.decide.identity import ROWS_OF_A_TABLE
from transport_calc.batch.spark.found import MEMBER, REJECT
from transport_calc.batch.spark.look import TRIP

_ROW = ROWS_OF_A_TABLE - 1


def repeats(session: Any, looked: Any, found: Any, names: Sequence[str]) -> Any:
    """The attendances (`place`) with a row that repeats an earlier one that was decided, and the codes that say so.

    `earlier` is the place of the first such row; `names` are those of the files.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    rejected = found.where(f.col("kind") == REJECT).select("place").distinct()
    decided = _alike(looked).join(rejected, "place", "left_anti")
    earliest = decided.withColumn("earliest", f.min("place").over(Window.partitionBy("first")))
    repeated = earliest.where(f.col("place") != f.col("earliest")).select("place", "earliest")
    members = found.where(f.col("kind") == MEMBER).select("place", f.col("other").alias("attendance"))
    files = session.createDataFrame(list(enumerate(names)), "file bigint, name string")
    row = f.col("earliest").bitwiseAND(f.lit(_ROW))
    same = _file(f.col("place")) == f.col("file")
    code = f.concat(f.lit("possible_duplicate:"), f.when(same, "").otherwise(f.concat("name", f.lit(":"))), row)
    named = (
        repeated.join(members, "place", "left")
        .join(files, _file(f.col("earliest")) == f.col("file"))
        .select(
            f.coalesce("attendance", "place").alias("attendance"),
            f.struct("place", code.alias("code"), "earliest").alias("repeat"),
        )
    )
    in_order = f.sort_array(f.collect_list("repeat"))
    return named.groupBy(f.col("attendance").alias("place")).agg(
        f.array_join(in_order["code"], ";").alias("codes"), f.get(in_order, f.lit(0))["earliest"].alias("earlier")
    )


def _alike(looked: Any) -> Any:
    """The place of every row that is not alone, with the first place of those like it."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    same = Window.partitionBy("alike")
    first, last = f.min("place").over(same), f.max("place").over(same)
    found = looked.where(f.col("kind") == TRIP).select("place", first.alias("first"), last.alias("last"))
    return found.where(f.col("first") != f.col("last")).select("place", "first")


def _file(place: Any) -> Any:
    from pyspark.sql import functions as f

    return f.shiftright(place, 40)
