"""From what stands on the command line to tables: files, patterns, standard input; CSV, workbook or JSON lines."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from transport_calc.batch.read.block import Table
from transport_calc.batch.read.content import STDIN, Content, content_of_file, content_of_stream
from transport_calc.batch.read.csv_blocks import CsvTable
from transport_calc.batch.read.json_lines import JsonTable, is_json_lines
from transport_calc.batch.read.workbook import is_workbook, open_sheets
from transport_calc.faults import Fault, InvalidInput, safe


def open_tables(
    files: Sequence[str], *, encoding: str | None = None, sheet: str | None = None, stdin: BinaryIO | None = None
) -> list[Table]:
    """The tables in `files`, in their order; a pattern such as `*.csv` stands for its files by name, `-` for `stdin`.

    `encoding` overrides what the bytes of a file say; `sheet` chooses sheets of workbooks (name, number from 1, or
    `all`). Raises `InvalidInput` or `OSError` if any of the files cannot be used.
    """
    names = _expanded(files)
    tables: list[Table] = []
    chosen = False
    for name in names:
        try:
            content = _content(name, stdin)
            chosen = chosen or is_workbook(content)
            tables += tables_in(content, encoding=encoding, sheet=sheet)
        except InvalidInput as invalid:
            if len(names) == 1:
                raise
            raise InvalidInput([Fault("unusable_file", "", safe(name)), *invalid.faults]) from None
    if sheet is not None and not chosen:
        raise InvalidInput([Fault("sheet_without_workbook", "--sheet", safe(sheet))])
    return tables


def tables_in(content: Content, *, encoding: str | None = None, sheet: str | None = None) -> Sequence[Table]:
    """The tables in one file: one, or the chosen sheets of a workbook. Raises `InvalidInput`."""
    if is_workbook(content):
        return open_sheets(content, sheet)
    if is_json_lines(content):
        return [JsonTable(content, encoding=encoding)]
    return [CsvTable(content, encoding=encoding)]


def _expanded(files: Sequence[str]) -> list[str]:
    names = [name for file in files for name in _files_named(file)]
    seen: set[Path | str] = set()
    for name in names:
        place = name if name == STDIN else Path(name).resolve()
        if place in seen:
            raise InvalidInput([Fault("file_twice", "", safe(name))])
        seen.add(place)
    return names


def _files_named(file: str) -> Iterator[str]:
    if file == STDIN or Path(file).is_file() or not glob.has_magic(file):
        yield file
        return
    # Windows leaves patterns to the program, and so does a quoted one.
    matching = glob.glob(file, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
    found = sorted(name for name in matching if Path(name).is_file())
    if not found:
        raise InvalidInput([Fault("nothing_matches", "", safe(file))])
    yield from found


def _content(name: str, stdin: BinaryIO | None) -> Content:
    if name == STDIN:
        return content_of_stream(stdin or sys.stdin.buffer)
    path = Path(name)
    if path.is_dir():
        raise InvalidInput([Fault("is_folder", "", safe(name))])
    if path.exists() and not path.is_file():
        with path.open("rb") as pipe:
            return content_of_stream(pipe, path.name)
    return content_of_file(path)
