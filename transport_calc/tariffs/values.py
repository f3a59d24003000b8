"""Single values of a tariff file, read strictly: text, figures written as text, two languages, periods, sources.

Every function raises `ValueError` with what is wrong; `files` adds where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from transport_calc.tariffs.records import CONFIDENCES, Bilingual, Period, Source

_DECIMAL = re.compile(r"\d+(\.\d+)?")


def refuse_unknown_keys(row: Mapping[str, Any], known: Iterable[str]) -> None:
    """A key nobody reads is a slip of the keyboard."""
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise ValueError(f"unknown key {', '.join(unknown)}")


def text_of(row: Mapping[str, Any], key: str) -> str:
    """A text that must be there."""
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} is missing or not text")
    return value


def amount_of(row: Mapping[str, Any], key: str) -> Decimal | None:
    """A figure written as text, so that no float is ever between the file and the sum."""
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError(f'{key} is a number written as text, such as "4.50"')
    return Decimal(value)


def tables_of(row: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """A list of tables; empty if the key is absent."""
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError(f"{key} is a list of tables")
    return value


def bilingual_of(row: Mapping[str, Any], key: str) -> Bilingual:
    """A sentence in both languages."""
    table = row.get(key)
    if not isinstance(table, dict):
        raise ValueError(f"{key} needs da and en")
    refuse_unknown_keys(table, {"da", "en"})
    return Bilingual(text_of(table, "da"), text_of(table, "en"))


def note_of(row: Mapping[str, Any]) -> Bilingual | None:
    """The note of a row, if it has one."""
    return bilingual_of(row, "note") if "note" in row else None


def period_of(row: Mapping[str, Any]) -> Period:
    """First and last day, each either as the source says (`from`, `to`) or as seen (`verified_from`, `verified_to`)."""
    started, ended = "from" in row, "to" in row
    if started == ("verified_from" in row) or ended == ("verified_to" in row):
        raise ValueError("one of from and verified_from, and one of to and verified_to, is needed")
    first, last = row["from" if started else "verified_from"], row["to" if ended else "verified_to"]
    if any(not isinstance(day, date) or isinstance(day, datetime) for day in (first, last)):
        raise ValueError("the ends of a period are dates")
    if last < first:
        raise ValueError("the period ends before it begins")
    return Period(first, last, started, ended)


def source_of(row: Mapping[str, Any]) -> Source:
    """Where the figures of a row were read."""
    table = row.get("source")
    if not isinstance(table, dict):
        raise ValueError("source is missing")
    refuse_unknown_keys(table, {"title", "href"})
    source = Source(text_of(table, "title"), text_of(table, "href"))
    if not source.href.startswith(("https://", "http://")):
        raise ValueError("source.href is not a web address")
    return source


def confidence_of(row: Mapping[str, Any]) -> str:
    """How sure the source is."""
    confidence = text_of(row, "confidence")
    if confidence not in CONFIDENCES:
        raise ValueError(f"confidence is one of {', '.join(CONFIDENCES)}")
    return confidence
