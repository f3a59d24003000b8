"""The folders that a batch on Spark writes: decisions and rejects, in the order of files and rows."""

from __future__ import annotations

from typing import Any

from transport_calc.batch.decide.output_rows import FILE
from transport_calc.batch.run import Job
from transport_calc.batch.spark.arrow import spark_schema
from transport_calc.batch.spark.found import REJECT, ROW
from transport_calc.batch.spark.write import LINES, Lines, Rows, Values, parquet_schema
from transport_calc.batch.write.output_columns import REJECT_COLUMNS, OutputColumns
from transport_calc.batch.write.write_csv import TableCsvWriter
from transport_calc.batch.write.writers import Kind, kind_of, writer_of


def kind_of_output(job: Job) -> Kind:
    """What the decisions are written as."""
    return job.kind or kind_of(job.output) or "csv"


def write_decisions(found: Any, repeated: Any, job: Job, columns: OutputColumns, names: tuple[str, ...]) -> None:
    """The attendances; `repeated` has the warnings about repeats."""
    rows = _rows(found, repeated)
    kind = kind_of_output(job)
    make = Rows(names, columns)
    if kind == "parquet":
        schema = spark_schema(parquet_schema(columns.names))
        rows.mapInArrow(Values(make, columns), schema).write.parquet(job.output)
        return
    line_end = _line_end(excel=job.excel and kind == "csv")
    writer = writer_of(kind, columns, lang=job.lang, excel=job.excel)
    _write_lines(rows, Lines(make, writer, line_end), job.output)


def write_rejects(found: Any, names: tuple[str, ...], folder: str, *, excel: bool) -> None:
    """The reasons; with several files, the first column says which file a row is of."""
    from pyspark.sql import functions as f

    reasons = found.where(f.col("kind") == REJECT).orderBy("place", "other")
    columns = REJECT_COLUMNS if len(names) == 1 else (FILE, *REJECT_COLUMNS)
    writer = TableCsvWriter(columns, guard=tuple(name for name in columns if name != "row"), excel=excel)
    _write_lines(reasons, Lines(Rows(names, None), writer, _line_end(excel=excel)), folder)


def _write_lines(records: Any, lines: Lines, folder: str) -> None:
    text = records.mapInArrow(lines, spark_schema(LINES))
    text.write.option("lineSep", lines.line_end).text(folder)


def _line_end(*, excel: bool) -> str:
    return "\r\n" if excel else "\n"


def _rows(found: Any, repeated: Any) -> Any:
    """The attendances in the order of files and rows, with the warnings about repeats."""
    from pyspark.sql import functions as f

    warned = found.where(f.col("kind") == ROW).join(repeated.select("place", "codes"), "place", "left")
    own = f.when(f.col("warnings") != "", f.col("warnings"))
    return warned.withColumn("warnings", f.concat_ws(";", own, "codes")).drop("codes").orderBy("place")
