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
REPORT_SECONDS = 15.0
FILES_PER_PROCESS = 100


class Part(NamedTuple):
    """One file to compare."""

    seed: int
    rows: int


class Compared(NamedTuple):
    """A file that has been compared; `difference` is empty if all rows agree."""

    part: Part
    distinct: int
    difference: str


def compared(part: Part) -> Compared:
    """Draw a file, decide it both ways, and compare every row."""
    random = Random(part.seed)
    names = columns(random)
    lang, stand_in = random.choice(("da", "en")), random.choice((None, None, 2024))
    drawn = [receipt(random, names) for _ in range(min(FILE_DISTINCT, part.rows))]
    known: dict[tuple[str, ...], dict[str, object] | list[str]] = {}

    def said(names: list[str], cells: list[str], lang: str, stand_in: int | None) -> dict[str, object] | list[str]:
        key = tuple(cells)
        if key not in known:
            known[key] = expected(names, cells, lang, stand_in)
        return known[key]

    try:
        assert_same(names, random.choices(drawn, k=part.rows), lang, stand_in, said)
    except AssertionError as difference:
        return Compared(part, len(known), f"lang {lang}, amounts of {stand_in}: {difference}")
    return Compared(part, len(known), "")


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
    rows = distinct = 0
    began = reported = time.monotonic()
    with get_context("spawn").Pool(wanted.processes, maxtasksperchild=FILES_PER_PROCESS) as pool:
        for found in pool.imap_unordered(compared, parts(wanted.rows, wanted.seed)):
            if found.difference:
                print(f"batch and check differ (seed {found.part.seed}, {found.part.rows} rows): {found.difference}")
                return 1
            rows, distinct = rows + found.part.rows, distinct + found.distinct
            if time.monotonic() - reported > REPORT_SECONDS:
                reported = time.monotonic()
                print(_progress(rows, distinct, wanted.rows, reported - began), flush=True)
    print(f"batch and check agree: {_progress(rows, distinct, wanted.rows, time.monotonic() - began)}")
    return 0


def _progress(rows: int, distinct: int, wanted: int, seconds: float) -> str:
    speed = rows / seconds
    left = "" if rows == wanted else f", {(wanted - rows) / speed / 60:.0f} minutes left"
    return f"{rows:,} rows ({distinct:,} distinct) in {seconds:.0f} s, {speed:,.0f} rows/s{left}"


if __name__ == "__main__":
    sys.exit(main())
