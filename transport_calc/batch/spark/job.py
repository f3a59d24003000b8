"""A batch on Spark from beginning to end: look, decide, find repeats, prove that no row was lost, write.

Each job hands on one frame of records; Spark finds what is repeated in several files, and our own code, one file to
a task, does all the rest.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from transport_calc.batch.count.summary import Summary, UnbalancedBatch
from transport_calc.batch.count.tally import MOST_PAIRS, Pair, Tally
from transport_calc.batch.decide.identity import table_and_row
from transport_calc.batch.run import Job, columns_of_files, refuse_unknown_law, texts_beside, to_stderr
from transport_calc.batch.spark.alike import repeats
from transport_calc.batch.spark.arrow import spark_schema
from transport_calc.batch.spark.decide_files import DecideFiles
from transport_calc.batch.spark.files import files_of, heads_of, refuse_existing
from transport_calc.batch.spark.folders import kind_of_output, write_decisions, write_rejects
from transport_calc.batch.spark.found import COUNTED, REJECT, ROW
from transport_calc.batch.spark.found import SCHEMA as FOUND
from transport_calc.batch.spark.look import SCHEMA as LOOKED
from transport_calc.batch.spark.look import Look
from transport_calc.batch.spark.session import spark_session
from transport_calc.batch.spark.wish import Wish
from transport_calc.batch.write.part import STDOUT, Part, place_of
from transport_calc.faults import Fault, InvalidInput, safe
from transport_calc.parameters import Parameters

_FILES_AT_ONCE, _ROWS_AT_ONCE = "1", "10000"
_ARROW_RECORDS = "spark.sql.execution.arrow.maxRecordsPerBatch"


def run_on_spark(
    job: Job,
    parameters: Parameters,
    *,
    notify: Callable[[str], None] | None = None,
    today: date | None = None,
    session: Any = None,
) -> Summary:
    """Decide every row of the job's files and folders into the folder `job.output`, as `run_batch` would.

    `session` is the Spark to use if it is not to be found or started here. Raises `InvalidInput` before row 1 if
    Spark is missing, or if a file or a wish cannot be used.
    """
    started = time.monotonic()
    _refuse_local_wishes(job)
    refuse_unknown_law(job.as_of_law, parameters)
    spark = session or spark_session()
    rejects_folder = str(job.rejects) if job.rejects is not None else _beside(job.output)
    refuse_existing(spark, (job.output, rejects_folder))
    files = files_of(spark, job.files)
    spark.conf.set(_ARROW_RECORDS, _FILES_AT_ONCE)
    looked = files.content.mapInArrow(Look(files.numbers, job.encoding), spark_schema(LOOKED)).persist()
    heads = heads_of(looked, files)
    say = notify or to_stderr
    for name, head in zip(files.names, heads, strict=True):
        for notice in head.notices:
            sentence = notice.sentence(job.lang)
            say(sentence if len(heads) == 1 else f"{safe(name)}: {sentence}")
    columns = columns_of_files([head.passed for head in heads], job.keep_person)
    decide = DecideFiles(files.numbers, job.encoding, Wish(parameters, job.lang, columns, job.as_of_law))
    # Kept, so that every row is decided once.
    found = files.content.mapInArrow(decide, spark_schema(FOUND)).persist()
    repeated = repeats(spark, looked, found, files.names).persist()
    tally = _tally(found, repeated, files.names)
    summary = tally.summary()
    _refuse_losses(found, summary)
    spark.conf.set(_ARROW_RECORDS, _ROWS_AT_ONCE)
    write_rejects(found, files.names, rejects_folder, excel=job.excel)
    write_decisions(found, repeated, job, columns, files.names)
    for frame in (looked, found, repeated):
        frame.unpersist()
    elapsed = time.monotonic() - started
    for path, text in texts_beside(job, tally, parameters, elapsed, today or date.today()).items():
        _write_beside(path, text)
    return summary


def _write_beside(path: Path, text: str) -> None:
    place = place_of(path)
    if isinstance(place, Part):
        place.cut(0)
    place.stream.write(text.encode())
    place.complete()
    place.publish()


def _refuse_local_wishes(job: Job) -> None:
    faults = [
        Fault("spark_option", option)
        for option, wished in (
            ("--resume", job.resume),
            ("--sheet", job.sheet is not None),
            ("--compare", job.compare is not None),
            ("-", STDOUT in job.files),
        )
        if wished
    ]
    if job.output == STDOUT:
        faults.append(Fault("spark_needs_folder", "--output"))
    if kind_of_output(job) == "xlsx":
        faults.append(Fault("spark_kind", "--format", "xlsx"))
    if faults:
        raise InvalidInput(faults)


def _beside(output: str) -> str:
    # Not by way of a path: what stands before the folder may be the address of a file system.
    ending = PurePosixPath(output.rstrip("/")).suffix
    return f"{output.rstrip('/').removesuffix(ending)}.rejects.csv"


def _tally(found: Any, repeated: Any, names: tuple[str, ...]) -> Tally:
    """The counts of all tasks, and the repeats, which no task can know."""
    from pyspark.sql import functions as f

    tally = Tally(names)
    for row in found.where(f.col("kind") == COUNTED).select("cells").collect():
        tally.merge(Tally.from_state(json.loads(row.cells[0])))
    tally.duplicates = repeated.count()
    for at, earlier in repeated.select("place", "earlier").orderBy("place").limit(MOST_PAIRS).collect():
        file, row = table_and_row(at)
        other, earlier_row = table_and_row(earlier)
        shown = names[file] if len(names) > 1 else ""
        tally.pairs.append(Pair(shown, row, earlier_row, "" if other == file else names[other]))
    return tally


def _refuse_losses(found: Any, summary: Summary) -> None:
    """Raises `UnbalancedBatch` if what will be written is not what the tasks say they have read."""
    from pyspark.sql import functions as f

    decided = found.where(f.col("kind") == ROW).agg(f.coalesce(f.sum("rows"), f.lit(0))).collect()[0][0]
    rejected = found.where(f.col("kind") == REJECT).select("place").distinct().count()
    if (decided, rejected) != (summary.decided + summary.undetermined, summary.rejected):
        raise UnbalancedBatch(f"{summary.rows_read} rows read, {decided} decided and {rejected} rejected ones to write")
