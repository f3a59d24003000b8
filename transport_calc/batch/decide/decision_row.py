"""What a batch writes of a decision: the columns of contract section 6."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from transport_calc.chain import Essence
from transport_calc.decision import Decision
from transport_calc.wording.justification import justification

OF_DECISION = ("outcome", "form", "channel", "ground", "missing", "warnings")
"""The codes of a decision by the names of their columns."""


@dataclass(frozen=True)
class DecisionRow:
    """One decision as a row; `ground` joins the codes of the grounds that are met with semicolons."""

    outcome: str
    form: str | None
    channel: str | None
    ground: str
    payable_dkk: Decimal | None
    minimum_dkk: Decimal | None
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    justification: str


def decision_row(decision: Decision | Essence, lang: str) -> DecisionRow:
    """The row of a decision, with the same justification that `check` prints."""
    return DecisionRow(
        outcome=decision.outcome,
        form=decision.form,
        channel=decision.channel.code,
        ground=";".join(ground.code for ground in decision.grounds if ground.met),
        payable_dkk=decision.amount.payable_dkk,
        minimum_dkk=decision.amount.minimum_dkk,
        missing=decision.missing,
        warnings=_warnings(decision),
        justification=justification(decision, lang),
    )


def _warnings(decision: Decision | Essence) -> tuple[str, ...]:
    stand_ins = tuple(f"{each.name}_of_{each.stands_in}" for each in decision.parameters if each.stands_in)
    unsure = tuple(f"{each.name}_inferred" for each in decision.parameters if each.confidence == "inferred")
    own = tuple(f"{each.name}_own" for each in decision.parameters if each.confidence == "user")
    return stand_ins + unsure + own + tuple(f"open_question:{code}" for code in decision.open_questions)
