"""`batch`: receipts in, decisions out, every row accounted for."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

import typer

from transport_calc.cli.shared import EXIT_UNUSABLE, Data, Lang, UseAmountsOf, file_fault, print_faults, user_data
from transport_calc.faults import Fault, InvalidInput, masked, safe

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


Kind = Literal["csv", "jsonl"]
"""The kinds of file decisions can be written to."""


@app.command()
def batch(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Receipts as CSV; `-` reads standard input.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Decisions; `-` is standard output.")
    ] = "-",
    rejects: Annotated[
        Path | None, typer.Option(help="Rejected rows; beside the output if not given.", dir_okay=False)
    ] = None,
    format: Annotated[Kind | None, typer.Option(help="Kind of output; follows its ending if not given.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of the file, if it is not recognised.")] = None,
    keep_person: Annotated[bool, typer.Option("--keep-person", help="Write the person column to the output.")] = False,
    use_amounts_of: UseAmountsOf = None,
    data: Data = None,
    lang: Lang = "da",
) -> None:
    """Decide a file of receipts, one decision per row; bad rows go to a rejects file, none is lost.

    Exit status: 0 every row decided, 2 unusable file, 4 some rows rejected or undetermined.
    """
    gc.enable()
    from transport_calc.batch.decision_row import DecisionRow, decision_row
    from transport_calc.batch.run import run_batch
    from transport_calc.chain import decide
    from transport_calc.facts import Case
    from transport_calc.parameters import BadDataFile, Parameters

    _refuse_unknown_kind(output, format, lang)
    parameters = Parameters(user_data=user_data(data), use_amounts_of=use_amounts_of)

    def decide_row(case: Case) -> DecisionRow:
        return decision_row(decide(case, parameters=parameters, use_amounts_of=use_amounts_of), lang)

    try:
        summary = run_batch(
            _source(file),
            decide=decide_row,
            output=output,
            rejects=rejects,
            lang=lang,
            kind=format,
            encoding=encoding,
            keep_person=keep_person,
        )
    except InvalidInput as invalid:
        print_faults(invalid.faults, lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except BadDataFile as bad:
        print_faults([Fault("bad_data_file", "--data", masked(str(bad)))], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        print_faults([file_fault(error, str(error.filename or file), "batch", lang)], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    print(summary.render(lang), file=sys.stderr)
    raise typer.Exit(summary.exit_status)


def _refuse_unknown_kind(output: str, format: str | None, lang: str) -> None:
    ending = Path(output).suffix.lower()
    if format is None and output != "-" and ending not in ("", ".csv", ".jsonl"):
        print_faults([Fault("unknown_kind", "--output", safe(ending))], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE)


def _source(file: str) -> BinaryIO | Path:
    return sys.stdin.buffer if file == "-" else Path(file)
