"""The interview as a value: what was answered, what is not known, and which question comes next.

It asks nothing itself and decides nothing: it is given the decision on the answers so far and picks from what is
still missing there. So no question is moot, and none is asked twice.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from transport_calc.facts import FACTS, REQUIRED, Case
from transport_calc.measures import MEASURES, inputs

if TYPE_CHECKING:
    from transport_calc.decision import Decision

GROUPS: dict[str, tuple[str, ...]] = {
    "what_for": (
        "purpose",
        "hospital_based",
        "rehabilitation_level",
        "rehabilitation_area",
        "old_section_86_decision",
        "publicly_funded",
        "within_service_level",
        "specialty",
        "referred",
        "diagnostic_referral",
        "acute_injury",
        "ambulatory_followup",
        "weekend_leave",
        "overnight_needed",
    ),
    "when": ("trip_date", "decision_date", "application_date", "treatment_started", "trip_made"),
    "who": (
        "case_id",
        "municipality",
        "age",
        "insurance_group",
        "pension",
        "pensioner",
        "covered_by_aeldreloven",
        "without_gp",
        "resident_by_stay",
    ),
    "health": ("mobility", "handicap_scheme", "handicap_trips_used"),
    "where": (
        "site",
        "place_choice",
        "seven_day_provider",
        "nearest_specialist",
        "nearest_hindered",
        "acute_away_from_home",
        "endpoint",
        "distance_km",
        "other_route_km",
        "designated_distance_km",
        "designated_entitled",
    ),
    "how": ("can_arrange_own_transport", "transport_offered", "public_transport_available", "means"),
    "money": (
        "public_fare_dkk",
        "paid_dkk",
        "documented",
        "extra_costs_dkk",
        "designated_cost_dkk",
        "already_paid_dkk",
    ),
    "companion": (
        "companion",
        "companion_needed",
        "companion_leg",
        "companion_over_12_hours",
        "companion_cost_dkk",
    ),
}
"""Every fact in the order in which a caseworker talks about a trip."""

_PLACE = {fact: place for place, fact in enumerate(chain.from_iterable(GROUPS.values()))}

_ALSO_READ_BY: dict[str, tuple[str, ...]] = {
    "distance_km": ("cheapest_defensible_means",),
    "public_fare_dkk": ("cheapest_defensible_means",),
    "paid_dkk": ("cheapest_defensible_means",),
    "designated_cost_dkk": ("rehabilitation_own_choice", "hospital_own_choice", "farther_specialist_paid"),
    "can_arrange_own_transport": ("training_without_plan", "maintenance_training"),
}
"""The provisions that a number or an offer serves; the trace names only the facts that a provision reads itself."""

_OF_AN_OFFER = dict.fromkeys(("handicap_scheme", "handicap_trips_used"), "handicapkoersel_approval")
"""The provisions of offers beside the right, which no trace holds."""


class Turn(NamedTuple):
    """One question that was asked and its answer; None is unknown."""

    fact: str
    value: object


class Interview(NamedTuple):
    """Everything said so far: `given` before the first question, then one turn per question; a later turn counts.

    `changing` is an earlier question that is being asked again; its old answer holds until it has a new one.
    """

    given: tuple[Turn, ...] = ()
    turns: tuple[Turn, ...] = ()
    changing: str | None = None

    @property
    def settled(self) -> dict[str, object]:
        """Every fact that was given or asked about, with None for those that are not known."""
        return {turn.fact: turn.value for turn in self.given + self.turns}

    @property
    def answers(self) -> dict[str, object]:
        """The facts that are known."""
        return {fact: value for fact, value in self.settled.items() if value is not None}

    @property
    def skipped(self) -> frozenset[str]:
        """The facts that were asked about and are not known."""
        return frozenset(fact for fact, value in self.settled.items() if value is None)

    def case(self) -> Case | None:
        """The case so far; None while a required fact is open."""
        answers: dict[str, Any] = self.answers
        return Case(**answers) if all(fact in answers for fact in REQUIRED) else None

    def next_question(self, decision: Decision | None) -> str | None:
        """The fact to ask about; None when what matters is settled. `decision` is the one on `case()`.

        The municipality matters to who drives, not to the right: it is asked where something else is open too, or
        where only its own offer can help.
        """
        if self.changing is not None:
            return self.changing
        settled = self.settled
        for fact in REQUIRED:
            if fact not in settled:
                return fact
        if decision is None:
            return None
        if "municipality" not in settled and (decision.missing or decision.outcome == "discretionary"):
            return "municipality"
        still_open = [fact for fact in decision.missing if fact in FACTS and fact not in settled]
        return min(still_open, key=lambda fact: _PLACE.get(fact, len(_PLACE)), default=None)

    def answer(self, fact: str, value: object) -> Interview:
        """With an answer to a question; None is "not known". Raises ValueError for a required fact not known."""
        if value is None and fact in REQUIRED:
            raise ValueError(f"{fact} is required")
        return self._replace(turns=(*self.turns, Turn(fact, value)), changing=None)

    def back(self) -> Interview:
        """One question back: a change under way is dropped; else the last answer, and its question comes again."""
        if self.changing is not None or not self.turns:
            return self._replace(changing=None)
        *rest, last = self.turns
        before = self._replace(turns=tuple(rest))
        return before.change(last.fact) if last.fact in before.settled else before

    def change(self, fact: str) -> Interview:
        """Asks again about a settled fact. Raises KeyError for one that is not settled."""
        if fact not in self.settled:
            raise KeyError(fact)
        return self._replace(changing=fact)


def provisions_reading(fact: str, decision: Decision) -> tuple[str, ...]:
    """The ids of the provisions for whose sake a fact is asked, as they came up in the decision."""
    names = {fact} | {name for name in MEASURES if fact in inputs(name)}
    evaluated = {each.step.provision: names & set(each.step.facts) for each in decision.steps}
    read = [provision for provision, facts in evaluated.items() if facts]
    served = [provision for provision in _ALSO_READ_BY.get(fact, ()) if provision in evaluated]
    offered = [_OF_AN_OFFER[fact]] if fact in _OF_AN_OFFER else []
    return tuple(dict.fromkeys(read + served + offered))
