"""Numbers and days that remember where they come from: one row is decided, and the way holds for all rows like it.

A `Number` is a Decimal with the expression it was computed by. The law computes with it as with any other; each
comparison goes out as the row's own numbers have it and is noted as a `Test`. Written into a text, it leaves a mark.
What is then known: every row of the same yes/no and enumerated facts that passes the same tests has the same decision,
with its own numbers at the marks.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, DecimalTuple
from typing import Any, NamedTuple

from transport_calc.facts import FACTS

MARK = "\0"
DAY_SLOT = "day"
DAY_MARK = f"{MARK}{DAY_SLOT}{MARK}"
"""Stands for the day of the trip in a text."""
_RATE_DECIMALS = 4
"""Rates per kilometre are given in whole øre; two decimals more are to spare."""
_ORE = Decimal("0.01")

Expression = tuple[Any, ...]
"""`("fact", name)`, `("amount", name)`, `("number", Decimal)`, `("+" | "-" | "*", a, b)` or `("øre", a)`."""


class NotSymbolic(Exception):
    """Something was done with a number that has no expression; the row must be decided by itself."""


class Test(NamedTuple):
    """A comparison of two expressions (`<` or `=`), or how many decimals one needs."""

    relation: str
    left: Expression
    right: Expression | int


class Slot(NamedTuple):
    """A number as it is written: with so many decimals and thousands separated."""

    expression: Expression
    decimals: int


class Recording:
    """The tests one evaluation passed and how they went out, and the slots it wrote."""

    def __init__(self) -> None:
        self.tests: dict[Test, bool] = {}
        self.slots: list[Slot] = []

    def number(self, value: Decimal | int, expression: Expression) -> Number:
        """The number `value`, known as `expression`."""
        symbol = Number(value)
        symbol.expression = expression
        symbol.recording = self
        return symbol

    def noted(self, test: Test, outcome: bool) -> bool:
        """`outcome`, after it has been noted."""
        self.tests[test] = outcome
        return outcome

    def mark(self, slot: Slot) -> str:
        """The mark that stands for `slot` in a text."""
        if slot not in self.slots:
            self.slots.append(slot)
        return f"{MARK}{self.slots.index(slot)}{MARK}"


class Number(Decimal):
    """A Decimal that knows the expression it was computed by. Only what the law does with numbers is possible."""

    expression: Expression
    recording: Recording

    def _made(self, value: Decimal, expression: Expression) -> Number:
        return self.recording.number(value, expression)

    def __add__(self, other: Any) -> Number:
        if not other and not isinstance(other, Number):
            return self
        return self._made(_plain(self) + _plain(other), ("+", self.expression, expression_of(other)))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Number:
        if not other and not isinstance(other, Number):
            return self
        return self._made(_plain(self) - _plain(other), ("-", self.expression, expression_of(other)))

    def __rsub__(self, other: Any) -> Number:
        return self._made(_plain(other) - _plain(self), ("-", expression_of(other), self.expression))

    def __mul__(self, other: Any) -> Number:
        return self._made(_plain(self) * _plain(other), ("*", self.expression, expression_of(other)))

    def __rmul__(self, other: Any) -> Number:
        return self._made(_plain(other) * _plain(self), ("*", expression_of(other), self.expression))

    def __neg__(self) -> Number:
        return self._made(-_plain(self), ("-", ("number", Decimal(0)), self.expression))

    def __lt__(self, other: Any) -> bool:
        return self._less(self, other)

    def __gt__(self, other: Any) -> bool:
        return self._less(other, self)

    def __le__(self, other: Any) -> bool:
        return not self._less(other, self)

    def __ge__(self, other: Any) -> bool:
        return not self._less(self, other)

    def _less(self, left: Any, right: Any) -> bool:
        one, other = expression_of(left), expression_of(right)
        outcome = _plain(left) < _plain(right)
        if one == other:
            return False
        if other[0] == "number" and other[1] <= 0 and never_negative(one):
            return False
        return self.recording.noted(Test("<", one, other), outcome)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decimal | int):
            return False
        one, another = sorted((self.expression, expression_of(other)), key=repr)
        outcome = _plain(self) == _plain(other)
        return True if one == another else self.recording.noted(Test("=", one, another), outcome)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        # All alike, so that a set compares them one by one and the comparison is noted.
        return 0

    def __bool__(self) -> bool:
        return self != 0

    def quantize(self, exp: Any, rounding: Any = None, context: Any = None) -> Number:
        if exp != _ORE or rounding != ROUND_HALF_UP or not never_negative(self.expression):
            raise NotSymbolic(f"quantize({exp}, {rounding})")
        value = _plain(self).quantize(_ORE, rounding=ROUND_HALF_UP)
        whole_ore = decimals_of(self.expression) <= 2
        return self._made(value, self.expression if whole_ore else ("øre", self.expression))

    def normalize(self, context: Any = None) -> Number:
        return self

    def as_tuple(self) -> DecimalTuple:
        normal = _plain(self).normalize().as_tuple()
        assert isinstance(normal.exponent, int)
        # Kilometres are written with one decimal at least, so whole ones need no text of their own.
        needed = max(1, -normal.exponent)
        self.recording.noted(Test("decimals", self.expression, needed), True)
        return DecimalTuple(normal.sign, normal.digits, -needed)

    def __format__(self, specification: str, _context: Any = None) -> str:
        if not (specification.startswith(",.") and specification.endswith("f")):
            raise NotSymbolic(f"format {specification!r}")
        decimals = int(specification[2:-1])
        needed = Test("decimals", self.expression, 0)
        if decimals_of(self.expression) > decimals and not any(
            test._replace(right=0) == needed and outcome and int(test.right) <= decimals  # type: ignore[arg-type]
            for test, outcome in self.recording.tests.items()
        ):
            raise NotSymbolic("a number with more decimals than are written")
        return self.recording.mark(Slot(self.expression, decimals))

    def __str__(self) -> str:
        raise NotSymbolic("str")

    def __copy__(self) -> Number:
        return self

    def __deepcopy__(self, memo: Any) -> Number:
        return self


def expression_of(value: Any) -> Expression:
    """The expression of a number; an ordinary number stands for itself."""
    return value.expression if isinstance(value, Number) else ("number", Decimal(value))


def _plain(value: Any) -> Decimal:
    return Decimal(value)


def never_negative(expression: Expression) -> bool:
    """Whether an expression cannot be below zero, whatever the facts: facts and amounts never are."""
    kind = expression[0]
    if kind == "number":
        return bool(expression[1] >= 0)
    if kind in ("+", "*"):
        return never_negative(expression[1]) and never_negative(expression[2])
    return kind in ("fact", "amount") or (kind == "øre" and never_negative(expression[1]))


def decimals_of(expression: Expression) -> int:
    """The most decimals that the value of an expression can have."""
    kind = expression[0]
    if kind == "fact":
        return decimals_of_fact(expression[1])
    if kind == "amount":
        return decimals_of_amount(expression[1])
    if kind == "number":
        exponent: int = expression[1].normalize().as_tuple().exponent
        return max(0, -exponent)
    if kind == "øre":
        return 2
    one, other = decimals_of(expression[1]), decimals_of(expression[2])
    return one + other if kind == "*" else max(one, other)


def decimals_of_amount(name: str) -> int:
    """Minimum amounts end at the øre, rates per kilometre may be finer."""
    return _RATE_DECIMALS if name.startswith("mileage") else 2


def decimals_of_fact(name: str) -> int:
    """Kroner end at the øre, kilometres at the metre; what is counted is whole."""
    info = FACTS[name]
    return 0 if info.kind == "whole" else 2 if info.unit.startswith("kr.") else 3
