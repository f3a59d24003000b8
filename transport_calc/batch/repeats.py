"""Which earlier row a repeated row is named with: the first like it that was decided."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from transport_calc.batch.grouping import Grouping
from transport_calc.batch.identity import PLACE, place, table_and_row
from transport_calc.batch.output_rows import joined
from transport_calc.batch.typed_rows import ROW

_NONE = -1
_ADDED = "added"


class Repeats:
    """Follows the rows that are alike through a run. `names` are the files by number."""

    def __init__(self, names: Sequence[str], state: dict[str, int] | None = None) -> None:
        self._names = names
        # Only where the first of several was rejected; everywhere else that one is the earlier row.
        self._instead = {int(first): earlier for first, earlier in (state or {}).items()}

    @property
    def state(self) -> dict[str, int]:
        """What a run that goes on later needs to know (JSON)."""
        return {str(first): earlier for first, earlier in self._instead.items()}

    def named(
        self,
        output: pl.DataFrame,
        cells: pl.DataFrame,
        repeated: pl.DataFrame,
        table: int,
        grouping: Grouping,
        rejected: set[int],
    ) -> pl.DataFrame:
        """The rows of an output, those that repeat an earlier one with a warning; `repeated` is from the survey."""
        if repeated.is_empty() or cells.is_empty():
            return output
        own = cells.select(place(table, pl.col(ROW)), pl.col(ROW), grouping.first_of(cells).alias("attendance"))
        here = own.join(repeated, on=PLACE, how="inner", maintain_order="left")
        warned: dict[int, list[str]] = {}
        for at, row, attendance, first in here.iter_rows():
            earlier = self.earlier(at, first, decided=row not in rejected)
            if earlier is not None:
                warned.setdefault(attendance, []).append(f"possible_duplicate:{self._named(earlier, table)}")
        if not warned:
            return output
        texts = {ROW: list(warned), _ADDED: [";".join(each) for each in warned.values()]}
        added = pl.DataFrame(texts, schema={ROW: pl.Int64, _ADDED: pl.String})
        both = output.join(added, on=ROW, how="left", maintain_order="left").with_columns(pl.col(_ADDED).fill_null(""))
        return both.with_columns(joined("warnings", _ADDED).alias("warnings")).drop(_ADDED)

    def earlier(self, here: int, first: int, *, decided: bool) -> int | None:
        """The earlier row that the row at `here` repeats; `None` if it is the first that was decided.

        To be asked once for every row that is not alone, in order.
        """
        if not decided:
            if here == first:
                self._instead[first] = _NONE
            return None
        if here == first:
            return None
        earlier = self._instead.get(first, first)
        if earlier == _NONE:
            self._instead[first] = here
            return None
        return earlier

    def _named(self, earlier: int, table: int) -> str:
        other, row = table_and_row(earlier)
        return str(row) if other == table else f"{self._names[other]}:{row}"
