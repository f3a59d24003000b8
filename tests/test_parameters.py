"""The dated amounts against the tables of docs/sources.md, day by day at every boundary; the user's own folder."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from transport_calc.parameter_checks import check_parameters, from_one_index, known_from
from transport_calc.parameters import (
    MILEAGE_LOW,
    MINIMUM_OTHER,
    MINIMUM_PENSIONER,
    Parameters,
    UnknownAmount,
    read_amounts,
)

DAY = timedelta(days=1)

# First day, last day, pensioners, others: typed from the orders and pages, not read from the data.
MINIMA = [
    (date(2008, 9, 1), date(2018, 6, 30), "25", "60"),
    (date(2018, 7, 1), date(2018, 12, 31), "42", "100"),
    (date(2019, 1, 1), date(2019, 12, 31), "43", "102"),
    (date(2020, 1, 1), date(2020, 12, 31), "43", "103"),
    (date(2021, 1, 1), date(2021, 12, 31), "44", "104"),
    (date(2022, 1, 1), date(2022, 12, 31), "44", "104"),
    (date(2023, 1, 1), date(2023, 12, 31), "45", "108"),
    (date(2024, 1, 1), date(2024, 12, 31), "48", "113"),
]
MILEAGE = [
    (date(2008, 1, 1), date(2008, 12, 31), "1.83"),
    (date(2009, 1, 1), date(2009, 12, 31), "1.90"),
    (date(2010, 1, 1), date(2010, 12, 31), "1.90"),
    (date(2011, 1, 1), date(2011, 12, 31), "2.00"),
    (date(2012, 1, 1), date(2012, 12, 31), "2.10"),
    (date(2013, 1, 1), date(2013, 12, 31), "2.13"),
    (date(2014, 1, 1), date(2014, 12, 31), "2.10"),
    (date(2015, 1, 1), date(2015, 12, 31), "2.05"),
    (date(2016, 1, 1), date(2016, 12, 31), "1.99"),
    (date(2017, 1, 1), date(2017, 12, 31), "1.93"),
    (date(2018, 1, 1), date(2018, 12, 31), "1.94"),
    (date(2019, 1, 1), date(2019, 12, 31), "1.98"),
    (date(2020, 1, 1), date(2020, 12, 31), "1.96"),
    (date(2021, 1, 1), date(2021, 12, 31), "1.90"),
    (date(2022, 1, 1), date(2022, 4, 30), "1.98"),
    (date(2022, 5, 1), date(2022, 12, 31), "2.17"),
    (date(2023, 1, 1), date(2023, 12, 31), "2.19"),
    (date(2024, 1, 1), date(2024, 12, 31), "2.23"),
    (date(2025, 1, 1), date(2025, 12, 31), "2.23"),
    (date(2026, 1, 1), date(2026, 12, 31), "2.28"),
]

BUILTIN = Parameters()


def thresholds(folder: Path, year: int, *, pensioner: str = "50", other: str = "118", start: str = "") -> Path:
    """A file of the user's own with both minimum amounts of a year."""
    entries = [
        f'[{name}]\nvalue = "{value}"\nunit = "DKK"\nfrom = {start or f"{year}-01-01"}\nto = {year}-12-31\n'
        f'source = {{title = "Brev"}}\nverified_on = 2026-11-21\nconfidence = "user"\n'
        for name, value in ((MINIMUM_PENSIONER, pensioner), (MINIMUM_OTHER, other))
    ]
    file = folder / f"thresholds_{year}.toml"
    file.write_text("\n".join(entries), encoding="utf-8")
    return file


def amend(file: Path, old: str, new: str) -> None:
    """Change one place in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# --- what applies on a day --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "last", "pensioner", "other"), MINIMA)
def test_minimum_amounts_on_the_first_and_the_last_day(first: date, last: date, pensioner: str, other: str) -> None:
    for on in (first, last):
        assert BUILTIN.at(MINIMUM_PENSIONER, on).value == Decimal(pensioner)
        assert BUILTIN.at(MINIMUM_OTHER, on).value == Decimal(other)


@pytest.mark.parametrize(("first", "last", "rate"), MILEAGE)
def test_mileage_on_the_first_and_the_last_day(first: date, last: date, rate: str) -> None:
    assert [BUILTIN.at(MILEAGE_LOW, on).value for on in (first, last)] == [Decimal(rate)] * 2


def test_the_day_before_and_the_day_after_have_the_neighbours_amounts() -> None:
    for earlier, later in pairwise(MINIMA):
        assert earlier[1] + DAY == later[0]
        assert str(BUILTIN.at(MINIMUM_OTHER, later[0] - DAY).value) == earlier[3]
        assert str(BUILTIN.at(MINIMUM_PENSIONER, earlier[1] + DAY).value) == later[2]
    for before, after in pairwise(MILEAGE):
        assert before[1] + DAY == after[0]
        assert str(BUILTIN.at(MILEAGE_LOW, before[1] + DAY).value) == after[2]


@pytest.mark.parametrize("name", [MINIMUM_PENSIONER, MINIMUM_OTHER])
@pytest.mark.parametrize("on", [date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31)])
def test_2025_and_2026_are_refused_naming_2024_as_the_last_known(name: str, on: date) -> None:
    with pytest.raises(UnknownAmount) as refused:
        BUILTIN.at(name, on)
    assert refused.value.last is not None
    assert refused.value.last.end == date(2024, 12, 31)
    for part in (name, on.isoformat(), "2024-12-31"):
        assert part in str(refused.value)


def test_the_day_before_the_first_order_is_refused_and_nothing_earlier_is_claimed() -> None:
    with pytest.raises(UnknownAmount, match="none is known before it") as refused:
        BUILTIN.at(MINIMUM_OTHER, date(2008, 8, 31))
    assert refused.value.last is None


@pytest.mark.parametrize("on", [date(2007, 12, 31), date(2027, 1, 1)])
def test_mileage_outside_its_years_is_refused(on: date) -> None:
    with pytest.raises(UnknownAmount, match=MILEAGE_LOW):
        BUILTIN.at(MILEAGE_LOW, on)


@pytest.mark.parametrize("purpose", ["rehabilitation", "hospital", "specialist"])
def test_the_distance_limit_is_50_km_from_the_first_order_on(purpose: str) -> None:
    for on in (date(2008, 9, 1), date(2024, 5, 13), date(2026, 12, 31)):
        assert BUILTIN.at(f"distance_limit_{purpose}", on).value == 50


def test_every_amount_names_a_source_and_when_it_was_checked() -> None:
    amounts = [each for name in (MINIMUM_PENSIONER, MINIMUM_OTHER, MILEAGE_LOW) for each in BUILTIN.series(name)]
    assert len(amounts) == 2 * len(MINIMA) + len(MILEAGE)
    assert all(each.source and each.href.startswith("https://") for each in amounts)


def test_the_uncertain_years_say_so() -> None:
    assert BUILTIN.at(MINIMUM_OTHER, date(2020, 6, 1)).confidence == "inferred"
    assert BUILTIN.at(MINIMUM_OTHER, date(2018, 7, 1)).confidence == "order"
    assert BUILTIN.at(MINIMUM_OTHER, date(2022, 6, 1)).confidence == "authority"


def test_the_known_days_are_one_span() -> None:
    assert known_from(BUILTIN) == (date(2008, 9, 1), date(2024, 12, 31))


# --- filling a gap ----------------------------------------------------------------------------------------------------


def test_amounts_of_another_year_fill_a_gap_and_say_so() -> None:
    filled = Parameters(use_amounts_of=2023)
    amount = filled.at(MINIMUM_OTHER, date(2026, 3, 2))
    assert (amount.value, amount.stands_in) == (Decimal(108), "2023")


def test_amounts_of_another_year_never_replace_a_known_one() -> None:
    filled = Parameters(use_amounts_of=2019)
    assert (
        filled.at(MINIMUM_OTHER, date(2024, 12, 31)).value,
        filled.at(MINIMUM_OTHER, date(2024, 1, 1)).stands_in,
    ) == (
        Decimal(113),
        "",
    )
    mileage = filled.at(MILEAGE_LOW, date(2026, 3, 2))
    assert (mileage.value, mileage.stands_in) == (Decimal("2.28"), "")


def test_the_second_half_of_2018_stands_for_2018() -> None:
    assert Parameters(use_amounts_of=2018).at(MINIMUM_PENSIONER, date(2026, 1, 1)).value == 42


@pytest.mark.parametrize("year", [2025, 2007, 2031])
def test_a_year_without_amounts_fills_nothing(year: int) -> None:
    with pytest.raises(UnknownAmount) as refused:
        Parameters(use_amounts_of=year).at(MINIMUM_OTHER, date(2026, 3, 2))
    assert refused.value.on == date(2026, 3, 2)


# --- the user's own folder --------------------------------------------------------------------------------------------


def test_an_amount_of_the_users_own_is_used_and_named(tmp_path: Path) -> None:
    thresholds(tmp_path, 2026)
    own = Parameters(user_data=tmp_path)
    amount = own.at(MINIMUM_OTHER, date(2026, 1, 1))
    assert (amount.value, amount.confidence, amount.source) == (Decimal(118), "user", "Brev")
    assert own.at(MINIMUM_OTHER, date(2024, 1, 1)).value == 113
    with pytest.raises(UnknownAmount) as refused:
        own.at(MINIMUM_OTHER, date(2025, 6, 1))
    assert refused.value.last is not None
    assert refused.value.last.end == date(2024, 12, 31)


def test_the_users_own_year_is_the_last_known_one_afterwards(tmp_path: Path) -> None:
    thresholds(tmp_path, 2025)
    with pytest.raises(UnknownAmount, match="2025-12-31"):
        Parameters(user_data=tmp_path).at(MINIMUM_OTHER, date(2026, 6, 1))


def test_own_amounts_come_before_amounts_of_another_year(tmp_path: Path) -> None:
    thresholds(tmp_path, 2026)
    amount = Parameters(user_data=tmp_path, use_amounts_of=2024).at(MINIMUM_OTHER, date(2026, 1, 1))
    assert (amount.value, amount.stands_in) == (Decimal(118), "")


def test_a_folder_that_does_not_exist_is_no_folder(tmp_path: Path) -> None:
    assert Parameters(user_data=tmp_path / "none").folders == Parameters().folders


# --- the lint ---------------------------------------------------------------------------------------------------------


def problems(folder: Path) -> list[str]:
    return check_parameters(Parameters(user_data=folder))


def test_the_built_in_data_is_without_fault() -> None:
    assert check_parameters(Parameters()) == []


def test_a_good_own_year_is_without_fault(tmp_path: Path) -> None:
    thresholds(tmp_path, 2025)
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unit =", "unti =", ("thresholds_2025.toml", "minimum_pensioner", "unti", "unit")),
        ("[minimum_other]", "[minimum_everyone]", ("minimum_everyone", "not a known amount")),
        ('"50"', "50", ("minimum_pensioner", "quoted number")),
        ('"50"', '"fifty"', ("fifty", "not a plain number")),
        ('"50"', '"5e1"', ("5e1", "not a plain number")),
        ('"50"', '"-50"', ("-50", "not a plain number")),
        ('"50"', '""', ("minimum_pensioner", "not a plain number")),
        ('{title = "Brev"}', '"Brev"', ("minimum_pensioner", "source")),
        ('"user"', '"certain"', ("minimum_pensioner", "confidence")),
        ("2026-11-21", '"2026-11-21"', ("verified_on", "date")),
        ("to = 2025-12-31", "to = 2024-12-31", ("minimum_pensioner", "ends before it begins")),
        pytest.param(
            "[minimum_pensioner]",
            "[minimum_pensioner",
            ("thresholds_2025.toml",),
        ),
    ],
)
def test_a_fault_in_a_file_is_named(tmp_path: Path, old: str, new: str, said: tuple[str, ...]) -> None:
    amend(thresholds(tmp_path, 2025), old, new)
    found = "\n".join(problems(tmp_path))
    assert [part for part in said if part not in found] == []


def test_a_year_that_is_already_known_overlaps(tmp_path: Path) -> None:
    thresholds(tmp_path, 2024)
    assert sorted(line.split(":")[0] for line in problems(tmp_path) if "overlap" in line) == [
        MINIMUM_OTHER,
        MINIMUM_PENSIONER,
    ]


def test_a_gap_between_two_sourced_amounts_is_named(tmp_path: Path) -> None:
    file = thresholds(tmp_path, 2026)
    file.write_text(file.read_text("utf-8").replace('"user"', '"secondary"'), encoding="utf-8")
    found = [line for line in problems(tmp_path) if "no amount between" in line]
    assert len(found) == 2
    assert all("2024-12-31" in line and "2026-01-01" in line for line in found)


def test_a_file_named_after_another_year_than_its_amounts_is_named(tmp_path: Path) -> None:
    thresholds(tmp_path, 2026, start="2025-01-01")
    assert sum("begins in 2025, not in 2026" in line for line in problems(tmp_path)) == 2


def test_a_file_with_only_one_of_the_two_amounts_is_named(tmp_path: Path) -> None:
    file = thresholds(tmp_path, 2025)
    file.write_text(file.read_text("utf-8").split("[minimum_other]")[0], encoding="utf-8")
    assert any("[minimum_other] is missing" in line for line in problems(tmp_path))


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    amend(thresholds(tmp_path, 2025), '"50"', '"fifty"')
    thresholds(tmp_path, 2024)
    found = "\n".join(problems(tmp_path))
    assert "fifty" in found
    assert "overlap" in found


def test_a_malformed_file_is_refused_by_name(tmp_path: Path) -> None:
    file = thresholds(tmp_path, 2025)
    amend(file, '"50"', '"fifty"')
    with pytest.raises(ValueError, match=r"thresholds_2025\.toml: \[minimum_pensioner\] value 'fifty'"):
        read_amounts(file)


# --- one index --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pensioner", "other"), [(low, high) for first, _, low, high in MINIMA if first.year >= 2018])
def test_every_known_pair_since_2018_comes_from_one_index(pensioner: str, other: str) -> None:
    assert from_one_index(Decimal(pensioner), Decimal(other))


@pytest.mark.parametrize(
    ("pensioner", "other"),
    [
        # 48 kr. needs a factor of 47.5/42 = 1.1310 or more; 107 kr. allows at most 107.5/100 = 1.0750.
        ("48", "107"),
        # 60 kr. needs 59.5/42 = 1.4167; 102 kr. allows 1.0250 (an authority's page mixes an old and a new amount).
        ("60", "102"),
        # 42 kr. allows at most 42.5/42 = 1.0119; 102 kr. needs 101.5/100 = 1.0150.
        ("42", "102"),
        # 44 kr. allows at most 44.5/42 = 1.0595; 107 kr. needs 1.0650.
        ("44", "107"),
        # The two amounts in each other's place.
        ("113", "48"),
        # The pair before 2018: 25.5/42 = 0.6071 is more than 60 kr. needs (0.5950), but 25 and 61 do not meet: 0.6050
        # is under 0.6071, whereas 25 and 62 need 0.6150.
        ("25", "62"),
    ],
)
def test_pairs_that_cannot_come_from_one_index_are_refused(pensioner: str, other: str) -> None:
    assert not from_one_index(Decimal(pensioner), Decimal(other))
