"""Who travelled and which attendance a row belongs to, as numbers: texts about persons are compared, never kept."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from transport_calc.batch.decide.legs import LEGS, read_leg
from transport_calc.batch.decide.typed import EMPTY, ODD, ODD_NUMBER, NumberColumn, TextColumn
from transport_calc.batch.decide.typed_rows import TRIP_DATE, reader_of
from transport_calc.batch.read.layout import LEG, PERSON, VISIT, Layout
from transport_calc.batch.read.together import stripped
from transport_calc.facts import FACTS

PLACE = "place"
ROWS_OF_A_TABLE = 1 << 40

ENCOUNTER = ("encounter",)
LIKENESS = ("who", "trip", "means", "paid")
VISITS = ("who", "visit")
_MEANS, _PAID = "means", "paid_dkk"
_NOT_GIVEN = -2


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
    found = pl.Series("who", [0], dtype=pl.UInt64).new_from_index(0, len(cells))
    for seed, column in enumerate(("case_id", PERSON)):
        if column in layout.known:
            text = stripped(cells[str(layout.known[column])])
            given = text != ""
            hashed = text.hash(seed)
            found = hashed if given.all() else hashed.zip_with(given, found)
    return found.alias("who")


def columns_compared(layout: Layout) -> list[str]:
    """The columns of a block that `Identity.encounters` and `Identity.visits` read."""
    names = ("case_id", PERSON, VISIT, LEG, TRIP_DATE)
    return [str(at) for at in sorted(layout.known[name] for name in names if name in layout.known)]


class Identity:
    """Reads of the rows of file number `table` only what tells them apart."""

    def __init__(self, layout: Layout, table: int) -> None:
        self._layout = layout
        self._table = table
        self._date = TextColumn(reader_of(TRIP_DATE))
        self._means = TextColumn(reader_of(_MEANS))
        self._leg = TextColumn(read_leg)
        self._paid = NumberColumn(FACTS[_PAID])

    def encounters(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Place, and person and trip in one number, of the rows that can be compared.

        Two encounters have the same number as good as never, which `likeness` would notice.
        """
        date, person = self._read(cells, TRIP_DATE, self._date), who(cells, self._layout)
        days = pl.Series(self._date.values, dtype=pl.Date)
        number = person + days.hash().set(days.is_null(), None)[date]
        if LEG in self._layout.known:
            leg = self._read(cells, LEG, self._leg)
            legs = _codes(self._leg, LEGS).cast(pl.UInt64)
            number += legs.scatter(ODD, None)[leg]
        frame = pl.DataFrame([self._places(cells), number.alias("encounter")])
        fine = (person != 0) & number.is_not_null()
        return frame if fine.all() else frame.filter(fine)

    def likeness(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Place, person, trip (date and leg in one number), means and payment of the rows that can be compared."""
        date, leg = self._read(cells, TRIP_DATE, self._date), self._read(cells, LEG, self._leg)
        days = pl.Series(self._date.values, dtype=pl.Date).cast(pl.Int64)[date]
        trip = days * 10 + _codes(self._leg, LEGS)[leg]
        means = self._read(cells, _MEANS, self._means)
        at = self._layout.known.get(_PAID)
        none = pl.Series([_NOT_GIVEN], dtype=pl.Int64).new_from_index(0, len(cells))
        paid = none if at is None else self._paid.read(cells[str(at)]).fill_null(_NOT_GIVEN)
        frame = pl.DataFrame(
            {
                PLACE: self._places(cells),
                "who": who(cells, self._layout),
                "trip": trip,
                "means": _codes(self._means, FACTS[_MEANS].choices)[means],
                "paid": paid,
            }
        )
        fine = (frame["who"] != 0) & trip.is_not_null() & (leg != ODD) & (means != ODD) & (paid != ODD_NUMBER)
        return frame if fine.all() else frame.filter(fine)

    def visits(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Place, person and attendance of the rows that name an attendance."""
        text = stripped(cells[str(self._layout.known[VISIT])])
        frame = pl.DataFrame([self._places(cells), who(cells, self._layout), text.hash(self._table).alias("visit")])
        return frame.filter(text != "")

    def _places(self, cells: pl.DataFrame) -> pl.Series:
        return (cells["row"] + self._table * ROWS_OF_A_TABLE).alias(PLACE)

    def _read(self, cells: pl.DataFrame, name: str, column: TextColumn) -> pl.Series:
        at = self._layout.known.get(name)
        if at is None:
            return pl.Series([EMPTY], dtype=pl.UInt32).new_from_index(0, len(cells))
        return column.read(cells[str(at)])


def _codes(column: TextColumn, choices: Iterable[str]) -> pl.Series:
    """A number per code of `column` that is the same in every file."""
    order: list[object] = list(choices)
    return pl.Series([1 + order.index(value) if value in order else 0 for value in column.values], dtype=pl.Int64)
