"""The judgement: what is decided about a case, before anything is said about it.

Which law? A right? How much? The companion? The law modules answer for one settled situation; here their answers for
all the ways the unknown facts can fall out are put together.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from transport_calc.claims import Amounts, Claim, claims_of, outcome_of
from transport_calc.decision import Condition, Money
from transport_calc.facts import Case
from transport_calc.law.basis import BARNETS_LOV, BASES, Basis
from transport_calc.law.designated_place import with_what_follows
from transport_calc.law.schemes import Outcome
from transport_calc.law.situation import known_facts, presumptions
from transport_calc.payout import Companion, companion_of, payout

DISTANCE_LIMITS = {
    "rehabilitation": "distance_limit_rehabilitation",
    "specialist": "distance_limit_specialist",
    "hospital": "distance_limit_hospital",
}
"""The dated limit of the distance ground, for the purposes that have one."""


class Judgement(NamedTuple):
    """A case, completed by what follows from its facts, with what the law can read of it (`known`, `presumed`), its
    claims, and what they come to together.
    """

    case: Case
    known: Mapping[str, object]
    presumed: dict[str, object]
    claims: tuple[Claim, ...]
    outcome: Outcome
    conditions: tuple[Condition, ...]
    companion: Companion
    money: Money

    @property
    def basis(self) -> Basis:
        """The basis the grounds, the offers and the complaint are shown for: the one that could give a right."""
        bases = [BASES[claim.basis] for claim in self.claims]
        with_grounds = [basis for basis in bases if basis.grounds]
        for_adults = [basis for basis in bases if basis is not BARNETS_LOV]
        return (with_grounds or for_adults or bases)[0]

    @property
    def by_own_choice(self) -> bool:
        """Whatever the unknown facts are, the person chose another place."""
        return all(claim.right.paid_as_to == "designated" for claim in self.claims)

    @property
    def in_kind(self) -> bool:
        """Whatever the unknown facts are, the ride itself is the benefit."""
        return all(claim.right.in_kind for claim in self.claims)


def judge(case: Case, amounts: Amounts) -> Judgement:
    """What is decided about a case whose facts do not contradict each other."""
    case = with_what_follows(case)
    known = known_facts(case, limits(case, amounts))
    presumed = presumptions(case)
    claims = claims_of(case, known, presumed, amounts)
    outcome, conditions = outcome_of(claims, amounts)
    companion = companion_of(case, claims, outcome, known, presumed, amounts)
    money = payout(case, claims, outcome, companion)
    return Judgement(case, known, presumed, claims, outcome, conditions, companion, money)


def limits(case: Case, amounts: Amounts) -> dict[str, Decimal | int]:
    """The dated limits that the numbers of a case are compared with, by the name the measures read them under."""
    found: dict[str, Decimal | int] = {}
    names = {
        "distance_limit_km": DISTANCE_LIMITS.get(case.purpose) if case.distance_km is not None else None,
        "handicap_trips_per_year": "handicap_trips_per_year" if case.handicap_trips_used is not None else None,
        "age_of_majority": "age_of_majority" if case.age is not None else None,
    }
    for measured, name in names.items():
        value = amounts.value(name) if name else None
        if value is not None:
            found[measured] = value
    if "distance_limit_km" not in found and case.designated_distance_km is not None and case.purpose in DISTANCE_LIMITS:
        value = amounts.value(DISTANCE_LIMITS[case.purpose])
        if value is not None:
            found["distance_limit_km"] = value
    return found
