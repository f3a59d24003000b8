"""One receipts file from end to end: read, decide, write, count."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from transport_calc.batch.block import Table, rows_in
from transport_calc.batch.complete_file import STDOUT, complete_file
from transport_calc.batch.content import STDIN
from transport_calc.batch.decide_rows import (
    DecisionView,
    Reject,
    RejectedRow,
    RowDecider,
    VisitKey,
    decide_rows,
    repeated_visits,
)
from transport_calc.batch.layout import VISIT
from transport_calc.batch.rows import BrokenRow, Row
from transport_calc.batch.source import open_tables
from transport_calc.batch.summary import Summary, Tally
from transport_calc.batch.writer import DecisionWriter, Format, RejectWriter
from transport_calc.facts import Case
from transport_calc.faults import Fault, InvalidInput, safe


def run_batch(
    source: BinaryIO | Path,
    *,
    decide: Callable[[Case], DecisionView],
    output: str | Path,
    rejects: str | Path | None = None,
    lang: str = "da",
    kind: Format | None = None,
    encoding: str | None = None,
    keep_person: bool = False,
    notify: Callable[[str], None] | None = None,
) -> Summary:
    """Decide every row of `source` and write the decisions to `output`, the rejected rows to `rejects`.

    `output` may be `-`; `rejects` is beside the output unless given, and goes to `notify` line by line if there is
    no file to put it beside. `kind` follows the ending of `output` unless given. `notify` takes warnings about the
    file, as sentences (standard error if not given). Raises `InvalidInput` before row 1 if the file cannot be used;
    then, and if anything else fails, no output appears.
    """
    say = notify or _to_stderr
    rejects = rejects if rejects is not None else default_rejects(output)
    _refuse_one_file_twice(source, output, rejects)
    (table,) = _opened(source, encoding)
    layout = table.layout
    grouped = _grouped(table)
    with ExitStack() as files:
        for notice in table.notices:
            say(notice.sentence(lang))
        decider = RowDecider(layout, decide, lang=lang, keep_person=keep_person, grouped=grouped)
        reader = _Reader(table)
        tally = Tally()
        output_stream = files.enter_context(complete_file(output))
        writer = DecisionWriter(output_stream, layout, kind or _kind_of(output), keep_person=keep_person)
        write_reject = _told(say)
        if rejects is not None:
            write_reject = RejectWriter(files.enter_context(complete_file(rejects))).write
        for row in decide_rows(reader.rows(), decider):
            tally.add(row)
            if isinstance(row, RejectedRow):
                for reject in row.rejects:
                    write_reject(reject)
            else:
                writer.write(row)
        # Before the files are closed: if the rows do not add up, neither of them appears.
        return tally.summary(rows_read=reader.read, blank=reader.blank, total_lines=reader.totals)


def default_rejects(output: str | Path) -> Path | None:
    """The rejects file that belongs to `output`: beside it, or none for standard output."""
    if str(output) == STDOUT:
        return None
    path = Path(output)
    return path.with_name(f"{path.stem}.rejects.csv")


class _Reader:
    """Passes rows on and counts what it saw, apart from what becomes of them later."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.read = 0
        self.blank = table.layout.blank
        self.totals = 0

    def rows(self) -> Iterator[Row | BrokenRow]:
        for block in self._table.blocks():
            self.read += block.cells.height + len(block.broken)
            self.blank += block.blank
            self.totals += block.totals
            yield from rows_in(block, self._table.layout)


def _grouped(table: Table) -> frozenset[VisitKey]:
    # A row cannot know whether a later one belongs to the same attendance, so those are looked for beforehand.
    if VISIT not in table.layout.known:
        return frozenset()
    rows = (row for block in table.blocks() for row in rows_in(block, table.layout) if isinstance(row, Row))
    return repeated_visits(rows, table.layout)


def _opened(source: BinaryIO | Path, encoding: str | None) -> list[Table]:
    if isinstance(source, Path):
        return open_tables([str(source)], encoding=encoding)
    return open_tables([STDIN], encoding=encoding, stdin=source)


def _kind_of(output: str | Path) -> Format:
    return "jsonl" if str(output).lower().endswith(".jsonl") else "csv"


def _refuse_one_file_twice(source: BinaryIO | Path, output: str | Path, rejects: str | Path | None) -> None:
    named = [source] if isinstance(source, Path) else []
    named += [Path(path) for path in (output, rejects) if path is not None]
    files = [path if str(path) == STDOUT else path.resolve() for path in named]
    for path in files:
        # A device such as the null device takes everything and keeps nothing, so it may be named twice.
        if files.count(path) > 1 and (path.is_file() or not path.exists()):
            raise InvalidInput([Fault("same_file", "", safe(path.name))])


def _told(say: Callable[[str], None]) -> Callable[[Reject], None]:
    return lambda reject: say(f"{reject.row}: {reject.message}")


def _to_stderr(sentence: str) -> None:
    print(sentence, file=sys.stderr)
