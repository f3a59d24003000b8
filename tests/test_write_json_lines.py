"""Decisions as JSON lines: the same text as the standard library writes of the same objects."""

from __future__ import annotations

import json
from io import BytesIO

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from written_blocks import ENTITLED, UNDETERMINED, frame

from transport_calc.batch.write.output_columns import OutputColumns
from transport_calc.batch.write.write_json_lines import JsonLinesWriter

TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from('"\\/\n\r\t\b\f\0\x1f\x7f\u2028;,{}'), max_size=12)

TAKEN = {*OutputColumns().names, *frame(ENTITLED).columns}


def written(rows: pl.DataFrame, columns: OutputColumns) -> str:
    stream = BytesIO()
    writer = JsonLinesWriter(columns)
    writer.start(stream)
    writer.append(rows, stream)
    return stream.getvalue().decode()


def test_one_line_per_attendance() -> None:
    assert written(frame(ENTITLED, UNDETERMINED), OutputColumns()) == (
        '{"row": 2, "rows": 1, "case_id": "A-1", "outcome": "entitled", "form": "reimbursement", '
        '"channel": "reimbursement", "ground": ["pension", "distance"], "payable_dkk": "80.00", '
        '"minimum_dkk": "48.00", "missing": [], "warnings": [], '
        '"justification": "Borgeren har ret; beløbet er 80,00 kr."}\n'
        '{"row": 3, "rows": 2, "case_id": null, "outcome": "undetermined", "form": null, "channel": null, '
        '"ground": [], "payable_dkk": null, "minimum_dkk": null, "missing": ["mobility", "distance_km"], '
        '"warnings": ["possible_duplicate:2"], "justification": "Det mangler."}\n'
    )


def test_text_of_the_file_stands_as_it_was() -> None:
    rows = frame({**ENTITLED, "note": "=1+1", "person": "007"}, passed=("note", "person"))
    found = json.loads(written(rows, OutputColumns(("note",), keep_person=True)))
    assert (found["note"], found["person"]) == ("=1+1", "007")


@settings(max_examples=150)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5), TEXT.filter(lambda name: name not in TAKEN))
def test_any_text_is_written_as_the_standard_library_does(texts: list[tuple[str, str]], name: str) -> None:
    rows = frame(*({**ENTITLED, "case_id": case, name: text} for case, text in texts), passed=(name,))
    expected = "".join(
        json.dumps(
            {
                "row": 2,
                "rows": 1,
                "case_id": case or None,
                "outcome": "entitled",
                "form": "reimbursement",
                "channel": "reimbursement",
                "ground": ["pension", "distance"],
                "payable_dkk": "80.00",
                "minimum_dkk": "48.00",
                "missing": [],
                "warnings": [],
                "justification": ENTITLED["justification"],
                name: text,
            },
            ensure_ascii=False,
        )
        + "\n"
        for case, text in texts
    )
    assert written(rows, OutputColumns((name,))) == expected


def test_a_header_that_looks_like_a_pattern_is_a_name() -> None:
    rows = frame({**ENTITLED, "*": '"', "^r.*$": "b"}, passed=("*", "^r.*$"))
    found = json.loads(written(rows, OutputColumns(("*", "^r.*$"))))
    assert list(found)[-3:] == ["justification", "*", "^r.*$"]
    assert (found["*"], found["^r.*$"], found["row"]) == ('"', "b", 2)
