"""Exploration: the time of one decision inside a running program, by how much is unknown.

For each purpose a case of which nothing is known but the purpose, then a typical partial case: a median of a
thousand, after a warm-up. Where a thousand would take more than the time given to a figure, fewer are run, and the
line says how many. The targets are 20 ms for the slowest purpose and 1 ms for the partial case.
"""

from __future__ import annotations

import statistics
import time
from datetime import date
from decimal import Decimal
from typing import get_args

from transport_calc import Case, decide
from transport_calc.facts import Purpose

ROUNDS = 1000
SECONDS = 15.0
TRIP = date(2024, 5, 13)
TARGET_NOTHING_KNOWN = 20.0
TARGET_PARTIAL = 1.0

PARTIAL = Case(
    purpose="rehabilitation",
    trip_date=TRIP,
    hospital_based=True,
    pensioner=False,
    mobility="public_transport",
    public_fare_dkk=Decimal(150),
)


def milliseconds(case: Case) -> list[float]:
    """The times of a thousand decisions, or of as many as fit into the seconds of a figure."""
    decide(case)
    found: list[float] = []
    end = time.perf_counter() + SECONDS
    while len(found) < ROUNDS and (not found or time.perf_counter() < end):
        start = time.perf_counter()
        decide(case)
        found.append((time.perf_counter() - start) * 1000)
    return found


def main() -> None:
    """Measure and print one line per figure."""
    medians: dict[str, float] = {}
    for purpose in get_args(Purpose):
        times = milliseconds(Case(purpose=purpose, trip_date=TRIP))
        medians[purpose] = statistics.median(times)
        print(f"nothing known, {purpose}: {medians[purpose]:.2f} ms (median of {len(times)})")
    slowest = max(medians, key=lambda purpose: medians[purpose])
    print(f"nothing known, slowest: {slowest}, {medians[slowest]:.2f} ms (target {TARGET_NOTHING_KNOWN:g} ms)")
    times = milliseconds(PARTIAL)
    print(
        f"rehabilitation with the distance unknown: {statistics.median(times):.2f} ms "
        f"(median of {len(times)}, target {TARGET_PARTIAL:g} ms)"
    )


if __name__ == "__main__":
    main()
