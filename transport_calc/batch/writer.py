"""Decisions and rejects to a file: plain CSV for machines, or JSON lines.

Plain means UTF-8 without a byte order mark, `;` between cells, a decimal point and `\\n`. Text that a spreadsheet
would run as a formula is written with a leading apostrophe.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Literal, TextIO

from transport_calc.batch.cells import join_cells
from transport_calc.batch.decide_rows import DecidedRow, Reject
from transport_calc.batch.guard import guarded
from transport_calc.batch.layout import PERSON, Layout
from transport_calc.batch.output_columns import COLUMNS, REJECT_COLUMNS, passed_names

Format = Literal["csv", "jsonl"]

_CENT = Decimal("0.01")


class DecisionWriter:
    """Writes decided rows to `stream` as `kind`, the person only if `keep_person`."""

    def __init__(self, stream: TextIO, layout: Layout, kind: Format, *, keep_person: bool = False) -> None:
        self._stream = stream
        self._kind = kind
        self._keep_person = keep_person and PERSON in layout.known
        self._passed = passed_names(layout)
        if kind == "csv":
            person = (PERSON,) if self._keep_person else ()
            _write_line(stream, (*COLUMNS, *map(guarded, self._passed), *person))

    def write(self, decided: DecidedRow) -> None:
        """Write one decided row."""
        if self._kind == "csv":
            _write_line(self._stream, self._cells(decided))
        else:
            self._stream.write(json.dumps(self._object(decided), ensure_ascii=False) + "\n")

    def _cells(self, decided: DecidedRow) -> tuple[str, ...]:
        decision = decided.decision
        person = (guarded(decided.person),) if self._keep_person else ()
        return (
            str(decided.row),
            "1",
            guarded(decided.case_id),
            decision.outcome,
            decision.form or "",
            decision.channel or "",
            decision.ground,
            money(decision.payable_dkk) or "",
            money(decision.minimum_dkk) or "",
            ";".join(decision.missing),
            guarded(";".join(decided.warnings)),
            guarded(decision.justification),
            *map(guarded, decided.passed),
            *person,
        )

    def _object(self, decided: DecidedRow) -> dict[str, object]:
        decision = decided.decision
        person = {PERSON: decided.person} if self._keep_person else {}
        return {
            "row": decided.row,
            "rows": 1,
            "case_id": decided.case_id or None,
            "outcome": decision.outcome,
            "form": decision.form,
            "channel": decision.channel,
            "ground": decision.ground.split(";") if decision.ground else [],
            "payable_dkk": money(decision.payable_dkk),
            "minimum_dkk": money(decision.minimum_dkk),
            "missing": list(decision.missing),
            "warnings": list(decided.warnings),
            "justification": decision.justification,
            **dict(zip(self._passed, decided.passed, strict=True)),
            **person,
        }


class RejectWriter:
    """Writes the reasons of rejected rows to `stream` as plain CSV."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        _write_line(stream, REJECT_COLUMNS)

    def write(self, reject: Reject) -> None:
        """Write one reason."""
        texts = (reject.column, reject.code, reject.value, reject.message, reject.raw)
        _write_line(self._stream, (str(reject.row), *map(guarded, texts)))


def money(amount: Decimal | None) -> str | None:
    """Kroner with two decimals and a point. An amount finer than the øre is an error, never rounded away."""
    if amount is None:
        return None
    in_oere = amount.quantize(_CENT)
    if in_oere != amount:
        raise ValueError(f"not a whole number of øre: {amount}")
    return str(in_oere)


def _write_line(stream: TextIO, cells: tuple[str, ...]) -> None:
    stream.write(join_cells(cells) + "\n")
