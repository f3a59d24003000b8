"""What the driver must know of a file before any row is decided."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import NamedTuple

from transport_calc.batch.notice import Notice
from transport_calc.batch.read.block import Table
from transport_calc.batch.write.output_columns import passed_names
from transport_calc.faults import Fault


class Head(NamedTuple):
    """The columns of a file that pass through, and what is to be said; or why it cannot be used."""

    passed: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    faults: tuple[Fault, ...] = ()

    def as_json(self) -> str:
        """As text; `head_from` makes it again."""
        faults = [{**fault._asdict(), "slots": dict(fault.slots)} for fault in self.faults]
        notices = [asdict(notice) for notice in self.notices]
        return json.dumps({"passed": self.passed, "notices": notices, "faults": faults})


def head_of(table: Table) -> Head:
    """The head of a file that can be used."""
    return Head(passed_names(table.layout), table.notices)


def head_from(text: str) -> Head:
    """The head that `text` was made of."""
    found = json.loads(text)
    return Head(
        passed=tuple(found["passed"]),
        notices=tuple(Notice(**notice) for notice in found["notices"]),
        faults=tuple(Fault(**fault) for fault in found["faults"]),
    )
