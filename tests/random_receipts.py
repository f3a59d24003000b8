"""Random receipts as texts: every purpose, every fact, numbers on and beside every limit."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from transport_calc.facts import FACTS, FactInfo

FIRST, LAST = date(2008, 9, 1), date(2027, 12, 31)
TURNS = (date(2010, 1, 1), date(2016, 7, 1), date(2018, 7, 1), date(2024, 1, 1), date(2025, 7, 1), date(2027, 1, 1))

KILOMETRES = ("0", "4,5", "12", "12,0", "49,9", "50", "50,0", "50,001", "50,1", "62,25", "100,125", "3,4 km")
KRONER = (
    "0",
    "20",
    "47,99",
    "48",
    "48,00",
    "48,01",
    "80",
    "112,99",
    "113,00",
    "113,01",
    "250,50",
    "1.234,50",
    "kr. 99,95",
)
WHOLE = ("0", "5", "17", "18", "67", "103", "104", "120")
MUNICIPALITIES = (
    "Brønderslev",
    "broenderslev",
    "Randers",
    "Aalborg",
    "København",
    "Odense",
    "Viborg Kommune",
    "Hjørring",
)


def columns(random: Random, most: int = 16) -> list[str]:
    """The facts of one file: the date, the purpose, and some others."""
    others = [name for name in FACTS if name not in ("purpose", "trip_date")]
    return ["trip_date", "purpose", *random.sample(others, random.randint(0, min(most, len(others))))]


def receipt(random: Random, names: list[str]) -> list[str]:
    """One row of texts; about a third of its cells are empty."""
    return [_text(random, FACTS[name]) for name in names]


def _text(random: Random, info: FactInfo) -> str:
    required = info.name in ("purpose", "trip_date")
    if not required and random.random() < 0.35:
        return ""
    if info.kind == "date":
        return _date(random)
    if info.kind == "bool":
        return random.choice(("ja", "nej", "j", "NEJ", "true", "0"))
    if info.kind == "choice":
        code = random.choice(list(info.choices))
        return random.choice((code, info.choices[code]))
    if info.kind == "slug":
        return random.choice(MUNICIPALITIES)
    if info.kind == "whole":
        return random.choice(WHOLE)
    if info.kind == "decimal":
        return random.choice(KILOMETRES if info.unit == "km" else KRONER)
    return f"S-{random.randint(1, 9)}"


def _date(random: Random) -> str:
    near = random.random() < 0.3
    day = (
        random.choice(TURNS) + timedelta(days=random.randint(-1, 1))
        if near
        else FIRST + timedelta(days=random.randint(0, (LAST - FIRST).days))
    )
    return random.choice((f"{day:%d-%m-%Y}", day.isoformat(), f"{day.day}/{day.month}/{day.year}"))
