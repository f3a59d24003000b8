"""Local profiles: who assesses, who books and where to turn, from `data/municipalities/*.toml`.

A profile holds the *ways* to a ride as the municipality describes them. A way is chosen by the case's facts; the
first that fits wins. An unknown fact stops the search, because the way then depends on it. A municipality without a
way for the case is unknown in that respect: nothing is borrowed from another.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from transport_calc.parameters import builtin_data


class Contact(NamedTuple):
    """Where to turn: name, telephone and hours as published by the municipality, with its source."""

    name: str
    phone: str
    address: str
    hours: Mapping[str, str]
    source: str


class Way(NamedTuple):
    """One way to a ride: under which facts it applies, through which channel, and what to tell the citizen."""

    id: str
    bases: tuple[str, ...]
    when: Mapping[str, object]
    channel: str
    form: str
    text: Mapping[str, str]
    contact: Contact | None
    source: str
    confidence: str


class Practice(NamedTuple):
    """One published practice of the municipality that a caseworker should know: a sentence with its source."""

    id: str
    basis: str
    value: str
    unit: str
    text: Mapping[str, str]
    source: str
    href: str
    seen: date
    confidence: str
    note: str


class Choice(NamedTuple):
    """The outcome of looking for a way: the way, or the unknown facts it hangs on, or neither (no rule known)."""

    way: Way | None
    depends_on: tuple[str, ...] = ()


class Municipality(NamedTuple):
    """A municipality as far as it is known; `ways` is empty where no local rule is known."""

    slug: str
    name: str
    region: str = ""
    traffic_company: str = ""
    ways: tuple[Way, ...] = ()
    practices: tuple[Practice, ...] = ()
    contacts: Mapping[str, Contact] = MappingProxyType({})

    def choose_way(self, basis: str, known: Mapping[str, object]) -> Choice:
        """The first way that fits the basis and the known facts."""
        for way in self.ways:
            if basis not in way.bases:
                continue
            unknown = tuple(fact for fact in way.when if known.get(fact) is None)
            if any(not _fits(known[fact], wanted) for fact, wanted in way.when.items() if fact not in unknown):
                continue
            return Choice(None, unknown) if unknown else Choice(way)
        return Choice(None)


def _fits(value: object, wanted: object) -> bool:
    return value in wanted if isinstance(wanted, list) else value == wanted


def known_slugs(folder: Path | None = None) -> tuple[str, ...]:
    """The slugs of all municipalities the product knows by name."""
    return tuple(sorted(_registry(folder or builtin_data())))


@cache
def municipality(slug: str, folder: Path | None = None) -> Municipality | None:
    """A municipality by slug, with its profile if there is one; None if there is no such municipality."""
    data = folder or builtin_data()
    profile = data / "municipalities" / f"{slug}.toml"
    if slug.isidentifier() and slug != "registry" and profile.is_file():
        with open(profile, "rb") as file:
            return _profile(tomllib.load(file))
    entry = _registry(data).get(slug)
    if entry is None:
        return None
    return Municipality(slug, entry["name"], entry["region"], entry["traffic_company"])


@cache
def _registry(data: Path) -> dict[str, dict[str, str]]:
    with open(data / "municipalities" / "registry.toml", "rb") as file:
        return tomllib.load(file)


def _profile(table: dict[str, Any]) -> Municipality:
    contacts = {
        key: Contact(
            each["name"], each.get("phone", ""), each.get("address", ""), each.get("hours", {}), each["source"]
        )
        for key, each in table.get("contact", {}).items()
    }
    ways = tuple(
        Way(
            id=each["id"],
            bases=tuple(each["bases"]),
            when=each.get("when", {}),
            channel=each["channel"],
            form=each.get("form", ""),
            text={"da": each["da"], "en": each["en"]},
            contact=contacts[each["contact"]] if "contact" in each else None,
            source=each["source"]["title"],
            confidence=each["confidence"],
        )
        for each in table.get("way", [])
    )
    practices = tuple(
        Practice(
            id=each["id"],
            basis=each["basis"],
            value=each["value"],
            unit=each["unit"],
            text={"da": each["da"], "en": each["en"]},
            source=each["source"]["title"],
            href=each["source"]["href"],
            seen=each["seen"],
            confidence=each["confidence"],
            note=each["note"],
        )
        for each in table.get("fact", [])
    )
    return Municipality(
        table["slug"],
        table["name"],
        table.get("region", ""),
        table.get("traffic_company", ""),
        ways,
        practices,
        contacts,
    )
