"""From a case to a decision: what is judged, and everything that is said about it.

Through which offer? On which grounds? Who pays, and where can one complain? Each is a question of its own beside the
judgement (`transport_calc.judgement`), which alone holds the right and the kroner.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from transport_calc.claims import Amounts, traces_of
from transport_calc.contradictions import beyond_known_law, contradictions
from transport_calc.decision import Condition, Decision, Form, Ground, Margin, Money, Payer, TraceStep
from transport_calc.engine.explore import explore
from transport_calc.engine.provision import REGISTRY
from transport_calc.engine.trace import merge
from transport_calc.facts import Case
from transport_calc.faults import InvalidInput
from transport_calc.judgement import DISTANCE_LIMITS, Judgement, judge
from transport_calc.law.appeal import appeal
from transport_calc.law.basis import BARNETS_LOV, BASES
from transport_calc.law.designated_place import can_be, with_what_follows
from transport_calc.law.doctor import municipality_may_choose_ride as ride_or_money
from transport_calc.law.schemes import Channel, Outcome, choose_channel, offers
from transport_calc.law.situation import DOMAINS
from transport_calc.open_facts import assumed_in, missing_in, moot_in
from transport_calc.parameters import MILEAGE_LOW, Amount, Parameters

if TYPE_CHECKING:
    from transport_calc.municipalities import Municipality, SiteRule
    from transport_calc.prices import Price

_SMALLEST_STEP_KM = Decimal("0.1")


class Essence(NamedTuple):
    """What a decision comes to, without all that is said around it: enough for its row in a batch and its reasons.

    The fields are those of `Decision`.
    """

    case: Case
    outcome: Outcome
    conditions: tuple[Condition, ...]
    form: Form | None
    channel: Channel
    bases: tuple[str, ...]
    legal_basis: str
    reasons: tuple[str, ...]
    open_questions: tuple[str, ...]
    grounds: tuple[Ground, ...]
    amount: Money
    missing: tuple[str, ...]
    unknown_amounts: tuple[str, ...]
    last_known_minimum: Amount | None
    parameters: tuple[Amount, ...]

    @property
    def completed(self) -> Case:
        """The case with what follows from its facts."""
        return with_what_follows(self.case)

    def cite(self, provision: str) -> str:
        """The citation of a provision on the day of the trip."""
        return REGISTRY[provision].citation(self.case.trip_date)


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
    dated_amounts = parameters or _parameters(data, use_amounts_of)
    judged, amounts = judged_case(case, dated_amounts)
    basis, outcome = judged.basis, judged.outcome
    where = municipality_of(case)
    site = _site(judged, where)
    local = _local(judged, site)
    found = essence(case, judged, amounts, where)
    assumed = assumed_in(judged)
    decided_on = case.decision_date or today or date.today()
    steps = merge([*traces_of(judged.claims), judged.companion.steps])
    return Decision(
        case=case,
        status="undetermined" if outcome == "undetermined" else "decided",
        outcome=outcome,
        conditions=found.conditions,
        form=found.form,
        channel=found.channel,
        alternatives=offers(outcome, basis.code, found.channel, where, judged.known, case.trip_date),
        bases=found.bases,
        legal_basis=found.legal_basis,
        reasons=found.reasons,
        open_questions=found.open_questions,
        grounds=found.grounds,
        amount=found.amount,
        missing=found.missing,
        moot=moot_in(judged, found.missing, assumed),
        assumed=assumed,
        unknown_amounts=tuple(amounts.unknown),
        last_known_minimum=found.last_known_minimum,
        prices=_prices(judged, where, amounts),
        payer=_payer(judged),
        appeal=appeal(basis.code, decided_on),
        decided_on=decided_on,
        steps=tuple(TraceStep(step, REGISTRY[step.provision].citation(case.trip_date)) for step in steps),
        parameters=tuple(amounts.used.values()),
        unused_amounts_of=_unused(use_amounts_of, amounts),
        municipality=where,
        next_steps=where.next_steps(_of_adults(found.bases), outcome, local, site) if where else (),
        dated_amounts=dated_amounts,
    )


def judged_case(case: Case, parameters: Parameters) -> tuple[Judgement, Amounts]:
    """The judgement of a case and the amounts it took. Raises `InvalidInput` with every contradiction found."""
    faults = contradictions(case) + beyond_known_law(case, parameters)
    if faults:
        raise InvalidInput(faults)
    amounts = Amounts(parameters, case.trip_date)
    return judge(case, amounts), amounts


def channel_in(judged: Judgement, where: Municipality | None) -> tuple[Channel, Form | None]:
    """Through which channel a ride is had by a municipality's rules, and in what form."""
    channel = choose_channel(
        judged.outcome,
        judged.basis.code,
        where,
        _local(judged, _site(judged, where)),
        own_choice=judged.by_own_choice,
        in_kind=judged.in_kind,
    )
    return channel, _form(judged, channel)


def essence(case: Case, judged: Judgement, amounts: Amounts, where: Municipality | None) -> Essence:
    """What the judgement of a case comes to in a municipality."""
    channel, form = channel_in(judged, where)
    bases = tuple(dict.fromkeys(claim.basis for claim in judged.claims))
    return Essence(
        case=case,
        outcome=judged.outcome,
        conditions=judged.conditions,
        form=form,
        channel=channel,
        bases=bases,
        legal_basis=" / ".join(BASES[code].cites(case.trip_date) for code in bases),
        reasons=tuple(dict.fromkeys(claim.right.reason for claim in judged.claims)),
        open_questions=tuple(dict.fromkeys(claim.right.reason for claim in judged.claims if claim.verdict == "open")),
        grounds=_grounds(judged, amounts),
        amount=judged.money,
        missing=missing_in(judged, channel),
        unknown_amounts=tuple(amounts.unknown),
        last_known_minimum=next((each.last for each in amounts.unknown.values() if each.last), None),
        parameters=tuple(amounts.used.values()),
    )


def _local(judged: Judgement, site: SiteRule | None) -> Mapping[str, object]:
    """What the rules of a municipality are asked with: the facts, and where the plan leads."""
    led = {"site": site.site} if site else {}
    # Not one dict: that would read, and so find out, everything that can be known.
    return ChainMap(led, judged.known, judged.presumed)  # type: ignore[arg-type]  # nothing is ever written to it


def _parameters(data: Path | None, use_amounts_of: int | None) -> Parameters:
    if data is None:
        return _builtin_parameters(use_amounts_of)
    return Parameters(user_data=data, use_amounts_of=use_amounts_of)


@cache
def _builtin_parameters(use_amounts_of: int | None) -> Parameters:
    # The built-in amounts do not change while the program runs; a user's own may.
    return Parameters(use_amounts_of=use_amounts_of)


def municipality_of(case: Case) -> Municipality | None:
    """The profile of a case's municipality; None if none is given or known."""
    if case.municipality is None:
        return None
    # Only a case with a municipality pays for reading the profiles.
    from transport_calc.municipalities import municipality

    return municipality(case.municipality)


def _site(judged: Judgement, where: Municipality | None) -> SiteRule | None:
    """Where a plan leads by the municipality's own rule, when nobody has said where the training takes place.

    Who has chosen the place, or been let down by the seven days, does not train where the plan leads.
    """
    case = judged.case
    chosen = case.site is not None or case.place_choice == "own_choice" or case.seven_day_provider
    return None if where is None or chosen else where.site_rule(judged.basis.code, judged.known)


def _of_adults(bases: tuple[str, ...]) -> tuple[str, ...]:
    """The bases without barnets lov where the age is open: like `Judgement.basis`, the steps are those of an adult."""
    return tuple(code for code in bases if code != BARNETS_LOV.code) or bases


def _grounds(judged: Judgement, amounts: Amounts) -> tuple[Ground, ...]:
    case = judged.case
    grounds = []
    for code, condition in judged.basis.grounds:
        leaves = explore(
            condition, law_date=case.trip_date, known=judged.known, domains=DOMAINS, presumed=judged.presumed
        )
        results = {leaf.result for leaf in leaves if can_be(case, judged.known, leaf.path)}
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


def _prices(judged: Judgement, where: Municipality | None, amounts: Amounts) -> tuple[Price, ...]:
    """The means compared by price, where there is something to compare.

    That is, where public transport does not settle it: health or the day excludes it, or another means was used.
    """
    case = judged.case
    health_excludes = judged.known.get("mobility") in ("excluded", "special_vehicle")
    excluded = health_excludes or case.public_transport_available is False
    other_means_used = case.means not in (None, "public_transport")
    if judged.basis.payer is None or not (excluded or other_means_used):
        return ()
    # Only such a case pays for reading the tariffs.
    from transport_calc.prices import open_means

    rate = amounts.value(MILEAGE_LOW) if case.distance_km is not None else None
    return open_means(case, case.trip_date, where, rate)


def _payer(judged: Judgement) -> Payer | None:
    payer, on = judged.basis.payer, judged.case.trip_date
    if payer is None or judged.outcome != "entitled":
        return None
    leaves = explore(payer, law_date=on, known=judged.known, domains=DOMAINS, presumed=judged.presumed)
    codes = {leaf.result for leaf in leaves}
    return Payer(codes.pop() if len(codes) == 1 else None, payer.citation(on))


def _form(judged: Judgement, channel: Channel) -> Form | None:
    if channel.way and channel.way.form:
        return channel.way.form  # type: ignore[return-value]
    if judged.outcome in ("not_entitled", "below_minimum"):
        return "own_arrangement"
    if judged.outcome != "entitled":
        return None
    if judged.in_kind:
        return "transport"
    if judged.by_own_choice or judged.known.get("money_claimed") or not _ride_possible(judged):
        return "reimbursement"
    return "transport_or_reimbursement"


def _ride_possible(judged: Judgement) -> bool:
    """Chapter 1 gave only money until 30 June 2016."""
    probe = explore(ride_or_money, law_date=judged.case.trip_date, known={}, domains={})
    return judged.basis.code not in ("gp", "out_of_hours_gp", "specialist") or probe[0].result


def _unused(use_amounts_of: int | None, amounts: Amounts) -> str:
    if use_amounts_of is None or any(each.stands_in for each in amounts.used.values()):
        return ""
    return str(use_amounts_of)
