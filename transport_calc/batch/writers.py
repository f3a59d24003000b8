"""Which writer belongs to which kind of output."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal, cast, get_args

from transport_calc.batch.output import Writer
from transport_calc.batch.output_columns import OutputColumns
from transport_calc.batch.write_csv import CsvWriter
from transport_calc.batch.write_json_lines import JsonLinesWriter

Kind = Literal["csv", "jsonl"]


def writer_of(kind: Kind, columns: OutputColumns, *, excel: bool = False) -> Writer:
    """The writer of `kind`; `excel` matters only to CSV."""
    if kind == "jsonl":
        return JsonLinesWriter(columns)
    return CsvWriter(columns, excel=excel)


def kind_of(output: str) -> Kind:
    """The kind that the ending of `output` names; CSV if it names none."""
    ending = PurePath(output).suffix.lower().removeprefix(".")
    return cast(Kind, ending) if ending in get_args(Kind) else "csv"
