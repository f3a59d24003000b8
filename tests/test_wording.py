"""The texts in Danish and English: the same keys and slots in both, nothing empty, and a question for every fact."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import find_spec
from string import Formatter

import pytest

from transport_calc.facts import FACTS, PRESUMED, Case
from transport_calc.law.assertions import assertions
from transport_calc.law.orders import FIRST_DAY
from transport_calc.wording import LANGUAGES, text

TOPICS = [
    topic
    for topic in ("law", "messages", "provisions", "rules", "report")
    if any(find_spec(f"transport_calc.wording.{topic}_{lang}") for lang in LANGUAGES)
]
BOTH = pytest.mark.parametrize("topic", TOPICS)
EACH = pytest.mark.parametrize(("topic", "lang"), [(topic, lang) for topic in TOPICS for lang in LANGUAGES])

MAY_BE_EMPTY = "rates.confidence."
QUESTION = "question."
AMOUNTS_ASKED_FOR = {"minimum_pensioner", "minimum_other", "mileage_low"}


def texts_of(topic: str, lang: str) -> dict[str, str]:
    texts: dict[str, str] = import_module(f"transport_calc.wording.{topic}_{lang}").TEXTS
    return texts


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def options(template: str) -> list[str]:
    return sorted(re.findall(r"--[a-z][a-z-]*", template))


def asked_about(lang: str) -> set[str]:
    """The facts and amounts with a question of their own; `question.pensioner.foreign` is a question of `pensioner`."""
    return {key.removeprefix(QUESTION).split(".")[0] for key in texts_of("law", lang) if key.startswith(QUESTION)}


@BOTH
def test_both_languages_have_the_same_keys_in_the_same_order(topic: str) -> None:
    danish, english = (texts_of(topic, lang) for lang in LANGUAGES)
    assert set(danish) - set(english) == set()
    assert set(english) - set(danish) == set()
    assert list(danish) == list(english)


@BOTH
def test_each_key_has_the_same_slots_in_both_languages(topic: str) -> None:
    danish, english = (texts_of(topic, lang) for lang in LANGUAGES)
    differing = {
        key: (slots(danish[key]), slots(english[key]))
        for key in danish.keys() & english.keys()
        if slots(danish[key]) != slots(english[key])
    }
    assert differing == {}


@BOTH
def test_both_languages_name_the_same_options(topic: str) -> None:
    """An option such as `--pensioners` is typed as it is printed, so it is not translated."""
    danish, english = (texts_of(topic, lang) for lang in LANGUAGES)
    differing = {
        key: (options(danish[key]), options(english[key]))
        for key in danish.keys() & english.keys()
        if options(danish[key]) != options(english[key])
    }
    assert differing == {}


@EACH
def test_every_slot_is_a_plain_name(topic: str, lang: str) -> None:
    """A slot without a name, with an index or with a format would be filled differently from what was checked here."""
    odd = {
        key: (name, spec, conversion)
        for key, template in texts_of(topic, lang).items()
        for _, name, spec, conversion in Formatter().parse(template)
        if name is not None and (not name.isidentifier() or spec or conversion)
    }
    assert odd == {}


@EACH
def test_no_text_is_empty(topic: str, lang: str) -> None:
    empty = [key for key, template in texts_of(topic, lang).items() if not template.strip()]
    assert [key for key in empty if not key.startswith(MAY_BE_EMPTY)] == []


@EACH
def test_texts_have_no_stray_spaces(topic: str, lang: str) -> None:
    """Single spaces only and none at the end; an indented line (`batch.summary_outcome`) may begin with several."""
    untidy = [
        key
        for key, template in texts_of(topic, lang).items()
        if "  " in template.lstrip(" ") or template != template.rstrip() or "\t" in template or "\n" in template
    ]
    assert untidy == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_law_texts_do_not_begin_with_a_space(lang: str) -> None:
    assert [key for key, template in texts_of("law", lang).items() if template != template.strip()] == []


def test_no_key_is_both_law_and_message() -> None:
    """`transport_calc.wording.texts` merges the topics, so a shared key would lose one of its texts."""
    for lang in LANGUAGES:
        merged = [key for topic in TOPICS for key in texts_of(topic, lang)]
        assert len(merged) == len(set(merged))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_can_be_asked_for(fact: str, lang: str) -> None:
    """A fact has its own question, or `question.other` asks for it by its meaning."""
    if fact in asked_about(lang):
        assert slots(texts_of("law", lang)[f"question.{fact}"]) == set()
        return
    meaning = FACTS[fact].meaning_da if lang == "da" else FACTS[fact].meaning
    assert meaning.strip()
    question = text("question.other", lang, meaning=meaning)
    assert meaning in question
    assert question != meaning


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_is_about_a_fact_or_an_amount(lang: str) -> None:
    assert asked_about(lang) - {"other"} - AMOUNTS_ASKED_FOR - set(FACTS) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_presumption_is_named(lang: str) -> None:
    named = {key.removeprefix("assumed.") for key in texts_of("law", lang) if key.startswith("assumed.")}
    asserted = {
        fact
        for point in assertions(Case(purpose="hospital", trip_date=FIRST_DAY), None).values()
        for fact in point.rests_on
    }
    money = {"designated_cost_dkk", "public_fare_dkk", "paid_dkk", "already_paid_dkk", "extra_costs_dkk"}
    of_the_designated_place = {"designated_distance_km"}
    assert named == set(PRESUMED) | asserted | money | of_the_designated_place


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_that_get_a_citation_end_with_a_full_stop(lang: str) -> None:
    """The citation is put before the last character, so that character must be the full stop."""
    law = texts_of("law", lang)
    cited = [key for key in law if key.startswith("why.") and slots(law[key]) & {"limit", "cost", "minimum", "paid"}]
    cited += [key for key in law if key.startswith(("why.pension.", "why.distance.", "why.health."))]
    assert [key for key in cited if not law[key].endswith(".")] == []


def test_open_legal_questions_are_called_that_in_both_languages() -> None:
    """The justification tells open questions from other reasons by how their texts begin."""
    danish, english = (texts_of("law", lang) for lang in LANGUAGES)
    opened = {key for key, template in danish.items() if template.startswith("Åbent retsspørgsmål: ")}
    assert opened
    assert opened == {key for key, template in english.items() if template.startswith("Open legal question: ")}
