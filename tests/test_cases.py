"""The legal acceptance cases: every item of `tests/cases/**/*.yaml` is decided and compared with what the law says.

A case states the facts (`provided`, and `assumed` for what the tester had to add), where the expected answer comes
from (`source`), the answer itself (`expect`, a subset of the decision) and the hand calculation (`why`). Nothing here
knows any law. The keys of `expect` are the keys of `EXPECTATIONS` below.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(__file__).parent / "cases"
SEEDS = {
    "seed_000.yaml": "000_1d98dc6279fa00e7.txt",
    "seed_001.yaml": "001_e988d75b87b3c290.txt",
    "seed_002.yaml": "002_9234640ef986d2a5.txt",
    "seed_003.yaml": "003_4e0964e90f383967.txt",
    "seed_004.yaml": "004_b44e663467a8573e.txt",
}
EXIT_STATUS = {"decided": 0, "invalid": 2, "undetermined": 3}
CASE_KEYS = {"id", "source", "provided", "assumed", "expect", "why", "board"}
SOURCE_KEYS = {"seed", "sentence", "law", "decision", "page", "url"}
NOT_CASES = {CASES / "board" / "disagreements.yaml"}


# --- reading the cases ------------------------------------------------------------------------------------------------


class CaseLoader(yaml.SafeLoader):
    """YAML as JSON sees it: dates stay ISO text, a key may stand only once, and a float is refused."""


def _date_as_text(loader: CaseLoader, node: yaml.ScalarNode) -> str:
    return str(node.value)


def _refuse_float(loader: CaseLoader, node: yaml.ScalarNode) -> None:
    raise yaml.constructor.ConstructorError(
        None, None, f"{node.value} would become a float: write it in quotes", node.start_mark
    )


def _mapping_without_duplicates(loader: CaseLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    names = Counter(key.value for key, _ in node.value)
    repeated = [name for name, count in names.items() if count > 1]
    if repeated:
        raise yaml.constructor.ConstructorError(None, None, f"key given twice: {repeated}", node.start_mark)
    return loader.construct_mapping(node, deep=True)


CaseLoader.add_constructor("tag:yaml.org,2002:timestamp", _date_as_text)
CaseLoader.add_constructor("tag:yaml.org,2002:float", _refuse_float)
CaseLoader.add_constructor("tag:yaml.org,2002:map", _mapping_without_duplicates)


@dataclass(frozen=True)
class LegalCase:
    path: Path
    item: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.item.get("id", f"{self.path.name}: case without id"))

    @property
    def source(self) -> dict[str, Any]:
        return dict(self.item.get("source") or {})

    @property
    def provided(self) -> dict[str, Any]:
        return dict(self.item.get("provided") or {})

    @property
    def assumed(self) -> dict[str, Any]:
        return dict(self.item.get("assumed") or {})

    @property
    def expect(self) -> dict[str, Any]:
        return dict(self.item.get("expect") or {})

    @property
    def facts(self) -> dict[str, Any]:
        twice = self.provided.keys() & self.assumed.keys()
        assert not twice, f"{self.id}: provided and assumed both give {sorted(twice)}"
        return self.provided | self.assumed


def _load() -> Iterator[LegalCase]:
    for path in sorted(set(CASES.rglob("*.yaml")) - NOT_CASES):
        for item in yaml.load(path.read_text("utf-8"), CaseLoader) or []:
            yield LegalCase(path, item)


LEGAL_CASES = list(_load())


# --- deciding a case --------------------------------------------------------------------------------------------------


def decide_case(case: LegalCase) -> dict[str, Any]:
    """The decision JSON in Danish; unusable facts give the envelope with `status: invalid` and `errors`."""
    import transport_calc
    from transport_calc.faults import InvalidInput
    from transport_calc.intake.json_case import case_from_object

    try:
        decision = transport_calc.decide(case_from_object(case.facts)).as_json("da")
    except InvalidInput as refused:
        return {"status": "invalid", "errors": list(_errors(refused))}
    return _exact_json(decision)


def _exact_json(decision: dict[str, Any]) -> dict[str, Any]:
    """Through JSON text and back: what a reader of the output gets. No float may be in it."""

    def refuse(text: str) -> None:
        raise AssertionError(f"a float in the decision: {text}")

    return dict(json.loads(json.dumps(decision, ensure_ascii=False), parse_float=refuse))


def _errors(refused: Exception) -> Iterator[dict[str, Any]]:
    for fault in getattr(refused, "errors", None) or getattr(refused, "faults", None) or [refused]:
        yield {key: _part(fault, key) for key in ("code", "field", "message", "hint")}


def _part(fault: Any, key: str) -> Any:
    value = fault.get(key) if isinstance(fault, dict) else getattr(fault, key, None)
    return str(fault) if value is None and key == "message" else value


# --- comparing: one small check for each key of `expect` --------------------------------------------------------------

Check = Callable[[dict[str, Any], Any], Iterator[str]]
EXPECTATIONS: dict[str, Check] = {}


def expectation(name: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        EXPECTATIONS[name] = check
        return check

    return register


def _differs(name: str, wanted: object, got: object) -> Iterator[str]:
    if wanted != got or type(wanted) is not type(got):
        yield f"{name}: expected {wanted!r}, got {got!r}"


def _plain(name: str) -> None:
    @expectation(name)
    def check(decision: dict[str, Any], wanted: Any) -> Iterator[str]:
        yield from _differs(name, wanted, decision.get(name))


for _name in ("status", "outcome", "form"):
    _plain(_name)


@expectation("exit")
def _exit(decision: dict[str, Any], wanted: int) -> Iterator[str]:
    yield from _differs("exit", wanted, EXIT_STATUS.get(decision.get("status", "")))


def _subset(name: str) -> None:
    @expectation(name)
    def check(decision: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
        got = decision.get(name) or {}
        for key, value in wanted.items():
            yield from _differs(f"{name}.{key}", value, got.get(key, "(no such key)"))


for _name in ("amount", "channel"):
    _subset(_name)


def _by_code(name: str, value_key: str, code_key: str = "code") -> None:
    """A list of objects, written in the case as `code: value`; only the named codes are compared."""

    @expectation(name)
    def check(decision: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
        got = {entry.get(code_key): entry.get(value_key) for entry in decision.get(name) or []}
        for code, value in wanted.items():
            yield from _differs(f"{name}.{code}", value, got.get(code, "(not listed)"))


_by_code("grounds", "met")
_by_code("alternatives", "status")
_by_code("conditions", "minimum_dkk")
_by_code("flip", "outcome", code_key="fact")


def _fact_names(entries: Any) -> list[str]:
    """Fact names from a list of names, a list of `{"fact": name}` or a mapping by name."""
    return [entry.get("fact", "") if isinstance(entry, dict) else str(entry) for entry in entries or []]


@expectation("missing")
def _missing(decision: dict[str, Any], wanted: list[str]) -> Iterator[str]:
    yield from _differs("missing", sorted(wanted), sorted(_fact_names(decision.get("missing"))))


def _names_include(expectation_name: str, key: str) -> None:
    @expectation(expectation_name)
    def check(decision: dict[str, Any], wanted: list[str]) -> Iterator[str]:
        got = _fact_names(decision.get(key))
        for name in wanted:
            if name not in got:
                yield f"{key}: expected to include {name!r}, got {got!r}"


_names_include("missing_includes", "missing")
_names_include("moot_includes", "moot")
_names_include("assumed_includes", "assumed")


@expectation("appeal")
def _appeal(decision: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
    """The body may be named with more words around it; the deadline is in weeks, in either language."""
    got = decision.get("appeal") or {}
    for key, value in wanted.items():
        found = got.get(key, "(no such key)")
        if key == "deadline" and isinstance(found, str):
            found = found.replace("uger", "weeks")
        if value is None or not isinstance(found, str):
            yield from _differs(f"appeal.{key}", value, found)
        elif value not in found:
            yield f"appeal.{key}: expected {value!r}, got {found!r}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _cites(text: str, citation: str) -> bool:
    """Whether a text cites the provision, also as the second of a list: "BEK 816/2018 § 23, nr. 2; § 24, stk. 3"."""
    act, mark, section = citation.partition("§")
    if not mark:
        return act.casefold() in text.casefold()
    wanted = re.compile(re.escape(act.strip()) + r"[^§]*(?:§[^§]*)*?§ ?" + re.escape(section.strip()) + r"(?![\d])")
    return any(wanted.search(part) for part in _one_act_at_a_time(text, act.strip()))


def _one_act_at_a_time(text: str, act: str) -> list[str]:
    """From each mention of the act up to the next order number or act that is not it."""
    other_act = re.compile(r"BEK \d+/\d+|LBK \d+/\d+|\w*lov(?:en)?\b")
    parts = []
    for start in (found.start() for found in re.finditer(re.escape(act), text)):
        rest = text[start + len(act) :]
        stop = other_act.search(rest)
        parts.append(act + (rest[: stop.start()] if stop else rest))
    return parts


@expectation("citations")
def _citations(decision: dict[str, Any], wanted: list[str]) -> Iterator[str]:
    texts = list(_texts(decision))
    for citation in wanted:
        if not any(_cites(text, citation) for text in texts):
            yield f"citations: {citation!r} is nowhere in the decision"


@expectation("legal_basis_includes")
def _legal_basis(decision: dict[str, Any], wanted: list[str]) -> Iterator[str]:
    got = decision.get("legal_basis") or ""
    for part in wanted:
        if part not in got:
            yield f"legal_basis: expected to include {part!r}, got {got!r}"


def _read_by_a_person(decision: dict[str, Any]) -> str:
    """The texts a person reads, so that a date or a code among the data does not pass for a message."""
    read = [decision.get("justification"), (decision.get("channel") or {}).get("text"), decision.get("warnings")]
    read += [entry.get("reason") for entry in decision.get("alternatives") or []]
    read += [entry.get("question") for entry in decision.get("missing") or [] if isinstance(entry, dict)]
    read += [step.get("text") for step in decision.get("next_steps") or []]
    read += [(decision.get("appeal") or {}).get(key) for key in ("body", "text")]
    return "\n".join(_texts(read))


@expectation("text_includes")
def _text(decision: dict[str, Any], wanted: list[str]) -> Iterator[str]:
    text = _read_by_a_person(decision)
    for part in wanted:
        if part.casefold() not in text.casefold():
            yield f"text: expected to mention {part!r}, got {text!r}"


@expectation("text_excludes")
def _text_without(decision: dict[str, Any], unwanted: list[str]) -> Iterator[str]:
    text = _read_by_a_person(decision)
    for part in unwanted:
        if part.casefold() in text.casefold():
            yield f"text: expected not to mention {part!r}, got {text!r}"


@expectation("errors")
def _error_fields(decision: dict[str, Any], wanted: list[str]) -> Iterator[str]:
    """Each named fact has its own error; "a|b" asks for one of the two (or for both)."""
    got = [str(error.get("field")) for error in decision.get("errors") or []]
    for names in wanted:
        if not any(re.search(rf"\b(?:{names})\b", field) for field in got):
            yield f"errors: expected one about {names!r}, got {got!r}"


@expectation("error_text_includes")
def _error_text(decision: dict[str, Any], wanted: list[str]) -> Iterator[str]:
    text = "\n".join(_texts(decision.get("errors") or []))
    for part in wanted:
        if part not in text:
            yield f"errors: expected to mention {part!r}, got {text!r}"


def differences(decision: dict[str, Any], expect: dict[str, Any]) -> list[str]:
    return [line for key, wanted in expect.items() for line in EXPECTATIONS[key](decision, wanted)]


# --- the tests --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", LEGAL_CASES, ids=lambda case: case.id)
def test_case(case: LegalCase) -> None:
    decision = decide_case(case)
    wrong = differences(decision, case.expect)
    if wrong:
        shown = json.dumps(
            {key: decision.get(key) for key in ("status", "outcome", "amount", "missing", "errors")},
            ensure_ascii=False,
            indent=2,
        )
        pytest.fail(
            f"{case.id} ({case.path.relative_to(CASES)})\n  "
            + "\n  ".join(wrong)
            + f"\nwhy: {case.item.get('why')}\nfacts: {json.dumps(case.facts, ensure_ascii=False)}\ndecision: {shown}",
            pytrace=False,
        )


def test_ids_are_unique() -> None:
    repeated = [name for name, count in Counter(case.id for case in LEGAL_CASES).items() if count > 1]
    assert repeated == []


@pytest.mark.parametrize("case", LEGAL_CASES, ids=lambda case: case.id)
def test_case_is_complete(case: LegalCase) -> None:
    assert case.item.keys() <= CASE_KEYS, f"unknown keys {sorted(case.item.keys() - CASE_KEYS)}"
    assert case.source.keys() <= SOURCE_KEYS, f"unknown source keys {sorted(case.source.keys() - SOURCE_KEYS)}"
    assert case.source.get("law"), "every expected answer names the law it comes from"
    assert str(case.item.get("why", "")).strip(), "every case says why"
    assert case.expect, "a case that expects nothing proves nothing"
    assert case.expect.keys() <= EXPECTATIONS.keys(), f"unknown {sorted(case.expect.keys() - EXPECTATIONS.keys())}"
    assert case.facts, "a case without facts"


@pytest.mark.parametrize("case", LEGAL_CASES, ids=lambda case: case.id)
def test_facts_are_known(case: LegalCase) -> None:
    from transport_calc.facts import FACTS

    misspelt = sorted(case.facts.keys() - FACTS.keys())
    assert misspelt == [name for name in case.expect.get("errors", []) if name in misspelt]


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_seed_has_its_cases(name: str) -> None:
    cases = [case for case in LEGAL_CASES if case.path == CASES / "seeds" / name]
    assert cases, f"no cases for {SEEDS[name]}"
    for case in cases:
        assert case.source.get("seed") == SEEDS[name], case.id
        assert case.source.get("sentence"), f"{case.id} does not say which sentence of the seed it tests"


def test_a_float_in_a_case_is_refused() -> None:
    with pytest.raises(yaml.constructor.ConstructorError, match="float"):
        yaml.load("{paid_dkk: 80.50}", CaseLoader)


@pytest.mark.parametrize(
    ("text", "citation", "cited"),
    [
        ("BEK 816/2018 § 23, nr. 1", "BEK 816/2018 § 23, nr. 1", True),
        ("BEK 816/2018 § 23, nr. 2; § 24, stk. 3", "BEK 816/2018 § 24, stk. 3", True),
        ("BEK 816/2018 § 23, nr. 1", "BEK 816/2018 § 2", False),
        ("BEK 959/2014 § 19, nr. 1; BEK 816/2018 § 23, nr. 1", "BEK 959/2014 § 23, nr. 1", False),
        ("sundhedsloven § 172; serviceloven § 86", "sundhedsloven § 86", False),
    ],
)
def test_citation_matching(text: str, citation: str, cited: bool) -> None:
    assert _cites(text, citation) is cited


SAMPLE = {
    "status": "decided",
    "outcome": "entitled",
    "form": "reimbursement",
    "legal_basis": "sundhedsloven § 172; BEK 816/2018 kap. 4",
    "conditions": [{"code": "cost_above_minimum", "minimum_dkk": "48.00"}],
    "channel": {"code": "nt_flextur", "text": "Bestil selv NT Flextur"},
    "alternatives": [{"code": "handicapkoersel", "status": "subsidiary", "reason": "anden lov betaler"}],
    "grounds": [
        {"code": "pension", "met": True, "citation": "BEK 816/2018 § 23, nr. 1"},
        {"code": "health", "met": None},
    ],
    "amount": {"status": "unknown", "payable_dkk": None},
    "missing": [{"fact": "public_fare_dkk", "question": "Hvad koster bussen?"}],
    "moot": ["distance_km"],
    "assumed": ["place_choice"],
    "flip": [{"fact": "distance_km", "outcome": "entitled"}],
    "next_steps": [{"text": "Afbud senest kl. 12", "source": "en kvalitetsstandard"}],
    "appeal": {"body": "kommunen, derefter Ankestyrelsen", "deadline": "4 uger"},
    "errors": [{"field": "pension, pensioner", "message": "modsiger hinanden"}],
}


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("status", "decided", "undetermined"),
        ("exit", 0, 3),
        ("outcome", "entitled", "not_entitled"),
        ("form", "reimbursement", None),
        ("legal_basis_includes", ["sundhedsloven § 172"], ["serviceloven"]),
        ("conditions", {"cost_above_minimum": "48.00"}, {"cost_above_minimum": "113.00"}),
        ("channel", {"code": "nt_flextur"}, {"code": "self_pay"}),
        ("alternatives", {"handicapkoersel": "subsidiary"}, {"handicapkoersel": "may"}),
        ("grounds", {"pension": True, "health": None}, {"health": False}),
        ("grounds", {"pension": True}, {"distance": None}),
        ("amount", {"payable_dkk": None}, {"payable_dkk": "0.00"}),
        ("missing", ["public_fare_dkk"], []),
        ("missing_includes", ["public_fare_dkk"], ["mobility"]),
        ("moot_includes", ["distance_km"], ["pensioner"]),
        ("assumed_includes", ["place_choice"], ["endpoint"]),
        ("flip", {"distance_km": "entitled"}, {"mobility": "entitled"}),
        ("appeal", {"body": "Ankestyrelsen", "deadline": "4 weeks"}, {"body": None}),
        ("citations", ["BEK 816/2018 § 23, nr. 1"], ["BEK 816/2018 § 23, nr. 2"]),
        ("text_includes", ["flextur", "kl. 12"], ["egenbetaling"]),
        ("text_excludes", ["egenbetaling"], ["kl. 12"]),
        ("errors", ["pension|pensioner"], ["distance_km"]),
        ("error_text_includes", ["modsiger"], ["mobility"]),
    ],
)
def test_each_expectation_can_hold_and_fail(key: str, right: Any, wrong: Any) -> None:
    assert differences(SAMPLE, {key: right}) == []
    assert differences(SAMPLE, {key: wrong}) != []
