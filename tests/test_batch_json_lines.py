"""JSON lines: types are taken literally, and a line that cannot be is rejected alone."""

from __future__ import annotations

import io
from contextlib import nullcontext

import pytest

from transport_calc.batch.read.block import rows_in
from transport_calc.batch.read.content import Content
from transport_calc.batch.read.json_lines import JsonTable, is_json_lines
from transport_calc.batch.read.rows import BrokenRow, Row
from transport_calc.facts import FACTS
from transport_calc.faults import InvalidInput
from transport_calc.intake.text import parse_fact


def content_of(content: bytes, name: str = "x.jsonl", *, cut_off: bool = False) -> Content:
    return Content(name, len(content), lambda: nullcontext(io.BytesIO(content)), cut_off)


def table(text: str | bytes, *, cut_off: bool = False, rows_per_block: int = 2) -> JsonTable:
    content = text.encode() if isinstance(text, str) else text
    return JsonTable(content_of(content, cut_off=cut_off), rows_per_block=rows_per_block)


def rows_of(found: JsonTable) -> list[Row | BrokenRow]:
    return [row for block in found.blocks() for row in rows_in(block, found.layout)]


def cell(value: str, key: str = "beløb") -> str:
    (row,) = rows_of(table(f'{{"dato": "2024-05-13", "{key}": {value}}}'))
    assert isinstance(row, Row)
    return row.cells[1]


@pytest.mark.parametrize(
    ("value", "read"),
    [("80.50", "80.5"), ('"80.50"', "80.50"), ('"1.23"', "1.23"), ("1e2", "100"), ("12", "12"), ("0.0", "0")],
)
def test_a_number_is_exact_however_it_is_written(value: str, read: str) -> None:
    assert str(parse_fact(FACTS["paid_dkk"], cell(value))) == read


def test_a_point_is_never_taken_for_a_thousand() -> None:
    assert str(parse_fact(FACTS["distance_km"], cell("1.234", "afstand_km"))) == "1.234"
    assert str(parse_fact(FACTS["distance_km"], cell('"1.234"', "afstand_km"))) == "1.234"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("true", "true"),
        ("null", ""),
        ('"0101700001"', "0101700001"),
        ("101700001", "101700001"),
        ("1.50", "1.5"),
        ('"1.234"', "1.234"),
        ("1e400", "1E+400"),
        ('[1, {"a": "ø"}]', '[1, {"a": "ø"}]'),
    ],
)
def test_a_column_that_is_no_fact_passes_through(value: str, text: str) -> None:
    assert cell(value, "ref") == text


def test_columns_are_the_keys_of_all_lines_as_they_appear() -> None:
    found = table('{"dato": "2024-05-13"}\n{"sagsnr": "a", "dato": "2024-05-14"}\n\n{"x": 1}\n')
    assert found.layout.columns == ("dato", "sagsnr", "x")
    assert [row.cells for row in rows_of(found) if isinstance(row, Row)] == [
        ("2024-05-13", "", ""),
        ("2024-05-14", "a", ""),
        ("", "", "1"),
    ]
    assert sum(block.blank for block in found.blocks()) == 1
    assert [len(list(found.blocks(skip))) for skip in range(4)] == [2, 1, 0, 0]


GOOD = '{"dato": "2024-05-13", "beløb": 80}'


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"dato": "2024-05-13"', "not_json"),
        ('{"beløb": NaN}', "not_json"),
        ('{"beløb": ' + "9" * 5000 + "}", "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"sagsnr": "\\ud800"}', "not_json"),
        ('{"\\ud800": 1}', "not_json"),
        ("[1]", "not_an_object"),
        ("12", "not_an_object"),
        ('{"beløb": 1, "beløb": 2}', "duplicate_key"),
        ('{"beløb": [80]}', "nested_value"),
        ('{"sagsnr": "a\\u0000"}', "nul_byte"),
        ('{"sagsnr": "' + "a" * 100_001 + '"}', "too_long"),
    ],
)
def test_a_line_that_is_no_receipt_is_rejected_alone(line: str, code: str) -> None:
    before, bad, after = rows_of(table(f"{GOOD}\n{line}\n{GOOD}\n"))
    assert isinstance(before, Row)
    assert isinstance(after, Row)
    assert isinstance(bad, BrokenRow)
    assert (bad.number, bad.code) == (2, code)


def test_a_bad_byte_rejects_its_line() -> None:
    good, bad = rows_of(table(b"\xef\xbb\xbf" + GOOD.encode() + b'\n{"dato": "\xff"}\n'))
    assert isinstance(good, Row)
    assert isinstance(bad, BrokenRow)
    # 3 bytes of mark, 36 and a line feed of the first line ("ø" is two), and ten before the byte.
    assert bad.slots == {"byte": "FF", "offset": "50", "encoding": "utf-8"}


def test_what_was_cut_off_is_said() -> None:
    assert [row.raw for row in rows_of(table(f"{GOOD}\n{GOOD}", cut_off=True)) if isinstance(row, BrokenRow)] == [GOOD]
    assert [row.raw for row in rows_of(table(f"{GOOD}\n", cut_off=True)) if isinstance(row, BrokenRow)] == [""]


@pytest.mark.parametrize(("text", "code"), [("[1]\n", "no_objects"), ('{"sagsnr": 1}', "missing_column")])
def test_a_file_one_cannot_decide_by_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        table(text)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_json_lines_are_known_by_ending_or_first_character() -> None:
    assert is_json_lines(content_of(b"", "A.NDJSON"))
    assert is_json_lines(content_of(b"", "a.jsonl.gz"))
    assert is_json_lines(content_of(b'\xef\xbb\xbf\r\n {"a": 1}', "-"))
    assert is_json_lines(content_of('{"a": 1}'.encode("utf-16"), "-"))
    assert not is_json_lines(content_of(b"dato;note\n1;{", "-"))
