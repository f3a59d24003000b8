"""A fare, and the list of products, as text."""

from __future__ import annotations

from transport_calc.cli.fare.asked import Asked
from transport_calc.cli.fare.sentences import line_text, note_text, reservations, stated_notes
from transport_calc.law.amount import to_ore
from transport_calc.municipalities import municipality
from transport_calc.tariffs import Fare, TariffBook, known_days
from transport_calc.wording import text
from transport_calc.wording.document import Document, Row, Section
from transport_calc.wording.numbers import kilometres, kroner, long_date, short_date
from transport_calc.wording.price_table import zone_name


def fare_document(found: Fare, asked: Asked, book: TariffBook, lang: str, *, both_ways: bool) -> Document:
    """The fare with its lines, its reservations, and the tariff it comes from."""
    one_way = to_ore(found.amount)
    key, amount = ("fare.title_return", 2 * one_way) if both_ways else ("fare.title", one_way)
    title = text(
        key,
        lang,
        product=book.products[asked.product].name.in_language(lang),
        amount=kroner(amount, lang),
        km=kilometres(asked.km, lang),
        date=long_date(asked.on, lang),
    )
    rows = [Row(line_text(line, lang), amount=kroner(line.amount, lang)) for line in found.lines]
    rows.append(Row(text("fare.one_way", lang), amount=kroner(one_way, lang)))
    if both_ways:
        rows.append(Row(text("fare.both_ways", lang), amount=kroner(2 * one_way, lang)))
    sections = [Section(text("fare.lines", lang), tuple(rows))]
    remarks = [note_text(note, lang) for note in reservations(found, asked, book)]
    remarks += [note.in_language(lang) for note in stated_notes(found, asked)]
    if remarks:
        sections.append(Section(text("fare.notes", lang), tuple(Row(remark) for remark in remarks)))
    tariff = found.tariff
    slots = {"company": tariff.company, "zone": zone_name(tariff.zone or "", lang)}
    slots |= {"first": short_date(tariff.period.first, lang), "last": short_date(tariff.period.last, lang)}
    confidence = text(f"confidence.{tariff.confidence}", lang)
    origin = (
        Row(text("fare.known_zone" if tariff.zone else "fare.known", lang, **slots)),
        Row(text("fare.source", lang, source=tariff.source.title, confidence=confidence)),
    )
    return Document(title, "plain", (*sections, Section(text("fare.tariff", lang), origin)))


def catalogue(book: TariffBook, lang: str) -> Document:
    """Every product with its company, zones, the days on which its price is known, and the known municipalities."""
    sections = []
    for product in book.products.values():
        rows = [Row(text("fares.product", lang, name=product.name.in_language(lang), company=product.company))]
        for zone, spans in known_days(book, product.code).items():
            said = text("fares.and", lang).join(
                text("fares.span", lang, first=short_date(first, lang), last=short_date(last, lang))
                for first, last in spans
            )
            rows.append(Row(text("fares.zone", lang, zone=zone_name(zone, lang), spans=said) if zone else said))
        if len(rows) == 1:
            rows.append(Row(text("fares.no_price", lang)))
        for area in (each for each in book.areas if each.product == product.code):
            home = municipality(area.municipality)
            slots = {"municipality": home.name if home else area.municipality, "zone": zone_name(area.zone, lang)}
            slots |= {"first": short_date(area.period.first, lang), "last": short_date(area.period.last, lang)}
            rows.append(Row(text("fares.area", lang, **slots)))
        sections.append(Section(product.code, tuple(rows)))
    return Document(text("fares.title", lang), "plain", tuple(sections))
