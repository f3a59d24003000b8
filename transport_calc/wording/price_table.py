"""The comparison of means by price as rows a person reads: means, price, and why it stands where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from transport_calc.wording import has_text, text
from transport_calc.wording.numbers import kroner, short_date

if TYPE_CHECKING:
    from transport_calc.prices import Price


class PriceRow(NamedTuple):
    """One means in words."""

    means: str
    price: str
    why: str


def price_rows(prices: Iterable[Price], lang: str) -> tuple[PriceRow, ...]:
    """A row for each means, in the order of the comparison."""
    return tuple(PriceRow(text(f"means.{each.means}", lang), _price(each, lang), _why(each, lang)) for each in prices)


def zone_name(zone: str, lang: str) -> str:
    """A zone of a tariff as a person calls it; its code where no word is known."""
    return text(f"zone.{zone}", lang) if has_text(f"zone.{zone}", lang) else zone


def _price(price: Price, lang: str) -> str:
    if price.dkk is None:
        return text("price.unknown", lang)
    amount = kroner(price.dkk, lang)
    return text("price.at_least", lang, amount=amount) if price.at_least else amount


def _why(price: Price, lang: str) -> str:
    """The status and the reason; of a dearer or an unknown price the reason says both."""
    slots = {name: _slot(name, value, lang) for name, value in price.slots.items()}
    reason = text(f"why_price.{price.why}", lang, **slots)
    if price.status in ("dearer", "price_unknown"):
        return reason
    return f"{text(f'price.{price.status}', lang)}: {reason}"


def _slot(name: str, value: str, lang: str) -> str:
    if name == "than":
        return text(f"means.{value}", lang)
    if name == "difference":
        return kroner(Decimal(value), lang)
    if name in ("date", "first_known", "last_known"):
        return short_date(date.fromisoformat(value), lang)
    if name == "zone":
        return zone_name(value, lang)
    if name == "choices":
        return ", ".join(zone_name(zone, lang) for zone in value.split(", ") if zone)
    return value
