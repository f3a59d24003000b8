"""From a case to a decision: the chain of questions, each explored on its own.

Which law? A right? How much? The companion? Which offer? Which complaint? The law modules answer for one settled
situation; here their answers for all the ways the unknown facts can fall out are put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from transport_calc.claims import Amounts, Claim, claims_of, outcome_of, traces_of
from transport_calc.contradictions import contradictions
from transport_calc.decision import (
    Decision,
    Form,
    Ground,
    Margin,
    Payer,
    Presumption,
    TraceStep,
)
from transport_calc.engine.explore import explore
from transport_calc.engine.provision import REGISTRY
from transport_calc.engine.trace import merge
from transport_calc.facts import FACTS, PRESUMED, Case
from transport_calc.faults import InvalidInput
from transport_calc.law.appeal import appeal
from transport_calc.law.basis import BARNETS_LOV, BASES, Basis
from transport_calc.law.doctor import municipality_may_choose_ride as ride_or_money
from transport_calc.law.questions import QUESTIONS, in_order, separations
from transport_calc.law.schemes import Channel, Outcome, choose_channel, offers
from transport_calc.law.situation import (
    DESIGNATED_FACTS,
    DOMAINS,
    facts_behind,
    facts_presumed,
    known_facts,
    presumptions,
)

if TYPE_CHECKING:
    from transport_calc.municipalities import Municipality, SiteRule
    from transport_calc.prices import Price
from transport_calc.parameters import (
    MILEAGE_LOW,
    Parameters,
)
from transport_calc.payout import companion_of, payout

DISTANCE_LIMITS = {
    "rehabilitation": "distance_limit_rehabilitation",
    "specialist": "distance_limit_specialist",
    "hospital": "distance_limit_hospital",
}
_SMALLEST_STEP_KM = Decimal("0.1")


def decide(
    case: Case,
    *,
    data: Path | None = None,
    use_amounts_of: int | None = None,
    today: date | None = None,
    parameters: Parameters | None = None,
) -> Decision:
    """Decide one case.

    `data` is a folder with the user's own amounts; `use_amounts_of` names a year whose amounts fill a gap; `today`
    stands in for a `decision_date` that is not given. Raises `InvalidInput` with every contradiction found.
    """
    faults = contradictions(case)
    if faults:
        raise InvalidInput(faults)
    amounts = Amounts(parameters or _parameters(data, use_amounts_of), case.trip_date)
    known = known_facts(case, _limits(case, amounts))
    presumed = presumptions(case)
    claims = claims_of(case, known, presumed, amounts)
    outcome, conditions = outcome_of(claims, amounts)
    where = _municipality(case)
    site = _site(case, _main_basis(claims), where, known)
    local = {**presumed, **known, **({"site": site.site} if site else {})}
    own_choice = all(claim.right.paid_as_to == "designated" for claim in claims)
    in_kind = all(claim.right.in_kind for claim in claims)
    channel = choose_channel(outcome, _main_basis(claims).code, where, local, own_choice=own_choice, in_kind=in_kind)
    companion = companion_of(case, claims, outcome, known, presumed, amounts)
    missing = _missing(case, claims, outcome, channel, companion.missing)
    bases = tuple(dict.fromkeys(claim.basis for claim in claims))
    assumed = _assumed(case, claims, presumed)
    decided_on = case.decision_date or today or date.today()
    steps = merge([*traces_of(claims), companion.steps])
    return Decision(
        case=case,
        status="undetermined" if outcome == "undetermined" else "decided",
        outcome=outcome,
        conditions=conditions,
        form=_form(case, _main_basis(claims), outcome, channel, known, own_choice=own_choice, in_kind=in_kind),
        channel=channel,
        alternatives=offers(outcome, _main_basis(claims).code, channel, where, known, case.trip_date),
        bases=bases,
        legal_basis=" / ".join(BASES[code].cites(case.trip_date) for code in bases),
        reasons=tuple(dict.fromkeys(claim.right.reason for claim in claims)),
        open_questions=tuple(dict.fromkeys(claim.right.reason for claim in claims if claim.verdict == "open")),
        grounds=_grounds(case, _main_basis(claims), known, presumed, amounts),
        amount=payout(case, claims, outcome, companion),
        missing=missing,
        moot=_moot(case, claims, known, missing, assumed),
        assumed=assumed,
        unknown_amounts=tuple(amounts.unknown),
        last_known_minimum=next((each.last for each in amounts.unknown.values() if each.last), None),
        prices=_prices(case, known, _main_basis(claims), where, amounts),
        payer=_payer(case, outcome, _main_basis(claims), known, presumed),
        appeal=appeal(_main_basis(claims).code, decided_on),
        decided_on=decided_on,
        steps=tuple(TraceStep(step, REGISTRY[step.provision].citation(case.trip_date)) for step in steps),
        parameters=tuple(amounts.used.values()),
        unused_amounts_of=_unused(use_amounts_of, amounts),
        municipality=where,
        next_steps=where.next_steps(_of_adults(bases), outcome, local, site) if where else (),
    )


def _parameters(data: Path | None, use_amounts_of: int | None) -> Parameters:
    if data is None:
        return _builtin_parameters(use_amounts_of)
    return Parameters(user_data=data, use_amounts_of=use_amounts_of)


@cache
def _builtin_parameters(use_amounts_of: int | None) -> Parameters:
    # The built-in amounts do not change while the program runs; a user's own may.
    return Parameters(use_amounts_of=use_amounts_of)


def _municipality(case: Case) -> Municipality | None:
    if case.municipality is None:
        return None
    # Only a case with a municipality pays for reading the profiles.
    from transport_calc.municipalities import municipality

    return municipality(case.municipality)


def _site(case: Case, basis: Basis, where: Municipality | None, known: dict[str, object]) -> SiteRule | None:
    """Where a plan leads by the municipality's own rule, when nobody has said where the training takes place.

    Who has chosen the place, or been let down by the seven days, does not train where the plan leads.
    """
    chosen = case.site is not None or case.place_choice == "own_choice" or case.seven_day_provider
    return None if where is None or chosen else where.site_rule(basis.code, known)


def _of_adults(bases: tuple[str, ...]) -> tuple[str, ...]:
    """The bases without barnets lov where the age is open: like `_main_basis`, the steps are those of an adult."""
    return tuple(code for code in bases if code != BARNETS_LOV.code) or bases


def _limits(case: Case, amounts: Amounts) -> dict[str, Decimal | int]:
    limits: dict[str, Decimal | int] = {}
    names = {
        "distance_limit_km": DISTANCE_LIMITS.get(case.purpose) if case.distance_km is not None else None,
        "handicap_trips_per_year": "handicap_trips_per_year" if case.handicap_trips_used is not None else None,
        "age_of_majority": "age_of_majority" if case.age is not None else None,
    }
    for measured, name in names.items():
        value = amounts.value(name) if name else None
        if value is not None:
            limits[measured] = value
    if (
        "distance_limit_km" not in limits
        and case.designated_distance_km is not None
        and case.purpose in DISTANCE_LIMITS
    ):
        value = amounts.value(DISTANCE_LIMITS[case.purpose])
        if value is not None:
            limits["distance_limit_km"] = value
    return limits


def _main_basis(claims: Sequence[Claim]) -> Basis:
    """The basis the grounds, the offers and the complaint are shown for: the one that could give a right."""
    bases = [BASES[claim.basis] for claim in claims]
    with_grounds = [basis for basis in bases if basis.grounds]
    for_adults = [basis for basis in bases if basis is not BARNETS_LOV]
    return (with_grounds or for_adults or bases)[0]


def _grounds(
    case: Case, basis: Basis, known: dict[str, object], presumed: dict[str, object], amounts: Amounts
) -> tuple[Ground, ...]:
    grounds = []
    for code, condition in basis.grounds:
        leaves = explore(condition, law_date=case.trip_date, known=known, domains=DOMAINS, presumed=presumed)
        results = {leaf.result for leaf in leaves}
        met = next(iter(results)) if len(results) == 1 else None
        margin = _distance_margin(case, met, amounts) if code == "distance" and met is not None else None
        grounds.append(Ground(code, met, condition.citation(case.trip_date), margin))
    return tuple(grounds)


def _distance_margin(case: Case, met: bool, amounts: Amounts) -> Margin | None:
    distances = [case.distance_km]
    if case.place_choice == "own_choice":
        distances.append(case.designated_distance_km)
    given = [each for each in distances if each is not None]
    limit = amounts.value(DISTANCE_LIMITS[case.purpose])
    if not given or limit is None:
        return None
    over = min(given) - limit
    return Margin(over if met else _SMALLEST_STEP_KM - over, "km")


def _missing(
    case: Case, claims: Sequence[Claim], outcome: Outcome, channel: Channel, companion: tuple[str, ...]
) -> tuple[str, ...]:
    """What to ask, in the order of a conversation; nothing that no longer changes the case."""
    found: dict[str, int] = {}

    def ask(names: Sequence[str], weight: int) -> None:
        for name in names:
            found[name] = found.get(name, 0) + weight

    if outcome not in ("not_entitled", "below_minimum"):
        # Where the authority may help whatever the reason, another reason needs no question.
        may = outcome == "discretionary"
        results = [(claim.path, claim.verdict if may else (claim.result, _still_open(claim))) for claim in claims]
        for name, weight in separations(results).items():
            ask(facts_behind(name, case), weight)
        if outcome != "discretionary":
            for claim in claims:
                ask(claim.reimbursement.missing if claim.reimbursement else (), 1)
    ask(companion, 0)
    if outcome == "discretionary":
        for name in channel.depends_on:
            ask(facts_behind(name, case), 0)
    return in_order(case.purpose, found)


def _still_open(claim: Claim) -> tuple[object, ...]:
    """What tells two claims apart whose amount is not known yet, besides what is missing."""
    money = claim.reimbursement
    return () if money is None or money.payable is not None else (money.calculated, claim.right.paid_as_to)


def _moot(
    case: Case,
    claims: Sequence[Claim],
    known: dict[str, object],
    missing: tuple[str, ...],
    assumed: tuple[Presumption, ...],
) -> tuple[str, ...]:
    """The facts the law in general asks for that are unknown here and can no longer change this case.

    A fact that is presumed is not moot: giving it can change the case. The same goes for the facts about the
    designated place while it is presumed that the place is the designated one, because they raise that question,
    and for what was paid, which caps an amount that is not known yet, and for the stated cost to the designated
    place, which goes before the one computed from the distance.
    """
    open_facts = {*missing, *(each.fact for each in assumed)}
    if "place_choice" in open_facts:
        open_facts |= set(DESIGNATED_FACTS)
    for claim in claims:
        if claim.reimbursement and claim.reimbursement.payable is None:
            open_facts.add("paid_dkk")
        if claim.reimbursement and claim.right.paid_as_to != "used":
            open_facts.add("designated_cost_dkk")
    return tuple(
        fact
        for fact in QUESTIONS[case.purpose]
        if getattr(case, fact) is None and fact not in known and fact not in open_facts
    )


def _prices(
    case: Case, known: dict[str, object], basis: Basis, where: Municipality | None, amounts: Amounts
) -> tuple[Price, ...]:
    """The means compared by price, where there is something to compare.

    That is, where public transport does not settle it: health or the day excludes it, or another means was used.
    """
    excluded = known.get("mobility") in ("excluded", "special_vehicle") or case.public_transport_available is False
    other_means_used = case.means not in (None, "public_transport")
    if basis.payer is None or not (excluded or other_means_used):
        return ()
    # Only such a case pays for reading the tariffs.
    from transport_calc.prices import open_means

    rate = amounts.value(MILEAGE_LOW) if case.distance_km is not None else None
    return open_means(case, case.trip_date, where, rate)


def _payer(
    case: Case, outcome: Outcome, basis: Basis, known: dict[str, object], presumed: dict[str, object]
) -> Payer | None:
    if basis.payer is None or outcome != "entitled":
        return None
    leaves = explore(basis.payer, law_date=case.trip_date, known=known, domains=DOMAINS, presumed=presumed)
    codes = {leaf.result for leaf in leaves}
    return Payer(codes.pop() if len(codes) == 1 else None, basis.payer.citation(case.trip_date))


def _assumed(case: Case, claims: Sequence[Claim], presumed: dict[str, object]) -> tuple[Presumption, ...]:
    named: dict[str, object] = {}
    for name in dict.fromkeys(name for claim in claims for name in claim.presumed):
        value = presumed[name] if name in PRESUMED else None
        named.update(dict.fromkeys(facts_presumed(name, case), value))
    for claim in claims:
        if claim.reimbursement:
            named.update(dict.fromkeys(claim.reimbursement.presumed))
    return tuple(Presumption(fact, named[fact]) for fact in FACTS if fact in named)


def _form(
    case: Case,
    basis: Basis,
    outcome: Outcome,
    channel: Channel,
    known: dict[str, object],
    *,
    own_choice: bool,
    in_kind: bool,
) -> Form | None:
    if channel.way and channel.way.form:
        return channel.way.form  # type: ignore[return-value]
    if outcome in ("not_entitled", "below_minimum"):
        return "own_arrangement"
    if outcome != "entitled":
        return None
    if in_kind:
        return "transport"
    if own_choice or known.get("money_claimed") or not _ride_possible(case, basis):
        return "reimbursement"
    return "transport_or_reimbursement"


def _ride_possible(case: Case, basis: Basis) -> bool:
    """Chapter 1 gave only money until 30 June 2016."""
    probe = explore(ride_or_money, law_date=case.trip_date, known={}, domains={})
    return basis.code not in ("gp", "out_of_hours_gp", "specialist") or probe[0].result


def _unused(use_amounts_of: int | None, amounts: Amounts) -> str:
    if use_amounts_of is None or any(each.stands_in for each in amounts.used.values()):
        return ""
    return str(use_amounts_of)
