"""From the command line to tables: files, patterns, pipes and what is compressed."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from transport_calc.batch.read.block import Table, rows_in
from transport_calc.batch.read.content import content_of_stream
from transport_calc.batch.read.rows import Row
from transport_calc.batch.read.source import open_tables
from transport_calc.faults import InvalidInput

CSV = b"sagsnr;dato\n1;13-05-2024\n2;14-05-2024\n"


def rows_of(table: Table) -> list[tuple[str, ...] | str]:
    rows = [row for block in table.blocks() for row in rows_in(block, table.layout)]
    return [row.cells if isinstance(row, Row) else row.code for row in rows]


def codes(*files: str, sheet: str | None = None) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        open_tables(files, sheet=sheet)
    return [fault.code for fault in caught.value.faults]


ROWS = [("1", "13-05-2024"), ("2", "14-05-2024")]


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.dat"])
@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, lambda content: gzip.compress(CSV[:20]) + gzip.compress(CSV[20:])]
)
def test_compressed_or_not_is_seen_from_the_bytes(tmp_path: Path, name: str, pack: object) -> None:
    (tmp_path / name).write_bytes(pack(CSV))  # type: ignore[operator]
    (table,) = open_tables([str(tmp_path / name)])
    assert table.name == name
    assert rows_of(table) == rows_of(table) == ROWS


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("seekable", [True, False])
def test_several_may_read_a_stream_at_the_same_time(pack: Callable[[bytes], bytes], seekable: bool) -> None:
    stream = io.BytesIO(pack(CSV))
    stream.seekable = lambda: seekable  # type: ignore[method-assign]
    (table,) = open_tables(["-"], stdin=stream)
    one, other = table.blocks(), table.glance(["1"])
    assert (next(one).cells["1"].to_list(), next(other)["1"].to_list()) == (["13-05-2024", "14-05-2024"],) * 2
    content = content_of_stream(io.BytesIO(pack(CSV)))
    with content.open() as first, content.open() as second:
        assert first.read(3) + second.read(6) + first.read(3) == CSV[:3] + CSV[:6] + CSV[3:6]
        assert (first.seek(-4, io.SEEK_END), first.read()) == (len(CSV) - 4, CSV[-4:])
        assert (second.seek(2, io.SEEK_CUR), second.read(1)) == (8, CSV[8:9])


@pytest.mark.parametrize("lost", [1, 8, 9])
def test_rows_before_the_end_of_a_damaged_file_are_read(tmp_path: Path, lost: int) -> None:
    whole = gzip.compress(CSV)
    (tmp_path / "a.gz").write_bytes(whole[:-lost])
    (table,) = open_tables([str(tmp_path / "a.gz")])
    rows = rows_of(table)
    assert rows[-1] == "truncated_gzip"
    assert ROWS[: len(rows) - 1] == rows[:-1]


def test_a_compressed_file_whose_sum_is_wrong(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(CSV))
    whole[-8] ^= 1
    (tmp_path / "a.gz").write_bytes(whole)
    (table,) = open_tables([str(tmp_path / "a.gz")])
    assert rows_of(table) == [*ROWS, "truncated_gzip"]


@pytest.mark.parametrize("content", [CSV, gzip.compress(CSV)])
def test_a_pipe_is_read_like_a_file(content: bytes) -> None:
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        (table,) = open_tables(["-"], stdin=pipe)
    assert table.name == "-"
    assert rows_of(table) == ROWS


def test_standard_input_may_be_json_lines() -> None:
    (table,) = open_tables(["-"], stdin=io.BytesIO(b'\n {"dato": "2024-05-13"}\n'))
    assert rows_of(table) == [("2024-05-13",)]


def test_a_pattern_stands_for_its_files_by_name(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_bytes(CSV)
    (tmp_path / "d.csv").mkdir()
    assert [table.name for table in open_tables([str(tmp_path / "*.csv"), str(tmp_path / "c.txt")])] == [
        "a.csv",
        "b.csv",
        "c.txt",
    ]


def test_a_name_that_looks_like_a_pattern_is_a_name_if_there_is_such_a_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].csv").write_bytes(CSV)
    assert [table.name for table in open_tables([str(tmp_path / "a[1].csv")])] == ["a[1].csv"]


def test_what_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(CSV)
    (tmp_path / "empty.csv").write_bytes(b"")
    good, empty = str(tmp_path / "a.csv"), str(tmp_path / "empty.csv")
    assert codes(str(tmp_path / "*.xml")) == ["nothing_matches"]
    assert codes(str(tmp_path)) == ["is_folder"]
    assert codes(empty) == ["empty_file"]
    assert codes(good, empty) == ["unusable_file", "empty_file"]
    assert codes(good, str(tmp_path / "*.csv")) == ["file_twice"]
    assert codes(good, sheet="Ark1") == ["sheet_without_workbook"]
    with pytest.raises(FileNotFoundError):
        open_tables([str(tmp_path / "none.csv")])
