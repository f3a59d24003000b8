"""Values that know their type, as JSON and workbooks hold them, as the text that a cell of a CSV file would have.

A number is exact and has one meaning, so it gets a decimal comma where a decimal number is expected: `1.234` written
with a point would be refused there, because in a file that people write it could be a thousand.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from transport_calc.facts import FACTS

_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LONGEST_NUMBER = 30

# Excel calculates with 15 digits, and shows 0.1 + 0.2 as 0.3 although the file says 0.30000000000000004.
_DIGITS = ".15g"
_IN_FULL = (1e-4, 1e14)
"""Between these, 15 digits are written without an exponent."""


def exact_text(text: str, fact: str) -> str:
    """`text`, where a number with a decimal point is exact, so that it reads as that number and as nothing else.

    `fact` is what the cell gives; any other name is a column that passes through as it is.
    """
    is_decimal = fact in FACTS and FACTS[fact].kind == "decimal"
    return text.replace(".", ",") if is_decimal and _PLAIN_NUMBER.fullmatch(text) else text


# A file has few distinct amounts and distances.
@lru_cache(maxsize=1 << 14)
def number_text(number: Decimal, fact: str) -> str:
    """`number` as the cell of `fact`: in full, whole numbers without decimals."""
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST_NUMBER:
        return str(number)
    text = format(number, "f")
    return exact_text(text.rstrip("0").rstrip(".") if "." in text else text, fact)


def float_text(number: float, fact: str) -> str:
    """`number`, to the 15 digits that Excel calculates with, as the cell of `fact`."""
    text = format(number, _DIGITS)
    if _IN_FULL[0] <= abs(number) < _IN_FULL[1]:
        return exact_text(text, fact)
    return number_text(Decimal(int(number)) if number.is_integer() else Decimal(text), fact)
