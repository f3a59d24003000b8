"""The columns of an output and of a rejects file, in their order."""

from __future__ import annotations

from typing import NamedTuple

from transport_calc.batch.read.layout import PERSON, Layout

COLUMNS = (
    "row",
    "rows",
    "case_id",
    "outcome",
    "form",
    "channel",
    "ground",
    "payable_dkk",
    "minimum_dkk",
    "missing",
    "warnings",
    "justification",
)
REJECT_COLUMNS = ("row", "column", "code", "value", "message", "raw")

NUMBERS = ("row", "rows")

MONEY = {"payable_dkk": "payable_ore", "minimum_dkk": "minimum_ore"}
"""Amounts are kroner in a file and whole øre in a block of decisions."""

LISTS = ("ground", "missing", "warnings")
"""Columns that hold several codes, joined by semicolons."""

NULL_IF_EMPTY = ("case_id", "form", "channel")
"""Texts that are null, not empty, where there is none and the kind of file can say so."""

COUNTED = ("_trip_date", "_municipality", "_purpose", "_means", "_distance_m", "_calculated_ore")
"""Columns of a block that are only counted, never written."""

LINE = ("_before", "_after", "_last")
"""In a block, the columns before the amounts, after them, and the justification as three texts, for a kind of file that
has them so."""

_TAKEN = frozenset({*COLUMNS, *MONEY.values(), *COUNTED, *LINE, PERSON})


class OutputColumns(NamedTuple):
    """What stands beside the decision: the columns that pass through, under their output names, and the person."""

    passed: tuple[str, ...] = ()
    keep_person: bool = False

    @property
    def foreign(self) -> tuple[str, ...]:
        """The columns whose text is not the product's own, besides `case_id`."""
        return (*self.passed, PERSON) if self.keep_person else self.passed

    @property
    def names(self) -> tuple[str, ...]:
        """All columns of the output."""
        return (*COLUMNS, *self.foreign)


def passed_names(layout: Layout) -> tuple[str, ...]:
    """The names under which columns pass through; one that is called like an output column gets `input_` in front."""
    taken = set(_TAKEN)
    names = []
    for at in layout.passed:
        name = layout.columns[at]
        while name in taken:
            name = f"input_{name}"
        taken.add(name)
        names.append(name)
    return tuple(names)
