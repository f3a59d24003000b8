"""One row of a tariff file as a product, a tariff or an area; raises `ValueError` with what is wrong with it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from transport_calc.tariffs.records import Area, Product, Step, Tariff
from transport_calc.tariffs.values import (
    amount_of,
    bilingual_of,
    confidence_of,
    note_of,
    period_of,
    refuse_unknown_keys,
    source_of,
    tables_of,
    text_of,
)

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


def read_product(row: Mapping[str, Any], company: str, known: Container[str]) -> Product:
    """A product; `known` are the codes declared before it."""
    refuse_unknown_keys(row, {"code", "name"})
    code = text_of(row, "code")
    if code in known:
        raise ValueError(f"product {code} is declared twice")
    return Product(code, company, bilingual_of(row, "name"))


def read_tariff(row: Mapping[str, Any], company: str, products: Container[str]) -> Tariff:
    """A tariff of one of the declared products."""
    refuse_unknown_keys(row, _TARIFF_KEYS)
    amounts = {key: amount_of(row, key) for key in _AMOUNT_KEYS}
    steps = _steps(row)
    _refuse_contradictions(amounts, steps)
    companions_max = row.get("companions_max")
    if companions_max is not None and (type(companions_max) is not int or companions_max < 1):
        raise ValueError("companions_max is a whole number from 1")
    return Tariff(
        company=company,
        product=_declared(row, products),
        zone=text_of(row, "zone") if "zone" in row else None,
        period=period_of(row),
        base_fare=amounts["base_fare"] or Decimal(0),
        included_km=amounts["included_km"] or Decimal(0),
        steps=steps,
        fixed_price=amounts["fixed_price"],
        minimum=Decimal(0) if row.get("minimum") == "none" else amount_of(row, "minimum"),
        discount_card_price=amounts["discount_card_price"],
        companion_share=amounts["companion_share"],
        companion_per_km=amounts["companion_per_km"],
        companions_max=companions_max,
        child_share=amounts["child_share"],
        online_rebate=amounts["online_rebate"],
        source=source_of(row),
        confidence=confidence_of(row),
        note=note_of(row),
    )


def read_area(row: Mapping[str, Any], priced: Container[str]) -> Area:
    """The zone of a municipality, for a product that has a price."""
    refuse_unknown_keys(row, _AREA_KEYS)
    return Area(
        product=_declared(row, priced),
        municipality=text_of(row, "municipality"),
        zone=text_of(row, "zone"),
        period=period_of(row),
        source=source_of(row),
        confidence=confidence_of(row),
        note=note_of(row),
    )


def _refuse_contradictions(amounts: Mapping[str, Decimal | None], steps: tuple[Step, ...]) -> None:
    for key in _SHARE_KEYS:
        share = amounts[key]
        if share is not None and share > 1:
            raise ValueError(f"{key} is a share of the fare, from 0 to 1")
    fixed = amounts["fixed_price"]
    if (fixed is None) != bool(steps) or (fixed is not None and amounts["base_fare"] is not None):
        raise ValueError("either steps (with or without base_fare) or fixed_price is needed")
    if (amounts["base_fare"] is None) != (amounts["included_km"] is None):
        raise ValueError("base_fare and included_km belong together")
    if steps and steps[0].from_km != (amounts["included_km"] or Decimal(0)):
        raise ValueError("the first step begins where the base fare ends")
    if amounts["companion_share"] is not None and amounts["companion_per_km"] is not None:
        raise ValueError("companion_share and companion_per_km exclude each other")


def _steps(row: Mapping[str, Any]) -> tuple[Step, ...]:
    steps = []
    for table in tables_of(row, "steps"):
        refuse_unknown_keys(table, {"from_km", "per_km"})
        from_km, per_km = amount_of(table, "from_km"), amount_of(table, "per_km")
        if from_km is None or per_km is None:
            raise ValueError("a step needs from_km and per_km")
        steps.append(Step(from_km, per_km))
    if any(later.from_km <= earlier.from_km for earlier, later in pairwise(steps)):
        raise ValueError("steps are in order of from_km")
    return tuple(steps)


def _declared(row: Mapping[str, Any], products: Container[str]) -> str:
    product = text_of(row, "product")
    if product not in products:
        raise ValueError(f"product {product} is not declared before")
    return product
