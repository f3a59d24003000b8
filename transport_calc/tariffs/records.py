"""What a tariff is: products, prices per zone and period, and which municipality belongs to which zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

CONFIDENCES = ("authority", "secondary", "inferred")


class Bilingual(NamedTuple):
    """One sentence in Danish and in English."""

    da: str
    en: str

    def in_language(self, lang: str) -> str:
        """The sentence in a language."""
        return self.da if lang == "da" else self.en


class Source(NamedTuple):
    """Where a figure was read."""

    title: str
    href: str


class Period(NamedTuple):
    """First and last known day; `started`/`ended` tell whether the price is known to change there."""

    first: date
    last: date
    started: bool
    ended: bool

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the period, both ends included."""
        return self.first <= day <= self.last


class Step(NamedTuple):
    """`per_km` kroner for each kilometre from `from_km` to the next step."""

    from_km: Decimal
    per_km: Decimal


class Product(NamedTuple):
    """Something a traffic company sells; its code is what a user types."""

    code: str
    company: str
    name: Bilingual


class Tariff(NamedTuple):
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


class Area(NamedTuple):
    """In this period the municipality belongs to this zone of the product."""

    product: str
    municipality: str
    zone: str
    period: Period
    source: Source
    confidence: str
    note: Bilingual | None


class TariffBook(NamedTuple):
    """Tariff files together. A product without a tariff is known to exist, at an unknown price."""

    products: Mapping[str, Product]
    tariffs: tuple[Tariff, ...]
    areas: tuple[Area, ...]
