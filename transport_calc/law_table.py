"""The law as a decision table: one row for each way the facts can fall out.

A table is what exploration finds when nothing is known but the purpose. Values of a fact between which the law makes
no difference share a row, so a row tests a fact against one or more values. Nothing is presumed: also the exceptions
that a case presumes away stand in the table. The rows of a table exclude each other and together leave nothing out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, NamedTuple, get_args

from transport_calc.engine.explore import explore
from transport_calc.engine.provision import REGISTRY
from transport_calc.facts import Purpose
from transport_calc.law.amount import cost_basis
from transport_calc.law.basis import BASES, legal_basis
from transport_calc.law.companion import companion_right
from transport_calc.law.right import Right
from transport_calc.law.situation import Situation
from transport_calc.law_catalogue import VALUES

Question = Literal["right", "cost", "companion"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

Test = tuple[str, tuple[object, ...]]
"""A fact, and the values of it that lead to the row."""


class Answer(NamedTuple):
    """What the law answers. `status` is that of `Right`, or for the question of cost the cost that counts.

    `basis` is the code of the legal basis (empty but for the question of right); the rest is as in `Right`, with
    `minimum_class` empty for a ride, which has no minimum.
    """

    status: str
    reason: str
    basis: str = ""
    minimum_class: str = ""
    paid_as_to: str = ""
    in_kind: bool = False


class Row(NamedTuple):
    """One way through the law: the tests on the way, the answer, and the provisions evaluated with their citations.

    `legal_basis` is the citation of the law decided under, empty but for the question of right.
    """

    path: tuple[Test, ...]
    answer: Answer
    provisions: tuple[str, ...]
    citations: tuple[str, ...]
    legal_basis: str

    def matches(self, facts: Mapping[str, object]) -> bool:
        """Do these facts, every fact settled, lead to this row?"""
        return all(facts[fact] in values for fact, values in self.path)


class DecisionTable(NamedTuple):
    """All rows of one question on a day; `purpose` is None where the question does not depend on it.

    `columns` are the facts that occur in the rows, in order of first appearance.
    """

    question: Question
    purpose: Purpose | None
    on: date
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def answer(question: Question, case: Situation) -> Answer:
    """The law's answer for one situation."""
    return _ANSWERS[question](case)


def decision_table(question: Question, purpose: Purpose | None, on: date) -> DecisionTable:
    """The complete table of a question on a day; without a purpose, the purpose is a fact like any other.

    Raises `NotInForce` before the first day whose law is known.
    """
    known: dict[str, object] = {} if purpose is None else {"purpose": purpose}
    leaves = explore(_ANSWERS[question], law_date=on, known=known, domains=VALUES)
    ways = [
        _Way(leaf.path, _End(leaf.result, tuple(dict.fromkeys(step.provision for step in leaf.steps))))
        for leaf in leaves
    ]
    rows = tuple(_row(path, end, on) for path, end in _joined(ways, 0))
    columns = tuple(dict.fromkeys(fact for row in rows for fact, _ in row.path))
    return DecisionTable(question, purpose, on, columns, rows)


def every_table(question: Question, on: date) -> tuple[DecisionTable, ...]:
    """The tables of a question on a day: one per purpose for the question of right, one for each other question."""
    purposes = PURPOSES if question == "right" else (None,)
    return tuple(decision_table(question, purpose, on) for purpose in purposes)


def _right(case: Situation) -> Answer:
    basis = legal_basis(case)
    return _of_right(basis.right(case), basis.code)


def _companion(case: Situation) -> Answer:
    return _of_right(companion_right(case), "")


def _of_right(right: Right, basis: str) -> Answer:
    minimum_class = "" if right.in_kind else right.minimum_class
    return Answer(right.status, right.reason, basis, minimum_class, right.paid_as_to, right.in_kind)


def _cost(case: Situation) -> Answer:
    basis = cost_basis(case)
    return Answer(basis, f"cost_{basis}")


_ANSWERS: dict[Question, Callable[[Situation], Answer]] = {"right": _right, "cost": _cost, "companion": _companion}


class _End(NamedTuple):
    answer: Answer
    provisions: tuple[str, ...]


class _Way(NamedTuple):
    path: tuple[tuple[str, object], ...]
    end: _End


_Rows = tuple[tuple[tuple[Test, ...], _End], ...]


def _joined(ways: list[_Way], depth: int) -> _Rows:
    """The rows below a node of the decision tree; values with equal rows below them are joined.

    Where all values of a fact lead to the same, the fact makes no difference there and is left out.
    """
    if len(ways) == 1 and len(ways[0].path) == depth:
        return (((), ways[0].end),)
    fact = ways[0].path[depth][0]
    by_value: dict[object, list[_Way]] = {}
    for way in ways:
        by_value.setdefault(way.path[depth][1], []).append(way)
    values_by_rows: dict[_Rows, list[object]] = {}
    for value, below in by_value.items():
        values_by_rows.setdefault(_joined(below, depth + 1), []).append(value)
    if len(values_by_rows) == 1:
        return next(iter(values_by_rows))
    return tuple((((fact, tuple(values)), *path), end) for rows, values in values_by_rows.items() for path, end in rows)


def _row(path: tuple[Test, ...], end: _End, on: date) -> Row:
    citations = dict.fromkeys(REGISTRY[name].citation(on) for name in end.provisions)
    legal_basis = BASES[end.answer.basis].cites(on) if end.answer.basis else ""
    return Row(path, end.answer, end.provisions, tuple(citations), legal_basis)
