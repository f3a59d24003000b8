"""`batch`: receipts in, decisions out, every row accounted for."""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from transport_calc.cli.shared import EXIT_UNUSABLE, Data, Lang, UseAmountsOf, file_fault, print_faults, user_data
from transport_calc.facts import FACTS
from transport_calc.faults import Fault, InvalidInput, masked, safe
from transport_calc.intake.text import Unreadable, parse_fact

if TYPE_CHECKING:
    from transport_calc.batch.count.summary import Summary
    from transport_calc.batch.run import Job
    from transport_calc.parameters import Parameters

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


Kind = Literal["csv", "jsonl", "parquet", "xlsx"]
"""The kinds of file decisions can be written to."""

Engine = Literal["local", "spark"]
"""Where a batch runs."""

_OBJECTS_BEFORE_A_LOOK = 10_000
"""New objects after which garbage is looked for."""

_TURN = 0.0002
"""Seconds after which a thread that works in Python lets another have its turn. The others mostly need a moment, to
hand the next column to polars, and would wait for it 25 times as long otherwise."""


@app.command()
def batch(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Receipts: CSV, Excel workbooks, JSON lines, also packed with gzip; several, or a pattern such as "
            "*.csv; `-` reads standard input.",
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Decisions; `-` is standard output.")
    ] = "-",
    rejects: Annotated[
        Path | None, typer.Option(help="Rejected rows; beside the output if not given.", dir_okay=False)
    ] = None,
    format: Annotated[Kind | None, typer.Option(help="Kind of output; follows its ending if not given.")] = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV that a Danish Excel opens by double-click: decimal comma, BOM.")
    ] = False,
    summary: Annotated[Path | None, typer.Option(help="The counts of the batch as JSON.", dir_okay=False)] = None,
    report: Annotated[Path | None, typer.Option(help="A page to look at and to print (HTML).", dir_okay=False)] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a run with the same files and options was stopped.")
    ] = False,
    compare: Annotated[
        Path | None, typer.Option(help="An earlier result: list which attendances change, and why.", dir_okay=False)
    ] = None,
    changes: Annotated[
        Path | None, typer.Option(help="The changes; beside the output if not given.", dir_okay=False)
    ] = None,
    as_of_law: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Decide by the law and the amounts of this day instead of the trip's."),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Sheet of a workbook: its name, its number from 1, or `all`.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of the file, if it is not recognised.")] = None,
    engine: Annotated[
        Engine,
        typer.Option(help="Where the work is done: here, or on Spark, which also reads folders and writes a folder."),
    ] = "local",
    keep_person: Annotated[bool, typer.Option("--keep-person", help="Write the person column to the output.")] = False,
    use_amounts_of: UseAmountsOf = None,
    data: Data = None,
    lang: Lang = "da",
) -> None:
    """Decide files of receipts, one decision per attendance; bad rows go to a rejects file, none is lost.

    Exit status: 0 every row decided, 2 unusable file, 4 some rows rejected or undetermined.
    """
    _refuse_unknown_kind(output, format, lang)
    from transport_calc.batch.run import Job
    from transport_calc.batch.write.cannot_write import CannotWrite
    from transport_calc.parameters import BadDataFile, Parameters

    # What is imported is never garbage, and looking through it again and again costs time.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BEFORE_A_LOOK)
    gc.enable()
    sys.setswitchinterval(_TURN)

    job = Job(
        files=files,
        output=output,
        rejects=rejects,
        kind=format,
        excel=excel,
        encoding=encoding,
        sheet=sheet,
        lang=lang,
        keep_person=keep_person,
        summary=summary,
        report=report,
        resume=resume,
        as_of_law=_day(as_of_law, lang),
        compare=compare,
        changes=changes,
    )
    try:
        found = _run(engine, job, Parameters(user_data=user_data(data), use_amounts_of=use_amounts_of))
    except InvalidInput as invalid:
        print_faults(invalid.faults, lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except BadDataFile as bad:
        print_faults([Fault("bad_data_file", "--data", masked(str(bad)))], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except BrokenPipeError:
        raise
    except CannotWrite as error:
        fault = file_fault(error, str(error.filename), "batch", lang, code="output_not_written")
        print_faults([fault], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except OSError as error:
        print_faults([file_fault(error, str(error.filename or files[0]), "batch", lang)], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    print(found.render(lang), file=sys.stderr)
    raise typer.Exit(found.exit_status)


def _run(engine: Engine, job: Job, parameters: Parameters) -> Summary:
    if engine == "spark":
        # Only here, because nothing else needs it.
        from transport_calc.batch.spark.job import run_on_spark

        return run_on_spark(job, parameters)
    from transport_calc.batch.run import run_batch

    return run_batch(job, parameters)


def _day(text: str | None, lang: str) -> date | None:
    if text is None:
        return None
    try:
        return cast(date, parse_fact(FACTS["trip_date"], text))
    except Unreadable as unreadable:
        print_faults([Fault(unreadable.code, "--as-of-law", safe(text), unreadable.slots)], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None


def _refuse_unknown_kind(output: str, format: str | None, lang: str) -> None:
    ending = Path(output).suffix.lower()
    if format is None and output != "-" and ending not in ("", ".csv", ".jsonl", ".parquet", ".xlsx"):
        print_faults([Fault("unknown_kind", "--output", safe(ending))], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE)
