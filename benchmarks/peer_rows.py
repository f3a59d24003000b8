"""Receipts on which a simple rule and the whole law give the same: known facts, public transport, hospital's plan.

The rule: a right by pension, by more than 50 km, or by health; the fare is paid if it is more than the minimum amount
of the class (2024: 48 kr. for pensioners, 113 kr. for others).

    python benchmarks/peer_rows.py ROWS FILE
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

HEADER = "sagsnr;dato;kommune;genoptræningsplan;pensionist;afstand_km;mobilitet;transportmiddel;offentlig_takst"
MUNICIPALITIES = ("Brønderslev", "Randers", "Aalborg", "Viborg", "Odense")
MOBILITIES = ("kan bruge offentlig transport", "kan bruge offentlig transport", "kan ikke bruge offentlig transport")
FIRST_DAY = date(2024, 1, 1)


def receipt(random: Random, number: int) -> str:
    """One line of a file."""
    day = FIRST_DAY + timedelta(days=random.randrange(366))
    cells = (
        f"S-{number:07}",
        f"{day:%d-%m-%Y}",
        random.choice(MUNICIPALITIES),
        "ja",
        random.choice(("ja", "nej")),
        _decimal(random.randrange(1000), 10),
        random.choice(MOBILITIES),
        "offentlig transport",
        _decimal(random.randrange(2000, 30000), 100),
    )
    return ";".join(cells)


def _decimal(number: int, unit: int) -> str:
    return f"{number // unit},{number % unit:0{len(str(unit)) - 1}}"


def main(rows: int, file: str) -> None:
    """Write `rows` receipts to `file`."""
    random = Random(2024)
    with Path(file).open("w", encoding="utf-8") as stream:
        stream.write(f"{HEADER}\n")
        stream.writelines(f"{receipt(random, number)}\n" for number in range(rows))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
