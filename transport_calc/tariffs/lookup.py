"""Which tariff applies: to a product, in a zone, on a day; and what is known about products and zones."""

from __future__ import annotations

from datetime import date, timedelta

from transport_calc.tariffs.records import Area, Tariff, TariffBook


class UnknownFare(Exception):
    """The fare is not known. `slots` always hold `product`, `zone` and `date`, and name what is missing."""

    def __init__(self, code: str, slots: dict[str, str]) -> None:
        super().__init__(f"{code}: " + ", ".join(f"{name}={value}" for name, value in slots.items()))
        self.code = code
        self.slots = slots


def asked_for(product: str, zone: str | None, on: date) -> dict[str, str]:
    """What was asked for, as slots."""
    return {"product": product, "zone": zone or "", "date": on.isoformat()}


def tariff_on(book: TariffBook, product: str, zone: str | None, on: date) -> Tariff:
    """The one tariff of a product and zone on a day; raises `UnknownFare` naming the nearest known days."""
    slots = asked_for(product, zone, on)
    if product not in book.products:
        raise UnknownFare("fare_unknown_product", slots | {"choices": ", ".join(sorted(book.products))})
    of_product = tariffs_of(book, product)
    if not of_product:
        raise UnknownFare("fare_price_unknown", slots | {"missing": "price"})
    zones = zones_of(book, product)
    if zone is None and zones:
        raise UnknownFare("fare_zone_missing", slots | {"missing": "zone", "choices": ", ".join(zones)})
    if zone is not None and zone not in zones:
        raise UnknownFare("fare_unknown_zone", slots | {"choices": ", ".join(zones)})
    candidates = [tariff for tariff in of_product if tariff.zone == zone]
    for tariff in candidates:
        if tariff.period.covers(on):
            return tariff
    raise _outside_known_days(candidates, slots, on)


def _outside_known_days(candidates: list[Tariff], slots: dict[str, str], on: date) -> UnknownFare:
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
    return UnknownFare(code, slots | known | {"missing": "price"})


def tariffs_of(book: TariffBook, product: str) -> list[Tariff]:
    """Every tariff of a product."""
    return [tariff for tariff in book.tariffs if tariff.product == product]


def zones_of(book: TariffBook, product: str) -> list[str]:
    """The zones of a product in which a price is known; empty where one price applies everywhere."""
    return sorted({tariff.zone for tariff in tariffs_of(book, product) if tariff.zone is not None})


def known_days(book: TariffBook, product: str) -> dict[str, list[tuple[date, date]]]:
    """First and last day of every unbroken stretch of known prices, by zone; the empty text is a price without zone."""
    found: dict[str, list[tuple[date, date]]] = {}
    for tariff in sorted(tariffs_of(book, product), key=lambda each: (each.zone or "", each.period.first)):
        spans = found.setdefault(tariff.zone or "", [])
        if spans and tariff.period.first == spans[-1][1] + timedelta(days=1):
            spans[-1] = (spans[-1][0], tariff.period.last)
        else:
            spans.append((tariff.period.first, tariff.period.last))
    return found


def area_of(book: TariffBook, product: str, municipality: str, on: date) -> Area | None:
    """What says to which zone a municipality belongs on a day, or `None` when it is not known."""
    for area in book.areas:
        if area.product == product and area.municipality == municipality and area.period.covers(on):
            return area
    return None


def zone_of(book: TariffBook, product: str, municipality: str, on: date) -> str | None:
    """The zone a municipality is known to belong to on a day, or `None` when it is not known."""
    area = area_of(book, product, municipality, on)
    return area.zone if area else None


def flextur_of(book: TariffBook, company: str) -> str | None:
    """The code of a traffic company's Flextur, which anybody may book; `None` where none is known."""
    code = f"{company.casefold()}-flextur"
    return code if code in book.products else None
