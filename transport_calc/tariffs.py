"""The fare of one single trip from the dated tariffs of the traffic companies (`data/tariffs/*.toml`).

A tariff says only what its source says. A term that is absent from the file (minimum, co-travellers, child, online
rebate, discount card) is unknown, never zero: `fare` then refuses to answer if the traveller needs that term, or
answers with a note if the term could only raise the price. A date outside every known period is refused by name and
never extrapolated. Steps are marginal, and nothing is rounded, because no source states a rounding.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from transport_calc.faults import Fault, InvalidInput

CONFIDENCES = ("authority", "secondary", "inferred")

_DECIMAL = re.compile(r"\d+(\.\d+)?")
_FILE_KEYS = {"company", "product", "tariff", "area"}
_PRODUCT_KEYS = {"code", "name"}
_PERIOD_KEYS = {"from", "verified_from", "to", "verified_to"}
_ORIGIN_KEYS = {"source", "confidence", "note"}
_AMOUNT_KEYS = {
    "base_fare",
    "included_km",
    "fixed_price",
    "discount_card_price",
    "companion_share",
    "companion_per_km",
    "child_share",
    "online_rebate",
}
_SHARE_KEYS = ("companion_share", "child_share", "online_rebate")
_TARIFF_KEYS = _AMOUNT_KEYS | _PERIOD_KEYS | _ORIGIN_KEYS | {"product", "zone", "steps", "minimum", "companions_max"}
_AREA_KEYS = _PERIOD_KEYS | _ORIGIN_KEYS | {"product", "municipality", "zone"}


@dataclass(frozen=True)
class Bilingual:
    """One sentence in Danish and in English."""

    da: str
    en: str


@dataclass(frozen=True)
class Source:
    """Where a figure was read."""

    title: str
    href: str


@dataclass(frozen=True)
class Period:
    """First and last known day; `started`/`ended` tell whether the price is known to change there."""

    first: date
    last: date
    started: bool
    ended: bool

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the period, both ends included."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Step:
    """`per_km` kroner for each kilometre from `from_km` to the next step."""

    from_km: Decimal
    per_km: Decimal


@dataclass(frozen=True)
class Tariff:
    """The price of a product in one zone and period. `None` is unknown; a `minimum` of 0 is known to be absent."""

    company: str
    product: str
    zone: str | None
    period: Period
    base_fare: Decimal
    included_km: Decimal
    steps: tuple[Step, ...]
    fixed_price: Decimal | None
    minimum: Decimal | None
    discount_card_price: Decimal | None
    companion_share: Decimal | None
    companion_per_km: Decimal | None
    companions_max: int | None
    child_share: Decimal | None
    online_rebate: Decimal | None
    source: Source
    confidence: str
    note: Bilingual | None


@dataclass(frozen=True)
class Area:
    """In this period the municipality belongs to this zone of the product."""

    product: str
    municipality: str
    zone: str
    period: Period
    source: Source


@dataclass(frozen=True)
class TariffBook:
    """All tariff files together. A product without a tariff is known to exist, at an unknown price."""

    products: Mapping[str, Bilingual]
    tariffs: tuple[Tariff, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class FareLine:
    """One step of the computation; the amounts of all lines add up to the fare."""

    code: str
    amount: Decimal
    slots: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FareNote:
    """A reservation about the fare: code and the pieces of its sentence."""

    code: str
    slots: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fare:
    """What one single trip costs for all travellers together, how, from which tariff, and with which reservations."""

    amount: Decimal
    lines: tuple[FareLine, ...]
    tariff: Tariff
    notes: tuple[FareNote, ...]


class UnknownFare(Exception):
    """The fare is not known. `slots` always hold `product`, `zone` and `date`, and name what is missing."""

    def __init__(self, code: str, slots: dict[str, str]) -> None:
        super().__init__(f"{code}: " + ", ".join(f"{name}={value}" for name, value in slots.items()))
        self.code = code
        self.slots = slots


class TariffDataError(Exception):
    """The tariff files cannot be used; carries every problem found."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


# --- the fare ---


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
    _refuse_impossible(distance_km, companions)
    tariff = tariff_on(load_tariffs(data), product, zone, on)
    wanted = {
        "companions": companions > 0 and tariff.companion_share is None and tariff.companion_per_km is None,
        "child": child and tariff.child_share is None,
        "online": online and tariff.online_rebate is None,
        "discount_card": discount_card and tariff.discount_card_price is None,
    }
    for term, unknown in wanted.items():
        if unknown:
            raise UnknownFare(f"fare_{term}_unknown", _slots(product, zone, on) | {"missing": term})
    if tariff.companions_max is not None and companions > tariff.companions_max:
        slots = _slots(product, zone, on) | {"companions": str(companions), "maximum": str(tariff.companions_max)}
        raise UnknownFare("fare_too_many_companions", slots)
    adult = _adult_lines(tariff, distance_km, discount_card)
    lines = adult + _traveller_lines(tariff, distance_km, _total(adult), companions, child)
    if online and tariff.online_rebate is not None:
        rebate = -_total(lines) * tariff.online_rebate
        lines += (FareLine("online_rebate", rebate, {"share": str(tariff.online_rebate)}),)
    return Fare(_total(lines), lines, tariff, _notes(tariff, distance_km, discount_card))


def tariff_on(book: TariffBook, product: str, zone: str | None, on: date) -> Tariff:
    """The one tariff of a product and zone on a day; raises `UnknownFare` naming the nearest known days."""
    slots = _slots(product, zone, on)
    if product not in book.products:
        raise UnknownFare("fare_unknown_product", slots | {"choices": ", ".join(sorted(book.products))})
    of_product = [tariff for tariff in book.tariffs if tariff.product == product]
    if not of_product:
        raise UnknownFare("fare_price_unknown", slots | {"missing": "price"})
    zones = sorted({tariff.zone for tariff in of_product if tariff.zone is not None})
    if zone is None and zones:
        raise UnknownFare("fare_zone_missing", slots | {"missing": "zone", "choices": ", ".join(zones)})
    if zone is not None and zone not in zones:
        raise UnknownFare("fare_unknown_zone", slots | {"choices": ", ".join(zones)})
    candidates = [tariff for tariff in of_product if tariff.zone == zone]
    for tariff in candidates:
        if tariff.period.covers(on):
            return tariff
    earlier = [tariff.period.last for tariff in candidates if tariff.period.last < on]
    later = [tariff.period.first for tariff in candidates if tariff.period.first > on]
    known = ({"last_known": max(earlier).isoformat()} if earlier else {}) | (
        {"first_known": min(later).isoformat()} if later else {}
    )
    if not earlier:
        code = "fare_before_first_known"
    elif not later:
        code = "fare_after_last_known"
    else:
        code = "fare_between_known"
    raise UnknownFare(code, slots | known | {"missing": "price"})


def zone_of(book: TariffBook, product: str, municipality: str, on: date) -> str | None:
    """The zone a municipality is known to belong to on a day, or `None` when it is not known."""
    for area in book.areas:
        if area.product == product and area.municipality == municipality and area.period.covers(on):
            return area.zone
    return None


def _refuse_impossible(distance_km: Decimal, companions: int) -> None:
    """Raise `InvalidInput` for a distance or a number of co-travellers that cannot be."""
    faults = []
    if not distance_km.is_finite() or distance_km <= 0:
        faults.append(Fault("fare_distance_not_positive", "distance_km", str(distance_km)))
    if companions < 0:
        faults.append(Fault("fare_companions_negative", "companions", str(companions)))
    if faults:
        raise InvalidInput(faults)


def _slots(product: str, zone: str | None, on: date) -> dict[str, str]:
    return {"product": product, "zone": zone or "", "date": on.isoformat()}


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


# --- the files ---


@cache
def load_tariffs(data: Path) -> TariffBook:
    """Every tariff file under `data / "tariffs"`; raises `TariffDataError` when any of them is wrong."""
    book, problems = _read(data)
    if problems:
        raise TariffDataError(problems)
    return book


def check_tariffs(data: Path) -> list[str]:
    """Every problem in the tariff files: unknown keys, wrong values, missing sources, overlapping periods."""
    return _read(data)[1]


def _read(data: Path) -> tuple[TariffBook, list[str]]:
    """The book of every readable row, and one problem for each row or file that is wrong."""
    products: dict[str, Bilingual] = {}
    tariffs: list[Tariff] = []
    areas: list[Area] = []
    problems: list[str] = []
    paths = sorted((data / "tariffs").glob("*.toml"))
    if not paths:
        problems.append(f"{data / 'tariffs'}: no tariff files")
    for path in paths:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            company = _text(table, "company")
            _refuse_unknown_keys(table, _FILE_KEYS)
            kinds = {kind: _tables(table, kind) for kind in ("product", "tariff", "area")}
        except ValueError as error:
            problems.append(f"{path.name}: {error}")
            continue
        for kind, rows in kinds.items():
            for number, row in enumerate(rows, start=1):
                try:
                    if kind == "product":
                        products |= _product(row, products)
                    elif kind == "tariff":
                        tariffs.append(_tariff(row, company, products))
                    else:
                        areas.append(_area(row, {tariff.product: None for tariff in tariffs}))
                except ValueError as error:
                    problems.append(f"{path.name}: {kind} {number} ({row.get('product') or row.get('code')}): {error}")
    problems += _overlaps((f"{item.product} {item.zone or ''}".strip(), item.period) for item in tariffs)
    problems += _overlaps((f"{item.product} in {item.municipality}", item.period) for item in areas)
    return TariffBook(products, tuple(tariffs), tuple(areas)), problems


def _product(row: Mapping[str, Any], known: Mapping[str, Bilingual]) -> dict[str, Bilingual]:
    _refuse_unknown_keys(row, _PRODUCT_KEYS)
    code = _text(row, "code")
    if code in known:
        raise ValueError(f"product {code} is declared twice")
    return {code: _bilingual(row, "name")}


def _tariff(row: Mapping[str, Any], company: str, products: Mapping[str, Bilingual]) -> Tariff:
    _refuse_unknown_keys(row, _TARIFF_KEYS)
    amounts = {key: _amount(row, key) for key in _AMOUNT_KEYS}
    for key in _SHARE_KEYS:
        share = amounts[key]
        if share is not None and share > 1:
            raise ValueError(f"{key} is a share of the fare, from 0 to 1")
    steps = _steps(row)
    fixed = amounts["fixed_price"]
    if (fixed is None) != bool(steps) or (fixed is not None and amounts["base_fare"] is not None):
        raise ValueError("either steps (with or without base_fare) or fixed_price is needed")
    if (amounts["base_fare"] is None) != (amounts["included_km"] is None):
        raise ValueError("base_fare and included_km belong together")
    included_km = amounts["included_km"] or Decimal(0)
    if steps and steps[0].from_km != included_km:
        raise ValueError("the first step begins where the base fare ends")
    if amounts["companion_share"] is not None and amounts["companion_per_km"] is not None:
        raise ValueError("companion_share and companion_per_km exclude each other")
    companions_max = row.get("companions_max")
    if companions_max is not None and (type(companions_max) is not int or companions_max < 1):
        raise ValueError("companions_max is a whole number from 1")
    return Tariff(
        company=company,
        product=_declared(row, products),
        zone=_text(row, "zone") if "zone" in row else None,
        period=_period(row),
        base_fare=amounts["base_fare"] or Decimal(0),
        included_km=included_km,
        steps=steps,
        fixed_price=fixed,
        minimum=Decimal(0) if row.get("minimum") == "none" else _amount(row, "minimum"),
        discount_card_price=amounts["discount_card_price"],
        companion_share=amounts["companion_share"],
        companion_per_km=amounts["companion_per_km"],
        companions_max=companions_max,
        child_share=amounts["child_share"],
        online_rebate=amounts["online_rebate"],
        source=_source(row),
        confidence=_confidence(row),
        note=_bilingual(row, "note") if "note" in row else None,
    )


def _area(row: Mapping[str, Any], priced: Mapping[str, None]) -> Area:
    _refuse_unknown_keys(row, _AREA_KEYS)
    _confidence(row)
    return Area(
        product=_declared(row, priced),
        municipality=_text(row, "municipality"),
        zone=_text(row, "zone"),
        period=_period(row),
        source=_source(row),
    )


def _steps(row: Mapping[str, Any]) -> tuple[Step, ...]:
    steps = []
    for table in _tables(row, "steps"):
        _refuse_unknown_keys(table, {"from_km", "per_km"})
        from_km, per_km = _amount(table, "from_km"), _amount(table, "per_km")
        if from_km is None or per_km is None:
            raise ValueError("a step needs from_km and per_km")
        steps.append(Step(from_km, per_km))
    if any(later.from_km <= earlier.from_km for earlier, later in pairwise(steps)):
        raise ValueError("steps are in order of from_km")
    return tuple(steps)


def _period(row: Mapping[str, Any]) -> Period:
    started, ended = "from" in row, "to" in row
    if started == ("verified_from" in row) or ended == ("verified_to" in row):
        raise ValueError("one of from and verified_from, and one of to and verified_to, is needed")
    first, last = row["from" if started else "verified_from"], row["to" if ended else "verified_to"]
    if any(not isinstance(day, date) or isinstance(day, datetime) for day in (first, last)):
        raise ValueError("the ends of a period are dates")
    if last < first:
        raise ValueError("the period ends before it begins")
    return Period(first, last, started, ended)


def _source(row: Mapping[str, Any]) -> Source:
    table = row.get("source")
    if not isinstance(table, dict):
        raise ValueError("source is missing")
    _refuse_unknown_keys(table, {"title", "href"})
    source = Source(_text(table, "title"), _text(table, "href"))
    if not source.href.startswith(("https://", "http://")):
        raise ValueError("source.href is not a web address")
    return source


def _confidence(row: Mapping[str, Any]) -> str:
    confidence = _text(row, "confidence")
    if confidence not in CONFIDENCES:
        raise ValueError(f"confidence is one of {', '.join(CONFIDENCES)}")
    return confidence


def _declared(row: Mapping[str, Any], products: Mapping[str, object]) -> str:
    product = _text(row, "product")
    if product not in products:
        raise ValueError(f"product {product} is not declared before")
    return product


def _bilingual(row: Mapping[str, Any], key: str) -> Bilingual:
    table = row.get(key)
    if not isinstance(table, dict):
        raise ValueError(f"{key} needs da and en")
    _refuse_unknown_keys(table, {"da", "en"})
    return Bilingual(_text(table, "da"), _text(table, "en"))


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} is missing or not text")
    return value


def _amount(row: Mapping[str, Any], key: str) -> Decimal | None:
    """A figure written as text, so that no float is ever between the file and the sum."""
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError(f'{key} is a number written as text, such as "4.50"')
    return Decimal(value)


def _tables(row: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError(f"{key} is a list of tables")
    return value


def _refuse_unknown_keys(row: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(row) - known)
    if unknown:
        raise ValueError(f"unknown key {', '.join(unknown)}")


def _overlaps(periods: Iterable[tuple[str, Period]]) -> list[str]:
    """One problem for each period that begins before the one before it, of the same name, has ended."""
    ordered = sorted(periods, key=lambda item: (item[0], item[1].first))
    return [
        f"{name}: {earlier.first} to {earlier.last} overlaps {later.first} to {later.last}"
        for (name, earlier), (other, later) in pairwise(ordered)
        if name == other and later.first <= earlier.last
    ]
