"""Blocks of a CSV file: whatever the file and wherever it is cut, they hold exactly the rows that `read_rows` finds."""

from __future__ import annotations

import io
from contextlib import nullcontext

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from transport_calc.batch.read import whole_lines
from transport_calc.batch.read.block import Block, rows_in
from transport_calc.batch.read.content import Content
from transport_calc.batch.read.csv_blocks import CsvTable
from transport_calc.batch.read.decode import UNDECODABLE
from transport_calc.batch.read.layout import read_layout
from transport_calc.batch.read.rows import BrokenRow, Row, Skipped, read_rows
from transport_calc.faults import InvalidInput

HEADER = "sagsnr;dato;note"
DAY = "13-05-2024"

Told = tuple[list[tuple[int, str, object]], int, int]


def content_of(content: bytes, *, cut_off: bool = False) -> Content:
    return Content("x.csv", len(content), lambda: nullcontext(io.BytesIO(content)), cut_off)


def table(content: bytes, block_size: int = 1 << 20, encoding: str | None = None) -> CsvTable:
    return CsvTable(content_of(content), encoding=encoding, block_size=block_size)


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


@settings(max_examples=400, deadline=None)
@given(BODIES, st.integers(1, 60))
@example(f'1;{DAY};"a\n"', 3)
@example(f'1;{DAY};"a\n2;{DAY};b\n3;{DAY};c', 30)
@example(f"\ufeff1;{DAY};a", 1000)
@example(";I alt;\n;total 5;x\n", 1000)
def test_any_text_cut_anywhere(body: str, block_size: int) -> None:
    content = f"{HEADER}\n{body}".encode()
    assert by_blocks(content, block_size) == row_by_row(content, "utf-8")


CELLS = st.sampled_from(
    [DAY, "", "a", '""', '"a"', '"a;b"', '"a""b"', '"a"x', 'x"a"', '"a', 'a"', '" a "', "1;2", '"a\nb"']
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.lists(CELLS, min_size=2, max_size=4), st.integers(1, 4)), max_size=3), st.integers(20, 200)
)
def test_many_lines_alike(kinds: list[tuple[list[str], int]], block_size: int) -> None:
    """Lines that have the same cells in quotes are read together, but only if the quotes are where they belong."""
    body = "".join((";".join(cells) + "\n") * times for cells, times in kinds)
    content = f"{HEADER}\n{body}".encode()
    assert by_blocks(content, block_size) == row_by_row(content, "utf-8")


@settings(deadline=None)
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


@settings(deadline=None)
@given(BODIES, st.integers(1, 60), st.integers(0, 4))
def test_blocks_left_out_are_those_that_came_first(body: str, block_size: int, skip: int) -> None:
    whole = table(f"{HEADER}\n{body}".encode(), block_size)
    assert [kept(block) for block in whole.blocks(skip)] == [kept(block) for block in whole.blocks()][skip:]


@settings(deadline=None)
@given(BODIES, st.integers(1, 60), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_the_ends_of_blocks_lead_to_the_end_of_the_file(body: str, block_size: int, encoding: str) -> None:
    content = f"{HEADER};ø\n{body}\n".encode(encoding, "ignore")
    ends = [block.end for block in table(content, block_size).blocks()]
    assert ends == sorted(set(ends))
    assert ends[-1:] in ([], [len(content)])


def kept(block: Block) -> tuple[object, ...]:
    return (block.cells.rows(), *block[1:])


def test_cells_are_text_by_position_and_never_null() -> None:
    (block,) = table(f'{HEADER}\n1;{DAY};\n"2";{DAY}; x \n'.encode()).blocks()
    assert block.cells.schema == {"row": pl.Int64, "0": pl.String, "1": pl.String, "2": pl.String}
    assert block.cells.rows() == [(2, "1", DAY, ""), (3, "2", DAY, " x ")]
    assert block.raw == {3: f'"2";{DAY}; x '}


def broken(content: bytes, encoding: str | None = None) -> list[BrokenRow]:
    return [row for block in table(content, encoding=encoding).blocks() for row in block.broken]


def test_a_bad_byte_is_named_with_its_place_in_the_file() -> None:
    good = f"1;{DAY};a\r\n".encode()
    content = b"\xef\xbb\xbf" + f"{HEADER}\r\n".encode() + good + b"2;\xff;a\r\n" + good
    (row,) = broken(content)
    # 3 bytes of mark, 18 of header, 16 of the good row, and "2;" before it.
    assert (row.number, row.code, row.raw) == (3, "undecodable_byte", "2;\\xFF;a")
    assert row.slots == {"byte": "FF", "offset": "39", "encoding": "utf-8"}


def test_a_bad_byte_in_windows_1252_and_in_an_encoding_that_was_named() -> None:
    content = f"{HEADER}\n1;{DAY};blåbær\n".encode("cp1252") + b"2;\x81;a\n3;\x8d;b\n"
    assert [(row.number, row.slots["offset"]) for row in broken(content)] == [(3, "39"), (4, "45")]
    assert [row.number for row in broken(content, "utf-8")] == [2, 3, 4]


def test_column_names_with_a_bad_byte_stop_before_row_1() -> None:
    with pytest.raises(InvalidInput) as caught:
        table(b"\xef\xbb\xbfdato;bel\xf8b\n")
    assert [fault.code for fault in caught.value.faults] == ["undecodable_header"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_too_long_rejects_its_row_only(quote: str) -> None:
    long = quote + "x" * 1_000_001 + quote
    content = f"{HEADER}\n1;{DAY};a\n2;{DAY};{long}\n3;{DAY};b\n".encode()
    whole = table(content, 1 << 10)
    blocks = list(whole.blocks())
    assert [row for block in blocks for row in block.cells["0"]] == ["1", "3"]
    (row,) = [row for block in blocks for row in block.broken]
    assert (row.number, row.code, len(row.raw)) == (3, "too_long", 1001)


def test_a_cell_as_long_as_may_be() -> None:
    (block,) = table(f"{HEADER}\n1;{DAY};{'ø' * 100_000}\n".encode()).blocks()
    assert block.cells.height == 1


def test_what_was_cut_off_is_said_after_the_rows_that_came_through() -> None:
    body = f"1;{DAY};a\n2;{DAY};b"
    for size in (10, 1000):
        whole = CsvTable(content_of(f"{HEADER}\n{body}".encode(), cut_off=True), block_size=size)
        rows = [row for block in whole.blocks() for row in rows_in(block, whole.layout)]
        assert told(rows) == [(2, f"1;{DAY};a", ("1", DAY, "a")), (3, f"2;{DAY};b", "truncated_gzip")]


def test_a_file_of_one_column() -> None:
    whole = table(b"dato\n13-05-2024\n\n\n14-05-2024", 5)
    blocks = list(whole.blocks())
    assert [row for block in blocks for row in block.cells.rows()] == [(2, "13-05-2024"), (5, "14-05-2024")]
    assert sum(block.blank for block in blocks) == 2


def test_a_header_without_rows_has_no_blocks() -> None:
    assert list(table(b"dato;sagsnr\n").blocks()) == []


@settings(max_examples=400, deadline=None)
@given(BODIES, st.integers(1, 60), st.sampled_from([["1"], ["0", "1"], ["1", "2"]]))
@example(f"\n1;{DAY};a\n\n\n2\n3;{DAY};b;c\n ;\n;;;;\n", 1000, ["0", "1"])
@example(f'1;{DAY};a\n2;{DAY};b\n"3";{DAY};"c\nd"\n4;{DAY};e\n', 20, ["0", "1"])
def test_a_glance_has_every_row_with_its_number(body: str, block_size: int, only: list[str]) -> None:
    """Lines that are no rows may be among them, and do not count on."""
    whole = table(f"{HEADER}\n{body}".encode(), block_size)
    rows = {row for block in whole.blocks() for row in block.cells.select("row", *only).iter_rows()}
    glanced = [row for cells in whole.glance(only) for row in cells.iter_rows()]
    assert rows <= set(glanced)
    numbers = [row[0] for row in glanced]
    assert numbers == sorted(set(numbers))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BODIES, st.integers(1, 60), st.integers(1, 8))
def test_only_the_end_of_a_piece_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, body: str, block_size: int, look_back: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(whole_lines, "_LOOK_BACK", look_back)
        content = f"{HEADER}\n{body}".encode()
        assert by_blocks(content, block_size) == row_by_row(content, "utf-8")


def test_a_glance_counts_blank_and_uneven_lines_among_many() -> None:
    """The parser divides long texts among its threads; wherever it does, a line is a row."""
    uneven = ("", ";", "x", "1;2;3;4")
    lines = [f"{at};{DAY};{'x' * (at % 50)}" if at % 7 else uneven[at % 4] for at in range(1, 90_000)]
    content = "\n".join([HEADER, *lines, ""]).encode()
    (cells,) = table(content, 1 << 23).glance(["0", "1"])
    assert cells["row"].to_list() == list(range(2, 90_001))
    assert cells["0"].to_list() == [line.split(";")[0] for line in lines]
