"""Damages receipts files for as long as one likes: `make fuzz`, or `python tests/fuzz/fuzz_batch.py [MINUTES]`.

With atheris installed (`pip install atheris`) the accidents follow what they reach in the code; without it they are
those of the tests, only many more. Either way a crash, a lost row or a difference from the row by row reader ends it.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from damage import accidents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transport_calc.batch.read.block import rows_in
from transport_calc.batch.read.content import content_of_stream
from transport_calc.batch.read.csv_blocks import CsvTable
from transport_calc.batch.read.decode import UNDECODABLE, find_encoding
from transport_calc.batch.read.layout import read_layout
from transport_calc.batch.read.rows import Skipped, read_rows
from transport_calc.batch.read.source import open_tables
from transport_calc.faults import InvalidInput

EXAMPLES = Path(__file__).parent.parent.parent / "data" / "examples"
SEEDS = sorted(path for path in (EXAMPLES / "dirty").iterdir() if path.suffix in (".csv", ".jsonl", ".xlsx", ".gz"))
SMALL = 50_000
MINUTES = 5.0


def read_as_anything(content: bytes) -> None:
    """Read `content` as whatever it seems to be; it may be refused, but nothing else may happen."""
    try:
        tables = open_tables(["-"], stdin=io.BytesIO(content))
    except InvalidInput:
        return
    for table in tables:
        numbers = [row.number for block in table.blocks() for row in rows_in(block, table.layout)]
        assert numbers == sorted(set(numbers)), "a row was read twice or out of order"


def read_both_ways(content: bytes, block_size: int) -> None:
    """Read `content` as CSV in blocks of `block_size`, and row by row: the rows are the same."""
    whole = content_of_stream(io.BytesIO(content))
    if whole.cut_off:
        return
    try:
        table = CsvTable(whole, block_size=block_size)
    except InvalidInput:
        return
    found = [(row.number, row.raw) for block in table.blocks() for row in rows_in(block, table.layout)]
    with whole.open() as source:
        encoding = find_encoding(source)
        source.seek(encoding.start)
        text = source.read().decode(encoding.name, UNDECODABLE)
    lines = iter(enumerate(io.StringIO(text, newline=""), 1))
    rows = [row for row in read_rows(lines, read_layout(lines)) if not isinstance(row, Skipped)]
    assert found == [(row.number, row.raw) for row in rows], "the two readings differ"


def with_hypothesis(minutes: float) -> None:
    """The accidents of the tests, over and over until the time is up."""
    seeds = [path.read_bytes() for path in SEEDS if path.stat().st_size < SMALL]

    @settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(seeds), st.lists(accidents, max_size=8), st.integers(20, 2000))
    def one_round(content: bytes, happening: list[object], block_size: int) -> None:
        for accident in happening:
            content = accident.to(content)  # type: ignore[attr-defined]
        read_as_anything(content)
        read_both_ways(content, block_size)

    end, rounds = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        one_round()
        rounds += 1
    print(f"{rounds * 500} damaged files, nothing found")  # noqa: T201


def with_atheris(minutes: float, run: Callable[[bytes], None]) -> None:
    """Accidents that follow what they reach in the code."""
    import atheris  # type: ignore[import-not-found, unused-ignore]

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={int(60 * minutes)}", "-max_len=5000"], run)
    atheris.Fuzz()


def _both(content: bytes) -> None:
    read_as_anything(content)
    read_both_ways(content, 20 + len(content) // 3)


if __name__ == "__main__":
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    try:
        with_atheris(minutes, _both)
    except ImportError:
        print("atheris is not installed (pip install atheris); going on with hypothesis alone")  # noqa: T201
        with_hypothesis(minutes)
