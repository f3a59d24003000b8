"""Lints of the dated amounts: what `thresholds check` and the tests refuse."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from transport_calc.parameters import (
    MILEAGE_LOW,
    MINIMUM_OTHER,
    MINIMUM_PENSIONER,
    THRESHOLDS,
    Amount,
    BadDataFile,
    Parameters,
    read_amounts,
)

KNOWN_NAMES = {
    *THRESHOLDS,
    MILEAGE_LOW,
    "distance_limit_rehabilitation",
    "distance_limit_hospital",
    "distance_limit_specialist",
    "handicap_trips_per_year",
    "age_of_majority",
}

_HALF_KRONE = Decimal("0.5")


def check_parameters(parameters: Parameters) -> list[str]:
    """Every fault in the data as one sentence: unreadable or misnamed files, unknown names, overlaps and gaps."""
    problems: list[str] = []
    amounts: list[Amount] = []
    for path in parameters.files():
        try:
            found = [amount for series in read_amounts(path).values() for amount in series]
        except (BadDataFile, OSError) as error:
            problems.append(str(error))
            continue
        problems += _file_problems(path, found)
        amounts += found
    for name in sorted({amount.name for amount in amounts}):
        problems += _series_problems([amount for amount in amounts if amount.name == name])
    return problems


def _file_problems(path: Path, amounts: list[Amount]) -> list[str]:
    problems = [f"{path.name}: [{each.name}] is not a known amount" for each in amounts if each.name not in KNOWN_NAMES]
    if path.name.startswith("thresholds_"):
        year = int(path.stem.rpartition("_")[2])
        problems += [
            f"{path.name}: [{each.name}] begins in {each.start.year}, not in {year}"
            for each in amounts
            if each.start.year != year
        ]
        problems += [
            f"{path.name}: [{name}] is missing" for name in THRESHOLDS if name not in {each.name for each in amounts}
        ]
    return problems


def _series_problems(series: list[Amount]) -> list[str]:
    ordered = sorted(series, key=lambda amount: amount.start)
    problems = []
    for earlier, later in pairwise(ordered):
        last = earlier.end or date.max
        if later.start <= last:
            problems.append(f"{later.name}: {later.start} to {later.end or '…'} overlaps {earlier.start} to {last}")
        elif later.start > last + timedelta(days=1) and later.confidence != "user" and not later.after_gap:
            problems.append(f"{later.name}: no amount between {last} and {later.start}")
    return problems


def from_one_index(pensioner: Decimal, other: Decimal) -> bool:
    """Could both amounts come from one factor on 42 and 100 kr. (BEK 816/2018 § 31, stk. 7), each rounded to a krone?

    Only a plausibility test of a typed amount; an amount is never computed from it.
    """
    lowest = max((pensioner - _HALF_KRONE) / 42, (other - _HALF_KRONE) / 100)
    highest = min((pensioner + _HALF_KRONE) / 42, (other + _HALF_KRONE) / 100)
    return lowest < highest


def known_from(parameters: Parameters) -> tuple[date, date]:
    """The first and the last day for which both minimum amounts are known."""
    series = [parameters.series(name) for name in (MINIMUM_PENSIONER, MINIMUM_OTHER)]
    first = max(each[0].start for each in series)
    last = min(each[-1].end or date.max for each in series)
    return first, last
