"""The sentences of a decision, one small function per kind, used by every view."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from transport_calc.facts import FACTS
from transport_calc.law.amount import Line
from transport_calc.parameters import Amount
from transport_calc.wording import has_text, text
from transport_calc.wording.numbers import kilometres, kroner, long_date, short_date, whole

if TYPE_CHECKING:
    from transport_calc.chain import Essence
    from transport_calc.decision import Decision, Ground
    from transport_calc.municipalities import NextStep

MEASURED_IN_KR = ("minimum_pensioner", "minimum_other", "mileage_low")


def short_citation(citation: str, decision: Decision | Essence) -> str:
    """The citation without the order's name, where the decision names the order anyway."""
    order = order_name(decision)
    return citation.removeprefix(f"{order} ") if order else citation


def order_name(decision: Decision | Essence) -> str:
    """The order the decision rests on, like `BEK 816/2018`; empty where it rests on none."""
    for part in decision.legal_basis.split("; "):
        if part.startswith("BEK "):
            return " ".join(part.split()[:2])
    return ""


def limit_km(decision: Decision | Essence) -> str:
    """The distance limit of the day as a whole number, 50 where it was not needed."""
    for amount in decision.parameters:
        if amount.name.startswith("distance_limit"):
            return whole(amount.value, "en")
    return "50"


def ground_name(ground: Ground, decision: Decision, lang: str) -> str:
    return text(f"ground.{ground.code}", lang, limit=limit_km(decision))


def ground_detail(ground: Ground, decision: Decision | Essence, lang: str) -> str:
    """What is known about a ground in a few words, with the margin to the limit."""
    case = decision.case
    state = _state(ground)
    if ground.code == "pension" and state == "unknown" and case.pension in ("foreign", "deferred_folkepension"):
        return text(f"ground.pension.{case.pension}", lang)
    if ground.code == "distance":
        return _distance_detail(ground, decision, state, lang)
    if ground.code == "health" and _needs_callin(decision, state):
        return text(f"ground.health.{state}.hospital", lang)
    return text(f"ground.{ground.code}.{state}", lang)


def _distance_detail(ground: Ground, decision: Decision | Essence, state: str, lang: str) -> str:
    case = decision.completed
    if state == "unknown":
        if case.distance_km is not None:
            return text("ground.distance.unknown.designated", lang, km=kilometres(case.distance_km, lang))
        return text("ground.distance.unknown", lang)
    if case.distance_km is None or ground.margin is None:
        return text(f"ground.distance.{state}.plain", lang)
    slots = {"km": kilometres(case.distance_km, lang), "margin": kilometres(ground.margin.value, lang)}
    if state == "no" and _designated_decides(decision):
        designated = kilometres(case.designated_distance_km or Decimal(0), lang)
        return text("ground.distance.no.designated", lang, designated=designated, **slots)
    return text(f"ground.distance.{state}", lang, **slots)


def ground_sentence(ground: Ground, decision: Decision | Essence, lang: str) -> str:
    """A ground as a full sentence of the justification."""
    case = decision.completed
    state = _state(ground)
    slots = {"limit": limit_km(decision)}
    key = f"why.{ground.code}.{state}"
    if ground.code == "distance" and state != "unknown":
        if case.distance_km is None:
            key += ".plain"
        else:
            slots["km"] = kilometres(case.distance_km, lang)
        if (
            case.designated_distance_km is not None
            and case.place_choice == "own_choice"
            and case.distance_km is not None
        ):
            slots["designated"] = kilometres(case.designated_distance_km, lang)
            if state == "yes":
                key += ".both"
            elif _designated_decides(decision):
                key += ".designated"
    elif ground.code == "health" and decision.bases == ("hospital",) and has_text(f"{key}.hospital", lang):
        key += ".hospital"
    sentence = text(key, lang, **slots)
    cites = text("cited", lang, text="", citation=short_citation(ground.citation, decision)).strip()
    return f"{sentence[:-1]} {cites}."


def _state(ground: Ground) -> str:
    return {True: "yes", False: "no", None: "unknown"}[ground.met]


def _needs_callin(decision: Decision | Essence, state: str) -> bool:
    excluded = decision.case.mobility in ("excluded", "special_vehicle")
    return decision.bases == ("hospital",) and excluded and state in ("no", "unknown")


def _designated_decides(decision: Decision | Essence) -> bool:
    case = decision.completed
    return (
        case.place_choice == "own_choice"
        and case.designated_distance_km is not None
        and case.distance_km is not None
        and case.designated_distance_km < case.distance_km
    )


def question(fact: str, decision: Decision, lang: str) -> str:
    """The question that settles a missing fact or amount."""
    case = decision.case
    if fact == "pensioner" and case.pension in ("foreign", "deferred_folkepension"):
        return text(f"question.pensioner.{case.pension}", lang)
    if fact == "distance_km" and _only_the_limit_matters(decision):
        return text("question.distance_km.limit", lang, limit=limit_km(decision))
    if fact in FACTS and not has_text(f"question.{fact}", lang):
        info = FACTS[fact]
        return text("question.other", lang, meaning=info.meaning_da if lang == "da" else info.meaning)
    return text(f"question.{fact}", lang, year=case.trip_date.year)


def _only_the_limit_matters(decision: Decision) -> bool:
    """The distance decides a ground, and no amount is computed from it."""
    on_distance = any(ground.code == "distance" and ground.met is None for ground in decision.grounds)
    by_bus = decision.case.mobility == "public_transport" or decision.amount.calculated_dkk is not None
    return on_distance and by_bus


def fact_name(fact: str, lang: str) -> str:
    """A fact as a person calls it: its Danish name, or in English its public name in words."""
    if fact in FACTS:
        return (
            FACTS[fact].danish.replace("_", " ")
            if lang == "da"
            else fact.removesuffix("_dkk").removesuffix("_km").replace("_", " ")
        )
    return text(f"parameter.{fact}", lang)


def depends_on(decision: Decision | Essence, lang: str) -> str:
    """The facts still missing, as an amount that is not known yet depends on them."""
    return ", ".join(fact_name(name, lang) for name in decision.missing)


def line_text(line: Line, lang: str) -> str:
    """A line of the computation."""
    numbers = {name: whole(value, lang) for name, value in line.slots}
    if "rate" in numbers:
        numbers["rate"] = kroner(dict(line.slots)["rate"], lang).removesuffix(" kr.")
    return text(f"line.{line.code}", lang, **numbers)


def whom(minimum_class: str | None, lang: str) -> str:
    return text(f"whom.{minimum_class or 'unknown'}", lang)


def appeal_sentence(decision: Decision, lang: str) -> str:
    """The complaint line."""
    found = decision.appeal
    day = long_date(decision.decided_on, lang)
    return text(f"appeal.{found.code}", lang, body=found.body, citation=found.citation, date=day)


def channel_sentence(decision: Decision, lang: str) -> str:
    """What the citizen does now."""
    channel = decision.channel
    if channel.way:
        return channel.way.text[lang]
    facts = ", ".join(fact_name(fact, lang) for fact in decision.missing if fact) or "?"
    if channel.reason == "depends":
        facts = " ".join(question(_behind(name), decision, lang) for name in channel.depends_on)
    return text(f"channel.{channel.reason}", lang, facts=facts)


def step_source(step: NextStep, lang: str) -> str:
    """Where a next step comes from, and when it was seen there."""
    seen = short_date(step.seen, lang)
    return text(f"next_steps.source.{step.confidence}", lang, source=step.source, seen=seen)


def _behind(name: str) -> str:
    return "handicap_trips_used" if name == "handicap_trips_left" else name


def parameter_sentence(amount: Amount, decision: Decision, lang: str) -> str:
    """Where a dated amount comes from."""
    name = text(f"parameter.{amount.name}", lang)
    value = whole(amount.value, lang)
    if amount.name in MEASURED_IN_KR:
        value = f"{value} kr." if amount.name != "mileage_low" else kroner(amount.value, lang)
    if amount.stands_in:
        slots = {"stands_in": amount.stands_in, "year": decision.case.trip_date.year, "source": amount.source}
        return text("rates.stands_in", lang, name=name, value=value, **slots)
    confidence = text(f"rates.confidence.{amount.confidence}", lang)
    verified = short_date(amount.verified_on, lang)
    return text(
        "rates.entry", lang, name=name, value=value, source=amount.source, verified=verified, confidence=confidence
    )


def not_known_sentence(decision: Decision | Essence, lang: str) -> str:
    """That no minimum amount is known for the day, and the last known year."""
    return text("rates.not_known", lang, year=decision.case.trip_date.year, last=_last_known_year(decision))


def _last_known_year(decision: Decision | Essence) -> str:
    last = decision.last_known_minimum
    return str((last.end or last.start).year) if last else "?"


def unknown_amount_sentence(name: str, decision: Decision, lang: str) -> str:
    """That no amount is known for the day, the last known one, and how to add it."""
    key = "rates.unknown.mileage_low" if name == "mileage_low" else "rates.unknown"
    return text(key, lang, year=decision.case.trip_date.year, last=_last_known_year(decision))
