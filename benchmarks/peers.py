"""The batch beside other ways to decide the same rows by a simple rule, in one run.

Every program reads the same receipts, decides them, writes a payable amount per row and must come to the same sum to
the øre. The batch does more: it decides by the whole law and writes the full justification. All are whole processes
that run in turn; the medians count. What is not installed in `.venv-peers` (`make peers`) is named and left out.

    python benchmarks/peers.py [--rows N]
"""

from __future__ import annotations

import argparse
import json
from decimal import Decimal
from pathlib import Path
from statistics import median

from measure import BATCH, HERE, PYTHON, Failed, Run, median_ratio, run, workplace

ROUNDS = 2
ROWS = 100_000
BYTES_PER_ROW = 1000
PEERS_PYTHON = HERE.parent / ".venv-peers" / "bin" / "python"

PEERS = {
    "pydantic": "one pydantic model per row",
    "zen": "zen-engine, decision table",
    "openfisca": "openfisca-core, vectors",
}


def ours(file: Path) -> tuple[Run, int]:
    """The batch, and the sum it came to in øre."""
    summary = file.with_name("summary.json")
    found = run(*BATCH, file, "--output", file.with_name("out.csv"), "--summary", summary)
    kroner = json.loads(summary.read_text("utf-8"))["all"]["payable_dkk"]
    return found, int(Decimal(kroner) * 100)


def theirs(peer: str, file: Path) -> tuple[Run, int]:
    """A peer, and the sum it came to in øre. Raises `Failed`."""
    python = PEERS_PYTHON if PEERS_PYTHON.exists() else PYTHON
    found = run(python, HERE / f"peer_{peer}.py", file, file.with_name(f"{peer}.csv"))
    return found, int(found.printed)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args().rows
    batch: list[Run] = []
    peers: dict[str, list[Run]] = {peer: [] for peer in PEERS}
    with workplace(rows * BYTES_PER_ROW) as folder:
        file = folder / "receipts.csv"
        run(PYTHON, HERE / "peer_rows.py", str(rows), file)
        for _ in range(ROUNDS):
            found, total = ours(file)
            batch.append(found)
            for peer in list(peers):
                try:
                    found, sum_found = theirs(peer, file)
                except Failed as failed:
                    print(f"{PEERS[peer]}: not measured: {str(failed).splitlines()[-1]}")
                    del peers[peer]
                    continue
                if sum_found != total:
                    raise SystemExit(f"{PEERS[peer]} comes to {sum_found} øre, the batch to {total}")
                peers[peer].append(found)
    print(f"{rows:,} receipts, the same sum to the øre; whole processes, median of {ROUNDS}")
    _print("transport-calc batch, the whole law with justification", rows, batch, batch)
    for peer, runs in peers.items():
        _print(f"{PEERS[peer]}, simple rule", rows, runs, batch)


def _print(name: str, rows: int, runs: list[Run], batch: list[Run]) -> None:
    seconds = median(run.seconds for run in runs)
    ratio = median_ratio(list(zip(runs, batch, strict=True)))
    peak = max(run.megabytes for run in runs)
    print(
        f"  {name:<56}{seconds:>7.2f} s{rows / seconds:>12,.0f} rows/s{peak:>6.0f} MB{ratio:>7.2f} of the batch's time"
    )


if __name__ == "__main__":
    main()
