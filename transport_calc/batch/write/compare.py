"""An old and a new result of the same receipts: which attendances changed and why, as CSV, and the counts of it.

Neither result is held in memory: both are narrowed to what is compared, and then compared some rows at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple

import polars as pl

from transport_calc.batch.write.changes import REASONS, WORDING, changes, with_sentences
from transport_calc.batch.write.kroner_text import kroner_text
from transport_calc.batch.write.output_columns import MONEY
from transport_calc.batch.write.result_file import FILE, not_a_result, result_file
from transport_calc.batch.write.write_csv import TableCsvWriter
from transport_calc.batch.write.writers import Kind
from transport_calc.wording import text
from transport_calc.wording.numbers import kroner

COLUMNS = (
    *(FILE, "row", "case_id", "change", "reasons", "old_outcome", "new_outcome"),
    *("old_payable_dkk", "new_payable_dkk", "difference_dkk", "old_minimum_dkk", "new_minimum_dkk"),
    *("old_form", "new_form", "old_channel", "new_channel", "old_ground", "new_ground", "why"),
)

_ROWS_AT_ONCE = 100_000
_PAYABLE = MONEY["payable_dkk"]


class Comparison(NamedTuple):
    """How many attendances did not change, changed, came and went; reasons by code; the sums payable in whole øre."""

    same: int
    changed: int
    added: int
    removed: int
    reasons: dict[str, int]
    old_payable_ore: int
    new_payable_ore: int

    def render(self, lang: str) -> str:
        """The comparison as a few lines of text."""
        counts = {"same": self.same, "changed": self.changed, "added": self.added, "removed": self.removed}
        lines = [text("batch.compare_rows", lang, **counts)]
        for code in (*REASONS, WORDING):
            if self.reasons.get(code):
                reason = text(f"batch.compare_reason_{code}", lang)
                lines.append(text("batch.compare_reason", lang, reason=reason, rows=self.reasons[code]))
        sums = {"old": self.old_payable_ore, "new": self.new_payable_ore}
        sums["difference"] = self.new_payable_ore - self.old_payable_ore
        said = {name: kroner(Decimal(oere) / 100, lang) for name, oere in sums.items()}
        return "\n".join([*lines, text("batch.compare_payable", lang, **said)])


def compare(
    old: Path,
    new: Path,
    stream: BinaryIO,
    *,
    kind: Kind | None = None,
    lang: str = "da",
    by_file: bool = False,
    excel: bool = False,
) -> Comparison:
    """Write to `stream` what changed from the result `old` to the result `new`, and count it.

    Attendances are the same if their row and case number are, and with `by_file` (several receipts files) the file.
    `kind` is that of `new`, if its ending does not say so. Raises `InvalidInput` if `old` is no result.
    """
    columns = COLUMNS if by_file else COLUMNS[1:]
    writer = TableCsvWriter(columns, guard=("case_id", FILE) if by_file else ("case_id",), excel=excel)
    writer.start(stream)
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        before, after = Path(folder) / "old.parquet", Path(folder) / "new.parquet"
        _narrow(old, before, kind=None, by_file=by_file)
        _narrow(new, after, kind=kind, by_file=by_file)
        for was, now in _side_by_side(before, after):
            found = changes(was, now)
            counts["old"] += was.height
            counts["old_payable"] += int(was[_PAYABLE].sum())
            counts["new_payable"] += int(now[_PAYABLE].sum())
            counts.update(found["change"].to_list())
            reasons.update(code for codes in found["reasons"].to_list() for code in codes.split(";"))
            writer.append(_cells(with_sentences(found, lang), "," if excel else "."), stream)
    return Comparison(
        same=counts["old"] - counts["changed"] - counts["removed"],
        changed=counts["changed"],
        added=counts["added"],
        removed=counts["removed"],
        reasons={code: reasons[code] for code in (*REASONS, WORDING) if reasons[code]},
        old_payable_ore=counts["old_payable"],
        new_payable_ore=counts["new_payable"],
    )


def _narrow(result: Path, target: Path, *, kind: Kind | None, by_file: bool) -> None:
    try:
        result_file(result, kind=kind, by_file=by_file).sink_parquet(target, row_group_size=50_000)
        # JSON lines may lack what a result always has.
        lacking = pl.col("row").is_null() | (pl.col("outcome") == "")
        broken = bool(pl.scan_parquet(target).select(lacking.any()).collect().item())
    except pl.exceptions.PolarsError:
        raise not_a_result(result) from None
    if broken:
        raise not_a_result(result)


def _side_by_side(before: Path, after: Path) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """The rows of both results, some at a time, in the order of the receipts."""
    old, new = pl.scan_parquet(before), pl.scan_parquet(after)
    lasts = pl.concat([old, new]).group_by(FILE).agg(pl.col("row").max()).sort(FILE).collect()
    for file, last in lasts.iter_rows():
        for first in range(0, last + 1, _ROWS_AT_ONCE):
            here = (pl.col(FILE) == file) & pl.col("row").is_between(first, first + _ROWS_AT_ONCE - 1)
            yield old.filter(here).collect(), new.filter(here).collect()


def _cells(found: pl.DataFrame, point: str) -> pl.DataFrame:
    known = pl.col(f"old_{_PAYABLE}").is_not_null() & pl.col(f"new_{_PAYABLE}").is_not_null()
    difference = pl.when(known).then(pl.col(f"new_{_PAYABLE}") - pl.col(f"old_{_PAYABLE}"))
    found = found.with_columns(difference.alias("difference_ore"))
    money = {f"{side}_{name}": f"{side}_{oere}" for side in ("old", "new") for name, oere in MONEY.items()}
    money["difference_dkk"] = "difference_ore"
    return found.with_columns(kroner_text(oere, point).alias(name) for name, oere in money.items())
