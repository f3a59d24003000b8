"""Exploration: the time of one decision by how much is unknown, cold and inside a running program.

For each purpose a case of which nothing is known but the purpose: cold, as the first decision of a new process (the
imports done, no file read), and warm, as the median of a thousand on changing days. Then a typical partial case, of
which only the distance is unknown: the median of a thousand with changing days, fares and pensions. No decision is
kept from one call to the next; the amounts read from their files are. The targets are 20 ms for
the slowest purpose and 1 ms for the partial case.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

from transport_calc import Case, decide
from transport_calc.facts import Purpose

ROUNDS = 1000
PROCESSES = 5
SECONDS = 15.0
FIRST_DAY = date(2024, 1, 1)
TARGET_NOTHING_KNOWN = 20.0
TARGET_PARTIAL = 1.0

COLD = """
import time
from datetime import date
from transport_calc import Case, decide
case = Case(purpose={purpose!r}, trip_date=date(2024, 5, 13))
start = time.perf_counter()
decide(case)
print((time.perf_counter() - start) * 1000)
"""


def day(number: int) -> date:
    """A day of 2024."""
    return FIRST_DAY + timedelta(days=number % 366)


def nothing_known(purpose: Purpose) -> Callable[[int], Case]:
    """Cases of which only the purpose is known, one for each number."""
    return lambda number: Case(purpose=purpose, trip_date=day(number))


def partial(number: int) -> Case:
    """A case of which only the distance is unknown; the fare is another one each time."""
    return Case(
        purpose="rehabilitation",
        trip_date=day(number),
        hospital_based=True,
        pensioner=number % 3 == 0,
        mobility="public_transport",
        public_fare_dkk=Decimal(5000 + number * 17) / 100,
    )


def milliseconds(case_of: Callable[[int], Case]) -> list[float]:
    """The times of a thousand different decisions, or of as many as fit into the seconds of a figure."""
    decide(case_of(ROUNDS))
    found: list[float] = []
    end = time.perf_counter() + SECONDS
    for number in range(ROUNDS):
        case = case_of(number)
        start = time.perf_counter()
        decide(case)
        found.append((time.perf_counter() - start) * 1000)
        if time.perf_counter() > end:
            break
    return found


def cold(purpose: Purpose) -> float:
    """The median time of the first decision of a new process."""
    command = [sys.executable, "-c", COLD.format(purpose=purpose)]
    runs = (subprocess.run(command, capture_output=True, check=True, text=True) for _ in range(PROCESSES))
    return statistics.median(float(run.stdout) for run in runs)


def report(name: str, times: Iterable[float], target: float) -> None:
    """One line per figure that has a target."""
    found = list(times)
    median = statistics.median(found)
    verdict = "met" if median <= target else "MISSED"
    print(f"{name}: {median:.2f} ms (median of {len(found)}, target {target:g} ms: {verdict})")


def main() -> None:
    """Measure and print."""
    warm: dict[Purpose, list[float]] = {}
    first: dict[Purpose, float] = {}
    print(f"{'nothing known but the purpose':<32}{'cold':>10}{'warm':>10}")
    for purpose in get_args(Purpose):
        first[purpose] = cold(purpose)
        warm[purpose] = milliseconds(nothing_known(purpose))
        print(f"{purpose:<32}{first[purpose]:>7.2f} ms{statistics.median(warm[purpose]):>7.2f} ms", flush=True)
    slowest = max(warm, key=lambda purpose: statistics.median(warm[purpose]))
    report(f"nothing known, slowest, warm ({slowest})", warm[slowest], TARGET_NOTHING_KNOWN)
    slowest = max(first, key=lambda purpose: first[purpose])
    verdict = "met" if first[slowest] <= TARGET_NOTHING_KNOWN else "MISSED"
    print(
        f"nothing known, slowest, cold ({slowest}): {first[slowest]:.2f} ms "
        f"(median of {PROCESSES} processes, target {TARGET_NOTHING_KNOWN:g} ms: {verdict})"
    )
    report("partial case, rehabilitation with the distance unknown", milliseconds(partial), TARGET_PARTIAL)


if __name__ == "__main__":
    main()
