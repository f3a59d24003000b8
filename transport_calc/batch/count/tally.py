"""The running count of a batch: everything its summary and its report say, and nothing about any person.

A tally holds numbers and codes only. No text of a cell enters it, and a value that is no code of the product is
counted as unknown, so whatever is made from a tally can be shown to anybody. Money is whole øre.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any, NamedTuple

import polars as pl

from transport_calc.batch.count.bins import DISTANCE, MARGIN, Bins
from transport_calc.batch.count.known_codes import known_code, known_fact, known_fault, known_warning
from transport_calc.batch.count.summary import UNDETERMINED, OutcomeTotal, Summary
from transport_calc.batch.decide.decided import Decided

FORMAT = "transport-calc/tally/1"
MOST_PAIRS = 50

DIMENSIONS = {
    "outcome": pl.col("outcome"),
    "ground": pl.col("ground"),
    "municipality": pl.col("_municipality"),
    "means": pl.col("_means"),
    "purpose": pl.col("_purpose"),
    # By day, which is quicker than by month; the few days are put into months afterwards.
    "month": pl.col("_trip_date"),
}
"""What attendances are counted by. Grounds that are met together are one key, so that every sum is the whole."""

# Two dimensions of few values are counted in one pass, which is quicker than one pass each. All in one pass would be
# slower again, because there are many combinations of municipality, day and the rest.
_PASSES = (("outcome", "ground"), ("means", "purpose"), ("municipality",), ("month",))

_DUPLICATE = "possible_duplicate:"
_FILE = "file"


class Group(NamedTuple):
    """Attendances with something in common, the source rows they stand for, and what they are paid together.

    `without_amount` counts those whose amount is not known, `rows_without_amount` their source rows.
    """

    attendances: int = 0
    rows: int = 0
    payable_ore: int = 0
    without_amount: int = 0
    rows_without_amount: int = 0

    def plus(self, other: Group) -> Group:
        """Both groups together."""
        return Group(*map(sum, zip(self, other, strict=True)))

    @property
    def payable_dkk(self) -> Decimal:
        """The kroner of the group."""
        return kroner_of(self.payable_ore)


class Pair(NamedTuple):
    """A row that is equal to an earlier one; `file` is empty unless several files were read.

    `earlier_file` is the file of the earlier row, empty if it is the same file.
    """

    file: str
    row: int
    earlier: int
    earlier_file: str = ""


class Tally:
    """Counts blocks of decisions. `inputs` are the names of the files read, without folders."""

    def __init__(self, inputs: tuple[str, ...] = ()) -> None:
        self.inputs = inputs
        self.rows_read = 0
        self.rejected = 0
        self.blank = 0
        self.totals = 0
        self.groups: dict[str, dict[str, Group]] = {dimension: {} for dimension in DIMENSIONS}
        self.margins: Counter[int] = Counter()
        """Attendances by bin of `bins.MARGIN`: cost minus minimum."""
        self.distances: Counter[int] = Counter()
        """Attendances by bin of `bins.DISTANCE`: one way."""
        self.missing: Counter[str] = Counter()
        """Undetermined attendances by fact that is missing."""
        self.missing_for_amount: Counter[str] = Counter()
        """Attendances with an outcome but without an amount, by fact that is missing."""
        self.faults: Counter[tuple[str, str]] = Counter()
        """Rejected source rows by code of the fault and fact of the column."""
        self.warnings: Counter[str] = Counter()
        """Attendances by warning, duplicates apart."""
        self.duplicates = 0
        self.pairs: list[Pair] = []

    def add(self, decided: Decided) -> None:
        """Count one block."""
        self.rows_read += decided.rows_read
        self.rejected += decided.rejected
        self.blank += decided.blank
        self.totals += decided.totals
        rows = decided.rows.lazy()
        undetermined = pl.col("outcome") == UNDETERMINED
        # Together, because polars then works on all of them at once.
        *grouped, margins, distances, missing, for_amount, warned = pl.collect_all(
            [
                *(_grouped(rows, dimensions) for dimensions in _PASSES),
                _binned(rows, pl.col("_calculated_ore") - pl.col("minimum_ore"), MARGIN),
                _binned(rows, pl.col("_distance_m"), DISTANCE),
                _asked(rows, undetermined),
                _asked(rows, ~undetermined & pl.col("payable_ore").is_null()),
                rows.filter(pl.col("warnings") != "").select(_file(decided.rows), "row", "warnings"),
            ]
        )
        for dimensions, groups in zip(_PASSES, grouped, strict=True):
            self._add_groups(dimensions, groups)
        self.margins.update(dict(margins.iter_rows()))
        self.distances.update(dict(distances.iter_rows()))
        self.missing.update(_facts(missing))
        self.missing_for_amount.update(_facts(for_amount))
        self.faults.update(_faults(decided.rejects))
        self._add_warnings(warned)

    def merge(self, other: Tally) -> None:
        """Count also what `other` has counted."""
        self.rows_read += other.rows_read
        self.rejected += other.rejected
        self.blank += other.blank
        self.totals += other.totals
        for dimension, groups in other.groups.items():
            for key, group in groups.items():
                self.groups[dimension][key] = self.group(dimension, key).plus(group)
        self.margins += other.margins
        self.distances += other.distances
        self.missing += other.missing
        self.missing_for_amount += other.missing_for_amount
        self.faults += other.faults
        self.warnings += other.warnings
        self.duplicates += other.duplicates
        self.pairs = [*self.pairs, *other.pairs][:MOST_PAIRS]

    def summary(self) -> Summary:
        """The counts as the command prints them. Raises `UnbalancedBatch` if rows were lost or counted twice."""
        outcomes = {
            outcome: OutcomeTotal(group.rows, group.payable_dkk, group.rows_without_amount)
            for outcome, group in sorted(self.groups["outcome"].items())
        }
        undetermined = self.group("outcome", UNDETERMINED).rows
        return Summary(
            rows_read=self.rows_read,
            decided=self.all().rows - undetermined,
            undetermined=undetermined,
            rejected=self.rejected,
            blank=self.blank,
            total_lines=self.totals,
            outcomes=outcomes,
        )

    def all(self) -> Group:
        """All attendances that were decided or are undetermined."""
        whole = Group()
        for group in self.groups["outcome"].values():
            whole = whole.plus(group)
        return whole

    def group(self, dimension: str, key: str) -> Group:
        """The attendances with `key` in `dimension`; an empty group if there are none."""
        return self.groups[dimension].get(key, Group())

    def state(self) -> dict[str, Any]:
        """The whole tally as JSON values, exactly; `from_state` makes it again."""
        return {
            "format": FORMAT,
            "inputs": list(self.inputs),
            "rows_read": self.rows_read,
            "rejected": self.rejected,
            "blank": self.blank,
            "totals": self.totals,
            "groups": {
                dimension: {key: list(group) for key, group in sorted(groups.items())}
                for dimension, groups in self.groups.items()
            },
            "margins": sorted(map(list, self.margins.items())),
            "distances": sorted(map(list, self.distances.items())),
            "missing": dict(sorted(self.missing.items())),
            "missing_for_amount": dict(sorted(self.missing_for_amount.items())),
            "faults": [[code, fact, rows] for (code, fact), rows in sorted(self.faults.items())],
            "warnings": dict(sorted(self.warnings.items())),
            "duplicates": self.duplicates,
            "pairs": [list(pair) for pair in self.pairs],
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Tally:
        """The tally that `state` was taken from. Raises ValueError for the state of another version."""
        if state.get("format") != FORMAT:
            raise ValueError(f"not a state of {FORMAT}")
        tally = cls(tuple(state["inputs"]))
        tally.rows_read = state["rows_read"]
        tally.rejected = state["rejected"]
        tally.blank = state["blank"]
        tally.totals = state["totals"]
        tally.groups = {
            dimension: {key: Group(*numbers) for key, numbers in state["groups"][dimension].items()}
            for dimension in DIMENSIONS
        }
        tally.margins = Counter(dict(state["margins"]))
        tally.distances = Counter(dict(state["distances"]))
        tally.missing = Counter(state["missing"])
        tally.missing_for_amount = Counter(state["missing_for_amount"])
        tally.faults = Counter({(code, fact): rows for code, fact, rows in state["faults"]})
        tally.warnings = Counter(state["warnings"])
        tally.duplicates = state["duplicates"]
        tally.pairs = [Pair(*pair) for pair in state["pairs"]]
        return tally

    def _add_groups(self, dimensions: tuple[str, ...], grouped: pl.DataFrame) -> None:
        for *values, without_amount, attendances, rows, payable_ore in grouped.iter_rows():
            without = (attendances, rows) if without_amount else (0, 0)
            group = Group(attendances, rows, payable_ore, *without)
            for dimension, value in zip(dimensions, values, strict=True):
                key = known_code(dimension, value)
                self.groups[dimension][key] = self.group(dimension, key).plus(group)

    def _add_warnings(self, warned: pl.DataFrame) -> None:
        repeats = pl.col("warnings").str.contains(_DUPLICATE, literal=True)
        repeated = warned.filter(repeats)
        others = [warned.filter(~repeats)["warnings"], repeated["warnings"].str.replace_all(f"{_DUPLICATE}[^;]*;?", "")]
        for joined, attendances in pl.concat(others).value_counts().iter_rows():
            for warning in filter(known_warning, joined.split(";")):
                self.warnings[warning] += attendances
        self.duplicates += repeated.height
        for file, row, earlier_file, earlier in _pairs(repeated.head(MOST_PAIRS - len(self.pairs))):
            if earlier_file and earlier_file not in self.inputs:
                continue
            shown = file if len(self.inputs) > 1 and file in self.inputs else ""
            self.pairs.append(Pair(shown, row, earlier, earlier_file))


def kroner_of(ore: int) -> Decimal:
    """Whole øre as kroner with two decimals."""
    return Decimal(ore).scaleb(-2)


def _grouped(rows: pl.LazyFrame, dimensions: tuple[str, ...]) -> pl.LazyFrame:
    """The numbers per value of `dimensions`, apart for attendances with and without an amount."""
    columns = [DIMENSIONS[dimension] for dimension in dimensions]
    return rows.group_by(*columns, pl.col("payable_ore").is_null().alias("_without_amount")).agg(
        pl.len().alias("_attendances"), pl.col("rows").sum(), pl.col("payable_ore").sum()
    )


def _binned(rows: pl.LazyFrame, value: pl.Expr, bins: Bins) -> pl.LazyFrame:
    return rows.select(bins.bin_of(value).alias("bin")).drop_nulls().group_by("bin").len()


def _asked(rows: pl.LazyFrame, of: pl.Expr) -> pl.LazyFrame:
    return rows.filter(of, pl.col("missing") != "").group_by("missing").len()


def _facts(asked: pl.DataFrame) -> Counter[str]:
    facts: Counter[str] = Counter()
    for joined, attendances in asked.iter_rows():
        for fact in filter(known_fact, joined.split(";")):
            facts[fact] += attendances
    return facts


def _faults(rejects: pl.DataFrame) -> Counter[tuple[str, str]]:
    faults: Counter[tuple[str, str]] = Counter()
    for code, column, rows in rejects.group_by("code", "column").agg(pl.col("row").n_unique()).iter_rows():
        faults[known_fault(code, column)] += rows
    return faults


def _file(rows: pl.DataFrame) -> pl.Expr:
    return pl.col(_FILE) if _FILE in rows.columns else pl.lit("").alias(_FILE)


def _pairs(repeated: pl.DataFrame) -> list[tuple[str, int, str, int]]:
    """File and row, and file (empty for the same) and row of the earlier one; a file's name may hold any character."""
    named = pl.col("warnings").str.extract_groups(f"{_DUPLICATE}(?:(?<name>.+?):)??(?<at>[0-9]+)(?:;|$)").struct
    earlier = named.field("name").fill_null("").alias("earlier_file"), named.field("at").cast(pl.Int64)
    return repeated.select(_FILE, "row", *earlier).drop_nulls("at").rows()
