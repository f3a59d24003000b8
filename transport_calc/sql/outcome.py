"""One row per case: what its claims come to together, as `outcome_of` and `payout` put them together.

Like the kroner this is the Python once more, with aggregates in place of sets; the tests hold the two together.
"""

from __future__ import annotations

from transport_calc.sql.dialects import Dialect


def together() -> str:
    """`together`: what the claims of a case share, and whether they share it."""
    return f"""together AS (
  SELECT
    case_id, copy_no,
    COUNT(verdict) AS claims,
    SUM(in_money) AS in_money,
    COUNT(payable_ore) AS payables,
    {_shared("verdict", "verdict")},
    SUM(CASE WHEN verdict IN ('entitled', 'below_minimum', 'cost_unknown') THEN 0 ELSE 1 END) AS uncertain,
    {_shared("minimum_class", "any_class")},
    {_shared("legal_basis", "legal_basis")},
    {_shared("reason", "reason")},
    {_shared("payable_ore", "payable_ore")},
    {_shared_in_money("minimum_class", "minimum_class")},
    {_shared_in_money("basis", "basis")},
    {_shared_in_money("calculated_ore", "calculated_ore", whole=True)},
    {_shared_in_money("minimum_ore", "minimum_ore", whole=True)}
  FROM ended
  GROUP BY case_id, copy_no
),
concluded AS (
  SELECT
    together.*,
    CASE WHEN claims = 0 THEN NULL
      WHEN verdict IN ('entitled', 'below_minimum', 'not_entitled', 'discretionary') THEN verdict
      WHEN uncertain = 0 AND any_class IS NOT NULL THEN 'entitled'
      ELSE 'undetermined' END AS outcome
  FROM together
),
paid AS (
  SELECT
    concluded.*,
    CASE WHEN outcome = 'entitled' AND payables = claims AND payable_ore IS NOT NULL THEN 1 ELSE 0 END AS settled,
    CASE WHEN in_money > 0 AND outcome IN ('entitled', 'below_minimum', 'undetermined') THEN 1 ELSE 0 END AS has_money
  FROM concluded
)"""


def _shared(column: str, name: str) -> str:
    """The value all claims share, NULL if they differ."""
    return f"CASE WHEN MIN({column}) = MAX({column}) THEN MIN({column}) END AS {name}"


def _shared_in_money(column: str, name: str, *, whole: bool = False) -> str:
    """The value all claims to money share; with `whole`, NULL also if some of them have none."""
    of_money = f"CASE WHEN in_money = 1 THEN {column} END"
    every = f"COUNT({of_money}) = SUM(in_money) AND " if whole else ""
    return f"CASE WHEN {every}MIN({of_money}) = MAX({of_money}) THEN MIN({of_money}) END AS {name}"


def answer(dialect: Dialect) -> str:
    """The last SELECT. A case on a day without law, or of another purpose, has NULL as its outcome."""
    minimum = dialect.kroner.format("minimum_ore")
    calculated = dialect.kroner.format("calculated_ore")
    payable = dialect.kroner.format("payable_ore")
    nothing = dialect.kroner.format("0")
    return f"""SELECT
  case_id,
  outcome,
  CASE WHEN has_money = 1 AND minimum_class <> '' THEN minimum_class END AS minimum_class,
  CASE WHEN has_money = 1 AND minimum_ore IS NOT NULL THEN {minimum} END AS minimum_dkk,
  CASE WHEN has_money = 1 AND calculated_ore IS NOT NULL THEN {calculated} END AS calculated_dkk,
  CASE WHEN settled = 1 THEN {payable}
    WHEN outcome IN ('not_entitled', 'discretionary', 'below_minimum') THEN {nothing}
    WHEN outcome = 'entitled' AND in_money = 0 THEN {nothing} END AS payable_dkk,
  CASE WHEN outcome IS NULL THEN NULL WHEN has_money = 1 AND basis IS NOT NULL THEN basis ELSE 'none' END AS basis,
  legal_basis,
  reason
FROM paid"""
