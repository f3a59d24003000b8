"""What became of the rows of a file, and the proof that none was lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

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
