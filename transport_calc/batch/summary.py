"""What became of the rows of a file, and the proof that none was lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from transport_calc.batch.decide_rows import DecidedRow, RejectedRow
from transport_calc.wording import text
from transport_calc.wording.numbers import kroner

UNDETERMINED = "undetermined"


class UnbalancedBatch(Exception):
    """Rows were lost or counted twice: an error of the program, after which no result may be used."""


@dataclass(frozen=True)
class OutcomeTotal:
    """How many rows had an outcome, how many of them have no amount yet, and the kroner of the others."""

    rows: int = 0
    payable_dkk: Decimal = Decimal("0.00")
    without_amount: int = 0

    def plus(self, payable: Decimal | None) -> OutcomeTotal:
        """The total with one more row."""
        return OutcomeTotal(self.rows + 1, self.payable_dkk + (payable or 0), self.without_amount + (payable is None))


@dataclass(frozen=True)
class Summary:
    """The counts of one batch. rows read = decided + undetermined + rejected, or it cannot be made."""

    rows_read: int
    decided: int
    undetermined: int
    rejected: int
    blank: int
    total_lines: int
    outcomes: dict[str, OutcomeTotal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        accounted = self.decided + self.undetermined + self.rejected
        if self.rows_read != accounted:
            raise UnbalancedBatch(f"{self.rows_read} rows read, {accounted} accounted for")

    @property
    def payable_dkk(self) -> Decimal:
        """The kroner of all rows together."""
        return sum((total.payable_dkk for total in self.outcomes.values()), Decimal("0.00"))

    @property
    def exit_status(self) -> int:
        """0 if every row was decided, else 4."""
        return 4 if self.rejected or self.undetermined else 0

    def render(self, lang: str) -> str:
        """The summary as a few lines of text."""
        counts = {
            "read": self.rows_read,
            "decided": self.decided,
            "undetermined": self.undetermined,
            "rejected": self.rejected,
        }
        lines = [text("batch.summary_rows", lang, **counts)]
        if self.blank or self.total_lines:
            lines.append(text("batch.summary_skipped", lang, blank=self.blank, totals=self.total_lines))
        for outcome in sorted(self.outcomes):
            total = self.outcomes[outcome]
            name = text(f"batch.outcome_{outcome}", lang)
            paid = kroner(total.payable_dkk, lang)
            lines.append(text("batch.summary_outcome", lang, outcome=name, rows=total.rows, kroner=paid))
            if outcome == "entitled" and total.without_amount:
                lines.append(text("batch.summary_without_amount", lang, rows=total.without_amount))
        lines.append(text("batch.summary_payable", lang, kroner=kroner(self.payable_dkk, lang)))
        return "\n".join(lines)


class Tally:
    """Counts the outcomes of rows while they are written."""

    def __init__(self) -> None:
        self._outcomes: dict[str, OutcomeTotal] = {}
        self._rejected = 0

    def add(self, row: DecidedRow | RejectedRow) -> None:
        """Count one row."""
        if isinstance(row, RejectedRow):
            self._rejected += 1
            return
        outcome = row.decision.outcome
        before = self._outcomes.get(outcome, OutcomeTotal())
        self._outcomes[outcome] = before.plus(row.decision.payable_dkk)

    def summary(self, *, rows_read: int, blank: int, total_lines: int) -> Summary:
        """The summary, given what the reader counted for itself. Raises `UnbalancedBatch`."""
        undetermined = self._outcomes.get(UNDETERMINED, OutcomeTotal()).rows
        return Summary(
            rows_read=rows_read,
            decided=sum(total.rows for total in self._outcomes.values()) - undetermined,
            undetermined=undetermined,
            rejected=self._rejected,
            blank=blank,
            total_lines=total_lines,
            outcomes=dict(self._outcomes),
        )
