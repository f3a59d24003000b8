"""Receipts files as they come, one for each thing that can be wrong with them, and what must be said about each.

`python tests/dirty_examples.py` writes them and their README to data/examples/dirty. What is to be rejected stands
here by hand; the rejects files beside them also hold the sentences.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent.parent / "data" / "examples" / "dirty"

Rejected = tuple[int, str, str]
"""Row, column (empty if the row has no cells one could trust) and code."""


@dataclass(frozen=True)
class Example:
    """`rows` is the number of rows that are decided."""

    name: str
    content: bytes
    danish: str
    english: str
    rows: int
    rejected: tuple[Rejected, ...] = ()


HEADER = "sagsnr;dato;kommune;formål;genoptræningsplan;pensionist;mobilitet;offentlig_takst;beløb;bemærkning"


def good(number: int, note: str = "", *, day: str = "13-05-2024", paid: str = "80,00") -> str:
    """A receipt nothing is wrong with."""
    return f"D-{number};{day};Randers;genoptræning;ja;ja;kan bruge offentlig transport;80,00;{paid};{note}"


def lines(*rows: str, end: str = "\n", header: str = HEADER) -> str:
    """A file of `rows`."""
    return "".join(row + end for row in (header, *rows))


def around(bad: str) -> bytes:
    """A file in which one line stands between two good ones: row 3."""
    return lines(good(1), bad, good(2)).encode()


def packed(content: bytes) -> bytes:
    """`content` compressed, with the same bytes every time."""
    return gzip.compress(content, mtime=0)


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """A workbook with the same bytes every time."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.set_properties({"created": dt.datetime(2024, 5, 13, tzinfo=dt.UTC)})
        fill(book)
    return made.getvalue()


def stored_types(book: xlsxwriter.Workbook) -> None:
    """Dates, amounts and yes or no as Excel stores them; a CPR number as text; a time of day; a number as a date."""
    sheet = book.add_worksheet("Bilag")
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    clock = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    sheet.write_row(0, 0, ["cpr", "sagsnr", "dato", "pensionist", "afstand_km", "transportmiddel", "beløb"])
    rows = [
        ("0101010001", "0017", dt.date(2024, 5, 13), True, 12, "flextur", 80.5),
        ("0101010002", 18, dt.date(2024, 5, 13), False, 1.234, "flextur", 1234.5),
        (
            "0101010003",
            19,
            dt.datetime(2024, 5, 13, 14, 30, tzinfo=dt.UTC).replace(tzinfo=None),
            True,
            12,
            "flextur",
            80,
        ),
        ("0101010004", 20, 45425, True, 12, "flextur", 80),
    ]
    for at, (person, case, date, *rest) in enumerate(rows, 1):
        sheet.write_string(at, 0, person)
        sheet.write(at, 1, case)
        if isinstance(date, int):
            sheet.write_number(at, 2, date)
        else:
            sheet.write_datetime(at, 2, date, clock if isinstance(date, dt.datetime) else day)
        sheet.write_row(at, 3, rest)


def error_cells(book: xlsxwriter.Workbook) -> None:
    """An amount that Excel could not calculate, and a sum line."""
    sheet = book.add_worksheet("Bilag")
    sheet.write_row(0, 0, ["sagsnr", "dato", "beløb"])
    for at, amount in enumerate(("80", "#DIV/0!", "90"), 1):
        sheet.write_row(at, 0, [f"D-{at}", "13-05-2024"])
        sheet.write_formula(at, 2, "=1/0" if amount.startswith("#") else f"={amount}", None, amount)
    sheet.write_row(4, 0, ["I alt", "", 170])


def several_sheets(book: xlsxwriter.Workbook) -> None:
    """A front page and two weeks."""
    book.add_worksheet("Forside").write_string(0, 0, "Bilag fra maj")
    for week in (20, 21):
        sheet = book.add_worksheet(f"Uge {week}")
        sheet.write_row(0, 0, ["sagsnr", "dato", "beløb"])
        sheet.write_row(1, 0, [f"D-{week}", "13-05-2024", "80,00"])


def english_header() -> str:
    """The names of the facts instead of the Danish ones."""
    return "case_id;trip_date;municipality;purpose;hospital_based;pensioner;mobility;public_fare_dkk;paid_dkk;note"


GOOD_FILE = lines(good(1), good(2), good(3))

EXAMPLES = (
    Example(
        "short_row.csv",
        around("D-9;13-05-2024;Randers;genoptræning;ja;ja;kan bruge offentlig transport;80,00"),
        "En række med for få celler.",
        "A row with too few cells.",
        2,
        ((3, "", "short_row"),),
    ),
    Example(
        "long_row.csv",
        around(good(9, "bus; og tog")),
        "En række med for mange celler: et semikolon i teksten.",
        "A row with too many cells: a semicolon in the text.",
        2,
        ((3, "", "long_row"),),
    ),
    Example(
        "stray_quote.csv",
        around(good(9, 'kaldet "bussen"')),
        "Anførselstegn midt i en celle.",
        "Quotation marks inside a cell.",
        2,
        ((3, "", "stray_quote"),),
    ),
    Example(
        "unclosed_quote.csv",
        around(good(9, '"bus')),
        "Et anførselstegn, der ikke lukkes; rækken efter er hel.",
        "A quotation mark that is not closed; the row after it is whole.",
        2,
        ((3, "", "unclosed_quote"),),
    ),
    Example(
        "nul.csv",
        around(good(9, "bus\0")),
        "Et nultegn.",
        "A NUL character.",
        2,
        ((3, "", "nul_byte"),),
    ),
    Example(
        "invalid_bytes.csv",
        b"\xef\xbb\xbf" + around(good(9, "blåbær")).replace("blåbær".encode(), b"bl\xe5b\xe6r"),
        "UTF-8 med BOM, hvor en række er skrevet i Windows-1252.",
        "UTF-8 with a byte order mark, one row of which was written in Windows-1252.",
        2,
        ((3, "", "undecodable_byte"),),
    ),
    Example(
        "invalid_bytes_cp1252.csv",
        around(good(9, "bl?")).decode().encode("cp1252").replace(b"bl?", b"bl\x81"),
        "Windows-1252 med en byte, der ikke er et tegn.",
        "Windows-1252 with a byte that is no character.",
        2,
        ((3, "", "undecodable_byte"),),
    ),
    Example(
        "megabyte_field.csv.gz",
        packed(around(good(9, "x" * (1 << 20)))),
        "En megabyte i én celle (pakket).",
        "A megabyte in one cell (compressed).",
        2,
        ((3, "", "too_long"),),
    ),
    Example(
        "cut.csv",
        lines(good(1), good(2)).encode() + b"D-3;13-05-2024;Randers;genop",
        "En fil, der er afbrudt midt i en række.",
        "A file cut in the middle of a row.",
        2,
        ((4, "", "short_row"),),
    ),
    Example(
        "cut_letter.csv",
        lines(good(1), good(2)).encode() + "D-3;13-05-2024;Randers;genoptræ".encode()[:-1],
        "En fil, der er afbrudt midt i et bogstav.",
        "A file cut in the middle of a letter.",
        2,
        ((4, "", "undecodable_byte"),),
    ),
    Example("cp1252.csv", GOOD_FILE.encode("cp1252"), "Windows-1252, som Excel skriver.", "Windows-1252.", 3),
    Example("utf16.csv", GOOD_FILE.encode("utf-16"), "UTF-16.", "UTF-16.", 3),
    Example("bom.csv", GOOD_FILE.encode("utf-8-sig"), "UTF-8 med BOM.", "UTF-8 with a byte order mark.", 3),
    Example("sep.csv", ("sep=;\n" + GOOD_FILE).encode(), "Første linje »sep=;«.", 'A first line "sep=;".', 3),
    Example("crlf.csv", lines(good(1), good(2), end="\r\n").encode(), "Linjeskift CRLF.", "Line ends CRLF.", 2),
    Example("cr.csv", lines(good(1), good(2), end="\r").encode(), "Linjeskift CR alene.", "Line ends CR alone.", 2),
    Example(
        "quoted_newline.csv",
        lines(good(1, '"bus\nog ""tog"""'), good(2)).encode(),
        "Linjeskift og anførselstegn inde i en celle.",
        "A line end and quotation marks inside a cell.",
        2,
    ),
    Example(
        "blank_and_total.csv",
        lines(good(1), "", ";;;;;;;;;", good(2), "I alt;;;;;;;;160,00;").encode(),
        "Tomme linjer og en sumlinje.",
        "Blank lines and a line of totals.",
        2,
    ),
    Example(
        "tab.csv", GOOD_FILE.replace(";", "\t").encode(), "Tabulator mellem cellerne.", "Tabs between the cells.", 3
    ),
    Example(
        "comma.csv",
        GOOD_FILE.replace(",", ".").replace(";", ",").encode(),
        "Komma mellem cellerne, punktum i tallene.",
        "Commas between the cells, points in the numbers.",
        3,
    ),
    Example(
        "english_headers.csv",
        lines(good(1), good(2), header=english_header()).encode(),
        "Oplysningernes engelske navne.",
        "The English names of the facts.",
        2,
    ),
    Example(
        "formula.csv",
        lines(good(1, "=cmd|' /C calc'!A0"), good(9, paid="=80+5"), good(2, "@SUM(A1)")).encode(),
        "Tekst, som et regneark ville udføre som en formel.",
        "Text that a spreadsheet would run as a formula.",
        2,
        ((3, "beløb", "not_a_number"),),
    ),
    Example(
        "ambiguous_number.csv",
        around(good(9, paid="1.234")),
        "1.234 kan være tusind eller godt én.",
        "1.234 may be a thousand or a little over one.",
        2,
        ((3, "beløb", "ambiguous_number"),),
    ),
    Example(
        "swapped_date.csv",
        around(good(9, day="07-13-2024")),
        "Måned før dag.",
        "The month before the day.",
        2,
        ((3, "dato", "no_such_date"),),
    ),
    Example(
        "two_digit_year.csv",
        around(good(9, day="13-05-24")),
        "Årstal med to cifre.",
        "A year of two digits.",
        2,
        ((3, "dato", "two_digit_year"),),
    ),
    Example(
        "header_again.csv",
        lines(good(1), HEADER, good(2)).encode(),
        "To filer sat sammen: kolonnenavnene igen midt i.",
        "Two files joined: the column names again in the middle.",
        2,
        (
            (3, "dato", "not_a_date"),
            (3, "formål", "unknown_choice"),
            (3, "genoptræningsplan", "not_yes_no"),
            (3, "pensionist", "not_yes_no"),
            (3, "mobilitet", "unknown_choice"),
            (3, "offentlig_takst", "not_a_number"),
            (3, "beløb", "not_a_number"),
            (3, "kommune", "unknown_municipality"),
        ),
    ),
    Example("packed.csv.gz", packed(GOOD_FILE.encode()), "Pakket med gzip.", "Compressed with gzip.", 3),
    Example(
        "packed_cut.csv.gz",
        packed(GOOD_FILE.encode())[:-12],
        "Pakket med gzip, men afbrudt.",
        "Compressed with gzip, but cut.",
        2,
        ((4, "", "truncated_gzip"),),
    ),
    Example(
        "lines.jsonl",
        '{"sagsnr": "D-1", "dato": "2024-05-13", "pensionist": true, "beløb": 1.234}\n'
        '{"sagsnr": "D-2", "dato": "2024-05-13", "beløb": "80.50"}\n'
        '{"sagsnr": "D-3", "dato": "2024-05-13", "beløb": 80\n'
        '["D-4"]\n'
        '{"sagsnr": "D-5", "dato": "2024-05-13", "dato": "2024-05-14"}\n'
        '{"sagsnr": "D-6", "dato": "2024-05-13", "beløb": [40, 40]}\n'.encode(),
        "JSON-linjer; tre decimaler, en linje der ikke er lukket, en liste, en nøgle to gange, en liste som værdi.",
        "JSON lines; three decimals, an unclosed line, a list, a key given twice, a list for a value.",
        1,
        (
            (1, "beløb", "too_many_decimals"),
            (3, "", "not_json"),
            (4, "", "not_an_object"),
            (5, "", "duplicate_key"),
            (6, "", "nested_value"),
        ),
    ),
    Example(
        "stored_types.xlsx",
        workbook(stored_types),
        "Datoer, tal og ja/nej, som Excel gemmer dem; et klokkeslæt og et tal, hvor der skal stå en dato.",
        "Dates, numbers and yes/no as Excel stores them; a time of day and a number where a date belongs.",
        2,
        ((4, "dato", "not_a_date"), (5, "dato", "not_a_date")),
    ),
    Example(
        "error_cells.xlsx",
        workbook(error_cells),
        "Et beløb, Excel ikke kunne beregne, og en sumlinje.",
        "An amount Excel could not calculate, and a line of totals.",
        2,
        ((3, "", "error_cell"),),
    ),
    Example(
        "several_sheets.xlsx",
        workbook(several_sheets),
        "Flere ark; det første med kendte kolonner læses, resten nævnes.",
        "Several sheets; the first with known columns is read, the others are named.",
        1,
    ),
)

README = """# Filer, som de kommer · Files as they come

Én fil for hver fejl, med de afviste rækker ved siden af i `NAVN.rejects.csv`.
One file for each defect, with the rejected rows beside it in `NAME.rejects.csv`.

| fil · file | | |
|---|---|---|
"""


def readme() -> str:
    """The list of the files."""
    return README + "".join(f"| `{one.name}` | {one.danish} | {one.english} |\n" for one in EXAMPLES)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for one in EXAMPLES:
        (FOLDER / one.name).write_bytes(one.content)
    (FOLDER / "README.md").write_text(readme(), encoding="utf-8")
