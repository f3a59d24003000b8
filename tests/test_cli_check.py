"""`check` as a caseworker or a script uses it: options, files, formats, languages, exit statuses, messages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from test_cases import LEGAL_CASES, LegalCase
from typer.testing import CliRunner

from transport_calc import Case, InvalidInput, decide
from transport_calc.cli.app import app
from transport_calc.facts import FACTS
from transport_calc.intake.json_case import case_from_object
from transport_calc.receipt import facts_digest

HERE = Path(__file__).parent.parent
ENTITLED = ["--date", "2024-05-13", "--hospital-based", "--pensioner", "--mobility", "public_transport"]
ENTITLED += ["--distance", "12", "--fare", "80"]
IN_2026 = ["--date", "2026-03-02", "--hospital-based", "--no-pensioner", "--mobility", "excluded"]
IN_2026 += ["--means", "own_car", "--distance", "32"]
CPR = "010190-1234"
CPR_DIGITS = re.compile(r"010190.{0,3}1234")
SECRET = "Grethe"


def environment(**more: str) -> dict[str, str]:
    left_out = ("TRANSPORT_CALC_LANG", "TRANSPORT_CALC_DEBUG", "PYTHONUTF8", "PYTHONIOENCODING", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"COLUMNS": "80"} | more


def real(*arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "transport_calc", *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=environment(**more),
        cwd=HERE,
        check=False,
    )


@pytest.fixture(autouse=True)
def _no_language_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRANSPORT_CALC_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def check(*arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of `check`, in this process."""
    done = CliRunner().invoke(app, ["check", *arguments], input=stdin)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def decision(*arguments: str, stdin: str | None = None) -> dict[str, Any]:
    _, out, _ = check(*arguments, "--format", "json", stdin=stdin)
    return dict(json.loads(out))


# --- the real command -------------------------------------------------------------------------------------------------


def test_a_decided_case_ends_with_0_and_says_it_on_stdout_only() -> None:
    done = real("check", *ENTITLED)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("RET TIL GODTGØRELSE: 80,00 kr.")
    assert "\x1b" not in done.stdout


def test_a_refusal_is_a_decision_too() -> None:
    done = real("check", *ENTITLED, "--no-pensioner")
    assert done.returncode == 0
    assert "not_entitled" not in done.stdout, "codes are for JSON"


def test_an_undetermined_case_ends_with_3_and_asks_on_stdout() -> None:
    done = real("check", "--date", "2024-05-13")
    assert (done.returncode, done.stderr) == (3, "")
    assert "genoptræningsplan" in done.stdout


def test_unusable_facts_end_with_2_and_nothing_on_stdout() -> None:
    done = real("check", "--date", "2024-05-13", "--distance", "1.234", "--mobility", "foot", "--age", "x")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) >= 6
    assert "\x1b" not in done.stderr


def test_the_environment_chooses_the_language_and_the_option_wins() -> None:
    assert real("check", *ENTITLED, TRANSPORT_CALC_LANG="en").stdout.startswith("RIGHT TO")
    both = real("check", *ENTITLED, "--lang", "da", TRANSPORT_CALC_LANG="en")
    assert both.stdout.startswith("RET TIL")


def test_a_c_locale_still_gets_utf_8() -> None:
    done = real("check", *ENTITLED, LC_ALL="C", LANG="C", PYTHONCOERCECLOCALE="0")
    assert "GODTGØRELSE" in done.stdout


@pytest.mark.parametrize("format", ["text", "json"])
def test_a_reader_that_has_had_enough_sees_no_traceback(format: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "transport_calc", "check", *ENTITLED, "--format", format]
    try:
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment(), cwd=HERE, check=False)
    finally:
        os.close(writing)
    assert done.stderr == b""


def test_head_gets_its_line() -> None:
    command = f'"{sys.executable}" -m transport_calc check {" ".join(ENTITLED)} | head -1'
    done = subprocess.run(
        command, shell=True, capture_output=True, encoding="utf-8", env=environment(), cwd=HERE, check=False
    )
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


def test_standard_input_and_a_file_say_the_same(tmp_path: Path) -> None:
    facts = {"purpose": "rehabilitation", "trip_date": "2024-05-13", "hospital_based": True, "pensioner": True}
    file = tmp_path / "case.json"
    file.write_text(json.dumps(facts), encoding="utf-8")
    from_file = real("check", "--input", str(file), "--format", "json")
    from_stdin = real("check", "--input", "-", "--format", "json", stdin=json.dumps(facts))
    assert from_file.returncode == 0
    assert json.loads(from_file.stdout)["conditions"] == [{"code": "cost_above_minimum", "minimum_dkk": "48.00"}]
    assert from_stdin.stdout == from_file.stdout


# --- defaults and options ---------------------------------------------------------------------------------------------


def test_the_purpose_defaults_to_rehabilitation_and_the_date_to_today() -> None:
    today = Case(purpose="rehabilitation", trip_date=date.today(), pensioner=True)
    assert decision("--pensioner")["receipt"]["facts_digest"] == facts_digest(today)


SAMPLE: dict[str, tuple[str, object]] = {
    "case_id": ("A-17", "A-17"),
    "municipality": ("Brønderslev Kommune", "broenderslev"),
    "age": ("67", 67),
    "insurance_group": ("2", 2),
    "handicap_trips_used": ("12", 12),
    "pension": ("førtidspension", "foertidspension"),
    "mobility": ("kan ikke bruge offentlig transport", "excluded"),
}


def sample(name: str) -> tuple[str, object]:
    """A text for a fact as an option takes it, and the value it stands for."""
    info = FACTS[name]
    if name in SAMPLE:
        return SAMPLE[name]
    if info.kind == "date":
        return "14-05-2024", date(2024, 5, 14)
    if info.kind == "decimal":
        return "12,5", Decimal("12.5")
    code = list(info.choices)[-1]
    return code, code


def with_fact(name: str, value: object) -> Case:
    facts = {"purpose": "rehabilitation", "trip_date": date(2024, 5, 13), name: value}
    return Case(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [name for name, info in FACTS.items() if info.kind != "bool"])
def test_every_fact_has_an_option_of_its_name(name: str) -> None:
    written, value = sample(name)
    first = [] if name == "trip_date" else ["--date", "2024-05-13"]
    found = decision(*first, f"--{name.replace('_', '-')}", written)
    assert found["receipt"]["facts_digest"] == facts_digest(with_fact(name, value))


@pytest.mark.parametrize("name", [name for name, info in FACTS.items() if info.kind == "bool"])
def test_every_yes_no_fact_has_an_option_for_each(name: str) -> None:
    option = name.replace("_", "-")
    for written, value in ((f"--{option}", True), (f"--no-{option}", False)):
        found = decision("--date", "2024-05-13", written)
        assert found["receipt"]["facts_digest"] == facts_digest(with_fact(name, value))


@pytest.mark.parametrize(
    ("option", "name", "written", "value"),
    [
        ("--date", "trip_date", "2024-05-13", date(2024, 5, 13)),
        ("--distance", "distance_km", "12.5", Decimal("12.5")),
        ("--fare", "public_fare_dkk", "80", Decimal(80)),
        ("--paid", "paid_dkk", "80,50", Decimal("80.50")),
    ],
)
def test_the_short_option_names(option: str, name: str, written: str, value: object) -> None:
    found = decision(*([] if option == "--date" else ["--date", "2024-05-13"]), option, written)
    assert found["receipt"]["facts_digest"] == facts_digest(with_fact(name, value))


@pytest.mark.parametrize("written", ["13-05-2024", "13.05.2024", "13/5/2024", "2024-05-13", " 13-05-2024 "])
def test_danish_dates_are_read(written: str) -> None:
    assert decision("--date", written)["receipt"]["facts_digest"] == facts_digest(
        Case(purpose="rehabilitation", trip_date=date(2024, 5, 13))
    )


@pytest.mark.parametrize(
    ("written", "kroner"),
    [
        ("80", "80.00"),
        ("80,5", "80.50"),
        ("80.50", "80.50"),
        ("1.234,50", "1234.50"),
        ("80 kr.", "80.00"),
        ("80,-", "80.00"),
    ],
)
def test_danish_amounts_are_read(written: str, kroner: str) -> None:
    assert decision(*ENTITLED, "--fare", written)["amount"]["payable_dkk"] == kroner


# --- formats ----------------------------------------------------------------------------------------------------------


def test_text_json_and_markdown_say_the_same_kroner() -> None:
    texts = {kind: check(*ENTITLED, "--format", kind)[1] for kind in ("text", "json", "markdown")}
    assert json.loads(texts["json"])["amount"]["payable_dkk"] == "80.00"
    assert texts["markdown"].startswith("#")
    assert all("80,00 kr." in texts[kind] for kind in ("text", "markdown"))
    assert check(*ENTITLED) == check(*ENTITLED, "--format", "text")


def test_numbers_are_written_as_the_language_has_them() -> None:
    assert "80.00" not in check(*ENTITLED)[1]
    assert "80,00" not in check(*ENTITLED, "--lang", "en")[1]
    assert decision(*ENTITLED, "--lang", "en")["amount"] | {"lines": 0} == decision(*ENTITLED)["amount"] | {"lines": 0}


def test_an_unknown_language_or_format_is_a_usage_error() -> None:
    for wrong in (["--lang", "de"], ["--format", "pdf"], ["--no-such-option"]):
        status, out, err = check(*wrong)
        assert (status, out) == (2, "")
        assert wrong[0] in err


def text_of(case: LegalCase, lang: str) -> str:
    try:
        return decide(case_from_object(case.facts)).as_text(lang)
    except InvalidInput:
        return ""


@pytest.mark.parametrize("lang", ["da", "en"])
def test_no_line_of_text_is_wider_than_80_columns(lang: str) -> None:
    texts = [text for case in LEGAL_CASES if (text := text_of(case, lang))]
    assert len(texts) > 100
    assert [line for text in texts for line in text.splitlines() if len(line) > 80] == []


def test_text_ends_with_one_newline_and_no_line_with_a_blank() -> None:
    for case in LEGAL_CASES:
        text = text_of(case, "da")
        assert text == "" or (text.endswith("\n") and not text.endswith("\n\n"))
        assert [line for line in text.splitlines() if line != line.rstrip()] == []


# --- faults -----------------------------------------------------------------------------------------------------------

WRONG = ["--date", "31-02-2024", "--distance", "1.234", "--mobility", "foot", "--pension", "efterløn", "--pensioner"]


def test_all_faults_come_at_once_each_with_value_reason_and_remedy() -> None:
    status, out, err = check(*WRONG)
    assert (status, out) == (2, "")
    lines = err.splitlines()
    faults, remedies = lines[::2], lines[1::2]
    assert len(faults) == 4
    for option, value in (("--date", "31-02-2024"), ("--distance", "1.234"), ("--mobility", "foot"), ("--pension", "")):
        [fault] = [line for line in faults if f"({option})" in line or line.startswith(option)]
        assert value in fault
    assert all(remedy.startswith("  ") and len(remedy) > 10 for remedy in remedies)
    assert "1234 / 1,234" in err, "an ambiguous number is refused with both readings"


def test_the_invalid_envelope_has_every_key_and_every_error() -> None:
    status, out, err = check(*WRONG, "--format", "json")
    envelope = json.loads(out)
    assert status == 2
    assert err != ""
    assert envelope["status"] == "invalid"
    assert envelope.keys() == decision(*ENTITLED).keys()
    assert {error["field"] for error in envelope["errors"]} == {"trip_date", "distance_km", "mobility", "pension"}
    assert all(error.keys() == {"code", "field", "message", "hint"} for error in envelope["errors"])
    assert all(error["message"] and error["hint"] for error in envelope["errors"])


def test_faults_are_told_in_english_too() -> None:
    assert "does not exist" in check(*WRONG, "--lang", "en")[2]


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    facts = {"purpose": "rehabilitation", "trip_date": "2024-05-13", "distanse_km": "5"}
    status, _, err = check("--input", "-", stdin=json.dumps(facts))
    assert status == 2
    assert "distanse_km" in err
    assert "distance_km" in err


def test_purpose_and_date_are_asked_for_in_a_file() -> None:
    _, out, _ = check("--input", "-", "--format", "json", stdin="{}")
    assert [(error["code"], error["field"]) for error in json.loads(out)["errors"]] == [
        ("missing_fact", "purpose"),
        ("missing_fact", "trip_date"),
    ]


@pytest.mark.parametrize("stdin", ["", "{", "[]", "null", '"x"', '{"age": NaN}', '{"age": 1, "age": 2}'])
def test_what_is_no_case_is_refused(stdin: str) -> None:
    status, out, err = check("--input", "-", stdin=stdin)
    assert (status, out) == (2, "")
    assert err != ""


def test_a_file_that_is_not_there_or_not_utf_8(tmp_path: Path) -> None:
    for name in (tmp_path / "none.json", tmp_path, not_utf_8(tmp_path)):
        status, out, err = check("--input", str(name))
        assert (status, out) == (2, "")
        assert len(err.splitlines()) == 2


def not_utf_8(folder: Path) -> Path:
    file = folder / "latin.json"
    file.write_bytes('{"case_id": "ø"}'.encode("latin-1"))
    return file


def test_a_remedy_names_only_options_there_are(tmp_path: Path) -> None:
    err = check("--input", str(not_utf_8(tmp_path)))[2]
    help_text = check("--help")[1]
    assert all(option in help_text for option in re.findall(r"--[a-z-]+", err))


def test_options_and_a_file_together_are_refused() -> None:
    status, out, err = check("--input", "-", "--pensioner", stdin="{}")
    assert (status, out) == (2, "")
    assert "pensioner" in err


def test_a_trip_before_the_first_order_is_refused_by_date() -> None:
    assert check("--date", "2008-08-31")[0] == 2
    assert "1. september 2008" in check("--date", "2008-08-31")[2] or "2008-09-01" in check("--date", "2008-08-31")[2]
    assert check("--date", "2008-09-01")[0] == 3


# --- years without amounts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["da", "en"])
def test_a_year_without_amount_names_the_last_known_and_how_to_add_it(lang: str, tmp_path: Path) -> None:
    status, out, _ = check(*IN_2026, "--lang", lang, "--data", str(tmp_path))
    assert status == 3
    words = " ".join(out.split())
    for part in ("2026", "2024", "thresholds add 2026"):
        assert part in words


def test_no_sentence_about_a_missing_amount_is_said_twice(tmp_path: Path) -> None:
    _, out, _ = check("--date", "2026-03-02", "--data", str(tmp_path))
    assert " ".join(out.split()).count("thresholds add 2026") == 1


def test_amounts_of_another_year_are_used_when_asked_for_and_named(tmp_path: Path) -> None:
    arguments = [*IN_2026, "--use-amounts-of", "2024", "--data", str(tmp_path)]
    # 2 x 32 km x 2.28 kr. = 145.92 kr., which is more than the 113 kr. of 2024.
    found = decision(*arguments)
    assert found["amount"]["payable_dkk"] == "145.92"
    stands_in = {each["name"]: each["stands_in"] for each in found["parameters"]}
    assert (stands_in["minimum_other"], stands_in["mileage_low"]) == ("2024", None)
    for lang in ("da", "en"):
        status, out, _ = check(*arguments, "--lang", lang)
        assert status == 0
        assert "2024" in out
        assert "2026" in out


def test_amounts_asked_for_but_not_needed_change_nothing_in_the_decision() -> None:
    assert decision(*ENTITLED, "--use-amounts-of", "2019")["amount"] == decision(*ENTITLED)["amount"]


# --- nothing personal leaks -------------------------------------------------------------------------------------------

TYPED = ("trip_date", "pension", "mobility", "distance_km", "paid_dkk", "age", "insurance_group", "means")


@pytest.mark.parametrize("written", [CPR, "010190 1234", f"{SECRET}: {CPR}", f"{SECRET} 0101901234"])
@pytest.mark.parametrize("name", TYPED)
def test_a_cpr_number_typed_into_a_fact_is_masked(name: str, written: str) -> None:
    status, out, err = check(f"--{name.replace('_', '-')}", written, "--format", "json")
    assert status == 2
    assert not CPR_DIGITS.search(out + err)


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        pytest.param(["--municipality", CPR], None, id="municipality"),
        pytest.param(["--pensioner", CPR], None, id="word_after_a_flag"),
        pytest.param(["--format", CPR], None, id="format"),
        pytest.param(["--use-amounts-of", CPR], None, id="year"),
        pytest.param([f"--{CPR}"], None, id="option_name"),
        pytest.param(["--input", f"{CPR}.json"], None, id="file_name"),
        pytest.param(["--mobility", "cpr0101901234"], None, id="glued_to_a_word"),
        pytest.param(["--mobility", "010190–1234"], None, id="en_dash"),
        pytest.param(["--mobility", "010190 - 1234"], None, id="spaced_dash"),
        pytest.param(["--input", "-"], f'{{"{CPR}": 1}}', id="key"),
        pytest.param(["--input", "-"], f'{{"mobility": "{CPR}"}}', id="value_in_a_file"),
        pytest.param(["--input", "-"], f'{{"distance_km": ["{CPR}"]}}', id="list_in_a_file"),
    ],
)
def test_a_cpr_number_is_masked_wherever_it_is_typed(arguments: list[str], stdin: str | None) -> None:
    # The option parser writes some of these messages itself, so the whole program is run.
    done = real("check", *arguments, stdin=stdin or "")
    assert done.returncode == 2
    assert not CPR_DIGITS.search(done.stdout + done.stderr)


def test_an_internal_error_ends_with_1_and_shows_no_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from transport_calc.cli import check as command
    from transport_calc.cli.app import main

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"{SECRET} {CPR}")

    monkeypatch.setattr(command, "decide", broken)
    monkeypatch.setattr(sys, "argv", ["transport-calc", "check", "--case-id", SECRET])
    monkeypatch.delenv("TRANSPORT_CALC_DEBUG", raising=False)
    with pytest.raises(SystemExit) as ended:
        main()
    shown = capsys.readouterr()
    assert ended.value.code == 1
    assert shown.out == ""
    assert "RuntimeError" in shown.err
    assert SECRET not in shown.err
    assert CPR not in shown.err
    assert "Traceback" not in shown.err
