"""One situation decided for all rows that share it: the tests that lead there, and its texts with marks for numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, cast

from transport_calc.batch.decision_row import DecisionRow, decision_row
from transport_calc.batch.symbols import DAY_SLOT, MARK, Day, Expression, NotSymbolic, Recording, Slot, Test, expression_of
from transport_calc.chain import decide
from transport_calc.facts import Case
from transport_calc.faults import InvalidInput
from transport_calc.parameters import Amount, Parameters

MOST_DECIMALS = 3
_SYMBOLIC = ("minimum_", "mileage_")


class Pattern(NamedTuple):
    """How a situation is decided.

    `tests` are the comparisons of numbers that lead here. `row` is None if such rows must be decided one by one:
    because the facts contradict each other, or because the way went through something no column can follow. The
    justification is `pieces[0]`, the first slot, `pieces[1]`, and so on; a slot is a number or the day of the trip.
    """

    tests: Mapping[Test, bool]
    row: DecisionRow | None = None
    payable: Expression | None = None
    minimum: Expression | None = None
    calculated: Expression | None = None
    pieces: tuple[str, ...] = ()
    slots: tuple[Slot | str, ...] = ()


class _SymbolicAmounts:
    """The dated amounts as symbols, so that one pattern serves every year whose law is the same."""

    def __init__(self, parameters: Parameters, recording: Recording) -> None:
        self._parameters = parameters
        self._recording = recording

    def at(self, name: str, on: date) -> Amount:
        amount = self._parameters.at(name, on)
        if not name.startswith(_SYMBOLIC):
            return amount
        return amount._replace(value=self._recording.number(amount.value, ("amount", name)))


def pattern_of(facts: Mapping[str, object], parameters: Parameters, lang: str) -> Pattern:
    """The pattern to which a row with these facts belongs."""
    recording = Recording()
    symbols = {name: _symbol(name, value, recording) for name, value in facts.items()}
    amounts = cast(Parameters, _SymbolicAmounts(parameters, recording))
    try:
        decision = decide(Case(**cast(dict[str, Any], symbols)), parameters=amounts, compare_prices=False)
        row = decision_row(decision, lang)
        pieces, slots = _taken_apart(row.justification, recording)
        money = decision.amount
        return Pattern(
            recording.tests,
            row,
            _expression(row.payable_dkk),
            _expression(row.minimum_dkk),
            _expression(money.calculated_dkk),
            pieces,
            slots,
        )
    except (InvalidInput, NotSymbolic):
        return Pattern(recording.tests)


def _symbol(name: str, value: object, recording: Recording) -> object:
    if name == "trip_date" and isinstance(value, date):
        return Day(value.year, value.month, value.day)
    if isinstance(value, Decimal):
        return recording.number(value, ("fact", name))
    return value


def _expression(value: Decimal | None) -> Expression | None:
    return None if value is None else expression_of(value)


def _taken_apart(text: str, recording: Recording) -> tuple[tuple[str, ...], tuple[Slot | str, ...]]:
    parts = text.split(MARK)
    slots = tuple(DAY_SLOT if mark == DAY_SLOT else recording.slots[int(mark)] for mark in parts[1::2])
    for slot in slots:
        if isinstance(slot, Slot) and slot.decimals > MOST_DECIMALS:
            raise NotSymbolic("more decimals than a column writes")
    return tuple(parts[::2]), slots
