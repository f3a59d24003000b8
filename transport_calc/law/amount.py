"""How much: BEK 816/2018 chapter 6 (§§ 30-31), as it stood since 2008.

The law decides which cost counts (`cost_basis`, a question about yes/no facts); the kroner are computed after it
(`cost_of`, `reimbursement`). All money is Decimal. The order states one rounding only, that of the yearly minimum
(§ 31, stk. 7); kilometre money is given to the øre, as authorities pay it (STPK 23SFP18: 282.75 kr.).
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from transport_calc.engine.explore import explore
from transport_calc.engine.provision import Provision, provision
from transport_calc.engine.trace import Step, merge
from transport_calc.facts import Case
from transport_calc.law.orders import FIRST_DAY, bek
from transport_calc.law.right import Right
from transport_calc.law.situation import DOMAINS, Situation
from transport_calc.measures import MEASURES, known_measures

CostBasis = Literal["public_fare", "own_car", "taxi", "flextur", "actual_cost", "undocumented"]

ORE = Decimal("0.01")
NOTHING = Decimal("0.00")
_YES_NO = {name: DOMAINS[name] for name in MEASURES}
TICKET_RULE_IN_FORCE = date(2016, 7, 1)


@provision("public_transport_is_defensible", cites=bek(30, stk="1"), since=FIRST_DAY)
def public_transport_is_defensible(case: Situation) -> bool:
    """§ 30, stk. 1: health allows public transport and it was practically possible that day (STPK 18SPS30)."""
    return case.mobility == "public_transport" and case.public_transport_available


@provision("real_ticket_cost", cites=bek(30, stk="3"), since=TICKET_RULE_IN_FORCE)
def real_ticket_cost(case: Situation) -> bool:
    """§ 30, stk. 3: who went by public transport without a discount, and can show it, gets the real cost."""
    return case.ticket_was_dearer and case.documented


@provision("cheapest_defensible_means", cites=bek(30, stk="1-2"), since=FIRST_DAY)
def cost_basis(case: Situation) -> CostBasis:
    """§ 30, stk. 1-2: the cost by the cheapest means that is defensible in the circumstances.

    Where public transport is defensible its fare counts, even if a car was used. Where it is not, the means that
    was used counts: own car at the low state rate, or the documented price of Flextur, taxi or other means.
    """
    if public_transport_is_defensible(case):
        ticket_counts = _ticket_rule_in_force(case) and case.went_by_public_transport
        return _ticket(case) if ticket_counts else "public_fare"
    if case.means == "own_car":
        return "own_car"
    if case.means == "public_transport":
        return _ticket(case)
    if not case.documented:
        return "undocumented"
    if case.means == "flextur":
        return "flextur"
    if case.means == "taxi":
        return "taxi"
    return "actual_cost"


def _ticket(case: Situation) -> CostBasis:
    """What counts for who went by public transport."""
    return "actual_cost" if _ticket_rule_in_force(case) and real_ticket_cost(case) else "public_fare"


def _ticket_rule_in_force(case: Situation) -> bool:
    return case.law_date >= TICKET_RULE_IN_FORCE


class Line(NamedTuple):
    """One line of the computation: a text code with its slots, and the kroner (None where it is only a note)."""

    code: str
    dkk: Decimal | None
    slots: tuple[tuple[str, Decimal], ...] = ()


class Cost(NamedTuple):
    """The round-trip cost on one basis; `missing` names the facts without which it cannot be computed,
    `presumed` those that were taken as nothing because nobody gave them.
    """

    basis: str
    dkk: Decimal | None
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()
    presumed: tuple[str, ...] = ()


def cost_of(basis: CostBasis, case: Case, rate_per_km: Decimal | None) -> Cost:
    """The cost of the round trip to the place used, on a basis the law allows.

    `rate_per_km` is the low state rate of the day; it is only needed for the own car.
    """
    if basis == "own_car":
        return _by_car(case.distance_km, "distance_km", rate_per_km, case.extra_costs_dkk)
    if basis == "undocumented":
        return Cost("none", None, missing=("documented",))
    fact = "public_fare_dkk" if basis == "public_fare" else "paid_dkk"
    dkk: Decimal | None = getattr(case, fact)
    if dkk is None:
        return Cost(basis, None, missing=(fact,))
    return Cost(basis, dkk, (Line(f"cost_{basis}", dkk),))


def designated_cost_of(basis: CostBasis, case: Case, rate_per_km: Decimal | None) -> Cost:
    """The cost of the round trip to the place the authority refers to (§§ 17 and 24)."""
    if case.designated_cost_dkk is not None:
        dkk = case.designated_cost_dkk
        return Cost("designated_place", dkk, (Line("cost_designated_place", dkk),))
    if basis == "own_car" and case.designated_distance_km is not None:
        by_car = _by_car(case.designated_distance_km, "designated_distance_km", rate_per_km, None)
        return Cost(
            "designated_place", by_car.dkk, by_car.lines, by_car.missing, (*by_car.presumed, "designated_cost_dkk")
        )
    return Cost("designated_place", None, missing=("designated_cost_dkk",))


def _by_car(distance: Decimal | None, fact: str, rate: Decimal | None, extra: Decimal | None) -> Cost:
    if distance is None:
        return Cost("own_car", None, missing=(fact,))
    if rate is None:
        return Cost("own_car", None, missing=("mileage_low",))
    km_money = 2 * distance * rate
    slots = (("km", 2 * distance), ("rate", rate))
    lines = [Line("cost_own_car", to_ore(km_money), slots)]
    if extra:
        lines.append(Line("cost_extra", extra))
    presumed = ("extra_costs_dkk",) if extra is None else ()
    return Cost("own_car", km_money + (extra or 0), tuple(lines), presumed=presumed)


def to_ore(amount: Decimal) -> Decimal:
    """To the nearest øre, half up: money cannot be paid in smaller units."""
    return amount.quantize(ORE, rounding=ROUND_HALF_UP)


@provision("minimum_pensioner", cites=bek(31, stk="1"), since=FIRST_DAY)
def exceeds_minimum_for_pensioners(case: Situation) -> bool:
    """§ 31, stk. 1: on the pension ground, only when the cost both ways exceeds the lower minimum."""
    return case.cost_above_minimum


@provision("minimum_other", cites=bek(31, stk="2"), since=FIRST_DAY)
def exceeds_minimum_for_others(case: Situation) -> bool:
    """§ 31, stk. 2: on the other grounds, only when the cost both ways exceeds the higher minimum."""
    return case.cost_above_minimum


@provision("minimum_own_choice_hospital", cites=bek(31, stk="3"), since=FIRST_DAY)
def exceeds_minimum_at_both_hospitals(case: Situation) -> bool:
    """§ 31, stk. 3: with own choice of hospital, the cost must exceed the minimum to both places."""
    return case.cost_above_minimum and case.designated_cost_above_minimum


@provision("minimum_own_choice", cites=bek(31, stk="4"), since=FIRST_DAY)
def exceeds_minimum_at_both_places(case: Situation) -> bool:
    """§ 31, stk. 4: with own choice of place of rehabilitation, the cost must exceed the minimum to both places."""
    return case.cost_above_minimum and case.designated_cost_above_minimum


@provision("not_above_actual_cost", cites=bek(31, stk="5"), since=FIRST_DAY)
def limited_to_actual_cost(case: Situation) -> bool:
    """§ 31, stk. 5: the reimbursement cannot exceed the person's actual transport cost."""
    return case.calculated_above_paid


def minimum_condition(right: Right, case: Case) -> Provision[bool]:
    """The condition of § 31 that applies to a right."""
    if right.paid_as_to == "designated":
        at_hospital = case.purpose == "hospital" or case.rehabilitation_level == "specialised"
        return exceeds_minimum_at_both_hospitals if at_hospital else exceeds_minimum_at_both_places
    return exceeds_minimum_for_pensioners if right.minimum_class == "pensioner" else exceeds_minimum_for_others


class Reimbursement(NamedTuple):
    """What § 31 makes of a cost. `status` payable, below_minimum, or unknown; amounts in kroner for the round trip.

    `lowest_cost` is the lowest of the costs that are known, where one is still missing or the minimum is.
    """

    status: Literal["payable", "below_minimum", "unknown"]
    basis: str
    payable: Decimal | None
    calculated: Decimal | None
    lowest_cost: Decimal | None
    minimum: Decimal | None
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    steps: tuple[Step, ...]
    presumed: tuple[str, ...]


def reimbursement(
    right: Right, cost: Cost, designated: Cost | None, minimum: Decimal | None, minimum_name: str, case: Case
) -> Reimbursement:
    """§ 31: the cost must exceed the minimum, with own choice at both places; never more than was paid.

    `designated` is the cost to the place referred to, given only with own choice; `minimum` is None where the
    amount of the day is not known, and its name is then what is missing. A right without a minimum class (§ 3)
    is paid without a minimum.
    """
    costs = [cost] + ([designated] if designated is not None else [])
    known = [each.dkk for each in costs if each.dkk is not None]
    numbers = {
        "cost_dkk": cost.dkk,
        "designated_place_dkk": designated.dkk if designated else None,
        # Where nothing was spent, no minimum is exceeded, whatever it is.
        "minimum_dkk": NOTHING if minimum is None and NOTHING in known else minimum,
    }
    leaves = explore(
        minimum_condition(right, case), law_date=case.trip_date, known=known_measures(numbers), domains=_YES_NO
    )
    exceeds = {leaf.result for leaf in leaves} if right.minimum_class else {True}
    calculated = to_ore(min(known)) if len(known) == len(costs) else None
    unknown_minimum = (minimum_name,) if minimum is None and right.minimum_class else ()
    found = Reimbursement(
        status="unknown",
        basis="designated_place" if designated is not None else cost.basis,
        payable=None,
        calculated=calculated,
        lowest_cost=to_ore(min(known)) if known else None,
        minimum=minimum,
        lines=tuple(line for each in costs for line in each.lines),
        missing=tuple(fact for each in costs for fact in each.missing) + unknown_minimum,
        steps=merge(leaf.steps for leaf in leaves),
        presumed=tuple(fact for each in costs for fact in each.presumed),
    )
    if exceeds == {False}:
        return found._replace(status="below_minimum", payable=NOTHING, calculated=to_ore(min(known)), missing=())
    if exceeds == {True} and calculated is not None:
        return _paid_out(found, calculated, case)
    return found


def _paid_out(found: Reimbursement, calculated: Decimal, case: Case) -> Reimbursement:
    payable = calculated
    lines: list[Line] = []
    steps = found.steps
    if case.paid_dkk is not None:
        numbers = {"calculated_dkk": calculated, "paid_dkk": case.paid_dkk}
        [leaf] = explore(
            limited_to_actual_cost, law_date=case.trip_date, known=known_measures(numbers), domains=_YES_NO
        )
        steps += leaf.steps
        if leaf.result:
            payable = to_ore(case.paid_dkk)
            lines.append(Line("not_above_paid", payable))
    if case.already_paid_dkk:
        deducted = min(payable, to_ore(case.already_paid_dkk))
        payable -= deducted
        lines.append(Line("already_paid", -deducted))
    presumed = tuple(fact for fact in ("paid_dkk", "already_paid_dkk") if getattr(case, fact) is None)
    return found._replace(
        status="payable",
        payable=payable,
        lines=found.lines + tuple(lines),
        missing=(),
        steps=steps,
        presumed=found.presumed + presumed,
    )
