"""The provisions as they can be looked up: all of them, where each has stood through the years, what each reads.

Nothing here decides anything. What a provision reads is found by exploring it with every fact unknown, so it is what
the law really looks at and cannot go stale.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules
from typing import Any, NamedTuple

from transport_calc import law
from transport_calc.engine.explore import explore
from transport_calc.engine.provision import REGISTRY, NotInForce, Provision, Version
from transport_calc.law.orders import ORDERS
from transport_calc.law.situation import DOMAINS, Situation
from transport_calc.measures import MEASURES, inputs

VALUES: dict[str, tuple[object, ...]] = {
    **{name: (True, False) for name, kind in Situation.__annotations__.items() if kind == "bool"},
    **DOMAINS,
}
"""Every fact the law can read, with the values it can have; also those a case always settles or presumes."""

_ONE_DAY = timedelta(days=1)


def provisions() -> tuple[Provision[Any], ...]:
    """Every provision of the law, module by module, in the order in which each module defines them."""
    for module in iter_modules(law.__path__):
        import_module(f"{law.__name__}.{module.name}")
    return tuple(sorted(REGISTRY.values(), key=lambda rule: rule.versions[0].function.__module__))


def citation_on(rule: Provision[Any], on: date) -> str | None:
    """The citation on a day; None where the provision is not in force."""
    try:
        return rule.citation(on)
    except NotInForce:
        return None


class Standing(NamedTuple):
    """The days on which a provision stands under one citation; `until` is the last, None while it still does."""

    citation: str
    since: date
    until: date | None


def standings(version: Version) -> tuple[Standing, ...]:
    """Where a version has stood: under its number in each order in turn, or under one citation throughout."""
    found: list[Standing] = []
    for since, until in _order_periods():
        first = max(since, version.since)
        last = _earlier(until, version.until)
        if last is not None and first > last:
            continue
        citation = version.cites if isinstance(version.cites, str) else version.cites(first)
        if found and found[-1].citation == citation:
            found[-1] = found[-1]._replace(until=last)
        else:
            found.append(Standing(citation, first, last))
    return tuple(found)


def _order_periods() -> tuple[tuple[date, date | None], ...]:
    ended = tuple((one.since, following.since - _ONE_DAY) for one, following in pairwise(ORDERS))
    return (*ended, (ORDERS[-1].since, None))


def _earlier(one: date | None, other: date | None) -> date | None:
    given = [day for day in (one, other) if day is not None]
    return min(given) if given else None


class Read(NamedTuple):
    """A fact that a provision reads; for a measure, `compared` names the two numbers behind it."""

    fact: str
    compared: tuple[str, ...]


class Reading(NamedTuple):
    """What a provision reads on a day: `own` facts, and those read `through` each provision it rests on."""

    on: date
    own: tuple[Read, ...]
    through: tuple[tuple[str, tuple[Read, ...]], ...]


def reading(rule: Provision[Any], version: Version, on: date) -> Reading:
    """The facts a version reads on `on`, or on the day of its own that lies nearest to it."""
    day = max(on, version.since)
    if version.until is not None:
        day = min(day, version.until)
    facts: dict[str, dict[str, None]] = {rule.id: {}}
    for leaf in explore(rule, law_date=day, known={}, domains=VALUES):
        for step in leaf.steps:
            facts.setdefault(step.provision, {}).update(dict.fromkeys(step.facts))
    own = facts.pop(rule.id)
    return Reading(day, _reads(own), tuple((name, _reads(names)) for name, names in facts.items()))


def _reads(names: dict[str, None]) -> tuple[Read, ...]:
    return tuple(Read(name, inputs(name) if name in MEASURES else ()) for name in names)
