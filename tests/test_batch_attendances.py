"""Receipts of one attendance: added before the minimum is tested, odd ones named, none decided by half.

A pensioner to training after hospital by bus, in 2024, when the minimum is 48 kr. (113 kr. for others).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from transport_calc.batch.read.content import Content
from transport_calc.batch.read.csv_blocks import CsvTable
from transport_calc.batch.run import Job, run_batch
from transport_calc.parameters import Parameters

PARAMETERS = Parameters()
TRIP = {
    "sagsnr": "S-1",
    "cpr": "010150-1111",
    "fremmøde": "F1",
    "tur": "",
    "dato": "13-05-2024",
    "formål": "genoptræning",
    "genoptræningsplan": "ja",
    "pensionist": "ja",
    "mobilitet": "kan bruge offentlig transport",
    "transportmiddel": "offentlig transport",
    "offentlig_takst": "30,00",
    "beløb": "30,00",
}


def trip(**changes: str) -> dict[str, str]:
    """A receipt of 30 kr., with changes. `pris` stands for both the fare and what was paid."""
    if "pris" in changes:
        changes |= dict.fromkeys(("offentlig_takst", "beløb"), changes.pop("pris"))
    return TRIP | changes


def written(receipts: list[dict[str, str]]) -> str:
    names = list(dict.fromkeys(name for receipt in receipts for name in receipt))
    lines = [";".join(receipt.get(name, "") for name in names) for receipt in receipts]
    return "\n".join([";".join(names), *lines, ""])


class Decided:
    """What became of a file: the decisions and the rejects, each by row."""

    def __init__(self, folder: Path, files: dict[str, str], lang: str = "da") -> None:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        output = folder / "out.csv"
        job = Job([str(folder / name) for name in files], str(output), lang=lang)
        self.summary = run_batch(job, PARAMETERS, notify=lambda _: None)
        self.output, self.rejected = output.read_bytes(), (folder / "out.rejects.csv").read_bytes()
        self.all_rows = list(table(self.output))
        self.rows = {row["row"]: row for row in self.all_rows}
        self.rejects = [(each["row"], each["column"], each["code"]) for each in table(self.rejected)]
        self.messages = {each["row"]: each["message"] for each in table(self.rejected)}

    @property
    def paid(self) -> dict[str, tuple[str, str]]:
        """Outcome and kroner by first row."""
        return {at: (row["outcome"], row["payable_dkk"]) for at, row in self.rows.items()}

    @property
    def warnings(self) -> dict[str, str]:
        return {at: row["warnings"] for at, row in self.rows.items()}


def table(content: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(content.decode(), newline=""), delimiter=";", strict=True)


Decide = Callable[..., Decided]


@pytest.fixture
def decided(tmp_path: Path) -> Decide:
    class Here(Decided):
        def __init__(self, *receipts: dict[str, str], lang: str = "da") -> None:
            super().__init__(tmp_path, {"bilag.csv": written(list(receipts))}, lang)

    return Here


# --- added before the minimum is tested -------------------------------------------------------------------------------


def test_two_legs_are_added_before_the_minimum_is_tested(decided: Decide) -> None:
    found = decided(trip(tur="ud"), trip(tur="hjem"))
    # 30 kr. alone would not exceed 48 kr.; the round trip of 60 kr. does.
    assert found.paid == {"2": ("entitled", "60.00")}
    assert found.rows["2"]["rows"] == "2"
    assert found.warnings == {"2": ""}
    assert "60,00 kr." in found.rows["2"]["justification"]
    assert (found.summary.rows_read, found.summary.decided) == (2, 2)


def test_the_way_home_may_come_first(decided: Decide) -> None:
    found = decided(trip(tur="hjem"), trip(tur="ud"))
    assert found.paid == {"2": ("entitled", "60.00")}


def test_the_sum_must_exceed_the_minimum(decided: Decide) -> None:
    found = decided(trip(tur="ud", pris="24"), trip(tur="hjem", pris="24"))
    assert found.paid == {"2": ("below_minimum", "0.00")}
    found = decided(trip(tur="ud", pris="24"), trip(tur="hjem", pris="24,01"))
    assert found.paid == {"2": ("entitled", "48.01")}


def test_three_receipts_of_one_attendance(decided: Decide) -> None:
    found = decided(trip(pris="20"), trip(pris="20,50"), trip(pris="8"))
    # Without `tur` each is a receipt for the round trip: bus, train, harbour bus.
    assert found.paid == {"2": ("entitled", "48.50")}
    assert (found.rows["2"]["rows"], found.warnings["2"]) == ("3", "")


def test_the_minimum_is_not_tested_against_the_sum_of_attendances(decided: Decide) -> None:
    found = decided(trip(fremmøde="F1"), trip(fremmøde="F2", dato="14-05-2024"))
    assert found.paid == {"2": ("below_minimum", "0.00"), "3": ("below_minimum", "0.00")}


def test_two_treatments_on_one_day_are_two(decided: Decide) -> None:
    morning, afternoon = trip(fremmøde="formiddag", pris="25"), trip(fremmøde="eftermiddag", pris="30")
    found = decided(morning | {"tur": "ud"}, morning | {"tur": "hjem"}, afternoon, afternoon)
    # 25 + 25 = 50 kr. exceeds 48 kr., and so does 30 + 30 = 60 kr.
    assert found.paid == {"2": ("entitled", "50.00"), "4": ("entitled", "60.00")}
    # 55 kr. on one day would exceed it, but neither 25 nor 30 kr. does.
    found = decided(morning, afternoon)
    assert found.paid == {"2": ("below_minimum", "0.00"), "3": ("below_minimum", "0.00")}


def test_rows_without_a_visit_stay_by_themselves(decided: Decide) -> None:
    found = decided(trip(fremmøde="", pris="60"), trip(fremmøde="", pris="61"), trip(fremmøde=" "))
    assert found.paid == {"2": ("entitled", "60.00"), "3": ("entitled", "61.00"), "4": ("below_minimum", "0.00")}


def test_an_earlier_payment_is_subtracted_once(decided: Decide) -> None:
    found = decided(trip(tur="ud", tidligere_udbetalt="20,00"), trip(tur="hjem"))
    assert found.paid == {"2": ("entitled", "40.00")}
    found = decided(trip(tur="ud", tidligere_udbetalt="20,00"), trip(tur="hjem", tidligere_udbetalt="20"))
    assert found.paid == {"2": ("entitled", "40.00")}


def test_ferry_and_bridge_are_added_where_they_are_given(decided: Decide) -> None:
    # By car where public transport is ruled out: 2 x 10 km x 2.23 kr. = 44.60 kr., and 15 kr. of ferry: 59.60 kr.
    by_car = {"transportmiddel": "egen bil", "mobilitet": "kan ikke bruge offentlig transport", "afstand_km": "10"}
    by_car |= {"beløb": "40", "offentlig_takst": ""}
    found = decided(trip(**by_car, tur="ud", færge_og_bro="15"), trip(**by_car, tur="hjem"))
    assert found.paid == {"2": ("entitled", "59.60")}
    assert found.warnings == {"2": "sum_incomplete:extra_costs_dkk"}
    found = decided(trip(**by_car, tur="ud", færge_og_bro="15"), trip(**by_car, tur="hjem", færge_og_bro="15"))
    assert found.paid == {"2": ("entitled", "74.60")}
    assert found.warnings == {"2": ""}


# --- what is odd about an attendance ----------------------------------------------------------------------------------


@pytest.mark.parametrize("visit", ["F1", ""])
@pytest.mark.parametrize(("leg", "missing"), [("ud", "hjem"), ("hjem", "ud")])
def test_a_missing_leg_leaves_the_cost_unknown(decided: Decide, leg: str, missing: str, visit: str) -> None:
    found = decided(trip(tur=leg, fremmøde=visit))
    # 30 kr. is not compared with 48 kr.: the other leg is not known to be free.
    assert found.paid == {"2": ("entitled", "")}
    assert found.warnings == {"2": f"missing_leg:{missing}"}
    assert "public_fare_dkk" in found.rows["2"]["missing"]


def test_half_the_cost_above_the_minimum_is_still_half(decided: Decide) -> None:
    found = decided(trip(tur="ud", pris="100"))
    assert found.paid == {"2": ("entitled", "")}


@pytest.mark.parametrize(("leg", "other"), [("ud", "hjem"), ("hjem", "ud")])
def test_two_receipts_for_one_way(decided: Decide, leg: str, other: str) -> None:
    found = decided(trip(tur=leg, pris="20"), trip(tur=leg, pris="21"), trip(tur=other, pris="22"))
    assert found.paid == {"2": ("entitled", "63.00")}
    assert found.warnings == {"2": f"several_legs:{leg}"}
    found = decided(trip(tur=leg, pris="20"), trip(tur=leg, pris="21"))
    assert found.paid == {"2": ("entitled", "")}
    assert found.warnings == {"2": f"missing_leg:{other};several_legs:{leg}"}


def test_a_round_trip_and_one_way_together(decided: Decide) -> None:
    found = decided(trip(tur="tur_retur", pris="40"), trip(tur="ud", pris="10"))
    assert found.paid == {"2": ("entitled", "50.00")}
    assert found.warnings == {"2": "legs_overlap"}


def test_several_means_are_no_means_at_all(decided: Decide) -> None:
    excluded = {"mobilitet": "kan ikke bruge offentlig transport", "offentlig_takst": ""}
    taxi = trip(tur="ud", transportmiddel="taxa", beløb="150", **excluded)
    found = decided(taxi, trip(tur="hjem", transportmiddel="egen bil", beløb="", **excluded))
    assert found.warnings == {"2": "mixed_means;sum_incomplete:paid_dkk"}
    assert found.paid == {"2": ("entitled", "")}
    # One that says nothing is no other.
    found = decided(taxi, trip(tur="hjem", transportmiddel="", beløb="150", **excluded))
    assert found.warnings == {"2": ""}


def test_mixed_means_do_not_matter_where_the_fare_decides(decided: Decide) -> None:
    found = decided(trip(tur="ud", transportmiddel="taxa", beløb="150"), trip(tur="hjem"))
    # Health allows the bus, so the cheapest public fare is paid: 30 + 30 kr.
    assert found.paid == {"2": ("entitled", "60.00")}
    assert found.warnings == {"2": "mixed_means"}


def test_a_sum_with_an_empty_cell_is_unknown(decided: Decide) -> None:
    found = decided(trip(tur="ud"), trip(tur="hjem", beløb=""))
    # What was paid does not matter here: the fare does.
    assert found.paid == {"2": ("entitled", "60.00")}
    assert found.warnings == {"2": "sum_incomplete:paid_dkk"}
    found = decided(trip(tur="ud"), trip(tur="hjem", pris=""))
    assert found.paid == {"2": ("entitled", "")}
    assert found.warnings == {"2": "sum_incomplete:public_fare_dkk;sum_incomplete:paid_dkk"}
    assert "public_fare_dkk" in found.rows["2"]["missing"]
    # Who went by bus and paid 30 + 30 kr. has stated the fare.
    found = decided(trip(tur="ud"), trip(tur="hjem", offentlig_takst=""))
    assert found.paid == {"2": ("entitled", "60.00")}
    assert found.warnings == {"2": "sum_incomplete:public_fare_dkk"}


def test_an_amount_that_no_receipt_gives_is_not_incomplete(decided: Decide) -> None:
    found = decided(trip(tur="ud", pris=""), trip(tur="hjem", pris=""))
    assert found.paid == {"2": ("entitled", "")}
    assert found.warnings == {"2": ""}


def test_receipts_of_different_days(decided: Decide) -> None:
    found = decided(trip(tur="ud"), trip(tur="hjem", dato="14-05-2024"))
    assert found.paid == {"2": ("entitled", "60.00")}
    assert found.warnings == {"2": "several_days"}
    assert "13. maj 2024" in found.rows["2"]["justification"]


def test_the_law_is_that_of_the_way_out(decided: Decide) -> None:
    # The minimum for pensioners was 45 kr. in 2023 and is 48 kr. in 2024.
    found = decided(trip(tur="hjem", pris="23", dato="01-01-2024"), trip(tur="ud", pris="23", dato="31-12-2023"))
    assert found.paid == {"2": ("entitled", "46.00")}
    assert (found.rows["2"]["minimum_dkk"], found.warnings["2"]) == ("45.00", "several_days")
    found = decided(trip(tur="ud", pris="23", dato="01-01-2024"), trip(tur="hjem", pris="23", dato="31-12-2023"))
    assert found.paid == {"2": ("below_minimum", "0.00")}
    assert found.rows["2"]["minimum_dkk"] == "48.00"


def test_each_attendance_has_the_law_of_its_own_day(decided: Decide) -> None:
    days = [("31-12-2023", "F1"), ("01-01-2024", "F2")]
    found = decided(
        *(trip(dato=day, fremmøde=visit, tur=leg, pris="23") for day, visit in days for leg in ("ud", "hjem"))
    )
    assert found.paid == {"2": ("entitled", "46.00"), "4": ("below_minimum", "0.00")}
    assert [found.rows[at]["minimum_dkk"] for at in ("2", "4")] == ["45.00", "48.00"]


# --- which rows belong together ---------------------------------------------------------------------------------------


def test_the_same_visit_of_two_persons_is_two_attendances(decided: Decide) -> None:
    found = decided(trip(pris="60"), trip(pris="70", cpr="020260-2222", sagsnr="S-2"))
    assert found.paid == {"2": ("entitled", "60.00"), "3": ("entitled", "70.00")}


def test_without_a_person_the_case_number_tells_them_apart(decided: Decide) -> None:
    legs = [trip(sagsnr=case, tur=leg, cpr="") for case in ("S-1", "S-2") for leg in ("ud", "hjem")]
    assert decided(*legs).paid == {"2": ("entitled", "60.00"), "4": ("entitled", "60.00")}
    without_column = [{name: text for name, text in leg.items() if name != "cpr"} for leg in legs]
    assert decided(*without_column).paid == {"2": ("entitled", "60.00"), "4": ("entitled", "60.00")}


def test_a_person_may_have_several_case_numbers(decided: Decide) -> None:
    found = decided(trip(tur="ud", sagsnr="S-1"), trip(tur="hjem", sagsnr="S-2"))
    assert found.paid == {"2": ("entitled", "60.00")}
    assert found.rows["2"]["case_id"] == "S-1"


def test_spaces_around_visit_and_person_do_not_matter(decided: Decide) -> None:
    found = decided(trip(tur="ud"), trip(tur=" Hjem ", fremmøde=" F1", cpr="010150-1111 "))
    assert found.paid == {"2": ("entitled", "60.00")}


def test_an_attendance_lies_in_one_file(tmp_path: Path) -> None:
    files = {"april.csv": written([trip(tur="ud")]), "maj.csv": written([trip(tur="hjem")])}
    found = Decided(tmp_path, files)
    assert [row["warnings"] for row in found.all_rows] == ["missing_leg:hjem", "missing_leg:ud"]


def test_what_passes_through_is_that_of_the_first_row(decided: Decide) -> None:
    found = decided(trip(tur="hjem", note="først"), trip(tur="ud", note="sidst"))
    assert found.rows["2"]["note"] == "først"


# --- what cannot be one attendance ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "fact"),
    [
        ({"pensionist": "nej"}, "pensionist"),
        ({"mobilitet": "særligt køretøj"}, "mobilitet"),
        ({"afstand_km": "12,1"}, "afstand_km"),
        ({"formål": "speciallæge"}, "formål"),
        ({"tidligere_udbetalt": "1,00"}, "tidligere_udbetalt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rows_that_contradict_each_other_are_all_rejected(decided: Decide, column: dict[str, str], fact: str) -> None:
    same = {"afstand_km": "12,0", "tidligere_udbetalt": "0,00"}
    found = decided(
        trip(tur="ud", **same), trip(fremmøde="F2", pris="60", **same), trip(**{**same, "tur": "hjem", **column})
    )
    assert found.rejects == [("2", fact, "visit_clash"), ("4", fact, "visit_clash")]
    assert found.messages["2"].startswith(f"{fact}: ")
    assert "andre rækker: 4." in found.messages["2"]
    assert "andre rækker: 2." in found.messages["4"]
    assert found.paid == {"3": ("entitled", "60.00")}
    assert (found.summary.rows_read, found.summary.decided, found.summary.rejected) == (3, 1, 2)


def test_an_empty_cell_contradicts_nothing(decided: Decide) -> None:
    found = decided(trip(tur="ud"), trip(tur="hjem", pensionist="", mobilitet=""))
    assert found.paid == {"2": ("entitled", "60.00")}


def test_all_other_rows_are_named(decided: Decide) -> None:
    found = decided(trip(), trip(), trip(pensionist="nej"), lang="en")
    assert [code for _, _, code in found.rejects] == ["visit_clash"] * 3
    assert "other rows: 2, 4." in found.messages["3"]


def test_with_one_unreadable_row_none_of_the_attendance_is_decided(decided: Decide) -> None:
    found = decided(trip(tur="ud"), trip(fremmøde="F2", pris="60"), trip(tur="hjem", beløb="1.234", dato="32-05-2024"))
    assert found.rejects == [
        ("2", "fremmøde", "visit_incomplete"),
        ("4", "dato", "no_such_date"),
        ("4", "beløb", "ambiguous_number"),
    ]
    assert "række 4" in found.messages["2"]
    assert found.paid == {"3": ("entitled", "60.00")}
    assert (found.summary.rows_read, found.summary.rejected) == (3, 2)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("tur", "begge", "unknown_choice"),
        ("formål", "", "missing_fact"),
        ("dato", "", "missing_fact"),
        ("kommune", "Atlantis", "unknown_municipality"),
    ],
)
def test_whatever_is_wrong_with_a_row_is_said_of_it(decided: Decide, column: str, text: str, code: str) -> None:
    found = decided(trip(tur="ud"), trip(**{"tur": "hjem", column: text}))
    assert found.rejects == [("2", "fremmøde", "visit_incomplete"), ("3", column, code)]


def test_an_attendance_that_the_law_refuses_is_rejected_as_a_whole(decided: Decide) -> None:
    found = decided(trip(tur="ud", pension="folkepension", pensionist=""), trip(tur="hjem", pensionist="nej"))
    assert found.rejects == [("2", "pension", "pension_contradicts"), ("3", "fremmøde", "visit_incomplete")]
    assert (found.summary.rows_read, found.summary.rejected) == (2, 2)


@pytest.mark.parametrize("alone", [False, True])
def test_a_number_too_large_to_add_is_not_decided_by_half(decided: Decide, *, alone: bool) -> None:
    other = trip(fremmøde="F2" if alone else "F1", tur="tur_retur" if alone else "hjem", pris="60")
    found = decided(trip(tur="ud", pris="100000"), other)
    assert ("2", "fremmøde", "visit_too_large") in found.rejects
    assert "2" not in found.rows


def test_a_large_number_in_a_row_by_itself_is_decided(decided: Decide) -> None:
    found = decided(trip(pris="100000"), trip(fremmøde="", pris="100000"))
    assert found.paid == {"2": ("entitled", "100000.00"), "3": ("entitled", "100000.00")}


# --- duplicates -------------------------------------------------------------------------------------------------------


def test_the_same_receipt_twice_in_two_attendances(decided: Decide) -> None:
    found = decided(trip(pris="60"), trip(fremmøde="F2", pris="60"))
    assert found.paid == {"2": ("entitled", "60.00"), "3": ("entitled", "60.00")}
    assert found.warnings == {"2": "", "3": "possible_duplicate:2"}


def test_the_same_receipt_twice_in_one_attendance(decided: Decide) -> None:
    found = decided(trip(fremmøde="F0", dato="01-05-2024"), trip(), trip())
    # Both are added, and the attendance says that one may be the other.
    assert found.paid["3"] == ("entitled", "60.00")
    assert found.warnings == {"2": "", "3": "possible_duplicate:3"}


@pytest.mark.parametrize(
    "other",
    [
        {"dato": "14-05-2024"},
        {"tur": "hjem"},
        {"transportmiddel": "taxa"},
        {"beløb": "30,01"},
        {"cpr": "020260-2222"},
        {"beløb": ""},
    ],
    ids=lambda other: next(iter(other)),
)
def test_every_part_of_the_likeness_counts(decided: Decide, other: dict[str, str]) -> None:
    found = decided(trip(fremmøde="F1"), trip(**{"fremmøde": "F2", **other}))
    assert not [warning for warning in found.warnings.values() if "duplicate" in warning]


def test_a_duplicate_of_another_file_names_it(tmp_path: Path) -> None:
    old, new = trip(pris="60"), trip(pris="60", fremmøde="F9")
    files = {
        "april.csv": written([trip(sagsnr="x", cpr="x"), old]),
        "maj.csv": written([new, new | {"fremmøde": "F8"}]),
    }
    found = Decided(tmp_path, files)
    assert [row["warnings"] for row in found.all_rows] == [
        "",
        "",
        "possible_duplicate:april.csv:3",
        "possible_duplicate:april.csv:3",
    ]
    assert found.summary.decided == 4


def test_a_rejected_row_is_no_earlier_row(decided: Decide) -> None:
    found = decided(
        trip(fremmøde="F1", pris="60", pensionist="måske"),
        trip(fremmøde="F2", pris="60"),
        trip(fremmøde="F3", pris="60"),
    )
    assert found.warnings == {"3": "", "4": "possible_duplicate:3"}


# --- where the rows lie -----------------------------------------------------------------------------------------------


def in_blocks(folder: Path, text: str, block_size: int) -> tuple[bytes, bytes]:
    """The output and the rejects of a file that is read in blocks of so many bytes."""
    from transport_calc.batch import run

    content = text.encode()

    def small_table(*_: object, **__: object) -> list[CsvTable]:
        whole = Content("bilag.csv", len(content), lambda: nullcontext(io.BytesIO(content)))
        return [CsvTable(whole, block_size=block_size)]

    output = folder / "out.csv"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "open_tables", small_table)
        run_batch(Job(["bilag.csv"], str(output)), PARAMETERS, notify=lambda _: None)
    return output.read_bytes(), (folder / "out.rejects.csv").read_bytes()


LEGS = [
    trip(fremmøde=f"F{number}", cpr=f"p{number}", tur=leg, pris="30") for leg in ("ud", "hjem") for number in range(9)
]
FAR_APART = [
    *LEGS[:9],
    trip(fremmøde="F1", cpr="p1", tur="hjem", pensionist="nej"),  # contradicts row 3
    trip(fremmøde="F2", cpr="p2", tur="hjem", beløb="1.234"),  # makes row 4 incomplete
    trip(fremmøde="", cpr="p3", pris="60"),
    *LEGS[9:],
    trip(fremmøde="F4", cpr="p4", tur="hjem", bemærkning='"med ""anførselstegn"" og\nlinjeskift"'),
]


@pytest.mark.parametrize("block_size", [1, 100, 300, 700, 2000])
def test_rows_of_an_attendance_may_lie_in_different_blocks(tmp_path: Path, block_size: int) -> None:
    text = written(FAR_APART)
    whole = in_blocks(tmp_path, text, 1 << 20)
    rows = {row["row"]: row for row in table(whole[0])}
    assert (rows["2"]["payable_dkk"], rows["2"]["rows"]) == ("60.00", "2")
    assert (rows["6"]["payable_dkk"], rows["6"]["rows"], rows["6"]["warnings"]) == (
        "90.00",
        "3",
        "several_legs:hjem;possible_duplicate:18",
    )
    assert [each["row"] for each in table(whole[1])] == ["3", "4", "11", "12", "15", "16"]
    output, rejected = in_blocks(tmp_path, text, block_size)
    assert output == whole[0]
    # Rejected rows stand where their attendance is decided.
    assert sorted(rejected.splitlines()) == sorted(whole[1].splitlines())


def test_the_raw_line_of_a_rejected_row_is_as_it_stands_in_the_file(tmp_path: Path) -> None:
    receipts = [{name: text for name, text in each.items() if name != "cpr"} for each in LEGS]
    quoted = {name: f'"{text}"' for name, text in receipts[9].items()} | {"pensionist": '"nej"'}
    text = written([*receipts[:9], quoted])
    for block_size in (1 << 20, 100):
        _, rejected = in_blocks(tmp_path, text, block_size)
        raw = {each["row"]: each["raw"] for each in table(rejected)}
        assert raw["11"] == ";".join(quoted.values())


MANY = [
    trip(fremmøde=f"F{visit}", cpr=f"p{person}", tur=leg, pris=price, dato=f"{13 + visit}-05-2024")
    for visit in range(4)
    for person in range(2)
    for leg, price in (("ud", "20"), ("hjem", str(20 + visit * 5)))
]


@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(order=st.permutations(range(len(MANY))), block_size=st.sampled_from([150, 400, 1 << 20]))
def test_the_order_of_the_rows_changes_no_decision(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], block_size: int
) -> None:
    output, rejected = in_blocks(
        tmp_path_factory.mktemp("order"), written([MANY[at] | {"note": str(at)} for at in order]), block_size
    )
    assert list(table(rejected)) == []
    # 20 + 20 = 40 and 20 + 25 = 45 do not exceed 48 kr.; 20 + 30 = 50 and 20 + 35 = 55 do.
    expected = {
        0: ("below_minimum", "0.00"),
        1: ("below_minimum", "0.00"),
        2: ("entitled", "50.00"),
        3: ("entitled", "55.00"),
    }
    found = list(table(output))
    assert len(found) == 8
    for row in found:
        at = int(row["note"])
        assert order[int(row["row"]) - 2] == at
        assert (row["outcome"], row["payable_dkk"]) == expected[at // 4]
        assert (row["rows"], row["warnings"]) == ("2", "")
    assert [int(row["row"]) for row in found] == sorted(int(row["row"]) for row in found)
