"""The kroner of each claim, in whole thousandths of an øre: kilometre money is metres times øre per kilometre.

This is the arithmetic of `transport_calc.law.amount` (`cost_of`, `designated_cost_of`, `reimbursement`) once more,
because SQL cannot run it; the tests hold the two together on random cases. The conditions themselves (does the cost
exceed the minimum, at which places, is it above what was paid) are the provisions and measures, explored.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

from transport_calc.claims import MINIMUM_OF_CLASS
from transport_calc.facts import Case
from transport_calc.law.amount import CostBasis, cost_of, limited_to_actual_cost
from transport_calc.law.orders import FIRST_DAY
from transport_calc.sql.calendar import day_number
from transport_calc.sql.dialects import Dialect
from transport_calc.sql.expression import code, measure
from transport_calc.sql.tables import TableRow, condition

_ORE = 1000
_CASE = Case(purpose="other", trip_date=FIRST_DAY)


def claim(join: str) -> str:
    """`claim`: each row of the table of rights a case may fall into with each cost that may then count."""
    return f"""claim AS (
  SELECT
    situation.case_id, situation.copy_no, situation.trip_date, situation.paid_dkk, situation.already_paid_dkk,
    entitlement.legal_basis, entitlement.reason, entitlement.minimum_class, entitlement.paid_as_to,
    entitlement.minimum_rule, entitlement.verdict AS settled_verdict,
    CASE WHEN entitlement.paid_as_to = 'used' THEN {_basis_shown()} ELSE 'designated_place' END AS basis,
    {_minimum()} AS minimum_ore,
    CASE cost_rule.cost_basis {_costs()} END AS used_cost,
    CASE WHEN situation.designated_cost_dkk IS NOT NULL THEN situation.designated_cost_dkk * {_ORE}
      WHEN cost_rule.cost_basis = 'own_car' THEN 2 * situation.designated_distance_km * situation.mileage_low
      END AS designated_cost
  FROM {join}
)"""


def _basis_shown() -> str:
    shown = " ".join(f"WHEN {code(each)} THEN {code(cost_of(each, _CASE, None).basis)}" for each in get_args(CostBasis))
    return f"CASE cost_rule.cost_basis {shown} END"


def _minimum() -> str:
    amounts = " ".join(f"WHEN {code(kind)} THEN situation.{name}" for kind, name in sorted(MINIMUM_OF_CLASS.items()))
    return f"CASE entitlement.minimum_class {amounts} END"


def _costs() -> str:
    """The cost on each basis: the fact that `cost_of` asks for, and the formula of the own car."""
    found = []
    for basis in get_args(CostBasis):
        [fact] = cost_of(basis, _CASE, None).missing
        if basis == "own_car":
            by_car = "2 * situation.distance_km * situation.mileage_low"
            found.append(f"WHEN 'own_car' THEN {by_car} + COALESCE(situation.extra_costs_dkk, 0) * {_ORE}")
        elif fact.endswith("_dkk"):
            found.append(f"WHEN {code(basis)} THEN situation.{fact} * {_ORE}")
    return " ".join(found)


def compared() -> str:
    """`compared`: the costs that count for the right, each compared with the minimum amount."""
    nothing_spent = "CASE WHEN counted.cost = 0 OR counted.other_cost = 0 THEN 0 END"
    numbers = {"minimum_dkk": f"COALESCE(counted.minimum_ore * {_ORE}, {nothing_spent})"}
    used = measure("cost_above_minimum", {**numbers, "cost_dkk": "counted.cost"})
    designated = measure("designated_cost_above_minimum", {**numbers, "designated_place_dkk": "counted.other_cost"})
    return f"""counted AS (
  SELECT
    claim.*,
    CASE WHEN paid_as_to = 'nearest' THEN designated_cost ELSE used_cost END AS cost,
    CASE WHEN paid_as_to = 'designated' THEN designated_cost END AS other_cost
  FROM claim
),
compared AS (
  SELECT
    counted.*,
    {used} AS cost_above_minimum,
    {designated} AS designated_cost_above_minimum,
    CASE WHEN cost > other_cost THEN other_cost ELSE COALESCE(cost, other_cost) END AS smaller_known,
    CASE WHEN cost IS NOT NULL AND (paid_as_to <> 'designated' OR other_cost IS NOT NULL) THEN 1 ELSE 0
      END AS all_costs_known
  FROM counted
)"""


def judged(dialect: Dialect, rules: Sequence[str], first: date, last: date) -> str:
    """`judged`: does the cost certainly exceed the minimum, certainly not, or can neither be told?"""
    tables = {rule: condition(rule, first, last) for rule in rules}
    calculated = dialect.whole_division.format(f"smaller_known + {_ORE // 2}", _ORE)
    return f"""judged AS (
  SELECT
    compared.*,
    {_possible(tables, True)} AS may_exceed,
    {_possible(tables, False)} AS may_fail,
    {calculated} AS smaller_ore
  FROM compared
)"""


def _possible(tables: dict[str, list[TableRow]], result: bool) -> str:
    branches = []
    for rule, rows in tables.items():
        tests = [_row_possible(row, "compared") for row in rows if row.result is result]
        if tests:
            branches.append(f"WHEN minimum_rule = {code(rule)} AND ({' OR '.join(tests)}) THEN 1")
    without_rule = f"WHEN minimum_rule = '' THEN {int(result)}"
    return f"CASE {' '.join([without_rule, *branches])} ELSE 0 END"


def _row_possible(row: TableRow, source: str) -> str:
    days = f"{source}.trip_date BETWEEN {day_number(row.first)} AND {day_number(row.last)}"
    cells = [f"COALESCE({source}.{fact}, {code(value)}) = {code(value)}" for fact, value in row.cells]
    return f"({' AND '.join([days, *cells])})"


def ended(first: date, last: date) -> str:
    """`ended`: how each claim ends and what it comes to; `verdict` as in `transport_calc.claims`."""
    above_paid = measure(
        "calculated_above_paid", {"calculated_dkk": "judged.smaller_ore", "paid_dkk": "judged.paid_dkk"}
    )
    limit = [row for row in condition(limited_to_actual_cost.id, first, last) if row.result]
    is_limited = " OR ".join(_row_possible(row, "limited") for row in limit)
    return f"""limited AS (
  SELECT
    judged.*,
    {above_paid} AS calculated_above_paid,
    CASE WHEN settled_verdict IS NULL OR settled_verdict <> '' THEN settled_verdict
      WHEN may_exceed = 0 THEN 'below_minimum'
      WHEN may_fail = 0 AND all_costs_known = 1 THEN 'entitled'
      WHEN minimum_ore IS NULL AND minimum_class <> '' THEN 'minimum_unknown'
      ELSE 'cost_unknown' END AS verdict,
    CASE WHEN may_exceed = 0 OR all_costs_known = 1 THEN smaller_ore END AS calculated_ore
  FROM judged
),
capped AS (
  SELECT
    limited.*,
    CASE WHEN paid_dkk IS NOT NULL AND ({is_limited}) THEN paid_dkk ELSE calculated_ore END AS capped_ore
  FROM limited
),
ended AS (
  SELECT
    capped.*,
    CASE WHEN settled_verdict = '' THEN 1 ELSE 0 END AS in_money,
    CASE WHEN settled_verdict <> '' THEN NULL
      WHEN verdict = 'below_minimum' THEN 0
      WHEN verdict <> 'entitled' THEN NULL
      WHEN already_paid_dkk >= capped_ore THEN 0
      ELSE capped_ore - COALESCE(already_paid_dkk, 0) END AS payable_ore
  FROM capped
)"""
