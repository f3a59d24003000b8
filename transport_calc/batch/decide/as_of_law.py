"""Rows decided by the law and the amounts of another day, to see what a change of them would do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from transport_calc.law.limitation import last_day_to_claim, time_barred
from transport_calc.wording.numbers import Spoken, long_date


def as_of_law(facts: Mapping[str, object], law_day: date | None, lang: str) -> dict[str, object]:
    """The facts of a row as they are decided on `law_day`; the same facts if that is `None`.

    In a text the day of the trip keeps its words, and whether a claim came too late is still
    counted from the trip.
    """
    found = dict(facts)
    trip, claimed = found.get("trip_date"), found.get("application_date")
    if law_day is None or not isinstance(trip, date):
        return found
    found["trip_date"] = Spoken.of(law_day, long_date(trip, lang))
    if isinstance(claimed, date):
        late = time_barred(trip, claimed)
        found["application_date"] = last_day_to_claim(law_day) + timedelta(days=1 if late else 0)
    return found


def law_note(law_day: date) -> str:
    """The warning that names the day whose law was applied."""
    return f"law_of:{law_day.isoformat()}"
