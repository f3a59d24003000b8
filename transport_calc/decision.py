"""The decision: one value from which text, JSON, letter, CSV row and exit status are views.

It holds codes, numbers and dates, no prose: the sentences are made by `transport_calc.wording` in the language
asked for.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from transport_calc.engine.provision import REGISTRY
from transport_calc.engine.trace import Step
from transport_calc.facts import Case
from transport_calc.law.amount import Line
from transport_calc.law.appeal import Appeal
from transport_calc.law.designated_place import with_what_follows
from transport_calc.law.schemes import Channel, Offer, Outcome
from transport_calc.parameters import Amount, Parameters

if TYPE_CHECKING:
    from transport_calc.municipalities import Municipality, NextStep
    from transport_calc.prices import Price

FORMAT = "transport-calc/decision/1"

Status = Literal["decided", "undetermined", "invalid"]
Form = Literal["transport", "reimbursement", "transport_or_reimbursement", "own_arrangement"]


class Margin(NamedTuple):
    """How far a number is from its limit: over it where the ground is met, short of it where it is not."""

    value: Decimal
    unit: str


class Ground(NamedTuple):
    """One of the alternative grounds; `met` is None where an unknown fact decides it."""

    code: str
    met: bool | None
    citation: str
    margin: Margin | None


class Condition(NamedTuple):
    """A condition under which the outcome holds; `minimum_dkk` is None where the amount itself is unknown."""

    code: str
    minimum_dkk: Decimal | None


class Money(NamedTuple):
    """The amount. `payable_dkk` is None while unknown; `lowest` and `highest` bound it where both can be told."""

    status: Literal["payable", "below_minimum", "none", "unknown"]
    payable_dkk: Decimal | None
    basis: str
    calculated_dkk: Decimal | None
    minimum_dkk: Decimal | None
    minimum_class: str | None
    lines: tuple[Line, ...]
    companion_payable_dkk: Decimal | None
    companion_reason: str
    lowest_dkk: Decimal | None = None
    highest_dkk: Decimal | None = None


class Presumption(NamedTuple):
    """An exception nobody raised, and the ordinary value the decision rests on instead."""

    fact: str
    value: object


class Payer(NamedTuple):
    """Who pays, and by which provision; `code` is None where an unknown fact decides it."""

    code: str | None
    citation: str


class TraceStep(NamedTuple):
    """A provision as it was evaluated: its citation on the day and what it found (DIFFERS where facts decide)."""

    step: Step
    citation: str


class Decision(NamedTuple):
    """The whole answer for one case.

    `reasons` are the codes of why, `open_questions` those among them that the law leaves unsettled, `bases` the codes
    of the legal bases, `next_steps` the municipality's practice, `dated_amounts` all the amounts, of whatever year,
    that it was decided with.
    """

    case: Case
    status: Status
    outcome: Outcome
    conditions: tuple[Condition, ...]
    form: Form | None
    channel: Channel
    alternatives: tuple[Offer, ...]
    bases: tuple[str, ...]
    legal_basis: str
    reasons: tuple[str, ...]
    open_questions: tuple[str, ...]
    grounds: tuple[Ground, ...]
    amount: Money
    missing: tuple[str, ...]
    moot: tuple[str, ...]
    assumed: tuple[Presumption, ...]
    unknown_amounts: tuple[str, ...]
    last_known_minimum: Amount | None
    payer: Payer | None
    prices: "tuple[Price, ...]"
    appeal: Appeal
    decided_on: date
    steps: tuple[TraceStep, ...]
    parameters: tuple[Amount, ...]
    unused_amounts_of: str
    municipality: "Municipality | None"
    next_steps: "tuple[NextStep, ...]"
    dated_amounts: Parameters

    @property
    def exit_status(self) -> int:
        """The exit status of a command that shows this decision alone (contract section 4)."""
        return 3 if self.status == "undetermined" else 0

    @property
    def completed(self) -> Case:
        """The case with what follows from its facts."""
        return with_what_follows(self.case)

    def cite(self, provision: str) -> str:
        """The citation of a provision on the day of the trip."""
        return REGISTRY[provision].citation(self.case.trip_date)

    def as_json(self, lang: str = "da") -> dict[str, Any]:
        """The JSON of contract section 3, as plain values."""
        from transport_calc.wording.json_view import as_json

        return as_json(self, lang)

    def as_text(self, lang: str = "da") -> str:
        """The plain text a caseworker pastes into the case, at 80 columns."""
        from transport_calc.wording.document import document
        from transport_calc.wording.plain import plain

        return plain(document(self, lang))

    def as_markdown(self, lang: str = "da") -> str:
        """The same content as Markdown."""
        from transport_calc.wording.document import document
        from transport_calc.wording.markdown import markdown

        return markdown(document(self, lang))
