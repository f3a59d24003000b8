"""The law as one SQL query over a table of facts, for those who decide in their own database.

The columns of `facts` are the facts of `transport_calc.facts` (NULL is unknown) and a `case_id`; the query answers
what `transport_calc.decide` answers of the same facts: outcome, minimum amount, kroner, basis, legal basis and reason
(NULL where several are possible). It does not look for contradictions: check the facts first. The law in it is
generated: the leaves of the exploration of the law, with every fact unknown, are the rows of its tables. A case falls
into every row that what is known of it allows, and the outcome is certain when all of them agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from transport_calc.facts import FACTS
from transport_calc.law.orders import FIRST_DAY
from transport_calc.parameters import MILEAGE_LOW, THRESHOLDS, Parameters
from transport_calc.sql import kroner, outcome, situation, tables
from transport_calc.sql.calendar import calendar
from transport_calc.sql.dialects import DIALECTS, Dialect
from transport_calc.sql.heading import heading
from transport_calc.sql.leaves import falls_into, not_against, table
from transport_calc.sql.tables import TableRow, facts_read

PURPOSES = tuple(FACTS["purpose"].choices)
_RIGHT_COLUMNS = ("legal_basis", "reason", "minimum_class", "paid_as_to", "minimum_rule", "verdict")


def export(
    dialect: str,
    *,
    parameters: Parameters | None = None,
    purposes: Sequence[str] = PURPOSES,
    since: date = FIRST_DAY,
    until: date = date.max,
) -> str:
    """The query in a dialect, for some purposes and the trips of a period."""
    engine = DIALECTS[dialect]
    rights = [row for purpose in purposes for row in tables.rights(purpose, since, until)]
    read = facts_read([*rights, *tables.costs(since, until)])
    parts = [
        *settling(engine, read, since, until, parameters or Parameters()),
        *_claims(engine, rights, since, until),
        outcome.together(),
    ]
    needed = ("case_id", *situation.facts_needed(read))
    return heading(engine, purposes, needed) + "WITH\n" + ",\n".join(parts) + "\n" + outcome.answer(engine) + ";\n"


def settling(
    engine: Dialect, read: tuple[str, ...], since: date, until: date, parameters: Parameters
) -> tuple[str, ...]:
    """The first part: from the facts to the table `situation`, with one column for everything in `read`."""
    amounts = (*situation.limit_amounts(read), *THRESHOLDS, MILEAGE_LOW)
    return (
        calendar(engine, amounts, since, until, parameters),
        situation.given(engine, read, amounts),
        situation.measured(read),
        situation.situation(read, amounts),
    )


def _claims(engine: Dialect, rights: list[TableRow], since: date, until: date) -> tuple[str, ...]:
    """The second part: the rows of the law a situation may fall into, and the kroner of each."""
    costs = tables.costs(since, until)
    join = (
        "situation"
        f"\n  LEFT JOIN entitlement ON {falls_into('situation', 'entitlement', rights)}"
        f"\n    AND {situation.can_be('entitlement')}"
        f"\n  LEFT JOIN cost_rule ON entitlement.verdict = '' AND {falls_into('situation', 'cost_rule', costs)}"
        f"{not_against('entitlement', rights, 'cost_rule', costs)}"
    )
    rules = sorted({row.result.minimum_rule for row in rights} - {""})
    return (
        table(engine, "entitlement", rights, _RIGHT_COLUMNS, _right_results),
        table(engine, "cost_rule", costs, ("cost_basis",), lambda row: (row.result,)),
        kroner.claim(join),
        kroner.compared(),
        kroner.judged(engine, rules, since, until),
        kroner.ended(since, until),
    )


def _right_results(row: TableRow) -> tuple[str, ...]:
    found = row.result
    right = found.right
    return found.legal_basis, right.reason, right.minimum_class, right.paid_as_to, found.minimum_rule, found.verdict
