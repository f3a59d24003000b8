"""How the product compares with the complaints board: the score, and every disagreement with its reason.

The facts stand in `tests/cases/board/`. A disagreement that is not listed in `disagreements.yaml` fails, and so does a
listed one that agrees by now. For the score as a Markdown table (docs/board-cases.md shows it):
`python tests/test_board_cases.py`.
"""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_cases import CASES, LEGAL_CASES, CaseLoader, LegalCase, decide_case

BOARD = CASES / "board"
PAGE = Path(__file__).parent.parent / "docs" / "board-cases.md"
PARTS = {"full": "facts stated in full", "disputed": "the disputed point"}
REFUSED = {"not_entitled", "below_minimum"}
OUTCOMES = {"entitled", "not_entitled", "remitted", "partly"}
CLAIMS = {"whole", "additional", "companion"}


def cases_of(part: str) -> list[LegalCase]:
    return [case for case in LEGAL_CASES if case.path == BOARD / f"{part}.yaml" and "board" in case.item]


def board_of(case: LegalCase) -> dict[str, Any]:
    return dict(case.item["board"])


def listed() -> dict[str, dict[str, Any]]:
    entries = yaml.load((BOARD / "disagreements.yaml").read_text("utf-8"), CaseLoader) or []
    return {entry["id"]: entry for entry in entries}


SCORED = {part: cases_of(part) for part in PARTS}
ALL = [case for cases in SCORED.values() for case in cases]
DISAGREEMENTS = listed()


# --- agreement --------------------------------------------------------------------------------------------------------


def amount(decision: dict[str, Any], key: str) -> Decimal | None:
    value = (decision.get("amount") or {}).get(key)
    return None if value is None else Decimal(value)


def still_due(decision: dict[str, Any]) -> Decimal | None:
    """What is to be paid now, to patient and companion together; what was paid earlier is deducted already."""
    parts = [amount(decision, "payable_dkk"), amount(decision, "companion_payable_dkk")]
    return None if None in parts else sum((part for part in parts if part is not None), Decimal(0))


def agrees(decision: dict[str, Any], board: dict[str, Any]) -> bool:
    """Whether the decision says of the claim what the board said of it.

    A claim for *additional* money is refused where nothing more is due, however entitled the patient is, and the
    board's upheld amount must be what the product calculates.
    """
    said = None if board["amount"] is None else Decimal(board["amount"])
    due, outcome = still_due(decision), decision.get("outcome")
    match board["claim"], board["outcome"]:
        case "companion", "not_entitled":
            return amount(decision, "companion_payable_dkk") == 0
        case "additional", "not_entitled":
            return due == 0 and said in {None, amount(decision, "calculated_dkk")}
        case "additional", "entitled":
            return outcome == "entitled" and due is not None and due > 0 and said in {None, due}
        case "additional", "partly":
            return outcome == "entitled" and due == 0 and said in {None, amount(decision, "calculated_dkk")}
        case "whole", "not_entitled":
            return outcome in REFUSED and due == 0
        case "whole", "entitled":
            return outcome == "entitled" and said in {None, due}
        case "whole", "remitted":
            return outcome == "entitled"
    raise AssertionError(f"no scoring for {board['claim']}, {board['outcome']}")


def turned(case: LegalCase) -> LegalCase:
    """The same case with the disputed point the other way round."""
    other = board_of(case)["turns_on"]
    facts = {name: value for name, value in (case.facts | other).items() if value is not None}
    return LegalCase(case.path, case.item | {"provided": facts, "assumed": {}})


# --- the tests --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_board_case(case: LegalCase) -> None:
    decision, board, known = decide_case(case), board_of(case), DISAGREEMENTS.get(case.id)
    said = f"board {board['outcome']} ({board['claim']}, {board['amount']}), product {decision.get('outcome')}, "
    said += f"{decision.get('amount')}, errors {decision.get('errors')}"
    if known is None:
        assert agrees(decision, board), f"unlisted disagreement: {said}"
    else:
        assert not agrees(decision, board), f"agrees by now, take it off disagreements.yaml: {said}"
        assert decision.get("outcome") == known["product_outcome"], said


@pytest.mark.parametrize("case", [case for case in ALL if case.id not in DISAGREEMENTS], ids=lambda case: case.id)
def test_the_disputed_point_decides(case: LegalCase) -> None:
    decision = decide_case(turned(case))
    assert decision["status"] == "decided", (decision.get("missing"), decision.get("errors"))
    assert not agrees(decision, board_of(case)), "agrees whatever the disputed point is, so it proves nothing"


def test_every_decision_counts_once() -> None:
    decisions = [case.source["decision"] for case in ALL]
    assert sorted(decisions) == sorted(set(decisions))
    assert {part: len(cases) for part, cases in SCORED.items()} == {"full": 17, "disputed": 10}


def test_board_keys() -> None:
    for case in ALL:
        board = board_of(case)
        assert board.keys() - {"given"} == {"issue", "outcome", "claim", "amount", "turns_on"}, case.id
        assert board["outcome"] in OUTCOMES, case.id
        assert board["claim"] in CLAIMS, case.id
        assert case.facts.keys() >= set(board.get("given", [])), case.id
        assert case.source["url"].endswith(f"/{case.source['decision'].lower()}/"), case.id


def test_every_disagreement_is_a_case_and_says_why() -> None:
    assert DISAGREEMENTS.keys() <= {case.id for case in ALL}
    for entry in DISAGREEMENTS.values():
        assert entry.keys() == {"id", "product_outcome", "reason"}
        assert entry["reason"].strip()


def test_the_page_shows_the_score() -> None:
    page = PAGE.read_text("utf-8")
    assert score() in page, "renew it: python tests/test_board_cases.py"
    full, disputed = (f"{sum(case.id not in DISAGREEMENTS for case in SCORED[p])} of {len(SCORED[p])}" for p in PARTS)
    assert f"**Full facts: {full} agree. Disputed point only: {disputed} agree.**" in page
    assert [case for case in DISAGREEMENTS if f"**{short(case)}**" not in page] == []


def test_the_readme_shows_the_score_and_every_reason() -> None:
    readme = " ".join((PAGE.parent.parent / "README.md").read_text("utf-8").split())
    full, disputed = (sum(case.id not in DISAGREEMENTS for case in SCORED[part]) for part in PARTS)
    assert f"17 whose facts are stated in full, {full} agree" in readme
    assert f"10 that are encoded on the disputed point only, {disputed} agree" in readme
    assert [case for case in DISAGREEMENTS if f"| {short(case)} |" not in readme] == []


def test_the_page_names_every_worked_example() -> None:
    page = PAGE.read_text("utf-8")
    examples = [case.id for case in LEGAL_CASES if case.path == CASES / "worked_examples.yaml"]
    assert examples
    assert [name for name in examples if f"`{name.removeprefix('example_')}`" not in page] == []


# --- the score --------------------------------------------------------------------------------------------------------


def short(case_id: str) -> str:
    return case_id.removeprefix("board_")


def _claimed(board: dict[str, Any]) -> str:
    more = {"whole": "", "additional": ", more money", "companion": ", companion"}[board["claim"]]
    return board["outcome"] + more


def _found(decision: dict[str, Any]) -> str:
    due = still_due(decision)
    return f"{decision.get('outcome')}, amount open" if due is None else f"{decision.get('outcome')}, {due} due"


def score() -> str:
    """The score and the table of cases in Markdown."""
    lines = ["| decisions with | agree | the board's answer was among the facts | of |", "|---|---|---|---|"]
    rows = []
    for part, cases in SCORED.items():
        results = [(case, decide_case(case)) for case in cases]
        right = [case for case, decision in results if agrees(decision, board_of(case))]
        given = [case for case in right if board_of(case).get("given")]
        lines.append(f"| {PARTS[part]} | {len(right)} | {len(given)} | {len(cases)} |")
        for case, decision in results:
            board = board_of(case)
            verdict = ("yes*" if board.get("given") else "yes") if case in right else "**no**"
            decided = f"[{short(case.id)}]({case.source['url']})"
            cells = (decided, part, board["issue"], _claimed(board), _found(decision), verdict)
            rows.append("| " + " | ".join(re.sub(r"\s+", " ", cell) for cell in cells) + " |")
    head = ["| decision | part | issue | board | product | agree |", "|---|---|---|---|---|---|"]
    return "\n".join([*lines, "", *head, *rows])


if __name__ == "__main__":
    sys.stdout.write(score() + "\n")
