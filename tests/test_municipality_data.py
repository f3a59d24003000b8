"""The list of municipalities and the local profiles: complete, uniform, sourced, and in both languages."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from transport_calc.facts import Site
from transport_calc.law.basis import BASES as LAW_BASES
from transport_calc.law.schemes import Outcome
from transport_calc.law.situation import DOMAINS, Situation

FOLDER = Path(__file__).parents[1] / "data" / "municipalities"
PROFILES = sorted(path for path in FOLDER.glob("*.toml") if path.stem != "registry")
WITH_WAYS = {"broenderslev", "randers"}  # described in full: ways to a ride and contacts besides the facts

PER_REGION = {"Nordjylland": 11, "Midtjylland": 19, "Syddanmark": 22, "Sjælland": 17, "Hovedstaden": 29}
COMPANIES = {
    "Nordjylland": {"NT"},
    "Midtjylland": {"Midttrafik"},
    "Syddanmark": {"Sydtrafik", "FynBus", "unknown"},
    "Sjælland": {"Movia"},
    "Hovedstaden": {"Movia", "BAT"},
}
PROFILE_KEYS = {"slug", "name", "region", "traffic_company", "fact"}
FACT_KEYS = {"id", "basis", "value", "unit", "da", "en", "source", "seen", "confidence", "note"}
NARROWING = {"when", "outcomes"}
SITE_KEYS = {"id", "bases", "when", "site", "da", "en", "source", "seen", "confidence", "note"}
WITHOUT_ADDRESS = "Brønderslev Kommune: kvalitetsstandard for genoptræning, 4. december 2023"  # a document, not a page
IDS = {
    "own_payment",
    "who_decides",
    "who_books",
    "flextur_counts_as_public_transport",
    "contact",
    "case_time",
    "conditions",
    "page_error",
    "course_start",
    "course_end",
    "cancelling",
    "free_choice",
    "excludes",
    "outside",
    "place",
    "materials",
}
BASES = {"sul_172", "sel_86", "sul_170", "aeldreloven", "any"}
CONFIDENCES = {"authority", "secondary", "inferred"}


def load(path: Path) -> dict[str, Any]:
    """A TOML file as it stands."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


REGISTRY: dict[str, dict[str, str]] = load(FOLDER / "registry.toml")


def slug_of(name: str) -> str:
    """The slug that the rule gives a name."""
    plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[ -]", "_", plain)


def test_there_are_98_municipalities() -> None:
    assert len(REGISTRY) == 98
    assert len({entry["name"] for entry in REGISTRY.values()}) == 98
    assert Counter(entry["region"] for entry in REGISTRY.values()) == PER_REGION


@pytest.mark.parametrize(("slug", "entry"), REGISTRY.items(), ids=REGISTRY.keys())
def test_entry(slug: str, entry: dict[str, str]) -> None:
    official = {"official_name", "official_slug"}
    assert entry.keys() - official == {"name", "region", "traffic_company"}
    assert official.isdisjoint(entry) or official <= entry.keys()
    assert slug == slug_of(entry["name"])
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", slug)
    assert entry["traffic_company"] in COMPANIES[entry["region"]]


def test_traffic_companies_inside_a_region() -> None:
    of_company: dict[str, set[str]] = {}
    for slug, entry in REGISTRY.items():
        of_company.setdefault(entry["traffic_company"], set()).add(slug)
    assert of_company["BAT"] == {"bornholm"}
    assert of_company["unknown"] == {"aeroe", "fanoe"}
    assert of_company["FynBus"] == {
        "assens",
        "faaborg_midtfyn",
        "kerteminde",
        "langeland",
        "middelfart",
        "nordfyn",
        "nyborg",
        "odense",
        "svendborg",
    }


@pytest.mark.parametrize("path", PROFILES, ids=[path.stem for path in PROFILES])
def test_a_profile_agrees_with_the_registry(path: Path) -> None:
    profile, entry = load(path), REGISTRY[path.stem]
    assert profile["slug"] == path.stem
    assert profile["name"].startswith(entry["name"])
    assert profile["name"].endswith(" Kommune")
    assert profile["region"] == entry["region"]
    assert profile["traffic_company"] == entry["traffic_company"]


@pytest.mark.parametrize("path", PROFILES, ids=[path.stem for path in PROFILES])
def test_facts_of_a_profile(path: Path) -> None:
    profile = load(path)
    more = {"way", "contact", "site"} if path.stem in WITH_WAYS else set()
    assert PROFILE_KEYS <= profile.keys() <= PROFILE_KEYS | more
    assert profile["fact"]
    for fact in profile["fact"]:
        assert FACT_KEYS <= fact.keys() <= FACT_KEYS | NARROWING
        assert known_condition(fact.get("when", {}))
        assert set(fact.get("outcomes", [])) <= set(get_args(Outcome))
        assert fact["id"] in IDS
        assert fact["basis"] in BASES
        assert fact["confidence"] in CONFIDENCES
        assert all(isinstance(fact[key], str) for key in ("value", "unit", "note"))
        assert not fact["unit"] or fact["value"], "a unit without a value"
        assert_sourced(fact)


def known_condition(when: dict[str, Any]) -> bool:
    """Whether every fact of a condition exists and can have each of the wanted values."""
    return all(
        fact in DOMAINS.keys() | Situation.__annotations__.keys() and value in DOMAINS.get(fact, (True, False))
        for fact, wanted in when.items()
        for value in (wanted if isinstance(wanted, list) else [wanted])
    )


def assert_sourced(entry: dict[str, Any]) -> None:
    """A sentence in both languages, with a source that was seen on a day."""
    assert entry["da"].endswith(".")
    assert entry["en"].endswith(".")
    assert entry["da"] != entry["en"]
    assert entry["source"].keys() == {"title", "href"}
    assert entry["source"]["title"]
    if entry["source"]["title"] != WITHOUT_ADDRESS:
        assert re.match(r"https?://\S+$", entry["source"]["href"])
    assert type(entry["seen"]) is date
    assert entry["seen"] <= date(2026, 11, 21)


@pytest.mark.parametrize("path", PROFILES, ids=[path.stem for path in PROFILES])
def test_sites_of_a_profile(path: Path) -> None:
    rules = load(path).get("site", [])
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.keys() == SITE_KEYS
        assert rule["when"]
        assert known_condition(rule["when"])
        assert rule["site"] in get_args(Site)
        assert set(rule["bases"]) <= set(LAW_BASES)
        assert_sourced(rule)


@pytest.mark.parametrize("path", PROFILES, ids=[path.stem for path in PROFILES])
def test_conditions_of_the_ways_can_be_met(path: Path) -> None:
    for way in load(path).get("way", []):
        assert known_condition(way.get("when", {})), way["id"]
        assert set(way["bases"]) <= set(LAW_BASES), way["id"]


@pytest.mark.parametrize("path", PROFILES, ids=[path.stem for path in PROFILES])
def test_machine_values(path: Path) -> None:
    for fact in load(path)["fact"]:
        if fact["id"] == "flextur_counts_as_public_transport":
            assert fact["value"] in {"yes", "no", ""}, "empty is unknown"
        if fact["unit"] == "phone":
            assert re.fullmatch(r"\+45\d{8}", fact["value"])
            assert re.sub(r"(\d\d)(?=\d)", r"\1 ", fact["value"][3:]) in fact["da"]
        if fact["unit"].startswith(("DKK", "days")):
            assert re.fullmatch(r"\d+(\.\d+)?", fact["value"])
        if fact["id"] == "page_error" and fact["basis"] == "sul_172":
            assert "BEK 816/2018" in fact["da"]
            assert "BEK 816/2018" in fact["en"]


def test_known_page_errors_say_what_is_followed() -> None:
    for slug in ("guldborgsund", "haderslev", "hjoerring", "slagelse", "skive"):
        errors = [fact["en"] for fact in load(FOLDER / f"{slug}.toml")["fact"] if fact["id"] == "page_error"]
        assert any("BEK 816/2018 § 23" in text and "is followed" in text for text in errors), slug


def test_own_payments_that_are_known() -> None:
    amounts = {
        (path.stem, fact["value"], fact["unit"])
        for path in PROFILES
        for fact in load(path)["fact"]
        if fact["id"] == "own_payment" and fact["value"]
    }
    assert amounts == {
        ("morsoe", "44", "DKK per attendance, both ways"),
        ("odense", "52", "DKK per day"),
        ("holstebro", "62", "DKK per day"),
        ("randers", "15", "DKK each way"),
        ("ringkoebing_skjern", "59", "DKK"),
    }
