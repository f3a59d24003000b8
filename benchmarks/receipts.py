"""Realistic receipts for the measurements: one year of a training department's claims, Danish, a few of them bad.

About 100 bytes a row. The same number of rows always gives the same bytes, and a longer file begins with a shorter
one: every cell is drawn from the number of its row.

    python benchmarks/receipts.py ROWS FILE
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import polars as pl

HEADER = ";".join(
    [
        *("sagsnr", "dato", "kommune", "formål", "genoptræningsplan", "pensionist"),
        *("afstand_km", "mobilitet", "transportmiddel", "offentlig_takst", "beløb"),
    ]
)
DRAWN = 250_000
"""Receipts that are drawn; a longer file has them again with other case numbers, which makes it in no time."""

BAD_ONE_IN = 1000
ROWS_PER_CASE = 8
"""How many receipts one case has on average."""

PURPOSES = ["genoptræning"] * 9 + ["vedligeholdende træning"]
PLANS = ["ja"] * 6 + ["nej"] * 3 + [""]
PENSIONERS = ["ja"] * 11 + ["nej"] * 8 + [""]
MOBILITIES = [
    *["kan bruge offentlig transport"] * 11,
    *["kan ikke bruge offentlig transport"] * 5,
    *["særligt køretøj"] * 2,
    *[""] * 2,
]
MEANS = [*["offentlig transport"] * 5, *["egen bil"] * 8, *["flextur"] * 4, *["taxa"] * 2, ""]
MUNICIPALITIES = {
    "Brønderslev": "BR",
    "Randers": "RA",
    "Aalborg": "AA",
    "Hjørring": "HJ",
    "Viborg": "VI",
    "Odense": "OD",
    "Silkeborg": "SI",
    "Roskilde": "RO",
}

_MIX = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
"""The constants of the splitmix64 generator."""


def write(rows: int, stream: BinaryIO) -> None:
    """Write the header and `rows` receipts in UTF-8 with a line feed after each."""
    stream.write(f"{HEADER}\n".encode())
    made = _made(min(rows, DRAWN))
    for first in range(0, rows, DRAWN):
        numbered = made.head(rows - first).select(pl.concat_str("town", _case(first), "line"))
        numbered.write_csv(stream, include_header=False, quote_style="never", separator="\t")


def _made(count: int) -> pl.DataFrame:
    """The receipts without the number of their case: the letters of its town, and the `line` after it."""
    numbers = pl.select(pl.int_range(count, dtype=pl.UInt64).alias("number")).lazy()
    # Most people live near the place of treatment; two draws make the short distances the frequent ones.
    tenths = (_drawn("near", 300) * _drawn("far", 300) // 300 + _drawn("detour", 400)).alias("tenths")
    town = _drawn("town", len(MUNICIPALITIES)).alias("town")
    means = _one_of("means", MEANS).alias("means")
    drawn = numbers.select("number", tenths, town, means).with_columns(_fare())
    letters = _at([f"{letters}-" for letters in MUNICIPALITIES.values()], pl.col("town")).alias("town")
    line = pl.concat_str(pl.lit(""), *_cells(), separator=";").alias("line")
    made = drawn.select("number", letters, line).collect()
    bad = made.with_row_index("at").filter(_drawn("bad", BAD_ONE_IN) == 0)
    return made.with_columns(made["line"].scatter(bad["at"], bad.select(_damaged(pl.col("line")))["line"]))


def _case(first: int) -> pl.Expr:
    return ((pl.int_range(pl.len()) + first) // ROWS_PER_CASE).cast(pl.String).str.zfill(7)


def _cells() -> list[pl.Expr]:
    year = [date(2024, 1, 1).toordinal() + day for day in range(366)]
    days = [f"{date.fromordinal(day):%d-%m-%Y}" for day in year]
    return [
        _one_of("day", days),
        _at(list(MUNICIPALITIES), pl.col("town")),
        _one_of("purpose", PURPOSES),
        _one_of("plan", PLANS),
        _one_of("pensioner", PENSIONERS),
        pl.when(_drawn("distance known", 20) == 0).then(pl.lit("")).otherwise(_decimal(pl.col("tenths"), 1)),
        _one_of("mobility", MOBILITIES),
        pl.col("means"),
        pl.when(_drawn("fare known", 20) == 0).then(pl.lit("")).otherwise(_decimal(pl.col("fare"), 2)),
        _decimal(_paid(), 2),
    ]


def _fare() -> pl.Expr:
    """The public fare both ways in øre: whole kroner, by the distance."""
    return ((pl.col("tenths") * 3 // 10 + 24 + _drawn("zone", 20) * 2) * 100).alias("fare")


def _paid() -> pl.Expr:
    """What was paid for both ways in øre: the fare, the mileage, or a ride that costs more."""
    mileage = pl.col("tenths") * 2 * 223 // 10
    ride = pl.col("tenths") * 2 * 60 + 3500 + _drawn("waiting", 9000)
    return (
        pl.when(pl.col("means") == "offentlig transport")
        .then(pl.col("fare"))
        .when(pl.col("means") == "egen bil")
        .then(mileage)
        .otherwise(ride)
    )


def _damaged(line: pl.Expr) -> pl.Expr:
    """A line as people and programs damage it: in a cell, or in the structure."""
    kinds = [
        line.str.replace(r"-2024;", "-2O24;"),
        line.str.replace(r"^;[^;]*;", ";31-02-2024;"),
        line.str.replace(r"[^;]*$", "1.234"),
        line.str.replace(r"[^;]*$", "ca. 100"),
        line.str.replace("træning;", "traening og andet;"),
        line.str.replace(r"(;[^;]*){3}$", ""),
        line + ";;se bilag",
    ]
    damaged = line
    for number, kind in enumerate(kinds):
        damaged = pl.when(_drawn("damage", len(kinds)) == number).then(kind).otherwise(damaged)
    return damaged


def _decimal(number: pl.Expr, places: int) -> pl.Expr:
    unit = 10**places
    return pl.concat_str(number // unit, pl.lit(","), (number % unit).cast(pl.String).str.zfill(places))


def _one_of(salt: str, values: Sequence[str]) -> pl.Expr:
    return _at(values, _drawn(salt, len(values)))


def _at(values: Sequence[str], index: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(values)).gather(index)


def _drawn(salt: str, below: int) -> pl.Expr:
    """A number from 0 to `below` - 1, drawn from the number of the row and a word that names the draw."""
    start = int.from_bytes(salt.encode()[:7].ljust(7), "big") % 2**56 + len(salt)
    mixed = (pl.col("number") + pl.lit(start, dtype=pl.UInt64)) * pl.lit(_MIX[0], dtype=pl.UInt64)
    for shift, factor in ((30, _MIX[1]), (27, _MIX[2])):
        mixed = (mixed ^ (mixed // 2**shift)) * pl.lit(factor, dtype=pl.UInt64)
    return (mixed ^ (mixed // 2**31)) % below


def main(rows: int, file: str) -> None:
    """Write `rows` receipts to `file`."""
    with Path(file).open("wb") as stream:
        write(rows, stream)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
