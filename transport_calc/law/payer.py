"""Who pays: §§ 8, 20 and 25 of BEK 816/2018, as they stood since 2008."""

from __future__ import annotations

from typing import Literal

from transport_calc.engine.provision import provision
from transport_calc.law.orders import FIRST_DAY, bek
from transport_calc.law.situation import Situation

Payer = Literal["municipality_of_residence", "municipality_of_stay", "region_of_residence", "region_of_stay"]


@provision("payer_rehabilitation", cites=bek(25, stk="1"), since=FIRST_DAY)
def pays_for_rehabilitation(case: Situation) -> Payer:
    """§ 25, stk. 1: the municipality of residence pays, for specialised rehabilitation at a hospital as well."""
    return "municipality_of_residence"


@provision("payer_doctor", cites=bek(8), since=FIRST_DAY)
def pays_for_doctor(case: Situation) -> Payer:
    """§ 8: the municipality where the patient stays when the transport is asked for."""
    return "municipality_of_stay"


@provision("payer_hospital", cites=bek(20), since=FIRST_DAY)
def pays_for_hospital(case: Situation) -> Payer:
    """§ 20: the region of residence; for an ambulance or acute treatment away from home, the region of stay."""
    if case.mobility == "special_vehicle" or case.acute_away_from_home:
        return "region_of_stay"
    return "region_of_residence"
