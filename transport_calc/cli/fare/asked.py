"""The trip that `fare` is asked about: options read as `check` reads them, every fault found at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from transport_calc.facts import FACTS
from transport_calc.faults import Fault, InvalidInput, safe
from transport_calc.intake.text import Unreadable, fold, parse_fact, slug
from transport_calc.municipalities import Municipality, known_slugs, municipality
from transport_calc.tariffs import Area, TariffBook, area_of, zones_of
from transport_calc.wording import LANGUAGES
from transport_calc.wording.price_table import zone_name


class Asked(NamedTuple):
    """The trip asked for, read and checked; `area` says why the zone follows from the municipality."""

    product: str
    km: Decimal
    on: date
    zone: str | None
    home: Municipality | None
    area: Area | None
    companions: int


def read_trip(book: TariffBook, product: str | None, given: dict[str, str]) -> Asked:
    """The options as values; raises `InvalidInput` with every fault found."""
    faults: list[Fault] = []
    code = _product(book, product, faults)
    # A count like `handicap_trips_used`: a whole number that is not negative.
    kinds = {"trip_date": "trip_date", "distance_km": "distance_km", "companions": "handicap_trips_used"}
    values: dict[str, Any] = {}
    for name, fact in kinds.items():
        try:
            values[name] = parse_fact(FACTS[fact], given.get(name, ""))
        except Unreadable as unreadable:
            faults.append(Fault(unreadable.code, name, safe(given[name]), unreadable.slots))
    if "distance_km" in values and values["distance_km"] is None:
        faults.append(Fault("fare_distance_missing", "distance_km"))
    elif values.get("distance_km") == 0:
        faults.append(Fault("fare_distance_not_positive", "distance_km", safe(given["distance_km"])))
    home = _municipality(given.get("municipality"), faults)
    if faults:
        raise InvalidInput(faults)
    on = values["trip_date"] or date.today()
    zone = _zone(book, code, given["zone"]) if given.get("zone", "").strip() else None
    area = area_of(book, code, home.slug, on) if home and zone is None else None
    zone = area.zone if area else zone
    return Asked(code, values["distance_km"], on, zone, home, area, values["companions"] or 0)


def _product(book: TariffBook, written: str | None, faults: list[Fault]) -> str:
    """The code of a product named by its code or its name."""
    choices = ", ".join(sorted(book.products))
    if written is None or not written.strip():
        faults.append(Fault("fare_product_missing", "PRODUCT", slots={"choices": choices}))
        return ""
    codes = {fold(name): each.code for each in book.products.values() for name in (*each.name, each.code)}
    if fold(written) not in codes:
        nearest = _nearest(fold(written), codes)
        slots = {"choices": choices, "nearest": nearest}
        faults.append(Fault("fare_unknown_product", "PRODUCT", safe(written), slots))
        return ""
    return codes[fold(written)]


def _municipality(written: str | None, faults: list[Fault]) -> Municipality | None:
    if written is None or not written.strip():
        return None
    found = municipality(slug(written))
    if found is None:
        nearest = _nearest(slug(written), {name: name for name in known_slugs()})
        faults.append(Fault("unknown_municipality", "municipality", safe(written), {"nearest": nearest}))
    return found


def _zone(book: TariffBook, product: str, written: str) -> str:
    """The code of a zone named by its code or its name in either language; what was written, if there is none."""
    zones = zones_of(book, product)
    codes = {fold(zone_name(zone, lang)): zone for zone in zones for lang in LANGUAGES} | {fold(z): z for z in zones}
    return codes.get(fold(written), safe(written))


def _nearest(word: str, known: dict[str, str]) -> str:
    from difflib import get_close_matches

    found = get_close_matches(word[:60], known, n=1)
    return known[found[0]] if found else ""
