"""Fares: the published and derived examples, the days around every change, and every kind of unknown."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from transport_calc.faults import InvalidInput
from transport_calc.tariffs import (
    Fare,
    TariffDataError,
    UnknownFare,
    area_of,
    check_tariffs,
    fare,
    flextur_of,
    known_days,
    load_tariffs,
    zone_of,
)

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Trip:
    """The arguments of one fare."""

    product: str
    km: str
    on: date
    zone: str | None = None
    companions: int = 0
    child: bool = False
    online: bool = False
    discount_card: bool = False

    def fare(self, data: Path = DATA) -> Fare:
        """The fare of the trip from the tariffs in `data`."""
        return fare(
            self.product,
            Decimal(self.km),
            self.on,
            data=data,
            zone=self.zone,
            companions=self.companions,
            child=self.child,
            online=self.online,
            discount_card=self.discount_card,
        )


# Ids are those of worked_examples.jsonl. An example with only a year is tried on a day on which its price is known.
EXAMPLES = {
    "movia-flextur-2022-13km": (Trip("movia-flextur", "13", date(2022, 6, 1), "grundtakst"), "54"),
    "movia-flextur-2022-23km": (Trip("movia-flextur", "23", date(2022, 6, 1), "grundtakst"), "156"),
    "movia-flextur-2023-13km": (Trip("movia-flextur", "13", date(2023, 6, 1), "grundtakst"), "62"),
    "movia-flextur-2023-23km": (Trip("movia-flextur", "23", date(2023, 6, 1), "grundtakst"), "180"),
    "vordingborg-flextur-2024-8km": (Trip("movia-flextur", "8", date(2024, 6, 1), "vordingborg"), "60"),
    "vordingborg-flextur-2024-15km": (Trip("movia-flextur", "15", date(2024, 6, 1), "vordingborg"), "100"),
    "vordingborg-flextur-2024-online-15km": (
        Trip("movia-flextur", "15", date(2024, 6, 1), "vordingborg", online=True),
        "90",
    ),
    "nt-flextur-2024-low-20km": (Trip("nt-flextur", "20", date(2024, 2, 1), "low"), "140"),
    "nt-flextur-2024-low-30km": (Trip("nt-flextur", "30", date(2024, 2, 1), "low"), "210"),
    "nt-flextur-2024-before-change": (Trip("nt-flextur", "20", date(2024, 1, 20), "low"), "120"),
    "nt-plustur-2024-skolekort": (Trip("nt-plustur", "7", date(2024, 2, 1), discount_card=True), "0"),
    "nt-flexhandicap-2024-20km": (Trip("nt-flexhandicap", "20", date(2024, 6, 1)), "100"),
    "bronderslev-night-2021-6km": (Trip("nt-flextur-broenderslev-night", "6", date(2021, 7, 1)), "150"),
    "bronderslev-night-2021-6km-companion": (
        Trip("nt-flextur-broenderslev-night", "6", date(2021, 7, 1), companions=1),
        "180",
    ),
    "randers-flextur-2023-standard-10km": (Trip("midttrafik-flextur", "10", date(2023, 7, 1), "standard"), "70"),
    "randers-flextur-2023-hub-5km": (Trip("midttrafik-flextur", "5", date(2023, 7, 1), "hub"), "22"),
    "randers-flextur-2023-hub-25km": (Trip("midttrafik-flextur", "25", date(2023, 7, 1), "hub"), "95"),
    "randers-flextur-2023-byzone-5km": (Trip("midttrafik-flextur", "5", date(2023, 7, 1), "byzone"), "100"),
    "silkeborg-flextur-2025-standard-10km": (Trip("midttrafik-flextur", "10", date(2025, 8, 21), "standard"), "80"),
    "silkeborg-flextur-2025-hub-5km": (Trip("midttrafik-flextur", "5", date(2025, 8, 21), "hub"), "25"),
    "silkeborg-flextur-2025-hub-25km": (Trip("midttrafik-flextur", "25", date(2025, 8, 21), "hub"), "100"),
    "midttrafik-handicap-2023-8km": (Trip("midttrafik-handicap", "8", date(2023, 6, 1)), "35"),
    "midttrafik-handicap-2024-8km": (Trip("midttrafik-handicap", "8", date(2024, 6, 1)), "40"),
    "midttrafik-handicap-2024-20km": (Trip("midttrafik-handicap", "20", date(2024, 6, 1)), "80"),
    "midttrafik-handicap-2025-20km": (Trip("midttrafik-handicap", "20", date(2025, 6, 1)), "90"),
    "midttrafik-handicap-2025-20km-2companions": (
        Trip("midttrafik-handicap", "20", date(2025, 6, 1), companions=2),
        "180",
    ),
}

CHANGES = [
    (Trip("nt-flextur", "20", date(2023, 1, 15), "low"), "120"),
    (Trip("nt-flextur", "20", date(2024, 1, 21), "low"), "140"),
    (Trip("nt-flextur", "20", date(2024, 12, 31), "low"), "140"),
    (Trip("nt-flextur", "20", date(2024, 1, 20), "high"), "240"),
    (Trip("nt-flextur", "20", date(2024, 1, 21), "high"), "280"),
    (Trip("nt-flextur", "5", date(2024, 1, 20), "night"), "180"),
    (Trip("nt-flextur", "5", date(2024, 1, 21), "night"), "200"),
    (Trip("nt-flextur", "10", date(2024, 1, 21), "night"), "250"),
    (Trip("nt-plustur", "3", date(2024, 1, 21)), "12"),
    (Trip("nt-flexhandicap", "20", date(2024, 1, 20)), "90"),
    (Trip("nt-flexhandicap", "20", date(2024, 1, 21)), "100"),
    (Trip("nt-flextur-broenderslev-night", "3", date(2021, 12, 31)), "100"),
    (Trip("midttrafik-flextur", "5", date(2023, 6, 25), "standard"), "35"),
    (Trip("midttrafik-flextur", "20", date(2023, 6, 25), "hub"), "60"),
    (Trip("midttrafik-handicap", "10", date(2023, 3, 1)), "35"),
    (Trip("midttrafik-handicap", "100", date(2023, 3, 1)), "350"),
    (Trip("midttrafik-handicap", "110", date(2023, 3, 1)), "470"),
    (Trip("movia-flextur", "10", date(2023, 1, 14), "grundtakst"), "36"),
    (Trip("movia-flextur", "10", date(2023, 1, 15), "grundtakst"), "41"),
    (Trip("movia-flextur", "25", date(2024, 1, 20), "vordingborg"), "194"),
    (Trip("movia-flextur", "25", date(2024, 1, 21), "vordingborg"), "215"),
    (Trip("movia-flextur", "15", date(2024, 1, 21), "vordingborg", child=True), "50"),
    (Trip("movia-flextur", "15", date(2024, 1, 21), "vordingborg", child=True, online=True), "45"),
    (Trip("movia-plustur", "4", date(2023, 1, 14)), "21"),
    (Trip("movia-plustur", "4", date(2023, 1, 15)), "24"),
]

UNKNOWN = [
    (Trip("nt-flextur", "20", date(2023, 1, 14), "low"), "fare_before_first_known", {"first_known": "2023-01-15"}),
    (Trip("nt-flextur", "20", date(2025, 1, 1), "low"), "fare_after_last_known", {"last_known": "2024-12-31"}),
    (Trip("nt-flextur", "20", date(2026, 11, 21), "high"), "fare_after_last_known", {"last_known": "2024-12-31"}),
    (Trip("nt-plustur", "4", date(2024, 1, 20)), "fare_before_first_known", {"first_known": "2024-01-21"}),
    (Trip("nt-flexhandicap", "20", date(2023, 12, 31)), "fare_before_first_known", {"missing": "price"}),
    (Trip("midttrafik-flextur", "5", date(2023, 6, 24), "hub"), "fare_before_first_known", {"zone": "hub"}),
    (
        Trip("midttrafik-flextur", "5", date(2024, 6, 1), "hub"),
        "fare_between_known",
        {"last_known": "2023-12-31", "first_known": "2025-06-29"},
    ),
    (Trip("midttrafik-flextur", "5", date(2025, 8, 1), "byzone"), "fare_after_last_known", {"zone": "byzone"}),
    (Trip("midttrafik-flextur", "5", date(2026, 1, 1), "standard"), "fare_after_last_known", {"date": "2026-01-01"}),
    (Trip("midttrafik-handicap", "5", date(2023, 2, 28)), "fare_before_first_known", {"first_known": "2023-03-01"}),
    (Trip("midttrafik-handicap", "5", date(2024, 2, 29)), "fare_between_known", {"first_known": "2024-03-01"}),
    (Trip("movia-flextur", "5", date(2023, 12, 1), "grundtakst"), "fare_after_last_known", {}),
    (Trip("movia-flextur", "5", date(2023, 11, 30), "vordingborg"), "fare_before_first_known", {}),
    (Trip("nt-flextur", "5", date(2024, 2, 1)), "fare_zone_missing", {"choices": "high, low, night"}),
    (Trip("nt-flextur", "5", date(2024, 2, 1), "hub"), "fare_unknown_zone", {"zone": "hub"}),
    (Trip("nt-plustur", "5", date(2024, 2, 1), "low"), "fare_unknown_zone", {"choices": ""}),
    (Trip("bat-flextur", "5", date(2024, 2, 1)), "fare_unknown_product", {"product": "bat-flextur"}),
    (Trip("fynbus-flextur", "5", date(2026, 2, 1)), "fare_price_unknown", {"missing": "price"}),
    (Trip("movia-flexhandicap", "5", date(2024, 2, 1)), "fare_price_unknown", {"missing": "price"}),
    (Trip("nt-flextur", "5", date(2024, 2, 1), "low", companions=1), "fare_companions_unknown", {}),
    (Trip("nt-flextur", "5", date(2024, 2, 1), "low", child=True), "fare_child_unknown", {"missing": "child"}),
    (Trip("nt-flextur", "5", date(2024, 2, 1), "low", online=True), "fare_online_unknown", {"missing": "online"}),
    (Trip("nt-flextur", "5", date(2024, 2, 1), "low", discount_card=True), "fare_discount_card_unknown", {}),
    (Trip("midttrafik-handicap", "5", date(2025, 6, 1), companions=3), "fare_too_many_companions", {"maximum": "2"}),
]


@pytest.mark.parametrize(("trip", "expected"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_worked_example(trip: Trip, expected: str) -> None:
    assert trip.fare().amount == Decimal(expected)


@pytest.mark.parametrize(("trip", "expected"), CHANGES, ids=str)
def test_days_around_a_change(trip: Trip, expected: str) -> None:
    assert trip.fare().amount == Decimal(expected)


@pytest.mark.parametrize(("trip", "code", "slots"), UNKNOWN, ids=str)
def test_what_is_unknown_is_refused_by_name(trip: Trip, code: str, slots: dict[str, str]) -> None:
    with pytest.raises(UnknownFare) as caught:
        trip.fare()
    assert caught.value.code == code
    assert caught.value.slots.items() >= slots.items()
    assert caught.value.slots["product"] == trip.product
    assert caught.value.slots["date"] == trip.on.isoformat()


@pytest.mark.parametrize("trip", [trip for trip, _ in [*EXAMPLES.values(), *CHANGES]], ids=str)
def test_lines_add_up_and_the_tariff_names_its_source(trip: Trip) -> None:
    result = trip.fare()
    assert sum((line.amount for line in result.lines), Decimal(0)) == result.amount
    assert result.tariff.source.href.startswith("http")


def codes(result: Fare) -> set[str]:
    """The codes of the reservations."""
    return {note.code for note in result.notes}


def test_an_unknown_minimum_is_said() -> None:
    assert "fare_minimum_unknown" in codes(Trip("nt-flextur", "2", date(2024, 2, 1), "low").fare())
    assert "fare_minimum_unknown" not in codes(Trip("nt-flextur", "2", date(2024, 2, 1), "night").fare())
    assert "fare_minimum_unknown" not in codes(Trip("movia-flextur", "2", date(2022, 2, 1), "grundtakst").fare())
    assert "fare_minimum_unknown" not in codes(Trip("nt-plustur", "2", date(2024, 2, 1)).fare())


def test_a_part_kilometre_keeps_its_oere_and_is_said() -> None:
    result = Trip("nt-flextur", "10.35", date(2024, 2, 1), "low").fare()
    assert result.amount == Decimal("72.45")
    assert "fare_part_km_unknown" in codes(result)
    assert "fare_part_km_unknown" not in codes(Trip("movia-flextur", "8.4", date(2022, 2, 1), "grundtakst").fare())


def test_a_period_known_at_both_ends_needs_no_reservation() -> None:
    assert "fare_period_as_seen" not in codes(Trip("nt-flextur", "9", date(2023, 6, 1), "low").fare())
    assert "fare_period_as_seen" in codes(Trip("nt-flextur", "9", date(2024, 6, 1), "low").fare())


def test_a_longer_trip_is_never_cheaper() -> None:
    for tariff in load_tariffs(DATA).tariffs:
        amounts = [
            fare(tariff.product, Decimal(km), tariff.period.first, data=DATA, zone=tariff.zone).amount
            for km in range(1, 131)
        ]
        assert amounts == sorted(amounts)


@pytest.mark.parametrize("km", ["0", "-1", "NaN", "Infinity"])
def test_an_impossible_distance_is_a_fault(km: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Trip("nt-flextur", km, date(2024, 2, 1), "low").fare()
    assert caught.value.faults[0].field == "distance_km"


def test_a_negative_number_of_companions_is_a_fault() -> None:
    with pytest.raises(InvalidInput):
        Trip("nt-flextur", "5", date(2024, 2, 1), "low", companions=-1).fare()


def test_only_named_municipalities_have_a_zone() -> None:
    book = load_tariffs(DATA)
    assert zone_of(book, "nt-flextur", "frederikshavn", date(2023, 6, 1)) == "high"
    assert zone_of(book, "nt-flextur", "laesoe", date(2024, 1, 21)) == "high"
    assert zone_of(book, "nt-flextur", "laesoe", date(2024, 1, 20)) is None
    assert zone_of(book, "nt-flextur", "laesoe", date(2025, 1, 1)) is None
    assert zone_of(book, "nt-flextur", "broenderslev", date(2024, 6, 1)) is None


def test_an_area_says_how_sure_it_is() -> None:
    book = load_tariffs(DATA)
    area = area_of(book, "nt-flextur", "frederikshavn", date(2023, 6, 1))
    assert area is not None
    assert (area.zone, area.confidence) == ("high", "secondary")
    assert area.note is not None
    assert area_of(book, "nt-flextur", "aalborg", date(2023, 6, 1)) is None


def test_known_days_join_prices_that_follow_each_other_and_show_gaps() -> None:
    book = load_tariffs(DATA)
    assert known_days(book, "nt-flextur")["low"] == [(date(2023, 1, 15), date(2024, 12, 31))]
    assert known_days(book, "midttrafik-flextur")["hub"] == [
        (date(2023, 6, 25), date(2023, 12, 31)),
        (date(2025, 6, 29), date(2025, 12, 31)),
    ]
    assert known_days(book, "movia-plustur") == {"": [(date(2022, 1, 1), date(2023, 12, 31))]}
    assert known_days(book, "fynbus-flextur") == {}


@pytest.mark.parametrize("company", ["NT", "Midttrafik", "Movia", "FynBus", "Sydtrafik"])
def test_a_company_alone_reads_like_its_part_of_all(company: str) -> None:
    everything, alone = load_tariffs(DATA), load_tariffs(DATA, company)
    of_company = {code: product for code, product in everything.products.items() if product.company == company}
    assert alone.products == of_company != {}
    assert alone.tariffs == tuple(tariff for tariff in everything.tariffs if tariff.company == company)
    assert alone.areas == tuple(area for area in everything.areas if area.product in of_company)
    assert flextur_of(alone, company) == f"{company.lower()}-flextur"


@pytest.mark.parametrize("company", ["BAT", "unknown", ""])
def test_a_company_without_tariffs_has_no_flextur(company: str) -> None:
    book = load_tariffs(DATA, company)
    assert (book.products, flextur_of(book, company)) == ({}, None)


def test_the_shipped_tariffs_are_sound() -> None:
    assert check_tariffs(DATA) == []


BROKEN = {
    "unknown key": ('minimum = "35"', 'minimun = "35"', "unknown key minimun"),
    "float": ('minimum = "35"', "minimum = 35.0", "minimum is a number written as text"),
    "negative": ('minimum = "35"', 'minimum = "-35"', "minimum is a number written as text"),
    "no source": ("source = {title", "#", "source is missing"),
    "empty source": ('href = "https://www.randers.dk', 'href = "www.randers.dk', "not a web address"),
    "overlap": ("verified_to = 2023-12-31", "verified_to = 2025-12-31", "overlaps"),
    "backwards": ("verified_to = 2023-12-31", "verified_to = 2023-01-01", "ends before it begins"),
    "no end": ("verified_to = 2023-12-31\n", "", "is needed"),
    "both ends": ("verified_to = 2023-12-31", "verified_to = 2023-12-31\nto = 2023-12-31", "is needed"),
    "time of day": ("verified_to = 2023-12-31", "verified_to = 2023-12-31T00:00:00", "are dates"),
    "share above one": ('companion_share = "0.5"', 'companion_share = "50"', "share of the fare"),
    "steps out of order": ('from_km = "20"', 'from_km = "0"', "in order of from_km"),
    "steps and fixed price": ('minimum = "35"', 'fixed_price = "35"', "fixed_price is needed"),
    "confidence": ('confidence = "authority"', 'confidence = "sure"', "confidence is one of"),
    "undeclared product": ('product = "midttrafik-flextur"', 'product = "midttrafik-bus"', "is not declared"),
    "not TOML": ('minimum = "35"', "minimum =", "midttrafik.toml"),
    "no company": ('company = "Midttrafik"', "", "company is missing"),
}


@pytest.mark.parametrize(("old", "new", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_wrong_file_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    shutil.copytree(DATA / "tariffs", tmp_path / "tariffs")
    path = tmp_path / "tariffs" / "midttrafik.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = check_tariffs(tmp_path)
    assert any(message in problem for problem in problems), problems
    with pytest.raises(TariffDataError):
        Trip("nt-flextur", "5", date(2024, 2, 1), "low").fare(tmp_path)


def test_a_folder_without_tariffs_is_refused(tmp_path: Path) -> None:
    assert check_tariffs(tmp_path)
    with pytest.raises(TariffDataError):
        load_tariffs(tmp_path)
