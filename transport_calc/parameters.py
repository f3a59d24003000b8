"""Dated amounts: what applies on a day, from which source, and how sure it is.

Amounts live in `data/*.toml`, one closed span after the other. A date without an amount is refused by name; nothing
is extrapolated. A folder of the user's own may add years that the product does not know, and `use_amounts_of` may
fill a gap with another year's amounts; both are named wherever the amount is used.
"""

import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from transport_calc import plain_toml

MINIMUM_PENSIONER = "minimum_pensioner"
MINIMUM_OTHER = "minimum_other"
MILEAGE_LOW = "mileage_low"

THRESHOLDS = (MINIMUM_PENSIONER, MINIMUM_OTHER)
_THRESHOLD_FILE = "thresholds_"


def builtin_data() -> Path:
    """The folder of the data that comes with the product: inside the package, or beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(package, "data")
    if os.path.isdir(inside):
        return Path(inside)
    return Path(os.path.dirname(package), "data")


class Amount(NamedTuple):
    """One value of a dated parameter; `end` is the last day it applies, None where no end is known.

    `after_gap` says why the time before `start` has no value, where that is known to be so. `confidence` is order,
    authority, secondary, inferred or user. `stands_in` names the year whose value fills a gap, and is empty for an
    amount that really applies on the day.
    """

    name: str
    value: Decimal
    unit: str
    start: date
    end: date | None
    source: str
    href: str
    verified_on: date
    confidence: str
    note: str = ""
    after_gap: str = ""
    stands_in: str = ""

    def applies(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)


class BadDataFile(ValueError):
    """A data file that is malformed; the message names the file, the place and what is wrong."""


class UnknownAmount(Exception):
    """No value of a parameter is known for a day; `last` is the newest value before it, None if there is none."""

    def __init__(self, name: str, on: date, last: Amount | None) -> None:
        last_known = f"the last known is {last.end or last.start}" if last else "none is known before it either"
        super().__init__(f"no {name} is known for {on.isoformat()}; {last_known}")
        self.name = name
        self.on = on
        self.last = last


class Parameters:
    """The dated amounts of the built-in folder and of a user's folder, read when they are first asked for."""

    def __init__(self, *, user_data: Path | None = None, use_amounts_of: int | None = None) -> None:
        self.folders = [builtin_data()] + ([user_data] if user_data is not None and user_data.is_dir() else [])
        self.use_amounts_of = use_amounts_of
        self._files: dict[Path, dict[str, list[Amount]]] = {}
        self._years: list[tuple[int, Path]] | None = None
        self._found: dict[str, list[Path]] = {}

    def at(self, name: str, on: date) -> Amount:
        """The value on a day, from the year named by `use_amounts_of` if the day has none; raises `UnknownAmount`."""
        try:
            return self._look_up(name, on)
        except UnknownAmount as unknown:
            if self.use_amounts_of is None:
                raise
            try:
                substitute = self._look_up(name, date(self.use_amounts_of, 12, 31))
            except UnknownAmount:
                raise unknown from None
            return substitute._replace(stands_in=str(self.use_amounts_of))

    def series(self, name: str) -> list[Amount]:
        """Every known value of a parameter, oldest first."""
        return sorted((amount for path in self.files() for amount in self._read(path).get(name, [])), key=_start)

    def files(self) -> list[Path]:
        """The files that hold dated amounts."""
        return [path for _, path in self._threshold_files()] + [
            folder / name for folder in self.folders for name in (_MILEAGE, _LIMITS) if (folder / name).is_file()
        ]

    def _look_up(self, name: str, on: date) -> Amount:
        last: Amount | None = None
        for amount in self._newest_first(name, on):
            if amount.applies(on):
                return amount
            if amount.start <= on:
                last = amount
                break
        raise UnknownAmount(name, on, last)

    def _newest_first(self, name: str, on: date) -> Iterator[Amount]:
        """The values of a parameter from the year of `on` backwards, reading no file before it is needed."""
        if name in THRESHOLDS:
            paths = [path for year, path in sorted(self._threshold_files(), reverse=True) if year <= on.year]
        else:
            paths = self._in_folders(_FILE_OF.get(name, _LIMITS))
        for path in paths:
            yield from reversed(self._read(path).get(name, []))

    def _in_folders(self, file: str) -> list[Path]:
        if file not in self._found:
            self._found[file] = [path for folder in self.folders if (path := folder / file).is_file()]
        return self._found[file]

    def _threshold_files(self) -> list[tuple[int, Path]]:
        if self._years is None:
            self._years = sorted(
                (int(name[len(_THRESHOLD_FILE) : -5]), folder / name)
                for folder in self.folders
                for name in os.listdir(folder)
                if name.startswith(_THRESHOLD_FILE)
                and name.endswith(".toml")
                and name[len(_THRESHOLD_FILE) : -5].isdigit()
            )
        return self._years

    def _read(self, path: Path) -> dict[str, list[Amount]]:
        if path not in self._files:
            self._files[path] = read_amounts(path)
        return self._files[path]


_MILEAGE = "mileage.toml"
_LIMITS = "limits.toml"
_FILE_OF = {MILEAGE_LOW: _MILEAGE}


def _start(amount: Amount) -> date:
    return amount.start


def read_amounts(path: Path) -> dict[str, list[Amount]]:
    """The amounts of one file, by parameter name, oldest first. Raises `BadDataFile` naming file and entry."""
    with open(path, encoding="utf-8", newline="") as file:
        try:
            tables = plain_toml.load(file.read())
        except ValueError as error:
            raise BadDataFile(f"{path.name}: {error}") from None
    amounts: dict[str, list[Amount]] = {}
    for name, entries in tables.items():
        for entry in entries if isinstance(entries, list) else [entries]:
            amounts.setdefault(name, []).append(_amount(path, name, entry))
    return {name: sorted(found, key=_start) for name, found in amounts.items()}


_KEYS = {"value", "unit", "from", "to", "source", "verified_on", "confidence", "note", "after_gap"}
_REQUIRED_KEYS = _KEYS - {"to", "note", "after_gap"}
CONFIDENCES = ("order", "authority", "secondary", "inferred", "user")


def _amount(path: Path, name: str, entry: Any) -> Amount:
    where = f"{path.name}: [{name}]"
    if not isinstance(entry, dict):
        raise BadDataFile(f"{where} is not a table")
    unknown = sorted(set(entry) - _KEYS)
    missing = sorted(_REQUIRED_KEYS - set(entry))
    if unknown or missing:
        raise BadDataFile(f"{where} has unknown keys {unknown} and lacks {missing}")
    if not isinstance(entry["value"], str):
        raise BadDataFile(f'{where} value must be a quoted number, like "113"')
    source = entry["source"]
    if not isinstance(source, dict) or set(source) - {"title", "href"} or not source.get("title"):
        raise BadDataFile(f"{where} source must be {{title = …, href = …}}")
    if entry["confidence"] not in CONFIDENCES:
        raise BadDataFile(f"{where} confidence must be one of {', '.join(CONFIDENCES)}")
    for key in ("from", "to", "verified_on"):
        if key in entry and type(entry[key]) is not date:
            raise BadDataFile(f"{where} {key} must be a date, like 2024-01-01")
    if "to" in entry and entry["to"] < entry["from"]:
        raise BadDataFile(f"{where} ends before it begins")
    return Amount(
        name=name,
        value=_number(where, entry["value"]),
        unit=entry["unit"],
        start=entry["from"],
        end=entry.get("to"),
        source=source["title"],
        href=source.get("href", ""),
        verified_on=entry["verified_on"],
        confidence=entry["confidence"],
        note=entry.get("note", ""),
        after_gap=entry.get("after_gap", ""),
    )


def _number(where: str, text: str) -> Decimal:
    whole, _, part = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and (part == "" or (part.isascii() and part.isdigit()))):
        raise BadDataFile(f"{where} value '{text}' is not a plain number like 113 or 2.23")
    return Decimal(text)
