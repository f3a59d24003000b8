"""Decisions as an Excel workbook, read back by another library."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from written_blocks import ENTITLED, UNDETERMINED, frame

from transport_calc.batch.write import write_xlsx
from transport_calc.batch.write.guard import guarded
from transport_calc.batch.write.output_columns import COLUMNS, OutputColumns
from transport_calc.batch.write.sheet_rows import letters
from transport_calc.batch.write.write_xlsx import XlsxWriter
from transport_calc.faults import InvalidInput

TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from('&<>"_x000D_\n\r\t\0=+-@'), max_size=15)
SHEET = "xl/worksheets/sheet1.xml"
NAMES = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def written(*blocks: pl.DataFrame, columns: OutputColumns = OutputColumns()) -> bytes:  # noqa: B008
    writer, part, whole = XlsxWriter(columns, lang="da"), BytesIO(), BytesIO()
    writer.start(part)
    for rows in blocks:
        writer.append(rows, part)
    part.seek(0)
    writer.assemble(part, whole)
    return whole.getvalue()


def read(book: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_name("Afgørelser").to_python()


def unescaped(text: str) -> str:
    """A text of the workbook as Excel shows it; the standard writes what XML cannot carry as _xHHHH_."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def texts_of(book: bytes, letter: str) -> list[str]:
    """The texts of a column below its header, as the XML has them."""
    sheet = ET.fromstring(ZipFile(BytesIO(book)).read(SHEET))
    cells = {cell.get("r"): cell for cell in sheet.iterfind("sheetData/row/c", NAMES)}
    rows = len(list(sheet.iterfind("sheetData/row", NAMES)))
    found = (cells.get(f"{letter}{row}") for row in range(2, rows + 1))
    return ["" if cell is None else unescaped(cell.findtext("is/t", "", NAMES)) for cell in found]


def test_amounts_are_numbers_and_all_else_is_text() -> None:
    header, first, second = read(written(frame({**ENTITLED, "case_id": "00123"}), frame(UNDETERMINED)))
    assert header == list(COLUMNS)
    assert first[:3] == [2, 1, "00123"]
    assert first[7:9] == [80, 48]
    assert first[11] == "Borgeren har ret; beløbet er 80,00 kr."
    assert second[:10] == [3, 2, "", "undetermined", "", "", "", "", "", "mobility;distance_km"]


def test_a_formula_is_text_even_after_it_was_edited() -> None:
    rows = frame({**ENTITLED, "=head": '=HYPERLINK("http://x")', "url": "https://x"}, passed=("=head", "url"))
    header, first = read(written(rows, columns=OutputColumns(("=head", "url"))))
    assert header[-2:] == ["'=head", "url"]
    assert first[-2:] == ['\'=HYPERLINK("http://x")', "https://x"]
    assert b"<f>" not in ZipFile(BytesIO(written(rows))).read(SHEET)


def test_the_header_stays_in_sight_and_filters() -> None:
    sheet = ET.fromstring(ZipFile(BytesIO(written(frame(ENTITLED, UNDETERMINED)))).read(SHEET))
    pane = sheet.find("sheetViews/sheetView/pane", NAMES)
    assert pane is not None
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
    filtered = sheet.find("autoFilter", NAMES)
    assert filtered is not None
    assert filtered.get("ref") == "A1:L3"


def test_amounts_look_like_amounts() -> None:
    book = ZipFile(BytesIO(written(frame({**ENTITLED, "payable_ore": 123456789}))))
    sheet = ET.fromstring(book.read(SHEET))
    cell = next(cell for cell in sheet.iterfind("sheetData/row/c", NAMES) if cell.get("r") == "H2")
    assert cell.findtext("v", None, NAMES) == "1234567.89"
    styles = ET.fromstring(book.read("xl/styles.xml"))
    style = styles.findall("cellXfs/xf", NAMES)[int(cell.get("s", "0"))]
    formats = {each.get("numFmtId"): each.get("formatCode") for each in styles.iterfind("numFmts/numFmt", NAMES)}
    assert formats[style.get("numFmtId")] == "#,##0.00"


def test_equal_contents_are_equal_bytes() -> None:
    assert written(frame(ENTITLED)) == written(frame(ENTITLED))


def test_no_rows_are_a_header() -> None:
    assert read(written()) == [list(COLUMNS)]
    assert read(written(frame())) == [list(COLUMNS)]


@settings(max_examples=100)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_text_comes_back(texts: list[str]) -> None:
    rows = frame(*({**ENTITLED, "case_id": text} for text in texts))
    assert texts_of(written(rows), "C") == [guarded(text) for text in texts]


def test_a_text_that_has_no_room_ends_in_dots() -> None:
    long = "x" * write_xlsx.LONGEST_TEXT
    found = texts_of(written(frame({**ENTITLED, "case_id": long}, {**ENTITLED, "case_id": long + "y"})), "C")
    assert found == [long, long[:-1] + "…"]


def test_more_rows_than_a_sheet_holds_are_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_xlsx, "MOST_ROWS", 2)
    writer, part = XlsxWriter(OutputColumns(), lang="da"), BytesIO()
    writer.append(frame(ENTITLED, ENTITLED), part)
    with pytest.raises(InvalidInput) as raised:
        writer.append(frame(ENTITLED), part)
    assert [fault.code for fault in raised.value.faults] == ["too_many_rows_for_xlsx"]


def test_more_rows_than_a_sheet_holds_are_refused_after_resuming(monkeypatch: pytest.MonkeyPatch) -> None:
    part = BytesIO()
    XlsxWriter(OutputColumns(), lang="da").append(frame(ENTITLED, ENTITLED), part)
    monkeypatch.setattr(write_xlsx, "MOST_ROWS", 1)
    part.seek(0)
    with pytest.raises(InvalidInput):
        XlsxWriter(OutputColumns(), lang="da").assemble(part, BytesIO())


def test_more_columns_than_a_sheet_holds_are_refused() -> None:
    writer = XlsxWriter(OutputColumns(tuple(map(str, range(write_xlsx.MOST_COLUMNS)))), lang="da")
    with pytest.raises(InvalidInput):
        writer.start(BytesIO())


@pytest.mark.parametrize(("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")])
def test_letters_of_columns(at: int, name: str) -> None:
    assert letters(at) == name


def test_a_sheet_of_many_columns_has_them_in_order() -> None:
    names = tuple(f"n{number}" for number in range(40))
    rows = frame({**ENTITLED, **{name: name.upper() for name in names}}, passed=names)
    assert read(written(rows, columns=OutputColumns(names)))[1][12:] == [name.upper() for name in names]
