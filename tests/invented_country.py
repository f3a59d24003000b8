"""Havland, an invented country with a ferry toll: six provisions, two wordings of one of them, no Danish law.

The toll in words: a ship that seeks shelter from a storm passes free. So does a resident; from 1950 no longer by
steamer. Otherwise a passage at night or with salt costs the full toll and every other passage half of it. From 1910
to 1919 there was a duty on salt. The pilot is compulsory for steamers, and the rule moved to another act in 1930.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from transport_calc.engine.provision import Provision, provision

Vessel = Literal["rowboat", "sailboat", "steamer"]
Cargo = Literal["fish", "salt", "none"]
Toll = Literal["free", "half", "full"]

HAVLAND: dict[str, Provision[Any]] = {}
"""The registry of the invented country."""

TOLL_ACT = date(1900, 1, 1)
STEAMERS_PAY_FROM = date(1950, 1, 1)
LAST_DAY_RESIDENTS_ALL_FREE = date(1949, 12, 31)
SALT_DUTY_FROM = date(1910, 1, 1)
SALT_DUTY_UNTIL = date(1919, 12, 31)
HARBOUR_ACT = date(1930, 1, 1)

DOMAINS: dict[str, tuple[object, ...]] = {
    "storm": (True, False),
    "resident": (True, False),
    "vessel": ("rowboat", "sailboat", "steamer"),
    "at_night": (True, False),
    "cargo": ("fish", "salt", "none"),
}
NO_STORM: dict[str, object] = {"storm": False}
"""Nobody has said that there was a storm."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One passage with every fact settled."""

    law_date: date
    storm: bool = False
    resident: bool = False
    vessel: Vessel = "rowboat"
    at_night: bool = False
    cargo: Cargo = "fish"


@provision("shelter", cites="Toll Act § 1", since=TOLL_ACT, registry=HAVLAND)
def shelter(case: Passage) -> bool:
    """§ 1: a ship that seeks shelter from a storm."""
    return case.storm


@provision("resident_exempt", cites="Toll Act § 2", since=TOLL_ACT, until=LAST_DAY_RESIDENTS_ALL_FREE, registry=HAVLAND)
def resident_exempt_1900(case: Passage) -> bool:
    """§ 2: residents."""
    return case.resident


@provision("resident_exempt", cites="Toll Act § 2 a", since=STEAMERS_PAY_FROM, registry=HAVLAND)
def resident_exempt(case: Passage) -> bool:
    """§ 2 a: residents, but not by steamer."""
    return case.resident and case.vessel != "steamer"


@provision("dear_passage", cites="Toll Act § 3", since=TOLL_ACT, registry=HAVLAND)
def dear_passage(case: Passage) -> bool:
    """§ 3: a passage at night or with salt."""
    return case.at_night or case.cargo == "salt"


@provision("salt_duty", cites="Salt Act § 1", since=SALT_DUTY_FROM, until=SALT_DUTY_UNTIL, registry=HAVLAND)
def salt_duty(case: Passage) -> bool:
    """§ 1: a duty on salt."""
    return case.cargo == "salt"


def _pilot_cites(on: date) -> str:
    return "Toll Act § 9" if on < HARBOUR_ACT else "Harbour Act § 4"


@provision("pilot", cites=_pilot_cites, since=TOLL_ACT, registry=HAVLAND)
def pilot(case: Passage) -> bool:
    """A steamer must take a pilot."""
    return case.vessel == "steamer"


@provision("toll", cites="Toll Act", since=TOLL_ACT, registry=HAVLAND)
def toll(case: Passage) -> Toll:
    """What a passage costs."""
    if shelter(case) or resident_exempt(case):
        return "free"
    return "full" if dear_passage(case) else "half"
