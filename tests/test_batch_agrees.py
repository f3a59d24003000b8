"""One law: a row in a batch is decided as the same facts by themselves, byte for byte, for every purpose."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random

import polars as pl
import pytest

from tests.random_receipts import columns, receipt
from transport_calc.batch.count.tally import Tally
from transport_calc.batch.decide.block_decider import BlockDecider, Setting
from transport_calc.batch.decide.decided import Decided
from transport_calc.batch.decide.decision_row import decision_row
from transport_calc.batch.decide.identity import PLACE
from transport_calc.batch.decide.periods import Periods
from transport_calc.batch.decide.repeats import Repeats
from transport_calc.batch.decide.survey import Survey
from transport_calc.batch.decide.text import LineForm
from transport_calc.batch.read.block import Block, schema_of
from transport_calc.batch.read.layout import Layout, read_layout
from transport_calc.batch.write.csv_line import CsvLine
from transport_calc.batch.write.output_columns import OutputColumns, passed_names
from transport_calc.batch.write.write_csv import CsvWriter
from transport_calc.chain import decide
from transport_calc.faults import InvalidInput
from transport_calc.intake.options import case_from_texts
from transport_calc.parameters import Parameters

Said = Callable[[list[str], list[str], str, int | None], dict[str, object] | list[str]]
"""What is said of the cells of a row: see `expected`."""

ALONE = pl.DataFrame(schema={PLACE: pl.Int64, "first": pl.Int64})
PARAMETERS = {None: Parameters(), 2024: Parameters(use_amounts_of=2024)}


class OneTable:
    name, size, notices = "receipts.csv", 0, ()

    def __init__(self, layout: Layout) -> None:
        self.layout = layout


def decided(
    names: list[str], rows: list[list[str]], lang: str, stand_in: int | None, line: LineForm | None = None
) -> Decided:
    layout = read_layout(iter([(1, ";".join(names))]))
    cells = pl.DataFrame([(at, *cells) for at, cells in enumerate(rows, 2)], schema=schema_of(layout), orient="row")
    parameters = PARAMETERS[stand_in]
    setting = Setting(
        parameters=parameters,
        periods=Periods(parameters),
        lang=lang,
        survey=Survey(ALONE, {}),
        repeats=Repeats([], lambda: ALONE[PLACE]),
        passed=passed_names(layout),
        line=line,
    )
    decider = BlockDecider(OneTable(layout), 0, setting)  # type: ignore[arg-type]
    return decider.decide(Block(cells, {}, (), 0, 0, 0))


def expected(names: list[str], cells: list[str], lang: str, stand_in: int | None) -> dict[str, object] | list[str]:
    """What `check` says of the facts; the codes of what is wrong with them if it refuses them."""
    try:
        case = case_from_texts(dict(zip(names, cells, strict=True)))
        row = decision_row(decide(case, parameters=PARAMETERS[stand_in]), lang)
    except InvalidInput as invalid:
        return [fault.code for fault in invalid.faults]
    return {
        "outcome": row.outcome,
        "form": row.form or "",
        "channel": row.channel or "",
        "ground": row.ground,
        "payable_ore": None if row.payable_dkk is None else int(row.payable_dkk * 100),
        "minimum_ore": None if row.minimum_dkk is None else int(row.minimum_dkk * 100),
        "missing": ";".join(row.missing),
        "justification": row.justification,
    }


def assert_agree(seed: int, rows: int) -> None:
    random = Random(seed)
    names = columns(random)
    lang, stand_in = random.choice(("da", "en")), random.choice((None, None, 2024))
    assert_same(names, [receipt(random, names) for _ in range(rows)], lang, stand_in, expected)


def assert_same_file(names: list[str], cells: Decided, lines: Decided) -> None:
    """A file whose lines are made by wording has the same bytes, and the same counts, as one made cell by cell."""
    for excel in (False, True):
        writer = CsvWriter(OutputColumns(passed_names(read_layout(iter([(1, ";".join(names))])))), excel=excel)
        files = BytesIO(), BytesIO()
        for file, decisions in zip(files, (cells, lines), strict=True):
            writer.append(decisions.rows, file)
        assert files[0].getvalue() == files[1].getvalue(), names
    tallies = Tally(), Tally()
    for tally, decisions in zip(tallies, (cells, lines), strict=True):
        tally.add(decisions)
    assert tallies[0].state() == tallies[1].state(), names
    counted = cells.rows.group_by("outcome").agg(pl.len(), pl.col("payable_ore").sum()).iter_rows()
    groups = {
        outcome: (group.attendances, group.payable_ore) for outcome, group in tallies[1].groups["outcome"].items()
    }
    assert groups == {outcome: (attendances, ore) for outcome, attendances, ore in counted}, names


def assert_same(names: list[str], texts: list[list[str]], lang: str, stand_in: int | None, said: Said) -> None:
    """The batch decides the rows of a file as `said` tells of each row."""
    found = decided(names, texts, lang, stand_in)
    by_row = {row["row"]: row for row in found.rows.iter_rows(named=True)}
    refused: dict[int, list[str]] = {}
    for row, code in found.rejects.select("row", "code").iter_rows():
        refused.setdefault(row, []).append(code)
    assert found.rows_read == len(texts) == len(by_row) + len(refused), names
    for number, cells in enumerate(texts, 2):
        wanted = said(names, cells, lang, stand_in)
        if isinstance(wanted, list):
            assert refused.get(number) == wanted, (names, cells)
        else:
            assert {name: by_row[number][name] for name in wanted} == wanted, (names, cells)
    assert_same_file(names, found, decided(names, texts, lang, stand_in, CsvLine()))


@pytest.mark.parametrize("seed", range(40))
def test_batch_and_check_agree(seed: int) -> None:
    assert_agree(seed, 40)
