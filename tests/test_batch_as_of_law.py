"""A batch decided by the law and the amounts of another day, and what that changes in an earlier result."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from transport_calc.batch.run import Job, run_batch
from transport_calc.faults import InvalidInput
from transport_calc.parameters import Parameters

HEADER = "sagsnr;dato;ansøgningsdato;genoptræningsplan;pensionist;mobilitet;transportmiddel;offentlig_takst"
# The minimum for pensioners was 45 kr. in 2023 and 48 kr. in 2024.
ROWS = (
    "A-1;13-05-2024;;ja;ja;kan bruge offentlig transport;offentlig transport;46,00",
    "A-2;14-05-2024;;ja;ja;kan bruge offentlig transport;offentlig transport;80,00",
    "A-3;15-05-2024;20-06-2027;ja;ja;kan bruge offentlig transport;offentlig transport;80,00",
    "A-4;15-05-2024;14-05-2027;ja;ja;kan bruge offentlig transport;offentlig transport;80,00",
)


def result(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";", strict=True))


def decided(tmp_path: Path, law_day: date | None, **more: object) -> list[dict[str, str]]:
    source, output = tmp_path / "receipts.csv", tmp_path / "out.csv"
    source.write_text("\n".join((HEADER, *ROWS, "")), encoding="utf-8")
    job = Job([str(source)], str(output), as_of_law=law_day)._replace(**more)  # type: ignore[arg-type]
    run_batch(job, Parameters(), notify=lambda _: None)
    return result(output)


def test_the_amounts_of_the_other_day_apply_and_the_row_says_so(tmp_path: Path) -> None:
    own, other = decided(tmp_path, None), decided(tmp_path, date(2023, 6, 1))
    before, after = ([(row["outcome"], row["minimum_dkk"]) for row in rows[:2]] for rows in (own, other))
    assert before == [("below_minimum", "48.00"), ("entitled", "48.00")]
    assert after == [("entitled", "45.00"), ("entitled", "45.00")]
    assert {row["warnings"] for row in other} == {"law_of:2023-06-01"}


def test_the_text_keeps_the_day_of_the_trip(tmp_path: Path) -> None:
    row = decided(tmp_path, date(2023, 6, 1))[0]
    assert "for turen den 13. maj 2024" in row["justification"]
    assert "45,00 kr." in row["justification"]


def test_whether_a_claim_is_late_is_counted_from_the_trip(tmp_path: Path) -> None:
    # Three years after 15 May 2024 the last day is 15 May 2027, whatever law is tried.
    for law_day in (None, date(2023, 6, 1), date(2010, 2, 1)):
        late, in_time = decided(tmp_path, law_day)[2:]
        assert late["outcome"] == "not_entitled"
        assert in_time["outcome"] == "entitled"


def test_a_row_decided_alone_is_decided_by_the_same_law(tmp_path: Path) -> None:
    # A fare that large goes past the columns.
    source, output = tmp_path / "receipts.csv", tmp_path / "out.csv"
    source.write_text(f"{HEADER}\n{ROWS[0].replace('46,00', '100.000,00')}\n", encoding="utf-8")
    run_batch(Job([str(source)], str(output), as_of_law=date(2023, 6, 1)), Parameters(), notify=lambda _: None)
    [row] = result(output)
    assert (row["payable_dkk"], row["minimum_dkk"], row["warnings"]) == ("100000.00", "45.00", "law_of:2023-06-01")
    assert "den 13. maj 2024" in row["justification"]


@pytest.mark.parametrize("day", [date(2007, 1, 1), date(2031, 1, 1)])
def test_a_day_without_known_law_is_refused_before_row_1(tmp_path: Path, day: date) -> None:
    with pytest.raises(InvalidInput) as refused:
        decided(tmp_path, day)
    assert [fault.field for fault in refused.value.faults] == ["--as-of-law"]
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_the_changes_since_an_earlier_result_are_listed(tmp_path: Path, ending: str) -> None:
    first = tmp_path / f"first.{ending}"
    decided(tmp_path, None)
    run_batch(Job([str(tmp_path / "receipts.csv")], str(first)), Parameters(), notify=lambda _: None)
    decided(tmp_path, date(2023, 6, 1), compare=first)
    change = result(tmp_path / "out.changes.csv")[0]
    assert [change[name] for name in ("case_id", "old_outcome", "new_outcome", "difference_dkk")] == [
        "A-1",
        "below_minimum",
        "entitled",
        "46.00",
    ]
    assert "45,00" in change["why"]
