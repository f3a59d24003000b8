"""Rows decided by the law and the amounts of another day, to see what a change of them would do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from transport_calc.law.limitation import last_day_to_claim, time_barred
from transport_calc.wording.numbers import Spoken, long_date


class OtherLaw(Spoken):
    """The day whose law applies, under the words of the day on which the trip was made."""

    _words: str

    @classmethod
    def of(cls, law_day: date, trip_date: date, lang: str) -> OtherLaw:
        """The day `law_day` that reads like `trip_date`."""
        day = cls(law_day.year, law_day.month, law_day.day)
        day._words = long_date(trip_date, lang)
        return day

    def words(self) -> str:
        """The day of the trip."""
        return self._words


def as_of_law(facts: Mapping[str, object], law_day: date | None, lang: str) -> dict[str, object]:
    """The facts of a row as they are decided on `law_day`; the same facts if that is `None`.

    Whether a claim came too late is still counted from the trip.
    """
    found = dict(facts)
    trip, claimed = found.get("trip_date"), found.get("application_date")
    if law_day is None or not isinstance(trip, date):
        return found
    found["trip_date"] = OtherLaw.of(law_day, trip, lang)
    if isinstance(claimed, date):
        late = time_barred(trip, claimed)
        found["application_date"] = last_day_to_claim(law_day) + timedelta(days=1 if late else 0)
    return found


def law_note(law_day: date) -> str:
    """The warning that names the day whose law was applied."""
    return f"law_of:{law_day.isoformat()}"
