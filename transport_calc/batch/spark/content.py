"""Files as Spark hands them to a task: their bytes whole, so that our own readers find every fault there is."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from transport_calc.batch.read.block import Table
from transport_calc.batch.read.content import content_of_stream
from transport_calc.batch.read.source import tables_in


class File(NamedTuple):
    """One file of the batch: its number in the order of paths, its path and its bytes."""

    number: int
    path: str
    content: bytes

    def table(self, encoding: str | None) -> Table:
        """Its rows; of a workbook, those of the first sheet with receipts. Raises `InvalidInput`."""
        return tables_in(content_of_stream(BytesIO(self.content), name_of(self.path)), encoding=encoding)[0]


def name_of(path: str) -> str:
    """The name of a file without its folder."""
    return PurePosixPath(path).name


def files_in(batches: Iterator[Any], numbers: dict[str, int]) -> Iterator[File]:
    """The files in the record batches of `binaryFile`."""
    for batch in batches:
        for path, content in zip(batch.column("path"), batch.column("content"), strict=True):
            yield File(numbers[path.as_py()], path.as_py(), content.as_py())
