"""Writes `data/cases.json` from the legal cases of `tests/cases/**/*.yaml`: `python tests/build_cases.py`.

What goes in: id, source, facts, and of the expectations the status, the outcome, the kroner and the channel. What
stays behind is prose and what only the tests can judge.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from test_cases import LEGAL_CASES, LegalCase

FILE = Path(__file__).parent.parent / "data" / "cases.json"


def built_in(case: LegalCase) -> dict[str, Any]:
    """A legal case as the product carries it."""
    return {"id": case.id, "source": case.source, "facts": case.facts, "expect": _expected(case.expect)}


def _expected(expect: dict[str, Any]) -> dict[str, Any]:
    found = {part: expect[part] for part in ("status", "outcome") if part in expect}
    if "payable_dkk" in expect.get("amount", {}):
        found["payable_dkk"] = expect["amount"]["payable_dkk"]
    if "code" in expect.get("channel", {}):
        found["channel"] = expect["channel"]["code"]
    return found


def as_json() -> str:
    """All cases, one to a line, so that a changed case is one changed line."""
    lines = [json.dumps(built_in(case), ensure_ascii=False) for case in LEGAL_CASES]
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(as_json(), "utf-8")
