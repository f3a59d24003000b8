"""The batch: time and memory of a whole job, against a bare copy of the same file.

A whole job reads the receipts, decides them with the full justification, and writes decisions and rejects. The copy
is polars reading the same file as texts and writing them as CSV. Both are whole processes that run in turn, with all
files on a memory disk if there is one; the median of the paired ratios is what counts, because a shared machine
drifts. `--full` measures 5 million rows, then how time and memory grow from 1 to 20 million.

    python benchmarks/batch.py [--rows N] [--full]
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from measure import BATCH, HERE, PYTHON, Run, kind_of_disk, median_ratio, receipts, run, verdict, workplace

ROUNDS = 3
SIZES = (1_000_000, 5_000_000, 20_000_000)
WORKBOOK_ROWS = 100_000

RATIO, MEGABYTES, WORKBOOK_SECONDS, GROWTH = 4.0, 700, 6.0, 1.15
"""The targets: time against the copy, peak memory, a workbook, and a row of a long file against one of a short."""

MICROSECONDS = 1.0
"""The target for a row of a long file: a million rows a second."""

SAMPLE = 10_000
"""Receipts that show how many bytes are written of each."""

BYTES_PER_ROW = 1000
"""Of the receipts, the decisions and the copy of one row, with room to spare."""

COPY = """
import sys, polars
cells = polars.scan_csv(sys.argv[1], separator=";", infer_schema=False, truncate_ragged_lines=True)
cells.sink_csv(sys.argv[2], separator=";")
"""

AS_MUCH = """
import sys, polars
cells = polars.scan_csv(sys.argv[1], separator=";", infer_schema=False, truncate_ragged_lines=True)
text = polars.lit("x" * int(sys.argv[3])).alias("text")
cells.with_columns(text).sink_csv(sys.argv[2], separator=";", quote_style="never")
"""
"""The copy with the same text behind every row: as many bytes as the whole job writes, and nothing decided."""


def whole_job(file: Path, output: Path) -> Run:
    """One batch with its rejects; the outputs are removed."""
    found = run(*BATCH, file, "--output", output)
    for written in (output, output.with_name(f"{output.stem}.rejects.csv")):
        written.unlink()
    return found


def copy(file: Path, output: Path) -> Run:
    """One copy of the cells; it is removed."""
    found = run(PYTHON, "-c", COPY, file, output)
    output.unlink()
    return found


def as_much(file: Path, output: Path, text: int) -> Run:
    """One copy with a text of so many bytes to a row; it is removed."""
    found = run(PYTHON, "-c", AS_MUCH, file, output, str(text))
    output.unlink()
    return found


def longer_by(folder: Path) -> int:
    """How many bytes a row of decisions has more than its receipt."""
    file, output = receipts(SAMPLE, folder), folder / "sample.csv"
    run(*BATCH, file, "--output", output)
    return (output.stat().st_size - file.stat().st_size) // SAMPLE


def against_a_copy(rows: int) -> None:
    """The whole job and the copy, in turn; and what reading and writing alone takes."""
    with workplace(rows * BYTES_PER_ROW) as folder:
        file = receipts(rows, folder)
        size = file.stat().st_size / rows
        print(f"{rows:,} receipts of {size:.0f} bytes on a {kind_of_disk(folder)}, {ROUNDS} rounds")
        pairs = [(whole_job(file, folder / "out.csv"), copy(file, folder / "copy.csv")) for _ in range(ROUNDS)]
        text = longer_by(folder)
        alone = min(as_much(file, folder / "copy.csv", text).seconds for _ in range(ROUNDS))
    ours, theirs = (statistics.median(pair[side].seconds for pair in pairs) for side in (0, 1))
    ours_cpu, theirs_cpu = (statistics.median(pair[side].processor for pair in pairs) for side in (0, 1))
    peak = max(pair[0].megabytes for pair in pairs)
    ratio = median_ratio(pairs)
    print(f"  whole job {ours:.2f} s, {rows / ours:,.0f} rows/s; bare copy {theirs:.2f} s, {rows / theirs:,.0f} rows/s")
    print(f"  {ours / rows * 1e6:.2f} µs a row ({verdict(ours / rows * 1e6, MICROSECONDS)});", end=" ")
    print(f"only to read and to write as many bytes takes {alone / rows * 1e6:.2f}")
    print(f"  paired ratio {ratio:.2f} ({verdict(ratio, RATIO)}); all: {_ratios(pairs)}")
    print(f"  processor time {ours_cpu:.2f} s against {theirs_cpu:.2f} s: {ours_cpu / theirs_cpu:.2f}")
    print(f"  peak memory {peak:.0f} MB ({verdict(peak, MEGABYTES)})", flush=True)


def workbook(rows: int) -> None:
    """A workbook as Excel stores it, to CSV and to another workbook."""
    with workplace(rows * BYTES_PER_ROW) as folder:
        file = folder / "receipts.xlsx"
        run(PYTHON, HERE / "workbook.py", str(rows), file)
        to_csv, to_xlsx = (whole_job(file, folder / f"out.{kind}") for kind in ("csv", "xlsx"))
    print(f"workbook of {rows:,} rows: {to_csv.seconds:.2f} s to CSV ({verdict(to_csv.seconds, WORKBOOK_SECONDS)})")
    print(f"  {to_xlsx.seconds:.2f} s to a workbook; peak memory {to_csv.megabytes:.0f} and {to_xlsx.megabytes:.0f} MB")


def growing(sizes: tuple[int, ...]) -> None:
    """Time per row and peak memory of files of several lengths."""
    cheapest = 0.0
    print("growing with the number of rows")
    for rows in sizes:
        with workplace(rows * BYTES_PER_ROW * 3 // 4) as folder:
            file = receipts(rows, folder)
            found = [whole_job(file, folder / "out.csv") for _ in range(2)]
            where = kind_of_disk(folder)
        per_row = min(each.seconds for each in found) / rows * 1e6
        peak = max(each.megabytes for each in found)
        growth = per_row / (cheapest or per_row)
        print(f"  {rows:>10,} rows: {per_row:.2f} µs a row, {growth:.2f} of the cheapest before", end="")
        print(f" ({verdict(growth, GROWTH)}); {peak:.0f} MB ({verdict(peak, MEGABYTES)}); {where}", flush=True)
        cheapest = min(cheapest or per_row, per_row)


def _ratios(pairs: list[tuple[Run, Run]]) -> str:
    return " ".join(f"{ours.seconds / theirs.seconds:.2f}" for ours, theirs in pairs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int)
    parser.add_argument("--full", action="store_true")
    wanted = parser.parse_args()
    against_a_copy(wanted.rows or (SIZES[1] if wanted.full else SIZES[0]))
    workbook(WORKBOOK_ROWS)
    if wanted.full:
        growing(SIZES)


if __name__ == "__main__":
    main()
