"""Files with accidents: nothing crashes, every row is accounted for, and what was not touched is read as before."""

from __future__ import annotations

import gzip
import io
from contextlib import nullcontext

import pytest
from damage import Accident, accidents
from hypothesis import given, settings
from hypothesis import strategies as st

from transport_calc.batch.read.block import Table, rows_in
from transport_calc.batch.read.content import Content, content_of_stream
from transport_calc.batch.read.csv_blocks import CsvTable
from transport_calc.batch.read.json_lines import JsonTable
from transport_calc.batch.read.rows import BrokenRow, Row
from transport_calc.faults import Fault, InvalidInput
from transport_calc.wording.fault_view import fault_texts

HEADER = "sagsnr;dato;formål;beløb;bemærkning\n"
CSV_LINES = [f"D-{number};13-05-2024;genoptræning;80,00;blåbær {number}\n" for number in range(12)]
QUOTED_LINES = [f'"D-{number}";13-05-2024;"genoptræning";"80,00";"a;""b"" {number}"\n' for number in range(12)]
JSON_LINES = [f'{{"sagsnr": "D-{number}", "dato": "2024-05-13", "beløb": 80.5}}\n' for number in range(12)]


def content_of(content: bytes) -> Content:
    return Content("x", len(content), lambda: nullcontext(io.BytesIO(content)))


def rows_of(table: Table) -> list[Row | BrokenRow]:
    return [row for block in table.blocks() for row in rows_in(block, table.layout)]


def said(rows: list[Row | BrokenRow]) -> list[tuple[str, str]]:
    """What is said of the broken rows: every code has its sentences, and its slots are filled."""
    broken = [row for row in rows if isinstance(row, BrokenRow)]
    return [fault_texts(Fault(row.code, "", slots=row.slots), lang, "") for row in broken for lang in ("da", "en")]


def accounted(table: Table, rows: list[Row | BrokenRow]) -> None:
    numbers = [row.number for row in rows]
    assert numbers == sorted(set(numbers))
    assert all(part.strip() for texts in said(rows) for part in texts)
    for row in rows:
        # What was read must be writable: no half characters, no NUL.
        "".join((row.raw, *(row.cells if isinstance(row, Row) else ()))).encode()
        assert "\0" not in "".join(row.cells if isinstance(row, Row) else ())
        assert not isinstance(row, Row) or len(row.cells) == len(table.layout.columns)


@settings(deadline=None, max_examples=40)
@pytest.mark.parametrize("lines", [CSV_LINES, QUOTED_LINES])
@given(st.lists(accidents, min_size=1, max_size=4), st.integers(60, 600))
def test_a_damaged_csv_file(lines: list[str], happening: list[Accident], block_size: int) -> None:
    damaged = "".join(lines).encode()
    for accident in happening:
        damaged = accident.to(damaged)
    table = CsvTable(content_of(HEADER.encode() + damaged), encoding="utf-8", block_size=block_size)
    rows = rows_of(table)
    accounted(table, rows)
    skipped = sum(block.blank + block.totals for block in table.blocks())
    assert sum(row.lines for row in rows) + skipped == len(damaged.splitlines())


@settings(deadline=None, max_examples=40)
@pytest.mark.parametrize("lines", [CSV_LINES, QUOTED_LINES])
@given(accidents, st.integers(60, 600), st.integers(2, 8))
def test_damage_stays_where_it_is(lines: list[str], accident: Accident, block_size: int, hurt: int) -> None:
    """An accident within one line leaves the lines before it, and those after the next, as they were."""
    before, line, after = "".join(lines[:hurt]), lines[hurt], "".join(lines[hurt + 1 :])
    damaged = accident.to(line.removesuffix("\n").encode()) + b"\n"
    content = HEADER.encode() + before.encode() + damaged + after.encode()
    table = CsvTable(content_of(content), encoding="utf-8", block_size=block_size)
    cells = [row.cells for row in rows_of(table) if isinstance(row, Row)]
    whole = CsvTable(content_of((HEADER + "".join(lines)).encode()), encoding="utf-8")
    expected = [row.cells for row in rows_of(whole) if isinstance(row, Row)]
    assert cells[:hurt] == expected[:hurt]
    # A quote opened at the very end may take the next line with it, if together they are one whole row.
    kept_after = len(lines) - hurt - 2
    assert cells[-kept_after:] == expected[-kept_after:]


@settings(deadline=None, max_examples=40)
@given(st.lists(accidents, min_size=1, max_size=4))
def test_damaged_json_lines(happening: list[Accident]) -> None:
    damaged = "".join(JSON_LINES).encode()
    for accident in happening:
        damaged = accident.to(damaged)
    try:
        table = JsonTable(content_of(damaged), encoding="utf-8", rows_per_block=7)
    except InvalidInput:
        return
    accounted(table, rows_of(table))


@settings(deadline=None, max_examples=40)
@given(st.lists(accidents, min_size=1, max_size=3))
def test_a_damaged_archive(happening: list[Accident]) -> None:
    damaged = gzip.compress((HEADER + "".join(CSV_LINES)).encode(), mtime=0)
    for accident in happening:
        damaged = accident.to(damaged)
    try:
        table = CsvTable(content_of_stream(io.BytesIO(damaged)), block_size=100)
    except InvalidInput:
        return
    accounted(table, rows_of(table))
