"""A fare, and the list of products, as JSON: money and kilometres as strings with a point, every key always there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from transport_calc.cli.fare.asked import Asked
from transport_calc.cli.fare.sentences import code_of, line_text, note_text, reservations, stated_notes
from transport_calc.law.amount import to_ore
from transport_calc.tariffs import Fare, TariffBook, UnknownFare, known_days, zones_of


def envelope(**filled: Any) -> dict[str, Any]:
    """The answer with every key present."""
    keys: tuple[str, ...] = ("status", "product", "name", "company", "zone", "date", "distance_km", "companions")
    keys += ("one_way_dkk", "return_dkk", "lines", "notes", "period", "source", "confidence", "unknown", "errors")
    empty: dict[str, Any] = dict.fromkeys(keys) | {"lines": [], "notes": [], "errors": []}
    return {"format": "transport-calc/fare/1", **empty, **filled}


def _asked_json(asked: Asked, book: TariffBook, lang: str) -> dict[str, Any]:
    product = book.products[asked.product]
    return {
        "product": product.code,
        "name": product.name.in_language(lang),
        "company": product.company,
        "zone": asked.zone,
        "date": asked.on.isoformat(),
        "distance_km": str(asked.km),
        "companions": asked.companions,
    }


def unknown_json(unknown: UnknownFare, asked: Asked, book: TariffBook, lang: str) -> dict[str, Any]:
    """What was asked for, and what is known of its price on other days and in other zones."""
    known = {
        "code": code_of(unknown, asked),
        "zones": zones_of(book, asked.product),
        "first_known": unknown.slots.get("first_known"),
        "last_known": unknown.slots.get("last_known"),
    }
    return {"status": "unknown", **_asked_json(asked, book, lang), "unknown": known}


def fare_json(found: Fare, asked: Asked, book: TariffBook, lang: str, *, both_ways: bool) -> dict[str, Any]:
    """A fare."""
    one_way = to_ore(found.amount)
    period = found.tariff.period
    lines = [{"code": each.code, "text": line_text(each, lang), "dkk": _kr(each.amount)} for each in found.lines]
    notes = [{"code": each.code, "text": note_text(each, lang)} for each in reservations(found, asked, book)]
    notes += [{"code": "note", "text": each.in_language(lang)} for each in stated_notes(found, asked)]
    return envelope(
        status="known",
        **_asked_json(asked, book, lang),
        one_way_dkk=_kr(one_way),
        return_dkk=_kr(2 * one_way) if both_ways else None,
        lines=lines,
        notes=notes,
        period={
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "starts_there": period.started,
            "ends_there": period.ended,
        },
        source=found.tariff.source._asdict(),
        confidence=found.tariff.confidence,
    )


def catalogue_json(book: TariffBook, lang: str) -> dict[str, Any]:
    """Every product with its zones and the days on which its price is known."""

    def days(first: date, last: date) -> dict[str, str]:
        return {"from": first.isoformat(), "to": last.isoformat()}

    products = [
        {
            "product": each.code,
            "name": each.name.in_language(lang),
            "company": each.company,
            "zones": zones_of(book, each.code),
            "known": [
                {"zone": zone or None, **days(*span)}
                for zone, spans in known_days(book, each.code).items()
                for span in spans
            ],
            "municipalities": [
                {"municipality": area.municipality, "zone": area.zone, **days(area.period.first, area.period.last)}
                for area in book.areas
                if area.product == each.code
            ],
        }
        for each in book.products.values()
    ]
    return {"format": "transport-calc/fares/1", "products": products}


def _kr(amount: Decimal) -> str:
    """Kroner with a point and two decimals, or as many as the line is exact to."""
    return f"{amount:.2f}" if amount == to_ore(amount) else str(amount)
