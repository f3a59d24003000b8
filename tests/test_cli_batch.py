"""`batch` with the real law: the example file row by row, and every row equal to what `check` says of it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from transport_calc.cli.app import app

HERE = Path(__file__).parent.parent
EXAMPLE = HERE / "data" / "examples" / "receipts_2024.csv"
COLUMNS = ["row", "rows", "case_id", "outcome", "form", "channel", "ground", "payable_dkk", "minimum_dkk", "missing"]
COLUMNS += ["warnings", "justification"]
REJECT_COLUMNS = ["row", "column", "code", "value", "message", "raw"]
GOOD = (
    "sagsnr;dato;genoptræningsplan;pensionist;mobilitet;offentlig_takst\n"
    "A-1;13-05-2024;ja;ja;kan bruge offentlig transport;80,00\n"
)

# Typed from the file and the order: 48/113 kr. in 2024, 2.23 kr./km, over 50 km, the cost must exceed the minimum.
PAID = {
    "2": "80.00",
    "3": "80.00",
    "4": "80.00",
    "6": "48.50",
    "9": "196.00",
    "10": "196.00",
    "12": "126.00",
    "13": "412.50",
    "15": "113.01",
    "16": "62.44",  # 2 x 14 km x 2.23
    "22": "96.00",
    "24": "96.00",
    "30": "1234.50",
    "31": "189.00",
    "32": "189.00",
    "37": "64.00",
}
BELOW = ["5", "14", "17", "33"]  # exactly 48.00; exactly 113.00; 20 km x 2.23 = 44.60; 25 km x 2.23 = 55.75
REFUSED = ["7", "8", "11", "18", "19"]
COST_UNKNOWN = ["23", "34"]  # the fare is missing; a place in another municipality may be the citizen's own choice
MAY = ["27", "28", "29"]
UNDETERMINED = ["20", "21", "25", "26", "36"]
REJECTED = {
    "38": "ambiguous_number",
    "39": "no_such_date",
    "40": "not_yes_no",
    "41": "short_row",
    "42": "unknown_choice",
}
FACT_OF = {
    "sagsnr": "case-id",
    "dato": "trip-date",
    "kommune": "municipality",
    "formål": "purpose",
    "pension": "pension",
    "afstand_km": "distance-km",
    "mobilitet": "mobility",
    "sted": "site",
    "transportmiddel": "means",
    "offentlig_takst": "public-fare-dkk",
    "beløb": "paid-dkk",
}
YES_NO_OF = {"genoptræningsplan": "hospital-based", "pensionist": "pensioner"}


@pytest.fixture(autouse=True)
def _no_language_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRANSPORT_CALC_LANG", raising=False)


def run(*arguments: str, stdin: bytes | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments), input=stdin)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";", strict=True))


class Result:
    """What one run over the example file left behind."""

    def __init__(self, folder: Path) -> None:
        output = folder / "decisions.csv"
        self.status, self.out, self.err = run("batch", str(EXAMPLE), "--output", str(output))
        self.text = output.read_text("utf-8")
        self.rows = {row["row"]: row for row in table(self.text)}
        self.rejects = table((folder / "decisions.rejects.csv").read_text("utf-8"))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return Result(tmp_path_factory.mktemp("batch"))


# --- the example file -------------------------------------------------------------------------------------------------


def test_some_rows_rejected_ends_with_4_and_says_so_on_stderr_only(example: Result) -> None:
    assert (example.status, example.out) == (4, "")


def test_the_summary_accounts_for_every_row(example: Result) -> None:
    # 43 lines: a header, a blank line, a closing total and 40 receipts, of which 5 cannot be read.
    assert "40 læst = 30 afgjort + 5 uafklaret + 5 afvist" in example.err
    assert "tomme linjer 1, sumlinjer 1" in example.err
    # 3 x 80.00 + 48.50 + 2 x 196.00 + 126.00 + 412.50 + 113.01 + 62.44 + 2 x 96.00 + 1234.50 + 2 x 189.00 + 64.00
    assert "3.262,95 kr." in example.err


def test_the_output_has_the_columns_of_the_contract_and_the_ones_passed_through(example: Result) -> None:
    assert example.text.splitlines()[0].split(";") == [*COLUMNS, "bemærkning"]
    assert example.rows["5"]["bemærkning"] == "præcis mindstebeløbet"
    assert example.rows["37"]["bemærkning"] == 'bus; "Tirsdalen"'


def test_every_row_is_decided_as_the_order_has_it(example: Result) -> None:
    expected = {
        **{row: ("entitled", kroner) for row, kroner in PAID.items()},
        **dict.fromkeys(COST_UNKNOWN, ("entitled", "")),
        **dict.fromkeys(BELOW, ("below_minimum", "0.00")),
        **dict.fromkeys(REFUSED, ("not_entitled", "0.00")),
        **dict.fromkeys(MAY, ("discretionary", "0.00")),
        **dict.fromkeys(UNDETERMINED, ("undetermined", "")),
    }
    assert {row: (each["outcome"], each["payable_dkk"]) for row, each in example.rows.items()} == expected


def test_what_is_missing_is_named(example: Result) -> None:
    missing = {row: example.rows[row]["missing"] for row in (*UNDETERMINED, "23")}
    assert missing == {
        "20": "pensioner",
        "21": "pensioner",
        "25": "mobility",
        "26": "distance_km",
        "36": "hospital_based",
        "23": "public_fare_dkk",
    }


def test_the_rejects_file_says_where_and_why(example: Result) -> None:
    assert list(example.rejects[0]) == REJECT_COLUMNS
    assert {reject["row"]: reject["code"] for reject in example.rejects} == REJECTED
    assert not REJECTED.keys() & example.rows.keys()
    [ambiguous] = [reject for reject in example.rejects if reject["row"] == "38"]
    assert (ambiguous["column"], ambiguous["value"]) == ("beløb", "1.234")
    assert "1234 / 1,234" in ambiguous["message"]
    assert ambiguous["raw"] == EXAMPLE.read_text("utf-8-sig").splitlines()[37]


def test_the_output_is_the_same_bytes_from_run_to_run(example: Result, tmp_path: Path) -> None:
    assert Result(tmp_path).text == example.text


def test_a_receipt_handed_in_again_is_flagged_with_the_earlier_row(example: Result) -> None:
    assert example.rows["32"]["warnings"] == "possible_duplicate:31"
    assert example.rows["31"]["warnings"] == ""


def options_of(source: dict[str, str]) -> list[str]:
    """One row of the example file as options of `check`."""
    options = [part for name, fact in FACT_OF.items() if source[name] for part in (f"--{fact}", source[name])]
    for name, fact in YES_NO_OF.items():
        if source[name]:
            options.append(f"--{fact}" if source[name] == "ja" else f"--no-{fact}")
    return options


def source_rows() -> dict[str, dict[str, str]]:
    lines = EXAMPLE.read_text("utf-8-sig").splitlines()
    header, *_ = csv.reader(lines[:1], delimiter=";")
    cells = {str(number): next(csv.reader([line], delimiter=";")) for number, line in enumerate(lines, 1) if line}
    return {row: dict(zip(header, found, strict=True)) for row, found in cells.items() if len(found) == len(header)}


def test_every_row_is_what_check_says_of_the_same_facts(example: Result) -> None:
    sources = source_rows()
    assert len(example.rows) == 35
    for number, row in example.rows.items():
        found: dict[str, Any] = json.loads(run("check", *options_of(sources[number]), "--format", "json")[1])
        said = {
            "case_id": found["case_id"],
            "outcome": found["outcome"],
            "form": found["form"] or "",
            "channel": found["channel"]["code"] or "",
            "ground": ";".join(ground["code"] for ground in found["grounds"] if ground["met"]),
            "payable_dkk": found["amount"]["payable_dkk"] or "",
            "minimum_dkk": found["amount"]["minimum_dkk"] or "",
            "missing": ";".join(each["fact"] for each in found["missing"]),
            "justification": found["justification"],
        }
        assert {name: row[name] for name in said} == said, f"row {number}"


# --- other files ------------------------------------------------------------------------------------------------------


def test_a_file_without_fault_ends_with_0(tmp_path: Path) -> None:
    file, output = tmp_path / "good.csv", tmp_path / "out.csv"
    file.write_text(GOOD, encoding="utf-8")
    status, out, err = run("batch", str(file), "--output", str(output))
    assert (status, out) == (0, "")
    assert "1 læst = 1 afgjort + 0 uafklaret + 0 afvist" in err
    [row] = table(output.read_text("utf-8"))
    assert (row["outcome"], row["payable_dkk"], row["minimum_dkk"]) == ("entitled", "80.00", "48.00")


def test_standard_input_to_standard_output_in_a_process_of_its_own() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "TRANSPORT_CALC_LANG"}
    command = [sys.executable, "-m", "transport_calc", "batch", "-", "--output", "-", "--lang", "en"]
    done = subprocess.run(
        command, input=GOOD, capture_output=True, encoding="utf-8", env=environment, cwd=HERE, check=False
    )
    assert done.returncode == 0
    [row] = table(done.stdout)
    assert (row["case_id"], row["payable_dkk"]) == ("A-1", "80.00")
    assert "1 read = 1 decided + 0 undetermined + 0 rejected" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_json_lines_have_the_same_columns(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    assert run("batch", "-", "--output", str(output), stdin=GOOD.encode())[0] == 0
    [row] = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert list(row) == COLUMNS
    assert row["payable_dkk"] == "80.00"


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"sag;tur_dato\n1;2\n", b"sagsnr;pensionist\nA;ja\n", b'"sagsnr;dato\nA;13-05-2024\n'],
)
def test_a_file_that_cannot_be_used_stops_before_row_1(tmp_path: Path, content: bytes) -> None:
    file, output = tmp_path / "bad.csv", tmp_path / "out.csv"
    file.write_bytes(content)
    status, out, err = run("batch", str(file), "--output", str(output))
    assert (status, out) == (2, "")
    assert err != ""
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run("batch", "none.csv", "--output", "out.csv")
    assert (status, out) == (2, "")
    assert "none.csv" in err
    assert list(tmp_path.iterdir()) == []


def test_a_year_without_amounts_leaves_its_rows_undetermined(tmp_path: Path) -> None:
    later = GOOD.replace("2024", "2026").encode()
    status, out, _ = run("batch", "-", "--data", str(tmp_path), stdin=later)
    [row] = table(out)
    assert (status, row["outcome"]) == (4, "undetermined")
    assert "2026" in row["justification"]
    assert "2024" in row["justification"]
    status, out, _ = run("batch", "-", "--data", str(tmp_path), "--use-amounts-of", "2024", stdin=later)
    [row] = table(out)
    assert (status, row["payable_dkk"]) == (0, "80.00")
    assert "2024" in row["warnings"]


def test_the_person_is_never_in_a_message_and_only_in_the_output_when_asked_for(tmp_path: Path) -> None:
    with_person = GOOD.replace("sagsnr", "cpr").replace("A-1", "010190-1234").replace("80,00", "1.234")
    good = GOOD.replace("sagsnr", "cpr").replace("A-1", "010190-1234")
    output = tmp_path / "out.csv"
    shown = run("batch", "-", "--output", str(output), stdin=with_person.encode())
    assert shown[0] == 4
    assert "1234" in shown[1] + shown[2] + (tmp_path / "out.rejects.csv").read_text("utf-8"), "the ambiguous amount"
    everything = "".join((*shown[1:], output.read_text("utf-8"), (tmp_path / "out.rejects.csv").read_text("utf-8")))
    assert "010190" not in everything
    assert "010190" not in "".join(run("batch", "-", stdin=good.encode())[1:])
    assert "010190-1234" in run("batch", "-", "--keep-person", stdin=good.encode())[1]
