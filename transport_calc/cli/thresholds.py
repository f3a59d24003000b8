"""`thresholds`: show the dated amounts, add a year, lint the data."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from transport_calc.cli.shared import EXIT_UNUSABLE, Data, Lang, print_faults, user_data
from transport_calc.faults import Fault, InvalidInput, safe
from transport_calc.law.orders import FIRST_DAY
from transport_calc.parameters import MILEAGE_LOW, MINIMUM_OTHER, MINIMUM_PENSIONER, Parameters
from transport_calc.wording import text
from transport_calc.wording.numbers import kroner, short_date, whole

if TYPE_CHECKING:
    from pathlib import Path

    from transport_calc.parameters import Amount

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

_LAST_YEAR = 2099


@app.callback(invoke_without_command=True)
def thresholds(context: typer.Context, data: Data = None, lang: Lang = "da") -> None:
    """Show the dated amounts with their sources; `add` a year, or `check` all data."""
    if context.invoked_subcommand is None:
        print(_overview(Parameters(user_data=user_data(data)), user_data(data), lang))


@app.command("add")
def add(
    year: Annotated[str, typer.Argument(metavar="YEAR", help="The calendar year the amounts apply to.")],
    pensioner: Annotated[str, typer.Option(help="Minimum amount for pensioners, kr.", metavar="KR")],
    other: Annotated[str, typer.Option(help="Minimum amount for others, kr.", metavar="KR")],
    source: Annotated[str, typer.Option(help="Where the amounts are stated.", metavar="TEXT")],
    data: Data = None,
    lang: Lang = "da",
) -> None:
    """Write the minimum amounts of a new year to a file of your own; they are named as yours wherever they are used."""
    folder = user_data(data)
    try:
        amounts = _checked(year, pensioner, other, source, Parameters(user_data=folder))
    except InvalidInput as invalid:
        print_faults(invalid.faults, lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    from transport_calc.parameter_checks import from_one_index

    file = folder / f"thresholds_{year}.toml"
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(_as_toml(int(year), amounts, source), encoding="utf-8")
    shown = {name: kroner(value, lang) for name, value in amounts.items()}
    slots = {"pensioner": shown[MINIMUM_PENSIONER], "other": shown[MINIMUM_OTHER]}
    print(text("thresholds.added", lang, year=year, file=file, **slots))
    if not from_one_index(amounts[MINIMUM_PENSIONER], amounts[MINIMUM_OTHER]):
        print(text("thresholds.index_warning", lang, **slots), file=sys.stderr)


@app.command("check")
def check(data: Data = None, lang: Lang = "da") -> None:
    """Lint every amount: unknown keys, overlaps, gaps. Exit status 2 if something is wrong."""
    from transport_calc.parameter_checks import check_parameters

    parameters = Parameters(user_data=user_data(data))
    problems = check_parameters(parameters)
    if problems:
        print(text("thresholds.problems", lang, count=len(problems)), file=sys.stderr)
        for problem in problems:
            print(f"  {problem}", file=sys.stderr)
        raise typer.Exit(EXIT_UNUSABLE)
    files = parameters.files()
    count = sum(len(parameters.series(name)) for name in (MINIMUM_PENSIONER, MINIMUM_OTHER, MILEAGE_LOW))
    print(text("thresholds.ok", lang, amounts=count, files=len(files)))


def _checked(year: str, pensioner: str, other: str, source: str, parameters: Parameters) -> dict[str, Decimal]:
    faults: list[Fault] = []
    if not (year.isascii() and year.isdigit() and FIRST_DAY.year <= int(year) <= _LAST_YEAR):
        slots = {"first": str(FIRST_DAY.year), "last": str(_LAST_YEAR)}
        faults.append(Fault("bad_year", "YEAR", safe(year), slots))
    else:
        faults += _already_known(int(year), parameters)
    if not source.strip():
        faults.append(Fault("no_source", "--source"))
    amounts: dict[str, Decimal] = {}
    for name, option, written in ((MINIMUM_PENSIONER, "--pensioner", pensioner), (MINIMUM_OTHER, "--other", other)):
        value = _kroner(written)
        if value is None or value <= 0:
            faults.append(Fault("not_positive", option, safe(written)))
        else:
            amounts[name] = value
    if faults:
        raise InvalidInput(faults)
    return amounts


def _kroner(written: str) -> Decimal | None:
    from transport_calc.facts import FACTS
    from transport_calc.intake.text import Unreadable, parse_fact

    try:
        value = parse_fact(FACTS["paid_dkk"], written)
    except Unreadable:
        return None
    return value if isinstance(value, Decimal) else None


def _already_known(year: int, parameters: Parameters) -> list[Fault]:
    for name in (MINIMUM_PENSIONER, MINIMUM_OTHER):
        for amount in parameters.series(name):
            if amount.start <= date(year, 12, 31) and (amount.end is None or amount.end >= date(year, 1, 1)):
                slots = {"source": amount.source, "file": f"thresholds_{amount.start.year}.toml"}
                return [Fault("year_known", "YEAR", str(year), slots)]
    return []


def _as_toml(year: int, amounts: dict[str, Decimal], source: str) -> str:
    escaped = source.strip().replace("\\", "\\\\").replace('"', '\\"')
    escaped = "".join(letter if letter.isprintable() else " " for letter in escaped)
    lines = [f"# Minimum amounts of {year}, added by the user.", ""]
    for name, value in amounts.items():
        lines += [
            f"[{name}]",
            f'value = "{value:f}"',
            'unit = "DKK per attendance, both ways"',
            f"from = {year}-01-01",
            f"to = {year}-12-31",
            f'source = {{title = "{escaped}"}}',
            f"verified_on = {date.today().isoformat()}",
            'confidence = "user"',
            "",
        ]
    return "\n".join(lines)


def _overview(parameters: Parameters, folder: Path, lang: str) -> str:
    pairs = zip(parameters.series(MINIMUM_PENSIONER), parameters.series(MINIMUM_OTHER), strict=True)
    rows = [
        [*_span(low, lang), whole(low.value, lang), whole(high.value, lang), *_evidence(low, lang)]
        for low, high in pairs
    ]
    head = [text(f"thresholds.{key}", lang) for key in ("from", "to", "pensioner", "other", "confidence", "source")]
    mileage = parameters.series(MILEAGE_LOW)
    rates = [[*_span(rate, lang), kroner(rate.value, lang)[:-4], *_evidence(rate, lang)] for rate in mileage]
    rate_head = [text(f"thresholds.{key}", lang) for key in ("from", "to", "rate", "confidence", "source")]
    parts = [text("thresholds.heading", lang), *_table([head, *rows])]
    unknown = _unknown_years(parameters)
    if unknown:
        parts += ["", text("thresholds.unknown_years", lang, years=", ".join(map(str, unknown)))]
    parts += ["", text("thresholds.mileage", lang), *_table([rate_head, *rates])]
    return "\n".join([*parts, "", text("thresholds.own", lang, folder=folder)])


def _span(amount: Amount, lang: str) -> list[str]:
    end = short_date(amount.end, lang) if amount.end else text("thresholds.open", lang)
    return [short_date(amount.start, lang), end]


def _evidence(amount: Amount, lang: str) -> list[str]:
    return [text(f"confidence.{amount.confidence}", lang), amount.source]


def _unknown_years(parameters: Parameters) -> list[int]:
    known = parameters.series(MINIMUM_OTHER)
    covered = {year for each in known for year in range(each.start.year, (each.end or each.start).year + 1)}
    return [year for year in range(known[0].start.year, date.today().year + 1) if year not in covered]


def _table(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return [
        "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, [*widths, 0], strict=True)).rstrip()
        for row in rows
    ]
