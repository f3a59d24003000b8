"""Rows to decisions: each row is decided exactly as `check` decides the same facts, or rejected with every reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from transport_calc.batch.cells import join_cells
from transport_calc.batch.layout import LEG, PERSON, VISIT, Layout
from transport_calc.batch.rows import BrokenRow, Row
from transport_calc.facts import FACTS, Case
from transport_calc.faults import Fault, InvalidInput, safe
from transport_calc.intake.options import case_from_texts
from transport_calc.intake.text import fold
from transport_calc.wording.fault_view import fault_texts

HIDDEN = "***"
"""Stands where a person would."""

ROUND_TRIP = "tur_retur"
_LEGS = {"": ROUND_TRIP, ROUND_TRIP: ROUND_TRIP, "tur/retur": ROUND_TRIP, "ud": "ud", "hjem": "hjem"}

_LEG_CODES = "tur_retur, ud, hjem"

_DEFAULT_PURPOSE = "rehabilitation"


class DecisionView(Protocol):
    """What a batch needs of a decision; `ground` joins the codes of the grounds that are met with semicolons."""

    @property
    def outcome(self) -> str: ...
    @property
    def form(self) -> str | None: ...
    @property
    def channel(self) -> str | None: ...
    @property
    def ground(self) -> str: ...
    @property
    def payable_dkk(self) -> Decimal | None: ...
    @property
    def minimum_dkk(self) -> Decimal | None: ...
    @property
    def missing(self) -> tuple[str, ...]: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...
    @property
    def justification(self) -> str: ...


@dataclass(frozen=True)
class DecidedRow:
    """A row with its decision, which may be that a fact is missing."""

    row: int
    case_id: str
    decision: DecisionView
    warnings: tuple[str, ...]
    passed: tuple[str, ...]
    person: str


@dataclass(frozen=True)
class Reject:
    """One reason why a row was not decided."""

    row: int
    column: str
    code: str
    value: str
    message: str
    raw: str


@dataclass(frozen=True)
class RejectedRow:
    """A row that was not decided, with all the reasons; it counts once."""

    row: int
    rejects: tuple[Reject, ...]


VisitKey = tuple[str, str]
_Likeness = tuple[str, date, str | None, Decimal | None]


def repeated_visits(rows: Iterable[Row], layout: Layout) -> frozenset[VisitKey]:
    """The attendances that more than one row names; their costs belong together, so no row of them stands alone."""
    count = Counter(key for row in rows if (key := _visit(row, layout)) is not None)
    return frozenset(key for key, rows_of_it in count.items() if rows_of_it > 1)


class RowDecider:
    """Decides the rows of one file one after the other, remembering those before to recognise duplicates."""

    def __init__(
        self,
        layout: Layout,
        decide: Callable[[Case], DecisionView],
        *,
        lang: str,
        keep_person: bool = False,
        grouped: frozenset[VisitKey] = frozenset(),
    ) -> None:
        self._layout = layout
        self._decide = decide
        self._lang = lang
        self._keep_person = keep_person
        self._grouped = grouped
        self._facts = [name for name in layout.known if name in FACTS]
        self._seen: dict[_Likeness, int] = {}

    def outcome_of(self, row: Row | BrokenRow) -> DecidedRow | RejectedRow:
        """The decision of `row`, or all reasons against deciding it."""
        if isinstance(row, BrokenRow):
            return self._rejected(row, [Fault(row.code, "", slots=row.slots)])
        faults = self._grouping_faults(row)
        try:
            case = case_from_texts(self._texts(row))
            if not faults:
                return self._decided(row, case, self._decide(case))
        except InvalidInput as invalid:
            faults = invalid.faults + faults
        return self._rejected(row, faults)

    def _decided(self, row: Row, case: Case, decision: DecisionView) -> DecidedRow:
        return DecidedRow(
            row=row.number,
            case_id=case.case_id or "",
            decision=decision,
            warnings=tuple(decision.warnings) + self._duplicate_warning(row, case),
            passed=tuple(row.cells[at] for at in self._layout.passed),
            person=self._layout.cell(row.cells, PERSON),
        )

    def _texts(self, row: Row) -> dict[str, str]:
        texts = {name: row.cells[self._layout.known[name]] for name in self._facts}
        texts.setdefault("purpose", _DEFAULT_PURPOSE)
        return texts

    def _grouping_faults(self, row: Row) -> list[Fault]:
        faults = []
        written = self._layout.cell(row.cells, LEG)
        leg = _LEGS.get(fold(written))
        if leg is None:
            faults.append(Fault("unknown_choice", LEG, safe(written), {"choices": _LEG_CODES, "danish": _LEG_CODES}))
        elif leg != ROUND_TRIP:
            faults.append(Fault("leg_needs_grouping", LEG, safe(written)))
        visit = _visit(row, self._layout)
        if visit in self._grouped:
            faults.append(Fault("visit_needs_grouping", VISIT, safe(visit[1])))
        return faults

    def _duplicate_warning(self, row: Row, case: Case) -> tuple[str, ...]:
        """A warning if an earlier row is the same trip of the same person. Without a name or a case number, who
        travelled is not known, and two strangers who paid the same fare are no duplicate."""
        person = self._layout.cell(row.cells, PERSON) or case.case_id
        if not person:
            return ()
        # Only round trips come this far, so the leg is the same in all rows.
        earlier = self._seen.setdefault((person, case.trip_date, case.means, case.paid_dkk), row.number)
        return () if earlier == row.number else (f"possible_duplicate:{earlier}",)

    def _rejected(self, row: Row | BrokenRow, faults: list[Fault]) -> RejectedRow:
        raw = self._shown(row)
        return RejectedRow(row.number, tuple(self._reject(row.number, fault, raw) for fault in faults))

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


def decide_rows(rows: Iterable[Row | BrokenRow], decider: RowDecider) -> Iterator[DecidedRow | RejectedRow]:
    """One outcome for each of `rows`, in their order."""
    return map(decider.outcome_of, rows)


def message(fault: Fault, column: str, lang: str) -> str:
    """What is wrong and what to do about it, in one line."""
    return " ".join(fault_texts(fault, lang, column)).strip()


def _visit(row: Row, layout: Layout) -> VisitKey | None:
    visit = layout.cell(row.cells, VISIT)
    return (layout.cell(row.cells, PERSON), visit) if visit else None
