"""What cannot be written is named as the user named it, with the reason, and before any work if that can be known."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from transport_calc.batch.write.cannot_write import CannotWrite, writing
from transport_calc.batch.write.part import Part
from transport_calc.cli.app import app

RECEIPTS = (
    "sagsnr;dato;genoptræningsplan;pensionist;mobilitet;offentlig_takst\n"
    "A-1;13-05-2024;ja;ja;kan bruge offentlig transport;80,00\n"
)


@pytest.fixture
def receipts(tmp_path: Path) -> Path:
    path = tmp_path / "bilag.csv"
    path.write_text(RECEIPTS, "utf-8")
    return path


def batch(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["batch", *map(str, arguments)])


@pytest.mark.parametrize("option", ["--output", "--rejects", "--summary", "--report"])
def test_a_folder_that_does_not_exist(receipts: Path, option: str) -> None:
    missing = receipts.parent / "findes ikke" / "fil.csv"
    result = batch(receipts, "--output", receipts.parent / "ud.csv", option, missing)
    assert result.exit_code == 2
    assert f"»{missing}« kan ikke skrives: mappen findes ikke." in result.stderr
    assert [path.name for path in receipts.parent.iterdir()] == ["bilag.csv"]


@pytest.mark.parametrize("option", ["--summary", "--report"])
def test_what_cannot_be_written_beside_is_known_before_row_1(
    receipts: Path, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transport_calc.batch.run.open_tables", None)
    assert batch(receipts, "--output", receipts.parent / "ud.csv", option, receipts.parent / "nej" / "x").exit_code == 2


def test_a_folder_in_the_place_of_a_file(receipts: Path) -> None:
    result = batch(receipts, "--output", receipts.parent, "--lang", "en")
    assert result.exit_code == 2
    assert f'"{receipts.parent}" cannot be written: it is a folder.' in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "xlsx"])
def test_a_full_disk_is_not_blamed_on_the_receipts(receipts: Path, kind: str) -> None:
    result = batch(receipts, "--output", "/dev/full", "--rejects", receipts.parent / "afvist.csv", "--format", kind)
    assert result.exit_code == 2
    assert "»/dev/full« kan ikke skrives: der er ikke plads til den." in result.stderr
    assert "bilag.csv" not in result.stderr


def test_errors_about_other_files_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="gammel"), writing(tmp_path / "ny.csv"):
        (tmp_path / "gammel.csv").read_bytes()
    with pytest.raises(BrokenPipeError), writing(tmp_path / "ny.csv"):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")
    with pytest.raises(CannotWrite) as failed, writing(tmp_path / "ny.csv"):
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / ".ny.csv.part"))
    assert failed.value.filename == str(tmp_path / "ny.csv")


def test_a_disk_that_fills_up_leaves_the_old_output_and_nothing_else(
    receipts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = receipts.parent / "ud.csv"
    output.write_text("gammel", "utf-8")

    def full(part: Part) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Part, "size", full)
    result = batch(receipts, "--output", output, "--report", receipts.parent / "rapport.html")
    assert result.exit_code == 2
    assert f"»{output}« kan ikke skrives: der er ikke plads til den." in result.stderr
    assert output.read_text("utf-8") == "gammel"
    assert sorted(path.name for path in receipts.parent.iterdir()) == ["bilag.csv", "ud.csv"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_device_has_no_rejects_beside_it(receipts: Path) -> None:
    receipts.write_text(f"{RECEIPTS}A-2;31-02-2024;ja;ja;kan bruge offentlig transport;80,00\n", "utf-8")
    result = batch(receipts, "--output", "/dev/null")
    assert result.exit_code == 4
    assert "3: dato: Datoen »31-02-2024« findes ikke." in result.stderr
    assert not Path("/dev/null.rejects.csv").exists()
