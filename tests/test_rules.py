"""The law made visible: every provision with its wording and citations, and decision tables that leave nothing out."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from transport_calc.cli.app import app
from transport_calc.engine.provision import REGISTRY, Provision
from transport_calc.law.amount import cost_basis
from transport_calc.law.basis import legal_basis
from transport_calc.law.companion import companion_right
from transport_calc.law.orders import ORDERS, order_on
from transport_calc.law_catalogue import VALUES, Standing, provisions, reading, standings
from transport_calc.law_table import PURPOSES, DecisionTable, Question, Row, decision_table, every_table
from transport_calc.wording import LANGUAGES, text, texts
from transport_calc.wording.fact_words import law_fact_name, number_name, value_name
from transport_calc.wording.table_view import as_csv, markdown, reason_words, status_words

DAYS = (date(2009, 5, 13), date(2016, 8, 10), date(2024, 5, 13), date(2027, 5, 13))
"""A day of the first order, one of the companions' slip, one of the present order, one after the reform."""

QUESTIONS: tuple[Question, ...] = ("right", "cost", "companion")
EACH_PROVISION = pytest.mark.parametrize("rule", provisions(), ids=lambda rule: rule.id)

NOT_IN_A_TABLE = {
    "minimum_pensioner": "compares kroner, after the question of right",
    "minimum_other": "compares kroner, after the question of right",
    "minimum_own_choice_hospital": "compares kroner, after the question of right",
    "minimum_own_choice": "compares kroner, after the question of right",
    "not_above_actual_cost": "compares kroner, after the question of right",
    "payer_rehabilitation": "who pays follows from the legal basis",
    "payer_doctor": "who pays follows from the legal basis",
    "payer_hospital": "who pays follows from the legal basis",
    "handicapkoersel_approval": "an offer beside the right",
    "overnight_stay": "an offer beside the right",
}


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRANSPORT_CALC_LANG", raising=False)


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["rules", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def provision(name: str) -> Provision[Any]:
    return next(rule for rule in provisions() if rule.id == name)


# --- every provision --------------------------------------------------------------------------------------------------


def test_the_catalogue_holds_every_provision_once() -> None:
    names = [rule.id for rule in provisions()]
    assert sorted(names) == sorted(REGISTRY)
    assert "rehabilitation_health_ground" in names


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_a_wording_for_every_provision_and_for_nothing_else(lang: str) -> None:
    worded = {key.removeprefix("provision.") for key in texts(lang) if key.startswith("provision.")}
    assert worded == set(REGISTRY)


@EACH_PROVISION
def test_where_versions_differ_the_wording_names_the_day(rule: Provision[Any]) -> None:
    for version in rule.versions[1:]:
        assert f"{version.since.day}. " in text(f"provision.{rule.id}", "da")
        assert str(version.since.year) in text(f"provision.{rule.id}", "da")
        assert str(version.since.year) in text(f"provision.{rule.id}", "en")


@EACH_PROVISION
def test_every_day_in_force_has_one_citation_of_the_order_of_the_day(rule: Provision[Any]) -> None:
    for version in rule.versions:
        stood = standings(version)
        assert (stood[0].since, stood[-1].until) == (version.since, version.until)
        for one, following in pairwise(stood):
            assert one.until is not None
            assert (following.since - one.until).days == 1
        for each in stood:
            for day in {each.since, each.until or max(DAYS)}:
                assert rule.citation(day) == each.citation
                assert not each.citation.startswith("BEK ") or each.citation.startswith(f"{order_on(day).name} ")


# The numbers are those of the orders' own text: chapters 3-6 begin four sections earlier before 1 July 2016.
IN_EIGHT_ORDERS = [
    ("BEK 867/2008", date(2008, 9, 1), date(2009, 12, 31)),
    ("BEK 1496/2009", date(2010, 1, 1), date(2012, 12, 31)),
    ("BEK 1266/2012", date(2013, 1, 1), date(2013, 12, 31)),
    ("BEK 1662/2013", date(2014, 1, 1), date(2014, 8, 31)),
    ("BEK 959/2014", date(2014, 9, 1), date(2016, 6, 30)),
    ("BEK 973/2016", date(2016, 7, 1), date(2016, 9, 30)),
    ("BEK 1206/2016", date(2016, 10, 1), date(2018, 6, 30)),
    ("BEK 816/2018", date(2018, 7, 1), None),
]


@pytest.mark.parametrize(
    ("name", "before_2016", "since_2016"),
    [
        ("rehabilitation_distance_ground", "§ 19, nr. 2", "§ 23, nr. 2"),
        ("rehabilitation_own_choice_distance", "§ 20, stk. 3", "§ 24, stk. 3"),
        ("hospital_health_ground", "§ 11, nr. 3", "§ 15, nr. 3"),
        ("companion_absence", "§ 23, stk. 2", "§ 27, stk. 2"),
        ("minimum_other", "§ 27, stk. 2", "§ 31, stk. 2"),
        ("journey_end", "§ 28", "§ 32"),
        ("specialist_distance_ground", "§ 6", "§ 6"),
    ],
)
def test_citations_in_all_eight_orders(name: str, before_2016: str, since_2016: str) -> None:
    [version] = provision(name).versions
    assert standings(version) == tuple(
        Standing(f"{order} {before_2016 if since < date(2016, 7, 1) else since_2016}", since, until)
        for order, since, until in IN_EIGHT_ORDERS
    )


def test_a_rule_of_2016_stands_in_three_orders() -> None:
    [version] = provision("real_ticket_cost").versions
    assert [each.citation for each in standings(version)] == [
        "BEK 973/2016 § 30, stk. 3",
        "BEK 1206/2016 § 30, stk. 3",
        "BEK 816/2018 § 30, stk. 3",
    ]


def test_a_statute_is_cited_the_same_throughout() -> None:
    [version] = provision("limitation").versions
    assert standings(version) == (Standing("forældelsesloven § 3, stk. 1", ORDERS[0].since, None),)


def test_a_changed_rule_stands_in_its_own_orders() -> None:
    optional, due = provision("farther_specialist_paid").versions
    assert [each.citation.removesuffix(" § 7") for each in standings(optional)] == [
        order for order, since, _ in IN_EIGHT_ORDERS if since < date(2018, 7, 1)
    ]
    assert standings(due) == (Standing("BEK 816/2018 § 7", date(2018, 7, 1), None),)


# --- what a provision reads -------------------------------------------------------------------------------------------


def test_the_distance_ground_reads_what_the_order_asks_for() -> None:
    rule = provision("rehabilitation_distance_ground")
    found = reading(rule, rule.versions[0], date(2024, 5, 13))
    own = {each.fact: each.compared for each in found.own}
    through = {name: {each.fact: each.compared for each in reads} for name, reads in found.through}
    # § 23, nr. 2: the distance; § 24, stk. 3-4: with own choice the other distance too, by kind of rehabilitation.
    assert own == {
        "beyond_distance_limit": ("distance_km", "distance_limit_km"),
        "place_choice": (),
        "rehabilitation_is_specialised": (),
    }
    designated = {"designated_beyond_distance_limit": ("designated_distance_km", "distance_limit_km")}
    assert through == {
        "rehabilitation_own_choice_distance": designated,
        "rehabilitation_own_hospital_distance": designated,
    }


def test_a_closed_version_is_read_on_its_last_day() -> None:
    rule = provision("farther_specialist_paid")
    optional, due = (reading(rule, version, date(2024, 5, 13)) for version in rule.versions)
    assert (optional.on, optional.own) == (date(2018, 6, 30), ())
    assert (due.on, [each.fact for each in due.own]) == (date(2024, 5, 13), ["pensioner"])


def test_a_provision_to_come_is_read_on_its_first_day() -> None:
    rule = provision("rehabilitation_payer_unsettled")
    assert reading(rule, rule.versions[0], date(2024, 5, 13)).on == date(2027, 1, 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_is_read_has_a_name(lang: str) -> None:
    names = {name: law_fact_name(name, lang) for name in VALUES}
    assert all(names.values())
    assert len(set(names.values())) == len(names), "two facts by the same name"
    numbers = {
        number
        for rule in provisions()
        for version in rule.versions
        for each in reading(rule, version, DAYS[-1]).own
        for number in each.compared
    }
    assert {"distance_km", "distance_limit_km", "minimum_dkk"} <= numbers
    assert all(number_name(number, lang) for number in numbers)


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", ["2009-05-13", "2024-05-13"])
def test_every_provision_is_listed_in_80_columns(lang: str, day: str) -> None:
    status, out, err = run("--lang", lang, "--date", day)
    assert (status, err) == (0, "")
    said = " ".join(out.split())
    for rule in provisions():
        assert any(line.split()[:1] == [rule.id] for line in out.splitlines())
        assert " ".join(text(f"provision.{rule.id}", lang).split()) in said
    assert [line for line in out.splitlines() if len(line) > 80] == []


def test_the_list_shows_the_citation_of_the_day() -> None:
    out = run("--date", "13-05-2015")[1].splitlines()
    assert next(line for line in out if line.startswith("rehabilitation_health_ground ")).endswith(
        " BEK 959/2014 § 19, nr. 3"
    )
    assert next(line for line in out if line.startswith("training_under_aeldreloven ")).endswith(" ikke i kraft")


def test_the_list_as_json() -> None:
    found = {
        each["id"]: each for each in json.loads(run("--date", "2015-05-13", "--format", "json", "--lang", "en")[1])
    }
    assert found.keys() == set(REGISTRY)
    assert found["ride_or_money"]["in_force"] == [
        {"from": "2008-09-01", "to": "2016-06-30"},
        {"from": "2016-07-01", "to": None},
    ]
    assert found["rehabilitation_payer_unsettled"]["citation"] is None
    assert found["rehabilitation_plan"]["citation"] == "BEK 959/2014 § 18"
    assert found["rehabilitation_plan"]["wording"] == text("provision.rehabilitation_plan", "en")


def test_show_has_wordings_citations_facts_and_cases() -> None:
    status, out, err = run("show", "rehabilitation_distance_ground", "--date", "2024-05-13")
    assert (status, err) == (0, "")
    said = " ".join(out.split())
    for lang in LANGUAGES:
        assert text("provision.rehabilitation_distance_ground", lang) in said
    for order, since, _ in IN_EIGHT_ORDERS:
        section = "§ 19, nr. 2" if since < date(2016, 7, 1) else "§ 23, nr. 2"
        assert any(f"{since:%d-%m-%Y}" in line and f"{order} {section}" in line for line in out.splitlines())
    assert "afstanden overstiger grænsen (afstand km mod afstandsgrænsen)" in said
    assert "gennem rehabilitation_own_choice_distance" in said
    assert "grounds_distance_alone" in said


def test_show_as_json() -> None:
    found = json.loads(run("show", "farther_specialist_paid", "--format", "json")[1])
    assert set(found["wording"]) == set(LANGUAGES)
    assert [(each["from"], each["to"]) for each in found["versions"]] == [
        ("2008-09-01", "2018-06-30"),
        ("2018-07-01", None),
    ]
    assert found["versions"][1]["citations"] == [{"citation": "BEK 816/2018 § 7", "from": "2018-07-01", "to": None}]
    assert found["versions"][1]["reads"] == [{"fact": "pensioner", "compares": []}]
    # STPK 18SPS13: a specialist farther away, before the duty of 1 July 2018.
    assert "board_18SPS13" in found["cases"]


def test_cases_are_only_those_that_apply_the_provision() -> None:
    cases = json.loads(run("show", "free_physiotherapy", "--format", "json")[1])["cases"]
    assert cases
    assert "grounds_distance_alone" not in cases


@pytest.mark.parametrize(("lang", "said"), [("da", "Mente du"), ("en", "Did you mean")])
def test_an_unknown_id_suggests_the_nearest(lang: str, said: str) -> None:
    status, out, err = run("show", "rehabilitation_distance", "--lang", lang)
    assert (status, out) == (2, "")
    assert said in err
    assert "rehabilitation_distance_ground" in err


def test_an_id_like_no_other_suggests_the_list() -> None:
    status, out, err = run("show", "xyz", "--lang", "en")
    assert (status, out) == (2, "")
    assert "transport-calc rules" in err


@pytest.mark.parametrize("arguments", [(), ("show", "limitation"), ("table", "gp")])
@pytest.mark.parametrize("written", ["2008-08-31", "2024-02-30", "yesterday"])
def test_a_day_without_law_is_refused(arguments: tuple[str, ...], written: str) -> None:
    status, out, err = run(*arguments, "--date", written)
    assert (status, out) == (2, "")
    assert written in err


# --- tables: whole and without overlap --------------------------------------------------------------------------------


ASKED = [*(("right", purpose) for purpose in PURPOSES), ("cost", None), ("companion", None)]
EACH_TABLE = pytest.mark.parametrize(
    "table",
    [(question, purpose, day) for day in DAYS for question, purpose in ASKED],
    ids=lambda asked: f"{asked[2]}-{asked[1] or asked[0]}",
    indirect=True,
)


@cache
def built(question: Any, purpose: Any, on: date) -> DecisionTable:
    return decision_table(question, purpose, on)


@pytest.fixture
def table(request: pytest.FixtureRequest) -> DecisionTable:
    return built(*request.param)


def tables(on: date) -> list[DecisionTable]:
    return [built(question, purpose, on) for question, purpose in ASKED]


def test_every_table_is_asked_for() -> None:
    found = [(each.question, each.purpose) for question in QUESTIONS for each in every_table(question, DAYS[2])]
    assert found == ASKED


def can_both_hold(one: Row, other: Row) -> bool:
    tested = dict(other.path)
    return all(set(values) & set(tested.get(fact, values)) for fact, values in one.path)


def share(row: Row) -> Fraction:
    """How much of the space of all situations a row takes."""
    taken = Fraction(1)
    for fact, values in row.path:
        taken *= Fraction(len(values), len(VALUES[fact]))
    return taken


@EACH_TABLE
def test_no_two_rows_can_hold_at_once(table: DecisionTable) -> None:
    assert [(a.path, b.path) for a, b in combinations(table.rows, 2) if can_both_hold(a, b)] == []


@EACH_TABLE
def test_the_rows_leave_nothing_out(table: DecisionTable) -> None:
    """Rows that exclude each other and whose shares come to one fill the whole space."""
    assert sum(map(share, table.rows)) == 1


def situations(table: DecisionTable, count: int) -> Iterator[dict[str, Any]]:
    choose = random.Random(f"{table.on} {table.question} {table.purpose}")
    for _ in range(count):
        facts = {fact: choose.choice(values) for fact, values in VALUES.items()}
        yield facts | ({"purpose": table.purpose} if table.purpose else {}) | {"law_date": table.on}


def near(row: Row, table: DecisionTable) -> Iterator[dict[str, Any]]:
    """Situations that lead to a row, whatever the facts it does not test."""
    choose = random.Random(str(row.path))
    for facts in situations(table, 2):
        yield facts | {fact: choose.choice(values) for fact, values in row.path}


def law_says(table: DecisionTable, facts: dict[str, Any]) -> tuple[Any, ...]:
    case: Any = SimpleNamespace(**facts)
    if table.question == "cost":
        return (cost_basis(case),)
    if table.question == "companion":
        return tuple(companion_right(case))
    basis = legal_basis(case)
    return (basis.code, *basis.right(case))


def table_says(table: DecisionTable, row: Row, right: tuple[Any, ...]) -> tuple[Any, ...]:
    found = row.answer
    if table.question == "cost":
        return (found.status,)
    # A ride has no minimum, so the table shows no class for it.
    minimum_class = right[-3] if found.in_kind else found.minimum_class
    said = (found.status, found.reason, minimum_class, found.paid_as_to, found.in_kind)
    return said if table.question == "companion" else (found.basis, *said)


@EACH_TABLE
def test_any_situation_leads_to_one_row_that_says_what_the_law_says(table: DecisionTable) -> None:
    asked = [*situations(table, 200), *(facts for row in table.rows for facts in near(row, table))]
    for facts in asked:
        [row] = [row for row in table.rows if row.matches(facts)]
        right = law_says(table, facts)
        assert table_says(table, row, right) == right, (facts, row.path)


@EACH_TABLE
def test_every_row_is_explained_in_both_languages_and_cited(table: DecisionTable) -> None:
    for row in table.rows:
        for lang in LANGUAGES:
            assert status_words(row.answer, lang).endswith(f"({row.answer.status})")
            assert len(reason_words(row.answer, lang)) > 15
        assert row.citations
        assert all(row.citations)
        assert bool(row.legal_basis) == (table.question == "right")
        assert {REGISTRY[each].citation(table.on) for each in row.provisions} == set(row.citations)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("fact", VALUES)
def test_the_values_of_a_fact_have_different_names(fact: str, lang: str) -> None:
    names = [value_name(fact, value, lang) for value in VALUES[fact]]
    assert len(set(names)) == len(names)


def test_every_provision_is_in_some_table() -> None:
    reached = {each for day in DAYS for table in tables(day) for row in table.rows for each in row.provisions}
    assert set(REGISTRY) - reached == set(NOT_IN_A_TABLE)


def test_the_tables_stay_printable() -> None:
    assert max(len(table.rows) for day in DAYS for table in tables(day)) <= 400


# --- tables against the text of the law -------------------------------------------------------------------------------


def answers(table: DecisionTable) -> list[tuple[dict[str, tuple[object, ...]], str, str]]:
    return [(dict(row.path), row.answer.status, row.answer.reason) for row in table.rows]


def test_the_table_of_the_companion_is_section_27() -> None:
    assert answers(decision_table("companion", None, date(2024, 5, 13))) == [
        ({"companion": (True,), "companion_needed": (True,), "companion_leg": ("with_patient",)}, "right", "companion"),
        (
            {
                "companion": (True,),
                "companion_needed": (True,),
                "companion_leg": ("without_patient",),
                "companion_over_12_hours": (True,),
            },
            "right",
            "companion",
        ),
        (
            {
                "companion": (True,),
                "companion_needed": (True,),
                "companion_leg": ("without_patient",),
                "companion_over_12_hours": (False,),
            },
            "no_right",
            "companion_not_away_long",
        ),
        (
            {"companion": (True,), "companion_needed": (True,), "companion_leg": ("own_home_to_patient",)},
            "no_right",
            "companion_own_home",
        ),
        ({"companion": (True,), "companion_needed": (False,)}, "no_right", "companion_not_necessary"),
        ({"companion": (False,)}, "no_right", "no_companion"),
    ]


def test_values_without_a_difference_share_a_row() -> None:
    # Health that rules out public transport, in whatever degree: the municipality may subsidise.
    assert answers(decision_table("right", "subsidised_physiotherapy", date(2024, 5, 13))) == [
        ({"mobility": ("public_transport",)}, "no_right", "subsidised_physiotherapy"),
        ({"mobility": ("excluded", "special_vehicle")}, "may", "subsidised_physiotherapy_health"),
    ]


def test_the_purpose_is_a_column_only_where_it_matters() -> None:
    """BEK 973/2016 left rehabilitation out of the rule on companions; no other order does."""
    during, after = (decision_table("companion", None, day) for day in (date(2016, 9, 30), date(2016, 10, 1)))
    assert "purpose" in during.columns
    assert "purpose" not in after.columns
    assert {row.answer.status for row in decision_table("companion", "hospital", date(2016, 9, 30)).rows} == {
        "right",
        "no_right",
    }


def test_the_specialist_rule_changed_from_may_to_shall() -> None:
    def farther(day: date) -> set[tuple[str, str]]:
        rows = decision_table("right", "specialist", day).rows
        return {
            (row.answer.status, row.answer.paid_as_to) for row in rows if "farther_specialist_paid" in row.provisions
        }

    assert farther(date(2018, 6, 30)) == {("may", "used")}
    assert farther(date(2018, 7, 1)) == {("right", "nearest")}


# --- tables as text ---------------------------------------------------------------------------------------------------


def markdown_cells(out: str) -> list[list[str]]:
    return [line.strip("|").split(" | ") for line in out.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("lang", LANGUAGES)
@EACH_TABLE
def test_markdown_and_csv_have_every_row(table: DecisionTable, lang: str) -> None:
    lines = markdown_cells(markdown(table, lang))
    assert len(lines) == len(table.rows) + 2
    assert len({len(line) for line in lines}) == 1
    header, *rows = csv.reader(io.StringIO(as_csv([table], lang)), delimiter=";")
    assert len(rows) == len(table.rows)
    assert {len(row) for row in rows} == {len(header)}
    assert len(set(header)) == len(header)


def test_every_purpose_comes_in_turn() -> None:
    status, out, err = run("table", "--lang", "en", "--date", "2024-05-13")
    assert (status, err) == (0, "")
    headings = [line for line in out.splitlines() if line.startswith("## ")]
    assert headings == [f"## Right: {purpose.replace('_', ' ')}, rules of 13 May 2024" for purpose in PURPOSES]
    assert len(markdown_cells(out)) == sum(len(table.rows) + 2 for table in tables(date(2024, 5, 13))[: len(PURPOSES)])


def test_csv_is_one_table_for_all_purposes() -> None:
    out = run("table", "--format", "csv", "--lang", "en", "--date", "2024-05-13")[1]
    rows = list(csv.DictReader(io.StringIO(out), delimiter=";"))
    assert len(rows) == sum(len(table.rows) for table in tables(date(2024, 5, 13))[: len(PURPOSES)])
    assert list(dict.fromkeys(row["purpose"] for row in rows)) == [purpose.replace("_", " ") for purpose in PURPOSES]
    [other] = [row for row in rows if row["purpose"] == "other"]
    assert {key: value for key, value in other.items() if value} == {
        "purpose": "other",
        "result": "no right (no_right)",
        "reason": "The purpose is not on the exhaustive list in sundhedsloven kap. 53.",
        "legal basis": "sundhedsloven kap. 53",
        "provisions applied": "sundhedsloven kap. 53",
    }


@pytest.mark.parametrize(("question", "rows"), [("companion", 6), ("right", 2)])
def test_one_purpose_and_another_question(question: str, rows: int) -> None:
    arguments = ("--question", question, "--date", "2024-05-13", "--format", "csv")
    status, out, _ = run("table", "subsidised_physiotherapy", *arguments)
    assert status == 0
    assert len(out.splitlines()) == rows + 1


def test_an_unknown_purpose_is_refused() -> None:
    status, out, err = run("table", "dentist")
    assert (status, out) == (2, "")
    assert "dentist" in err
