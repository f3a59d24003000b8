"""On which days the law changes: asked of the law itself, by a date that remembers what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from transport_calc.engine.explore import Domains, Leaf, explore

R = TypeVar("R", bound=Hashable)

ONE_DAY = timedelta(days=1)


class RememberingDate(date):
    """A date that notes each day on which a comparison with it would begin to come out otherwise."""

    changes: set[date]

    @classmethod
    def of(cls, day: date, changes: set[date]) -> RememberingDate:
        made = cls(day.year, day.month, day.day)
        made.changes = changes
        return made

    def _note(self, other: date, days_later: int) -> None:
        if other < date.max:
            self.changes.add(date(other.year, other.month, other.day) + days_later * ONE_DAY)

    def __ge__(self, other: date) -> bool:
        self._note(other, 0)
        return super().__ge__(other)

    def __lt__(self, other: date) -> bool:
        self._note(other, 0)
        return super().__lt__(other)

    def __gt__(self, other: date) -> bool:
        self._note(other, 1)
        return super().__gt__(other)

    def __le__(self, other: date) -> bool:
        self._note(other, 1)
        return super().__le__(other)


class Span(NamedTuple, Generic[R]):
    """The leaves of a question from a day to a day, both included, on all of which they are the same."""

    first: date
    last: date
    leaves: tuple[Leaf[R], ...]


def explore_over_time(
    question: Callable[[Any], R], first: date, last: date, *, known: Mapping[str, object], domains: Domains
) -> list[Span[R]]:
    """The leaves of a question for every day of a period, oldest first."""
    found: dict[date, tuple[Leaf[R], ...]] = {}
    changes: set[date] = {first}
    while new := {day for day in changes if first <= day <= last} - found.keys():
        for day in new:
            found[day] = explore(question, law_date=RememberingDate.of(day, changes), known=known, domains=domains)
    starts = sorted(found)
    ends = [each - ONE_DAY for each in starts[1:]] + [last]
    return [Span(start, end, found[start]) for start, end in zip(starts, ends, strict=True)]
