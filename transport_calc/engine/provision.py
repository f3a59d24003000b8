"""A provision: one legal condition as one small function, with its citation and the dates it is in force.

Several functions may carry the same id, one for each wording the law has had; the date of the situation picks the
one in force. Two of them may not overlap in time. The engine knows no law: citations are opaque texts, or functions
from the date to a text where the same rule has stood under several numbers.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Generic, NamedTuple, ParamSpec, Protocol, TypeVar

from transport_calc.engine.trace import Recorder

P = ParamSpec("P")
R = TypeVar("R")

Citation = str | Callable[[date], str]


class NotInForce(Exception):
    """A provision was asked about a date on which no version of it is in force."""

    def __init__(self, provision: str, on: date, first: date, last: date | None) -> None:
        known = f"{first.isoformat()} to {last.isoformat()}" if last else f"{first.isoformat()} onwards"
        super().__init__(f"no rule '{provision}' is known for {on.isoformat()}; it is known from {known}")
        self.provision = provision
        self.on = on
        self.first = first
        self.last = last


class Dated(Protocol):
    """What every situation must have: the date whose law applies."""

    @property
    def law_date(self) -> date: ...


class Version(NamedTuple):
    """One wording of a provision; `until` is the last day in force, None while it still is."""

    since: date
    until: date | None
    cites: Citation
    function: Callable[..., Any]

    def in_force(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


class Provision(Generic[R]):
    """All versions of one legal condition; calling it evaluates the version in force and records the step."""

    def __init__(self, provision_id: str) -> None:
        self.id = provision_id
        self.versions: list[Version] = []

    def add(self, version: Version) -> None:
        """Add a wording; raises ValueError if it overlaps in time with another."""
        for other in self.versions:
            starts_before_end = version.until is None or other.since <= version.until
            ends_after_start = other.until is None or other.until >= version.since
            if starts_before_end and ends_after_start:
                raise ValueError(
                    f"two versions of provision '{self.id}' overlap from {max(version.since, other.since)}"
                )
        self.versions.append(version)
        self.versions.sort(key=lambda each: each.since)

    def at(self, on: date) -> Version:
        """The version in force on a day; raises `NotInForce`."""
        for version in self.versions:
            if version.in_force(on):
                return version
        raise NotInForce(self.id, on, self.versions[0].since, self.versions[-1].until)

    def citation(self, on: date) -> str:
        """The citation on a day, under the number the rule had then."""
        cites = self.at(on).cites
        return cites if isinstance(cites, str) else cites(on)

    @property
    def meaning(self) -> str:
        """The docstring of the newest version."""
        return (self.versions[-1].function.__doc__ or "").strip()

    def __call__(self, case: Dated) -> R:
        version = self.at(case.law_date)
        if not isinstance(case, Recorder):
            result: R = version.function(case)
            return result
        case.enter()
        traced: R = version.function(case)
        case.leave(self.id, traced)
        return traced


REGISTRY: dict[str, Provision[Any]] = {}
"""Every provision by id, in the order in which the law modules define them."""


def provision(
    provision_id: str,
    *,
    cites: Citation,
    since: date,
    until: date | None = None,
    registry: dict[str, Provision[Any]] = REGISTRY,
) -> Callable[[Callable[[Any], R]], Provision[R]]:
    """Declare a law function to be a provision; `until` is the last day it is in force."""

    def declare(function: Callable[[Any], R]) -> Provision[R]:
        rule: Provision[R] = registry.setdefault(provision_id, Provision(provision_id))
        rule.add(Version(since, until, cites, function))
        return rule

    return declare
