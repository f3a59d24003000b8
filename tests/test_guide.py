"""`guide` on a real pseudo-terminal of 80 columns, and without a terminal."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from datetime import date
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

from transport_calc import Case
from transport_calc.cli.guide.command_line import command_line
from transport_calc.cli.guide.desk import Desk
from transport_calc.intake.json_case import case_from_json
from transport_calc.parameters import Parameters
from transport_calc.wording import LANGUAGES, guide_da, guide_en, text, texts

ROOT = Path(__file__).parent.parent
DESK = Desk("da", Parameters(), None)
COMMAND = {"da": "Samme afgørelse igen:\n", "en": "The same decision again:\n"}
SECONDS = 60

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")


class Talk(NamedTuple):
    """What stood on the terminal, and the exit status."""

    shown: str
    status: int

    def command(self, lang: str) -> str:
        """The command line that the interview ends with."""
        after = self.shown.partition(COMMAND[lang])[2]
        lines = after.splitlines()
        last = next(number for number, line in enumerate(lines) if not line.endswith("\\"))
        return "\n".join(lines[: last + 1])


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRANSPORT_CALC_")}
    path = os.pathsep.join((str(Path(sys.executable).parent), kept.get("PATH", "")))
    return kept | {"COLUMNS": "80", "LANG": "C.UTF-8", "PATH": path}


def talk(*arguments: str, answers: list[str | bytes], output: Path | None = None) -> Talk:
    """An interview on a terminal: each answer is typed when the prompt stands there, bytes as they are."""
    import fcntl
    import pty
    import struct
    import termios

    pid, terminal = pty.fork()
    if pid == 0:
        if output is not None:
            os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT), 1)
        os.execve(sys.executable, [sys.executable, "-m", "transport_calc", "guide", *arguments], environment())
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    typed = [answer if isinstance(answer, bytes) else f"{answer}\n".encode() for answer in answers]
    shown = b""
    while True:
        ready, _, _ = select.select([terminal], [], [], SECONDS)
        assert ready, shown.decode(errors="replace")
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        if shown.endswith(b"\n> "):
            assert typed, f"one question too many: {shown.decode(errors='replace')}"
            os.write(terminal, typed.pop(0))
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert typed == [], f"not asked for: {typed}"
    return Talk(shown.decode(errors="replace").replace("\r\n", "\n"), os.waitstatus_to_exitcode(status))


def run(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "transport_calc", *arguments],
        stdin=subprocess.DEVNULL if stdin is None else None,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )


def in_shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, shell=True, capture_output=True, encoding="utf-8", env=environment(), check=False, cwd=ROOT
    )


# --- on a terminal ----------------------------------------------------------------------------------------------------


@on_posix
def test_a_whole_interview_in_danish(tmp_path: Path) -> None:
    case = tmp_path / "sag.json"
    answers = [
        *("?", "", "1"),  # purpose: why, required, by number
        *("31-02-2024", "13-05-2024"),
        *("Brønderslef", "Brønderslev Kommune"),
        *("måske", "ja"),  # a rehabilitation plan
        *("?", "nej"),  # a pensioner
        *("<", "ja"),
        *("ret", "ret kørekort", "ret pensionist", "nej"),
        *("ret 5", "2"),
        *("kan ikke bruge bus, tog eller færge", "32", "egen bil"),
    ]
    done = talk("--save", str(case), answers=answers)
    assert done.status == 0
    assert "\x1b" not in done.shown
    for said in (
        "Formålet afgør, hvilken lov der gælder",
        "Uden denne oplysning kan sagen ikke afgøres.",
        "»31-02-2024« findes ikke",
        "Mente du »broenderslev«?",
        "»måske« er hverken ja eller nej.",
        "BEK 816/2018 § 23, nr. 1: Betingelsen er opfyldt",
        "5 pensionist (pensioner): ja",
        "»kørekort« er ikke blandt svarene.",
        "Nu: nej",
        "Indtil nu: ret til godtgørelse, hvis turen koster mere end 48,00 kr.",
        "Indtil nu: ret til godtgørelse, 142,72 kr.",
        f"Sagen er gemt i {case}.",
    ):
        assert said in " ".join(done.shown.split()) or said in done.shown, said
    again = in_shell(done.command("da"))
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout in done.shown
    assert again.stdout.startswith("RET TIL GODTGØRELSE: 142,72 kr.")
    assert run("check", "--input", str(case)).stdout == again.stdout


@on_posix
def test_a_whole_interview_in_english(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    answers = [
        *("rehabilitation", "", "<", "2024-05-13", "don't know"),
        *("yes", "no"),
        *("back", "?", "1"),
        *("change", "change mobility", "change hospital based", "1"),
        *("can use bus, train or ferry", "1.234", "80,50"),
    ]
    done = talk("--lang", "en", "--save", str(case), answers=answers)
    assert done.status == 0
    for said in (
        "Which municipality does the citizen live in?",
        "Answers so far.",
        '"mobility" is not among the answers.',
        "So far: right to reimbursement if the trip costs more than 48.00 kr.",
        "So far: right to reimbursement, 80.50 kr.",
    ):
        assert said in done.shown, said
    assert "Hvad" not in done.shown
    again = in_shell(done.command("en"))
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout in done.shown
    assert "80.50 kr." in again.stdout.splitlines()[0]
    assert run("check", "--input", str(case), "--lang", "en").stdout == again.stdout


@on_posix
@pytest.mark.parametrize("lang", ["da", "en"])
def test_nothing_is_wider_than_the_terminal(lang: str) -> None:
    answers = ["vrøvl", "?", "7", "2024-05-13", "?", "x", *["?", "vrøvl", "ved ikke"] * 3, "ret", "stop"]
    done = talk("--lang", lang, answers=answers)
    assert max(len(line) for line in done.shown.splitlines()) <= 80


@on_posix
def test_what_is_not_known_is_asked_once_and_ends_as_undetermined() -> None:
    done = talk(answers=["genoptræning", "13-05-2024", "", "ved ikke", "", "", "", "", "", ""])
    assert done.status == 3
    assert done.shown.count("Hvad tillader borgerens helbred?") == 1
    assert "KAN IKKE AFGØRES ENDNU" in done.shown
    again = in_shell(done.command("da"))
    assert again.returncode == 3
    assert again.stdout in done.shown


@on_posix
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_case_to_keep_is_shown_where_it_is_not_saved(tmp_path: Path, lang: str) -> None:
    done = talk("--lang", lang, answers=["gp", "13-05-2024", "", "stop"])
    shown = done.shown.rpartition("\n{\n")[2]
    kept = tmp_path / "case.json"
    kept.write_text("{\n" + shown, "utf-8")
    assert json.loads(kept.read_text("utf-8")) == {"purpose": "gp", "trip_date": "2024-05-13"}
    again = run("check", "--input", str(kept), "--lang", lang)
    assert again.stdout in done.shown


@on_posix
def test_stop_before_the_date_decides_nothing() -> None:
    done = talk(answers=["<", "ret", "1", "stop"])
    assert done.status == 3
    assert "Der er ikke noget tidligere spørgsmål." in done.shown
    assert "Der er ingen svar at ændre endnu." in done.shown
    assert "Uden formål og dato kan intet afgøres." in done.shown
    assert "transport-calc check" not in done.shown


@on_posix
def test_the_end_of_input_is_stop() -> None:
    done = talk(answers=["1", "13-05-2024", "", "ja", "ja", b"\x04"])
    assert done.status == 0
    assert "HVIS TUREN KOSTER MERE END 48,00 kr." in done.shown


@on_posix
def test_bytes_that_are_no_text_are_asked_again() -> None:
    done = talk(answers=["1", "13-05-2024", b"\xff\xfe\n", "stop"])
    assert done.status == 3
    assert "kommune (municipality): Der er ingen kommune, der hedder" in done.shown


@on_posix
def test_with_the_output_in_a_file_the_talk_is_on_the_terminal_and_the_decision_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "decision.txt"
    done = talk(answers=["sygehus", "13-05-2024", "", "stop"], output=file)
    assert done.status == 3
    assert "Hvilken kommune" in done.shown
    assert file.read_text("utf-8") == in_shell(done.command("da")).stdout
    assert "KAN IKKE AFGØRES" not in done.shown


@on_posix
def test_a_half_filled_case_is_the_beginning(tmp_path: Path) -> None:
    half = tmp_path / "half.json"
    half.write_text('{"hospital_based": true, "pensioner": true, "distance_km": 12.5, "case_id": "S 1\'s"}', "utf-8")
    done = talk("--input", str(half), "--save", str(half), answers=["1", "13-05-2024", "", "1", "80"])
    assert done.status == 0
    again = in_shell(done.command("da"))
    assert again.stdout in done.shown
    assert json.loads(half.read_text("utf-8")) == {
        "purpose": "rehabilitation",
        "trip_date": "2024-05-13",
        "case_id": "S 1's",
        "hospital_based": True,
        "pensioner": True,
        "mobility": "public_transport",
        "distance_km": "12.5",
        "public_fare_dkk": "80",
    }


@on_posix
def test_another_years_amounts_stand_in_and_are_in_the_command(tmp_path: Path) -> None:
    answers = ["1", "02-03-2026", "", "ja", "nej", "2", "32", "2"]
    done = talk("--use-amounts-of", "2024", "--data", str(tmp_path / "my amounts"), answers=answers)
    assert done.status == 0
    assert "--use-amounts-of 2024" in done.command("da")
    again = in_shell(done.command("da"))
    assert again.returncode == 0
    assert again.stdout in done.shown


@on_posix
def test_a_file_that_cannot_be_written_does_not_cost_the_decision(tmp_path: Path) -> None:
    done = talk("--save", str(tmp_path / "no" / "case.json"), answers=["andet", "13-05-2024"])
    assert done.status == 2
    assert "INGEN RET" in done.shown
    assert "kan ikke skrives: den findes ikke." in " ".join(done.shown.split())


@on_posix
def test_a_broken_amounts_file_is_named_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "thresholds_2026.toml").write_text("nonsense", "utf-8")
    done = talk("--data", str(tmp_path), answers=[])
    assert done.status == 2
    assert "thresholds_2026.toml" in done.shown


# --- without a terminal -----------------------------------------------------------------------------------------------


def test_with_nothing_given_the_first_two_questions_are_what_is_missing() -> None:
    done = run("guide")
    assert (done.returncode, done.stdout) == (3, "")
    assert "Hvad gjaldt turen?" in done.stderr
    assert "Hvilken dag fandt turen sted?" in done.stderr
    assert "> " not in done.stderr


def test_a_half_filled_case_is_decided_as_it_is() -> None:
    case = '{"purpose": "rehabilitation", "trip_date": "2024-05-13", "hospital_based": true}'
    done = run("guide", "--input", "-", "--lang", "en", stdin=case)
    assert done.returncode == 3
    assert done.stdout == run("check", "--input", "-", "--lang", "en", stdin=case).stdout
    assert done.stderr.startswith("Missing:\n  Does the citizen")


def test_a_complete_case_is_decided(tmp_path: Path) -> None:
    case = '{"purpose": "other", "trip_date": "2024-05-13"}'
    done = run("guide", "--input", "-", "--save", str(tmp_path / "case.json"), stdin=case)
    assert done.returncode == 0
    assert done.stdout.startswith("INGEN RET")
    assert case_from_json((tmp_path / "case.json").read_text("utf-8")) == case_from_json(case)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("{", "JSON"),
        ("[]", "JSON"),
        ('{"pensioner": "ja"}', "pensioner"),
        ('{"pensioner": true, "pension": "none"}', "pension"),
        ('{"purpose": null, "handicap_trips_used": ' + "9" * 5000 + "}", "handicap_trips_used"),
        ('{"purpose": "gp", "trip_date": "1999-01-01"}', "1999-01-01"),
    ],
)
def test_an_unusable_case_ends_with_2(case: str, said: str) -> None:
    done = run("guide", "--input", "-", stdin=case)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "internal error" not in done.stderr


def test_a_missing_file_ends_with_2(tmp_path: Path) -> None:
    assert run("guide", "--input", str(tmp_path / "none.json")).returncode == 2


# --- texts ------------------------------------------------------------------------------------------------------------


def test_both_languages_say_the_same() -> None:
    danish, english = guide_da.TEXTS, guide_en.TEXTS
    assert list(danish) == list(english)
    slots = [{name for _, name, _, _ in Formatter().parse(said) if name} for said in danish.values()]
    assert slots == [{name for _, name, _, _ in Formatter().parse(said) if name} for said in english.values()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_result_can_be_said_in_one_line(lang: str) -> None:
    kinds = {key.removeprefix("title.") for key in texts(lang) if key.startswith("title.")}
    kinds = kinds - {"minimum_unknown"} | {"undetermined_minimum"}
    said = [text(f"guide.so_far.{kind}", lang, amount="1,00 kr.", minimum="1,00 kr.", year=2026) for kind in kinds]
    assert all(len(each) <= 79 for each in said)


# --- the command line -------------------------------------------------------------------------------------------------


def test_the_command_line_is_quoted_for_each_shell() -> None:
    case = Case(purpose="other", trip_date=date(2024, 5, 13), case_id='S 1\'s & "x"', without_gp=False)
    posix = command_line(case, DESK, None, windows=False)
    windows = command_line(case, DESK, None, windows=True)
    assert """--case-id 'S 1'"'"'s & "x"'""" in posix
    assert r'''--case-id "S 1's & \"x\""''' in windows
    assert "--no-without-gp" in posix
    assert "\n" not in windows


def test_a_path_with_a_sign_of_the_shell_is_quoted_on_windows() -> None:
    case = Case(purpose="other", trip_date=date(2024, 5, 13))
    assert r'--data "C:\a&b"' in command_line(case, DESK, Path(r"C:\a&b"), windows=True)
