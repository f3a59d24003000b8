"""Questions: how many it takes until the outcome is fixed, when the first fact of `missing` is asked each time.

The fact space of a purpose: every fact that is ever asked for, with every choice, and a number on each side of its
limit (10 and 60 km, 10 and 300 kr.); a trip in 2024, every combination equally likely, exceptions presumed. The outcome
is fixed when it is decided without a condition, or when nothing is left to ask. The mean over all complete situations
is computed along the tree of answers, which is the same as counting every situation. Where the tree is too large for
the time given to a purpose, situations are drawn at random, and the table says how many.

Beside it stand a fixed form that asks everything that is asked in some situation, and the best order: for each state of
knowledge the question with the fewest to follow, found by trying all, where the states are few enough.
"""

from __future__ import annotations

import random
import statistics
import time
from datetime import date
from decimal import Decimal
from typing import get_args

from transport_calc import Case, decide
from transport_calc.facts import FACTS, Purpose

TRIP = date(2024, 5, 13)
SECONDS_TREE = 8.0
SECONDS_SAMPLE = 4.0
SECONDS_BEST = 30.0
LOW, HIGH = Decimal(10), Decimal(300)
NEAR, FAR = Decimal(10), Decimal(60)

Known = frozenset[tuple[str, object]]


class OutOfTimeError(Exception):
    """The tree is too large for the time given to it."""


class Space:
    """The states of knowledge of one purpose, each decided once."""

    def __init__(self, purpose: Purpose) -> None:
        self.purpose = purpose
        self.asked: set[str] = set()
        self._open: dict[Known, tuple[str, ...]] = {}

    def open_questions(self, known: Known) -> tuple[str, ...]:
        """What is missing while the outcome is not fixed."""
        if known not in self._open:
            decision = decide(Case(purpose=self.purpose, trip_date=TRIP, **dict(known)))  # type: ignore[arg-type]
            fixed = decision.status == "decided" and not decision.conditions
            self._open[known] = () if fixed else tuple(name for name in decision.missing if name in FACTS)
            self.asked.update(self._open[known])
        return self._open[known]

    def mean(self, seconds: float, *, every_order: bool) -> float | None:
        """The mean number of questions from nothing known, with the first question or with the best one each time.

        None where the time does not suffice.
        """
        end = time.perf_counter() + seconds
        found: dict[Known, float] = {}

        def of(known: Known) -> float:
            if time.perf_counter() > end:
                raise OutOfTimeError
            if known not in found:
                names = self.open_questions(known)
                asked = names if every_order else names[:1]
                found[known] = min((after(known, name) for name in asked), default=0.0)
            return found[known]

        def after(known: Known, name: str) -> float:
            return 1 + statistics.fmean(of(known | {(name, value)}) for value in values(name))

        try:
            return of(frozenset())
        except OutOfTimeError:
            return None

    def sampled(self, seconds: float) -> tuple[float, int]:
        """The mean over situations drawn at random for some seconds, and how many they were."""
        draw = random.Random(self.purpose)  # the same situations every time
        end = time.perf_counter() + seconds
        counts: list[int] = []
        while not counts or time.perf_counter() < end:
            known: Known = frozenset()
            while names := self.open_questions(known):
                known |= {(names[0], draw.choice(values(names[0])))}
            counts.append(len(known))
        return statistics.fmean(counts), len(counts)


def values(name: str) -> tuple[object, ...]:
    """The values a fact is tried with."""
    info = FACTS[name]
    if info.kind == "bool":
        return (True, False)
    if info.kind == "choice":
        return (1, 2) if name == "insurance_group" else tuple(info.choices)
    if info.kind == "whole":
        return (info.minimum or 0, 120)
    return (NEAR, FAR) if name.endswith("_km") else (LOW, HIGH)


def row(purpose: Purpose) -> tuple[str, str, str, str, str]:
    """One line of the table."""
    space = Space(purpose)
    counted = "all"
    mean = space.mean(SECONDS_TREE, every_order=False)
    if mean is None:
        mean, situations = space.sampled(SECONDS_SAMPLE)
        counted = f"{situations} drawn"
    form = len(space.asked)
    best = space.mean(SECONDS_BEST, every_order=True)
    return purpose, counted, f"{mean:.2f}", str(form), "not feasible" if best is None else f"{best:.2f}"


def main() -> None:
    """Print the table."""
    print(f"Mean number of questions until the outcome is fixed, trip of {TRIP.isoformat()}")
    heading = ("purpose", "situations", "missing[0]", "fixed form", "best order")
    for line in (heading, *(row(purpose) for purpose in get_args(Purpose))):
        print("{:<26}{:<14}{:>12}{:>12}{:>14}".format(*line), flush=True)


if __name__ == "__main__":
    main()
