"""Each of the dirty files: the rows that are well are decided, the others are rejected with the right words."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from dirty_examples import EXAMPLES, FOLDER, Example, readme
from typer.testing import CliRunner

from transport_calc.cli.app import app

each = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))


@each
def test_a_file_is_read_as_it_comes(example: Example, tmp_path: Path) -> None:
    output, rejects = tmp_path / "out.csv", tmp_path / "rejects.csv"
    arguments = ["batch", str(FOLDER / example.name), "--output", str(output), "--rejects", str(rejects)]
    result = CliRunner().invoke(app, [*arguments, "--lang", "da"])
    assert result.exit_code in (0, 4), result.stderr
    told = rejects.read_bytes().decode()
    found = tuple((int(row["row"]), row["column"], row["code"]) for row in read(told))
    assert found == example.rejected
    assert len(read(output.read_bytes().decode())) == example.rows
    assert told == (FOLDER / f"{example.name}.rejects.csv").read_bytes().decode()


def test_the_good_rows_of_all_files_get_the_same_decision(tmp_path: Path) -> None:
    """A pensioner to training after hospital by bus for 80 kr.: more than the minimum of 48, so 80 it is."""
    for name in ("bom.csv", "cp1252.csv", "utf16.csv", "sep.csv", "tab.csv", "comma.csv", "packed.csv.gz", "nul.csv"):
        output = tmp_path / "out.csv"
        CliRunner().invoke(app, ["batch", str(FOLDER / name), "--output", str(output)])
        assert {(row["outcome"], row["payable_dkk"]) for row in read(output.read_text(encoding="utf-8"))} == {
            ("entitled", "80.00")
        }, name


@each
def test_the_files_are_those_described(example: Example) -> None:
    # What is compressed depends on the library that did it.
    if not example.name.endswith((".gz", ".xlsx")):
        assert (FOLDER / example.name).read_bytes() == example.content


def test_the_folder_holds_these_files_and_no_others() -> None:
    names = {example.name for example in EXAMPLES}
    assert {path.name for path in FOLDER.iterdir()} == names | {f"{name}.rejects.csv" for name in names} | {"README.md"}
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == readme()
