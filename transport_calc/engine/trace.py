"""The trace: which provisions were evaluated, with what result, on which facts.

The trace is not a report written beside the evaluation, it *is* the evaluation as it happened: every text, letter
and JSON view is made from it.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Step(NamedTuple):
    """One evaluated provision: its id, its result and the names of the facts it read itself."""

    provision: str
    result: object
    facts: tuple[str, ...]


class Recorder:
    """Keeps the steps of one evaluation; provisions call `enter` and `leave`, reads of facts call `read`."""

    def __init__(self) -> None:
        self._reading: list[list[str]] = [[]]
        self.steps: list[Step] = []

    def enter(self) -> None:
        self._reading.append([])

    def leave(self, provision: str, result: object) -> None:
        facts = self._reading.pop()
        self.steps.append(Step(provision, result, tuple(dict.fromkeys(facts))))

    def read(self, fact: str) -> None:
        self._reading[-1].append(fact)


class _Differs:
    def __repr__(self) -> str:
        return "DIFFERS"


DIFFERS = _Differs()
"""The result of a merged step whose result depends on a fact that is unknown."""


def merge(traces: Iterable[Iterable[Step]]) -> tuple[Step, ...]:
    """The steps of several evaluations as one list: a result they do not share becomes `DIFFERS`."""
    merged: dict[str, Step] = {}
    for trace in traces:
        for step in trace:
            seen = merged.get(step.provision)
            if seen is None:
                merged[step.provision] = step
                continue
            result = seen.result if seen.result == step.result else DIFFERS
            facts = tuple(dict.fromkeys(seen.facts + step.facts))
            merged[step.provision] = Step(step.provision, result, facts)
    return tuple(merged.values())
