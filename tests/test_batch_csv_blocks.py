"""Blocks of a CSV file: whatever the file and wherever it is cut, they hold exactly the rows that `read_rows` finds."""

from __future__ import annotations

import io
from contextlib import nullcontext

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transport_calc.batch.block import rows_in
from transport_calc.batch.csv_blocks import CsvTable
from transport_calc.batch.decode import UNDECODABLE
from transport_calc.batch.layout import read_layout
from transport_calc.batch.rows import BrokenRow, Row, Skipped, read_rows

HEADER = "sagsnr;dato;note"
DAY = "13-05-2024"

Told = tuple[list[tuple[int, str, object]], int, int]


def table(content: bytes, block_size: int, encoding: str | None = None) -> CsvTable:
    return CsvTable(
        "x.csv", len(content), lambda: nullcontext(io.BytesIO(content)), encoding=encoding, block_size=block_size
    )


def told(rows: list[Row | BrokenRow]) -> list[tuple[int, str, object]]:
    return [(row.number, row.raw, row.cells if isinstance(row, Row) else row.code) for row in rows]


def by_blocks(content: bytes, block_size: int, encoding: str | None = None) -> Told:
    whole = table(content, block_size, encoding)
    blocks = list(whole.blocks())
    rows = [row for block in blocks for row in rows_in(block, whole.layout)]
    return told(rows), sum(block.blank for block in blocks), sum(block.totals for block in blocks)


def row_by_row(content: bytes, encoding: str) -> Told:
    text = content.decode(encoding, UNDECODABLE)
    lines = iter(enumerate(io.StringIO(text, newline=""), 1))
    rows = list(read_rows(lines, read_layout(lines)))
    kinds = [row.kind for row in rows if isinstance(row, Skipped)]
    return told([row for row in rows if not isinstance(row, Skipped)]), kinds.count("blank"), kinds.count("total")


SIGNS = [";", ";", '"', '"', '""', "\n", "\n", "\r\n", "\r", "\0", DAY, "a", " ", "æ", "I alt", "sum:"]
ODD_SIGNS = ["\ufeff", "\ufffd", "힣", "\x1c", "\u2028"]
LINES = [f"1;{DAY};a\n", f'"1";"{DAY}";"a"\n', f'1;{DAY};"a\nb"\n', f'2;{DAY};"a;""b"\r\n']
PIECES = st.sampled_from(SIGNS + ODD_SIGNS + LINES)
BODIES = st.lists(PIECES, max_size=25).map("".join)


@settings(max_examples=400)
@given(BODIES, st.integers(1, 60))
@example(f'1;{DAY};"a\n"', 3)
@example(f'1;{DAY};"a\n2;{DAY};b\n3;{DAY};c', 30)
@example(f"\ufeff1;{DAY};a", 1000)
def test_any_text_cut_anywhere(body: str, block_size: int) -> None:
    content = f"{HEADER}\n{body}".encode()
    assert by_blocks(content, block_size) == row_by_row(content, "utf-8")


@given(
    BODIES,
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(b"\x81\x8d\xff\xc3\x00;")), max_size=3),
    st.integers(1, 60),
)
@pytest.mark.parametrize(
    ("encoding", "bom"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)
def test_bad_bytes_reject_their_row_only(
    encoding: str, bom: bytes, body: str, bad: list[tuple[int, int]], block_size: int
) -> None:
    head = f"{HEADER}\n".encode(encoding)
    damaged = bytearray(body.encode(encoding))
    for at, byte in bad:
        damaged.insert(at % (len(damaged) + 1), byte)
    content = bom + head + bytes(damaged)
    assert by_blocks(content, block_size) == row_by_row(content[len(bom) :], encoding)
