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
