"""The progress of a batch: right numbers, a line on a real pseudo-terminal, and silence everywhere else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from transport_calc.batch.progress import clock, progress_line

PACKAGE = Path(__file__).parent.parent
RUN = """
import time
from transport_calc.batch.progress import progress
with progress({total}, {lang!r}) as step:
    for done in (250, 500, 1000):
        step(done, done * 4)
        time.sleep(0.3)
print("done")
"""


def test_the_line_after_two_of_four_seconds() -> None:
    # 500 of 1,000 bytes and 2,000 rows in 2 seconds: 1,000 rows/s, and 2 seconds to go.
    assert progress_line(500, 1_000, 2_000, 2.0, "da") == "50 % · 2.000 rækker · 1.000 rækker/s · 0:02 tilbage"
    assert progress_line(500, 1_000, 2_000, 2.0, "en") == "50 % · 2,000 rows · 1,000 rows/s · 0:02 left"


def test_without_a_size_there_is_no_end_in_sight() -> None:
    assert progress_line(500, None, 2_000, 2.0, "en") == "2,000 rows · 1,000 rows/s"


def test_a_resumed_run_is_as_fast_as_it_is_itself() -> None:
    # 100 of the remaining 500 bytes and 400 rows in one second; 400 bytes are left.
    line = progress_line(600, 1_000, 2_400, 1.0, "en", before=(500, 2_000))
    assert line == "60 % · 2,400 rows · 400 rows/s · 0:04 left"


@pytest.mark.parametrize(("done", "total", "seconds"), [(0, 1_000, 0.0), (0, 1_000, 5.0), (1_000, 1_000, 0.0)])
def test_the_beginning_and_the_end_divide_by_nothing(done: int, total: int, seconds: float) -> None:
    assert progress_line(done, total, 0, seconds, "en").endswith("0:00 left")


def test_a_file_that_grew_is_not_more_than_done() -> None:
    assert progress_line(1_500, 1_000, 1, 1.0, "en").startswith("100 % ")


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (59, "0:59"), (61, "1:01"), (3_600, "1:00:00")])
def test_the_time_left_is_read_like_a_clock(seconds: int, said: str) -> None:
    assert clock(seconds) == said


def test_nothing_is_written_into_a_pipe_and_rich_is_not_loaded() -> None:
    script = RUN.format(total=1000, lang="da") + "import sys; print('rich' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=PACKAGE)
    assert ran.stdout.split() == ["done", "False"]
    assert ran.stderr == ""


def on_a_terminal(script: str, **environment: str) -> str:
    """What a terminal of 80 columns gets from `script`."""
    pty = pytest.importorskip("pty", reason="there is no pseudo-terminal on this system")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=PACKAGE,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24", **environment},
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            read = os.read(ours, 4096)
        except OSError:  # Linux says so when the other end is closed.
            break
        if not read:
            break
        seen += read
    os.close(ours)
    assert process.wait(timeout=30) == 0
    return seen.decode()


@pytest.fixture(scope="module")
def terminal() -> str:
    return on_a_terminal(RUN.format(total=1000, lang="da"))


def test_a_terminal_sees_how_far_it_is(terminal: str) -> None:
    seen = re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", terminal)
    assert "25 % · 1.000 rækker · " in seen
    assert "50 % · 2.000 rækker · " in seen
    assert "rækker/s · 0:00 tilbage" in seen


def test_the_line_fits_80_columns_and_is_erased_at_the_end(terminal: str) -> None:
    seen = re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", terminal)
    assert max(len(line) for line in re.split("[\r\n]+", seen)) <= 80
    # The line is cleared, and only then the rest is printed.
    assert re.search("\x1b\\[2K[^%]*done\r\n$", terminal)


def test_colours_only_if_wanted(terminal: str) -> None:
    colour = re.compile("\x1b\\[[0-9;]*3[0-9][0-9;]*m")
    plain = on_a_terminal(RUN.format(total=1000, lang="en"), NO_COLOR="1")
    assert colour.search(terminal)
    assert not colour.search(plain)
    assert "rows/s" in plain


def test_a_terminal_that_cannot_move_its_cursor_gets_nothing() -> None:
    assert on_a_terminal(RUN.format(total=1000, lang="da"), TERM="dumb") == "done\r\n"


def test_a_stream_of_unknown_length_shows_its_rows() -> None:
    seen = on_a_terminal(RUN.format(total=None, lang="en"))
    assert "1,000 rows · " in seen
    assert "left" not in seen
