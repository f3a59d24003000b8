"""What changed from one result to another, and why."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from written_blocks import ENTITLED, UNDETERMINED, block, frame

from transport_calc.batch.write import compare as comparing
from transport_calc.batch.write.compare import Comparison, compare
from transport_calc.batch.write.output import Output
from transport_calc.batch.write.output_columns import OutputColumns
from transport_calc.batch.write.write_csv import CsvWriter, RejectCsvWriter
from transport_calc.batch.write.writers import Kind, writer_of
from transport_calc.faults import InvalidInput

READABLE: tuple[Kind, ...] = ("csv", "jsonl", "parquet")


def result(path: Path, *rows: dict[str, object], passed: tuple[str, ...] = (), excel: bool = False) -> Path:
    kind: Kind = path.suffix.removeprefix(".")  # type: ignore[assignment]
    writer = writer_of(kind, OutputColumns(passed), excel=excel)
    with Output(path, writer, rejects=None, reject_writer=RejectCsvWriter(), head={}) as output:
        output.write(block(frame(*rows, passed=passed)), {})
        output.finish()
    return path


def numbered(path: Path, payable: dict[int, int]) -> Path:
    return result(path, *({**ENTITLED, "row": row, "payable_ore": oere} for row, oere in sorted(payable.items())))


def compared(
    old: Path, new: Path, *, lang: str = "da", by_file: bool = False
) -> tuple[list[dict[str, str]], Comparison]:
    stream = BytesIO()
    comparison = compare(old, new, stream, lang=lang, by_file=by_file)
    return list(csv.DictReader(StringIO(stream.getvalue().decode()), delimiter=";")), comparison


@pytest.mark.parametrize("old_kind", READABLE)
@pytest.mark.parametrize("new_kind", READABLE)
def test_a_new_years_minimum(tmp_path: Path, old_kind: str, new_kind: str) -> None:
    """80 kr. exceeds 48 kr. but not 81 kr.: the right is lost, and with it the money."""
    third = {**ENTITLED, "row": 9, "case_id": "", "payable_ore": None}
    below = {"outcome": "below_minimum", "payable_ore": 0, "minimum_ore": 8100, "justification": "Ikke over."}
    old = result(tmp_path / f"old.{old_kind}", ENTITLED, UNDETERMINED, third)
    new = result(tmp_path / f"new.{new_kind}", {**ENTITLED, **below}, UNDETERMINED, third)
    changes, comparison = compared(old, new)
    assert changes == [
        {
            "row": "2",
            "case_id": "A-1",
            "change": "changed",
            "reasons": "amounts;outcome;payable",
            "old_outcome": "entitled",
            "new_outcome": "below_minimum",
            "old_payable_dkk": "80.00",
            "new_payable_dkk": "0.00",
            "difference_dkk": "-80.00",
            "old_minimum_dkk": "48.00",
            "new_minimum_dkk": "81.00",
            "old_form": "reimbursement",
            "new_form": "reimbursement",
            "old_channel": "reimbursement",
            "new_channel": "reimbursement",
            "old_ground": "pension;distance",
            "new_ground": "pension;distance",
            "why": "Mindstebeløbet er ændret (48,00 kr. → 81,00 kr.). "
            "Afgørelsen er ændret (Ret til befordring eller godtgørelse → Under mindstebeløbet). "
            "Beløbet til udbetaling er ændret (80,00 kr. → 0,00 kr.).",
        }
    ]
    assert comparison == Comparison(
        same=2,
        changed=1,
        added=0,
        removed=0,
        reasons={"amounts": 1, "outcome": 1, "payable": 1},
        old_payable_ore=8000,
        new_payable_ore=0,
    )


@pytest.mark.parametrize(
    ("difference", "reasons"),
    [
        ({"minimum_ore": None}, "amounts"),
        ({"outcome": "undetermined"}, "outcome"),
        ({"ground": ""}, "ground"),
        ({"missing": "mobility"}, "missing"),
        ({"payable_ore": None}, "payable"),
        ({"form": "transport"}, "form"),
        ({"channel": "nt_flextur"}, "channel"),
        ({"justification": "Med andre ord."}, "justification"),
        ({"channel": "nt_flextur", "form": "transport", "justification": "x"}, "form;channel"),
    ],
)
def test_each_reason_has_its_code_and_its_sentence(tmp_path: Path, difference: dict[str, object], reasons: str) -> None:
    old, new = result(tmp_path / "old.csv", ENTITLED), result(tmp_path / "new.jsonl", {**ENTITLED, **difference})
    for lang in ("da", "en"):
        (change,), comparison = compared(old, new, lang=lang)
        assert change["reasons"] == reasons
        assert change["why"].count(".") >= len(reasons.split(";"))
        assert "\0" not in change["why"]
        assert comparison.reasons == dict.fromkeys(reasons.split(";"), 1)


def test_rows_of_only_one_result(tmp_path: Path) -> None:
    fourth = {**ENTITLED, "row": 4, "case_id": "B"}
    old = result(tmp_path / "old.csv", ENTITLED, fourth)
    new = result(tmp_path / "new.csv", ENTITLED, {**fourth, "case_id": "C"})
    changes, comparison = compared(old, new, lang="en")
    assert [(each["case_id"], each["change"], each["reasons"], each["difference_dkk"]) for each in changes] == [
        ("B", "removed", "removed", ""),
        ("C", "added", "added", ""),
    ]
    assert [each["why"] for each in changes] == [
        "The row is only in the old result.",
        "The row is only in the new result.",
    ]
    assert (comparison.same, comparison.changed, comparison.added, comparison.removed) == (1, 0, 1, 1)


@pytest.mark.parametrize("kind", READABLE)
def test_equal_results_have_no_changes(tmp_path: Path, kind: str) -> None:
    rows = (ENTITLED, {**UNDETERMINED, "case_id": "=007"}, {**ENTITLED, "row": 5, "case_id": "00123"})
    new = result(tmp_path / f"new.{kind}", *rows)
    for old in (result(tmp_path / "old.parquet", *rows), result(tmp_path / "old.csv", *rows, excel=True)):
        changes, comparison = compared(old, new)
        assert changes == []
        assert (comparison.same, comparison.reasons) == (3, {})


def test_several_receipts_files_are_told_apart(tmp_path: Path) -> None:
    rows = ({**ENTITLED, "file": "b.csv"}, {**ENTITLED, "file": "a.csv"})
    old = result(tmp_path / "old.csv", *rows, passed=("file",))
    new = result(tmp_path / "new.parquet", rows[1], {**rows[0], "payable_ore": 9000}, passed=("file",))
    changes, comparison = compared(old, new, by_file=True)
    assert [(each["file"], each["difference_dkk"]) for each in changes] == [("b.csv", "10.00")]
    assert comparison.same == 1


@pytest.mark.parametrize("size", [1, 2, 5, 12, 13])
def test_some_rows_at_a_time_are_all_rows(tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_ROWS_AT_ONCE", size)
    old = numbered(tmp_path / "old.csv", {1: 100, 2: 200, 5: 500, 6: 600, 12: 1200})
    new = numbered(tmp_path / "new.csv", {1: 100, 2: 201, 4: 400, 6: 600, 12: 1201, 13: 1300})
    changes, comparison = compared(old, new)
    assert [(each["row"], each["change"]) for each in changes] == [
        ("2", "changed"),
        ("4", "added"),
        ("5", "removed"),
        ("12", "changed"),
        ("13", "added"),
    ]
    assert (comparison.same, comparison.changed, comparison.added, comparison.removed) == (2, 2, 2, 1)
    assert (comparison.old_payable_ore, comparison.new_payable_ore) == (2600, 3802)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("old.csv", "dato;beløb\n2024-05-13;80\n"),
        ("old.csv", ""),
        ("old.jsonl", '{"row": 1}\n'),
        ("old.jsonl", "no json\n"),
        ("old.parquet", "PAR1"),
        ("old.xlsx", "PK"),
    ],
)
def test_what_is_no_result_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    new = result(tmp_path / "new.csv", ENTITLED)
    with pytest.raises(InvalidInput) as raised:
        compare(tmp_path / name, new, BytesIO())
    assert [fault.code for fault in raised.value.faults] == ["not_a_result"]


def test_a_missing_result_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        compare(tmp_path / "old.csv", result(tmp_path / "new.csv", ENTITLED), BytesIO())


def test_case_numbers_run_no_formula(tmp_path: Path) -> None:
    old = result(tmp_path / "old.jsonl", {**ENTITLED, "case_id": "=1+1"})
    stream = BytesIO()
    compare(old, result(tmp_path / "new.jsonl", {**ENTITLED, "case_id": "=1+1", "payable_ore": 1}), stream)
    assert b"\n2;'=1+1;changed;" in stream.getvalue()


def test_the_comparison_in_words() -> None:
    comparison = Comparison(7, 2, 1, 0, {"amounts": 2, "payable": 1}, 120000, 119950)
    assert comparison.render("da").splitlines() == [
        "Sammenlignet: 7 uændret, 2 ændret, 1 nye, 0 bortfaldet.",
        "  andet mindstebeløb: 2",
        "  andet beløb til udbetaling: 1",
        "Til udbetaling: før 1.200,00 kr., nu 1.199,50 kr., forskel -0,50 kr.",
    ]
    assert comparison.render("en").splitlines()[-1] == (
        "Payable: before 1,200.00 kr., now 1,199.50 kr., difference -0.50 kr."
    )


def test_a_result_may_be_compared_with_the_one_it_replaces(tmp_path: Path) -> None:
    """The old result stands until the new one is complete, and the comparison appears with it."""
    path = result(tmp_path / "out.csv", ENTITLED)
    found: list[Comparison] = []
    columns = OutputColumns()
    with Output(path, CsvWriter(columns), rejects=None, reject_writer=RejectCsvWriter(), head={}) as output:
        output.write(block(frame({**ENTITLED, "payable_ore": 9000})), {})
        whole = output.complete()
        assert whole is not None
        changed = path.with_name("out.changes.csv")
        output.finish({changed: lambda stream: found.append(compare(path, whole, stream, kind="csv"))})
    assert found[0].changed == 1
    assert changed.read_bytes().count(b"\n") == 2
    assert b";90.00;" in path.read_bytes()
