"""The fare of one single trip from the dated tariffs of the traffic companies (`data/tariffs/*.toml`).

A tariff says only what its source says. A term that is absent from the file (minimum, co-travellers, child, online
rebate, discount card) is unknown, never zero: `fare` then refuses to answer if the traveller needs that term, or
answers with a note if the term could only raise the price. A date outside every known period is refused by name and
never extrapolated. Steps are marginal, and nothing is rounded, because no source states a rounding.

`records` says what a tariff is, `rows` and `files` read and check them, `lookup` finds the one of a day,
`computation` adds it up.
"""

from __future__ import annotations

from transport_calc.tariffs.computation import Fare, FareLine, FareNote, fare, fare_in
from transport_calc.tariffs.files import TariffDataError, check_tariffs, load_tariffs
from transport_calc.tariffs.lookup import (
    UnknownFare,
    area_of,
    flextur_of,
    known_days,
    tariff_on,
    zone_of,
    zones_of,
)
from transport_calc.tariffs.records import (
    CONFIDENCES,
    Area,
    Bilingual,
    Period,
    Product,
    Source,
    Step,
    Tariff,
    TariffBook,
)

__all__ = [
    "CONFIDENCES",
    "Area",
    "Bilingual",
    "Fare",
    "FareLine",
    "FareNote",
    "Period",
    "Product",
    "Source",
    "Step",
    "Tariff",
    "TariffBook",
    "TariffDataError",
    "UnknownFare",
    "area_of",
    "check_tariffs",
    "fare",
    "fare_in",
    "flextur_of",
    "known_days",
    "load_tariffs",
    "tariff_on",
    "zone_of",
    "zones_of",
]
