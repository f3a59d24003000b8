"""Local profiles: who assesses, who books and where to turn, from `data/municipalities/*.toml`.

A profile holds the *ways* to a ride as the municipality describes them. A way is chosen by the case's facts; the
first that fits wins. An unknown fact stops the search, because the way then depends on it. A *site* rule says where
a rehabilitation plan leads when nobody has said where the training takes place. The *facts* are the municipality's
published practice; those that fit the decision are its next steps, in the order of the file. A municipality without
an entry for the case is unknown in that respect: nothing is borrowed from another.
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


class NextStep(NamedTuple):
    """What happens now, by the municipality's own words elsewhere: a sentence in both languages with its source."""

    text: Mapping[str, str]
    source: str
    seen: date
    confidence: str


class SiteRule(NamedTuple):
    """Where the training takes place, as it follows from the facts in `when`, and the sentence that says so."""

    id: str
    bases: tuple[str, ...]
    when: Mapping[str, object]
    site: str
    step: NextStep
    note: str


class Practice(NamedTuple):
    """One published practice of the municipality: a sentence with its source.

    `when` narrows it to cases with these facts, `outcomes` to decisions with these outcomes.
    """

    id: str
    basis: str
    value: str
    unit: str
    step: NextStep
    href: str
    note: str
    when: Mapping[str, object]
    outcomes: tuple[str, ...]

    @property
    def text(self) -> Mapping[str, str]:
        """The sentence by language."""
        return self.step.text


_OPEN = ("entitled", "discretionary", "undetermined")
_ALWAYS = (*_OPEN, "below_minimum", "not_entitled")

SHOWN_IN: Mapping[str, tuple[str, ...]] = {
    "who_decides": _OPEN,
    "who_books": _OPEN,
    "own_payment": ("discretionary",),
    "conditions": _OPEN,
    "contact": _ALWAYS,
    "case_time": _OPEN,
    "course_start": _ALWAYS,
    "cancelling": _ALWAYS,
    "course_end": _ALWAYS,
    "free_choice": _ALWAYS,
    "outside": _ALWAYS,
    "place": ("discretionary",),
    "excludes": ("discretionary",),
}
"""The outcomes for which a kind of practice is a next step, where the entry itself names none.

Own payment belongs to rides the municipality *may* give: the order knows none. Kinds that are not listed
(`page_error`, `materials`, `flextur_counts_as_public_transport`) are for the caseworker who reads the profile.
"""

BASES_OF: Mapping[str, tuple[str, ...]] = {
    "sul_172": ("rehabilitation",),
    "sel_86": ("training_without_plan", "maintenance_training"),
    "sul_170": ("gp", "specialist"),
    "aeldreloven": ("aeldreloven",),
    "any": ("rehabilitation", "training_without_plan", "maintenance_training", "aeldreloven"),
}
"""The legal bases an entry's `basis` stands for. `any` is any law of training: such pages do not speak of doctors."""

MOST_STEPS = 5


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
    sites: tuple[SiteRule, ...] = ()
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

    def site_rule(self, basis: str, known: Mapping[str, object]) -> SiteRule | None:
        """The first rule about the site that fits the known facts; an unknown fact lets no rule fit."""
        return next((rule for rule in self.sites if basis in rule.bases and _holds(rule.when, known)), None)

    def next_steps(
        self, bases: tuple[str, ...], outcome: str, known: Mapping[str, object], site: SiteRule | None
    ) -> tuple[NextStep, ...]:
        """What to tell about the time after the decision: the practices that hold under every basis it may rest on."""
        steps = [site.step] if site else []
        steps += [
            practice.step
            for practice in self.practices
            if all(basis in BASES_OF[practice.basis] for basis in bases)
            and outcome in practice.outcomes
            and _holds(practice.when, known)
        ]
        return tuple(steps[:MOST_STEPS])


def _holds(when: Mapping[str, object], known: Mapping[str, object]) -> bool:
    return all(fact in known and _fits(known[fact], wanted) for fact, wanted in when.items())


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
            return _profile(tomllib.load(file), data)
    registry = _registry(data)
    if slug in registry:
        entry = registry[slug]
        return Municipality(slug, _full_name(entry), entry["region"], entry["traffic_company"])
    # "Københavns Kommune" and the like come in as the slug of their official name.
    other = next((each for each, entry in registry.items() if entry.get("official_slug") == slug), None)
    return municipality(other, folder) if other else None


def _full_name(entry: Mapping[str, str]) -> str:
    return entry.get("official_name", f"{entry['name']} Kommune")


@cache
def _registry(data: Path) -> dict[str, dict[str, str]]:
    with open(data / "municipalities" / "registry.toml", "rb") as file:
        return tomllib.load(file)


def _profile(table: dict[str, Any], data: Path) -> Municipality:
    listed = {} if {"name", "region", "traffic_company"} <= table.keys() else _registry(data)[table["slug"]]
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
    return Municipality(
        table["slug"],
        table["name"] if "name" in table else _full_name(listed),
        table["region"] if "region" in table else listed["region"],
        table["traffic_company"] if "traffic_company" in table else listed["traffic_company"],
        ways,
        tuple(_site_rule(each) for each in table.get("site", [])),
        tuple(_practice(each) for each in table.get("fact", [])),
        contacts,
    )


def _site_rule(each: dict[str, Any]) -> SiteRule:
    return SiteRule(each["id"], tuple(each["bases"]), each["when"], each["site"], _step(each), each["note"])


def _practice(each: dict[str, Any]) -> Practice:
    return Practice(
        id=each["id"],
        basis=each["basis"],
        value=each["value"],
        unit=each["unit"],
        step=_step(each),
        href=each["source"]["href"],
        note=each["note"],
        when=each.get("when", {}),
        outcomes=tuple(each["outcomes"]) if "outcomes" in each else SHOWN_IN.get(each["id"], ()),
    )


def _step(each: dict[str, Any]) -> NextStep:
    return NextStep({"da": each["da"], "en": each["en"]}, each["source"]["title"], each["seen"], each["confidence"])
