"""The running count of a batch: everything its summary and its report say, and nothing about any person.

A tally holds numbers and codes only. No text of a cell enters it, and a value that is no code of the product is
counted as unknown, so whatever is made from a tally can be shown to anybody. Money is whole øre.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, cast

import polars as pl

from transport_calc.batch.count.bins import DISTANCE, MARGIN
from transport_calc.batch.count.known_codes import known_code, known_fact, known_fault, known_warning
from transport_calc.batch.count.summary import UNDETERMINED, OutcomeTotal, Summary
from transport_calc.batch.decide.counted import KIND
from transport_calc.batch.decide.decided import Decided
from transport_calc.batch.decide.typed_rows import municipalities

FORMAT = "transport-calc/tally/1"
MOST_PAIRS = 50

_SHARED = {"outcome": "outcome", "ground": "ground", "means": "_means", "purpose": "_purpose"}
"""What the attendances of a kind have in common, and are counted by."""

DIMENSIONS = (*_SHARED, "municipality", "month")
"""What attendances are counted by. Grounds that are met together are one key, so that every sum is the whole."""

_VALUE = "value"

# Two numbers in one: the first times more than there are of the second. Zero is where one is not known.
_MONTHS = 12 * 10_000

_DUPLICATE = "possible_duplicate:"


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
        return Group(
            self.attendances + other.attendances,
            self.rows + other.rows,
            self.payable_ore + other.payable_ore,
            self.without_amount + other.without_amount,
            self.rows_without_amount + other.rows_without_amount,
        )

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
        self.faults.update(_faults(decided.rejects))
        attendances, shared = decided.counted
        # Together, because polars then works on all of them at once. Two numbers in one are counted in one pass.
        kinds, places, bins = pl.collect_all(
            [
                _grouped(attendances, pl.col(KIND).cast(pl.Int64)),
                _grouped(attendances, _municipality() * _MONTHS + pl.lit(_months(attendances["_trip_date"]))),
                attendances.lazy().select(margin=_margin(), distance=DISTANCE.bin_of(pl.col("_distance_m"))),
            ],
            engine="in-memory",
        )
        self._add_kinds(kinds, shared)
        self._add_places(places)
        self.margins += _counted(bins["margin"])
        self.distances += _counted(bins["distance"])
        if any(_DUPLICATE in warnings for warnings in shared["warnings"].unique()):
            self._add_pairs(decided)

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

    def _add_kinds(self, grouped: pl.DataFrame, shared: pl.DataFrame) -> None:
        """Count the kinds of decisions: by outcome and the like, what is asked for, and the warnings."""
        said = shared[grouped[_VALUE]]
        counts = [each[1:] for each in grouped.iter_rows()]
        for dimension, name in _SHARED.items():
            self._add(dimension, said[name].to_list(), counts)
        asked = said.select("outcome", "missing", "warnings").iter_rows()
        for (outcome, missing, warnings), each in zip(asked, counts, strict=True):
            group = Group(*each)
            if outcome == UNDETERMINED:
                _count(self.missing, missing, known_fact, group.attendances)
            else:
                _count(self.missing_for_amount, missing, known_fact, group.without_amount)
            _count(self.warnings, warnings, known_warning, group.attendances)
            self.duplicates += group.attendances * (_DUPLICATE in warnings)

    def _add_places(self, grouped: pl.DataFrame) -> None:
        slugs = ["", *municipalities().categories]
        values = grouped[_VALUE].to_list()
        counts = [each[1:] for each in grouped.iter_rows()]
        months = [value % _MONTHS for value in values]
        self._add("municipality", [slugs[value // _MONTHS] for value in values], counts)
        self._add("month", [date(at // 12, at % 12 + 1, 1) if at else None for at in months], counts)

    def _add(self, dimension: str, values: Sequence[str | date | None], counts: Sequence[tuple[int, ...]]) -> None:
        """Count groups by their values; several may have the same."""
        alike: dict[str | date | None, list[tuple[int, ...]]] = {}
        for value, each in zip(values, counts, strict=True):
            alike.setdefault(value, []).append(each)
        groups = self.groups[dimension]
        for value, several in alike.items():
            key = known_code(dimension, value)
            groups[key] = groups.get(key, Group()).plus(Group(*map(sum, zip(*several, strict=True))))

    def _add_pairs(self, decided: Decided) -> None:
        if len(self.pairs) == MOST_PAIRS:
            return
        attendances, shared = decided.counted
        repeats = shared.with_row_index(KIND).filter(pl.col("warnings").str.contains(_DUPLICATE, literal=True))
        repeated = attendances.select("row", KIND).join(repeats, on=KIND, maintain_order="left")
        for row, earlier_file, earlier in _pairs(repeated.head(MOST_PAIRS - len(self.pairs))):
            if earlier_file and earlier_file not in self.inputs:
                continue
            shown = decided.file if len(self.inputs) > 1 and decided.file in self.inputs else ""
            self.pairs.append(Pair(shown, row, earlier, earlier_file))


def kroner_of(ore: int) -> Decimal:
    """Whole øre as kroner with two decimals."""
    return Decimal(ore).scaleb(-2)


def _grouped(attendances: pl.DataFrame, number: pl.Expr) -> pl.LazyFrame:
    """The number, then attendances, rows and payment, then how many attendances and rows have no amount."""
    count, without = pl.len().cast(pl.Int64), pl.col("payable_ore").null_count().cast(pl.Int64)
    rows, rows_without = count, without
    if attendances["rows"].max() != 1:
        rows = pl.col("rows").sum()
        rows_without = (pl.col("rows") * pl.col("payable_ore").is_null()).sum()
    return (
        attendances.lazy()
        .group_by(number.alias(_VALUE))
        .agg(
            count.alias("attendances"),
            rows.alias("rows"),
            pl.col("payable_ore").sum(),
            without.alias("without"),
            rows_without.alias("rows_without"),
        )
    )


def _municipality() -> pl.Expr:
    return (pl.col("_municipality").to_physical().cast(pl.Int64) + 1).fill_null(0)


def _months(days: pl.Series) -> pl.Series:
    """The month of each day, counted from the year 0; 0 where the day is not known.

    It is looked up among all days between the first and the last: to take each day apart takes longer.
    """
    number = days.to_physical()
    if number.null_count() == len(number):
        return pl.Series([0], dtype=pl.Int64).new_from_index(0, len(number))
    first, last = cast(int, number.min()), cast(int, number.max())
    between = pl.Series(range(first, last + 1), dtype=pl.Int32).cast(pl.Date).dt
    months = between.year().cast(pl.Int64) * 12 + between.month() - 1
    found = months.gather(number - first)
    return found.fill_null(0) if found.null_count() else found


def _margin() -> pl.Expr:
    return MARGIN.bin_of(pl.col("_calculated_ore") - pl.col("minimum_ore"))


def _counted(bins: pl.Series) -> Counter[int]:
    return Counter(dict(bins.drop_nulls().value_counts().iter_rows()))


def _count(counter: Counter[str], joined: str, known: Callable[[str], bool], attendances: int) -> None:
    for code in filter(known, joined.split(";") if attendances and joined else ()):
        counter[code] += attendances


def _faults(rejects: pl.DataFrame) -> Counter[tuple[str, str]]:
    """The rejected rows by fault; a row that has one twice is one."""
    reasons = set(rejects.select("row", "code", "column").iter_rows())
    return Counter(known_fault(code, column) for _, code, column in reasons)


def _pairs(repeated: pl.DataFrame) -> list[tuple[int, str, int]]:
    """The row, and file (empty for the same) and row of the earlier one; a file's name may hold any character."""
    named = pl.col("warnings").str.extract_groups(f"{_DUPLICATE}(?:(?<name>.+?):)??(?<at>[0-9]+)(?:;|$)").struct
    earlier = named.field("name").fill_null("").alias("earlier_file"), named.field("at").cast(pl.Int64)
    return repeated.select("row", *earlier).drop_nulls("at").rows()
