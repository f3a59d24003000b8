"""Lines to rows: nothing is lost, nothing swallows what follows."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transport_calc.batch.read.cells import BadQuote, join_cells, split_cells
from transport_calc.batch.read.layout import read_layout
from transport_calc.batch.read.rows import LONGEST_ROW, BrokenRow, Row, Skipped, read_rows


def rows_of(body: str, header: str = "sagsnr;dato;note") -> list[Row | BrokenRow | Skipped]:
    lines = iter(enumerate(io.StringIO(f"{header}\n{body}", newline=""), 1))
    return list(read_rows(lines, read_layout(lines)))


def shape(body: str) -> list[tuple[int, str]]:
    """Each row as its line number and what it is: `row`, `blank`, `total` or a code."""
    kinds = []
    for row in rows_of(body):
        kind = "row" if isinstance(row, Row) else row.code if isinstance(row, BrokenRow) else row.kind
        kinds.append((row.number, kind))
    return kinds


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends(end: str) -> None:
    assert [row.cells for row in rows_of(f"1;2;3{end}4;5;6") if isinstance(row, Row)] == [
        ("1", "2", "3"),
        ("4", "5", "6"),
    ]


def test_rows_carry_the_number_and_the_text_of_their_line() -> None:
    first, second = rows_of('1;2;"a;b"\r\n4;5;6\r\n')
    assert first == Row(2, '1;2;"a;b"', ("1", "2", "a;b"))
    assert second == Row(3, "4;5;6", ("4", "5", "6"))


def test_a_quoted_cell_may_span_lines() -> None:
    first, second = rows_of('1;2;"a\r\n\r\n""b"""\r\n4;5;6\r\n')
    assert first == Row(2, '1;2;"a\n\n""b"""', ("1", "2", 'a\n\n"b"'))
    assert second.number == 5


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1;2", "short_row"),
        ("1;2;3;4", "long_row"),
        ('1;2;a"b', "stray_quote"),
        ('1;"2"x;3', "stray_quote"),
        ('1;"2;3', "unclosed_quote"),
        ('"1;2;3', "unclosed_quote"),
        ("1;2;\0", "nul_byte"),
        ("", "blank"),
        ("   ", "blank"),
        (";;", "blank"),
        (";;;;", "blank"),
        ('"";" ";', "blank"),
        ("I alt;;99", "total"),
        (";;i alt: 99", "total"),
        ("SUM;;", "total"),
        ("Total: 99", "total"),
        ("I\u00a0alt;;99", "total"),
    ],
)
def test_one_line_never_touches_its_neighbours(line: str, kind: str) -> None:
    assert shape(f"a;b;c\n{line}\nd;e;f\n\ng;h;i\n") == [(2, "row"), (3, kind), (4, "row"), (5, "blank"), (6, "row")]


@pytest.mark.parametrize("line", ["Summer;b;c", "Sum-123;b;c", "Total;13-05-2024;c", "Totalt;b;c", "a;I alt;c"])
def test_a_receipt_is_never_taken_for_a_total(line: str) -> None:
    assert shape(line) == [(2, "row")]


def test_a_total_in_the_column_of_dates() -> None:
    (total,) = rows_of("I alt;500", header="dato;beløb")
    assert total == Skipped(2, "total")


def test_an_unclosed_quote_does_not_end_at_the_next_quoted_cell() -> None:
    # Read as CSV, the first quote would close at the second and take three lines with it.
    assert shape('1;2;"a\n3;4;5\n6;7;"b"\n8;9;10\n') == [(2, "unclosed_quote"), (3, "row"), (4, "row"), (5, "row")]


def test_many_unclosed_quotes_are_each_their_own_row() -> None:
    assert shape('1;2;"a\n' * 3) == [(2, "unclosed_quote"), (3, "unclosed_quote"), (4, "unclosed_quote")]


def test_a_quote_is_not_looked_for_through_the_whole_file() -> None:
    read = 0

    def lines() -> object:
        nonlocal read
        for number in range(1, 100_000):
            read = number
            yield number, "sagsnr;dato;note\n" if number == 1 else '1;2;"a\n' if number == 2 else "1;2;3\n"

    numbered = lines()
    rows = read_rows(numbered, read_layout(numbered))  # type: ignore[arg-type]
    assert isinstance(next(rows), BrokenRow)
    assert read <= LONGEST_ROW + 2
    assert next(rows).number == 3


CELL = st.text(alphabet='ab;"\n \rø,', max_size=6)


@given(st.lists(CELL, min_size=1, max_size=5).map(tuple))
def test_what_is_written_is_read_back(cells: tuple[str, ...]) -> None:
    line = join_cells(cells)
    assert split_cells(line, ";") == cells


@given(st.text(alphabet='ab;"', max_size=12))
def test_whatever_is_accepted_the_standard_library_reads_the_same(line: str) -> None:
    try:
        cells = split_cells(line, ";")
    except BadQuote:
        return
    assert list(cells) == (next(csv.reader([line], delimiter=";", strict=True)) or [""])


@given(st.lists(st.text(alphabet='1;"\0 I', max_size=8), max_size=12))
def test_every_line_belongs_to_exactly_one_row(lines: list[str]) -> None:
    spanned = 0
    numbers = []
    for row in rows_of("".join(f"{line}\n" for line in lines)):
        numbers.append(row.number)
        spanned += 1 + (row.raw.count("\n") if isinstance(row, Row) else 0)
    assert spanned == len(lines)
    assert numbers == sorted(set(numbers))
