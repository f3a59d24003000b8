"""The means compared by price: every amount worked by hand, every unknown named, and the words in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from transport_calc.facts import Case
from transport_calc.municipalities import municipality
from transport_calc.prices import Price, open_means
from transport_calc.wording.price_table import price_rows

RATE_2023, RATE_2024 = Decimal("2.19"), Decimal("2.23")


def compared(
    on: date,
    rate: Decimal | None,
    *,
    home: str | None = None,
    flextur_zone: str | None = None,
    **facts: Any,
) -> dict[str, Price]:
    """The comparison by means; numbers as text."""
    numbers = {name: Decimal(value) for name, value in facts.items() if name.endswith(("_dkk", "_km"))}
    case = Case(purpose="rehabilitation", trip_date=on, **(facts | numbers))
    place = municipality(home) if home else None
    return {each.means: each for each in open_means(case, on, place, rate, flextur_zone=flextur_zone)}


def statuses(prices: dict[str, Price]) -> dict[str, str]:
    return {means: price.status for means, price in prices.items()}


# --- health allows public transport: its fare counts ---


def test_the_public_fare_counts_even_when_a_car_was_used() -> None:
    # Own car: 2 x 32 km x 2.23 kr. = 142.72 kr., which is 142.72 - 80 = 62.72 kr. more than the fare.
    found = compared(
        date(2024, 5, 13),
        RATE_2024,
        mobility="public_transport",
        means="own_car",
        distance_km="32",
        public_fare_dkk="80",
    )
    assert (found["public_transport"].status, found["public_transport"].dkk) == ("cheapest_defensible", Decimal(80))
    assert (found["own_car"].status, found["own_car"].dkk) == ("dearer", Decimal("142.72"))
    assert found["own_car"].slots == {"than": "public_transport", "difference": "62.72"}


def test_a_car_that_is_cheaper_still_does_not_count() -> None:
    # 2 x 10 km x 2.23 kr. = 44.60 kr. is less than 80 kr., but public transport is possible.
    found = compared(date(2024, 5, 13), RATE_2024, mobility="public_transport", distance_km="10", public_fare_dkk="80")
    assert found["public_transport"].status == "cheapest_defensible"
    assert (found["own_car"].status, found["own_car"].why) == ("not_available", "public_transport_counts")
    assert found["own_car"].dkk == Decimal("44.60")


def test_without_the_public_fare_nothing_else_takes_its_place() -> None:
    found = compared(date(2024, 5, 13), RATE_2024, mobility="public_transport", distance_km="32")
    assert (found["public_transport"].status, found["public_transport"].why) == ("price_unknown", "public_fare_missing")
    assert found["own_car"].status == "not_available"
    assert "cheapest_defensible" not in statuses(found).values()


def test_a_day_without_public_transport_compares_the_others() -> None:
    found = compared(
        date(2024, 5, 13),
        RATE_2024,
        mobility="public_transport",
        public_transport_available=False,
        public_fare_dkk="80",
        distance_km="32",
        means="taxi",
        paid_dkk="400",
    )
    assert (found["public_transport"].status, found["public_transport"].why) == ("not_available", "no_public_transport")
    assert (found["own_car"].status, found["own_car"].dkk) == ("cheapest_defensible", Decimal("142.72"))
    assert found["taxi"].status == "dearer"


# --- health rules it out: own car, Flextur and taxi are compared ---


def test_own_car_at_the_low_rate_is_the_cheapest_known() -> None:
    found = compared(date(2024, 5, 13), RATE_2024, mobility="excluded", distance_km="32", public_fare_dkk="80")
    assert (found["public_transport"].status, found["public_transport"].why) == ("not_defensible", "health_excludes")
    assert (found["own_car"].status, found["own_car"].dkk) == ("cheapest_defensible", Decimal("142.72"))
    assert (found["taxi"].status, found["taxi"].why) == ("price_unknown", "not_paid")


def test_flextur_of_midttrafik_against_own_car() -> None:
    # Flextur 2 x 10 km x 7 kr. = 140 kr.; own car 2 x 10 km x 2.19 kr. = 43.80 kr.; 140 - 43.80 = 96.20 kr.
    found = compared(
        date(2023, 7, 1), RATE_2023, mobility="excluded", distance_km="10", home="randers", flextur_zone="standard"
    )
    assert (found["own_car"].status, found["own_car"].dkk) == ("cheapest_defensible", Decimal("43.80"))
    assert (found["flextur"].status, found["flextur"].dkk) == ("dearer", Decimal(140))
    assert found["flextur"].slots == {"than": "own_car", "difference": "96.20"}
    assert not found["flextur"].at_least


def test_flextur_where_the_municipality_gives_the_zone() -> None:
    # Læsø is in the high zone: 2 x 5 km x 14 kr. = 140 kr.; own car 2 x 5 km x 2.23 kr. = 22.30 kr.
    found = compared(date(2024, 5, 13), RATE_2024, mobility="excluded", distance_km="5", home="laesoe")
    assert (found["flextur"].status, found["flextur"].dkk) == ("dearer", Decimal(140))
    assert found["flextur"].at_least
    assert "fare_minimum_unknown" in {note.code for note in found["flextur"].notes}


def test_a_minimum_fare_counts_each_way() -> None:
    # Vordingborg 2024: the base fare of 60 kr. covers 10 km, so 8 km cost 60 kr., both ways 120 kr.
    found = compared(date(2024, 5, 13), RATE_2024, mobility="excluded", distance_km="8", home="vordingborg")
    assert found["flextur"].dkk == Decimal(120)


def test_a_taxi_without_the_distance_is_the_cheapest_that_is_known() -> None:
    found = compared(date(2024, 5, 13), RATE_2024, mobility="excluded", means="taxi", paid_dkk="310.50")
    assert (found["taxi"].status, found["taxi"].dkk) == ("cheapest_defensible", Decimal("310.50"))
    assert (found["own_car"].status, found["own_car"].why) == ("price_unknown", "distance_missing")


def test_other_means_stand_in_the_table_only_when_used() -> None:
    facts = {"mobility": "excluded", "distance_km": "32"}
    assert "other" not in compared(date(2024, 5, 13), RATE_2024, **facts)
    found = compared(date(2024, 5, 13), RATE_2024, **facts, means="other", paid_dkk="100")
    # 142.72 - 100 = 42.72 kr.
    assert (found["other"].status, found["own_car"].status) == ("cheapest_defensible", "dearer")
    assert found["own_car"].slots == {"than": "other", "difference": "42.72"}


def test_extra_costs_belong_to_the_car_and_leave_flextur_a_lower_bound() -> None:
    # Own car 43.80 + 500 kr. bridge = 543.80 kr.; Flextur is 140 kr. and perhaps the bridge.
    found = compared(
        date(2023, 7, 1),
        RATE_2023,
        mobility="excluded",
        distance_km="10",
        extra_costs_dkk="500",
        home="randers",
        flextur_zone="standard",
    )
    assert (found["own_car"].status, found["own_car"].dkk) == ("cheapest_defensible", Decimal("543.80"))
    assert (found["flextur"].status, found["flextur"].why) == ("price_unknown", "only_lower_bound")
    assert (found["flextur"].dkk, found["flextur"].at_least) == (Decimal(140), True)


def test_equal_prices_are_both_the_cheapest() -> None:
    found = compared(
        date(2024, 5, 13), RATE_2024, mobility="excluded", distance_km="32", means="taxi", paid_dkk="142.72"
    )
    assert found["own_car"].status == found["taxi"].status == "cheapest_defensible"


@pytest.mark.parametrize("mobility", ["public_transport", "excluded", "special_vehicle"])
def test_at_most_one_price_is_the_lowest_and_nothing_cheaper_is_dearer(mobility: str) -> None:
    for km in ("1", "10", "50"):
        found = compared(
            date(2023, 7, 1),
            RATE_2023,
            mobility=mobility,
            distance_km=km,
            public_fare_dkk="60",
            means="taxi",
            paid_dkk="200",
            home="randers",
            flextur_zone="hub",
        )
        cheapest = {price.dkk for price in found.values() if price.status == "cheapest_defensible"}
        dearer = [price.dkk for price in found.values() if price.status == "dearer"]
        assert len(cheapest) == 1
        assert all(amount is not None and amount > next(iter(cheapest)) for amount in dearer)


# --- a special vehicle ---


def test_who_needs_a_special_vehicle_is_not_told_to_drive() -> None:
    facts = {"mobility": "special_vehicle", "distance_km": "32", "home": "laesoe"}
    found = compared(date(2024, 5, 13), RATE_2024, **facts)
    assert set(statuses(found).values()) == {"not_defensible"}
    used = compared(date(2024, 5, 13), RATE_2024, **facts, means="taxi", paid_dkk="900")
    assert used["taxi"].status == "cheapest_defensible"
    assert used["own_car"].status == used["flextur"].status == "not_defensible"


# --- what is not known ---


def test_nothing_is_compared_before_health_is_known() -> None:
    assert compared(date(2024, 5, 13), RATE_2024, distance_km="32", public_fare_dkk="80") == {}


UNKNOWN_FLEXTUR = {
    "no municipality": (None, None, date(2024, 5, 13), "municipality_missing"),
    "zone of the municipality": ("broenderslev", None, date(2024, 5, 13), "fare_zone_missing"),
    "zone of the trip": ("randers", None, date(2023, 7, 1), "fare_zone_missing"),
    "after the last known day": ("broenderslev", "low", date(2025, 1, 1), "fare_after_last_known"),
    "2026": ("laesoe", "high", date(2026, 5, 1), "fare_after_last_known"),
    "between known days": ("randers", "standard", date(2024, 5, 13), "fare_between_known"),
    "before the first known day": ("randers", "standard", date(2022, 5, 13), "fare_before_first_known"),
    "unknown zone": ("randers", "low", date(2023, 7, 1), "fare_unknown_zone"),
    "no price found": ("odense", None, date(2026, 5, 1), "fare_price_unknown"),
    "no Flextur known": ("bornholm", None, date(2024, 5, 13), "no_tariff"),
    "company unknown": ("fanoe", None, date(2024, 5, 13), "no_tariff"),
}


@pytest.mark.parametrize(("home", "zone", "on", "why"), UNKNOWN_FLEXTUR.values(), ids=UNKNOWN_FLEXTUR.keys())
def test_an_unknown_flextur_says_why(home: str | None, zone: str | None, on: date, why: str) -> None:
    found = compared(on, RATE_2024, mobility="excluded", distance_km="10", home=home, flextur_zone=zone)
    assert (found["flextur"].status, found["flextur"].dkk, found["flextur"].why) == ("price_unknown", None, why)
    assert found["own_car"].status == "cheapest_defensible"


def test_a_flextur_that_was_paid_has_a_price_where_the_tariff_has_none() -> None:
    facts = {"mobility": "excluded", "distance_km": "10", "home": "broenderslev", "means": "flextur"}
    found = compared(date(2026, 5, 1), Decimal("2.28"), **facts, paid_dkk="160")
    # Own car 2 x 10 km x 2.28 kr. = 45.60 kr.; 160 - 45.60 = 114.40 kr.
    assert (found["flextur"].dkk, found["flextur"].status) == (Decimal(160), "dearer")
    assert found["flextur"].slots["difference"] == "114.40"
    without = compared(date(2026, 5, 1), Decimal("2.28"), **facts, paid_dkk="160", documented=False)
    assert (without["flextur"].dkk, without["flextur"].why) == (None, "undocumented")


def test_without_a_rate_the_car_has_no_price() -> None:
    found = compared(date(2024, 5, 13), None, mobility="excluded", distance_km="32", means="taxi", paid_dkk="400")
    assert (found["own_car"].status, found["own_car"].why) == ("price_unknown", "rate_unknown")
    assert found["taxi"].status == "cheapest_defensible"


# --- in words ---


def test_the_rows_in_both_languages() -> None:
    on = date(2023, 7, 1)
    case = Case(purpose="rehabilitation", trip_date=on, mobility="excluded", distance_km=Decimal(10))
    prices = open_means(case, on, municipality("randers"), RATE_2023, flextur_zone="standard")
    assert [tuple(row) for row in price_rows(prices, "da")] == [
        ("bus, tog, færge", "ukendt", "ikke forsvarlig: helbredet udelukker offentlig transport"),
        (
            "egen bil",
            "43,80 kr.",
            "billigst forsvarlig: den laveste kendte pris, hvis midlet er forsvarligt for borgeren",
        ),
        ("Flextur", "140,00 kr.", "96,20 kr. dyrere end egen bil"),
        ("taxa", "ukendt", "den betalte pris er ikke oplyst"),
    ]
    assert [tuple(row) for row in price_rows(prices, "en")] == [
        ("bus, train, ferry", "unknown", "not defensible: health rules out public transport"),
        (
            "own car",
            "43.80 kr.",
            "cheapest defensible: the lowest known price, if the means is defensible for the citizen",
        ),
        ("Flextur", "140.00 kr.", "96.20 kr. dearer than own car"),
        ("taxi", "unknown", "the price paid is not stated"),
    ]


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize(("home", "zone", "on", "why"), UNKNOWN_FLEXTUR.values(), ids=UNKNOWN_FLEXTUR.keys())
def test_every_reason_has_words(home: str | None, zone: str | None, on: date, why: str, lang: str) -> None:
    found = compared(on, RATE_2024, mobility="excluded", distance_km="10", home=home, flextur_zone=zone)
    [row] = price_rows([found["flextur"]], lang)
    assert why not in row.why
    assert "{" not in row.why


def test_a_lower_bound_is_shown_as_one() -> None:
    found = compared(date(2024, 5, 13), RATE_2024, mobility="excluded", distance_km="5", home="laesoe")
    [danish], [english] = (price_rows([found["flextur"]], lang) for lang in ("da", "en"))
    assert (danish.price, english.price) == ("mindst 140,00 kr.", "at least 140.00 kr.")
