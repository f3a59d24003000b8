"""Writing while the next block is decided changes nothing about what is written."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import polars as pl
import pytest
from endless_batch import HEAD, SIZE
from written_blocks import numbered

from transport_calc.batch.output import Output
from transport_calc.batch.output_columns import OutputColumns
from transport_calc.batch.write_behind import WriteBehind
from transport_calc.batch.write_csv import CsvWriter, RejectCsvWriter

BLOCKS = 5


class Failing(CsvWriter):
    def append(self, rows: pl.DataFrame, stream: BinaryIO) -> None:
        raise OSError(28, "No space left on device")


def output(folder: Path, writer: CsvWriter | None = None, *, resume: bool = False) -> Output:
    return Output(
        folder / "out.csv",
        writer or CsvWriter(OutputColumns()),
        rejects=folder / "out.rejects.csv",
        reject_writer=RejectCsvWriter(),
        head=HEAD,
        resume=resume,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_bytes_as_one_after_the_other(tmp_path: Path) -> None:
    alone, behind = tmp_path / "alone", tmp_path / "behind"
    alone.mkdir()
    behind.mkdir()
    with output(alone) as target:
        for number in range(BLOCKS):
            target.write(numbered(number * SIZE + 1, SIZE), {})
        target.finish()
    with output(behind) as target:
        with WriteBehind(target) as writing:
            for number in range(BLOCKS):
                writing.write(numbered(number * SIZE + 1, SIZE), {})
        assert target.done_blocks == BLOCKS
        target.finish()
    assert contents(behind) == contents(alone)


def test_an_error_of_writing_reaches_the_caller(tmp_path: Path) -> None:
    with output(tmp_path, Failing(OutputColumns())) as target:
        writing = WriteBehind(target)
        writing.write(numbered(1, SIZE), {})
        with pytest.raises(OSError, match="No space"):
            writing.settle()
    assert contents(tmp_path) == {}


def test_what_was_handed_over_is_written_before_an_error_of_the_caller_is_passed_on(tmp_path: Path) -> None:
    def fail() -> None:
        with output(tmp_path, resume=True) as target, WriteBehind(target) as writing:
            writing.write(numbered(1, SIZE), {"rows": SIZE})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with output(tmp_path, resume=True) as target:
        assert (target.done_blocks, target.state) == (1, {"rows": SIZE})
