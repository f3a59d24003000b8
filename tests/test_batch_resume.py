"""A batch killed at any moment and gone on with ends in the same bytes, through the real command."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from transport_calc.batch.decide.decided import Decided
from transport_calc.batch.read import source
from transport_calc.batch.read.csv_blocks import CsvTable
from transport_calc.batch.run import Job, run_batch
from transport_calc.batch.write.output import Output
from transport_calc.parameters import Parameters

TESTS = Path(__file__).parent
BLOCK_SIZE = 1_200
HEADER = "cpr;fremmøde;tur;dato;genoptræningsplan;pensionist;mobilitet;offentlig_takst;beløb;note\n"


def receipts(seed: int, rows: int) -> str:
    """Receipts of few persons, days and amounts, so that there are repeats, far legs and rejected rows."""
    chance = random.Random(seed)
    lines = [HEADER]
    for number in range(rows):
        person, visit = chance.randint(1, 6), chance.choice(["", "", f"F{chance.randint(1, 25)}"])
        price = chance.choice(["30,00", "60,00", "48,00", "1.234" if chance.random() < 0.1 else "75,50"])
        pensioner = "måske" if chance.random() < 0.05 else "ja"
        day = f"{chance.randint(1, 9)}-05-2024"
        leg = chance.choice(["", "ud", "hjem"]) if visit else ""
        lines.append(f"p{person};{visit};{leg};{day};ja;{pensioner};kan bruge offentlig transport;{price};{price};")
        lines.append('"to\nlinjer"\n' if chance.random() < 0.05 else f"nr. {number}\n")
        if chance.random() < 0.03:
            lines.append("kort;række\n")
    return "".join(lines)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("receipts")
    for number, name in enumerate(("april.csv", "maj.csv")):
        (folder / name).write_text(receipts(number, 150), encoding="utf-8")
    return [str(folder / name) for name in ("april.csv", "maj.csv")]


def arguments(folder: Path, inputs: list[str]) -> list[str]:
    return ["batch", *inputs, "--output", str(folder / "out.csv"), "--report", str(folder / "report.html")]


def command(folder: Path, inputs: list[str], *more: str) -> subprocess.Popen[bytes]:
    line = [sys.executable, str(TESTS / "small_blocks.py"), str(BLOCK_SIZE), *arguments(folder, inputs), *more]
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent)}
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_the_command_killed_at_any_moment_ends_in_the_same_bytes(inputs: list[str], tmp_path: Path) -> None:
    undisturbed, folder = tmp_path / "undisturbed", tmp_path / "killed"
    undisturbed.mkdir()
    folder.mkdir()
    with command(undisturbed, inputs) as process:
        assert process.wait() == 4
    (folder / "out.csv").write_text("old")
    journal = folder / ".out.csv.journal"
    chance = random.Random(5)
    killed, resumed = 0, 0
    for _ in range(3):
        before = journal.stat().st_size if journal.exists() else 0
        with command(folder, inputs, "--resume") as process:
            while process.poll() is None and (not journal.exists() or journal.stat().st_size <= before):
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.08))
            process.send_signal(signal.SIGKILL)
            said = process.communicate()[1].decode()
        killed += process.returncode == -signal.SIGKILL
        resumed += "fortsætter" in said
        assert (folder / "out.csv").read_bytes() in (b"old", files(undisturbed)["out.csv"])
    with command(folder, inputs, "--resume") as process:
        assert process.wait() == 4
    assert killed >= 2
    assert resumed >= 1
    assert files(folder) == files(undisturbed)


class Killed(KeyboardInterrupt):
    """Stands for a kill after a block; what is in the files by then stays."""


def run_until(monkeypatch: pytest.MonkeyPatch, job: Job, last: int) -> None:
    """Run `job` until so many blocks are written."""
    write: Callable[[Output, Decided, dict[str, object]], None] = Output.write

    def write_and_die(self: Output, decided: Decided, state: dict[str, object]) -> None:
        write(self, decided, state)
        if self.done_blocks >= last:
            raise Killed

    with monkeypatch.context() as patched, suppress(Killed):
        patched.setattr(Output, "write", write_and_die)
        run_batch(job, Parameters(), notify=lambda _: None)


@pytest.mark.parametrize("step", [1, 3])
def test_stopped_after_every_block(
    inputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Nothing that a block needs to know of earlier ones is lost between runs."""
    monkeypatch.setattr(source, "CsvTable", lambda *args, **more: CsvTable(*args, block_size=3_000, **more))
    undisturbed, folder = tmp_path / "undisturbed", tmp_path / "stopped"
    undisturbed.mkdir()
    folder.mkdir()
    run_batch(Job(inputs, str(undisturbed / "out.csv")), Parameters(), notify=lambda _: None)
    job = Job(inputs, str(folder / "out.csv"), resume=True)
    for last in range(step, 60, step):
        run_until(monkeypatch, job, last)
        if (folder / "out.csv").exists():
            break
    assert last > 8
    assert files(folder) == files(undisturbed)
    output = files(undisturbed)["out.csv"].decode()
    for named in ("possible_duplicate:april.csv:", "missing_leg:", "several_legs:", "several_days"):
        assert named in output


def test_a_receipt_decided_with_an_earlier_block_is_known_after_a_new_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way home of F1 lies behind the way home of F2, which it equals, but is decided before it."""
    monkeypatch.setattr(source, "CsvTable", lambda *args, **more: CsvTable(*args, block_size=1, **more))
    legs = [("F1", "ud"), ("F2", "hjem"), ("F2", "ud"), ("F1", "hjem")]
    rows = [f"p1;{visit};{leg};13-05-2024;ja;ja;kan bruge offentlig transport;30;30;\n" for visit, leg in legs]
    file = tmp_path / "bilag.csv"
    file.write_text("".join([HEADER, *rows]), encoding="utf-8")
    undisturbed, folder = tmp_path / "undisturbed", tmp_path / "stopped"
    undisturbed.mkdir()
    folder.mkdir()
    run_batch(Job([str(file)], str(undisturbed / "out.csv")), Parameters(), notify=lambda _: None)
    job = Job([str(file)], str(folder / "out.csv"), resume=True)
    run_until(monkeypatch, job, 1)
    assert not (folder / "out.csv").exists()
    run_batch(job, Parameters(), notify=lambda _: None)
    assert files(folder) == files(undisturbed)
    assert b"possible_duplicate" in files(folder)["out.csv"]
