"""The sentences about a fare: its lines, its reservations, and why it is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from transport_calc.cli.fare.asked import Asked
from transport_calc.faults import Fault
from transport_calc.tariffs import Bilingual, Fare, FareLine, FareNote, TariffBook, UnknownFare, zones_of
from transport_calc.wording import has_text, text
from transport_calc.wording.fault_view import fault_texts
from transport_calc.wording.numbers import kroner, long_date, short_date, whole
from transport_calc.wording.price_table import zone_name


def line_text(line: FareLine, lang: str) -> str:
    """A line of the computation."""
    slots = {name: whole(Decimal(value), lang) for name, value in line.slots.items()}
    for price in ("per_km", "minimum"):
        if price in line.slots:
            slots[price] = kroner(Decimal(line.slots[price]), lang).removesuffix(" kr.")
    if "share" in line.slots:
        slots["share"] = whole(100 * Decimal(line.slots["share"]), lang)
    beyond = line.code == "per_km" and line.slots["from_km"] != "0"
    return text("fare_line.per_km_beyond" if beyond else f"fare_line.{line.code}", lang, **slots)


def reservations(found: Fare, asked: Asked, book: TariffBook) -> tuple[FareNote, ...]:
    """The reservations of the fare, and what the municipality adds to them."""
    remarks = found.notes
    if asked.area and asked.home:
        others = ", ".join(zone for zone in zones_of(book, asked.product) if zone != asked.zone)
        slots = {"zone": asked.area.zone, "municipality": asked.home.name, "others": others or "-"}
        slots |= {"source": asked.area.source.title, "confidence": asked.area.confidence}
        remarks += (FareNote("fare_zone_of_municipality", slots),)
    company = asked.home.traffic_company if asked.home else ""
    if asked.home and company not in ("", "unknown", found.tariff.company):
        remarks += (FareNote("fare_other_company", {"municipality": asked.home.name, "company": company}),)
    return remarks


def stated_notes(found: Fare, asked: Asked) -> list[Bilingual]:
    """What the data say about the tariff and about the municipality's zone."""
    return [note for note in (found.tariff.note, asked.area and asked.area.note) if note is not None]


def note_text(note: FareNote, lang: str) -> str:
    """A reservation, with its pieces as a person reads them."""
    slots = dict(note.slots)
    for name, value in note.slots.items():
        if name in ("first_known", "last_known"):
            slots[name] = short_date(date.fromisoformat(value), lang)
        elif name == "km":
            slots[name] = whole(Decimal(value), lang)
        elif name in ("zone", "others"):
            slots[name] = ", ".join(zone_name(zone, lang) for zone in value.split(", "))
        elif name == "confidence":
            slots[name] = text(f"confidence.{value}", lang)
    return text(f"note.{note.code}", lang, **slots)


def fault_of(unknown: UnknownFare, asked: Asked, book: TariffBook, lang: str) -> Fault:
    """Why the fare is not known, with its pieces as a person reads them."""
    product = book.products[asked.product]
    name = product.name.in_language(lang)
    slots = dict(unknown.slots)
    for day in ("date", "first_known", "last_known"):
        if day in slots:
            slots[day] = long_date(date.fromisoformat(slots[day]), lang)
    zone = zone_name(slots["zone"], lang)
    trip = text("fare.in_zone", lang, product=name, zone=zone) if zone else name
    slots |= {"product": name, "zone": zone, "trip": trip, "company": product.company}
    slots["choices"] = ", ".join(zone_name(each, lang) for each in zones_of(book, asked.product))
    if asked.home:
        slots["municipality"] = asked.home.name
    return Fault(code_of(unknown, asked), "PRODUCT", slots=slots)


def code_of(unknown: UnknownFare, asked: Asked) -> str:
    """The code of why; a zone that a municipality does not give is a case of its own."""
    if unknown.code == "fare_zone_missing" and asked.home:
        return "fare_zone_of_municipality_unknown"
    return unknown.code


def wrong_and_remedy(fault: Fault, lang: str) -> tuple[str, str]:
    """What is wrong, naming the option, and what to do about it."""
    options = {"trip_date": "--date", "distance_km": "--distance"}
    label = options.get(fault.field, f"--{fault.field}")
    wrong, remedy = fault_texts(fault, lang, label)
    without = f"hint.{fault.code}.none"
    if fault.slots.get("choices") == "" and has_text(without, lang):
        remedy = text(without, lang)
    return wrong, remedy
