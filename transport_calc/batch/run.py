"""A batch from beginning to end: read, decide, write, and prove that no row was lost.

Nothing here knows how a row is read, decided or written; this module puts the parts together and makes sure that
either all files appear or none.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from transport_calc.batch.ahead import ahead, later
from transport_calc.batch.count.summary import Summary
from transport_calc.batch.count.summary_json import summary_json
from transport_calc.batch.count.tally import Tally
from transport_calc.batch.decide.block_decider import BlockDecider, Setting, SituatedBlock
from transport_calc.batch.decide.decided import Decided
from transport_calc.batch.decide.output_rows import FILE
from transport_calc.batch.decide.periods import Periods
from transport_calc.batch.decide.repeats import Repeats
from transport_calc.batch.decide.survey import Survey, encounters, survey
from transport_calc.batch.progress import Step, progress
from transport_calc.batch.read.block import Block, Table
from transport_calc.batch.read.source import open_tables
from transport_calc.batch.report.page import report_html
from transport_calc.batch.write.cannot_write import refuse_no_place
from transport_calc.batch.write.compare import Comparison, compare
from transport_calc.batch.write.fingerprint import fingerprint
from transport_calc.batch.write.output import Output
from transport_calc.batch.write.output_columns import OutputColumns, passed_names
from transport_calc.batch.write.part import STDOUT, is_file_target
from transport_calc.batch.write.write_csv import RejectCsvWriter
from transport_calc.batch.write.writers import Kind, kind_of, line_of, writer_of
from transport_calc.contradictions import beyond_known_law, contradictions
from transport_calc.facts import Case
from transport_calc.faults import Fault, InvalidInput, safe
from transport_calc.parameters import Parameters
from transport_calc.receipt import digest_of_all_law


class Job(NamedTuple):
    """What a batch shall do. `rejects` and `changes` lie beside the output unless given; `output` may be `-`.

    With `compare`, an earlier result, the changes since then are listed. `as_of_law` is a day whose law and amounts
    are applied to every row.
    """

    files: Sequence[str]
    output: str = STDOUT
    rejects: Path | None = None
    kind: Kind | None = None
    excel: bool = False
    encoding: str | None = None
    sheet: str | None = None
    lang: str = "da"
    keep_person: bool = False
    summary: Path | None = None
    report: Path | None = None
    resume: bool = False
    as_of_law: date | None = None
    compare: Path | None = None
    changes: Path | None = None


def run_batch(
    job: Job,
    parameters: Parameters,
    *,
    notify: Callable[[str], None] | None = None,
    stdin: BinaryIO | None = None,
    today: date | None = None,
) -> Summary:
    """Decide every row of the job's files. `notify` takes what is to be said about them (standard error if not given).

    Raises `InvalidInput` before row 1 if a file or a wish cannot be used, and `CannotWrite` if an output cannot be
    written. Then, and if anything else fails, no output appears and an old one stays as it was.
    """
    started = time.monotonic()
    say = notify or to_stderr
    rejects = job.rejects if job.rejects is not None else default_rejects(job.output)
    _refuse_one_file_twice(job, rejects)
    for path in (job.summary, job.report, changes_beside(job) if job.compare is not None else None):
        if path is not None:
            refuse_no_place(path)
    refuse_unknown_law(job.as_of_law, parameters)
    tables = open_tables(job.files, encoding=job.encoding, sheet=job.sheet, stdin=stdin)
    for table in tables:
        for notice in table.notices:
            sentence = notice.sentence(job.lang)
            say(sentence if len(tables) == 1 else f"{safe(table.name)}: {sentence}")
    columns = columns_of_files([passed_names(table.layout) for table in tables], job.keep_person)
    output = Output(
        job.output,
        writer_of(_kind(job), columns, lang=job.lang, excel=job.excel),
        rejects=rejects,
        reject_writer=RejectCsvWriter(excel=job.excel),
        head=_head(job, parameters) if job.resume or job.output != STDOUT else {},
        resume=job.resume,
    )
    with output, progress(sum(table.size for table in tables), job.lang) as step:
        for notice in output.notices:
            say(notice.sentence(job.lang))
        tally = _decided(tables, columns, output, job, parameters, step, None if rejects is not None else say)
        summary = tally.summary()
        elapsed = time.monotonic() - started
        texts = texts_beside(job, tally, parameters, elapsed, today or date.today())
        beside: dict[Path, str | Callable[[BinaryIO], object]] = {**texts}
        compared: list[Comparison] = []
        if job.compare is not None:
            beside[changes_beside(job)] = _comparing(job, output, several=len(tables) > 1, found=compared)
        output.finish(beside)
    for comparison in compared:
        say(comparison.render(job.lang))
    return summary


def _kind(job: Job) -> Kind:
    return job.kind or kind_of(job.output) or "csv"


def default_rejects(output: str | Path) -> Path | None:
    """The rejects file that belongs to `output`: beside it, or none for standard output, a device or a pipe."""
    if not is_file_target(output):
        return None
    path = Path(output)
    return path.with_name(f"{path.stem}.rejects.csv")


class _Done(NamedTuple):
    """A block that has been decided, where the run stands after it, and what a later run must know."""

    decided: Decided
    table: int
    blocks: int
    repeats: list[int]


def _decided(
    tables: Sequence[Table],
    columns: OutputColumns,
    output: Output,
    job: Job,
    parameters: Parameters,
    step: Step,
    say_reject: Callable[[str], None] | None,
) -> Tally:
    """Decides and writes all blocks, from where an earlier run stopped."""
    before = output.state or {}
    names = tuple(table.name for table in tables)
    tally = Tally.from_state(before["tally"]) if before else Tally(names)
    sizes = [sum(table.size for table in tables[:number]) for number in range(len(tables) + 1)]
    # While this goes on, the first blocks are read already, and their situations found.
    repeats = Repeats(tables, later(lambda: encounters(tables)), before.get("repeats", ()))
    found = survey(tables)
    _meet_again(tables, found, repeats, before.get("table", 0), before.get("blocks", 0))
    blocks = ahead(_blocks(tables, before.get("table", 0), before.get("blocks", 0)))
    setting = Setting(
        parameters=parameters,
        periods=Periods(parameters),
        lang=job.lang,
        survey=found,
        repeats=repeats,
        passed=[name for name in columns.passed if len(tables) == 1 or name != FILE],
        keep_person=job.keep_person,
        several_files=len(tables) > 1,
        law_day=job.as_of_law,
        line=line_of(_kind(job)),
    )
    for done in ahead(_done(ahead(_situated(tables, setting, blocks)), repeats)):
        tally.add(done.decided)
        if say_reject is not None:
            for row, message in done.decided.rejects.select("row", "message").iter_rows():
                say_reject(f"{row}: {message}")
        state = {"table": done.table, "blocks": done.blocks, "tally": tally.state(), "repeats": done.repeats}
        output.write(done.decided, state)
        step(sizes[done.table] + done.decided.end, tally.rows_read)
    return tally


def _blocks(tables: Sequence[Table], first_table: int, skip: int) -> Iterator[tuple[int, int, Block]]:
    """The blocks that are left, each with the number of its file and how many of that file are done with it."""
    for number in range(first_table, len(tables)):
        before = skip if number == first_table else 0
        for at, block in enumerate(tables[number].blocks(before), before + 1):
            yield number, at, block


def _meet_again(tables: Sequence[Table], found: Survey, repeats: Repeats, last_table: int, blocks: int) -> None:
    """The rows of the blocks that are done already, so that later ones can repeat them."""
    for number, table in enumerate(tables[: last_table + 1] if blocks else []):
        for block in islice(table.blocks(), blocks if number == last_table else None):
            repeats.meet(found.whole(block.cells, number), number, set())


def _situated(
    tables: Sequence[Table], setting: Setting, blocks: Iterator[tuple[int, int, Block]]
) -> Iterator[tuple[int, int, BlockDecider, SituatedBlock]]:
    """The blocks with their situations, each file by a decider of its own."""
    deciders: dict[int, BlockDecider] = {}
    for number, at, block in blocks:
        if number not in deciders:
            deciders = {number: BlockDecider(tables[number], number, setting)}
        yield number, at, deciders[number], deciders[number].situate(block)


def _done(found: Iterator[tuple[int, int, BlockDecider, SituatedBlock]], repeats: Repeats) -> Iterator[_Done]:
    for number, at, decider, block in found:
        yield _Done(decider.write(block), number, at, repeats.state)


def columns_of_files(passed: Sequence[Sequence[str]], keep_person: bool) -> OutputColumns:
    """What passes through each file, brought together: of one file in its order, of several every name once."""
    names = dict.fromkeys(name for of_file in passed for name in of_file)
    if len(passed) == 1:
        return OutputColumns(tuple(names), keep_person)
    return OutputColumns((FILE, *(name for name in names if name != FILE)), keep_person)


def _head(job: Job, parameters: Parameters) -> dict[str, Any]:
    named = [Path(file) for file in job.files if file != STDOUT and Path(file).is_file()]
    options = {name: value for name, value in job._asdict().items() if name in _CHANGE_THE_OUTPUT}
    options["as_of_law"] = None if job.as_of_law is None else job.as_of_law.isoformat()
    options["files"] = list(job.files)
    amounts = [str(path) for path in parameters.files()]
    options["amounts"] = amounts
    return fingerprint(named, options=options, law_digest=digest_of_all_law())


_CHANGE_THE_OUTPUT = ("kind", "excel", "encoding", "sheet", "lang", "keep_person", "as_of_law")


def changes_beside(job: Job) -> Path:
    """Where the list of changes goes: beside the output unless the job says otherwise."""
    output = Path(job.output)
    return job.changes or output.with_name(f"{output.stem}.changes.csv")


def _comparing(job: Job, output: Output, *, several: bool, found: list[Comparison]) -> Callable[[BinaryIO], object]:
    """Writes the changes since an earlier result, and keeps what they come to."""
    new, old, kind = output.complete(), job.compare, _kind(job)
    if new is None or old is None or kind == "xlsx":
        raise InvalidInput([Fault("compare_needs_file", "--compare")])

    def write(stream: BinaryIO) -> None:
        found.append(compare(old, new, stream, kind=kind, lang=job.lang, by_file=several, excel=job.excel))

    return write


def texts_beside(job: Job, tally: Tally, parameters: Parameters, elapsed: float, today: date) -> dict[Path, str]:
    """The summary and the report that the job asks for, by the file they go to; `elapsed` is seconds."""
    texts = {}
    digest = digest_of_all_law()
    if job.summary is not None:
        summary = summary_json(tally, elapsed_seconds=elapsed, law_digest=digest)
        texts[job.summary] = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    if job.report is not None:
        texts[job.report] = report_html(tally, job.lang, generated_on=today, law_digest=digest, parameters=parameters)
    return texts


def _refuse_one_file_twice(job: Job, rejects: Path | None) -> None:
    named = [Path(file) for file in (*job.files, job.output) if file != STDOUT]
    named += [path for path in (rejects, job.summary, job.report, job.changes) if path is not None]
    files = [path.resolve() for path in named]
    for path in files:
        # A device such as the null device takes everything and keeps nothing, so it may be named twice.
        if files.count(path) > 1 and (path.is_file() or not path.exists()):
            raise InvalidInput([Fault("same_file", "", safe(path.name))])


def refuse_unknown_law(law_day: date | None, parameters: Parameters) -> None:
    """Raises `InvalidInput` if there is no law to know of that day."""
    if law_day is None:
        return
    case = Case(purpose="rehabilitation", trip_date=law_day)
    faults = contradictions(case) + beyond_known_law(case, parameters)
    if faults:
        raise InvalidInput([fault._replace(field="--as-of-law") for fault in faults])


def to_stderr(sentence: str) -> None:
    """Say something about the files to whoever runs the batch."""
    print(sentence, file=sys.stderr)
