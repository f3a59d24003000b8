"""The legs of an attendance: both ways, the way out, the way home."""

from __future__ import annotations

from transport_calc.intake.text import Unreadable, fold

ROUND_TRIP, OUT, HOME = "tur_retur", "ud", "hjem"
LEGS = (ROUND_TRIP, OUT, HOME)

_WRITTEN = {ROUND_TRIP: ROUND_TRIP, "tur/retur": ROUND_TRIP, OUT: OUT, HOME: HOME}


def read_leg(text: str) -> str:
    """The leg that a cell names; an empty cell is both ways. Raises `Unreadable`."""
    written = fold(text)
    if not written:
        return ROUND_TRIP
    if written not in _WRITTEN:
        choices = ", ".join(LEGS)
        raise Unreadable("unknown_choice", {"choices": choices, "danish": choices})
    return _WRITTEN[written]
