"""The conversation: one question after the other, until nothing is open or the person stops."""

from __future__ import annotations

import sys

from transport_calc.cli.guide.answers import number_of, shown, value_of
from transport_calc.cli.guide.desk import Desk
from transport_calc.cli.guide.questions import ask, explain
from transport_calc.decision import Decision
from transport_calc.faults import InvalidInput, safe
from transport_calc.intake.text import fold, nearest_fact
from transport_calc.interview import Interview
from transport_calc.wording.fault_view import fault_name
from transport_calc.wording.justification import result_kind
from transport_calc.wording.numbers import kroner
from transport_calc.wording.plain import INDENT

BACK = ("<", "tilbage", "back")
CHANGE = ("ret", "change")
STOP = ("stop",)
"""What can be typed instead of an answer, in either language, as `fold` spells it."""


def converse(interview: Interview, desk: Desk) -> Interview:
    """Asks until nothing is open or the person stops; gives the interview as it then stands."""
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure:
        # Bytes that are no text become an answer that cannot be read, and is asked again.
        reconfigure(errors="replace")
    desk.say("intro")
    desk.say("keys")
    while True:
        decision = desk.decide(interview)
        fact = interview.next_question(decision)
        if fact is None:
            return interview
        ask(fact, interview, decision, desk)
        said = _answer()
        if said is None or fold(said) in STOP:
            return interview
        first, _, rest = said.partition(" ")
        if said == "?":
            explain(fact, decision, desk)
        elif fold(said) in BACK:
            if not interview.turns and interview.changing is None:
                desk.say("first_question")
            interview = interview.back()
        elif fold(first) in CHANGE:
            interview = _change(interview, rest.strip(), desk)
        else:
            interview = _with_answer(interview, fact, said, desk)


def _answer() -> str | None:
    """What was typed, or None at the end of input."""
    print("> ", end="", file=sys.stderr)
    sys.stderr.flush()
    try:
        return input().strip()
    except EOFError:
        print(file=sys.stderr)
        return None


def _with_answer(interview: Interview, fact: str, said: str, desk: Desk) -> Interview:
    """The interview with what was typed, or as it was, after saying what is wrong."""
    try:
        answered = interview.answer(fact, value_of(fact, said, desk.lang))
        decision = desk.decide(answered)
    except InvalidInput as invalid:
        desk.explain(invalid.faults)
        return interview
    if decision is not None:
        _so_far(decision, desk)
    return answered


def _so_far(decision: Decision, desk: Desk) -> None:
    """One line of what is settled already."""
    payable = decision.amount.payable_dkk
    minimum = decision.conditions[0].minimum_dkk if decision.conditions else None
    desk.say(
        f"so_far.{result_kind(decision)}",
        amount="" if payable is None else kroner(payable, desk.lang),
        minimum="" if minimum is None else kroner(minimum, desk.lang),
        year=decision.case.trip_date.year,
    )


def _change(interview: Interview, name: str, desk: Desk) -> Interview:
    """Asks again about the answer named, by number or name; lists the answers where none is."""
    answers = interview.settled
    fact = _named(name, list(answers)) if name else ""
    if fact:
        return interview.change(fact)
    if name:
        desk.say("not_among_answers", name=safe(name))
    if not answers:
        desk.say("nothing_to_change")
        return interview
    desk.say("answers")
    for number, (each, value) in enumerate(answers.items(), start=1):
        desk.print(f"{number} {fault_name(each, desk.lang)}: {shown(each, value, desk.lang)}", indent=INDENT)
    return interview


def _named(name: str, facts: list[str]) -> str:
    """The fact among `facts` that a number or a name means; empty if none."""
    if 1 <= number_of(name) <= len(facts):
        return facts[number_of(name) - 1]
    nearest = nearest_fact(name, cutoff=0.7)
    return nearest if nearest in facts else ""
