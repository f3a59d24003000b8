"""Rows that are alike, found among any number of rows in little memory: what does not fit waits in files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

IN_MEMORY = 3_000_000
"""Rows held at once; a few whole numbers each."""


class Alike:
    """Collects frames with a `place` and a few columns, and finds the places whose other columns are the same."""

    def __init__(self, columns: Sequence[str], in_memory: int = IN_MEMORY) -> None:
        self._columns = list(columns)
        self._in_memory = in_memory
        self._frames: list[pl.DataFrame] = []
        self._held = 0
        self._rows = 0
        self._folder: TemporaryDirectory[str] | None = None
        self._files: list[Path] = []

    def add(self, frame: pl.DataFrame) -> None:
        """Add rows."""
        self._frames.append(frame)
        self._held += len(frame)
        self._rows += len(frame)
        if self._held > self._in_memory:
            self._store()

    def find(self) -> pl.DataFrame:
        """The `place` of every row that is not alone, with the `first` place of those like it, by place."""
        if not self._files:
            parts = [self._of(pl.concat(self._frames))] if self._frames else []
        else:
            self._store()
            shares = 1 + self._rows // self._in_memory
            parts = [self._of(self._share(share, shares)) for share in range(shares)]
        if self._folder is not None:
            self._folder.cleanup()
        empty = pl.DataFrame(schema={"place": pl.Int64, "first": pl.Int64})
        return pl.concat([empty, *parts]).sort("place")

    def _store(self) -> None:
        if not self._frames:
            return
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="transport-calc-")
        path = Path(self._folder.name) / f"{len(self._files)}.arrow"
        pl.concat(self._frames).write_ipc(path)
        self._files.append(path)
        self._frames, self._held = [], 0

    def _share(self, share: int, shares: int) -> pl.DataFrame:
        found = [pl.scan_ipc(path).filter(pl.col(self._columns[0]) % shares == share).collect() for path in self._files]
        return pl.concat(found)

    def _of(self, frame: pl.DataFrame) -> pl.DataFrame:
        # A first look by one number leaves few rows to compare in full.
        single = len(self._columns) == 1
        numbers = frame[self._columns[0]] if single else frame.select(self._columns).hash_rows()
        found = frame.filter(numbers.is_in(_repeated(numbers).implode()))
        first = pl.col("place").min().over(self._columns).alias("first")
        several = pl.len().over(self._columns) > 1
        return found.filter(several).select("place", first)


def _repeated(numbers: pl.Series) -> pl.Series:
    """The numbers that stand there more than once. In order they lie side by side; to look each up takes longer."""
    ordered = numbers.sort()
    return ordered.filter(ordered == ordered.shift(-1)).unique()
