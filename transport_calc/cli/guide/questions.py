"""A question as it stands on the terminal: the question, its possible answers, and on `?` its legal reason."""

from __future__ import annotations

import sys

from transport_calc.cli.guide.answers import choices, form_of, shown
from transport_calc.cli.guide.desk import Desk
from transport_calc.decision import Decision
from transport_calc.facts import FACTS
from transport_calc.interview import Interview, provisions_reading
from transport_calc.wording import has_text, text
from transport_calc.wording.plain import INDENT
from transport_calc.wording.sentences import question


def ask(fact: str, interview: Interview, decision: Decision | None, desk: Desk) -> None:
    print(file=sys.stderr)
    own = f"guide.question.{fact}"
    if decision is None or has_text(own, desk.lang):
        desk.print(text(own, desk.lang))
    else:
        desk.print(question(fact, decision, desk.lang))
    if fact in interview.answers:
        desk.say("now", value=shown(fact, interview.answers[fact], desk.lang))
    for number, label in enumerate(choices(fact, desk.lang), start=1):
        desk.print(f"{number} {label}", indent=INDENT)
    form = form_of(fact)
    if form:
        desk.say(f"form.{form}", indent=INDENT)


def explain(fact: str, decision: Decision | None, desk: Desk) -> None:
    """Why a fact is asked for: what the provisions that read it say, with their citations."""
    info = FACTS[fact]
    provisions = provisions_reading(fact, decision) if decision is not None else ()
    for provision in provisions:
        if decision is not None and has_text(f"provision.{provision}", desk.lang):
            said = text(f"provision.{provision}", desk.lang)
            desk.say("why", indent=INDENT, citation=decision.cite(provision), said=said)
    if provisions:
        return
    own = f"guide.why.{'date' if fact == 'trip_date' else fact}"
    if has_text(own, desk.lang):
        desk.print(text(own, desk.lang), indent=INDENT)
    else:
        meaning = info.meaning_da if desk.lang == "da" else info.meaning
        desk.say("why.plain", indent=INDENT, meaning=meaning)
