"""How far a batch is: one line on a terminal, erased at the end, and nothing at all anywhere else."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from transport_calc.wording import text
from transport_calc.wording.numbers import thousands

Step = Callable[[int, int], None]
"""Takes the bytes that are done and the rows read, both from the beginning of the batch."""


@contextmanager
def progress(total_bytes: int | None, lang: str = "da", *, before: tuple[int, int] = (0, 0)) -> Iterator[Step]:
    """Show on standard error how far `total_bytes` are done; None if nobody knows how many there are, as in a pipe.

    `before` are the bytes and rows that an earlier run has done: they count as done, but not for the speed. Without
    a terminal, or on one that cannot move its cursor, nothing is written.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(bar_width=20), TextColumn("{task.fields[line]}", markup=False))
    with Progress(*columns, console=Console(file=sys.stderr), transient=True, refresh_per_second=5) as shown:
        begun = time.monotonic()
        task = shown.add_task("", total=total_bytes, completed=before[0], line="")

        def step(done_bytes: int, rows: int) -> None:
            line = progress_line(done_bytes, total_bytes, rows, time.monotonic() - begun, lang, before=before)
            shown.update(task, completed=done_bytes, line=line)

        yield step


def progress_line(
    done: int, total: int | None, rows: int, seconds: float, lang: str, *, before: tuple[int, int] = (0, 0)
) -> str:
    """Per cent, rows, rows per second and time left, after `seconds`; `before` are bytes and rows of an earlier run."""
    rate = round((rows - before[1]) / seconds) if seconds > 0 else 0
    counts = {"rows": thousands(rows, lang), "rate": thousands(rate, lang)}
    new = done - before[0]
    if not total:
        return text("batch.progress_open", lang, **counts)
    # A file that grows while it is read is never more than done.
    left = max(total - done, 0) * seconds / new if new > 0 else 0
    percent = min(100 * done // total, 100)
    return text("batch.progress", lang, percent=percent, left=clock(round(left)), **counts)


def clock(seconds: int) -> str:
    """Seconds as `m:ss`, from an hour on `h:mm:ss`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _nothing(done_bytes: int, rows: int) -> None:
    """A step that nobody sees."""
