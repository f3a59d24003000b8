"""The decision tables as rows of the query, and the join that finds the rows a situation may fall into."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transport_calc.sql.calendar import day_number
from transport_calc.sql.dialects import Dialect
from transport_calc.sql.expression import code
from transport_calc.sql.tables import TableRow, facts_read


def table(
    dialect: Dialect,
    name: str,
    rows: Sequence[TableRow],
    result_columns: tuple[str, ...],
    results: Callable[[TableRow], tuple[str, ...]],
) -> str:
    """A decision table: the days a row holds, one column for each fact it may ask for (NULL is any value), results."""
    facts = facts_read(rows)
    lines: list[str] = []
    for row in rows:
        cells = dict(row.cells)
        codes = [*(code(cells.get(fact)) for fact in facts), *(code(result) for result in results(row))]
        if not lines:  # the first row tells the engine the types
            codes = [dialect.as_text(each) for each in codes]
        lines.append(", ".join([str(day_number(row.first)), str(day_number(row.last)), *codes]))
    return dialect.constant_rows(name, ("since", "until", *facts, *result_columns), lines)


def falls_into(source: str, table_name: str, rows: Sequence[TableRow]) -> str:
    """The condition that what is known of a situation allows a row of a decision table."""
    tests = [f"{source}.trip_date BETWEEN {table_name}.since AND {table_name}.until"]
    for fact in facts_read(rows):
        if fact == "purpose":
            tests.insert(0, f"{table_name}.purpose = {source}.purpose")
        else:
            tests.append(_compatible(f"{table_name}.{fact}", f"{source}.{fact}"))
    return "\n    AND ".join(tests)


def not_against(one: str, one_rows: Sequence[TableRow], other: str, other_rows: Sequence[TableRow]) -> str:
    """The condition that two rows do not assume different values of a fact that is unknown; may be empty."""
    shared = sorted(set(facts_read(one_rows)) & set(facts_read(other_rows)))
    return "".join(f"\n    AND {_compatible(f'{one}.{fact}', f'{other}.{fact}')}" for fact in shared)


def _compatible(one: str, other: str) -> str:
    return f"({one} IS NULL OR {other} IS NULL OR {one} = {other})"
