"""One receipts file from end to end: read, decide, write, count."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from transport_calc.batch.complete_file import STDOUT, complete_file
from transport_calc.batch.decide_rows import (
    DecisionView,
    Reject,
    RejectedRow,
    RowDecider,
    VisitKey,
    decide_rows,
    repeated_visits,
)
from transport_calc.batch.decode import Encoding, find_encoding, open_text
from transport_calc.batch.layout import VISIT, Layout, Lines, read_layout
from transport_calc.batch.notice import Notice
from transport_calc.batch.rows import BrokenRow, Row, Skipped, read_rows
from transport_calc.batch.summary import Summary, Tally
from transport_calc.batch.writer import DecisionWriter, Format, RejectWriter
from transport_calc.facts import Case
from transport_calc.faults import Fault, InvalidInput, safe

_IN_MEMORY = 16 << 20


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
    with _seekable(source) as stream:
        found = find_encoding(stream, encoding)
        grouped = _grouped(stream, found)
        with _reading(stream, found) as (lines, layout), ExitStack() as files:
            for notice in _notices(found, layout):
                say(notice.sentence(lang))
            decider = RowDecider(layout, decide, lang=lang, keep_person=keep_person, grouped=grouped)
            reader = _Reader(layout)
            tally = Tally()
            output_stream = files.enter_context(complete_file(output))
            writer = DecisionWriter(output_stream, layout, kind or _kind_of(output), keep_person=keep_person)
            write_reject = _told(say)
            if rejects is not None:
                write_reject = RejectWriter(files.enter_context(complete_file(rejects))).write
            for row in decide_rows(reader.rows(lines), decider):
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

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.read = 0
        self.blank = layout.blank
        self.totals = 0

    def rows(self, lines: Lines) -> Iterator[Row | BrokenRow]:
        for row in read_rows(lines, self._layout):
            if not isinstance(row, Skipped):
                self.read += 1
                yield row
            elif row.kind == "blank":
                self.blank += 1
            else:
                self.totals += 1


@contextmanager
def _reading(stream: BinaryIO, encoding: Encoding) -> Iterator[tuple[Lines, Layout]]:
    with open_text(stream, encoding) as text:
        lines = enumerate(text, 1)
        yield lines, read_layout(lines)


def _grouped(stream: BinaryIO, encoding: Encoding) -> frozenset[VisitKey]:
    # A row cannot know whether a later one belongs to the same attendance, so those are looked for beforehand.
    with _reading(stream, encoding) as (lines, layout):
        if VISIT not in layout.known:
            return frozenset()
        return repeated_visits((row for row in read_rows(lines, layout) if isinstance(row, Row)), layout)


def _notices(encoding: Encoding, layout: Layout) -> list[Notice]:
    return ([encoding.notice] if encoding.notice else []) + list(layout.notices)


@contextmanager
def _seekable(source: BinaryIO | Path) -> Iterator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield stream
    elif source.seekable():
        yield source
    else:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
            shutil.copyfileobj(source, copy)
            yield cast(BinaryIO, copy)


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
