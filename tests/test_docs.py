"""The documentation is held to the product: commands, options, facts, texts shown in the README, links, rooms.

What a page says is read from the page and compared with the code, in both directions where that is possible. To
renew the table of facts and the outputs in the README, and then read the difference: `python tests/test_docs.py`.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import typer

from transport_calc.cli import shared
from transport_calc.cli.app import COMMANDS, app
from transport_calc.cli.shared import option_name
from transport_calc.facts import FACTS, PRESUMED, REQUIRED, FactInfo
from transport_calc.law.orders import ORDERS

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
REFERENCE = ROOT / "docs" / "commands.md"
ADRS = sorted((ROOT / "docs" / "adr").glob("0*.md"))
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PACKAGE = ROOT / "transport_calc"

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")
CONSOLE = re.compile(r"^```console\n(\$ transport-calc .*?)^```", re.MULTILINE | re.DOTALL)
CASE = re.compile(r"^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read(path: Path) -> str:
    return path.read_text("utf-8")


def section(page: str, heading: str) -> str:
    """The text under a second-level heading, up to the next one."""
    match = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert match, f"there is no section '{heading}'"
    return match[1]


def table(text: str) -> list[list[str]]:
    """The cells of the first Markdown table in `text`, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


# --- commands and options ---------------------------------------------------------------------------------------------


def commands() -> dict[str, set[str]]:
    """Every command, subcommands with a space, and its long options without `--help`."""
    found: dict[str, set[str]] = {}
    for name, module in COMMANDS.items():
        made = import_module(module)
        command = typer.main.get_command(made.app_for(None) if hasattr(made, "app_for") else made.app)
        found[name] = long_options(command)
        for sub, below in getattr(command, "commands", {}).items():
            found[f"{name} {sub}"] = long_options(below)
    return found


def long_options(command: object) -> set[str]:
    names = {
        name
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--")
    }
    return names - {"--help"}


COMMAND_OPTIONS = commands()


@pytest.mark.parametrize("command", COMMAND_OPTIONS)
def test_every_option_of_a_command_is_in_its_section(command: str) -> None:
    page = read(REFERENCE)
    named = set(OPTION.findall(section(page, f"`{command}`")))
    if command == "check":
        named |= set(OPTION.findall(section(page, "Facts")))
    assert COMMAND_OPTIONS[command] - named == set()


def test_every_command_is_in_the_readme() -> None:
    page = read(README)
    assert [command for command in COMMAND_OPTIONS if f"transport-calc {command}" not in page] == []


@pytest.mark.parametrize("path", [README, REFERENCE], ids=lambda path: path.name)
def test_no_option_is_invented(path: Path) -> None:
    real = set().union(*COMMAND_OPTIONS.values(), long_options(typer.main.get_command(app)), {"--help"})
    assert set(OPTION.findall(read(path))) - real == set()


@pytest.mark.parametrize("path", [README, REFERENCE], ids=lambda path: path.name)
def test_exit_statuses(path: Path) -> None:
    real = {value for name, value in vars(shared).items() if name.startswith("EXIT_")}
    rows = table(section(read(path), "Exit statuses"))
    assert {int(row[0]) for row in rows} == real


# --- facts ------------------------------------------------------------------------------------------------------------


def fact_table() -> str:
    """The table of facts in `docs/commands.md`, from the facts themselves."""
    rows = ["| fact | Danish name | option | values | if not given |", "|---|---|---|---|---|"]
    for info in FACTS.values():
        cells = (f"`{info.name}`", f"`{info.danish}`", _option(info), _values(info), _otherwise(info))
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def _option(info: FactInfo) -> str:
    plain = f"--{info.name.replace('_', '-')}"
    if info.kind == "bool":
        return f"`{plain}`, `--no-{plain[2:]}`"
    return ", ".join(f"`{name}`" for name in dict.fromkeys((option_name(info.name), plain)))


def _values(info: FactInfo) -> str:
    if info.choices:
        return ", ".join(f"`{code}` {danish}" for code, danish in info.choices.items())
    plain = {"text": "text", "slug": "name of a municipality", "date": "date", "bool": "yes, no"}
    kind = {**plain, "whole": "whole number", "decimal": "number"}[info.kind]
    return f"{kind}, {info.unit}" if info.unit else kind


def _otherwise(info: FactInfo) -> str:
    if info.name in REQUIRED:
        return "required; `check` takes rehabilitation, today"
    if info.name not in PRESUMED:
        return "unknown"
    value = PRESUMED[info.name]
    return f"presumed {('no', 'yes')[value]}" if isinstance(value, bool) else f"presumed `{value}`"


def test_the_table_of_facts() -> None:
    assert fact_table() in section(read(REFERENCE), "Facts"), "renew it: python tests/test_docs.py"


def test_presumptions_are_explained() -> None:
    page = read(ROOT / "docs" / "adr" / "0003-presumptions.md")
    explained = {row[0].strip("`") for row in table(page)}
    assert explained == set(PRESUMED)


# --- what the README shows --------------------------------------------------------------------------------------------


def split_block(block: str) -> list[tuple[str, str]]:
    """The commands of a console block as they are written, each with the output shown below it."""
    starts = [match.start() for match in re.finditer(r"^\$ ", block, re.MULTILINE)]
    pairs = []
    for start, end in pairwise([*starts, len(block)]):
        lines = block[start + 2 : end].splitlines(keepends=True)
        last = next(number for number, line in enumerate(lines) if not line.endswith("\\\n"))
        pairs.append(("".join(lines[: last + 1]).strip(), "".join(lines[last + 1 :]).strip("\n")))
    return pairs


def prepared(folder: Path) -> dict[str, str]:
    """Puts the files that the README speaks of into `folder`; gives the environment to run its commands in."""
    shutil.copytree(ROOT / "data" / "examples", folder / "data" / "examples")
    case = CASE.search(read(README))
    assert case, "the README shows a case as JSON"
    (folder / "case.json").write_text(case[1], "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRANSPORT_CALC_")}
    environment["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), environment.get("PATH", "")))
    # No amounts of the user's own, wherever the platform keeps them.
    return environment | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}


def output_of(command: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.strip("\n")


BLOCKS = [split_block(block) for block in CONSOLE.findall(read(README))]


@pytest.mark.skipif(os.name == "nt", reason="the README is written for a POSIX shell")
@pytest.mark.parametrize("pairs", BLOCKS, ids=[pairs[0][0].partition("\\")[0].strip()[:60] for pairs in BLOCKS])
def test_the_readme_shows_what_really_comes_out(pairs: list[tuple[str, str]], tmp_path: Path) -> None:
    environment = prepared(tmp_path)
    for command, expected in pairs:
        missing = [tool for tool in re.findall(r"\| (\w+)", command) if shutil.which(tool) is None]
        if missing:
            pytest.skip(f"not installed: {missing}")
        assert output_of(command, tmp_path, environment) == expected, command


def test_every_make_target_is_in_the_readme() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", read(ROOT / "Makefile"), re.MULTILINE)
    assert targets
    page = read(README)
    assert [target for target in targets[1].split() if f"`make {target}`" not in page] == []


# --- what the pages say of the law ------------------------------------------------------------------------------------


def open_questions() -> set[str]:
    """The codes that law functions give to `open_question`."""
    return {
        node.args[0].value
        for path in (PACKAGE / "law").glob("*.py")
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "open_question"
    }


@pytest.mark.parametrize("path", [README, ROOT / "docs" / "adr" / "0007-open-questions.md"], ids=lambda path: path.name)
def test_open_questions_are_listed(path: Path) -> None:
    listed = {row[0].strip("`") for text in re.split(r"\n\n", read(path)) for row in table(text)}
    assert open_questions() - listed == set()


def test_orders_are_listed() -> None:
    page = read(ROOT / "docs" / "adr" / "0008-order-history.md")
    assert [row[:2] for row in table(page)] == [[order.name, order.since.isoformat()] for order in ORDERS]


# --- the map of the code ----------------------------------------------------------------------------------------------


def rooms() -> dict[str, tuple[set[str], set[str]]]:
    """From the README's map: each folder or module with what it may import, and what it may import late only."""
    found = {}
    for where, _, may_import in table(section(read(README), "Map of the code")):
        at_once, _, late = may_import.partition("; inside functions:")
        for room in re.findall(r"`(\w+)(?:/|\.py)`", where):
            found[room] = (set(re.findall(r"`(\w+)`", at_once)), set(re.findall(r"`(\w+)`", late)))
    return found


def test_the_map_points_up() -> None:
    above: set[str] = set()
    for room, (at_once, _) in rooms().items():
        assert at_once <= above, f"{room} may not import what stands below it"
        above.add(room)


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """The rooms a module imports at run time, and whether only inside a function."""
    tree = ast.parse(read(path))
    for_types = {
        id(node)
        for guard in ast.walk(tree)
        if isinstance(guard, ast.If) and getattr(guard.test, "id", "") == "TYPE_CHECKING"
        for node in ast.walk(guard)
    }
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if node is not function
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in for_types:
            package, _, rest = (node.module or "").partition(".")
            if package == "transport_calc" and rest:
                yield rest.partition(".")[0], id(node) in inside


def test_the_map_names_every_room() -> None:
    real = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" and not path.stem.startswith("__")}
    real |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms().keys() == real


@pytest.mark.parametrize("room", rooms())
def test_imports_point_one_way(room: str) -> None:
    at_once, late = rooms()[room]
    files = [PACKAGE / f"{room}.py"] if (PACKAGE / f"{room}.py").is_file() else sorted((PACKAGE / room).rglob("*.py"))
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {target}"
        for path in files
        for target, inside in imports(path)
        if target != room and target not in at_once and not (inside and target in late)
    }
    assert wrong == set()


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", read(page))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_every_decision_record_is_linked_and_whole(path: Path) -> None:
    assert f"({path.name})" in read(path.parent / "README.md")
    headings = re.findall(r"^## (.*)$", read(path), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]


def renew() -> None:
    """Write the table of facts and the outputs shown in the README as they are now."""
    page = read(REFERENCE)
    start = page.index("| fact | Danish name |")
    end = page.index("\n\n", start) + 1
    REFERENCE.write_text(page[:start] + fact_table() + page[end:], "utf-8")

    def rerun(block: re.Match[str]) -> str:
        with TemporaryDirectory() as folder:
            environment = prepared(Path(folder))
            commands = [command for command, _ in split_block(block[1])]
            shown = [f"$ {command}\n{output_of(command, Path(folder), environment)}\n" for command in commands]
        return "```console\n" + "".join(shown) + "```"

    README.write_text(CONSOLE.sub(rerun, read(README)), "utf-8")


if __name__ == "__main__":
    renew()
