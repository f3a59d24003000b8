"""Which writer belongs to which kind of output."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal, cast, get_args

from transport_calc.batch.decide.text import LineForm
from transport_calc.batch.write.csv_line import CsvLine
from transport_calc.batch.write.output import Writer
from transport_calc.batch.write.output_columns import OutputColumns
from transport_calc.batch.write.write_csv import CsvWriter
from transport_calc.batch.write.write_json_lines import JsonLinesWriter
from transport_calc.batch.write.write_parquet import ParquetWriter

Kind = Literal["csv", "jsonl", "parquet", "xlsx"]


def writer_of(kind: Kind, columns: OutputColumns, *, lang: str = "da", excel: bool = False) -> Writer:
    """The writer of `kind`; `excel` matters only to CSV, and `lang` names the sheet of a workbook."""
    if kind == "jsonl":
        return JsonLinesWriter(columns)
    if kind == "parquet":
        return ParquetWriter(columns)
    if kind == "xlsx":
        # Only here, because no other kind needs the library.
        from transport_calc.batch.write.write_xlsx import XlsxWriter

        return XlsxWriter(columns, lang=lang)
    return CsvWriter(columns, excel=excel)


def line_of(kind: Kind) -> LineForm | None:
    """How `kind` writes a decision as three texts, if it does."""
    return CsvLine() if kind == "csv" else None


def kind_of(output: str) -> Kind | None:
    """The kind that the ending of `output` names, if it names one."""
    ending = PurePath(output).suffix.lower().removeprefix(".")
    return cast(Kind, ending) if ending in get_args(Kind) else None
