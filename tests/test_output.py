"""The files of a batch appear together and complete, and a run that was killed ends in the same bytes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import get_args

import pytest
from endless_batch import HEAD, SIZE
from written_blocks import numbered

from transport_calc.batch.write.cannot_write import CannotWrite
from transport_calc.batch.write.fingerprint import fingerprint
from transport_calc.batch.write.output import Output
from transport_calc.batch.write.output_columns import OutputColumns
from transport_calc.batch.write.write_csv import CsvWriter, RejectCsvWriter
from transport_calc.batch.write.writers import Kind, kind_of, writer_of
from transport_calc.faults import InvalidInput

KINDS = get_args(Kind)
TESTS = Path(__file__).parent
BLOCKS = 6


def output(folder: Path, kind: Kind = "csv", *, resume: bool = False, head: dict[str, object] = HEAD) -> Output:
    return Output(
        folder / f"out.{kind}",
        writer_of(kind, OutputColumns()),
        rejects=folder / "out.rejects.csv",
        reject_writer=RejectCsvWriter(),
        head=head,
        resume=resume,
    )


def write_blocks(target: Output, upto: int = BLOCKS) -> None:
    rows = int((target.state or {"rows": 0})["rows"])
    for number in range(target.done_blocks, upto):
        decided = numbered(number * SIZE + 1, SIZE)
        rows += decided.rows_read
        target.write(decided, {"rows": rows})


def stop(target: Output, upto: int, error: type[BaseException]) -> None:
    with target:
        write_blocks(target, upto)
        raise error


def whole_run(folder: Path, kind: Kind = "csv", *, resume: bool = False) -> dict[str, bytes]:
    with output(folder, kind, resume=resume) as target:
        write_blocks(target)
        target.finish({folder / "summary.json": f"{BLOCKS * SIZE}\n"})
    return files(folder)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def stopped_run(folder: Path, upto: int, kind: Kind = "csv", head: dict[str, object] = HEAD) -> None:
    """Leaves what a run leaves that is interrupted after `upto` blocks."""
    with pytest.raises(KeyboardInterrupt):
        stop(output(folder, kind, head=head), upto, KeyboardInterrupt)


@pytest.fixture(scope="module", params=KINDS)
def undisturbed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Kind, dict[str, bytes]]:
    return request.param, whole_run(tmp_path_factory.mktemp("undisturbed"), request.param)


def test_only_the_files_asked_for_remain(undisturbed: tuple[Kind, dict[str, bytes]]) -> None:
    kind, expected = undisturbed
    assert set(expected) == {f"out.{kind}", "out.rejects.csv", "summary.json"}


def test_two_runs_write_the_same_bytes(undisturbed: tuple[Kind, dict[str, bytes]], tmp_path: Path) -> None:
    kind, expected = undisturbed
    assert whole_run(tmp_path, kind) == expected


@pytest.mark.parametrize("upto", [1, 3, BLOCKS])
def test_an_interrupted_run_goes_on(undisturbed: tuple[Kind, dict[str, bytes]], tmp_path: Path, upto: int) -> None:
    kind, expected = undisturbed
    stopped_run(tmp_path, upto, kind)
    with output(tmp_path, kind, resume=True) as target:
        assert (target.done_blocks, target.state) == (upto, {"rows": upto * SIZE})
        assert [notice.code for notice in target.notices] == ["resumed"]
        write_blocks(target)
        target.finish({tmp_path / "summary.json": f"{BLOCKS * SIZE}\n"})
    assert files(tmp_path) == expected


def test_without_resume_it_begins_anew(undisturbed: tuple[Kind, dict[str, bytes]], tmp_path: Path) -> None:
    kind, expected = undisturbed
    stopped_run(tmp_path, 3, kind)
    with output(tmp_path, kind) as target:
        assert (target.done_blocks, target.notices) == (0, ())
    assert files(tmp_path) == {}
    assert whole_run(tmp_path, kind) == expected


def test_the_old_files_stand_until_all_is_complete(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old")
    (tmp_path / "out.rejects.csv").write_text("old rejects")
    stopped_run(tmp_path, 2)
    assert (tmp_path / "out.csv").read_text() == "old"
    assert (tmp_path / "out.rejects.csv").read_text() == "old rejects"
    assert (tmp_path / ".out.csv.part").exists()


def test_an_error_leaves_nothing_but_the_old_files(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(ZeroDivisionError):
        stop(output(tmp_path), 2, ZeroDivisionError)
    assert files(tmp_path) == {"out.csv": b"old"}


def test_an_error_while_resuming_can_be_resumed_again(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        stop(output(tmp_path, resume=True), 2, ZeroDivisionError)
    with output(tmp_path, resume=True) as target:
        assert target.done_blocks == 2


def test_nothing_appears_if_a_file_beside_it_cannot_be_written(tmp_path: Path) -> None:
    with output(tmp_path) as target:
        write_blocks(target)
        with pytest.raises(CannotWrite, match=r"summary\.json"):
            target.finish({tmp_path / "report.html": "x", tmp_path / "no such folder" / "summary.json": "x"})
    assert files(tmp_path) == {}


def test_another_run_is_not_gone_on_with(tmp_path: Path) -> None:
    stopped_run(tmp_path, 3, head={"law_digest": "y"})
    with output(tmp_path, resume=True) as target:
        assert (target.done_blocks, target.state) == (0, None)
        assert [notice.code for notice in target.notices] == ["resume_started_over"]
        write_blocks(target)
        target.finish()
    assert (tmp_path / "out.csv").read_bytes().count(b"\n") == 1 + BLOCKS * SIZE * 9 // 10


def test_resuming_nothing_just_starts(tmp_path: Path) -> None:
    with output(tmp_path, resume=True) as target:
        assert (target.done_blocks, target.notices) == (0, ())


@pytest.mark.parametrize("lost", [".out.csv.part", ".out.rejects.csv.part"])
def test_a_lost_part_means_starting_over(tmp_path: Path, lost: str) -> None:
    stopped_run(tmp_path, 3)
    (tmp_path / lost).unlink()
    with output(tmp_path, resume=True) as target:
        assert [notice.code for notice in target.notices] == ["resume_started_over"]
        write_blocks(target)
        target.finish({tmp_path / "summary.json": "300\n"})
    other = tmp_path / "other"
    other.mkdir()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == whole_run(other)


def test_a_journal_cut_anywhere_ends_in_the_same_bytes(tmp_path: Path) -> None:
    """A kill may leave any number of bytes of the journal, and more of the parts than it vouches for."""
    expected = whole_run(tmp_path)
    for path in tmp_path.iterdir():
        path.unlink()
    stopped_run(tmp_path, 3)
    left = files(tmp_path)
    journal = left[".out.csv.journal"]
    done = []
    for cut in range(len(journal) + 1):
        for name, content in left.items():
            (tmp_path / name).write_bytes(content + b"torn" if name.endswith(".part") else content[:cut])
        with output(tmp_path, resume=True) as target:
            done.append(target.done_blocks)
            if cut % 25 and done[-2:-1] == done[-1:]:
                continue
            write_blocks(target)
            target.finish({tmp_path / "summary.json": "300\n"})
        assert files(tmp_path) == expected
    assert done == sorted(done)
    assert set(done) == {0, 1, 2, 3}


@pytest.mark.parametrize("garbage", [b"\0\0\0\n", b'{"blocks": 9\n', b"[]\n", b"\xff\n"])
def test_garbage_at_the_end_of_the_journal_is_not_believed(tmp_path: Path, garbage: bytes) -> None:
    stopped_run(tmp_path, 3)
    with (tmp_path / ".out.csv.journal").open("ab") as stream:
        stream.write(garbage)
    with output(tmp_path, resume=True) as target:
        assert target.done_blocks == 3


def test_two_runs_do_not_write_the_same_output(tmp_path: Path) -> None:
    with output(tmp_path) as first:
        write_blocks(first, 1)
        for resume in (False, True):
            with pytest.raises(InvalidInput) as raised:
                output(tmp_path, resume=resume)
            assert [fault.code for fault in raised.value.faults] == ["output_in_use"]
        write_blocks(first)
        first.finish()
    assert (tmp_path / "out.csv").read_bytes().count(b"\n") == 1 + BLOCKS * SIZE * 9 // 10


def test_a_run_that_cannot_begin_leaves_nothing(tmp_path: Path) -> None:
    with output(tmp_path), pytest.raises(InvalidInput):
        Output(
            tmp_path / "other.csv",
            CsvWriter(OutputColumns()),
            rejects=tmp_path / "out.rejects.csv",
            reject_writer=RejectCsvWriter(),
            head=HEAD,
        )
    wide = writer_of("xlsx", OutputColumns(tuple(map(str, range(20_000)))))
    with pytest.raises(InvalidInput):
        Output(tmp_path / "wide.xlsx", wide, rejects=None, reject_writer=RejectCsvWriter(), head=HEAD)
    assert files(tmp_path) == {}


def test_standard_output_cannot_be_resumed() -> None:
    with pytest.raises(InvalidInput) as raised:
        Output("-", CsvWriter(OutputColumns()), rejects=None, reject_writer=RejectCsvWriter(), head={}, resume=True)
    assert [fault.code for fault in raised.value.faults] == ["resume_needs_file"]


@pytest.mark.parametrize("kind", KINDS)
def test_standard_output_gets_the_bytes_of_the_file(
    kind: Kind, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = whole_run(tmp_path, kind)[f"out.{kind}"]
    with os.fdopen(os.dup(1), "w") as stdout, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", stdout)
        with Output(
            "-", writer_of(kind, OutputColumns()), rejects=None, reject_writer=RejectCsvWriter(), head={}
        ) as target:
            write_blocks(target)
            target.finish()
    assert capfdbinary.readouterr().out == expected


def test_a_device_takes_the_place_of_a_file(tmp_path: Path) -> None:
    with Output(
        tmp_path / "out.csv", CsvWriter(OutputColumns()), rejects=os.devnull, reject_writer=RejectCsvWriter(), head=HEAD
    ) as target:
        write_blocks(target)
        target.finish()
    assert list(files(tmp_path)) == ["out.csv"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "data.csv").write_text("old")
    (tmp_path / "out.csv").symlink_to(tmp_path / "real" / "data.csv")
    with output(tmp_path) as target:
        write_blocks(target)
        target.finish()
    assert (tmp_path / "out.csv").is_symlink()
    assert (tmp_path / "real" / "data.csv").read_bytes().startswith(b"row;")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jsonl", "jsonl"),
        ("a.CSV", "csv"),
        ("a.parquet", "parquet"),
        ("a.xlsx", "xlsx"),
        ("-", None),
        ("a.txt", None),
    ],
)
def test_the_kind_follows_the_ending(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


# --- killed for real --------------------------------------------------------------------------------------------------


def begin(folder: Path, kind: Kind, how: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(TESTS / "endless_batch.py"), str(folder), kind, str(BLOCKS), "0.004", how]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_at_any_moment_and_resumed(undisturbed: tuple[Kind, dict[str, bytes]], tmp_path: Path) -> None:
    kind, expected = undisturbed
    (tmp_path / f"out.{kind}").write_text("old")
    chance = random.Random(kind)
    killed = 0
    for _ in range(6):
        with begin(tmp_path, kind, "resume") as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.09))
            process.send_signal(signal.SIGKILL)
            process.wait()
        killed += process.returncode == -signal.SIGKILL
        now = (tmp_path / f"out.{kind}").read_bytes()
        assert now in (b"old", expected[f"out.{kind}"])
    assert killed
    with begin(tmp_path, kind, "resume") as process:
        assert process.wait() == 0
    assert files(tmp_path) == expected


# --- the fingerprint --------------------------------------------------------------------------------------------------


def test_the_fingerprint_changes_with_the_input(tmp_path: Path) -> None:
    path = tmp_path / "receipts.csv"
    path.write_bytes(b"x" * (3 << 20))
    first = fingerprint([path], options={"lang": "da"}, law_digest="a")
    assert first == fingerprint([path], options={"lang": "da"}, law_digest="a") == json.loads(json.dumps(first))
    about = path.stat()
    with path.open("r+b") as stream:
        stream.seek(-1, os.SEEK_END)
        stream.write(b"y")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    last_byte = fingerprint([path], options={"lang": "da"}, law_digest="a")
    assert last_byte != first
    assert fingerprint([path], options={"lang": "en"}, law_digest="a") != last_byte
    assert fingerprint([path], options={"lang": "da"}, law_digest="b") != last_byte
    assert str(tmp_path) not in json.dumps(last_byte)
