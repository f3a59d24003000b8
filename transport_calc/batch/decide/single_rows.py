"""Rows that are decided one by one: as `check` decides the same facts, or rejected with every reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from transport_calc.batch.decide.as_of_law import as_of_law
from transport_calc.batch.decide.decision_row import DecisionRow, decision_row
from transport_calc.batch.decide.legs import read_leg
from transport_calc.batch.decide.typed_rows import DEFAULT_PURPOSE
from transport_calc.batch.read.cells import join_cells
from transport_calc.batch.read.layout import LEG, PERSON, Layout
from transport_calc.batch.read.rows import BrokenRow, Row
from transport_calc.chain import decide
from transport_calc.facts import FACTS, Case
from transport_calc.faults import Fault, InvalidInput, safe
from transport_calc.intake.options import case_from_texts
from transport_calc.intake.text import Unreadable
from transport_calc.parameters import Parameters
from transport_calc.wording.fault_view import fault_texts

HIDDEN = "***"
"""Stands where a person would."""


class Reject(NamedTuple):
    """One reason why a row was not decided."""

    row: int
    column: str
    code: str
    value: str
    message: str
    raw: str


class SingleRows:
    """Decides rows of one file by themselves and words the reasons against them."""

    def __init__(
        self,
        layout: Layout,
        parameters: Parameters,
        *,
        lang: str,
        keep_person: bool = False,
        law_day: date | None = None,
    ) -> None:
        self._layout = layout
        self._parameters = parameters
        self._lang = lang
        self._keep_person = keep_person
        self._law_day = law_day
        self._facts = [name for name in layout.known if name in FACTS]

    def decide(self, facts: Mapping[str, object]) -> DecisionRow:
        """The decision on facts that have been read. Raises `InvalidInput`."""
        found = as_of_law(facts, self._law_day, self._lang)
        return decision_row(decide(Case(**cast(dict[str, Any], found)), parameters=self._parameters), self._lang)

    def decide_text(self, row: Row) -> DecisionRow:
        """The decision on a row as it is written. Raises `InvalidInput` with every fault of it."""
        faults = self._leg_faults(row)
        try:
            case = case_from_texts(self._texts(row))
            if not faults:
                return self.decide(vars(case))
        except InvalidInput as invalid:
            faults = invalid.faults + faults
        raise InvalidInput(faults)

    def rejects(self, row: Row | BrokenRow, faults: Iterable[Fault]) -> list[Reject]:
        """One line per reason against a row."""
        raw = self._shown(row)
        return [self._reject(row.number, fault, raw) for fault in faults]

    def broken(self, row: BrokenRow) -> list[Reject]:
        """The reason against a row without cells."""
        return self.rejects(row, [Fault(row.code, "", slots=row.slots)])

    def _texts(self, row: Row) -> dict[str, str]:
        texts = {name: row.cells[self._layout.known[name]] for name in self._facts}
        texts.setdefault("purpose", DEFAULT_PURPOSE)
        return texts

    def _leg_faults(self, row: Row) -> list[Fault]:
        written = self._layout.cell(row.cells, LEG)
        try:
            read_leg(written)
        except Unreadable as unreadable:
            return [Fault(unreadable.code, LEG, safe(written), unreadable.slots)]
        return []

    def _reject(self, number: int, fault: Fault, raw: str) -> Reject:
        column = self._layout.header(fault.field)
        return Reject(number, column, fault.code, fault.value, message(fault, column, self._lang), raw)

    def _shown(self, row: Row | BrokenRow) -> str:
        """The line as it may be written: without the person, and without anything if where that stands is unsure."""
        at = self._layout.known.get(PERSON)
        if at is None or self._keep_person:
            return row.raw.replace("\0", "\\0")
        if isinstance(row, BrokenRow):
            return HIDDEN
        hidden = HIDDEN if row.cells[at].strip() else row.cells[at]
        return join_cells((*row.cells[:at], hidden, *row.cells[at + 1 :]), self._layout.delimiter)


def message(fault: Fault, column: str, lang: str) -> str:
    """What is wrong and what to do about it, in one line."""
    return " ".join(fault_texts(fault, lang, column)).strip()
