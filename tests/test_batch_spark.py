"""The batch on Spark gives what the local engine gives: same rows, same bytes, none lost."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from random_receipts import columns, receipt
from typer.testing import CliRunner

from transport_calc.batch.run import Job, run_batch
from transport_calc.batch.spark import session as spark_sessions
from transport_calc.batch.spark.job import run_on_spark
from transport_calc.batch.spark.session import spark_session
from transport_calc.cli.batch import app
from transport_calc.faults import InvalidInput
from transport_calc.parameters import Parameters

EXAMPLES = Path(__file__).parent.parent / "data" / "examples"
MISSING = [name for name in ("pyspark", "pyarrow", "pandas") if find_spec(name) is None]
MISSING += [] if shutil.which("java") else ["java"]
on_spark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (make spark)")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    session = spark_session("local[2]")
    session.conf.set("spark.sql.shuffle.partitions", "2")
    yield session
    session.stop()


def parts(folder: Path) -> list[str]:
    assert (folder / "_SUCCESS").exists()
    return [path.read_bytes().decode() for path in sorted(folder.glob("part-*"))]


def joined(folder: Path) -> str:
    """The files of a folder as one: the header once."""
    texts = parts(folder)
    header = texts[0].splitlines(keepends=True)[0]
    assert all(text.startswith(header) for text in texts)
    return header + "".join(text.removeprefix(header) for text in texts)


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", strict=True))


def counts(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text(encoding="utf-8"))
    return {key: value for key, value in found.items() if key not in ("elapsed_seconds", "rows_per_second")}


@on_spark
def test_one_file_to_the_byte(spark: Any, tmp_path: Path) -> None:
    files = [str(EXAMPLES / "receipts_2024.csv")]
    said_here: list[str] = []
    said_there: list[str] = []
    here = run_batch(Job(files, str(tmp_path / "here.csv")), Parameters(), notify=said_here.append)
    there = run_on_spark(Job(files, str(tmp_path / "there")), Parameters(), notify=said_there.append, session=spark)
    assert there == here
    assert here.rows_read == there.decided + there.undetermined + there.rejected > 0
    assert said_there == said_here
    assert joined(tmp_path / "there") == (tmp_path / "here.csv").read_text(encoding="utf-8")
    assert joined(tmp_path / "there.rejects.csv") == (tmp_path / "here.rejects.csv").read_text(encoding="utf-8")


def random_file(random: Random, rows: int, *, visits: str) -> str:
    """A file with persons who repeat themselves, attendances of several receipts, and rows that are damaged."""
    names = [name for name in columns(random, 6) if name != "case_id"]
    lines = [";".join(["cpr", "fremmøde", "tur", "note", *names])]
    for number in range(rows):
        who = [f"010190-{random.randint(1, 9):04}", random.choice(["", f"{visits}{number // 3}"])]
        cells = [*who, random.choice(["", "ud", "hjem"]), f'"a; {number}"', *receipt(random, names)]
        lines.append(";".join(cells))
        if random.random() < 0.2:
            lines.append(random.choice(["kun;tre;celler", lines[-1], "", '"åben;' + lines[-1], "x" + lines[-1]]))
    return "\n".join(lines) + "\n"


@on_spark
def test_folder_to_the_byte(spark: Any, tmp_path: Path) -> None:
    random = Random(20240513)
    folder = tmp_path / "receipts"
    folder.mkdir()
    texts = [random_file(random, 40, visits=f"{name}-") for name in "abc"]
    (folder / "a.csv").write_bytes(texts[0].encode("cp1252"))
    (folder / "b.csv").write_bytes(gzip.compress(texts[1].encode()))
    (folder / "c.csv").write_bytes(texts[2].encode("utf-16"))
    # The same receipts once more: every one that can be compared repeats a row of another file.
    (folder / "d.csv").write_bytes(texts[0].replace("a-", "d-").encode())
    (folder / "e.jsonl").write_text('{"trip_date": "2024-05-13", "case_id": "æ", "note": "=1"}\n', encoding="utf-8")
    (folder / "_not_receipts").write_text("hidden from Spark", encoding="utf-8")
    wishes = {"excel": True, "keep_person": True, "lang": "en"}
    here = Job(
        [str(path) for path in sorted(folder.glob("[a-e]*"))],
        str(tmp_path / "here.csv"),
        summary=tmp_path / "here.json",
        **wishes,
    )
    there = Job([str(folder)], str(tmp_path / "there"), summary=tmp_path / "there.json", **wishes)
    summary = run_batch(here, Parameters(), notify=lambda _: None)
    assert run_on_spark(there, Parameters(), notify=lambda _: None, session=spark) == summary
    assert summary.rejected > 10
    assert summary.decided > 10
    written = joined(tmp_path / "there")
    assert written.encode() == (tmp_path / "here.csv").read_bytes()
    assert "possible_duplicate:a.csv:" in written
    rejects = table(joined(tmp_path / "there.rejects.csv"))
    assert {row[0] for row in rejects} >= {"file", "a.csv", "d.csv"}
    assert [row[1:] for row in rejects] == table((tmp_path / "here.rejects.csv").read_bytes().decode())
    assert counts(tmp_path / "there.json") == counts(tmp_path / "here.json")


HEADER = "cpr;fremmøde;tur;dato;formål;genoptræningsplan;pensionist;afstand_km;mobilitet;transportmiddel;beløb;note\n"
TRIP = "13-05-2024;genoptræning;ja;nej;60;kan ikke bruge offentlig transport;flextur"


RECEIPTS = {
    # In 2024 a cost must be above 113 kroner for others than pensioners, in 2022 above 104.
    "a.csv": [
        f"P1;F1;ud;{TRIP};60,00;first",
        f"P1;F1;hjem;{TRIP};60,00;second",
        f"P2;F1;;{TRIP};110,00;stranger",
        f"P3;F9;ud;{TRIP};many;bad",
    ],
    # The visit numbers begin again.
    "b.csv": [f"P1;F1;ud;{TRIP};60,00;once more", f"P3;F9;hjem;{TRIP};20,00;not with the bad one"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "receipts"
    folder.mkdir()
    for name, lines in RECEIPTS.items():
        (folder / name).write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def by_both(folder: Path, output: str, session: Any, **wishes: Any) -> tuple[Path, Path]:
    """The outputs of the local engine and of Spark; what else they give is found to be the same."""
    here, there = folder.parent / f"here{output}", folder.parent / f"there{output}"
    files = [str(folder / name) for name in RECEIPTS]
    summary = run_batch(Job(files, str(here), **wishes), Parameters(), notify=lambda _: None)
    job = Job([str(folder)], str(there), **wishes)
    assert run_on_spark(job, Parameters(), notify=lambda _: None, session=session) == summary
    assert (summary.rows_read, summary.rejected) == (6, 1)
    rejects = table(joined(folder.parent / "there.rejects.csv"))
    assert [row[1:] for row in rejects] == table((folder.parent / "here.rejects.csv").read_text(encoding="utf-8"))
    assert [row[:4] for row in rejects[1:]] == [["a.csv", "5", "beløb", "not_a_number"]]
    return here, there


@on_spark
def test_an_attendance_stays_within_its_file(spark: Any, folder: Path) -> None:
    here, there = by_both(folder, ".csv", spark)
    assert joined(there).encode() == here.read_bytes()
    head, *rows = table(joined(there))
    # Of a trip with one receipt only, what it cost is not known.
    columns = [head.index(name) for name in ("file", "row", "rows", "outcome", "payable_dkk", "warnings", "note")]
    assert [[row[at] for at in columns] for row in rows] == [
        ["a.csv", "2", "2", "entitled", "120.00", "", "first"],
        ["a.csv", "4", "1", "below_minimum", "0.00", "", "stranger"],
        ["b.csv", "2", "1", "entitled", "", "missing_leg:hjem;possible_duplicate:a.csv:2", "once more"],
        ["b.csv", "3", "1", "entitled", "", "missing_leg:ud", "not with the bad one"],
    ]


@on_spark
def test_the_law_of_another_day(spark: Any, folder: Path) -> None:
    here, there = by_both(folder, ".parquet", spark, lang="en", as_of_law=date(2022, 6, 1))
    found = pl.read_parquet(sorted(there.glob("*.parquet")))
    assert_frame_equal(found, pl.read_parquet(here))
    assert found["outcome"].to_list() == ["entitled"] * 4
    assert found["payable_dkk"].to_list() == [Decimal("120.00"), Decimal("110.00"), None, None]
    assert found["warnings"].to_list() == [
        ["law_of:2022-06-01"],
        ["law_of:2022-06-01"],
        ["missing_leg:hjem", "law_of:2022-06-01", "possible_duplicate:a.csv:2"],
        ["missing_leg:ud", "law_of:2022-06-01"],
    ]


def refused(job: Job, session: Any = None) -> list[str]:
    with pytest.raises(InvalidInput) as invalid:
        run_on_spark(job, Parameters(), session=session)
    return [fault.code for fault in invalid.value.faults]


@on_spark
def test_what_cannot_be_used_stops_before_row_1(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    good = str(EXAMPLES / "receipts_2024.csv")
    new = str(tmp_path / "new")
    assert refused(Job([good], str(tmp_path / "old")), spark) == ["spark_output_exists"]
    assert refused(Job([str(tmp_path / "nothing.csv")], new), spark) == ["nothing_matches"]
    assert refused(Job([str(tmp_path / "old")], new), spark) == ["nothing_matches"]
    assert refused(Job([good, good], new), spark) == ["file_twice"]
    assert refused(Job([good, str(EXAMPLES / "wrong_columns.csv")], new), spark)[0] == "unusable_file"
    assert not Path(new).exists()


@pytest.mark.parametrize(
    ("job", "fault"),
    [
        (Job(["a.csv"], "-"), "spark_needs_folder"),
        (Job(["-"], "out"), "spark_option"),
        (Job(["a.csv"], "out", resume=True), "spark_option"),
        (Job(["a.csv"], "out", sheet="1"), "spark_option"),
        (Job(["a.csv"], "out.xlsx"), "spark_kind"),
    ],
)
def test_wishes_of_the_local_engine_are_refused(job: Job, fault: str) -> None:
    assert refused(job) == [fault]


def test_a_day_without_known_law_is_refused() -> None:
    assert refused(Job(["a.csv"], "out", as_of_law=date(1900, 1, 1))) == ["before_first_order"]


def test_without_pyspark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(spark_sessions, "find_spec", lambda name: None)
    arguments = [str(EXAMPLES / "receipts_2024.csv"), "--engine", "spark", "-o", str(tmp_path / "out"), "--lang", "en"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert 'pip install "transport_calc[batch,spark]"' in result.stderr
    assert not (tmp_path / "out").exists()
