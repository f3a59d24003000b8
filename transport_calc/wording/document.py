"""The decision as a document: a title and sections of rows. Text, Markdown and terminal lay out the same document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from transport_calc.wording import text
from transport_calc.wording.justification import (
    justification,
    minimum_provision,
    payable_if_minimum_is_lower,
    result_kind,
)
from transport_calc.wording.numbers import kroner, long_date
from transport_calc.wording.sentences import (
    appeal_sentence,
    channel_sentence,
    depends_on,
    ground_detail,
    ground_name,
    line_text,
    order_name,
    parameter_sentence,
    question,
    short_citation,
    step_source,
    unknown_amount_sentence,
    whom,
)

if TYPE_CHECKING:
    from transport_calc.decision import Decision
    from transport_calc.parameters import Amount

Tone = Literal["good", "bad", "open", "plain"]

_TONES: dict[str, Tone] = {
    "entitled": "good",
    "below_minimum": "bad",
    "not_entitled": "bad",
    "discretionary": "open",
    "undetermined": "open",
}


class Row(NamedTuple):
    """One row: a mark (ja/nej/?), a label, what is said, an amount and a citation; empty where there is none."""

    said: str
    mark: str = ""
    label: str = ""
    amount: str = ""
    citation: str = ""
    tone: Tone = "plain"


class Section(NamedTuple):
    """A heading, something at its right end, and rows."""

    heading: str
    rows: tuple[Row, ...]
    right: str = ""


class Document(NamedTuple):
    """What a person reads of one decision."""

    title: str
    tone: Tone
    sections: tuple[Section, ...]


def document(decision: Decision, lang: str) -> Document:
    """The document of a decision in a language."""
    sections = (
        _grounds(decision, lang),
        _amount(decision, lang),
        _prices(decision, lang),
        _companion(decision, lang),
        _missing(decision, lang),
        _how(decision, lang),
        _reasons(decision, lang),
        _assumed(decision, lang),
        _appeal(decision, lang),
        _rates(decision, lang),
        _next_steps(decision, lang),
    )
    shown = tuple(section for section in sections if section.rows)
    return Document(_title(decision, lang), _TONES[decision.outcome], shown)


def _title(decision: Decision, lang: str) -> str:
    kind = result_kind(decision)
    key = "title.minimum_unknown" if kind == "undetermined_minimum" else f"title.{kind}"
    condition = decision.conditions[0].minimum_dkk if decision.conditions else None
    payable = decision.amount.payable_dkk
    return text(
        key,
        lang,
        date=long_date(decision.case.trip_date, lang),
        year=decision.case.trip_date.year,
        amount=kroner(payable, lang) if payable is not None else "",
        minimum=kroner(condition, lang) if condition is not None else "",
    )


def _grounds(decision: Decision, lang: str) -> Section:
    marks: dict[bool | None, tuple[str, Tone]] = {
        True: ("yes", "good"),
        False: ("no", "bad"),
        None: ("unknown", "open"),
    }
    rows = tuple(
        Row(
            mark=text(marks[ground.met][0], lang),
            label=ground_name(ground, decision, lang),
            said=ground_detail(ground, decision, lang),
            citation=short_citation(ground.citation, decision),
            tone=marks[ground.met][1],
        )
        for ground in decision.grounds
    )
    heading = "section.grounds" if len(rows) > 1 else "section.ground"
    return Section(text(heading, lang), rows, right=order_name(decision))


def _amount(decision: Decision, lang: str) -> Section:
    money = decision.amount
    if money.status == "none" and not money.lines:
        return Section("", ())
    rows = [
        Row(
            line_text(line, lang),
            amount=kroner(line.dkk, lang) if line.dkk is not None else "",
            citation=_line_citation(line.code, decision),
        )
        for line in money.lines
        if not line.code.startswith(("not_above_paid", "already_paid"))
    ]
    if money.minimum_class:
        rows.append(_minimum_row(decision, lang))
    rows += [
        Row(
            line_text(line, lang),
            amount=kroner(line.dkk, lang) if line.dkk is not None else "",
            citation=_line_citation(line.code, decision),
        )
        for line in money.lines
        if line.code.startswith(("not_above_paid", "already_paid"))
    ]
    rows.append(_payable_row(decision, lang))
    return Section(text("section.amount", lang), tuple(rows))


def _minimum_row(decision: Decision, lang: str) -> Row:
    money = decision.amount
    slots = {"year": decision.case.trip_date.year, "whom": whom(money.minimum_class, lang)}
    citation = short_citation(decision.cite(minimum_provision(decision)), decision)
    if money.minimum_dkk is None:
        unknown = text("line.unknown", lang)
        return Row(text("line.minimum_unknown", lang, **slots), amount=unknown, citation=citation, tone="open")
    return Row(text("line.minimum", lang, **slots), amount=kroner(money.minimum_dkk, lang), citation=citation)


def _payable_row(decision: Decision, lang: str) -> Row:
    money = decision.amount
    if money.payable_dkk is not None:
        return Row(text("line.payable", lang), amount=kroner(money.payable_dkk, lang), tone=_TONES[decision.outcome])
    if money.lowest_dkk is not None and money.highest_dkk is not None and decision.outcome == "entitled":
        bounds = {"lowest": kroner(money.lowest_dkk, lang), "highest": kroner(money.highest_dkk, lang)}
        return Row(text("line.payable_range", lang, **bounds, facts=depends_on(decision, lang)), tone="open")
    if payable_if_minimum_is_lower(decision) and money.calculated_dkk is not None:
        slots = {"year": str(decision.case.trip_date.year), "cost": kroner(money.calculated_dkk, lang)}
        return Row(text("line.payable_if_minimum", lang, **slots), tone="open")
    return Row(text("line.payable_unknown", lang), tone="open")


def _line_citation(code: str, decision: Decision) -> str:
    if code == "not_above_paid":
        return short_citation(decision.cite("not_above_actual_cost"), decision)
    if code in ("already_paid", "cost_extra"):
        return ""
    if code == "cost_actual_cost" and any(each.step.provision == "real_ticket_cost" for each in decision.steps):
        return short_citation(decision.cite("real_ticket_cost"), decision)
    return short_citation(decision.cite("cheapest_defensible_means"), decision)


def _prices(decision: Decision, lang: str) -> Section:
    if not decision.prices:
        return Section("", ())
    from transport_calc.wording.price_table import price_rows

    rows = tuple(
        Row(f"{row.means[0].upper()}{row.means[1:]}: {row.why}", amount=row.price)
        for row in price_rows(decision.prices, lang)
    )
    return Section(text("price.heading", lang), rows)


def _companion(decision: Decision, lang: str) -> Section:
    if not decision.case.companion:
        return Section("", ())
    money = decision.amount
    amount = kroner(money.companion_payable_dkk, lang) if money.companion_payable_dkk is not None else ""
    said = text(f"companion.{money.companion_reason}", lang)
    row = Row(said, amount=amount, citation=short_citation(decision.cite("companion_right"), decision))
    return Section(text("section.companion", lang), (row,))


def _missing(decision: Decision, lang: str) -> Section:
    rows = [Row(question(fact, decision, lang), mark="?", tone="open") for fact in decision.missing]
    return Section(text("section.missing", lang), tuple(rows))


def _how(decision: Decision, lang: str) -> Section:
    rows = [Row(channel_sentence(decision, lang))]
    contact = decision.channel.way.contact if decision.channel.way else None
    if contact:
        parts = [contact.name, contact.phone, contact.hours.get(lang, "")]
        said = ", ".join(part for part in parts if part)
        rows.append(Row(text("channel.contact", lang, contact=said)))
    chosen = {decision.channel.code} | ({"reimbursement"} if decision.form == "reimbursement" else set())
    if decision.payer:
        said = text(f"payer.{decision.payer.code or 'unknown'}", lang)
        rows.append(Row(f"{said} ({short_citation(decision.payer.citation, decision)})."))
    rows += [
        Row(f"{text(f'offer.{offer.code}', lang)}: {text(f'offer.{offer.reason}', lang)}.")
        for offer in decision.alternatives
        if offer.code == "overnight"
    ]
    chosen.add("overnight")
    passed_over = [
        f"{text(f'offer.{offer.code}', lang)}: {text(f'offer.{offer.reason}', lang)}."
        for offer in decision.alternatives
        if offer.code not in chosen
    ]
    if passed_over:
        rows.append(Row(text("offers.passed_over", lang) + " " + " ".join(passed_over)))
    return Section(text("section.how", lang), tuple(rows))


def _reasons(decision: Decision, lang: str) -> Section:
    return Section(text("section.reasons", lang), (Row(justification(decision, lang)),))


def _assumed(decision: Decision, lang: str) -> Section:
    said = "; ".join(text(f"assumed.{each.fact}", lang) for each in decision.assumed)
    return Section(text("section.assumed", lang), (Row(f"{said[0].upper()}{said[1:]}."),) if said else ())


def _appeal(decision: Decision, lang: str) -> Section:
    return Section(text("section.appeal", lang), (Row(appeal_sentence(decision, lang)),))


def _rates(decision: Decision, lang: str) -> Section:
    rows = [
        Row(parameter_sentence(amount, decision, lang)) for amount in decision.parameters if _is_shown(amount, decision)
    ]
    unknown = dict.fromkeys(unknown_amount_sentence(name, decision, lang) for name in decision.unknown_amounts)
    rows += [Row(sentence, tone="open") for sentence in unknown]
    if decision.unused_amounts_of:
        rows.append(Row(text("rates.unused", lang, year=decision.unused_amounts_of)))
    return Section(text("section.rates", lang), tuple(rows))


def _next_steps(decision: Decision, lang: str) -> Section:
    rows = [Row(f"{step.text[lang]} ({step_source(step, lang)})", mark="-") for step in decision.next_steps]
    return Section(text("section.next_steps", lang), tuple(rows))


def _is_shown(amount: Amount, decision: Decision) -> bool:
    """Only the amounts that the money lines show; the limits stand beside their conditions."""
    if amount.name == "mileage_low":
        return any(line.code == "cost_own_car" for line in decision.amount.lines)
    minimum_class = decision.amount.minimum_class
    return minimum_class is not None and amount.name == f"minimum_{minimum_class}"
