"""The files of a batch as Spark sees them, and their heads: everything that must be right before row 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from transport_calc.batch.spark.content import name_of
from transport_calc.batch.spark.head import Head, head_from
from transport_calc.batch.spark.look import HEAD
from transport_calc.faults import Fault, InvalidInput, safe

LARGEST_FILE = 1 << 30
"""Bytes. One task holds a file whole, and Arrow carries less than twice this in one value."""


class Files(NamedTuple):
    """The files of the batch by number, and the frame of their paths and contents."""

    paths: tuple[str, ...]
    content: Any

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files without their folders."""
        return tuple(map(name_of, self.paths))

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each file by its path."""
        return {path: number for number, path in enumerate(self.paths)}


def _listed(spark: Any, paths: Sequence[str]) -> Any:
    """The files at `paths` as Spark sees them, nothing read yet; `None` if a path does not exist."""
    from pyspark.errors import AnalysisException

    try:
        return spark.read.format("binaryFile").load(list(paths))
    except AnalysisException as error:
        if error.getCondition() != "PATH_NOT_FOUND":
            raise
        return None


def files_of(spark: Any, named: Sequence[str]) -> Files:
    """The files in what was named: files, patterns, folders. Raises `InvalidInput`."""
    missing = [name for name in named if _listed(spark, [name]) is None]
    if missing:
        raise InvalidInput([Fault("nothing_matches", "", safe(name)) for name in missing])
    content = _listed(spark, named)
    listed = sorted((row.path, row.length) for row in content.select("path", "length").collect())
    paths = [path for path, _ in listed]
    faults = [Fault("file_twice", "", safe(name_of(path))) for path in set(paths) if paths.count(path) > 1]
    faults += [Fault("spark_file_too_large", "", safe(name_of(path))) for path, size in listed if size > LARGEST_FILE]
    if not paths:
        faults = [Fault("nothing_matches", "", safe(name)) for name in named]
    if faults:
        raise InvalidInput(faults)
    return Files(tuple(paths), content.select("path", "content"))


def heads_of(looked: Any, files: Files) -> tuple[Head, ...]:
    """The heads of all files by number. Raises `InvalidInput` if one cannot be used."""
    from pyspark.sql import functions as f

    found = looked.where(f.col("kind") == HEAD).select("place", "head").collect()
    heads = tuple(head_from(text) for _, text in sorted((row.place, row.head) for row in found))
    assert len(heads) == len(files.paths), "a file was not looked at"
    faults = []
    for name, head in zip(files.names, heads, strict=True):
        if head.faults and len(heads) > 1:
            faults.append(Fault("unusable_file", "", safe(name)))
        faults += head.faults
    if faults:
        raise InvalidInput(faults)
    return heads


def refuse_existing(spark: Any, folders: Sequence[str]) -> None:
    """Raises `InvalidInput` if one of the output folders is there already."""
    faults = [Fault("spark_output_exists", "", safe(name_of(each))) for each in folders if _listed(spark, [each])]
    if faults:
        raise InvalidInput(faults)
