"""Every citation of an order names a section, stk. and nr. that the order has.

`order_sections.json` holds, for each of the eight orders, its sections with the number of their stk. and nr.,
counted in the orders' text.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import transport_calc.chain  # noqa: F401  (fills the registry)
from transport_calc.engine.provision import REGISTRY, NotInForce
from transport_calc.law.orders import ORDERS

SECTIONS = json.loads(Path(__file__).with_name("order_sections.json").read_text("utf-8"))
CITATION = re.compile(r"(BEK \d+/\d+) § (\d+)(?:, stk\. (\d+)(?:-(\d+))?)?(?:, nr\. (\d+))?")


def citations() -> list[tuple[str, str]]:
    found = []
    for rule in REGISTRY.values():
        for order in ORDERS:
            try:
                found.append((rule.id, rule.citation(order.since)))
            except NotInForce:
                continue
    return [(name, cited) for name, cited in found if cited.startswith("BEK")]


@pytest.mark.parametrize(("provision", "cited"), citations())
def test_the_order_has_what_is_cited(provision: str, cited: str) -> None:
    parts = CITATION.fullmatch(cited)
    assert parts, f"{provision}: {cited} is no citation"
    order, section, stk, last_stk, nr = parts.groups()
    assert section in SECTIONS[order]
    stks, nrs = SECTIONS[order][section]
    assert int(last_stk or stk or 1) <= stks
    assert (stk is None) or stks > 1, "a section of one stk. is cited without it"
    assert int(nr or 0) <= nrs


def test_there_are_citations_of_every_order() -> None:
    assert {cited.split(" §")[0] for _, cited in citations()} == set(SECTIONS)
