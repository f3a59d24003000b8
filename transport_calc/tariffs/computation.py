"""What one single trip costs by a tariff: lines that add up, and what a reader of the sum must know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from transport_calc.faults import Fault, InvalidInput
from transport_calc.tariffs.files import load_tariffs
from transport_calc.tariffs.lookup import UnknownFare, asked_for, tariff_on
from transport_calc.tariffs.records import Tariff, TariffBook

_NO_SLOTS: Mapping[str, str] = MappingProxyType({})


class FareLine(NamedTuple):
    """One step of the computation; the amounts of all lines add up to the fare."""

    code: str
    amount: Decimal
    slots: Mapping[str, str] = _NO_SLOTS


class FareNote(NamedTuple):
    """A reservation about the fare: code and the pieces of its sentence."""

    code: str
    slots: Mapping[str, str] = _NO_SLOTS


class Fare(NamedTuple):
    """What one single trip costs for all travellers together, how, from which tariff, and with which reservations."""

    amount: Decimal
    lines: tuple[FareLine, ...]
    tariff: Tariff
    notes: tuple[FareNote, ...]


def fare(
    product: str,
    distance_km: Decimal,
    on: date,
    *,
    data: Path,
    zone: str | None = None,
    companions: int = 0,
    child: bool = False,
    online: bool = False,
    discount_card: bool = False,
) -> Fare:
    """The fare of one single trip on a day, from the tariffs in `data / "tariffs"`; raises `UnknownFare`."""
    return fare_in(
        load_tariffs(data),
        product,
        distance_km,
        on,
        zone=zone,
        companions=companions,
        child=child,
        online=online,
        discount_card=discount_card,
    )


def fare_in(
    book: TariffBook,
    product: str,
    distance_km: Decimal,
    on: date,
    *,
    zone: str | None = None,
    companions: int = 0,
    child: bool = False,
    online: bool = False,
    discount_card: bool = False,
) -> Fare:
    """The fare of one single trip on a day, from tariffs that are already read; raises `UnknownFare`."""
    _refuse_impossible(distance_km, companions)
    tariff = tariff_on(book, product, zone, on)
    wanted = {
        "companions": companions > 0 and tariff.companion_share is None and tariff.companion_per_km is None,
        "child": child and tariff.child_share is None,
        "online": online and tariff.online_rebate is None,
        "discount_card": discount_card and tariff.discount_card_price is None,
    }
    for term, unknown in wanted.items():
        if unknown:
            raise UnknownFare(f"fare_{term}_unknown", asked_for(product, zone, on) | {"missing": term})
    if tariff.companions_max is not None and companions > tariff.companions_max:
        slots = {"companions": str(companions), "maximum": str(tariff.companions_max)}
        raise UnknownFare("fare_too_many_companions", asked_for(product, zone, on) | slots)
    adult = _adult_lines(tariff, distance_km, discount_card)
    lines = adult + _traveller_lines(tariff, distance_km, _total(adult), companions, child)
    if online and tariff.online_rebate is not None:
        rebate = -_total(lines) * tariff.online_rebate
        lines += (FareLine("online_rebate", rebate, {"share": str(tariff.online_rebate)}),)
    return Fare(_total(lines), lines, tariff, _notes(tariff, distance_km, discount_card))


def _refuse_impossible(distance_km: Decimal, companions: int) -> None:
    """Raise `InvalidInput` for a distance or a number of co-travellers that cannot be."""
    faults = []
    if not distance_km.is_finite() or distance_km <= 0:
        faults.append(Fault("fare_distance_not_positive", "distance_km", str(distance_km)))
    if companions < 0:
        faults.append(Fault("fare_companions_negative", "companions", str(companions)))
    if faults:
        raise InvalidInput(faults)


def _total(lines: Iterable[FareLine]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))


def _adult_lines(tariff: Tariff, km: Decimal, discount_card: bool) -> tuple[FareLine, ...]:
    """What one adult alone pays."""
    if discount_card and tariff.discount_card_price is not None:
        return (FareLine("discount_card", tariff.discount_card_price),)
    if tariff.fixed_price is not None:
        return (FareLine("fixed_price", tariff.fixed_price),)
    lines = _distance_lines(tariff, km)
    total = _total(lines)
    if tariff.minimum is not None and total < tariff.minimum:
        lines += (FareLine("raised_to_minimum", tariff.minimum - total, {"minimum": str(tariff.minimum)}),)
    return lines


def _distance_lines(tariff: Tariff, km: Decimal) -> tuple[FareLine, ...]:
    """The base fare and one line for each step that the trip reaches."""
    lines: tuple[FareLine, ...] = ()
    if tariff.base_fare:
        lines += (FareLine("base_fare", tariff.base_fare, {"included_km": str(tariff.included_km)}),)
    ends = [step.from_km for step in tariff.steps[1:]] + [km]
    for step, end in zip(tariff.steps, ends, strict=True):
        driven = min(km, end) - step.from_km
        if driven > 0:
            slots = {"from_km": str(step.from_km), "km": str(driven), "per_km": str(step.per_km)}
            lines += (FareLine("per_km", driven * step.per_km, slots),)
    return lines


def _traveller_lines(tariff: Tariff, km: Decimal, adult: Decimal, companions: int, child: bool) -> tuple[FareLine, ...]:
    """The reduction for a child and the price of co-travellers, who pay by the full fare of one adult."""
    lines: tuple[FareLine, ...] = ()
    if child and tariff.child_share is not None:
        lines += (FareLine("child_share", adult * tariff.child_share - adult, {"share": str(tariff.child_share)}),)
    if companions and tariff.companion_share is not None:
        slots = {"companions": str(companions), "share": str(tariff.companion_share)}
        lines += (FareLine("companion_share", companions * tariff.companion_share * adult, slots),)
    if companions and tariff.companion_per_km is not None:
        slots = {"companions": str(companions), "km": str(km), "per_km": str(tariff.companion_per_km)}
        lines += (FareLine("companion_per_km", companions * tariff.companion_per_km * km, slots),)
    return lines


def _notes(tariff: Tariff, km: Decimal, discount_card: bool) -> tuple[FareNote, ...]:
    """What a reader of the fare must know: unknown minimum, part kilometres, and a period that is only as seen."""
    notes: tuple[FareNote, ...] = ()
    by_distance = tariff.fixed_price is None and not discount_card
    if by_distance and tariff.minimum is None:
        notes += (FareNote("fare_minimum_unknown"),)
    if by_distance and km > tariff.included_km and km != km.to_integral_value():
        notes += (FareNote("fare_part_km_unknown", {"km": str(km)}),)
    if not (tariff.period.started and tariff.period.ended):
        known = {"first_known": tariff.period.first.isoformat(), "last_known": tariff.period.last.isoformat()}
        notes += (FareNote("fare_period_as_seen", known),)
    return notes
