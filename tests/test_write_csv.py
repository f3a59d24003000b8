"""Decisions and rejects as CSV: what stands in the file, byte for byte."""

from __future__ import annotations

import errno
import os
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_series_equal
from written_blocks import ENTITLED, UNDETERMINED, frame, rejects

from transport_calc.batch.read.cells import join_cells, split_cells
from transport_calc.batch.write.guard import guarded, with_guard
from transport_calc.batch.write.kroner_text import kroner_text, kroner_texts
from transport_calc.batch.write.output_columns import REJECT_COLUMNS, OutputColumns
from transport_calc.batch.write.write_csv import CsvWriter, RejectCsvWriter, TableCsvWriter
from transport_calc.wording import texts

TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from('=+-@\t\r\n";,.0123456789eE/ '), max_size=12)
REWRITTEN = st.text(st.sampled_from("0129-/. ,eEjanMAJſ\n+"), max_size=8)
"""Much of it is what Excel would rewrite."""

RESULTS = {
    "payable",
    "in_kind",
    "entitled_conditional",
    "entitled_unknown",
    "below_minimum",
    "not_entitled",
    "discretionary",
    "undetermined",
    "undetermined_minimum",
}
"""With one of these sentences every justification begins (`wording.justification`)."""


def written(rows: pl.DataFrame, columns: OutputColumns = OutputColumns(), *, excel: bool = False) -> bytes:  # noqa: B008
    writer, stream = CsvWriter(columns, excel=excel), BytesIO()
    writer.start(stream)
    writer.append(rows, stream)
    return stream.getvalue()


def test_plain_csv() -> None:
    assert written(frame(ENTITLED, UNDETERMINED)).decode() == (
        "row;rows;case_id;outcome;form;channel;ground;payable_dkk;minimum_dkk;missing;warnings;justification\n"
        '2;1;A-1;entitled;reimbursement;reimbursement;"pension;distance";80.00;48.00;;;'
        '"Borgeren har ret; beløbet er 80,00 kr."\n'
        '3;2;;undetermined;;;;;;"mobility;distance_km";possible_duplicate:2;Det mangler.\n'
    )


def test_csv_for_danish_excel() -> None:
    assert (
        written(frame({**ENTITLED, "case_id": "00123"}), excel=True)
        == (
            "\ufeffrow;rows;case_id;outcome;form;channel;ground;payable_dkk;minimum_dkk;missing;warnings;justification\r\n"
            '2;1;\'00123;entitled;reimbursement;reimbursement;"pension;distance";80,00;48,00;;;'
            '"Borgeren har ret; beløbet er 80,00 kr."\r\n'
        ).encode()
    )


def test_columns_that_pass_through_and_the_person_come_last() -> None:
    rows = frame({**ENTITLED, "=note": "@x", "afd": "Nord", "person": "0101011234"}, passed=("=note", "afd", "person"))
    kept = written(rows, OutputColumns(("=note", "afd"), keep_person=True)).decode().splitlines()
    assert kept[0].endswith(";justification;'=note;afd;person")
    assert kept[1].endswith(";'@x;Nord;0101011234")
    dropped = written(rows, OutputColumns(("=note", "afd"))).decode()
    assert "0101011234" not in dropped
    assert "person" not in dropped


def test_rejects_keep_the_raw_line_and_run_no_formula() -> None:
    writer, stream = RejectCsvWriter(), BytesIO()
    writer.start(stream)
    writer.append(rejects((7, "beløb", "not_a_number", "=1+1", "Ikke et tal.", '-;"x"')), stream)
    assert stream.getvalue().decode() == (
        'row;column;code;value;message;raw\n7;beløb;not_a_number;\'=1+1;Ikke et tal.;"\'-;""x"""\n'
    )


@pytest.mark.parametrize(
    ("oere", "text"), [(0, "0.00"), (5, "0.05"), (99, "0.99"), (100, "1.00"), (123456789012, "1234567890.12")]
)
def test_every_oere_is_kept(oere: int, text: str) -> None:
    assert f";{text};48.00;" in written(frame({**ENTITLED, "payable_ore": oere})).decode()


@given(
    st.lists(st.none() | st.integers(0, 200_000) | st.sampled_from([99_999, 100_000]) | st.integers(-(10**15), 10**15)),
    st.sampled_from(".,"),
)
def test_amounts_are_the_same_looked_up_and_written(oere: list[int | None], point: str) -> None:
    column = pl.Series("payable_ore", oere, dtype=pl.Int64)
    written = column.to_frame().select(kroner_text("payable_ore", point)).to_series()
    assert_series_equal(kroner_texts(column, point), written)
    assert column.to_list() == oere


@settings(max_examples=150)
@given(st.lists(TEXT, min_size=1, max_size=5))
def test_any_text_is_written_as_cell_by_cell(texts: list[str]) -> None:
    rows = frame(*({**ENTITLED, "case_id": text, "note": text} for text in texts), passed=("note",))
    head = ("2", "1")
    tail = ("entitled", "reimbursement", "reimbursement", "pension;distance", "80.00", "48.00", "", "")
    lines = [
        join_cells((*head, guarded(text), *tail, ENTITLED["justification"], guarded(text))) + "\n" for text in texts
    ]
    body = written(rows, OutputColumns(("note",))).decode().split("\n", 1)[1]
    assert body == "".join(lines)


@settings(max_examples=150)
@given(st.lists(TEXT | REWRITTEN, min_size=1, max_size=8), st.booleans())
def test_the_guard_of_a_column_is_the_guard_of_its_texts(texts: list[str], excel: bool) -> None:
    column = with_guard(pl.DataFrame({"x": texts}), ("x",), excel=excel)["x"]
    assert column.to_list() == [guarded(text, excel=excel) for text in texts]


@settings(max_examples=50)
@given(st.lists(TEXT | REWRITTEN, min_size=1, max_size=5), st.booleans())
def test_rejects_are_written_as_a_table_is(texts: list[str], excel: bool) -> None:
    reasons = rejects(*((at, "beløb", "not_a_number", text, "Ikke et tal.", text) for at, text in enumerate(texts)))
    streams = []
    for writer in (
        RejectCsvWriter(excel=excel),
        TableCsvWriter(REJECT_COLUMNS, guard=REJECT_COLUMNS[1:], excel=excel),
    ):
        stream = BytesIO()
        writer.start(stream)
        writer.append(reasons, stream)
        streams.append(stream.getvalue())
    assert streams[0] == streams[1]


@pytest.mark.parametrize(
    "text",
    [
        *("00123", "007", "0102031234", "1234567890123456", "1-2", "1/2", "12.5", "3-2024", "1e5", "1,5E+3"),
        *("1 maj", "2DEC", "MAR-12", "sept2", "=1+1", "+45 12", "@x", "-x"),
    ],
)
def test_excel_leaves_alone_what_it_would_rewrite(text: str) -> None:
    assert with_guard(pl.DataFrame({"x": ["a", text]}), ("x",), excel=True)["x"].to_list() == ["a", "'" + text]


@pytest.mark.parametrize(
    "text",
    ["", "0", "80", "80,50", "-5", "13-05-2024", "2024-05-13", "S-123", "Nord", "marts", "010203-1234", "'00123"],
)
def test_excel_may_have_what_it_reads_rightly(text: str) -> None:
    assert with_guard(pl.DataFrame({"x": [text]}), ("x",), excel=True)["x"].to_list() == [text]


@pytest.mark.parametrize("lang", ["da", "en"])
def test_every_justification_begins_with_a_letter(lang: str) -> None:
    # The writer does not look at it, which is right only as long as this holds.
    results = {key: text for key, text in texts(lang).items() if key.removeprefix("why.") in RESULTS}
    assert len(results) == len(RESULTS)
    assert [key for key, text in results.items() if not text[0].isalpha()] == []


def test_a_full_disk_is_told_by_its_number(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs a device that is always full")
    writer = CsvWriter(OutputColumns())
    with pytest.raises(OSError, match="space") as raised, full.open("wb") as stream:
        writer.append(frame(ENTITLED), stream)
    assert raised.value.errno == errno.ENOSPC


def test_a_closed_pipe_is_told_as_such() -> None:
    read, write = os.pipe()
    os.close(read)
    writer = CsvWriter(OutputColumns())
    with pytest.raises(BrokenPipeError), os.fdopen(write, "wb", buffering=0) as stream:
        writer.append(frame(ENTITLED), stream)


def test_blocks_of_a_file_follow_each_other(tmp_path: Path) -> None:
    writer, path = CsvWriter(OutputColumns()), tmp_path / "x.csv"
    with path.open("w+b") as stream:
        writer.start(stream)
        for _ in range(3):
            writer.append(frame(ENTITLED), stream)
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) == 4
    assert split_cells(lines[3], ";")[2] == "A-1"


def test_a_header_that_looks_like_a_pattern_is_a_name() -> None:
    rows = frame({**ENTITLED, "*": "=1", "^r.*$": "b"}, passed=("*", "^r.*$"))
    assert written(rows, OutputColumns(("*", "^r.*$"))).endswith(b";'=1;b\n")
