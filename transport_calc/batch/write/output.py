"""The files of a batch: they appear together, only when complete, and a run that was killed can be gone on with.

While a run lasts, `.NAME.part` beside each target holds what is written so far and `.NAME.journal` how far that is.
A run that is killed leaves them, and `resume` goes on from there; a run that does not resume begins by emptying them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, BinaryIO, NamedTuple, Protocol

import polars as pl

from transport_calc.batch.decide.decided import Decided
from transport_calc.batch.notice import Notice
from transport_calc.batch.write.cannot_write import writing
from transport_calc.batch.write.journal import Journal, Progress
from transport_calc.batch.write.locked_file import InUse
from transport_calc.batch.write.part import Assemble, Part, Place, beside, is_file_target, place_of
from transport_calc.faults import Fault, InvalidInput, safe

Write = Callable[[BinaryIO], object]
"""Writes a file to an open stream."""


class Writer(Protocol):
    """Turns blocks into the bytes of one kind of file."""

    @property
    def assemble(self) -> Assemble | None:
        """Makes the file out of what `append` wrote; `None` if that already is the file."""

    def start(self, stream: BinaryIO) -> None:
        """Write what stands before the first row."""

    def append(self, rows: pl.DataFrame, stream: BinaryIO) -> None:
        """Write one block."""


class Output:
    """Decisions to `output` by `writer`, and rejects to `rejects` by `reject_writer` unless that is `None`.

    `head` (JSON) says what is being done (`fingerprint`), so that only the same run is gone on with. `done_blocks`
    are the blocks that need not be decided again, `state` is what the last of them was written with, and `notices`
    say what became of `resume`. Raises `InvalidInput` if another run writes the same files, or if `output` is none
    that could be gone on with.
    """

    def __init__(
        self,
        output: str | Path,
        writer: Writer,
        *,
        rejects: str | Path | None,
        reject_writer: Writer,
        head: dict[str, Any],
        resume: bool = False,
    ) -> None:
        self.done_blocks = 0
        self.state: dict[str, Any] | None = None
        self.notices: tuple[Notice, ...] = ()
        self._resume = resume
        self._completed = False
        self._finished = False
        if resume and not is_file_target(output):
            raise InvalidInput([Fault("resume_needs_file", "--resume")])
        self._journal: Journal | None = None
        self._streams: list[_Stream] = []
        try:
            with writing(output):
                self._open(output, writer)
            if rejects is not None:
                with writing(rejects):
                    self._streams.append(_Stream(rejects, place_of(rejects, reject_writer.assemble), reject_writer))
            self._begin(head)
        except InUse:
            # What an earlier run left is not ours to take away: its own files may be as they should.
            self._let_go(keep=self._journal is not None and not self._journal.is_empty())
            raise InvalidInput([Fault("output_in_use", "", safe(Path(output).name))]) from None
        except BaseException:
            self._let_go(keep=False)
            raise

    def write(self, decided: Decided, state: dict[str, Any]) -> None:
        """Write one block. `state` (JSON) is what a run that goes on after this block will find in `state`."""
        sizes = []
        for stream, rows in zip(self._streams, (decided.rows, decided.rejects), strict=False):
            with writing(stream.target):
                stream.writer.append(rows, stream.place.stream)
                sizes.append(stream.place.size())
        self.done_blocks += 1
        if self._journal is not None:
            with writing(self._streams[0].target):
                self._journal.record(Progress(self.done_blocks, tuple(sizes), state))

    def complete(self) -> Path | None:
        """Make the files whole, and say where the decisions lie until they appear; `None` if they are out already."""
        if not self._completed:
            for stream in self._streams:
                with writing(stream.target):
                    stream.place.complete()
            self._completed = True
        place = self._streams[0].place
        return place.whole if isinstance(place, Part) else None

    def finish(self, beside_it: Mapping[Path, str | Write] = MappingProxyType({})) -> None:
        """Let all files appear: first what is `beside_it` (by path) and the rejects, last the decisions.

        What is beside it is a text or a function that writes the file to an open stream.
        """
        with ExitStack() as opened:
            places: list[tuple[str | Path, Place]] = []
            for path, content in beside_it.items():
                with writing(path):
                    place = place_of(path)
                    opened.callback(place.remove if isinstance(place, Part) else place.close)
                    if isinstance(place, Part):
                        place.cut(0)
                    if isinstance(content, str):
                        place.stream.write(content.encode())
                    else:
                        content(place.stream)
                    place.complete()
                places.append((path, place))
            self.complete()
            places += [(stream.target, stream.place) for stream in reversed(self._streams)]
            for target, place in places:
                with writing(target):
                    place.publish()
        self._finished = True

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tidy up. What was interrupted, or was to be gone on with, keeps its parts if a block is in them."""
        interrupted = kind is not None and issubclass(kind, KeyboardInterrupt)
        self._let_go(keep=self.done_blocks > 0 and (self._resume or interrupted))

    def _open(self, output: str | Path, writer: Writer) -> None:
        if is_file_target(output):
            self._journal = Journal(beside(Path(output).resolve(), "journal"))
        self._streams.append(_Stream(output, place_of(output, writer.assemble), writer))

    def _let_go(self, *, keep: bool) -> None:
        """Close everything; what is not kept is taken away, except for what has its own name by now."""
        for place in (stream.place for stream in self._streams):
            # What could not be written has been said by now, and what is still held back is not wanted any more.
            with suppress(OSError):
                if isinstance(place, Part) and not self._finished and not keep:
                    place.remove()
                else:
                    place.close()
        if self._journal is not None:
            if keep and not self._finished:
                self._journal.close()
            else:
                self._journal.remove()

    def _begin(self, head: dict[str, Any]) -> None:
        before = self._journal.progress(head) if self._journal is not None and self._resume else None
        if self._journal is not None and before is not None and self._cut(before.sizes):
            self._journal.go_on()
            self.done_blocks, self.state = before.blocks, before.state
            self.notices = (Notice("resumed", {"blocks": str(before.blocks)}),)
            return
        if self._journal is not None:
            if self._resume and not self._journal.is_empty():
                self.notices = (Notice("resume_started_over"),)
            self._journal.start(head)
        self._cut((0,) * len(self._streams))
        for stream in self._streams:
            with writing(stream.target):
                stream.writer.start(stream.place.stream)

    def _cut(self, sizes: tuple[int, ...]) -> bool:
        """Bring every part back to its size; false if one does not have so much."""
        places = [stream.place for stream in self._streams]
        return len(sizes) == len(places) and all(
            place.cut(size) for place, size in zip(places, sizes, strict=True) if isinstance(place, Part)
        )


class _Stream(NamedTuple):
    target: str | Path
    place: Place
    writer: Writer
