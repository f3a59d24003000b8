"""Every code that input can cause has its sentences, in both languages and with the same slots."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import transport_calc.batch
import transport_calc.contradictions
import transport_calc.intake
from transport_calc.wording import texts as all_texts

PACKAGES = [Path(package.__path__[0]) for package in (transport_calc.batch, transport_calc.intake)]
CODED = {"Fault": "fault", "Unreadable": "fault", "BadQuote": "fault", "Notice": "batch"}
# What a decision may refuse comes through a batch too.
REFUSING = Path(transport_calc.contradictions.__file__)
# Codes that reach their constructor by way of a variable.
INDIRECT = {"fault": {"short_row", "long_row", "nul_byte", "not_text", "not_whole", "not_yes_no", "not_a_number"}}
OUTCOMES = {"entitled", "below_minimum", "not_entitled", "discretionary", "undetermined"}


def codes_in_source() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"fault": set(INDIRECT["fault"]), "batch": {f"outcome_{name}" for name in OUTCOMES}}
    for path in [REFUSING, *(path for folder in PACKAGES for path in folder.rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            code = node.args[0]
            if node.func.id in CODED and isinstance(code, ast.Constant):
                found[CODED[node.func.id]].add(str(code.value))
    return found


def slots_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_code_has_its_sentences() -> None:
    found = codes_in_source()
    assert {"ambiguous_number", "unclosed_quote", "duplicate_fact", "same_file"} <= found["fault"]
    assert {"windows_1252", "unknown_columns"} <= found["batch"]
    for texts in (all_texts("da"), all_texts("en")):
        for code in found["fault"]:
            assert f"fault.{code}" in texts
            assert f"hint.{code}" in texts
        for code in found["batch"]:
            assert f"batch.{code}" in texts


def test_both_languages_say_the_same() -> None:
    danish, english = all_texts("da"), all_texts("en")
    assert danish.keys() == english.keys()
    for key, sentence in danish.items():
        assert slots_of(sentence) == slots_of(english[key]), key
