"""Rows that are alike, in any of the files: found by Spark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transport_calc.batch.spark.found import MEMBER, REJECT
from transport_calc.batch.spark.look import ATTENDANCE, TRIP

_ROW = (1 << 40) - 1


def in_several_files(looked: Any) -> Any:
    """The place of every row whose attendance lies in several files, with the `first` place of that attendance."""
    from pyspark.sql import functions as f

    found = _alike(looked, ATTENDANCE)
    return found.where(_file(f.col("first")) != _file(f.col("last"))).select("place", "first")


def repeats(session: Any, looked: Any, found: Any, apart: Any, names: Sequence[str]) -> Any:
    """The attendances (`place`) with a row that repeats an earlier one that was decided, and the codes that say so.

    `earlier` is the place of the first such row. `apart` is `in_several_files`; `names` are those of the files.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    rejected = found.where(f.col("kind") == REJECT).select("place").distinct()
    decided = _alike(looked, TRIP).select("place", "first").join(rejected, "place", "left_anti")
    earliest = decided.withColumn("earliest", f.min("place").over(Window.partitionBy("first")))
    repeated = earliest.where(f.col("place") != f.col("earliest")).select("place", "earliest")
    members = found.where(f.col("kind") == MEMBER).select("place", f.col("other").alias("attendance"))
    members = members.unionByName(apart.select("place", f.col("first").alias("attendance")))
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


def _alike(looked: Any, kind: str) -> Any:
    """The place of every row of `kind` that is not alone, with the first and the last place of those like it."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    same = Window.partitionBy("alike")
    found = looked.where(f.col("kind") == kind).select(
        "place", f.min("place").over(same).alias("first"), f.max("place").over(same).alias("last")
    )
    return found.where(f.col("first") != f.col("last"))


def _file(place: Any) -> Any:
    from pyspark.sql import functions as f

    return f.shiftright(place, 40)
