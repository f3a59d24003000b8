"""The tariff files: all of them or one company's, as one book, with every problem found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from transport_calc.tariffs.records import Area, Period, Product, Tariff, TariffBook
from transport_calc.tariffs.rows import read_area, read_product, read_tariff
from transport_calc.tariffs.values import refuse_unknown_keys, tables_of, text_of

_FILE_KEYS = {"company", "product", "tariff", "area"}


class TariffDataError(Exception):
    """The tariff files cannot be used; carries every problem found."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@cache
def load_tariffs(data: Path, company: str | None = None) -> TariffBook:
    """The tariff files under `data / "tariffs"`, or only the one named after a company (empty if it has none).

    Raises `TariffDataError` when a file is wrong.
    """
    paths = _files(data)
    if not paths:
        raise TariffDataError([_no_files(data)])
    if company is not None:
        paths = [path for path in paths if path.stem == company.casefold()]
    book, problems = _read(paths)
    if problems:
        raise TariffDataError(problems)
    return book


def check_tariffs(data: Path) -> list[str]:
    """Every problem in the tariff files: unknown keys, wrong values, missing sources, overlapping periods."""
    paths = _files(data)
    return _read(paths)[1] if paths else [_no_files(data)]


def _files(data: Path) -> list[Path]:
    return sorted((data / "tariffs").glob("*.toml"))


def _no_files(data: Path) -> str:
    return f"{data / 'tariffs'}: no tariff files"


def _read(paths: Iterable[Path]) -> tuple[TariffBook, list[str]]:
    """The book of every readable row, and one problem for each row or file that is wrong."""
    products: dict[str, Product] = {}
    tariffs: list[Tariff] = []
    areas: list[Area] = []
    problems: list[str] = []
    for path in paths:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            company = text_of(table, "company")
            refuse_unknown_keys(table, _FILE_KEYS)
            kinds = {kind: tables_of(table, kind) for kind in ("product", "tariff", "area")}
        except ValueError as error:
            problems.append(f"{path.name}: {error}")
            continue
        for kind, rows in kinds.items():
            for number, row in enumerate(rows, start=1):
                try:
                    if kind == "product":
                        product = read_product(row, company, products)
                        products[product.code] = product
                    elif kind == "tariff":
                        tariffs.append(read_tariff(row, company, products))
                    else:
                        areas.append(read_area(row, {tariff.product for tariff in tariffs}))
                except ValueError as error:
                    problems.append(f"{path.name}: {kind} {number} ({row.get('product') or row.get('code')}): {error}")
    problems += _overlaps((f"{item.product} {item.zone or ''}".strip(), item.period) for item in tariffs)
    problems += _overlaps((f"{item.product} in {item.municipality}", item.period) for item in areas)
    return TariffBook(products, tuple(tariffs), tuple(areas)), problems


def _overlaps(periods: Iterable[tuple[str, Period]]) -> list[str]:
    """One problem for each period that begins before the one before it, of the same name, has ended."""
    ordered = sorted(periods, key=lambda item: (item[0], item[1].first))
    return [
        f"{name}: {earlier.first} to {earlier.last} overlaps {later.first} to {later.last}"
        for (name, earlier), (other, later) in pairwise(ordered)
        if name == other and later.first <= earlier.last
    ]
