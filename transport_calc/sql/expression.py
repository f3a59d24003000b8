"""Small expression objects that write themselves as SQL, so that the body of a measure serves Python and SQL alike."""

from __future__ import annotations

from transport_calc.measures import MEASURES, inputs


class Expression:
    """An SQL expression that can be compared with another one, as numbers are."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __gt__(self, other: Expression) -> Expression:
        return Expression(f"{self.text} > {other.text}")

    def __lt__(self, other: Expression) -> Expression:
        return Expression(f"{self.text} < {other.text}")

    def __ge__(self, other: Expression) -> Expression:
        return Expression(f"{self.text} >= {other.text}")

    def __le__(self, other: Expression) -> Expression:
        return Expression(f"{self.text} <= {other.text}")


def truth(condition: str) -> str:
    """A condition as the text 'true' or 'false', NULL while it is unknown."""
    return f"CASE WHEN {condition} THEN 'true' WHEN NOT ({condition}) THEN 'false' END"


def measure(name: str, numbers: dict[str, str]) -> str:
    """A measure over columns: the function of `transport_calc.measures` itself, given columns instead of numbers."""
    comparison = MEASURES[name](*(Expression(numbers[each]) for each in inputs(name)))
    return truth(comparison.text)


def code(value: object) -> str:
    """A value of a fact as the query writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "'true'" if value else "'false'"
    text = str(value)
    if not text.replace("_", "").isalnum() and text:
        raise ValueError(f"{text!r} is no code")
    return f"'{text}'"
