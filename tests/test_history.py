"""Every date on which anything changes: the day before and the day after, worked out from the orders.

The dates and numbers are read off the orders' closing sections and the acts, not off the code.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from transport_calc import Case, Decision, InvalidInput, decide
from transport_calc.engine.provision import REGISTRY
from transport_calc.intake.json_case import case_from_object
from transport_calc.law.orders import ORDERS
from transport_calc.parameters import Parameters

ORDER_FROM = {
    "BEK 867/2008": date(2008, 9, 1),
    "BEK 1496/2009": date(2010, 1, 1),
    "BEK 1266/2012": date(2013, 1, 1),
    "BEK 1662/2013": date(2014, 1, 1),
    "BEK 959/2014": date(2014, 9, 1),
    "BEK 973/2016": date(2016, 7, 1),
    "BEK 1206/2016": date(2016, 10, 1),
    "BEK 816/2018": date(2018, 7, 1),
}
SECTIONS_OF = dict.fromkeys(list(ORDER_FROM)[:5], ("§ 19", "§ 27", "kap. 3"))
SECTIONS_OF |= dict.fromkeys(list(ORDER_FROM)[5:], ("§ 23", "§ 31", "kap. 4"))
"""Where an order has the grounds of rehabilitation, the minimum, and in which chapter rehabilitation stands."""

MINIMA = {
    date(2008, 9, 1): (25, 60),
    date(2018, 7, 1): (42, 100),
    date(2019, 1, 1): (43, 102),
    date(2020, 1, 1): (43, 103),
    date(2021, 1, 1): (44, 104),
    date(2022, 1, 1): (44, 104),
    date(2023, 1, 1): (45, 108),
    date(2024, 1, 1): (48, 113),
}
LAST_KNOWN_MINIMUM = date(2024, 12, 31)

LAW_CHANGES = {
    *ORDER_FROM.values(),
    *MINIMA,
    date(2024, 1, 1),  # barnets lov
    date(2025, 7, 1),  # ældreloven
    date(2027, 1, 1),  # sundhedsloven §§ 139 a, 139 b
    date(2027, 7, 1),  # old decisions under serviceloven § 86 end
}


def rehabilitation(on: date, **facts: object) -> Decision:
    given = {"purpose": "rehabilitation", "trip_date": on.isoformat(), "hospital_based": True}
    return decide(case_from_object(given | {"mobility": "public_transport", "public_fare_dkk": "500.00"} | facts))


def order_of(on: date) -> str:
    return max((since, name) for name, since in ORDER_FROM.items() if since <= on)[1]


def days_around(dates: set[date]) -> list[date]:
    first = min(ORDER_FROM.values())
    return sorted({day for each in dates for day in (each - timedelta(days=1), each) if day >= first})


def test_the_orders_are_those_of_the_law_collection() -> None:
    assert {order.name: order.since for order in ORDERS} == ORDER_FROM


def test_the_day_before_the_first_order_is_refused_by_name() -> None:
    with pytest.raises(InvalidInput) as refused:
        decide(Case(purpose="hospital", trip_date=date(2008, 8, 31)))
    assert [fault.code for fault in refused.value.faults] == ["before_first_order"]


@pytest.mark.parametrize("on", days_around(set(ORDER_FROM.values())), ids=str)
def test_a_trip_is_cited_under_the_order_of_its_day(on: date) -> None:
    order = order_of(on)
    grounds, minimum, chapter = SECTIONS_OF[order]
    found = rehabilitation(on, pensioner=True).as_json()
    assert found["legal_basis"] == f"sundhedsloven § 172; {order} {chapter}"
    assert found["grounds"][0]["citation"] == f"{order} {grounds}, nr. 1"
    cited = {step["provision"]: step["citation"] for step in found["steps"]}
    assert cited["minimum_pensioner"] == f"{order} {minimum}, stk. 1"


@pytest.mark.parametrize("pensioner", [True, False])
@pytest.mark.parametrize("on", days_around({*MINIMA, LAST_KNOWN_MINIMUM + timedelta(days=1)}), ids=str)
def test_the_minimum_is_that_of_the_day(on: date, pensioner: bool) -> None:
    found = rehabilitation(on, pensioner=pensioner, distance_km="80")
    if on > LAST_KNOWN_MINIMUM:
        assert (found.outcome, found.amount.minimum_dkk) == ("undetermined", None)
        return
    low, high = MINIMA[max(since for since in MINIMA if since <= on)]
    assert found.amount.minimum_dkk == (low if pensioner else high)


def specialist_farther(on: date) -> Decision:
    facts = {"purpose": "specialist", "trip_date": on.isoformat(), "pensioner": True, "referred": True}
    facts |= {"specialty": "other", "nearest_specialist": False, "nearest_hindered": False}
    facts |= {"mobility": "public_transport", "public_fare_dkk": "500.00", "designated_cost_dkk": "200.00"}
    return decide(case_from_object(facts))


def test_kan_became_skal_on_1_july_2018() -> None:
    """§ 7: the amount for the nearest specialist may be paid until 30 June 2018, and shall be paid from then on."""
    before, after = specialist_farther(date(2018, 6, 30)), specialist_farther(date(2018, 7, 1))
    assert before.outcome == "discretionary"
    assert (after.outcome, after.amount.payable_dkk) == ("entitled", 200)


def test_the_real_ticket_cost_is_new_on_1_july_2016() -> None:
    """§ 30, stk. 3 came with BEK 973/2016: before it only the cheapest fare counts."""
    ticket = {"pensioner": True, "means": "public_transport", "public_fare_dkk": "80", "paid_dkk": "100"}
    before = rehabilitation(date(2016, 6, 30), **ticket)
    after = rehabilitation(date(2016, 7, 1), **ticket)
    assert (before.amount.payable_dkk, before.amount.basis) == (80, "public_fare")
    assert (after.amount.payable_dkk, after.amount.basis) == (100, "actual_cost")


def test_islands_without_a_practice_are_named_from_1_january_2014() -> None:
    """§ 4, stk. 2 came with BEK 1662/2013."""
    facts = {"purpose": "gp", "pensioner": False, "without_gp": True, "mobility": "public_transport"}
    facts |= {"public_fare_dkk": "70"}
    before = decide(case_from_object(facts | {"trip_date": "2013-12-31"}))
    after = decide(case_from_object(facts | {"trip_date": "2014-01-01"}))
    assert before.outcome == "not_entitled"
    assert (after.outcome, after.amount.payable_dkk) == ("entitled", 70)


def test_chapter_1_gives_only_money_until_30_june_2016() -> None:
    """§ 9 came with BEK 973/2016; before, §§ 4-7 spoke of reimbursement only."""
    facts = {"purpose": "gp", "pensioner": True, "mobility": "public_transport", "public_fare_dkk": "70"}
    before = decide(case_from_object(facts | {"trip_date": "2016-06-30"}))
    after = decide(case_from_object(facts | {"trip_date": "2016-07-01"}))
    assert (before.form, after.form) == ("reimbursement", "transport_or_reimbursement")


def test_diagnostics_are_named_from_1_july_2016() -> None:
    """§ 13, stk. 2 came with BEK 973/2016; what held before is unsettled (STPK 14POB046)."""
    facts = {"purpose": "hospital", "pensioner": True, "diagnostic_referral": True, "mobility": "public_transport"}
    facts |= {"public_fare_dkk": "70"}
    before = decide(case_from_object(facts | {"trip_date": "2016-06-30"}))
    after = decide(case_from_object(facts | {"trip_date": "2016-07-01"}))
    assert before.open_questions == ("diagnostics_before_2016",)
    assert after.outcome == "entitled"


@pytest.mark.parametrize(
    ("on", "unsettled"), [("2016-06-30", False), ("2016-07-01", True), ("2016-09-30", True), ("2016-10-01", False)]
)
def test_companions_to_rehabilitation_in_the_summer_of_2016(on: str, unsettled: bool) -> None:
    """BEK 973/2016 § 27 named chapters 1-3 although rehabilitation had become chapter 4."""
    found = rehabilitation(
        date.fromisoformat(on), pensioner=True, companion=True, companion_needed=True, companion_cost_dkk="90"
    )
    assert (found.amount.companion_payable_dkk is None) == unsettled


def test_children_have_barnets_lov_from_2024() -> None:
    facts = {"purpose": "rehabilitation", "hospital_based": False, "age": 12}
    before = decide(case_from_object(facts | {"trip_date": "2023-12-31"}))
    after = decide(case_from_object(facts | {"trip_date": "2024-01-01"}))
    assert (before.legal_basis, after.legal_basis) == ("serviceloven § 86, stk. 1", "barnets lov §§ 86, 90")


@pytest.mark.parametrize(("on", "outcome"), [("2026-12-31", "not_entitled"), ("2027-01-01", "undetermined")])
def test_specialised_rehabilitation_is_refused_by_name_from_2027(on: str, outcome: str) -> None:
    found = rehabilitation(
        date.fromisoformat(on), pensioner=False, distance_km="20", rehabilitation_level="specialised"
    )
    assert found.outcome == outcome
    assert ("2027" in found.as_json()["justification"].replace(on[:4] + ".", "")) == (outcome == "undetermined")


@pytest.mark.parametrize(
    ("decided", "body"),
    [
        ("2024-12-29", "Styrelsen for Patientklager"),
        ("2024-12-30", None),
        ("2025-10-27", None),
        ("2025-10-28", None),
    ],
)
def test_the_complaint_follows_the_day_of_the_decision(decided: str, body: str | None) -> None:
    found = rehabilitation(date(2024, 5, 13), pensioner=True, decision_date=decided).as_json()["appeal"]
    assert found["body"] == body
    between = "LBK" not in found["citation"]
    assert between == ("2024-12-29" < decided < "2025-10-28")


@pytest.mark.parametrize(
    ("trip", "application", "barred"),
    [
        ("2021-05-13", "2024-05-13", False),
        ("2021-05-13", "2024-05-14", True),
        ("2020-02-29", "2023-02-28", False),
        ("2020-02-29", "2023-03-01", True),
    ],
)
def test_a_claim_is_barred_after_three_years(trip: str, application: str, barred: bool) -> None:
    """The last day has the same number three years later; without such a day it is the last of the month."""
    found = rehabilitation(date.fromisoformat(trip), pensioner=True, application_date=application)
    assert (found.outcome == "not_entitled") == barred


def test_every_change_in_the_code_is_one_that_the_sources_know() -> None:
    """No provision begins or ends, and no minimum changes, on a date that is not in this file."""
    starts = {version.since for rule in REGISTRY.values() for version in rule.versions}
    ends = {
        version.until + timedelta(days=1) for rule in REGISTRY.values() for version in rule.versions if version.until
    }
    parameters = Parameters()
    minima = {amount.start for name in ("minimum_pensioner", "minimum_other") for amount in parameters.series(name)}
    assert starts | ends <= LAW_CHANGES
    assert minima >= set(MINIMA)


@pytest.mark.parametrize("on", days_around(LAW_CHANGES), ids=str)
@pytest.mark.parametrize(
    "purpose",
    [
        "rehabilitation",
        "maintenance_training",
        "free_physiotherapy",
        "subsidised_physiotherapy",
        "gp",
        "out_of_hours_gp",
        "specialist",
        "hospital",
        "other",
    ],
)
def test_every_purpose_is_answered_around_every_change(purpose: str, on: date) -> None:
    found = decide(case_from_object({"purpose": purpose, "trip_date": on.isoformat()})).as_json()
    assert found["status"] in ("decided", "undetermined")
    assert found["justification"]
    order = order_of(on)
    assert all(order in step["citation"] for step in found["steps"] if step["citation"].startswith("BEK"))
