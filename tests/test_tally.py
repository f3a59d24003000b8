"""The tally: every number by hand, the same from any cutting into blocks, and nothing of what stands in the cells."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from decided_blocks import attendance, block, reject
from hypothesis import given, settings
from hypothesis import strategies as st

from transport_calc.batch.count.bins import DISTANCE, MARGIN
from transport_calc.batch.count.summary import OutcomeTotal, Summary, UnbalancedBatch
from transport_calc.batch.count.tally import MOST_PAIRS, Group, Pair, Tally
from transport_calc.batch.decide.decided import Decided


def tally_of(*blocks: Decided, inputs: tuple[str, ...] = ("bilag.csv",)) -> Tally:
    tally = Tally(inputs)
    for each in blocks:
        tally.add(each)
    return tally


def test_the_summary_of_one_block() -> None:
    tally = tally_of(
        block(
            [
                attendance(rows=3),
                attendance(row=5, payable_ore=None),
                attendance(row=6, outcome="undetermined", payable_ore=None, missing="mobility"),
                attendance(row=7, outcome="below_minimum", payable_ore=0),
            ],
            [reject(8, "not_a_date", "dato"), reject(8, "not_yes_no", "pensionist"), reject(9, "short_row")],
            blank=2,
            totals=1,
        )
    )
    # 3 + 1 rows entitled, 1 below the minimum, 1 undetermined, 2 rejected.
    assert tally.summary() == Summary(
        rows_read=8,
        decided=5,
        undetermined=1,
        rejected=2,
        blank=2,
        total_lines=1,
        outcomes={
            "below_minimum": OutcomeTotal(1, Decimal("0.00")),
            "entitled": OutcomeTotal(4, Decimal("80.00"), 1),
            "undetermined": OutcomeTotal(1, Decimal("0.00"), 1),
        },
    )


def test_a_lost_row_is_an_error_of_the_program() -> None:
    whole = block([attendance()])
    with pytest.raises(UnbalancedBatch):
        tally_of(whole._replace(rows_read=2)).summary()


def test_nothing_read_is_a_summary_too() -> None:
    assert tally_of().summary() == Summary(0, 0, 0, 0, 0, 0, {})
    assert tally_of(block()).summary() == Summary(0, 0, 0, 0, 0, 0, {})


def test_each_dimension_adds_up_to_the_whole() -> None:
    tally = tally_of(
        block(
            [
                attendance(payable_ore=8_050, ground="pension;distance"),
                attendance(
                    payable_ore=20_000, _means="taxi", _municipality="broenderslev", _trip_date=date(2024, 6, 1)
                ),
                attendance(rows=2, payable_ore=0, outcome="not_entitled", ground="", _purpose="gp", _means=""),
                attendance(payable_ore=None, ground="health", _municipality=""),
            ]
        )
    )
    assert tally.groups["ground"] == {
        "pension;distance": Group(1, 1, 8_050),
        "pension": Group(1, 1, 20_000),
        "none": Group(1, 2, 0),
        "health": Group(1, 1, 0, 1, 1),
    }
    assert tally.groups["month"] == {"2024-05": Group(3, 4, 8_050, 1, 1), "2024-06": Group(1, 1, 20_000)}
    assert tally.groups["municipality"]["broenderslev"] == Group(1, 1, 20_000)
    assert tally.groups["municipality"]["unknown"] == Group(1, 1, 0, 1, 1)
    assert tally.groups["means"]["unknown"] == Group(1, 2, 0)
    assert tally.groups["purpose"]["gp"] == Group(1, 2, 0)
    for groups in tally.groups.values():
        whole = Group()
        for group in groups.values():
            whole = whole.plus(group)
        assert whole == tally.all() == Group(4, 5, 28_050, 1, 1)


@given(
    st.lists(
        st.tuples(
            st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31)) | st.dates(date(2024, 1, 1), date(2024, 4, 30)),
            st.sampled_from([1, 1, 1, 2, 3]),
            st.none() | st.integers(0, 99_999),
        ),
        max_size=8,
    )
)
@settings(deadline=None, max_examples=60)
def test_every_month_has_its_attendances_rows_and_amounts(trips: list[tuple[date | None, int, int | None]]) -> None:
    rows = [
        attendance(row=at, rows=count, payable_ore=ore, _trip_date=day) for at, (day, count, ore) in enumerate(trips, 2)
    ]
    months: dict[str, list[tuple[int, int | None]]] = {}
    for day, count, ore in trips:
        months.setdefault("unknown" if day is None else day.isoformat()[:7], []).append((count, ore))
    assert tally_of(block(rows)).groups["month"] == {
        month: Group(
            attendances=len(found),
            rows=sum(count for count, _ in found),
            payable_ore=sum(ore or 0 for _, ore in found),
            without_amount=sum(ore is None for _, ore in found),
            rows_without_amount=sum(count for count, ore in found if ore is None),
        )
        for month, found in months.items()
    }


@pytest.mark.parametrize(
    ("calculated", "bounds"),
    [
        (4_800, (-1_000, 0)),  # equal to the minimum is not over it
        (4_801, (0, 1_000)),
        (5_800, (0, 1_000)),
        (5_801, (1_000, 2_000)),
        (3_800, (-2_000, -1_000)),
        (0, (-5_000, -4_000)),
        (999_999, (20_000, None)),
    ],
)
def test_no_bin_lies_on_both_sides_of_the_minimum(calculated: int, bounds: tuple[int | None, int | None]) -> None:
    tally = tally_of(block([attendance(_calculated_ore=calculated)]))
    assert [MARGIN.bounds(number) for number in tally.margins] == [bounds]


@pytest.mark.parametrize(
    ("metres", "bounds"),
    [
        (0, (None, 1_000)),
        (49_999, (49_000, 50_000)),
        (50_000, (49_000, 50_000)),  # exactly 50 km is not over 50 km
        (50_001, (50_000, 51_000)),
        (400_000, (100_000, None)),
    ],
)
def test_no_bin_lies_on_both_sides_of_50_km(metres: int, bounds: tuple[int | None, int | None]) -> None:
    tally = tally_of(block([attendance(_distance_m=metres)]))
    assert [DISTANCE.bounds(number) for number in tally.distances] == [bounds]


def test_an_unknown_cost_or_distance_is_in_no_bin() -> None:
    tally = tally_of(
        block([attendance(_calculated_ore=None, _distance_m=None), attendance(minimum_ore=None, _distance_m=None)])
    )
    assert tally.margins.total() == tally.distances.total() == 0


def test_missing_facts_are_counted_apart_for_outcome_and_amount() -> None:
    tally = tally_of(
        block(
            [
                attendance(outcome="undetermined", payable_ore=None, missing="mobility;distance_km"),
                attendance(outcome="undetermined", payable_ore=None, missing="mobility"),
                attendance(payable_ore=None, missing="public_fare_dkk"),
                attendance(missing="documented"),
            ]
        )
    )
    assert tally.missing == {"mobility": 2, "distance_km": 1}
    assert tally.missing_for_amount == {"public_fare_dkk": 1}


def test_faults_are_counted_by_row_and_by_the_fact_of_the_column() -> None:
    tally = tally_of(
        block(
            rejects=[
                reject(2, "not_a_date", "dato"),
                reject(3, "not_a_date", "TRIP_DATE"),
                reject(3, "not_a_date", "dato"),
                reject(4, "stray_quote"),
            ]
        )
    )
    assert tally.faults == {("not_a_date", "trip_date"): 3, ("stray_quote", ""): 1}
    assert tally.rejected == 3


def test_duplicates_are_counted_and_the_first_are_named() -> None:
    first = [
        attendance(row=at, warnings=f"minimum_other_of_2024;possible_duplicate:{at - 100}") for at in range(101, 141)
    ]
    second = [attendance(row=at, warnings=f"possible_duplicate:{at - 100}") for at in range(141, 181)]
    tally = tally_of(block(first), block(second))
    assert tally.duplicates == 80
    assert tally.pairs == [Pair("", at, at - 100) for at in range(101, 101 + MOST_PAIRS)]
    assert tally.warnings == {"minimum_other_of_2024": 40}


def test_pairs_name_the_file_only_if_there_are_several() -> None:
    decided = block([attendance(row=9, warnings="possible_duplicate:4", file="maj.csv")])
    assert tally_of(decided, inputs=("april.csv", "maj.csv")).pairs == [Pair("maj.csv", 9, 4)]
    assert tally_of(decided, inputs=("maj.csv",)).pairs == [Pair("", 9, 4)]
    # A column of the office's own that happens to be called `file`.
    assert tally_of(decided, inputs=("a.csv", "b.csv")).pairs == [Pair("", 9, 4)]


@pytest.mark.parametrize("name", ["april.csv", "Kl. 10:30.csv", "a;b.csv"])
def test_the_earlier_row_may_lie_in_another_file(name: str) -> None:
    decided = block([attendance(row=9, warnings=f"missing_leg:ud;possible_duplicate:{name}:4", file="maj.csv")])
    assert tally_of(decided, inputs=(name, "maj.csv")).pairs == [Pair("maj.csv", 9, 4, name)]


def test_only_names_of_files_that_were_read_are_kept() -> None:
    decided = block([attendance(row=9, warnings="possible_duplicate:Ågot.csv:4", file="maj.csv")])
    tally = tally_of(decided, inputs=("april.csv", "maj.csv"))
    assert (tally.duplicates, tally.pairs) == (1, [])


def test_of_several_duplicates_in_one_attendance_the_first_is_named() -> None:
    decided = block([attendance(row=9, warnings="possible_duplicate:4;possible_duplicate:april.csv:5", file="maj.csv")])
    tally = tally_of(decided, inputs=("april.csv", "maj.csv"))
    assert (tally.duplicates, tally.pairs) == (1, [Pair("maj.csv", 9, 4)])


def test_what_is_unusual_about_receipts_is_counted_by_code() -> None:
    known = ["missing_leg:ud", "several_legs:hjem", "mixed_means", "legs_overlap", "several_days"]
    known += ["sum_incomplete:paid_dkk", "sum_incomplete:extra_costs_dkk"]
    foreign = ["missing_leg:begge", "missing_leg", "sum_incomplete:distance_km", "sum_incomplete:Ågot"]
    tally = tally_of(block([attendance(warnings=";".join(known + foreign)), attendance(warnings=known[0])]))
    assert tally.warnings == dict.fromkeys(known, 1) | {"missing_leg:ud": 2}


SECRET = "Ågot 010170-1234"


def test_no_text_of_a_cell_is_kept() -> None:
    everywhere = attendance(
        case_id=SECRET,
        outcome=SECRET,
        form=SECRET,
        channel=SECRET,
        ground=SECRET,
        missing=SECRET,
        warnings=f"{SECRET};open_question:0101701234",
        justification=SECRET,
        note=SECRET,
        file=SECRET,
        _municipality=SECRET,
        _purpose=SECRET,
        _means=SECRET,
    )
    undetermined = everywhere | {"outcome": "undetermined", "warnings": f"possible_duplicate:1;{SECRET}"}
    tally = tally_of(block([everywhere, undetermined], [reject(7, SECRET, SECRET, SECRET)]), inputs=("a", "b"))
    kept = json.dumps(tally.state(), ensure_ascii=False)
    assert "Ågot" not in kept
    assert "010170" not in kept
    assert tally.all().attendances == 2
    assert tally.groups["municipality"] == {"unknown": Group(2, 2, 16_000)}
    assert tally.faults == {("unknown", ""): 1}


def test_the_state_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="tally/1"):
        Tally.from_state(Tally().state() | {"format": "transport-calc/tally/0"})


ATTENDANCES = st.builds(
    attendance,
    row=st.integers(1, 10**7),
    rows=st.integers(1, 3),
    outcome=st.sampled_from(["entitled", "below_minimum", "not_entitled", "discretionary", "undetermined"]),
    ground=st.sampled_from(["", "pension", "distance;health"]),
    payable_ore=st.none() | st.integers(0, 10**9),
    missing=st.sampled_from(["", "mobility", "mobility;distance_km"]),
    warnings=st.sampled_from(
        ["", "minimum_other_own", "possible_duplicate:3", "possible_duplicate:3;minimum_other_own"]
    ),
    _trip_date=st.dates(date(2008, 9, 1), date(2026, 12, 31)),
    _municipality=st.sampled_from(["", "randers", "broenderslev"]),
    _means=st.sampled_from(["", "taxi", "own_car"]),
    _distance_m=st.none() | st.integers(0, 300_000),
    _calculated_ore=st.none() | st.integers(0, 100_000),
)
FAULTS = st.builds(
    reject, st.integers(1, 30), st.sampled_from(["not_a_date", "short_row"]), st.sampled_from(["dato", ""])
)
BLOCKS = st.lists(st.builds(block, st.lists(ATTENDANCES, max_size=4), st.lists(FAULTS, max_size=3)), max_size=4)


@settings(max_examples=40, deadline=None)
@given(BLOCKS, st.data())
def test_a_resumed_tally_is_the_undisturbed_one(blocks: list[Decided], data: st.DataObject) -> None:
    stop = data.draw(st.integers(0, len(blocks)))
    before = tally_of(*blocks[:stop])
    resumed = Tally.from_state(json.loads(json.dumps(before.state())))
    for each in blocks[stop:]:
        resumed.add(each)
    assert resumed.state() == tally_of(*blocks).state()
    assert resumed.summary() == tally_of(*blocks).summary()


@settings(max_examples=30, deadline=None)
@given(st.lists(ATTENDANCES, min_size=1, max_size=8), st.integers(0, 8))
def test_the_cutting_into_blocks_changes_nothing(attendances: list[dict[str, object]], cut: int) -> None:
    whole = tally_of(block(attendances))
    assert tally_of(block(attendances[:cut]), block(attendances[cut:])).state() == whole.state()
    assert whole.all().payable_ore == sum(each["payable_ore"] or 0 for each in attendances)  # type: ignore[misc]
    assert whole.all().rows == pl.Series([each["rows"] for each in attendances]).sum()
