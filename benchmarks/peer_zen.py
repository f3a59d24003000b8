"""The simple rule of `peer_rows` as a decision table of zen-engine, a thousand rows at a time.

python benchmarks/peer_zen.py RECEIPTS OUTPUT
"""

from __future__ import annotations

import csv
import sys
from itertools import islice
from pathlib import Path

import zen

AT_A_TIME = 1000
"""One call for each row takes many times longer."""

TABLE = {
    "hitPolicy": "first",
    "inputs": [
        {"id": "pensioner", "name": "pensioner", "field": "pensioner"},
        {"id": "right", "name": "right", "field": "pensioner or distance_km > 50 or health"},
        {"id": "fare", "name": "fare", "field": "fare"},
    ],
    "outputs": [{"id": "payable", "name": "payable", "field": "payable"}],
    "rules": [
        {"_id": "1", "pensioner": "true", "right": "true", "fare": "> 48", "payable": "fare"},
        {"_id": "2", "pensioner": "false", "right": "true", "fare": "> 113", "payable": "fare"},
        {"_id": "3", "pensioner": "", "right": "", "fare": "", "payable": "0"},
    ],
}
MODEL = {
    "nodes": [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": TABLE},
        {"id": "out", "name": "out", "type": "outputNode"},
    ],
    "edges": [
        {"id": "a", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "b", "sourceId": "table", "targetId": "out", "type": "edge"},
    ],
}


def facts(row: dict[str, str]) -> dict[str, bool | float]:
    """The facts of a row as the model names them."""
    return {
        "pensioner": row["pensionist"] == "ja",
        "distance_km": float(row["afstand_km"].replace(",", ".")),
        "health": row["mobilitet"] == "kan ikke bruge offentlig transport",
        "fare": float(row["offentlig_takst"].replace(",", ".")),
    }


def main(receipts: str, output: str) -> None:
    """Decide all rows and print the sum in øre."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rule": MODEL}}})
    total = 0
    with Path(receipts).open(encoding="utf-8", newline="") as read, Path(output).open("w", encoding="utf-8") as written:
        writer = csv.writer(written, delimiter=";")
        reader = csv.DictReader(read, delimiter=";")
        while rows := list(islice(reader, AT_A_TIME)):
            found = engine.evaluate_batch([{"key": "rule", "context": facts(row)} for row in rows])
            paid = [one["data"]["result"]["payable"] for one in found]
            total += sum(round(kroner * 100) for kroner in paid)
            writer.writerows(zip((row["sagsnr"] for row in rows), paid, strict=True))
    print(total)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
