"""`fare`: the worked fares through the command, what is unknown, both languages, exit statuses, the width."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

import pytest
from test_tariffs import CHANGES, DATA, EXAMPLES, UNKNOWN, Trip
from typer.testing import CliRunner

from transport_calc.cli.app import app
from transport_calc.tariffs import load_tariffs, zones_of
from transport_calc.wording import LANGUAGES, has_text
from transport_calc.wording.fares_da import TEXTS as DANISH
from transport_calc.wording.fares_en import TEXTS as ENGLISH

BOTH = pytest.mark.parametrize("lang", LANGUAGES)
NT = ("nt-flextur", "--distance", "20", "--date", "2024-02-01")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRANSPORT_CALC_LANG", raising=False)


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["fare", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    shown = (*done.stdout.splitlines(), *done.stderr.splitlines())
    if "json" not in arguments:
        assert [line for line in shown if len(line) >= 80] == []
    assert not re.search(r"[{}]", done.stderr)
    return done.exit_code, done.stdout, done.stderr


def as_json(*arguments: str) -> dict[str, Any]:
    return dict(json.loads(run(*arguments, "--format", "json")[1]))


def arguments(trip: Trip) -> list[str]:
    given = [trip.product, "--distance", trip.km, "--date", trip.on.isoformat()]
    given += ["--zone", trip.zone] if trip.zone else []
    given += ["--companions", str(trip.companions)] if trip.companions else []
    flags = {"--child": trip.child, "--online": trip.online, "--discount-card": trip.discount_card}
    return given + [name for name, wanted in flags.items() if wanted]


def kroner(amount: Decimal, lang: str) -> str:
    shown = f"{amount:,.2f} kr."
    return shown.translate(str.maketrans(",.", ".,", "")).replace("kr,", "kr.") if lang == "da" else shown


# --- known fares ---


@BOTH
@pytest.mark.parametrize(("trip", "expected"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_worked_examples_as_text(trip: Trip, expected: str, lang: str) -> None:
    status, out, err = run(*arguments(trip), "--return", "--lang", lang)
    assert (status, err) == (0, "")
    title = " ".join(out.partition("\n\n")[0].split())
    assert kroner(2 * Decimal(expected), lang) in title
    [one_way] = [line for line in out.splitlines() if line.startswith(("  En tur", "  One trip"))]
    assert one_way.endswith(kroner(Decimal(expected), lang))


@pytest.mark.parametrize(
    ("trip", "expected"), [*EXAMPLES.values(), *CHANGES], ids=[str(each) for each, _ in [*EXAMPLES.values(), *CHANGES]]
)
def test_worked_examples_as_json(trip: Trip, expected: str) -> None:
    found = as_json(*arguments(trip), "--return")
    assert (found["status"], found["errors"], found["unknown"]) == ("known", [], None)
    assert Decimal(found["one_way_dkk"]) == Decimal(expected)
    assert Decimal(found["return_dkk"]) == 2 * Decimal(expected)
    assert sum(Decimal(line["dkk"]) for line in found["lines"]) == Decimal(expected)
    assert found["source"]["href"].startswith("http")
    assert found["period"]["from"] <= found["date"] <= found["period"]["to"]


def test_the_whole_text_in_danish() -> None:
    assert run(*NT, "--zone", "low", "--return")[1] == (
        "NT Flextur: 280,00 kr. tur/retur, 20,0 km hver vej, den 1. februar 2024\n"
        "\n"
        "Sådan\n"
        "  20 km à 7,00 kr.                                   140,00 kr.\n"
        "  En tur                                             140,00 kr.\n"
        "  Tur/retur                                          280,00 kr.\n"
        "\n"
        "Bemærk\n"
        "  Mindsteprisen er ikke kendt; prisen kan være højere.\n"
        "  Prisen er kun dokumenteret for 21-01-2024 til 31-12-2024; hvornår den\n"
        "  begyndte eller holdt op, er ikke oplyst.\n"
        "\n"
        "Takst\n"
        "  NT, zonen lav, 21-01-2024 til 31-12-2024.\n"
        "  Kilde: kollektivtrafik.dk: NT's nye priser fra 21. januar 2024 (myndighed).\n"
    )


def test_both_ways_only_when_asked() -> None:
    assert as_json(*NT, "--zone", "low")["return_dkk"] is None
    assert "Tur/retur" not in run(*NT, "--zone", "low")[1]


@BOTH
def test_steps_minimum_companions_child_and_rebate_are_told(lang: str) -> None:
    minimum = run("midttrafik-flextur", "--distance", "5", "--date", "2023-07-01", "--zone", "hub", "--lang", lang)[1]
    assert ("mindsteprisen" if lang == "da" else "minimum fare") in minimum
    friends = run(
        "midttrafik-handicap", "--distance", "120", "--date", "2025-06-01", "--companions", "2", "--lang", lang
    )
    # 100 x 4.50 + 20 x 12 = 690; two co-travellers at half: 690 more.
    assert ("1.380,00 kr." if lang == "da" else "1,380.00 kr.") in friends[1]
    assert ("20 km over 100 km" if lang == "da" else "20 km beyond 100 km") in friends[1]
    young = (
        "movia-flextur",
        "--distance",
        "15",
        "--date",
        "2024-06-01",
        "--zone",
        "vordingborg",
        "--child",
        "--online",
    )
    out = run(*young, "--lang", lang)[1]
    # 60 + 5 x 8 = 100; half is 50; less 10 per cent is 45.
    assert kroner(Decimal(45), lang) in out
    assert ("50 procent" if lang == "da" else "50 per cent") in out


def test_numbers_dates_products_and_zones_as_a_person_writes_them() -> None:
    plain = as_json(*NT, "--zone", "high")
    assert as_json("NT Flextur", "--distance", "20,0 km", "--date", "01-02-2024", "--zone", "Høj") == plain | {
        "distance_km": "20.0"
    }
    assert as_json("nt-flextur", "--distance", "20", "--date", "1.2.2024", "--zone", "HIGH") == plain


def test_without_a_date_it_is_today() -> None:
    assert as_json("nt-flextur", "--distance", "20", "--zone", "low")["date"] == date.today().isoformat()


def test_an_amount_finer_than_an_oere_is_rounded_once() -> None:
    # 10.005 km x 7 kr. = 70.035 kr., to the øre 70.04; both ways are two trips.
    found = as_json("nt-flextur", "--distance", "10,005", "--date", "2024-02-01", "--zone", "low", "--return")
    assert (found["lines"][0]["dkk"], found["one_way_dkk"], found["return_dkk"]) == ("70.035", "70.04", "140.08")


# --- municipality and zone ---


@BOTH
def test_a_municipality_gives_the_zone_where_the_data_know_it(lang: str) -> None:
    status, out, _ = run(
        "nt-flextur", "--distance", "10", "--date", "2023-06-01", "--municipality", "Frederikshavn", "--lang", lang
    )
    assert status == 0
    said = " ".join(out.split())
    assert kroner(Decimal(120), lang) in said
    assert ("Nordjyske" in said, ("sekundær" if lang == "da" else "secondary") in said) == (True, True)
    assert ("lav, nat" if lang == "da" else "low, night") in said


@BOTH
def test_an_unknown_zone_of_a_municipality_lists_the_zones(lang: str) -> None:
    asked = ("nt-flextur", "--distance", "10", "--date", "2024-06-01", "--municipality", "broenderslev", "--lang", lang)
    status, out, err = run(*asked)
    assert (status, out) == (3, "")
    said = " ".join(err.split())
    named = ("NT Flextur", "Brønderslev", "--zone", "høj, lav, nat" if lang == "da" else "high, low, night")
    assert [part for part in named if part not in said] == []
    found = as_json(*asked)
    assert found["unknown"]["code"] == found["errors"][0]["code"] == "fare_zone_of_municipality_unknown"
    assert found["unknown"]["zones"] == ["high", "low", "night"]


def test_a_zone_that_is_given_stands() -> None:
    found = as_json(
        "nt-flextur", "--distance", "5", "--date", "2024-06-01", "--municipality", "laesoe", "--zone", "night"
    )
    assert (found["zone"], found["one_way_dkk"]) == ("night", "200.00")


def test_another_companys_municipality_is_said() -> None:
    found = as_json(*NT, "--zone", "low", "--municipality", "randers")
    assert "fare_other_company" in {note["code"] for note in found["notes"]}
    assert "fare_other_company" not in {note["code"] for note in as_json(*NT, "--municipality", "laesoe")["notes"]}


def test_a_product_without_zones_needs_none() -> None:
    assert as_json("nt-plustur", "--distance", "5", "--date", "2024-06-01", "--municipality", "aalborg")["zone"] is None


# --- unknown ---


KNOWN_PRODUCTS = load_tariffs(DATA).products
UNDETERMINED = [(trip, code, slots) for trip, code, slots in UNKNOWN if trip.product in KNOWN_PRODUCTS]


@BOTH
@pytest.mark.parametrize(("trip", "code", "slots"), UNDETERMINED, ids=str)
def test_an_unknown_fare_is_named_and_ends_with_3(trip: Trip, code: str, slots: dict[str, str], lang: str) -> None:
    status, out, err = run(*arguments(trip), "--lang", lang)
    assert (status, out) == (3, "")
    said = " ".join(err.split())
    assert KNOWN_PRODUCTS[trip.product].name.in_language(lang) in said
    assert str(trip.on.year) in said
    days = [date.fromisoformat(slots[key]) for key in ("first_known", "last_known") if key in slots]
    assert [day for day in days if not re.search(rf"\b{day.day}\b.* {day.year}", said)] == []
    found = as_json(*arguments(trip), "--lang", lang)
    assert (found["status"], found["unknown"]["code"], found["one_way_dkk"]) == ("unknown", code, None)
    assert found["errors"][0]["message"]


@pytest.mark.parametrize("year", ["2025", "2026"])
@pytest.mark.parametrize("zone", ["low", "high", "night"])
def test_nt_has_no_price_after_2024(year: str, zone: str) -> None:
    status, out, err = run("nt-flextur", "--distance", "20", "--date", f"{year}-03-01", "--zone", zone)
    assert (status, out) == (3, "")
    said = " ".join(err.split())
    assert f"den 1. marts {year} er ikke kendt" in said
    assert "31. december 2024" in said


# --- unusable ---


UNUSABLE = {
    "product": (("nt-flextr", "--distance", "20"), "nt-flextur"),
    "no product": (("--distance", "20"), "nt-flextur"),
    "no distance": (("nt-flextur", "--zone", "low"), "--distance"),
    "distance": (("nt-flextur", "--distance", "x"), "--distance"),
    "ambiguous distance": (("nt-flextur", "--distance", "1.234"), "--distance"),
    "zero distance": (("nt-flextur", "--distance", "0"), "--distance"),
    "negative distance": (("nt-flextur", "--distance=-5"), "--distance"),
    "date": (("nt-flextur", "--distance", "5", "--date", "2024-02-30"), "--date"),
    "companions": (("nt-flextur", "--distance", "5", "--companions", "1,5"), "--companions"),
    "negative companions": (("nt-flextur", "--distance", "5", "--companions=-1"), "--companions"),
    "municipality": (("nt-flextur", "--distance", "5", "--municipality", "bronderslev"), "broenderslev"),
}


@BOTH
@pytest.mark.parametrize(("asked", "said"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_unusable_options_end_with_2(asked: tuple[str, ...], said: str, lang: str) -> None:
    status, out, err = run(*asked, "--lang", lang)
    assert (status, out) == (2, "")
    assert said in err
    found = as_json(*asked, "--lang", lang)
    assert (found["status"], len(found["errors"])) == ("invalid", 1)
    assert found.keys() == as_json(*NT, "--zone", "low").keys()


def test_all_faults_come_at_once() -> None:
    found = as_json("bus", "--distance", "x", "--date", "y", "--companions", "z", "--municipality", "w")
    fields = ["PRODUCT", "trip_date", "distance_km", "companions", "municipality"]
    assert [each["field"] for each in found["errors"]] == fields


def test_an_unknown_product_lists_all_of_them() -> None:
    said = " ".join(run("nt-flextr", "--distance", "20")[2].split())
    assert [code for code in KNOWN_PRODUCTS if code not in said] == []
    assert "Mente du »nt-flextur«?" in said


# --- the list ---


@BOTH
def test_without_arguments_the_products_are_listed(lang: str) -> None:
    status, out, err = run("--lang", lang)
    assert (status, err) == (0, "")
    assert [code for code in KNOWN_PRODUCTS if code not in out.splitlines()] == []
    nt = out.partition("\nnt-flextur\n")[2].partition("\n\n")[0]
    days = "15-01-2023 til 31-12-2024" if lang == "da" else "2023-01-15 to 2024-12-31"
    assert days in nt
    assert "Frederikshavn" in nt
    fynbus = out.partition("\nfynbus-flextur\n")[2].partition("\n\n")[0]
    assert ("ikke kendt" if lang == "da" else "not known") in fynbus


def test_the_list_as_json() -> None:
    products = {each["product"]: each for each in as_json()["products"]}
    assert products.keys() == KNOWN_PRODUCTS.keys()
    assert products["midttrafik-flextur"]["zones"] == ["byzone", "hub", "standard"]
    assert {"zone": "byzone", "from": "2023-06-25", "to": "2023-12-31"} in products["midttrafik-flextur"]["known"]
    assert products["sydtrafik-flextur"]["known"] == []
    assert products["movia-flextur"]["municipalities"][0]["municipality"] == "vordingborg"


# --- the texts ---


def slots(template: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(template)} - {None}


def test_both_languages_have_the_same_keys_slots_and_options() -> None:
    assert list(DANISH) == list(ENGLISH)
    for key, said in DANISH.items():
        assert slots(said) == slots(ENGLISH[key]), key
        assert re.findall(r"--[a-z-]+", said) == re.findall(r"--[a-z-]+", ENGLISH[key]), key


def test_every_zone_and_every_line_has_a_word() -> None:
    book = load_tariffs(DATA)
    zones = {zone for product in book.products for zone in zones_of(book, product)}
    assert {zone for zone in zones if f"zone.{zone}" not in DANISH} == set()


@BOTH
@pytest.mark.parametrize("code", sorted({code for _, code, _ in UNKNOWN} | {"fare_companions_negative"}))
def test_every_code_has_a_message_and_a_remedy(code: str, lang: str) -> None:
    assert has_text(f"fault.{code}", lang)
    assert has_text(f"hint.{code}", lang)
