"""One law, at length: the batch and `check` say the same of millions of random rows of every purpose, byte for byte.

As `tests/test_batch_agrees.py`, whose rows and comparison these are, but in files of many rows. The rows of a file are
drawn from fewer distinct ones, as real receipts repeat themselves; `check` decides each distinct row once.
Exit status 1 and the row if they differ. The same seed draws the same rows.

    python benchmarks/agree.py [--rows N] [--seed N]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))
# Each process has a processor to itself; polars reads this when it is first imported.
os.environ["POLARS_MAX_THREADS"] = "1"

from tests.random_receipts import columns, receipt
from tests.test_batch_agrees import assert_same, expected

FILE_ROWS, FILE_DISTINCT = 10_000, 2_000
DECISIVE = (
    *("hospital_based", "pensioner", "mobility", "distance_km", "means", "public_fare_dkk", "paid_dkk", "documented"),
    *("publicly_funded", "referred", "nearest_specialist", "trip_made", "place_choice", "treatment_started"),
)
"""Facts that together often decide a case; every second file has them all, or hardly a row would have a payout."""

REPORT_SECONDS = 15.0
FILES_PER_PROCESS = 100


class Part(NamedTuple):
    """One file to compare."""

    seed: int
    rows: int


class Compared(NamedTuple):
    """A file that has been compared: how often `check` said what of its distinct rows; no `difference` if all agree."""

    part: Part
    said: Counter[str]
    difference: str


def compared(part: Part) -> Compared:
    """Draw a file, decide it both ways, and compare every row."""
    random = Random(part.seed)
    names = columns(random) if part.seed % 2 else _decisive_columns(random)
    lang, stand_in = random.choice(("da", "en")), random.choice((None, None, 2024))
    draw = receipt if part.seed % 2 else _nearly_full
    drawn = [draw(random, names) for _ in range(min(FILE_DISTINCT, part.rows))]
    known: dict[tuple[str, ...], dict[str, object] | list[str]] = {}

    def said(names: list[str], cells: list[str], lang: str, stand_in: int | None) -> dict[str, object] | list[str]:
        key = tuple(cells)
        if key not in known:
            known[key] = expected(names, cells, lang, stand_in)
        return known[key]

    difference = ""
    try:
        assert_same(names, random.choices(drawn, k=part.rows), lang, stand_in, said)
    except AssertionError as differs:
        difference = f"lang {lang}, amounts of {stand_in}: {differs}"
    outcomes = ("refused" if isinstance(one, list) else str(one["outcome"]) for one in known.values())
    return Compared(part, Counter(outcomes), difference)


def _decisive_columns(random: Random) -> list[str]:
    return list(dict.fromkeys(("trip_date", "purpose", *DECISIVE, *columns(random, most=5))))


def _nearly_full(random: Random, names: list[str]) -> list[str]:
    """A receipt with few empty cells: an empty one takes the cell of another receipt."""
    return [one or other for one, other in zip(receipt(random, names), receipt(random, names), strict=True)]


def parts(rows: int, seed: int) -> list[Part]:
    """The files that make up `rows` rows."""
    starts = range(0, rows, FILE_ROWS)
    return [Part(seed + number, min(FILE_ROWS, rows - start)) for number, start in enumerate(starts)]


def main() -> int:
    """Compare and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args()
    rows, said = 0, Counter[str]()
    began = reported = time.monotonic()
    with get_context("spawn").Pool(wanted.processes, maxtasksperchild=FILES_PER_PROCESS) as pool:
        for found in pool.imap_unordered(compared, parts(wanted.rows, wanted.seed)):
            if found.difference:
                print(f"batch and check differ (seed {found.part.seed}, {found.part.rows} rows): {found.difference}")
                return 1
            rows, said = rows + found.part.rows, said + found.said
            if time.monotonic() - reported > REPORT_SECONDS:
                reported = time.monotonic()
                print(_progress(rows, said.total(), wanted.rows, reported - began), flush=True)
    print(f"batch and check agree: {_progress(rows, said.total(), wanted.rows, time.monotonic() - began)}")
    print("distinct rows by outcome: " + ", ".join(f"{name} {count:,}" for name, count in said.most_common()))
    return 0


def _progress(rows: int, distinct: int, wanted: int, seconds: float) -> str:
    speed = rows / seconds
    left = "" if rows == wanted else f", {(wanted - rows) / speed / 60:.0f} minutes left"
    return f"{rows:,} rows ({distinct:,} distinct) in {seconds:.0f} s, {speed:,.0f} rows/s{left}"


if __name__ == "__main__":
    sys.exit(main())
