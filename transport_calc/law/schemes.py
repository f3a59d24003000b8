"""The offers that exist side by side, which one is chosen, and why the others are passed over.

A right under sundhedsloven comes before everything else; individuel handicapkørsel is subsidiary to other law; any
citizen may book Flextur and pay. What a municipality has arranged locally comes from its profile.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from transport_calc.engine.explore import explore
from transport_calc.engine.provision import provision
from transport_calc.law.orders import FIRST_DAY, bek
from transport_calc.law.situation import DOMAINS, Situation

if TYPE_CHECKING:
    from transport_calc.municipalities import Municipality, Way

Outcome = Literal["entitled", "below_minimum", "not_entitled", "discretionary", "undetermined"]
OfferStatus = Literal["right", "may", "excluded", "subsidiary", "undetermined"]


class Offer(NamedTuple):
    """One offer with its status and the code of the reason for it."""

    code: str
    status: OfferStatus
    reason: str


class Channel(NamedTuple):
    """The chosen offer: its code (None where it cannot be told), the local way if there is one, and why.

    `reason` selects the wording where no local way speaks; `depends_on` names the unknown facts it hangs on.
    """

    code: str | None
    reason: str
    way: "Way | None" = None
    depends_on: tuple[str, ...] = ()


def choose_channel(
    outcome: Outcome,
    basis: str,
    municipality: "Municipality | None",
    known: Mapping[str, object],
    *,
    own_choice: bool,
    in_kind: bool,
) -> Channel:
    """Through which offer the citizen gets there or gets the money."""
    if outcome == "undetermined":
        return Channel(None, "undetermined")
    if outcome in ("not_entitled", "below_minimum"):
        return Channel("self_pay", outcome)
    if outcome == "entitled" and own_choice:
        return Channel("reimbursement", "own_choice")
    if municipality is not None:
        choice = municipality.choose_way(basis, known)
        if choice.way:
            return Channel(choice.way.channel, "local", choice.way)
        if choice.depends_on:
            return Channel(None, "depends", depends_on=choice.depends_on)
    return _without_local_way(outcome, known, in_kind=in_kind)


def _without_local_way(outcome: Outcome, known: Mapping[str, object], *, in_kind: bool) -> Channel:
    if outcome == "discretionary":
        return Channel(None, "local_rule_unknown")
    if in_kind:
        return Channel(None, "offered_ride")
    health_excludes = known.get("mobility") in ("excluded", "special_vehicle")
    if health_excludes and not known.get("money_claimed"):
        return Channel(None, "ride_or_money")
    return Channel("reimbursement", "reimbursement")


@provision("handicapkoersel_approval", cites="lov om trafikselskaber § 11", since=FIRST_DAY)
def handicapkoersel(case: Situation) -> OfferStatus:
    """§ 11: individuel handicapkørsel is for the approved, at least 104 single trips a year."""
    if not case.handicap_scheme:
        return "excluded"
    return "may" if case.handicap_trips_left else "excluded"


BASES_WITH_POINTERS = (
    "training_without_plan",
    "maintenance_training",
    "aeldreloven",
    "barnets_lov",
    "free_physiotherapy",
    "subsidised_physiotherapy",
)
TRAINING_BASES = ("rehabilitation", "training_without_plan", "maintenance_training", "aeldreloven", "barnets_lov")


def offers(
    outcome: Outcome,
    basis: str,
    channel: Channel,
    municipality: "Municipality | None",
    known: Mapping[str, object],
    law_date: date,
) -> tuple[Offer, ...]:
    """Every offer with its status, the chosen one first."""
    found = [
        _arranged_ride(outcome, basis, channel),
        _flextur(outcome, channel, municipality),
        _handicapkoersel(outcome, known, law_date),
        _reimbursement(outcome),
        *_pointers(basis),
        *_overnight(outcome, known),
    ]
    return tuple(sorted(found, key=lambda offer: offer.code != channel.code))


@provision("overnight_stay", cites=bek(26), since=FIRST_DAY)
def overnight_stay(case: Situation) -> bool:
    """§ 26: who has a right, and whose ambulatory treatment makes an overnight stay necessary, gets it covered."""
    return case.overnight_needed


def _overnight(outcome: Outcome, known: Mapping[str, object]) -> tuple[Offer, ...]:
    """The rates of the state circular are not known to the product, so there is a right without an amount."""
    if known.get("overnight_needed") and outcome == "entitled":
        return (Offer("overnight", "right", "overnight_right"),)
    return ()


def _pointers(basis: str) -> tuple[Offer, ...]:
    """Other laws that may pay where no law on transport gives a right; each has conditions of its own."""
    if basis not in BASES_WITH_POINTERS:
        return ()
    codes = ("individual_transport_117", "compensation_100", "personal_supplement")
    return tuple(Offer(code, "may", f"pointer_{code}") for code in codes)


def _arranged_ride(outcome: Outcome, basis: str, channel: Channel) -> Offer:
    code = "training_department" if basis in TRAINING_BASES else "traffic_company"
    if channel.code == "provider_books":
        code = channel.code
    if channel.reason == "own_choice":
        return Offer(code, "excluded", "ride_own_choice")
    statuses: dict[Outcome, OfferStatus] = {
        "entitled": "right",
        "below_minimum": "may",
        "not_entitled": "excluded",
        "discretionary": "may",
        "undetermined": "undetermined",
    }
    return Offer(code, statuses[outcome], f"ride_{outcome}")


def _flextur(outcome: Outcome, channel: Channel, municipality: "Municipality | None") -> Offer:
    if channel.code == "nt_flextur":
        return Offer("nt_flextur", "right" if outcome == "entitled" else "may", f"flextur_{outcome}")
    if municipality is None or not municipality.traffic_company:
        return Offer("nt_flextur", "undetermined", "flextur_area_unknown")
    if municipality.traffic_company == "NT":
        return Offer("nt_flextur", "may", "flextur_own_expense")
    return Offer("nt_flextur", "excluded", "flextur_other_company")


def _handicapkoersel(outcome: Outcome, known: Mapping[str, object], law_date: date) -> Offer:
    if outcome in ("entitled", "below_minimum"):
        return Offer("handicapkoersel", "subsidiary", "other_law_pays")
    leaves = explore(handicapkoersel, law_date=law_date, known=known, domains=DOMAINS)
    statuses = {leaf.result for leaf in leaves}
    if statuses == {"excluded"}:
        reason = "no_trips_left" if known.get("handicap_scheme") else "not_approved"
        return Offer("handicapkoersel", "excluded", reason)
    if outcome == "undetermined" or len(statuses) > 1:
        reason = "approval_unknown" if "handicap_scheme" not in known else "trips_unknown"
        return Offer("handicapkoersel", "undetermined", reason if len(statuses) > 1 else "other_law_unsettled")
    return Offer("handicapkoersel", "may", "approved")


def _reimbursement(outcome: Outcome) -> Offer:
    statuses: dict[Outcome, OfferStatus] = {
        "entitled": "right",
        "below_minimum": "excluded",
        "not_entitled": "excluded",
        "discretionary": "may",
        "undetermined": "undetermined",
    }
    return Offer("reimbursement", statuses[outcome], f"reimbursement_{outcome}")
