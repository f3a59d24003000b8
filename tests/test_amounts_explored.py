"""Amounts that are not known yet: said as what they are worth, in words and as JSON; worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from transport_calc import Case, Decision, decide

PENSIONER: dict[str, Any] = {"purpose": "rehabilitation", "hospital_based": True, "pensioner": True}


def decided(on: date, **facts: object) -> Decision:
    return decide(Case(**{**PENSIONER, "trip_date": on, **facts}))  # type: ignore[arg-type]


def said(decision: Decision, lang: str) -> str:
    """The text on one line, however it is wrapped."""
    return " ".join(decision.as_text(lang).split())


def bounds(decision: Decision) -> tuple[str | None, str | None, str | None]:
    amount = decision.as_json()["amount"]
    return amount["payable_dkk"], amount["lowest_dkk"], amount["highest_dkk"]


def asked(decision: Decision) -> list[str]:
    return [each["fact"] for each in decision.as_json()["missing"]]


def test_a_known_cost_against_an_unknown_minimum() -> None:
    """The minimum amounts of 2026 are not known; the taxi cost 2,000 kr."""
    decision = decided(date(2026, 3, 1), mobility="excluded", means="taxi", paid_dkk=Decimal(2000))
    assert "Der er ret til udbetaling, hvis mindstebeløbet for 2026 er under 2.000,00 kr." in said(decision, "da")
    assert "if the minimum of 2026 is below 2,000.00 kr." in said(decision, "en").replace("minimum amount", "minimum")
    assert asked(decision) == ["minimum_pensioner"]
    assert decision.as_json()["conditions"] == [{"code": "cost_above_minimum", "minimum_dkk": None}]
    assert decision.as_json()["amount"]["calculated_dkk"] == "2000.00"


def test_between_the_bus_and_the_own_car() -> None:
    """In 2015 the bus counted at its fare of 60 kr. (§ 30, stk. 3 came in 2016); a taxi at the 142.72 kr. paid."""
    decision = decided(
        date(2015, 5, 13),
        mobility="excluded",
        distance_km=Decimal(32),
        public_fare_dkk=Decimal(60),
        paid_dkk=Decimal("142.72"),
    )
    assert (decision.outcome, bounds(decision)) == ("entitled", (None, "60.00", "142.72"))
    assert asked(decision) == ["means"]
    assert "mellem 60,00 kr. og 142,72 kr., afhængigt af transportmiddel" in said(decision, "da")
    assert "between 60.00 kr. and 142.72 kr., depending on means" in said(decision, "en")


def test_between_the_bus_and_the_own_car_depending_on_health() -> None:
    """2 x 32 km x 2.23 kr. (low rate of 2024) = 142.72 kr. where health rules the bus out, else its fare."""
    decision = decided(date(2024, 5, 13), means="own_car", distance_km=Decimal(32), public_fare_dkk=Decimal(60))
    assert (decision.outcome, bounds(decision)) == ("entitled", (None, "60.00", "142.72"))
    assert asked(decision) == ["mobility"]
    assert "mellem 60,00 kr. og 142,72 kr., afhængigt af mobilitet" in said(decision, "da")


@pytest.mark.parametrize("fare", ["113.01", "150"])
def test_an_unknown_distance_is_over_50_km_or_not(fare: str) -> None:
    """No pensioner, and health allows the bus: only over 50 km gives a right, and then the 113 kr. of 2024 count."""
    decision = decided(date(2024, 5, 13), pensioner=False, mobility="public_transport", public_fare_dkk=Decimal(fare))
    assert (decision.outcome, asked(decision)) == ("undetermined", ["distance_km"])
    assert bounds(decision) == (None, "0.00", f"{Decimal(fare):.2f}")
    assert "over 50 km eller ej?" in said(decision, "da")
    assert "over 50 km or not?" in said(decision, "en")
    [ground] = [each for each in decision.as_json()["grounds"] if each["code"] == "distance"]
    assert ground["met"] is None


def test_whatever_the_distance_nothing_is_paid() -> None:
    """113 kr. do not exceed 113 kr., so the distance decides why nothing is paid, not whether."""
    decision = decided(date(2024, 5, 13), pensioner=False, mobility="public_transport", public_fare_dkk=Decimal(113))
    assert (decision.outcome, bounds(decision)) == ("undetermined", (None, "0.00", "0.00"))
