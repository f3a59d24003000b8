"""Text to fact: expected values are read off the contract by hand."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transport_calc.facts import FACTS, Case
from transport_calc.faults import InvalidInput
from transport_calc.intake.options import case_from_texts
from transport_calc.intake.text import Unreadable, nearest_fact, parse_fact, read_texts

MINIMAL = {"purpose": "rehabilitation", "trip_date": "2024-05-13"}


def read(name: str, text: str) -> object:
    return parse_fact(FACTS[name], text)


def refusal(name: str, text: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(name, text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", "1234"),
        ("1234,5", "1234.5"),
        ("1.234,50", "1234.50"),
        ("1234.50", "1234.50"),
        ("0,5", "0.5"),
        ("12.5", "12.5"),
        ("0", "0"),
        ("12.345.678,90", "12345678.90"),
        ("1.234.567", "1234567"),
        ("80,00 kr.", "80.00"),
        ("kr. 80", "80"),
        ("80 KR", "80"),
        ("DKK 80,50", "80.50"),
        ("80dkk", "80"),
        ("80,-", "80"),
        ("1.234,-", "1234"),
        ("80,- kr.", "80"),
        ("\u00a080,00\u202f", "80.00"),
        ("80,00\u00a0kr.", "80.00"),
        ("999999999,99", "999999999.99"),
    ],
)
def test_amounts_are_read_the_danish_way(text: str, value: str) -> None:
    assert read("paid_dkk", text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"), [("12 km", "12"), ("1,234", "1.234"), ("0.123", "0.123"), ("1234.567", "1234.567")]
)
def test_distances_go_down_to_the_metre(text: str, value: str) -> None:
    assert read("distance_km", text) == Decimal(value)


@pytest.mark.parametrize("name", ["paid_dkk", "distance_km"])
@pytest.mark.parametrize(
    ("text", "readings"),
    [("1.234", "1234 / 1,234"), ("12.500", "12500 / 12,500"), ("100.000", "100000 / 100,000")],
)
def test_a_point_before_three_digits_has_two_readings_and_both_are_named(name: str, text: str, readings: str) -> None:
    refused = refusal(name, text)
    assert (refused.code, refused.slots["readings"]) == ("ambiguous_number", readings)


@pytest.mark.parametrize(
    "text",
    [
        "1,234.50",
        "1.234.50",
        "1e3",
        "+5",
        "1_000",
        "inf",
        "nan",
        "٣",
        "１２",
        "1 234",
        "5,",
        ",5",
        ".5",
        "1.23,4",
        "--5",
        "0.123,5",
        "1.2345,5",
        "kr.",
        "kr. 5 kr.",
        "12,50,-",
        "en",
        "5 kroner",
        "1,2,3",
        "0x10",
    ],
)
def test_anything_else_is_not_an_amount(text: str) -> None:
    assert refusal("paid_dkk", text).code == "not_a_number"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("paid_dkk", "-5", "below_minimum_value"),
        ("paid_dkk", "−5,00 kr.", "below_minimum_value"),
        ("paid_dkk", "-1.234", "below_minimum_value"),
        ("age", "-3", "below_minimum_value"),
        ("paid_dkk", "80,005", "too_many_decimals"),
        ("paid_dkk", "0.123", "too_many_decimals"),
        ("distance_km", "1,2345", "too_many_decimals"),
        ("paid_dkk", "1234567890", "too_large"),
        ("age", "1234567890", "too_large"),
        ("paid_dkk", "80 km", "wrong_unit"),
        ("distance_km", "80 kr.", "wrong_unit"),
        ("age", "24 år", "not_whole"),
        ("age", "24,0", "not_whole"),
    ],
)
def test_impossible_numbers_say_what_is_wrong(name: str, text: str, code: str) -> None:
    assert refusal(name, text).code == code


OERE = st.integers(min_value=0, max_value=99_999_999_999)


def danish(oere: int, *, grouped: bool) -> str:
    whole, rest = divmod(oere, 100)
    return (f"{whole:,}".replace(",", ".") if grouped else str(whole)) + f",{rest:02d}"


@given(OERE, st.booleans(), st.sampled_from(["", " kr.", "\u00a0kr.", " DKK"]))
def test_an_amount_written_the_danish_way_is_read_back_exactly(oere: int, grouped: bool, unit: str) -> None:
    assert read("paid_dkk", danish(oere, grouped=grouped) + unit) == Decimal(oere).scaleb(-2)


@given(st.text(alphabet="0123456789.,-+e _ kr", max_size=14))
def test_no_text_is_read_as_a_number_that_another_grammar_reads_otherwise(text: str) -> None:
    """Whatever is accepted is non-negative, exact, and means the same with its thousands separators taken out."""
    try:
        value = read("paid_dkk", text)
    except Unreadable:
        return
    if value is None:
        assert not text.strip()
        return
    assert isinstance(value, Decimal)
    assert value >= 0
    assert read("paid_dkk", format(value, "f").replace(".", ",")) == value


@pytest.mark.parametrize("text", ["13-05-2024", "13.05.2024", "13/5/2024", "13-5-2024", "2024-05-13", " 13-05-2024 "])
def test_dates_put_the_day_first_or_are_iso(text: str) -> None:
    assert read("trip_date", text) == date(2024, 5, 13)


def test_day_and_month_are_never_swapped() -> None:
    assert read("trip_date", "05-04-2024") == date(2024, 4, 5)
    assert refusal("trip_date", "05-13-2024").code == "no_such_date"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31-02-2024", "no_such_date"),
        ("29-02-2023", "no_such_date"),
        ("2024-02-30", "no_such_date"),
        ("00-05-2024", "no_such_date"),
        ("13-05-24", "two_digit_year"),
        ("1/2/24", "two_digit_year"),
        ("13-05.2024", "not_a_date"),
        ("2024-5-13", "not_a_date"),
        ("13. maj 2024", "not_a_date"),
        ("45425", "not_a_date"),
        ("2024-05-13 00:00", "not_a_date"),
        ("13-05-202", "not_a_date"),
        ("１３-05-2024", "not_a_date"),
    ],
)
def test_other_dates_are_refused(text: str, code: str) -> None:
    assert refusal("trip_date", text).code == code


@given(st.dates(), st.sampled_from(["{0.day:02d}-{0.month:02d}-{0.year:04d}", "{0.day}/{0.month}/{0.year:04d}", "{0}"]))
def test_every_date_is_read_back(day: date, pattern: str) -> None:
    assert read("trip_date", pattern.format(day)) == day


@pytest.mark.parametrize("text", ["ja", "J", "true", "Sand", "1", "YES", "y"])
def test_yes(text: str) -> None:
    assert read("pensioner", text) is True


@pytest.mark.parametrize("text", ["nej", "N", "FALSE", "falsk", "0", "no"])
def test_no(text: str) -> None:
    assert read("pensioner", text) is False


@pytest.mark.parametrize("text", ["x", "måske", "ja?", "2", "ja nej", "-"])
def test_neither_yes_nor_no(text: str) -> None:
    assert refusal("pensioner", text).code == "not_yes_no"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("purpose", "rehabilitation", "rehabilitation"),
        ("purpose", "Genoptræning", "rehabilitation"),
        ("purpose", "GENOPTRAENING", "rehabilitation"),
        ("purpose", "vedligeholdende-træning", "maintenance_training"),
        ("purpose", "out-of-hours gp", "out_of_hours_gp"),
        ("pension", "Førtidspension", "foertidspension"),
        ("pension", "fo\u0308rtidspension".replace("o\u0308", "ø"), "foertidspension"),
        ("pension", "ingen", "none"),
        ("site", "kommunalt træningscenter", "municipal_centre"),
        ("specialty", "øre næse hals læge", "ear_nose_throat"),
        ("insurance_group", "1", 1),
        ("insurance_group", "Gruppe 2", 2),
        ("age", "067", 67),
        ("case_id", "  0042 ", "0042"),
        ("municipality", "Brønderslev Kommune", "broenderslev"),
        ("municipality", "broenderslev", "broenderslev"),
        ("municipality", "Brønderslev", "broenderslev"),
        ("municipality", "Lyngby-Taarbæk kommune", "lyngby_taarbaek"),
        ("municipality", "A\u030arhus", "aarhus"),
    ],
)
def test_codes_and_danish_names(name: str, text: str, value: object) -> None:
    assert read(name, text) == value


def test_every_choice_can_be_written_as_code_and_as_danish_name() -> None:
    for info in FACTS.values():
        for code, name in info.choices.items():
            assert str(read(info.name, code)) == code
            assert str(read(info.name, name.upper())) == code


def test_an_unknown_choice_lists_the_choices_and_suggests_the_nearest() -> None:
    refused = refusal("mobility", "public_transprt")
    assert refused.code == "unknown_choice"
    assert refused.slots["choices"] == "public_transport, excluded, special_vehicle"
    assert refused.slots["nearest"] == "public_transport"
    assert "kan ikke bruge offentlig transport (excluded)" in refused.slots["danish"]
    assert refusal("mobility", "kørestol").slots["nearest"] == ""


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0", "\t"])
def test_blank_text_is_a_fact_not_given(blank: str) -> None:
    assert read_texts({"pensioner": blank, "paid_dkk": blank}) == ({}, [])


def test_all_faults_are_found_at_once_and_the_good_facts_kept() -> None:
    values, faults = read_texts({"pensioner": "måske", "paid_dkk": "1.234", "age": "67", "pensionr": "ja"})
    assert values == {"age": 67}
    assert [(fault.field, fault.code) for fault in faults] == [
        ("pensioner", "not_yes_no"),
        ("paid_dkk", "ambiguous_number"),
        ("pensionr", "unknown_fact"),
    ]
    assert faults[2].slots["nearest"] == "pensioner"


def test_a_cpr_number_in_the_wrong_place_is_not_repeated() -> None:
    _, faults = read_texts({"age": "010203-1234"})
    assert "1234" not in faults[0].value


def test_the_nearest_fact_is_known_by_its_danish_name_too() -> None:
    assert nearest_fact("beloebb", 0.6) == "paid_dkk"
    assert nearest_fact("qqqq", 0.6) == ""


def test_a_case_from_texts() -> None:
    assert case_from_texts({**MINIMAL, "pensioner": "ja", "distance_km": ""}) == Case(
        purpose="rehabilitation", trip_date=date(2024, 5, 13), pensioner=True
    )


def test_missing_facts_are_faults_beside_the_others() -> None:
    with pytest.raises(InvalidInput) as caught:
        case_from_texts({"purpose": "", "trip_date": "31-02-2024", "pensioner": "?"})
    found = {(fault.field, fault.code) for fault in caught.value.faults}
    # The unreadable date is one fault, not also a missing one.
    assert found == {("purpose", "missing_fact"), ("trip_date", "no_such_date"), ("pensioner", "not_yes_no")}


def test_reading_text_needs_only_the_standard_library() -> None:
    probe = (
        "import sys, transport_calc; before = set(sys.modules);"
        "import transport_calc.intake.options;"
        "print(sorted({name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names),"
        "sorted((set(sys.modules) - before) & {'json', 'difflib', 'csv', 'typing_extensions'}))"
    )
    found = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['transport_calc'] []"
