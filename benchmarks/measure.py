"""Running a command and measuring it: its time from start to end, and the most memory it held.

This module imports nothing heavy: a child's peak begins at what its parent held when it was started.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PYTHON = sys.executable
BATCH = (PYTHON, "-m", "transport_calc", "batch")
RECEIPTS = (PYTHON, str(HERE / "receipts.py"))
SOME_REJECTED = 4
"""The exit status of a batch of which some rows were rejected or undetermined."""

MEMORY_DISK = Path("/dev/shm")


class Run(NamedTuple):
    """One finished command: seconds from its start to its end and of processors, MB it held at most, its output."""

    seconds: float
    processor: float
    megabytes: float
    printed: str


class Failed(Exception):
    """A command that ended with an error; the text is the end of what it said."""


def run(*command: str | Path) -> Run:
    """Run a command of this repository to its end. Raises `Failed`."""
    search = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))
    environment = os.environ | {"PYTHONPATH": search}
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as printed:
        start = time.perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=printed, stderr=said, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, SOME_REJECTED):
            said.seek(0)
            raise Failed(said.read().decode("utf-8", "replace").strip()[-500:] or f"status {child.returncode}")
        printed.seek(0)
        return Run(
            seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, printed.read().decode("utf-8")
        )


@contextmanager
def workplace(needed: int) -> Iterator[Path]:
    """A folder for `needed` bytes, removed at the end: on the memory disk if it and the free memory hold them."""
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=_disk(needed)) as folder:
        yield Path(folder)


def _disk(needed: int) -> Path | None:
    if not MEMORY_DISK.is_dir():
        return None
    free = min(shutil.disk_usage(MEMORY_DISK).free, _free_memory())
    return MEMORY_DISK if free > needed * 1.3 else None


def _free_memory() -> int:
    lines = Path("/proc/meminfo").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))


def kind_of_disk(folder: Path) -> str:
    """Where a workplace lies, in words."""
    return "memory disk" if folder.is_relative_to(MEMORY_DISK) else "disk"


def verdict(value: float, most: float) -> str:
    """Whether a figure keeps its target."""
    return f"target {most:g}: {'met' if value <= most else 'MISSED'}"


def receipts(rows: int, folder: Path) -> Path:
    """A file of realistic receipts."""
    file = folder / f"receipts_{rows}.csv"
    run(*RECEIPTS, str(rows), file)
    return file


def median_ratio(pairs: Sequence[tuple[Run, Run]]) -> float:
    """The median of the ratios of runs made in turn, because a shared machine drifts."""
    return statistics.median(ours.seconds / theirs.seconds for ours, theirs in pairs)
