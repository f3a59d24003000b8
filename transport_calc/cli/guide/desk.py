"""What the interview is held with: the language, the amounts, and the voice, which speaks on stderr."""

from __future__ import annotations

import sys
from typing import NamedTuple

from transport_calc.chain import decide
from transport_calc.decision import Decision
from transport_calc.faults import Fault
from transport_calc.interview import Interview
from transport_calc.parameters import Parameters
from transport_calc.wording import text
from transport_calc.wording.fault_view import fault_name, fault_texts
from transport_calc.wording.plain import INDENT, WIDTH, wrap


class Desk(NamedTuple):
    """What the interview is held with: the language and the amounts."""

    lang: str
    parameters: Parameters
    use_amounts_of: int | None

    def decide(self, interview: Interview) -> Decision | None:
        """The decision on the answers so far; None while a required one is open. Raises `InvalidInput`."""
        case = interview.case()
        if case is None:
            return None
        return decide(case, parameters=self.parameters, use_amounts_of=self.use_amounts_of)

    def say(self, key: str, *, indent: str = "", **slots: object) -> None:
        """A text of the conversation, which goes to stderr: stdout holds the decision alone."""
        self.print(text(f"guide.{key}", self.lang, **slots), indent=indent)

    def explain(self, faults: list[Fault]) -> None:
        """What is wrong with an answer, and what to do."""
        for fault in faults:
            wrong, remedy = fault_texts(fault, self.lang, fault_name(fault.field, self.lang))
            self.print(wrong)
            self.print(remedy, indent=INDENT)

    def print(self, said: str, *, indent: str = "") -> None:
        for line in wrap(said, WIDTH - len(indent)):
            print(f"{indent}{line}", file=sys.stderr)
