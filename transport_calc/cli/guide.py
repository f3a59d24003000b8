"""`guide`: an interview in the terminal, one plain question at a time, until the case is settled."""

from __future__ import annotations

import os
import shlex
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from transport_calc.chain import decide
from transport_calc.cli.shared import (
    EXIT_UNDETERMINED,
    EXIT_UNUSABLE,
    Data,
    Lang,
    UseAmountsOf,
    file_fault,
    option_name,
    print_faults,
    read_input,
    user_data,
)
from transport_calc.contradictions import contradictions
from transport_calc.decision import Decision
from transport_calc.facts import FACTS, REQUIRED, Case
from transport_calc.faults import Fault, InvalidInput, masked, safe
from transport_calc.intake.text import Unreadable, fold, nearest_fact, parse_fact
from transport_calc.interview import Interview, Turn, provisions_reading
from transport_calc.law.orders import FIRST_DAY
from transport_calc.parameters import BadDataFile, Parameters
from transport_calc.wording import has_text, text
from transport_calc.wording.fact_words import value_name
from transport_calc.wording.fault_view import fault_name, fault_texts
from transport_calc.wording.justification import result_kind
from transport_calc.wording.numbers import kilometres, kroner, short_date
from transport_calc.wording.plain import INDENT, WIDTH, wrap
from transport_calc.wording.sentences import question

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

BACK = ("<", "tilbage", "back")
CHANGE = ("ret", "change")
STOP = ("stop",)
UNKNOWN = ("", "ved_ikke", "ved_det_ikke", "ukendt", "don't_know", "dont_know", "unknown")
"""What can be typed instead of an answer, in either language, as `fold` spells it."""

_STAND_INS: dict[str, Any] = {"purpose": "rehabilitation", "trip_date": FIRST_DAY}


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


@app.command()
def guide(
    *,
    input: Annotated[
        str | None,
        typer.Option("--input", metavar="FILE", help="Begin with the facts of this JSON case; `-` is standard input."),
    ] = None,
    save: Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Write the case as JSON.")] = None,
    use_amounts_of: UseAmountsOf = None,
    data: Data = None,
    lang: Lang = "da",
) -> None:
    """Ask one question at a time, only what can still change the case, then decide as `check` does.

    Without a terminal nothing is asked: what is missing is named.
    Exit status: 0 decided, 2 unusable facts, 3 cannot be decided yet.
    """
    desk = Desk(lang, Parameters(user_data=user_data(data), use_amounts_of=use_amounts_of), use_amounts_of)
    asks = sys.stdin.isatty() and input != "-"
    try:
        interview = Interview(_given(input, lang))
        if asks:
            # Reads every amount once, so that a broken file is named before the first question.
            desk.parameters.series("mileage_low")
            interview = _converse(interview, desk)
        decision = desk.decide(interview)
    except BadDataFile as bad:
        print_faults([Fault("bad_data_file", "--data", masked(str(bad)))], lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except InvalidInput as invalid:
        print_faults(invalid.faults, lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    _close(interview, decision, desk, data, asks=asks)
    if save is not None:
        _save(interview, save, desk)
    complete = decision is not None and (asks or not decision.missing)
    raise typer.Exit(decision.exit_status if decision and complete else EXIT_UNDETERMINED)


# --- before -----------------------------------------------------------------------------------------------------------


def _given(source: str | None, lang: str) -> tuple[Turn, ...]:
    """The facts of the case to begin with; unlike for `check`, the required ones may be missing too."""
    if source is None:
        return ()
    import json

    from transport_calc.intake.json_case import case_from_json, case_from_object

    said = read_input(source, lang)
    stood_in: set[str] = set()
    try:
        case = case_from_json(said)
    except InvalidInput as invalid:
        stood_in = {fault.field for fault in invalid.faults if fault.code == "missing_fact"}
        if not stood_in:
            raise
        found = json.loads(said, parse_float=Decimal, parse_int=_whole)
        try:
            case = case_from_object({**found, **{name: _STAND_INS[name] for name in stood_in}})
        except InvalidInput as rest:
            raise InvalidInput(rest.faults) from None
    faults = contradictions(case)
    if faults:
        raise InvalidInput(faults)
    values = {name: getattr(case, name) for name in FACTS if name not in stood_in}
    return tuple(Turn(name, value) for name, value in values.items() if value is not None)


def _whole(digits: str) -> int | Decimal:
    # Python refuses thousands of digits, which would hide that the number is too large for a fact.
    return int(digits) if len(digits) <= 20 else Decimal(digits)


# --- the conversation -------------------------------------------------------------------------------------------------


def _converse(interview: Interview, desk: Desk) -> Interview:
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
        _ask(fact, interview, decision, desk)
        said = _answer()
        if said is None or fold(said) in STOP:
            return interview
        first, _, rest = said.partition(" ")
        if said == "?":
            _explain(fact, decision, desk)
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


def _ask(fact: str, interview: Interview, decision: Decision | None, desk: Desk) -> None:
    print(file=sys.stderr)
    own = f"guide.question.{fact}"
    if decision is None or has_text(own, desk.lang):
        desk.print(text(own, desk.lang))
    else:
        desk.print(question(fact, decision, desk.lang))
    if fact in interview.answers:
        desk.say("now", value=_shown(fact, interview.answers[fact], desk.lang))
    for number, label in enumerate(_choices(fact, desk.lang), start=1):
        desk.print(f"{number} {label}", indent=INDENT)
    form = _form(fact)
    if form:
        desk.say(f"form.{form}", indent=INDENT)


def _form(fact: str) -> str:
    info = FACTS[fact]
    if info.kind == "decimal":
        return "km" if info.unit == "km" else "kr"
    return info.kind if info.kind in ("date", "whole") else ""


def _choices(fact: str, lang: str) -> dict[str, str | bool]:
    """The answers to choose among, by what a person calls them, in the order of their numbers."""
    info = FACTS[fact]
    values: tuple[str | bool, ...] = (True, False) if info.kind == "bool" else tuple(info.choices)
    return {_label(fact, value, lang): value for value in values}


def _label(fact: str, value: object, lang: str) -> str:
    own = f"guide.choice.{fact}.{value}"
    return text(own, lang) if has_text(own, lang) else value_name(fact, value, lang)


def _shown(fact: str, value: object, lang: str) -> str:
    """An answer as a person reads it."""
    if value is None:
        return text("guide.unknown", lang)
    if isinstance(value, date):
        return short_date(value, lang)
    if isinstance(value, Decimal):
        return kilometres(value, lang) if _form(fact) == "km" else kroner(value, lang)
    return safe(_label(fact, value, lang))


def _with_answer(interview: Interview, fact: str, said: str, desk: Desk) -> Interview:
    """The interview with what was typed, or as it was, after saying what is wrong."""
    try:
        answered = interview.answer(fact, _value(fact, said, desk.lang))
        decision = desk.decide(answered)
    except InvalidInput as invalid:
        desk.explain(invalid.faults)
        return interview
    if decision is not None:
        _so_far(decision, desk)
    return answered


def _value(fact: str, said: str, lang: str) -> object:
    """What was typed as a value of the fact, None for unknown. Raises `InvalidInput`."""
    if not said and fact == "trip_date":
        return date.today()
    if fold(said.replace("’", "'")) in UNKNOWN:
        if fact in REQUIRED:
            raise InvalidInput([Fault("missing_fact", fact)])
        return None
    choices = _choices(fact, lang)
    number = _number(said)
    if 1 <= number <= len(choices):
        said = list(choices)[number - 1]
    chosen = {fold(label): value for label, value in choices.items()}.get(fold(said), said)
    try:
        return chosen if isinstance(chosen, bool) else parse_fact(FACTS[fact], chosen)
    except Unreadable as unreadable:
        raise InvalidInput([Fault(unreadable.code, fact, safe(said), unreadable.slots)]) from None


def _number(said: str) -> int:
    """The number of a choice as it was typed; 0 for anything else."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 2 else 0


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


def _explain(fact: str, decision: Decision | None, desk: Desk) -> None:
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
        desk.print(f"{number} {fault_name(each, desk.lang)}: {_shown(each, value, desk.lang)}", indent=INDENT)
    return interview


def _named(name: str, facts: list[str]) -> str:
    """The fact among `facts` that a number or a name means; empty if none."""
    if 1 <= _number(name) <= len(facts):
        return facts[_number(name) - 1]
    nearest = nearest_fact(name, cutoff=0.7)
    return nearest if nearest in facts else ""


# --- the end ----------------------------------------------------------------------------------------------------------


def _close(interview: Interview, decision: Decision | None, desk: Desk, data: Path | None, *, asks: bool) -> None:
    """The decision as `check` prints it, and how to have it again; without a terminal, what is missing."""
    if decision is not None:
        if asks:
            print(file=sys.stderr)
        print(decision.as_text(desk.lang), end="", flush=True)
        missing = [question(fact, decision, desk.lang) for fact in decision.missing]
    else:
        desk.say("no_decision")
        missing = [text(f"guide.question.{fact}", desk.lang) for fact in REQUIRED if fact not in interview.answers]
    if asks and decision is not None:
        print(file=sys.stderr)
        desk.say("command")
        print(command_line(decision.case, desk, data, windows=os.name == "nt"), file=sys.stderr)
    elif missing and not asks:
        desk.say("missing")
        for each in missing:
            desk.print(each, indent=INDENT)


def command_line(case: Case, desk: Desk, data: Path | None, *, windows: bool) -> str:
    """The `check` that decides this case in the same way, quoted for a POSIX shell or for Windows."""
    options = [_option(name, getattr(case, name)) for name in FACTS if getattr(case, name) is not None]
    if desk.use_amounts_of is not None:
        options.append(("--use-amounts-of", str(desk.use_amounts_of)))
    if data is not None:
        options.append(("--data", str(data)))
    options.append(("--lang", desk.lang))
    quote = _windows_quoted if windows else shlex.quote
    words = [" ".join((option[0], *map(quote, option[1:]))) for option in options]
    if windows:
        return " ".join(("transport-calc check", *words))
    lines = ["transport-calc check"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) <= WIDTH - 2:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{INDENT}{INDENT}{word}")
    return " \\\n".join(lines)


def _option(name: str, value: object) -> tuple[str, ...]:
    option = option_name(name)
    if isinstance(value, bool):
        return (option if value else f"--no-{option[2:]}",)
    if isinstance(value, Decimal):
        # With a comma: `12.345` could be a thousand and is refused.
        return option, format(value, "f").replace(".", ",")
    return option, value.isoformat() if isinstance(value, date) else str(value)


def _windows_quoted(value: str) -> str:
    from subprocess import list2cmdline

    quoted = list2cmdline([value])
    harmless = all(each.isalnum() or each in "-_.,:/\\" for each in quoted)
    return quoted if harmless or quoted.startswith('"') else f'"{quoted}"'


def _save(interview: Interview, path: Path, desk: Desk) -> None:
    """The case as JSON, as `--input` reads it; also half a case."""
    import json

    answers = interview.answers
    facts = {name: _literal(answers[name]) for name in FACTS if name in answers}
    try:
        path.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as error:
        found = file_fault(error, str(path), "--save", desk.lang)
        print_faults([found._replace(code="unwritable_file")], desk.lang, options=False)
        raise typer.Exit(EXIT_UNUSABLE) from None
    desk.say("saved", file=path)


def _literal(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
