"""A receipts file from end to end, decided by a stand-in that is simple enough to follow by hand."""

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

from transport_calc.batch.complete_file import complete_file
from transport_calc.batch.run import default_rejects, run_batch
from transport_calc.batch.summary import OutcomeTotal, Summary, UnbalancedBatch
from transport_calc.batch.writer import COLUMNS, guarded, money
from transport_calc.facts import Case
from transport_calc.faults import Fault, InvalidInput

EXAMPLES = Path(__file__).parent.parent / "data" / "examples"
HEADER = "sagsnr;dato;formål;pensionist;transportmiddel;beløb\n"
GOOD = "A-1;13-05-2024;genoptræning;ja;flextur;80,00\n"


@dataclass(frozen=True)
class StandIn:
    outcome: str
    payable_dkk: Decimal | None
    form: str | None = "reimbursement"
    channel: str | None = None
    ground: str = "pension"
    minimum_dkk: Decimal | None = Decimal(48)
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    justification: str = "fordi; det er sådan"


def decide(case: Case) -> StandIn:
    """Pensioners get what they paid; who is not known to be one must be asked."""
    if case.pensioner is None:
        return StandIn("undetermined", None, missing=("pensioner", "pension"))
    if not case.pensioner:
        return StandIn("not_entitled", Decimal(0), form=None, ground="")
    return StandIn("entitled", case.paid_dkk)


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
        arguments = {"decide": decide, "output": output, "notify": said.append} | options
        summary = run_batch(source, **arguments)  # type: ignore[arg-type]
        return Result(summary, table(output), table(tmp_path / "out.rejects.csv"), said, output.read_bytes())

    return run_text


def codes(result: Result) -> list[tuple[str, str, str]]:
    return [(reject["row"], reject["column"], reject["code"]) for reject in result.rejects]


def test_one_row_from_end_to_end(run: Run) -> None:
    result = run(HEADER.replace("\n", ";bemærkning\n") + GOOD.replace("\n", ";første\n"))
    assert result.output.decode() == (
        "row;rows;case_id;outcome;form;channel;ground;payable_dkk;minimum_dkk;missing;warnings;justification;bemærkning\n"
        '2;1;A-1;entitled;reimbursement;;pension;80.00;48.00;;;"fordi; det er sådan";første\n'
    )
    assert result.summary == Summary(1, 1, 0, 0, 0, 0, {"entitled": OutcomeTotal(1, Decimal("80.00"))})
    assert result.summary.exit_status == 0


def test_a_row_with_faults_counts_once_and_names_each(run: Run) -> None:
    result = run(HEADER + "A-1;31-02-2024;genoptræning;måske;bus;1.234\n" + GOOD)
    assert codes(result) == [
        ("2", "dato", "no_such_date"),
        ("2", "pensionist", "not_yes_no"),
        ("2", "transportmiddel", "unknown_choice"),
        ("2", "beløb", "ambiguous_number"),
    ]
    assert (result.summary.rejected, result.summary.decided, result.summary.exit_status) == (1, 1, 4)
    last = result.rejects[-1]
    assert last["value"] == "1.234"
    assert "1234 / 1,234" in last["message"]
    assert last["raw"] == "A-1;31-02-2024;genoptræning;måske;bus;1.234"


def test_messages_follow_the_language(run: Run) -> None:
    text = HEADER + GOOD.replace(";ja;", ";måske;")
    assert "hverken ja eller nej" in run(text, lang="da").rejects[0]["message"]
    assert "neither yes nor no" in run(text, lang="en").rejects[0]["message"]


def test_an_empty_cell_is_unknown(run: Run) -> None:
    result = run(HEADER + GOOD.replace(";ja;", ";;"))
    assert result.decisions[0]["outcome"] == "undetermined"
    assert result.decisions[0]["missing"] == "pensioner;pension"
    assert result.decisions[0]["payable_dkk"] == ""
    assert (result.summary.undetermined, result.summary.decided, result.summary.exit_status) == (1, 0, 4)


def test_a_suggestion_is_made_only_if_there_is_one(run: Run) -> None:
    result = run("dato;formål\n13-05-2024;genoptrening\n13-05-2024;bus\n", lang="en")
    near, far = (reject["message"] for reject in result.rejects)
    assert 'Did you mean "rehabilitation"?' in near
    assert "mean" not in far


def test_refused_facts_are_rejects_of_their_column(run: Run) -> None:
    def refuse(case: Case) -> StandIn:
        raise InvalidInput([Fault("below_minimum_value", "paid_dkk", "80,00", {"minimum": "0"})])

    assert codes(run(HEADER + GOOD, decide=refuse)) == [("2", "beløb", "below_minimum_value")]


def test_without_a_purpose_column_trips_are_rehabilitation(run: Run) -> None:
    seen: list[str] = []

    def note_purpose(case: Case) -> StandIn:
        seen.append(case.purpose)
        return decide(case)

    result = run("dato;pensionist;beløb\n13-05-2024;ja;80\n", decide=note_purpose)
    assert seen == ["rehabilitation"]
    assert ["formål" in sentence for sentence in result.said] == [True]


def test_an_empty_purpose_is_not_taken_for_rehabilitation(run: Run) -> None:
    assert codes(run("dato;formål\n13-05-2024;\n")) == [("2", "formål", "missing_fact")]


def test_a_duplicate_names_the_first_row_and_is_still_decided(run: Run) -> None:
    other_day = GOOD.replace("13-05", "14-05")
    other_case = GOOD.replace("A-1", "A-2")
    result = run(HEADER + GOOD + other_day + other_case + GOOD.replace("80,00", "80") + GOOD)
    assert [row["warnings"] for row in result.decisions] == ["", "", "", "possible_duplicate:2", "possible_duplicate:2"]
    assert result.summary.decided == 5


def test_strangers_with_the_same_fare_are_no_duplicates(run: Run) -> None:
    result = run("dato;formål;pensionist;beløb\n" + "13-05-2024;genoptræning;ja;80,00\n" * 2)
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


def test_one_way_and_grouped_rows_are_not_decided_wrongly(run: Run) -> None:
    header = "borger;dato;formål;pensionist;beløb;tur;fremmøde\n"
    rows = [
        "B1;13-05-2024;genoptræning;ja;80,00;tur-retur;F1",
        "B1;14-05-2024;genoptræning;ja;40,00;ud;",
        "B1;14-05-2024;genoptræning;ja;40,00;hjem;",
        "B1;15-05-2024;genoptræning;ja;40,00;;F2",
        "B1;15-05-2024;genoptræning;ja;40,00;;F2",
        "B2;15-05-2024;genoptræning;ja;40,00;;F2",
        "B2;16-05-2024;genoptræning;ja;40,00;begge;",
    ]
    result = run(header + "\n".join(rows))
    assert codes(result) == [
        ("3", "tur", "leg_needs_grouping"),
        ("4", "tur", "leg_needs_grouping"),
        ("5", "fremmøde", "visit_needs_grouping"),
        ("6", "fremmøde", "visit_needs_grouping"),
        ("8", "tur", "unknown_choice"),
    ]
    assert [row["row"] for row in result.decisions] == ["2", "7"]


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2+3", "@x", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["-5,00", "+45", "80.00", "A=1", "", "'=1"])
def test_numbers_and_other_text_are_left_alone(text: str) -> None:
    assert guarded(text) == text


def test_guarding_reaches_the_files(run: Run) -> None:
    result = run(HEADER.replace("\n", ";=note\n") + "=1+1;13-05-2024;genoptræning;ja;flextur;80,00;@x\n=x\n")
    assert result.decisions[0]["case_id"] == "'=1+1"
    assert result.decisions[0]["'=note"] == "'@x"
    assert result.rejects[0]["raw"] == "'=x"


def test_a_column_called_like_an_output_column_is_told_apart(run: Run) -> None:
    result = run("outcome;dato;formål;pensionist\nold;13-05-2024;genoptræning;nej\n")
    assert (result.decisions[0]["outcome"], result.decisions[0]["input_outcome"]) == ("not_entitled", "old")


def test_json_lines(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    source = io.BytesIO((HEADER + GOOD + GOOD.replace(";ja;", ";;")).encode())
    run_batch(source, decide=decide, output=output, notify=print)
    first, second = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    assert list(first) == list(COLUMNS)
    assert (first["row"], first["payable_dkk"], first["ground"], first["channel"]) == (2, "80.00", ["pension"], None)
    assert (second["payable_dkk"], second["missing"]) == (None, ["pensioner", "pension"])


def test_money_is_never_rounded_away() -> None:
    assert (money(Decimal(80)), money(Decimal("62.4400")), money(None)) == ("80.00", "62.44", None)
    with pytest.raises(ValueError, match=r"62\.445"):
        money(Decimal("62.445"))


def test_no_output_appears_if_the_head_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        run_batch(EXAMPLES / "wrong_columns.csv", decide=decide, output=tmp_path / "out.csv", notify=print)
    assert list(tmp_path.iterdir()) == []


def test_no_output_appears_and_the_old_one_stays_if_the_run_breaks(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("old")

    def break_down(case: Case) -> StandIn:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        run_batch(io.BytesIO((HEADER + GOOD).encode()), decide=break_down, output=output, notify=print)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert output.read_text() == "old"


def test_a_link_to_the_output_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with complete_file(tmp_path / "link") as stream:
        stream.write("x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "x"


def test_a_device_is_written_to_and_not_replaced() -> None:
    with complete_file(os.devnull) as stream:
        stream.write("x")
    assert not Path(os.devnull).is_file()


def test_standard_output_and_rejects_as_messages(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    said: list[str] = []
    source = io.BytesIO((HEADER + GOOD + "kort\n").encode())
    run_batch(source, decide=decide, output="-", notify=said.append)
    assert capfdbinary.readouterr().out.count(b"\n") == 2
    assert said == [
        (
            "3: Rækken har for få celler: 1 i stedet for 6. "
            "Tilføj de manglende skilletegn; en ukendt oplysning er en tom celle."
        )
    ]


def test_a_pipe_is_read_as_well_as_a_file(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, (HEADER + GOOD).encode("cp1252"))
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        summary = run_batch(source, decide=decide, output=tmp_path / "out.csv", notify=print)
    assert summary.decided == 1


def test_the_same_file_is_never_read_and_written(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(HEADER + GOOD, encoding="utf-8")
    for output, rejects in ((source, None), (tmp_path / "out.csv", source), (tmp_path / "o", tmp_path / "." / "o")):
        with pytest.raises(InvalidInput) as caught:
            run_batch(source, decide=decide, output=output, rejects=rejects, notify=print)
        assert [fault.code for fault in caught.value.faults] == ["same_file"]
    assert source.read_text(encoding="utf-8") == HEADER + GOOD


def test_the_rejects_lie_beside_the_output() -> None:
    assert default_rejects("a/out.csv") == Path("a/out.rejects.csv")
    assert default_rejects("-") is None


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
    # 40 receipts: 5 with an error; of the other 35, two do not say whether the citizen is a pensioner.
    assert (summary.rows_read, summary.decided, summary.undetermined, summary.rejected) == (40, 33, 2, 5)
    assert (summary.blank, summary.total_lines) == (1, 1)
    assert codes(result) == [
        ("38", "beløb", "ambiguous_number"),
        ("39", "dato", "no_such_date"),
        ("40", "pensionist", "not_yes_no"),
        ("41", "", "short_row"),
        ("42", "mobilitet", "unknown_choice"),
    ]
    assert [row["row"] for row in result.decisions if row["warnings"]] == ["32"]
    assert result.decisions[30]["warnings"] == "possible_duplicate:31"
    assert [row["bemærkning"] for row in result.decisions][-1] == 'bus; "Tirsdalen"'
    assert len(result.said) == 1
    assert "bemærkning" in result.said[0]


def test_the_example_in_windows_1252(run: Run) -> None:
    result = run((EXAMPLES / "receipts_cp1252.csv").read_bytes())
    assert result.summary.rows_read == result.summary.decided == 10
    assert result.decisions[-1]["bemærkning"] == "opkrævet 84,00 – ikke €"
    assert "Windows-1252" in result.said[0]


def test_two_runs_give_the_same_bytes(run: Run) -> None:
    content = (EXAMPLES / "receipts_2024.csv").read_bytes()
    assert run(content).output == run(content).output


CONTENT = (EXAMPLES / "receipts_2024.csv").read_bytes().decode("utf-8-sig")
BODY_STARTS = CONTENT.index("\n") + 1


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
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
