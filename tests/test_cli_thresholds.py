"""`thresholds`: show the dated amounts, add a year of one's own, lint the data."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from transport_calc.cli.app import app

IN_2026 = ["--date", "2026-03-02", "--hospital-based", "--no-pensioner", "--mobility", "excluded"]
IN_2026 += ["--means", "own_car", "--distance", "32"]
GOOD = {"YEAR": "2026", "--pensioner": "50", "--other": "118", "--source": "Ministeriets brev af 1. december 2025"}


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TRANSPORT_CALC_LANG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def add(folder: Path, **changed: str) -> tuple[int, str, str]:
    values = GOOD | {{"year": "YEAR"}.get(name, f"--{name}"): value for name, value in changed.items()}
    options = [part for name, value in values.items() if name != "YEAR" for part in (name, value)]
    return run("thresholds", "add", *options, "--data", str(folder), "--", values["YEAR"])


def decision(folder: Path) -> dict[str, Any]:
    return dict(json.loads(run("check", *IN_2026, "--format", "json", "--data", str(folder))[1]))


# --- show -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_year_is_shown_with_both_amounts_and_its_source(lang: str, tmp_path: Path) -> None:
    status, out, err = run("thresholds", "--data", str(tmp_path), "--lang", lang)
    assert (status, err) == (0, "")
    rows = [line.split() for line in out.splitlines()]
    pairs = [("25", "60"), ("42", "100"), ("43", "102"), ("43", "103"), ("44", "104"), ("45", "108"), ("48", "113")]
    for pair in pairs:
        assert any(tuple(row[2:4]) == pair for row in rows)
    assert "BEK 1333/2025" in out
    assert ("2,28" if lang == "da" else "2.28") in out


def test_the_years_without_amounts_are_named(tmp_path: Path) -> None:
    out = run("thresholds", "--data", str(tmp_path))[1]
    [line] = [line for line in out.splitlines() if "thresholds add" in line]
    assert "2025" in line
    assert (date.today().year < 2026) or "2026" in line
    assert "2024" not in line


def test_a_year_of_ones_own_is_shown_and_no_longer_missing(tmp_path: Path) -> None:
    add(tmp_path, year="2025")
    out = run("thresholds", "--data", str(tmp_path))[1]
    assert "Ministeriets brev" in out
    assert not any("2025" in line for line in out.splitlines() if "thresholds add" in line)


# --- add --------------------------------------------------------------------------------------------------------------


def test_a_year_is_written_to_a_file_that_check_uses_and_names(tmp_path: Path) -> None:
    before = decision(tmp_path)
    assert (before["status"], before["amount"]["payable_dkk"]) == ("undetermined", None)
    status, out, err = add(tmp_path)
    assert (status, err) == (0, "")
    assert "thresholds_2026.toml" in out.replace("\n", "")
    found = decision(tmp_path)
    # 2 x 32 km x 2.28 kr. = 145.92 kr., which is more than 118 kr.
    assert (found["amount"]["payable_dkk"], found["amount"]["minimum_dkk"]) == ("145.92", "118.00")
    [own] = [each for each in found["parameters"] if each["name"] == "minimum_other"]
    assert (own["confidence"], own["source"], own["stands_in"]) == ("user", GOOD["--source"], None)
    text = " ".join(run("check", *IN_2026, "--data", str(tmp_path))[1].split())
    assert GOOD["--source"] in text


def test_the_file_is_plain_toml_with_everything_the_data_needs(tmp_path: Path) -> None:
    add(tmp_path, source='Brev "A\\B"\nside 2', pensioner="50,50")
    with (tmp_path / "thresholds_2026.toml").open("rb") as file:
        tables = tomllib.load(file)
    assert tables.keys() == {"minimum_pensioner", "minimum_other"}
    assert tables["minimum_pensioner"]["value"] == "50.50"
    assert (tables["minimum_other"]["from"], tables["minimum_other"]["to"]) == (date(2026, 1, 1), date(2026, 12, 31))
    assert tables["minimum_other"]["source"]["title"] == 'Brev "A\\B" side 2'
    assert run("thresholds", "check", "--data", str(tmp_path))[0] == 0


def test_the_folder_is_made_when_it_is_not_there(tmp_path: Path) -> None:
    assert add(tmp_path / "a" / "b")[0] == 0
    assert (tmp_path / "a" / "b" / "thresholds_2026.toml").is_file()


@pytest.mark.parametrize("year", ["2008", "2018", "2024"])
def test_a_year_that_is_known_is_refused_with_its_source(tmp_path: Path, year: str) -> None:
    status, out, err = add(tmp_path, year=year)
    assert (status, out) == (2, "")
    assert year in err
    assert list(tmp_path.iterdir()) == []


def test_a_year_of_ones_own_is_not_replaced_either(tmp_path: Path) -> None:
    add(tmp_path)
    written = (tmp_path / "thresholds_2026.toml").read_bytes()
    assert add(tmp_path, other="200")[0] == 2
    assert (tmp_path / "thresholds_2026.toml").read_bytes() == written


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("pensioner", "fifty", "--pensioner"),
        ("pensioner", "1.234", "--pensioner"),
        ("pensioner", "", "--pensioner"),
        ("other", "0", "--other"),
        ("other", "-118", "--other"),
        ("other", "118.005", "--other"),
        ("source", "  ", "--source"),
        ("source", "", "--source"),
        ("year", "twenty", "YEAR"),
        ("year", "26", "YEAR"),
        ("year", "2007", "YEAR"),
        ("year", "2100", "YEAR"),
        ("year", "../2026", "YEAR"),
        ("year", "²026", "YEAR"),
    ],
)
def test_what_cannot_be_an_amount_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    status, out, err = add(tmp_path / "own", **{name: value})
    assert (status, out) == (2, "")
    assert said in err
    assert not (tmp_path / "own").exists()


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    _, _, err = add(tmp_path, pensioner="x", other="y", source=" ", year="z")
    assert [name for name in ("YEAR", "--pensioner", "--other", "--source") if name not in err] == []


@pytest.mark.parametrize("left_out", ["--pensioner", "--other", "--source"])
def test_every_option_must_be_given(tmp_path: Path, left_out: str) -> None:
    options = [part for name, value in GOOD.items() if name not in ("YEAR", left_out) for part in (name, value)]
    status, out, err = run("thresholds", "add", "2026", *options, "--data", str(tmp_path))
    assert (status, out) == (2, "")
    assert left_out in err
    assert list(tmp_path.iterdir()) == []


def test_a_pair_that_no_index_gives_is_written_with_a_warning(tmp_path: Path) -> None:
    # 48 kr. needs a factor of at least 47.5/42 = 1.131 on the amounts of 2018; 107 kr. allows at most 1.075.
    status, _, err = add(tmp_path, pensioner="48", other="107")
    assert status == 0
    assert "107" in err
    assert (tmp_path / "thresholds_2026.toml").is_file()


# --- check ------------------------------------------------------------------------------------------------------------


def test_the_data_that_comes_along_is_in_order(tmp_path: Path) -> None:
    status, out, err = run("thresholds", "check", "--data", str(tmp_path))
    assert (status, err) == (0, "")
    # 8 files with two amounts each and 20 mileage rates.
    assert "36" in out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"50"', '"fifty"', "fifty"),
        ("unit =", "unti =", "unti"),
        ("from = 2026-01-01", "from = 2024-01-01", "overlap"),
        ("from = 2026-01-01", "from = 2025-01-01", "2025"),
    ],
)
def test_a_fault_in_ones_own_file_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    add(tmp_path)
    file = tmp_path / "thresholds_2026.toml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    status, out, err = run("thresholds", "check", "--data", str(tmp_path))
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("broken", ['"fifty"', '"50'])
def test_check_with_a_broken_file_of_ones_own_is_no_internal_error(tmp_path: Path, broken: str) -> None:
    add(tmp_path)
    file = tmp_path / "thresholds_2026.toml"
    file.write_text(file.read_text("utf-8").replace('"50"', broken, 1), encoding="utf-8")
    status, out, err = run("check", *IN_2026, "--data", str(tmp_path))
    assert (status, out) == (2, "")
    assert "thresholds_2026.toml" in err
