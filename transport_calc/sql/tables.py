"""The decision tables of the query: the right under its law, the cost that counts, and the conditions on kroner.

They are the leaves of the questions that `transport_calc.claims` asks of a case, here with every fact unknown, for
all days of a period. Nothing of the law is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from transport_calc.claims import verdict_without_money
from transport_calc.engine.explore import Path
from transport_calc.engine.provision import REGISTRY
from transport_calc.facts import Case
from transport_calc.law.amount import CostBasis, cost_basis, minimum_condition
from transport_calc.law.basis import legal_basis
from transport_calc.law.right import Right
from transport_calc.law.situation import DOMAINS, Situation
from transport_calc.sql.law_days import ONE_DAY, explore_over_time
from transport_calc.sql.shorten import shorten

R = TypeVar("R", bound=Hashable)

EVERY_DOMAIN = {name: DOMAINS.get(name, (True, False)) for name in Situation.__annotations__}
"""The values of everything the law may read; what claimants assert is yes or no (`transport_calc.law.assertions`)."""


class RightResult(NamedTuple):
    """What a row of the table of rights leads to.

    `verdict` is how the claim ends, empty where that hangs on the kroner; `minimum_rule` is then the provision that
    tests the minimum amount, empty where none does.
    """

    legal_basis: str
    right: Right
    verdict: str
    minimum_rule: str


class TableRow(NamedTuple):
    """A row of a decision table with the days it holds, both included."""

    first: date
    last: date
    cells: Path
    result: Any


@cache
def rights(purpose: str, first: date, last: date) -> tuple[TableRow, ...]:
    """The question of right for one purpose; kept, because every dialect asks for the same."""
    spans = explore_over_time(_right_result, first, last, known={"purpose": purpose}, domains=EVERY_DOMAIN)
    return tuple(row._replace(cells=(("purpose", purpose), *row.cells)) for row in _joined(spans))


def _right_result(situation: Situation) -> RightResult:
    basis = legal_basis(situation)
    right = basis.right(situation)
    if right.status != "right" or right.in_kind:
        return RightResult(basis.code, right, verdict_without_money(right), "")
    # The condition is chosen by facts that the probe answers as a case would.
    rule = minimum_condition(right, cast(Case, situation)).id if right.minimum_class else ""
    return RightResult(basis.code, right, "", rule)


def costs(first: date, last: date) -> list[TableRow]:
    """The question which cost counts."""
    question: Callable[[Any], CostBasis] = cost_basis
    return _joined(explore_over_time(question, first, last, known={}, domains=EVERY_DOMAIN))


def condition(provision: str, first: date, last: date) -> list[TableRow]:
    """One provision that answers yes or no from measures alone, such as a minimum amount."""
    return _joined(explore_over_time(REGISTRY[provision], first, last, known={}, domains=EVERY_DOMAIN))


def _joined(spans: Sequence[Any]) -> list[TableRow]:
    """The rows of all spans, those that stand in adjacent spans as one."""
    rows: dict[tuple[Path, Any], list[TableRow]] = {}
    for span in spans:
        for cells, result in shorten(span.leaves):
            same = rows.setdefault((cells, result), [])
            if same and same[-1].last + ONE_DAY == span.first:
                same[-1] = same[-1]._replace(last=span.last)
            else:
                same.append(TableRow(span.first, span.last, cells, result))
    return [row for same in rows.values() for row in same]


def facts_read(rows: Sequence[TableRow]) -> tuple[str, ...]:
    """Every name the cells of a table ask for, sorted."""
    return tuple(sorted({fact for row in rows for fact, _ in row.cells}))
