"""The report as a document: complete, accessible, without anything from outside, and without any text of a cell."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from decided_blocks import attendance, block, reject
from hypothesis import given, settings
from hypothesis import strategies as st
from test_tally import BLOCKS, SECRET

from transport_calc.batch.count.known_codes import VISIT_WARNINGS
from transport_calc.batch.count.summary import UnbalancedBatch
from transport_calc.batch.count.tally import Tally
from transport_calc.batch.decide.decided import Decided
from transport_calc.batch.report import report_html
from transport_calc.batch.report.charts import tick_values
from transport_calc.batch.report.style import DARK, LIGHT
from transport_calc.batch.report.words import fault_name, remedy, share, visit_warning
from transport_calc.wording import texts

DIGEST = "sha256:" + "ab" * 32
VOID = {"meta", "link", "br", "rect", "line"}
BOTH = pytest.mark.parametrize("lang", ["da", "en"])


def page(*blocks: Decided, lang: str = "da", inputs: tuple[str, ...] = ("bilag.csv",)) -> str:
    tally = Tally(inputs)
    for each in blocks:
        tally.add(each)
    return report_html(tally, lang, generated_on=date(2026, 11, 21), law_digest=DIGEST, version="1.2.3")


class Document(HTMLParser):
    """Elements with their attributes, the text of each, and whether everything that is opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append((self.open[-1], data.strip()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def said(self, tag: str) -> list[str]:
        return [text for name, text in self.words if name == tag]


def everything() -> Decided:
    """A block that fills every section."""
    return block(
        [
            attendance(rows=3, payable_ore=123_450, _calculated_ore=123_450),
            attendance(row=5, payable_ore=None, _calculated_ore=None, missing="public_fare_dkk"),
            attendance(row=6, outcome="undetermined", payable_ore=None, missing="mobility;minimum_other"),
            attendance(row=7, outcome="undetermined", payable_ore=None, missing="pension"),
            attendance(row=8, outcome="below_minimum", payable_ore=0, _calculated_ore=4_800, _distance_m=50_000),
            attendance(row=9, ground="pension;distance", warnings="possible_duplicate:5", _distance_m=50_001),
            attendance(row=10, warnings="minimum_other_of_2024;open_question:out_of_hours_gp", _municipality=""),
            attendance(row=11, outcome="not_entitled", ground="", payable_ore=0, _trip_date=date(2024, 7, 1)),
        ],
        [reject(12, "ambiguous_number", "beløb"), reject(13, "short_row"), reject(13, "unknown_choice", "mobilitet")],
        blank=1,
        totals=1,
    )


PAGES = {
    "everything": (everything(),),
    "nothing": (block(),),
    "only rejects": (block(rejects=[reject(2, "not_a_date", "dato")]),),
    "nothing to do": (block([attendance()]),),
    "unusual receipts": (block([attendance(warnings=code) for code in VISIT_WARNINGS]),),
    "no numbers": (block([attendance(_calculated_ore=None, _distance_m=None, payable_ore=0)]),),
}
EVERY_PAGE = pytest.mark.parametrize("blocks", PAGES.values(), ids=list(PAGES))


@BOTH
@EVERY_PAGE
def test_the_page_is_well_formed(blocks: tuple[Decided, ...], lang: str) -> None:
    html = page(*blocks, lang=lang)
    document = Document(html)
    assert html.startswith("<!DOCTYPE html>")
    assert document.open == []
    assert document.all("html") == [{"lang": lang}]
    ids = [attributes["id"] for _, attributes in document.elements if "id" in attributes]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    for _, attributes in document.elements:
        labels = (attributes.get("aria-labelledby") or "").split()
        assert set(labels) <= set(ids)
        if (attributes.get("href") or "").startswith("#"):
            assert attributes["href"][1:] in ids  # type: ignore[index]


@BOTH
@EVERY_PAGE
def test_nothing_comes_from_outside_and_nothing_runs(blocks: tuple[Decided, ...], lang: str) -> None:
    html = page(*blocks, lang=lang)
    document = Document(html)
    assert {tag for tag, _ in document.elements} & {"script", "iframe", "img", "object", "embed", "form"} == set()
    assert not re.search(r"https?:|//|@import|url\(", html)
    assert [attributes["href"] for attributes in document.all("link")] == ["data:,"]
    assert not [name for _, attributes in document.elements for name in attributes if name.startswith("on")]
    policy = [each["content"] for each in document.all("meta") if each.get("http-equiv")]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


@BOTH
@EVERY_PAGE
def test_headings_go_down_one_step_at_a_time(blocks: tuple[Decided, ...], lang: str) -> None:
    document = Document(page(*blocks, lang=lang))
    levels = [int(tag[1]) for tag, _ in document.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@BOTH
def test_every_chart_says_in_words_what_it_shows_and_has_its_numbers_in_a_table(lang: str) -> None:
    document = Document(page(everything(), lang=lang))
    charts = document.all("svg")
    assert len(charts) == 6
    assert all(chart["role"] == "img" and len((chart["aria-labelledby"] or "").split()) == 2 for chart in charts)
    # One title of the page and one of each chart.
    assert len(document.said("title")) == len(charts) + 1
    assert len(document.said("desc")) == len(charts)
    assert len(document.all("table")) == len(document.all("caption"))
    assert all(head.get("scope") in ("col", "row") for head in document.all("th"))
    tables = {attributes["id"] for attributes in document.all("table")}
    assert tables >= {"outcomes-table", "months-table", "grounds-table", "margin-table", "distance-table"}


def test_the_numbers_of_the_page_in_danish() -> None:
    document = Document(page(everything()))
    assert document.said("title")[0] == "Befordring: resultat for 12 rækker"
    # 1.234,50 + 80 + 80 kr.
    assert document.said("dd")[:4] == ["1.394,50 kr.", "8", "2", "2"]
    assert "12 rækker er læst = 8 afgjort + 2 uafklaret + 2 afvist. Ingen række er gået tabt." in document.said("p")
    assert document.said("li")[-6:-1] == [
        "2 rækker. Ret fejlene, og kør igen.",
        "2 fremmøder. Spørg om det, der mangler.",
        "1 fremmøde. Retten er afgjort. Spørg om udgiften.",
        "1 fremmøde. Der findes et tidligere bilag magen til. Se, om det er betalt to gange.",
        "Satser fra et andet år eller egne satser er brugt. Se grundlaget.",
    ]
    assert document.said("li")[-1] == "række 9 ligner række 5"


def test_the_numbers_of_the_page_in_english() -> None:
    document = Document(page(everything(), lang="en"))
    assert document.said("title")[0] == "Transport: result for 12 rows"
    assert document.said("dd")[0] == "1,394.50 kr."
    assert "row 9 is like row 5" in document.said("li")


def test_what_to_do_about_faults_and_what_to_ask() -> None:
    rows = Document(page(everything())).said("td") + Document(page(everything())).said("th")
    assert "Tallet kan læses på to måder" in rows
    assert "Skriv tallet uden tusindtalsseparator eller med decimaler, f.eks. 1234 eller 1.234,00." in rows
    assert any(cell.startswith("Mulige værdier: ") for cell in rows)
    assert "Tillader helbredet, at borgeren bruger bus, tog eller færge?" in rows
    assert "Hvilken pension modtager borgeren?" in rows
    assert "Hvad koster den billigste offentlige transport tur/retur?" in rows
    assert "Pension og over 50 km" in rows


def test_unusual_receipts_are_something_to_look_at() -> None:
    document = Document(
        page(block([attendance(warnings="missing_leg:hjem;sum_incomplete:companion_cost_dkk"), attendance()]))
    )
    rows = document.said("th") + document.said("td")
    assert "Der er intet bilag for turen hjem. Den samlede udgift er ukendt." in rows
    assert "Ledsager udgift: Beløbet mangler på mindst ét bilag. Summen er ukendt." in rows
    assert "Noget ved bilagene er usædvanligt. Se på dem." in document.said("li")
    # They say nothing about the amounts of the law.
    assert "Forbehold" not in document.said("dt")
    assert not [said for said in document.said("li") if "egne satser" in said]


@BOTH
def test_every_remark_about_receipts_has_its_own_sentence(lang: str) -> None:
    sentences = [visit_warning(code, lang) for code in VISIT_WARNINGS]
    assert len(set(sentences)) == len(sentences) == 11
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


@BOTH
def test_a_duplicate_in_another_file_is_named_with_it(lang: str) -> None:
    decided = block([attendance(row=9, warnings="possible_duplicate:kl. 10:30.csv:4", file="maj.csv")])
    said = {
        "da": "maj.csv: række 9 ligner række 4 i kl. 10:30.csv",
        "en": "maj.csv: row 9 is like row 4 of kl. 10:30.csv",
    }
    assert said[lang] in Document(page(decided, lang=lang, inputs=("kl. 10:30.csv", "maj.csv"))).said("li")


def test_the_limits_are_told_in_numbers() -> None:
    said = Document(page(everything())).said("p")
    # Known costs: 1 far over, 5 at 80 kr. against 48 kr., 1 equal to the minimum.
    assert "6 af 7 fremmøder med kendt udgift ligger over mindstebeløbet. Inden for 10 kr. af det: 1 fremmøde." in said
    assert (
        "1 af 8 fremmøder med kendt afstand er over 50 km. "
        "Inden for 1 km af grænsen: 2 fremmøder. Kontrollér ruten i de sager." in said
    )


def test_the_basis_names_rules_amounts_and_digest() -> None:
    document = Document(page(everything()))
    said = document.said("dd")
    assert "maj 2024 til juli 2024" in said
    assert "BEK 816/2018, i kraft fra 1. juli 2018" in said
    assert "Mindstebeløb for andre: satsen for 2024 er brugt i stedet (1 fremmøde)" in said
    assert DIGEST in said
    assert "transport_calc 1.2.3" in said
    assert {"48,00 kr.", "113,00 kr."} <= set(document.said("td"))


def test_a_year_without_amounts_is_named() -> None:
    said = Document(page(block([attendance(_trip_date=date(2031, 1, 2))]))).said("p")
    assert "Intet mindstebeløb er kendt for: 2031." in said


def test_orders_of_the_time_of_the_trips_only() -> None:
    said = Document(page(block([attendance(_trip_date=date(2018, 6, 30))]))).said("dd")
    assert "BEK 1206/2016, i kraft fra 1. oktober 2016 til 30. juni 2018" in said
    assert not [each for each in said if "816/2018" in each]


def test_a_batch_without_rows_says_so_and_shows_no_empty_chart() -> None:
    document = Document(page(block()))
    assert "Der var ingen rækker i filen." in document.said("p")
    assert document.said("h2") == ["Kort fortalt", "Grundlag"]
    assert document.all("svg") == []


def test_a_batch_that_needs_nothing_says_so() -> None:
    document = Document(page(block([attendance()])))
    assert "Alle rækker er afgjort. Der er intet at følge op på." in document.said("p")
    assert "Følg op" not in document.said("h2")


def test_many_months_become_years_and_months_without_trips_are_shown() -> None:
    few = Document(page(block([attendance(), attendance(_trip_date=date(2024, 8, 1))])))
    assert [text for text in few.said("th") if text.endswith(" 2024")] == [
        "maj 2024",
        "juni 2024",
        "juli 2024",
        "august 2024",
    ]
    many = Document(page(block([attendance(), attendance(_trip_date=date(2019, 1, 1))])))
    assert {"2019", "2021", "2024"} <= set(many.said("th"))
    assert "Udbetaling pr. år" in many.said("h3")


def test_many_municipalities_are_summed_at_the_end() -> None:
    from transport_calc.municipalities import known_slugs

    paid = [attendance(_municipality=slug, payable_ore=1_000 + at) for at, slug in enumerate(known_slugs()[:25])]
    document = Document(page(block(paid)))
    # The 5 smallest of 25: 10.00 + 10.01 + 10.02 + 10.03 + 10.04 kr.
    assert "Øvrige (5)" in document.said("th")
    assert "50,10 kr." in document.said("td")


def test_the_same_tally_gives_the_same_page() -> None:
    assert page(everything()) == page(everything())
    assert page(everything()) != page(everything(), lang="en")


def test_lost_rows_make_no_page() -> None:
    with pytest.raises(UnbalancedBatch):
        page(block([attendance()])._replace(rows_read=2))


def test_a_file_name_is_text() -> None:
    html = page(everything(), inputs=('<b>"bilag" & co.csv',))
    assert "<b>&quot;" not in html
    assert "&lt;b&gt;&quot;bilag&quot; &amp; co.csv" in html
    Document(html)


@BOTH
def test_no_text_of_a_cell_is_on_the_page(lang: str) -> None:
    texts_of_cells: dict[str, Any] = dict.fromkeys(
        (
            "case_id",
            "form",
            "channel",
            "ground",
            "justification",
            "note",
            "_municipality",
            "_purpose",
            "_means",
            "file",
        ),
        SECRET,
    )
    rows = [
        attendance(**texts_of_cells, warnings=SECRET),
        attendance(**texts_of_cells, outcome="undetermined", missing=SECRET, warnings=f"possible_duplicate:2;{SECRET}"),
        attendance(**texts_of_cells | {"outcome": SECRET}),
    ]
    html = page(block(rows, [reject(8, SECRET, SECRET, SECRET), reject(9, "not_a_date", "dato", SECRET)]), lang=lang)
    assert "Ågot" not in html
    assert "010170" not in html
    assert "1234" not in Document(html).said("td")


@settings(max_examples=25, deadline=None)
@given(BLOCKS, st.sampled_from(["da", "en"]))
def test_any_tally_has_a_page(blocks: list[Decided], lang: str) -> None:
    assert Document(page(*blocks, lang=lang)).open == []


# --- words and colours ------------------------------------------------------------------------------------------------


# fmt: off
ROW_FAULTS = [
    "ambiguous_number", "not_a_number", "below_minimum_value", "above_maximum_value", "too_many_decimals",
    "too_large", "wrong_unit", "not_whole", "not_a_date", "no_such_date", "two_digit_year", "not_yes_no",
    "unknown_choice", "not_text", "unknown_fact", "missing_fact", "duplicate_fact", "bad_json", "short_row",
    "long_row", "stray_quote", "unclosed_quote", "nul_byte", "undecodable_byte", "before_first_order",
    "pension_contradicts", "designated_contradicts", "unknown_municipality",
]
# fmt: on


@BOTH
@pytest.mark.parametrize("code", ROW_FAULTS)
def test_a_fault_of_a_row_is_named_without_any_value(code: str, lang: str) -> None:
    for said in (fault_name(code, lang), remedy(code, "", lang)):
        assert said
        assert "…" not in said
        assert "{" not in said
    assert fault_name(code, lang) != fault_name("a_new_code", lang)
    assert not fault_name(code, lang).endswith(".")


@BOTH
def test_any_fault_there_is_can_be_shown(lang: str) -> None:
    codes = [key.removeprefix("fault.") for key in texts(lang) if key.startswith("fault.")]
    assert len(codes) > 40
    assert all(fault_name(code, lang) and remedy(code, "", lang) for code in codes)


def test_a_fault_that_has_no_text_yet_is_not_shown_as_a_code() -> None:
    assert fault_name("a_new_code", "da") == "Andre fejl"
    assert remedy("a_new_code", "", "da") == "Se beskeden i filen med afviste rækker."


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(0, 0, "0,0 %"), (1, 3, "33,3 %"), (2, 3, "66,7 %"), (5, 5, "100,0 %")]
)
def test_a_share_is_rounded_to_a_tenth(part: int, whole: int, said: str) -> None:
    assert share(part, whole, "da") == said


@pytest.mark.parametrize(
    ("highest", "ticks"), [(0, [0, 1]), (1, [0, 1]), (4, [0, 1, 2, 3, 4]), (5, [0, 2, 4, 6]), (73, [0, 20, 40, 60, 80])]
)
def test_an_axis_has_few_round_numbers(highest: int, ticks: list[int]) -> None:
    assert tick_values(highest) == ticks


@given(st.integers(0, 10**12))
def test_an_axis_reaches_the_highest_value(highest: int) -> None:
    ticks = tick_values(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert 2 <= len(ticks) <= 5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_contrast_of_texts_and_charts(colours: dict[str, str]) -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    for paper in (colours["paper"], colours["panel"]):
        for letters in ("text", "muted", "link", "mark"):
            assert contrast(colours[letters], paper) >= 4.5, letters
    for shape in ("over", "under", "mark"):
        assert contrast(colours[shape], colours["paper"]) >= 3, shape
    assert contrast(colours["over"], colours["under"]) >= 1.8
