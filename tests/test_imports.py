"""What is imported: nothing heavy by `check`, only the standard library by the core, and always in one direction."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "transport_calc"

CHECK = ["check", "--date", "2024-05-13", "--hospital-based", "--pensioner", "--distance", "12"]
CHECK += ["--mobility", "public_transport", "--fare", "80"]
HEAVY = ("pydantic", "rich", "geopy", "polars", "asyncio", "ssl")

IMPORTED_BY_CHECK = [
    "transport_calc",
    "transport_calc.chain",
    "transport_calc.claims",
    "transport_calc.cli",
    "transport_calc.cli.app",
    "transport_calc.cli.check",
    "transport_calc.cli.fact_options",
    "transport_calc.cli.shared",
    "transport_calc.cli.start",
    "transport_calc.contradictions",
    "transport_calc.decision",
    "transport_calc.engine",
    "transport_calc.engine.explore",
    "transport_calc.engine.provision",
    "transport_calc.engine.trace",
    "transport_calc.facts",
    "transport_calc.faults",
    "transport_calc.intake",
    "transport_calc.intake.options",
    "transport_calc.intake.text",
    "transport_calc.judgement",
    "transport_calc.law",
    "transport_calc.law.amount",
    "transport_calc.law.appeal",
    "transport_calc.law.assertions",
    "transport_calc.law.basis",
    "transport_calc.law.claim",
    "transport_calc.law.companion",
    "transport_calc.law.designated_place",
    "transport_calc.law.doctor",
    "transport_calc.law.hospital",
    "transport_calc.law.limitation",
    "transport_calc.law.orders",
    "transport_calc.law.outcome",
    "transport_calc.law.payer",
    "transport_calc.law.questions",
    "transport_calc.law.rehabilitation",
    "transport_calc.law.right",
    "transport_calc.law.schemes",
    "transport_calc.law.situation",
    "transport_calc.law.training",
    "transport_calc.measures",
    "transport_calc.open_facts",
    "transport_calc.parameters",
    "transport_calc.payout",
    "transport_calc.plain_toml",
    "transport_calc.wording",
    "transport_calc.wording.document",
    "transport_calc.wording.justification",
    "transport_calc.wording.law_da",
    "transport_calc.wording.numbers",
    "transport_calc.wording.plain",
    "transport_calc.wording.sentences",
]
"""Every module of the product that `check` loads. A new one is a conscious choice: it costs every start."""

RUN_CHECK = """
import json, os, sys
import runpy
def leave(status):
    raise SystemExit(status)
os._exit = leave
try:
    runpy.run_module('transport_calc', run_name='__main__', alter_sys=True)
except SystemExit as end:
    assert end.code == 0, end.code
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""
IMPORT_CORE = """
import json, pkgutil, sys
from importlib import import_module
before = set(sys.modules)
for name in sys.argv[1:]:
    module = import_module(name)
    for inner in pkgutil.iter_modules(getattr(module, "__path__", [])):
        import_module(f"{name}.{inner.name}")
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def fresh(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)


@pytest.fixture(scope="module")
def loaded_by_check() -> list[str]:
    return [str(name) for name in json.loads(fresh(RUN_CHECK, *CHECK).stderr)]


@pytest.mark.parametrize("library", HEAVY)
def test_check_with_options_and_piped_loads_nothing_heavy(loaded_by_check: list[str], library: str) -> None:
    assert [name for name in loaded_by_check if name.partition(".")[0] == library] == []


def test_check_loads_exactly_these_modules_of_the_product(loaded_by_check: list[str]) -> None:
    own = [name for name in loaded_by_check if name.partition(".")[0] == "transport_calc"]
    assert own == sorted(IMPORTED_BY_CHECK)


def test_the_core_loads_only_the_standard_library() -> None:
    core = [f"transport_calc.{name}" for name in ("facts", "law", "engine", "parameters", "chain")]
    loaded = json.loads(fresh(IMPORT_CORE, *core).stdout)
    assert {f"transport_calc.law.{name}" for name in ("rehabilitation", "amount", "schemes")} <= set(loaded)
    foreign = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names - {"transport_calc"}
    assert foreign == set()


# --- one direction ----------------------------------------------------------------------------------------------------

LAYERS = (
    ("facts", "faults", "measures", "engine", "plain_toml"),
    ("parameters",),
    ("municipalities", "parameter_checks", "tariffs"),
    ("law",),
    ("contradictions", "decision", "law_catalogue", "law_table", "prices"),
    ("claims",),
    ("payout",),
    ("judgement",),
    ("open_facts",),
    ("chain",),
    ("what_if",),
    ("receipt",),
    ("intake",),
    ("built_in_cases",),
    ("wording",),
    ("interview",),
    ("batch",),
    ("sql",),
    ("cli",),
)
"""From the inside out: a room imports rooms of its own row or of a row above, never of one below."""

MAY_IMPORT = {"facts": {""}, "faults": {""}, "measures": {""}, "engine": {"engine"}, "plain_toml": {""}}
"""Rooms that import nothing of the product but themselves."""

LAZY_FROM = {"decision": {"wording"}}
"""Who may import outwards inside a function: a decision shows itself in words when asked to."""

PUBLIC = {"", "__main__"}
"""The public API and the entry point stand outside the rows."""


def room(module: str) -> str:
    return module.removeprefix("transport_calc").lstrip(".").partition(".")[0]


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """The rooms a file imports, each with whether it does so inside a function."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names = [node.module or ""]
            if node.module == "transport_calc":
                names = [f"transport_calc.{each.name}" for each in node.names]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        else:
            continue
        for name in names:
            if name.partition(".")[0] == "transport_calc":
                yield room(name), id(node) in inside


def row_of(name: str) -> int:
    return next(row for row, rooms in enumerate(LAYERS) if name in rooms)


FILES = sorted(PACKAGE.rglob("*.py"))
ROOMS = {room(".".join(("transport_calc", *path.relative_to(PACKAGE).with_suffix("").parts))) for path in FILES}
NOT_A_ROOM = {"__version__", "Case", "Decision", "Fault", "InvalidInput"}


def test_every_room_has_its_row() -> None:
    assert ROOMS - {"__init__", "__main__"} == {name for row in LAYERS for name in row}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    own = room(".".join(("transport_calc", *path.relative_to(PACKAGE).with_suffix("").parts)))
    if own in {"__init__", "__main__"}:
        return
    wrong = []
    for other, lazy in imports(path):
        if other in NOT_A_ROOM or (lazy and other in LAZY_FROM.get(own, set())):
            continue
        if row_of(other) > row_of(own) or (own in MAY_IMPORT and other not in MAY_IMPORT[own]):
            wrong.append(other)
    assert wrong == []


@pytest.mark.parametrize("forbidden", ["wording", "cli", "batch", "intake"])
def test_the_law_knows_nothing_of_how_it_is_shown(forbidden: str) -> None:
    law = [path for path in FILES if path.parent.name == "law"]
    assert len(law) > 5
    assert [path.name for path in law if forbidden in {name for name, _ in imports(path)}] == []
