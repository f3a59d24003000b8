"""One situation decided for all rows that share it: the tests that lead there, and its texts with marks for numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, cast

from transport_calc.batch.decide.decision_row import DecisionRow, decision_row
from transport_calc.batch.decide.symbols import (
    DAY_MARK,
    DAY_SLOT,
    MARK,
    Expression,
    NotSymbolic,
    Recording,
    Slot,
    Test,
    expression_of,
)
from transport_calc.chain import Essence, channel_in, essence, judged_case
from transport_calc.claims import Amounts
from transport_calc.decision import Form
from transport_calc.facts import Case
from transport_calc.faults import InvalidInput
from transport_calc.judgement import Judgement
from transport_calc.law.schemes import Channel
from transport_calc.municipalities import Municipality
from transport_calc.parameters import Amount, Parameters
from transport_calc.wording.numbers import Spoken

MOST_DECIMALS = 3
LOCAL_MEASURES = ("is_child", "handicap_trips_left")
"""The comparisons that the rules of some municipality ask for: they go out alike for all rows of a pattern, so that it
serves every municipality."""
_SYMBOLIC = ("minimum_", "mileage_")


class Wording(NamedTuple):
    """What is written for a pattern in a municipality; the amounts as expressions.

    The justification is `pieces[0]`, the first slot, `pieces[1]`, and so on; a slot is a number or the day of the
    trip.
    """

    row: DecisionRow
    payable: Expression | None
    minimum: Expression | None
    calculated: Expression | None
    pieces: tuple[str, ...]
    slots: tuple[Slot | str, ...]


@dataclass
class Pattern:
    """How a situation is decided; `tests` are the comparisons of numbers that lead here.

    `judged` is `None` if such rows must be decided one by one: because the facts contradict each other, or because
    the way went through something no column can follow.
    """

    tests: Mapping[Test, bool]
    lang: str = "da"
    case: Case | None = None
    judged: Judgement | None = None
    amounts: Amounts | None = None
    recording: Recording = field(default_factory=Recording)
    _wordings: dict[tuple[object, ...], Wording | None] = field(default_factory=dict)

    def in_municipality(self, where: Municipality | None) -> Wording | None:
        """What is written for such rows in a municipality; `None` if they must be decided one by one."""
        if self.case is None or self.judged is None or self.amounts is None:
            return None
        channel, form = channel_in(self.judged, where)
        if self._compares_more():
            return None
        # Most municipalities lead to the same words, which are made once.
        said = _told_apart_by(channel, form)
        if said not in self._wordings:
            self._wordings[said] = self._worded(essence(self.case, self.judged, self.amounts, where))
        return self._wordings[said]

    def _worded(self, found: Essence) -> Wording | None:
        try:
            wording = _wording(found, self.recording, self.lang)
        except NotSymbolic:
            return None
        return None if self._compares_more() else wording

    def _compares_more(self) -> bool:
        """Whether numbers were compared otherwise than when the pattern was found: then its rows are not all alike."""
        return len(self.recording.tests) != len(self.tests)


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

    def series(self, name: str) -> list[Amount]:
        return self._parameters.series(name)


def pattern_of(
    facts: Mapping[str, object], parameters: Parameters, lang: str, where: Municipality | None = None
) -> Pattern:
    """The pattern to which a row with these facts belongs, whatever its municipality; `where` is that of the row."""
    recording = Recording()
    symbols = {name: _symbol(name, value, recording) for name, value in facts.items()}
    symbolic = cast(Parameters, _SymbolicAmounts(parameters, recording))
    try:
        case = Case(**cast(dict[str, Any], symbols))
        judged, amounts = judged_case(case, symbolic)
        for name in LOCAL_MEASURES:
            judged.known.get(name)
        found = essence(case, judged, amounts, where)
        wording = _wording(found, recording, lang)
    except (InvalidInput, NotSymbolic):
        return Pattern(dict(recording.tests))
    wordings: dict[tuple[object, ...], Wording | None] = {_told_apart_by(found.channel, found.form): wording}
    return Pattern(dict(recording.tests), lang, case, judged, amounts, recording, wordings)


def _told_apart_by(channel: Channel, form: Form | None) -> tuple[object, ...]:
    """All that a municipality changes in the words of a situation."""
    return (channel.code, form, channel.depends_on)


def _wording(found: Essence, recording: Recording, lang: str) -> Wording:
    row = decision_row(found, lang)
    pieces, slots = _taken_apart(row.justification, recording)
    return Wording(
        row,
        _expression(row.payable_dkk),
        _expression(row.minimum_dkk),
        _expression(found.amount.calculated_dkk),
        pieces,
        slots,
    )


def _symbol(name: str, value: object, recording: Recording) -> object:
    if name == "trip_date" and isinstance(value, date):
        return Spoken.of(value, DAY_MARK)
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
