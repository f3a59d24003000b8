"""The head of a receipts file: delimiter and columns."""

from __future__ import annotations

import itertools

import pytest

from transport_calc.batch.read.layout import Layout, Lines, read_layout
from transport_calc.facts import FACTS
from transport_calc.faults import Fault, InvalidInput


def lines_of(text: str) -> Lines:
    return iter(enumerate(text.splitlines(keepends=True), 1))


def layout_of(text: str) -> Layout:
    return read_layout(lines_of(text))


def faults_of(text: str) -> list[Fault]:
    with pytest.raises(InvalidInput) as caught:
        layout_of(text)
    return caught.value.faults


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_the_one_that_gives_known_columns(delimiter: str) -> None:
    layout = layout_of(delimiter.join(["dato", "formål", "beløb (kr., tur/retur; i alt)"]).replace("; ", " ") + "\n")
    assert layout.delimiter == delimiter
    assert layout.known["trip_date"] == 0


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=|", "sep=\t"])
def test_a_first_line_may_name_the_delimiter(first: str) -> None:
    delimiter = first.strip('"')[-1]
    layout = layout_of(f"{first}\r\ndato{delimiter}formål\r\n")
    assert (layout.delimiter, layout.columns, layout.row) == (delimiter, ("dato", "formål"), 2)


def test_every_fact_is_known_by_both_names_in_any_spelling() -> None:
    for info in FACTS.values():
        ascii_name = info.danish.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
        for header in (info.name, info.danish, info.danish.upper(), ascii_name, f"  {info.danish.replace('_', ' ')} "):
            layout = layout_of(f"{header};dato" if info.name != "trip_date" else header)
            assert layout.known[info.name] == 0, header


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("person", "person"),
        ("CPR", "person"),
        ("borger", "person"),
        ("CPR-nr", "person"),
        ("visit", "visit"),
        ("fremmøde", "visit"),
        ("fremmoede", "visit"),
        ("Leg", "leg"),
        ("tur", "leg"),
    ],
)
def test_the_grouping_columns(header: str, role: str) -> None:
    assert layout_of(f"dato;{header}").known[role] == 1


def test_the_order_of_columns_does_not_matter() -> None:
    for order in itertools.permutations(["dato", "beløb", "formål"]):
        assert layout_of(";".join(order)).known == {
            "trip_date": order.index("dato"),
            "paid_dkk": order.index("beløb"),
            "purpose": order.index("formål"),
        }


def test_unknown_columns_pass_and_are_named_once() -> None:
    layout = layout_of("bemærkning;dato;formål;konto;")
    assert [layout.columns[at] for at in layout.passed] == ["bemærkning", "konto", "column_5"]
    (notice,) = layout.notices
    assert (notice.code, notice.slots) == ("unknown_columns", {"columns": "bemærkning, konto, column_5"})


def test_a_column_that_is_nearly_a_fact_is_pointed_out() -> None:
    similar = [notice for notice in layout_of("dato;formål;pensionst").notices if notice.code == "similar_column"]
    assert [notice.slots for notice in similar] == [{"column": "pensionst", "nearest": "pensionist"}]


def test_without_a_purpose_column_a_warning_says_what_is_assumed() -> None:
    assert [notice.code for notice in layout_of("dato;beløb").notices] == ["purpose_defaulted"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        ("\n \n", "empty_file"),
        ("sep=;\n", "empty_file"),
        ("sag;tur_dato\n", "no_known_columns"),
        ("formål;beløb\n", "missing_column"),
        ("cpr;fremmøde\n", "no_known_columns"),
        ("dato;beløb;paid_dkk\n", "duplicate_column"),
        ("dato;dato\n", "duplicate_column"),
        ("dato;note;Note\n", "duplicate_column"),
        ('dato;"note\n', "bad_header"),
        ('dato;no"te\n', "bad_header"),
    ],
)
def test_a_head_that_cannot_be_used_stops_before_row_1(text: str, code: str) -> None:
    assert [fault.code for fault in faults_of(text)] == [code]


def test_all_faults_of_the_head_come_together() -> None:
    faults = faults_of("formål;beløb;paid_dkk;note;note\n")
    assert [(fault.code, fault.field) for fault in faults] == [
        ("duplicate_column", "paid_dkk"),
        ("duplicate_column", "note"),
        ("missing_column", "dato"),
    ]


def test_blank_lines_before_the_head_are_counted() -> None:
    layout = layout_of("\n\nsep=;\n\ndato\n")
    assert (layout.row, layout.blank) == (5, 3)
