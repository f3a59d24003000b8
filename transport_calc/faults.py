"""What is wrong with input: one `Fault` per fact, so that all of them can be shown at once.

A fault carries a stable code and the pieces of its sentence. The sentences themselves, in Danish and English, lie
in `transport_calc.wording` under `fault.<code>` (what is wrong) and `hint.<code>` (what to do).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_CPR = r"(?<!\d)\d{6}[\s_\-\u2010-\u2015]{0,3}\d{4}(?!\d)"
_LONGEST_VALUE_SHOWN = 60


def masked(text: str) -> str:
    """`text` with anything like a CPR number hidden."""
    return re.sub(_CPR, "******-****", text)


def safe(value: object) -> str:
    """`value` as it may be shown in a message: on one line, shortened, and with anything like a CPR number hidden."""
    text = " ".join(masked(str(value).replace("\x00", "\\0")).split())
    if len(text) > _LONGEST_VALUE_SHOWN:
        return text[: _LONGEST_VALUE_SHOWN - 1] + "…"
    return text


class Fault(NamedTuple):
    """One reason why input cannot be used.

    `field` is the fact's public name (or a column header), `value` the offending text, already made safe to show.
    `slots` fill the sentences `fault.<code>` and `hint.<code>`, next to `field` and `value`.
    """

    code: str
    field: str
    value: str = ""
    slots: Mapping[str, str] = MappingProxyType({})


class InvalidInput(Exception):
    """Input that cannot be decided; carries every fault found, never only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(f"{fault.field}: {fault.code}" for fault in faults))
        self.faults = faults
