"""Exploration: ask a question of a situation in which some facts are unknown.

Law functions are ordinary two-valued Python. When one reads a fact that is unknown, the evaluation is repeated once
for each value the fact can have, which gives a decision tree. If every leaf holds the same result, that result is
certain whatever the unknown facts are; if not, the tree says which facts decide.

A *presumed* fact is one that describes an exception nobody has raised: it is not forked on but takes its ordinary
value, and the leaf names it, so that every result tells which presumptions it rests on.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from transport_calc.engine.trace import Recorder, Step

R = TypeVar("R", bound=Hashable)
S = TypeVar("S", bound=Hashable)

Domains = Mapping[str, Sequence[object]]
Path = tuple[tuple[str, object], ...]


class Leaf(NamedTuple, Generic[R]):
    """One way the unknown facts can fall out: the values assumed on the way, and the result they lead to."""

    path: Path
    result: R
    steps: tuple[Step, ...]
    presumed: tuple[str, ...]


_UNKNOWN = object()


class OnDemand(Mapping[str, object]):
    """Known facts of which some are found out only when they are read: what nobody asks is not computed either.

    `asked` holds what finds those out. None, given or found, is a fact that is not known.
    """

    def __init__(self, settled: Mapping[str, object], asked: Mapping[str, Callable[[], object]]) -> None:
        self._settled = {name: value for name, value in settled.items() if value is not None}
        self._asked = dict(asked)

    def __getitem__(self, name: str) -> object:
        if name in self._asked:
            self._settle(name)
        return self._settled[name]

    def __contains__(self, name: object) -> bool:
        if name in self._asked:
            self._settle(str(name))
        return name in self._settled

    def get(self, name: str, default: Any = None) -> Any:
        if name in self._asked:
            self._settle(name)
        return self._settled.get(name, default)

    def __iter__(self) -> Iterator[str]:
        for name in tuple(self._asked):
            self._settle(name)
        return iter(self._settled)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _settle(self, name: str) -> None:
        value = self._asked[name]()
        del self._asked[name]
        if value is not None:
            self._settled[name] = value


class Probe(Recorder):
    """The situation a law function reads from: settled facts, then presumed ones, then values tried by exploration."""

    def __init__(
        self,
        law_date: date,
        known: Mapping[str, object],
        domains: Domains,
        presumed: Mapping[str, object],
        script: Path,
    ) -> None:
        super().__init__()
        self.law_date = law_date
        self._known = known
        self._domains = domains
        self._presumed = presumed
        self._tried = dict(script)
        self.presumptions: dict[str, None] = {}

    def __getattr__(self, fact: str) -> Any:
        if fact.startswith("_"):
            raise AttributeError(fact)
        self.read(fact)
        known = self._known.get(fact, _UNKNOWN)
        if known is not _UNKNOWN:
            return known
        if fact in self._presumed:
            self.presumptions[fact] = None
            return self._presumed[fact]
        if fact not in self._tried:
            if fact not in self._domains:
                raise AttributeError(f"the law reads '{fact}', which is neither known nor has possible values")
            self._tried[fact] = self._domains[fact][0]
        return self._tried[fact]

    @property
    def path(self) -> Path:
        return tuple(self._tried.items())


def explore(
    question: Callable[[Any], R],
    *,
    law_date: date,
    known: Mapping[str, object],
    domains: Domains,
    presumed: Mapping[str, object] | None = None,
) -> tuple[Leaf[R], ...]:
    """Every distinct way `question` can be answered, as the leaves of its decision tree, left to right.

    With every fact known there is exactly one leaf, with an empty path. `question` must be deterministic.
    """
    leaves: list[Leaf[R]] = []
    script: Path | None = ()
    while script is not None:
        probe = Probe(law_date, known, domains, presumed or {}, script)
        result = question(probe)
        path = probe.path
        leaves.append(Leaf(path, result, tuple(probe.steps), tuple(probe.presumptions)))
        script = _next_script(path, domains)
    return tuple(leaves)


def _next_script(path: Path, domains: Domains) -> Path | None:
    """What to try next: the last fact with a value left moves on, those after it start over."""
    for turn in range(len(path) - 1, -1, -1):
        fact, value = path[turn]
        values = domains[fact]
        if value != values[-1]:
            return (*path[:turn], (fact, values[values.index(value) + 1]))
    return None


def settled(leaves: Iterable[Leaf[R]], known: Mapping[str, object]) -> tuple[Leaf[R], ...]:
    """The leaves that remain when more facts are known: what `explore` would find with them, without exploring again.

    `known` may not name a fact that was known or presumed when the leaves were found.
    """
    return tuple(
        leaf._replace(path=tuple([turn for turn in leaf.path if turn[0] not in known]))
        for leaf in leaves
        if all(known.get(fact, value) == value for fact, value in leaf.path)
    )


def decisive(leaves: Sequence[tuple[Path, S]]) -> tuple[str, ...]:
    """The facts that can change the result, in the order in which the tree asks for them.

    A fact is decisive when two leaves differ in result and in this fact but agree on every other fact that both of
    them assumed: then, whatever the rest may be, there is a situation in which it alone tips the scale.
    """
    facts = dict.fromkeys(fact for path, _ in leaves for fact, _ in path)
    assumed = [dict(path) for path, _ in leaves]
    found: dict[str, None] = {}
    for one in range(len(leaves)):
        for other in range(one + 1, len(leaves)):
            if leaves[one][1] == leaves[other][1]:
                continue
            a, b = assumed[one], assumed[other]
            differing = [fact for fact in a if fact in b and a[fact] != b[fact]]
            if len(differing) == 1:
                found[differing[0]] = None
    return tuple(fact for fact in facts if fact in found)
