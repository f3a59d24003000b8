"""Workbooks: cells are what Excel stores, and nothing that Excel could not calculate is taken for empty."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import nullcontext

import pytest
import xlsxwriter

from transport_calc.batch.read import sheet_blocks, sheet_errors
from transport_calc.batch.read.block import rows_in
from transport_calc.batch.read.content import Content
from transport_calc.batch.read.rows import BrokenRow, Row
from transport_calc.batch.read.workbook import SheetTable, is_workbook, open_sheets
from transport_calc.faults import InvalidInput

Fill = Callable[[xlsxwriter.Workbook], None]


def workbook(fill: Fill) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        fill(book)
    return made.getvalue()


def content_of(content: bytes, name: str = "x.xlsx") -> Content:
    return Content(name, len(content), lambda: nullcontext(io.BytesIO(content)))


def sheet_of(rows: dict[int, list[object]]) -> SheetTable:
    """A sheet with `rows` at their places, counted from 0; a tuple is a formula with its result."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Ark1")
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for at, cells in rows.items():
            for column, value in enumerate(cells):
                if isinstance(value, tuple):
                    sheet.write_formula(at, column, value[0], None, value[1])
                elif isinstance(value, dt.date):
                    sheet.write_datetime(at, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write(at, column, value)

    (table,) = open_sheets(content_of(workbook(fill)))
    return table


def rows_of(table: SheetTable) -> list[Row | BrokenRow]:
    return [row for block in table.blocks() for row in rows_in(block, table.layout)]


def cell(value: object, header: str = "beløb") -> str:
    (row,) = rows_of(sheet_of({0: ["dato", header], 1: [dt.date(2024, 5, 13), value]}))
    assert isinstance(row, Row)
    return row.cells[1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (80, "80"),
        (80.5, "80,5"),
        (1.234, "1,234"),
        (("=A1+A2", 12.299999999999999), "12,3"),
        ("1.234", "1.234"),
        (dt.datetime.fromisoformat("2024-05-13 14:30"), "2024-05-13 14:30:00"),
        (dt.datetime.fromisoformat("2024-05-13"), "2024-05-13"),
        (True, "ja"),
        (False, "nej"),
        (("=B9", "kr. 5"), "kr. 5"),
    ],
)
def test_a_cell_is_what_excel_stores(value: object, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize(("value", "text"), [("0101700001", "0101700001"), (101700001, "101700001"), (1.5, "1.5")])
def test_case_numbers_stay_as_they_are(value: object, text: str) -> None:
    assert cell(value, "sagsnr") == text


def test_rows_have_their_numbers_in_the_sheet() -> None:
    table = sheet_of(
        {
            2: ["sagsnr", None, "dato", "beløb"],
            3: ["a", None, "13-05-2024", 80],
            5: ["b;c", "x", "14-05-2024", 90],
            6: ["I alt", None, None, ("=SUM(D4:D6)", 170)],
        }
    )
    assert table.layout.columns == ("sagsnr", "column_2", "dato", "beløb")
    assert rows_of(table) == [
        Row(4, "a;;13-05-2024;80", ("a", "", "13-05-2024", "80")),
        Row(6, '"b;c";x;14-05-2024;90', ("b;c", "x", "14-05-2024", "90")),
    ]
    (block,) = table.blocks()
    assert (block.blank, block.totals, block.end) == (1, 1, table.size)


def test_a_cell_outside_the_columns_is_not_lost_without_a_word() -> None:
    (row,) = rows_of(sheet_of({0: ["dato"], 1: [dt.date(2024, 5, 13), None, "note"]}))
    assert isinstance(row, BrokenRow)
    assert (row.number, row.code, row.slots) == (2, "long_row", {"found": "3", "expected": "1"})


def test_what_excel_could_not_calculate_rejects_its_row() -> None:
    table = sheet_of(
        {
            0: ["dato", "beløb", "note"],
            1: [dt.date(2024, 5, 13), ("=1/0", "#DIV/0!"), "a"],
            2: [dt.date(2024, 5, 13), 80, ("=NA()", "#N/A")],
        }
    )
    bad, passed = rows_of(table)
    assert isinstance(bad, BrokenRow)
    assert (bad.number, bad.code, bad.slots) == (2, "error_cell", {"column": "beløb", "error": "#DIV/0!"})
    assert isinstance(passed, Row)
    assert passed.cells[2] == "#N/A"


def test_an_error_is_found_wherever_the_search_takes_its_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    day, error = dt.date(2024, 5, 13), ('=IF("row>"="",1,1/0)', "#DIV/0!")
    rows: dict[int, list[object]] = {0: ["dato", "beløb"], 1: [day, error], 2: [day, 80], 3: [day, error], 4: [day, 1]}
    whole = rows_of(sheet_of(rows))
    assert [row.number for row in whole if isinstance(row, BrokenRow)] == [2, 4]
    for at_once in (1, 50, 333):
        monkeypatch.setattr(sheet_errors, "_AT_ONCE", at_once)
        assert rows_of(sheet_of(rows)) == whole


def test_an_error_is_found_under_whatever_prefix_the_names_have(monkeypatch: pytest.MonkeyPatch) -> None:
    book = workbook(lambda book: book.add_worksheet("Ark1").write_formula(2, 1, "=NA()", None, "#N/A"))
    prefixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as parts, zipfile.ZipFile(prefixed, "w") as changed:
        for name in parts.namelist():
            xml = parts.read(name)
            changed.writestr(name, re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml) if "worksheets/" in name else xml)
    monkeypatch.setattr(sheet_errors, "_AT_ONCE", 50)
    assert sheet_errors.error_cells(prefixed, "Ark1") == {(2, 1): "#N/A"}


def test_yes_and_one_stay_apart() -> None:
    day = dt.date(2024, 5, 13)
    rows = rows_of(sheet_of({0: ["dato", "note"], 1: [day, 1], 2: [day, True], 3: [day, 0], 4: [day, False]}))
    assert [row.cells[1] for row in rows if isinstance(row, Row)] == ["1", "ja", "0", "nej"]


def test_a_long_sheet_is_several_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_blocks, "ROWS_PER_BLOCK", 2)
    day = dt.date(2024, 5, 13)
    rows: dict[int, list[object]] = {1: ["dato", "note"], 2: [day, "a;b"], 3: ["mandag", "c"], 5: [day, ""]}
    table = sheet_of({**rows, 6: ["I alt"], 7: [day, "d"], 8: [day, "e", "f"]})
    blocks = list(table.blocks())
    assert [[row.number for row in rows_in(block, table.layout)] for block in blocks] == [[3, 4], [6], [8], [9]]
    assert [list(block.raw) for block in blocks] == [[3], [], [], []]
    assert [(block.blank, block.totals) for block in blocks] == [(0, 0), (1, 0), (0, 1), (0, 0)]
    assert blocks[-1].end == table.size
    assert [block.end for block in table.blocks(1)] == [block.end for block in blocks[1:]]


def two_sheets(book: xlsxwriter.Workbook) -> None:
    for name, number in (("Forside", None), ("Uge 1", 1), ("Uge 2", 2)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Velkommen"] if number is None else ["dato", "sagsnr"])
        if number is not None:
            sheet.write_row(1, 0, ["13-05-2024", str(number)])


def names(sheet: str | None) -> list[str]:
    return [table.name for table in open_sheets(content_of(workbook(two_sheets)), sheet)]


def test_the_first_sheet_one_can_decide_by_is_read_and_the_others_are_named() -> None:
    (table,) = open_sheets(content_of(workbook(two_sheets)))
    assert table.name == "x.xlsx[Uge 1]"
    assert table.notices[-1].slots == {"sheet": "Uge 1", "others": "Forside, Uge 2"}
    assert names("Uge 2") == names("3") == ["x.xlsx[Uge 2]"]


def test_all_sheets_are_read_on_request() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("A", "B", "Tom"):
            sheet = book.add_worksheet(name)
            if name != "Tom":
                sheet.write_row(0, 0, ["dato"])

    assert [table.name for table in open_sheets(content_of(workbook(fill)), "all")] == ["x.xlsx[A]", "x.xlsx[B]"]


def test_of_all_sheets_the_one_that_cannot_be_used_is_named() -> None:
    """It is not left out: a misspelt header would lose its receipts."""

    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("A").write_row(0, 0, ["dato"])
        book.add_worksheet("Vejledning").write_row(0, 0, ["Læs dette først"])

    with pytest.raises(InvalidInput) as caught:
        open_sheets(content_of(workbook(fill)), "all")
    assert [(fault.code, fault.value) for fault in caught.value.faults] == [
        ("unusable_file", "x.xlsx[Vejledning]"),
        ("no_known_columns", ""),
    ]


def codes(content: bytes, name: str = "x.xlsx", sheet: str | None = None) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        open_sheets(content_of(content, name), sheet)
    return [fault.code for fault in caught.value.faults]


def test_what_is_no_workbook_one_can_read_is_refused() -> None:
    whole = workbook(two_sheets)
    assert codes(whole, sheet="Uge 9") == ["no_such_sheet"]
    assert codes(whole, sheet="4") == ["no_such_sheet"]
    assert codes(whole, sheet="Forside") == ["no_known_columns"]
    assert codes(whole[:2000]) == ["damaged_workbook"]
    assert codes(b"PK\x03\x04") == ["damaged_workbook"]
    assert codes(b"dato;sagsnr") == ["damaged_workbook"]
    assert codes(b"\xd0\xcf\x11\xe0" + b"\0" * 2000) == ["protected_workbook"]
    assert codes(b"\xd0\xcf\x11\xe0" + b"\0" * 2000, "x.xls") == ["old_workbook"]
    assert codes(workbook(lambda book: book.add_worksheet())) == ["empty_file"]


def test_a_workbook_is_known_by_its_first_bytes_or_its_name() -> None:
    assert is_workbook(content_of(b"PK\x03\x04", "-"))
    assert is_workbook(content_of(b"", "A.XLSX"))
    assert not is_workbook(content_of(b"dato", "a.csv"))
