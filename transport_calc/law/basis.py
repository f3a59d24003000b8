"""Which law applies: the first question of every decision."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from transport_calc.engine.provision import Provision
from transport_calc.law import doctor, hospital, rehabilitation, training
from transport_calc.law import payer as payers
from transport_calc.law.orders import bek_chapter
from transport_calc.law.right import Right
from transport_calc.law.situation import Situation

BARNETS_LOV_IN_FORCE = date(2024, 1, 1)


class Basis(NamedTuple):
    """A legal basis: its code, its citation on a day, its question of right, and its grounds by code.

    The grounds are alternatives: one is enough. Bases without grounds have an empty tuple.
    """

    code: str
    cites: Callable[[date], str]
    right: Callable[[Situation], Right]
    grounds: tuple[tuple[str, Provision[bool]], ...] = ()
    payer: Provision[payers.Payer] | None = None


def _statute(text: str) -> Callable[[date], str]:
    return lambda on: text


def _with_chapter(statute: str, chapter: int) -> Callable[[date], str]:
    cite = bek_chapter(chapter)
    return lambda on: f"{statute}; {cite(on)}"


REHABILITATION = Basis(
    "rehabilitation",
    _with_chapter("sundhedsloven § 172", 4),
    rehabilitation.right_to_transport,
    (
        ("pension", rehabilitation.pension_ground),
        ("distance", rehabilitation.distance_ground),
        ("health", rehabilitation.health_ground),
    ),
    payers.pays_for_rehabilitation,
)
TRAINING_WITHOUT_PLAN = Basis(
    "training_without_plan", _statute("serviceloven § 86, stk. 1"), training.rehabilitation_without_plan
)
MAINTENANCE_TRAINING = Basis(
    "maintenance_training", _statute("serviceloven § 86, stk. 2"), training.maintenance_training
)
AELDRELOVEN = Basis("aeldreloven", _statute("ældreloven §§ 9-10"), training.rehabilitation_without_plan)
BARNETS_LOV = Basis("barnets_lov", _statute("barnets lov §§ 86, 90"), training.rehabilitation_without_plan)
FREE_PHYSIOTHERAPY = Basis("free_physiotherapy", _statute("sundhedsloven § 140 a"), training.free_physiotherapy)
SUBSIDISED_PHYSIOTHERAPY = Basis(
    "subsidised_physiotherapy", _statute("sundhedsloven kap. 53; serviceloven § 117"), training.subsidised_physiotherapy
)
GP = Basis(
    "gp",
    _with_chapter("sundhedsloven § 170", 1),
    doctor.right_to_gp,
    (("pension", doctor.gp_pension),),
    payers.pays_for_doctor,
)
OUT_OF_HOURS_GP = Basis(
    "out_of_hours_gp",
    _with_chapter("sundhedsloven § 170", 1),
    doctor.right_to_out_of_hours_gp,
    (("pension", doctor.gp_pension),),
)
SPECIALIST = Basis(
    "specialist",
    _with_chapter("sundhedsloven § 170", 1),
    doctor.right_to_specialist,
    (("pension", doctor.specialist_pension_ground), ("distance", doctor.specialist_distance_ground)),
    payers.pays_for_doctor,
)
HOSPITAL = Basis(
    "hospital",
    _with_chapter("sundhedsloven § 171", 3),
    hospital.right_to_hospital,
    (
        ("pension", hospital.pension_ground),
        ("distance", hospital.distance_ground),
        ("health", hospital.health_ground),
    ),
    payers.pays_for_hospital,
)
NOT_LISTED = Basis("not_listed", _statute("sundhedsloven kap. 53"), training.other_treatment)

BASES = {
    basis.code: basis
    for basis in (
        REHABILITATION,
        TRAINING_WITHOUT_PLAN,
        MAINTENANCE_TRAINING,
        AELDRELOVEN,
        BARNETS_LOV,
        FREE_PHYSIOTHERAPY,
        SUBSIDISED_PHYSIOTHERAPY,
        GP,
        OUT_OF_HOURS_GP,
        SPECIALIST,
        HOSPITAL,
        NOT_LISTED,
    )
}

_FIXED = {
    "free_physiotherapy": FREE_PHYSIOTHERAPY,
    "subsidised_physiotherapy": SUBSIDISED_PHYSIOTHERAPY,
    "gp": GP,
    "out_of_hours_gp": OUT_OF_HOURS_GP,
    "specialist": SPECIALIST,
    "hospital": HOSPITAL,
    "other": NOT_LISTED,
}


def legal_basis(case: Situation) -> Basis:
    """The legal basis of a trip. Only rehabilitation and training depend on more than the purpose."""
    if case.purpose in _FIXED:
        return _FIXED[case.purpose]
    if case.purpose == "rehabilitation" and rehabilitation.rehabilitation_plan(case):
        return REHABILITATION
    return _training_basis(case)


def _training_basis(case: Situation) -> Basis:
    if case.law_date >= training.AELDRELOVEN_IN_FORCE and training.covered_by_aeldreloven(case):
        rehabilitation_goes_on = case.purpose == "rehabilitation" and training.old_decision_still_valid(case)
        return TRAINING_WITHOUT_PLAN if rehabilitation_goes_on else AELDRELOVEN
    if case.purpose == "maintenance_training":
        return MAINTENANCE_TRAINING
    if case.law_date >= BARNETS_LOV_IN_FORCE and case.is_child:
        return BARNETS_LOV
    return TRAINING_WITHOUT_PLAN
