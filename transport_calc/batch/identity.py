"""Who travelled and which attendance a row belongs to, as numbers: texts about persons are compared, never kept."""

from __future__ import annotations

import polars as pl

from transport_calc.batch.arithmetic import fact_column
from transport_calc.batch.layout import LEG, PERSON, VISIT, Layout
from transport_calc.batch.legs import LEGS, read_leg
from transport_calc.batch.typed import ODD, ODD_NUMBER, NumberColumn, TextColumn
from transport_calc.batch.typed_rows import TRIP_DATE, reader_of
from transport_calc.facts import FACTS

PLACE = "place"
ROWS_OF_A_TABLE = 1 << 40

LIKENESS = ("who", "trip", "paid")
VISITS = ("who", "visit")
_MEANS, _PAID = "means", "paid_dkk"


def place(table: int, row: pl.Expr) -> pl.Expr:
    """One number for a row of one of several files."""
    return (pl.lit(table, dtype=pl.Int64) * ROWS_OF_A_TABLE + row).alias(PLACE)


def table_and_row(number: int) -> tuple[int, int]:
    """What `place` put together."""
    return divmod(number, ROWS_OF_A_TABLE)


def can_be_compared(layout: Layout) -> bool:
    """Whether rows say whose they are; without that, two strangers who paid the same fare would be duplicates."""
    return PERSON in layout.known or "case_id" in layout.known


def who(cells: pl.DataFrame, layout: Layout) -> pl.Series:
    """The person or, where none is named, the case; 0 if the row names neither."""
    names = pl.lit("")
    for column in ("case_id", PERSON):
        if column in layout.known:
            text = pl.col(str(layout.known[column])).str.strip_chars()
            names = pl.when(text != "").then(pl.lit(f"{column}:") + text).otherwise(names)
    named = cells.select(names.alias("who")).to_series()
    return named.hash().zip_with(named != "", pl.Series([0], dtype=pl.UInt64)).alias("who")


class Identity:
    """Reads of the rows of one file only what tells them apart."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._date = TextColumn(reader_of(TRIP_DATE))
        self._means = TextColumn(reader_of(_MEANS))
        self._leg = TextColumn(read_leg)
        self._paid = NumberColumn(FACTS[_PAID])

    def likeness(self, cells: pl.DataFrame, table: int) -> pl.DataFrame:
        """Place, person, trip (date, leg and means in one number) and payment of the rows that can be compared."""
        date = self._read(cells, TRIP_DATE, self._date)
        means = self._read(cells, _MEANS, self._means)
        leg = self._leg_codes(cells)
        at = self._layout.known.get(_PAID)
        none = pl.Series([None], dtype=pl.Int64).new_from_index(0, len(cells))
        paid = none if at is None else self._paid.read(cells[str(at)])
        days = pl.Series(self._date.values, dtype=pl.Date).gather(date).cast(pl.Int64)
        kinds = _codes(self._means, FACTS[_MEANS].choices).gather(means)
        legs = _codes(self._leg, LEGS).gather(leg)
        frame = pl.DataFrame(
            {
                PLACE: cells.select(place(table, pl.col("row"))).to_series(),
                "who": who(cells, self._layout),
                "trip": (days * 100 + kinds * 10 + legs),
                "paid": paid.fill_null(-2),
            }
        )
        return frame.filter(
            (pl.col("who") != 0)
            & pl.col("trip").is_not_null()
            & (pl.col("paid") != ODD_NUMBER)
            & pl.lit(means != ODD)
            & pl.lit(leg != ODD)
        )

    def visits(self, cells: pl.DataFrame, table: int) -> pl.DataFrame:
        """Place, person and attendance of the rows that name an attendance."""
        text = cells[str(self._layout.known[VISIT])].str.strip_chars()
        frame = pl.DataFrame(
            {
                PLACE: cells.select(place(table, pl.col("row"))).to_series(),
                "who": who(cells, self._layout),
                "visit": text.hash(table),
            }
        )
        return frame.filter(text != "")

    def _leg_codes(self, cells: pl.DataFrame) -> pl.Series:
        if LEG not in self._layout.known:
            return self._leg.read(pl.Series([""])).new_from_index(0, len(cells))
        return self._leg.read(cells[str(self._layout.known[LEG])])

    def _read(self, cells: pl.DataFrame, name: str, column: TextColumn) -> pl.Series:
        at = self._layout.known.get(name)
        texts = pl.Series([""]).new_from_index(0, len(cells)) if at is None else cells[str(at)]
        return column.read(texts)


def _codes(column: TextColumn, choices: object) -> pl.Series:
    """A number per code of `column` that is the same in every file."""
    order = list(choices)  # type: ignore[call-overload]
    return pl.Series([1 + order.index(value) if value in order else 0 for value in column.values], dtype=pl.Int64)


__all__ = ["LIKENESS", "PLACE", "VISITS", "Identity", "can_be_compared", "fact_column", "place", "table_and_row", "who"]
