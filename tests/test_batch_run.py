"""A receipts file from end to end with the real law: what is decided, rejected, written and said."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transport_calc.batch.count.summary import OutcomeTotal, Summary, UnbalancedBatch
from transport_calc.batch.decide.block_decider import BlockDecider
from transport_calc.batch.run import Job, default_rejects, run_batch
from transport_calc.batch.write.guard import guarded
from transport_calc.batch.write.output_columns import COLUMNS
from transport_calc.faults import InvalidInput
from transport_calc.parameters import Parameters

EXAMPLES = Path(__file__).parent.parent / "data" / "examples"
HEADER = "sagsnr;dato;formål;genoptræningsplan;pensionist;mobilitet;offentlig_takst;beløb\n"
# A pensioner by bus for 80 kr. both ways; the minimum of 2024 is 48 kr.
GOOD = "A-1;13-05-2024;genoptræning;ja;ja;kan bruge offentlig transport;80,00;80,00\n"
WHY = (
    "Borgeren har ret til befordringsgodtgørelse på 80,00 kr. for turen den 13. maj 2024 (tur/retur), jf. "
    "sundhedsloven § 172; BEK 816/2018 kap. 4. Borgeren modtager pension efter de sociale pensionslove (§ 23, nr. 1). "
    "Det billigste forsvarlige befordringsmiddel er offentlig transport, som koster 80,00 kr. tur/retur "
    "(§ 30, stk. 1-2). Det er mere end mindstebeløbet på 48,00 kr. (§ 31, stk. 1)."
)
PARAMETERS = Parameters()


@dataclass
class Result:
    summary: Summary
    decisions: list[dict[str, str]]
    rejects: list[dict[str, str]]
    said: list[str]
    output: bytes


Run = Callable[..., Result]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";", strict=True))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_text(content: str | bytes, **options: object) -> Result:
        source = io.BytesIO(content.encode() if isinstance(content, str) else content)
        output = tmp_path / "out.csv"
        said: list[str] = []
        job = Job(files=["-"], output=str(output))._replace(**options)  # type: ignore[arg-type]
        summary = run_batch(job, PARAMETERS, notify=said.append, stdin=source)
        return Result(summary, table(output), table(tmp_path / "out.rejects.csv"), said, output.read_bytes())

    return run_text


def codes(result: Result) -> list[tuple[str, str, str]]:
    return [(reject["row"], reject["column"], reject["code"]) for reject in result.rejects]


def test_one_row_from_end_to_end(run: Run) -> None:
    result = run(HEADER.replace("\n", ";bemærkning\n") + GOOD.replace("\n", ";første\n"))
    assert result.output.decode() == (
        "row;rows;case_id;outcome;form;channel;ground;payable_dkk;minimum_dkk;missing;warnings;justification;bemærkning\n"
        f'2;1;A-1;entitled;reimbursement;reimbursement;pension;80.00;48.00;;;"{WHY}";første\n'
    )
    assert result.summary == Summary(1, 1, 0, 0, 0, 0, {"entitled": OutcomeTotal(1, Decimal("80.00"))})
    assert result.summary.exit_status == 0
    assert result.rejects == []


def test_a_row_with_faults_counts_once_and_names_each(run: Run) -> None:
    bad = "A-1;31-02-2024;genoptræning;ja;måske;bus;80,00;1.234\n"
    result = run(HEADER + bad + GOOD)
    assert codes(result) == [
        ("2", "dato", "no_such_date"),
        ("2", "pensionist", "not_yes_no"),
        ("2", "mobilitet", "unknown_choice"),
        ("2", "beløb", "ambiguous_number"),
    ]
    assert (result.summary.rejected, result.summary.decided, result.summary.exit_status) == (1, 1, 4)
    last = result.rejects[-1]
    assert last["value"] == "1.234"
    assert "1234 / 1,234" in last["message"]
    assert last["raw"] == bad.removesuffix("\n")


def test_messages_follow_the_language(run: Run) -> None:
    text = HEADER + GOOD.replace(";ja;ja;", ";ja;måske;")
    assert "hverken ja eller nej" in run(text, lang="da").rejects[0]["message"]
    assert "neither yes nor no" in run(text, lang="en").rejects[0]["message"]


def test_an_empty_cell_is_unknown(run: Run) -> None:
    result = run(HEADER + GOOD.replace(";ja;ja;", ";ja;;"))
    assert result.decisions[0]["outcome"] == "undetermined"
    assert result.decisions[0]["missing"] == "pensioner;distance_km"
    assert result.decisions[0]["payable_dkk"] == ""
    assert (result.summary.undetermined, result.summary.decided, result.summary.exit_status) == (1, 0, 4)


def test_a_suggestion_is_made_only_if_there_is_one(run: Run) -> None:
    result = run("dato;formål\n13-05-2024;genoptrening\n13-05-2024;bus\n", lang="en")
    near, far = (reject["message"] for reject in result.rejects)
    assert 'Did you mean "rehabilitation"?' in near
    assert "mean" not in far


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (GOOD.replace("13-05-2024", "13-05-2004"), ("2", "dato", "before_first_order")),
        (GOOD.replace("80,00\n", "-80,00\n"), ("2", "beløb", "below_minimum_value")),
        (GOOD.replace("genoptræning", ""), ("2", "formål", "missing_fact")),
        (GOOD.replace("13-05-2024", ""), ("2", "dato", "missing_fact")),
    ],
    ids=lambda value: value[2] if isinstance(value, tuple) else "",
)
def test_refused_facts_are_rejects_of_their_column(run: Run, written: str, fault: tuple[str, str, str]) -> None:
    result = run(HEADER + written + GOOD)
    assert codes(result) == [fault]
    assert (result.summary.rejected, result.summary.decided) == (1, 1)


def test_facts_that_contradict_each_other_are_rejected(run: Run) -> None:
    result = run("dato;pensionist;pension\n13-05-2024;nej;folkepension\n13-05-2024;ja;folkepension\n")
    assert codes(result) == [("2", "pension", "pension_contradicts")]
    assert "pensionist" in result.rejects[0]["message"]


def test_without_a_purpose_column_trips_are_rehabilitation(run: Run) -> None:
    named = run(HEADER + GOOD)
    result = run((HEADER + GOOD).replace("formål;", "").replace("genoptræning;ja", "ja"))
    assert result.decisions == named.decisions
    assert named.said == []
    assert ["formål" in sentence for sentence in result.said] == [True]


def test_a_duplicate_names_the_first_row_and_is_still_decided(run: Run) -> None:
    other_day = GOOD.replace("13-05", "14-05")
    other_case = GOOD.replace("A-1", "A-2")
    result = run(HEADER + GOOD + other_day + other_case + GOOD.replace("80,00\n", "80\n") + GOOD)
    assert [row["warnings"] for row in result.decisions] == ["", "", "", "possible_duplicate:2", "possible_duplicate:2"]
    assert result.summary.decided == 5
    assert result.summary.payable_dkk == Decimal("400.00")


def test_strangers_with_the_same_fare_are_no_duplicates(run: Run) -> None:
    result = run((HEADER + GOOD + GOOD).replace("sagsnr;", "").replace("A-1;", ""))
    assert [row["warnings"] for row in result.decisions] == ["", ""]


PERSON_HEADER = "cpr;dato;formål;pensionist;beløb;note\n"


def test_the_person_finds_duplicates_but_appears_nowhere(run: Run) -> None:
    secret = "Karl Hansen"
    text = (
        PERSON_HEADER
        + f"{secret};13-05-2024;genoptræning;ja;80,00;x\n" * 2
        + f"{secret};13-05-2024;genoptræning;måske;80,00;x\n"
        + f"{secret};13-05-2024\n"
        + f'13-05-2024;"{secret};genoptræning\n'
    )
    result = run(text)
    assert [row["warnings"] for row in result.decisions] == ["", "possible_duplicate:2"]
    assert result.summary.rejected == 3
    everything = result.output.decode() + json.dumps(result.rejects, ensure_ascii=False) + " ".join(result.said)
    assert "Karl" not in everything
    assert [reject["raw"] for reject in result.rejects] == [
        "***;13-05-2024;genoptræning;måske;80,00;x",
        "***",
        "***",
    ]


def test_the_person_is_kept_on_request_as_text(run: Run) -> None:
    result = run(PERSON_HEADER + "0102031234;13-05-2024;genoptræning;ja;80,00;x\n", keep_person=True)
    assert result.decisions[0]["person"] == "0102031234"
    assert "person" not in run(PERSON_HEADER).output.decode()


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2+3", "@x", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["-5,00", "+45", "80.00", "A=1", "", "'=1"])
def test_numbers_and_other_text_are_left_alone(text: str) -> None:
    assert guarded(text) == text


def test_guarding_reaches_the_files(run: Run) -> None:
    result = run(HEADER.replace("\n", ";=note\n") + GOOD.replace("A-1", "=1+1").replace("\n", ";@x\n") + "=x\n")
    assert result.decisions[0]["case_id"] == "'=1+1"
    assert result.decisions[0]["'=note"] == "'@x"
    assert result.rejects[0]["raw"] == "'=x"


def test_a_column_called_like_an_output_column_is_told_apart(run: Run) -> None:
    result = run("outcome;" + HEADER + "old;" + GOOD)
    assert (result.decisions[0]["outcome"], result.decisions[0]["input_outcome"]) == ("entitled", "old")


def test_a_quoted_cell_may_span_lines_and_rows_keep_their_numbers(run: Run) -> None:
    header, good = HEADER.replace("\n", ";note\n"), GOOD.removesuffix("\n")
    result = run(header + f'{good};"to\nlinjer"\n' + f"{good.replace('80,00', 'x')};\n" + f"{good};sidst\n")
    assert [(row["row"], row["note"]) for row in result.decisions] == [("2", "to\nlinjer"), ("5", "sidst")]
    assert [row for row, _, _ in codes(result)] == ["4", "4"]


def test_blank_lines_and_totals_are_counted_but_are_no_rows(run: Run) -> None:
    result = run(HEADER + "\n" + GOOD + " \n;;;;;;;\nI alt;;;;;;;80,00\n")
    assert result.summary == Summary(1, 1, 0, 0, 3, 1, {"entitled": OutcomeTotal(1, Decimal("80.00"))})
    assert [row["row"] for row in result.decisions] == ["3"]


def test_a_file_without_rows_gives_the_header_only(run: Run) -> None:
    result = run(HEADER)
    assert result.output.decode() == ";".join(COLUMNS) + "\n"
    assert result.summary == Summary(0, 0, 0, 0, 0, 0)


def test_json_lines(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    source = io.BytesIO((HEADER + GOOD + GOOD.replace(";ja;ja;", ";ja;;")).encode())
    run_batch(Job(["-"], str(output)), PARAMETERS, stdin=source)
    first, second = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    assert list(first) == list(COLUMNS)
    assert (first["row"], first["payable_dkk"], first["ground"]) == (2, "80.00", ["pension"])
    assert first["channel"] == "reimbursement"
    assert (second["payable_dkk"], second["channel"], second["missing"]) == (None, None, ["pensioner", "distance_km"])


def test_no_output_appears_if_the_head_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        run_batch(Job([str(EXAMPLES / "wrong_columns.csv")], str(tmp_path / "out.csv")), PARAMETERS)
    assert list(tmp_path.iterdir()) == []


def test_no_output_appears_and_the_old_one_stays_if_the_run_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.csv"
    output.write_text("old")

    def break_down(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(BlockDecider, "write", break_down)
    job = Job(["-"], str(output), summary=tmp_path / "summary.json", report=tmp_path / "report.html")
    with pytest.raises(ZeroDivisionError):
        run_batch(job, PARAMETERS, stdin=io.BytesIO((HEADER + GOOD).encode()))
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert output.read_text() == "old"


def test_all_files_of_a_run_appear(tmp_path: Path) -> None:
    job = Job(["-"], str(tmp_path / "out.csv"), summary=tmp_path / "summary.json", report=tmp_path / "report.html")
    run_batch(job, PARAMETERS, stdin=io.BytesIO((HEADER + GOOD).encode()))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"out.csv", "out.rejects.csv", "summary.json", "report.html"}
    counted = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert "80.00" in json.dumps(counted)


def test_standard_output_and_rejects_as_messages(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    said: list[str] = []
    source = io.BytesIO((HEADER + GOOD + "kort\n").encode())
    run_batch(Job(["-"]), PARAMETERS, notify=said.append, stdin=source)
    assert capfdbinary.readouterr().out.count(b"\n") == 2
    assert said == [
        (
            "3: Rækken har for få celler: 1 i stedet for 8. "
            "Tilføj de manglende skilletegn; en ukendt oplysning er en tom celle."
        )
    ]


def test_a_pipe_is_read_as_well_as_a_file(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, (HEADER + GOOD).encode("cp1252"))
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        summary = run_batch(Job(["-"], str(tmp_path / "out.csv")), PARAMETERS, notify=print, stdin=source)
    assert summary.decided == 1


def test_the_same_file_is_never_read_and_written(tmp_path: Path) -> None:
    source, other = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(HEADER + GOOD, encoding="utf-8")
    twice = [
        Job([str(source)], str(source)),
        Job([str(source)], str(other), rejects=source),
        Job([str(source)], str(other), summary=source),
        Job([str(source)], str(other), report=other),
        Job([str(source)], str(other), rejects=tmp_path / "." / "out.csv"),
    ]
    for job in twice:
        with pytest.raises(InvalidInput) as caught:
            run_batch(job, PARAMETERS)
        assert [fault.code for fault in caught.value.faults] == ["same_file"]
    assert source.read_text(encoding="utf-8") == HEADER + GOOD
    assert list(tmp_path.iterdir()) == [source]


def test_several_files_are_one_batch(tmp_path: Path) -> None:
    for name, note in (("april.csv", "note"), ("maj.csv", "bilag")):
        rows = HEADER.replace("\n", f";{note}\n") + GOOD.replace("\n", f";{name}\n") + "kort\n"
        (tmp_path / name).write_text(rows, encoding="utf-8")
    output = tmp_path / "out.csv"
    summary = run_batch(Job([str(tmp_path / "*.csv")], str(output)), PARAMETERS, notify=print)
    assert (summary.rows_read, summary.decided, summary.rejected) == (4, 2, 2)
    decisions = table(output)
    assert [(row["row"], row["file"], row["note"], row["bilag"]) for row in decisions] == [
        ("2", "april.csv", "april.csv", ""),
        ("2", "maj.csv", "", "maj.csv"),
    ]
    assert [row["warnings"] for row in decisions] == ["", "possible_duplicate:april.csv:2"]


def test_the_rejects_lie_beside_the_output() -> None:
    assert default_rejects("a/out.csv") == Path("a/out.rejects.csv")
    assert default_rejects("-") is None
    assert default_rejects(os.devnull) is None


def test_rows_that_do_not_add_up_stop_everything() -> None:
    with pytest.raises(UnbalancedBatch):
        Summary(rows_read=3, decided=1, undetermined=1, rejected=0, blank=0, total_lines=0)


def test_the_summary_in_both_languages() -> None:
    outcomes = {
        "entitled": OutcomeTotal(2, Decimal("1234.50")),
        "undetermined": OutcomeTotal(1, Decimal("0.00")),
    }
    summary = Summary(4, 2, 1, 1, 1, 1, outcomes)
    assert summary.render("da").splitlines() == [
        "Rækker: 4 læst = 2 afgjort + 1 uafklaret + 1 afvist.",
        "Ikke talt med: tomme linjer 1, sumlinjer 1.",
        "  Ret til befordring eller godtgørelse (2): 1.234,50 kr.",
        "  Uafklaret, oplysninger mangler (1): 0,00 kr.",
        "Til udbetaling i alt: 1.234,50 kr.",
    ]
    assert summary.render("en").splitlines()[-1] == "Payable in all: 1,234.50 kr."


def test_the_example_of_2024(run: Run) -> None:
    result = run((EXAMPLES / "receipts_2024.csv").read_bytes())
    summary = result.summary
    # 40 receipts: 5 with an error; of the other 35, five lack a fact that decides.
    assert (summary.rows_read, summary.decided, summary.undetermined, summary.rejected) == (40, 30, 5, 5)
    assert (summary.blank, summary.total_lines) == (1, 1)
    assert codes(result) == [
        ("38", "beløb", "ambiguous_number"),
        ("39", "dato", "no_such_date"),
        ("40", "pensionist", "not_yes_no"),
        ("41", "", "short_row"),
        ("42", "mobilitet", "unknown_choice"),
    ]
    duplicates = {row["row"]: row["warnings"] for row in result.decisions if "duplicate" in row["warnings"]}
    assert duplicates == {"32": "possible_duplicate:31"}
    assert [row["bemærkning"] for row in result.decisions][-1] == 'bus; "Tirsdalen"'
    assert len(result.said) == 1
    assert "bemærkning" in result.said[0]


def test_the_example_in_windows_1252(run: Run) -> None:
    result = run((EXAMPLES / "receipts_cp1252.csv").read_bytes())
    assert result.summary.rows_read == len(result.decisions) == 10
    assert result.decisions[-1]["bemærkning"] == "opkrævet 84,00 – ikke €"
    assert "Windows-1252" in result.said[0]


def test_two_runs_give_the_same_bytes(run: Run) -> None:
    content = (EXAMPLES / "receipts_2024.csv").read_bytes()
    assert run(content).output == run(content).output


CONTENT = (EXAMPLES / "receipts_2024.csv").read_bytes().decode("utf-8-sig")
BODY_STARTS = CONTENT.index("\n") + 1


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    at=st.integers(BODY_STARTS, len(CONTENT)),
    cut=st.integers(0, 40),
    put=st.text(alphabet=st.sampled_from('";\r\n\0=ø-1, '), max_size=6),
)
def test_every_row_is_accounted_for_however_the_file_is_damaged(run: Run, at: int, cut: int, put: str) -> None:
    damaged = CONTENT[:at] + put + CONTENT[at + cut :]
    result = run(damaged)
    summary = result.summary
    decided = {int(row["row"]) for row in result.decisions}
    rejected = {int(reject["row"]) for reject in result.rejects}
    assert not decided & rejected
    assert len(decided) == len(result.decisions) == summary.decided + summary.undetermined
    assert len(rejected) == summary.rejected
    # Only a quoted cell can take lines away, and then all of them are in one row with every column in place.
    lines = damaged.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    spanned = len(lines) - 1 - summary.rows_read - summary.blank - summary.total_lines
    assert spanned == 0 or (spanned > 0 and '"' in put + CONTENT[at - 1 : at + cut + 1])


def test_no_message_lacks_its_slots(run: Run) -> None:
    """Every sentence that this file can cause is a whole sentence."""
    result = run((EXAMPLES / "receipts_2024.csv").read_bytes(), lang="en")
    for reject in result.rejects:
        assert "{" not in reject["message"]
        assert reject["message"].endswith(".")
