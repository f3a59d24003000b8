"""What the deciding task must know."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl

from transport_calc.batch.decide.block_decider import Setting
from transport_calc.batch.decide.identity import PLACE
from transport_calc.batch.decide.output_rows import FILE
from transport_calc.batch.decide.periods import Periods
from transport_calc.batch.decide.repeats import Repeats
from transport_calc.batch.decide.survey import Survey
from transport_calc.batch.write.output_columns import OutputColumns
from transport_calc.parameters import Parameters

_NO_ROWS = pl.Series(PLACE, [], dtype=pl.Int64)


class Wish(NamedTuple):
    """What is decided by, in which language, and what stands beside a decision; `law_day` is another day's law."""

    parameters: Parameters
    lang: str
    columns: OutputColumns
    law_day: date | None = None

    @property
    def foreign(self) -> tuple[str, ...]:
        """The texts beside a decision, but the name of the file, which is known by the place of a row."""
        return tuple(name for name in self.columns.foreign if name != FILE)

    def setting(self, found: Survey) -> Setting:
        """The setting of a decider. It names no repeats: they are found when the rows of all files are decided."""
        return Setting(
            parameters=self.parameters,
            periods=Periods(self.parameters),
            lang=self.lang,
            survey=found,
            repeats=Repeats((), lambda: _NO_ROWS),
            passed=[name for name in self.columns.passed if name != FILE],
            keep_person=self.columns.keep_person,
            law_day=self.law_day,
        )
