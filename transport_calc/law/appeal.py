"""Where a decision can be complained of: it follows from the legal basis and the date of the decision.

Transport under sundhedsloven §§ 170-172 could be brought before Styrelsen for Patientklager until the right was
taken away; the act that did so is of 30 December 2024, the first consolidated text without it of 28 October 2025.
When exactly it took effect in between is not known, and the product says so.
"""

from datetime import date
from typing import NamedTuple

LAST_DAY_BEFORE_REPEAL_ACT = date(2024, 12, 29)
FIRST_DAY_SURELY_REPEALED = date(2025, 10, 28)


class Appeal(NamedTuple):
    """`code` selects the wording; `body` and `deadline` are None where there is none or it is not known."""

    code: str
    body: str | None
    deadline: str | None
    citation: str


_SOCIAL = Appeal("social", "Ankestyrelsen", "4 weeks", "serviceloven § 166; retssikkerhedsloven §§ 60, 66, 67")
_AELDRE = Appeal("social", "Ankestyrelsen", "4 weeks", "ældreloven § 30; retssikkerhedsloven kap. 10")
_HEALTH_BASES = {"rehabilitation": 5, "gp": 5, "out_of_hours_gp": 5, "specialist": 5, "not_listed": 5, "hospital": 6}
_SOCIAL_BASES = {"training_without_plan": _SOCIAL, "maintenance_training": _SOCIAL, "aeldreloven": _AELDRE}


def appeal(basis: str, decided_on: date) -> Appeal:
    """The complaint route of a decision on a legal basis, taken on a day."""
    if basis in _HEALTH_BASES:
        return _health_appeal(_HEALTH_BASES[basis], decided_on)
    if basis == "free_physiotherapy":
        return Appeal(
            "patient_agency",
            "Styrelsen for Patientklager",
            "4 weeks",
            "lov om klage- og erstatningsadgang § 5, nr. 7, jf. § 10",
        )
    if basis in _SOCIAL_BASES:
        return _SOCIAL_BASES[basis]
    if basis == "subsidised_physiotherapy":
        return Appeal("none_117", None, None, "serviceloven § 117, stk. 2")
    return Appeal("not_checked", None, None, "barnets lov")


def _health_appeal(section: int, decided_on: date) -> Appeal:
    number = "nr. 11" if section == 5 else "nr. 13"
    if decided_on <= LAST_DAY_BEFORE_REPEAL_ACT:
        cites = f"lov om klage- og erstatningsadgang (LBK 962/2024) § {section}, {number}, jf. § 10"
        return Appeal("patient_agency", "Styrelsen for Patientklager", "4 weeks", cites)
    if decided_on >= FIRST_DAY_SURELY_REPEALED:
        cites = "lov om klage- og erstatningsadgang (LBK 1250/2025) §§ 5-6; lov nr. 1673/2024"
        return Appeal("none", None, None, cites)
    return Appeal("in_between", None, None, "lov nr. 1673/2024")
