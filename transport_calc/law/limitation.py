"""Limitation: a claim is time-barred three years after it could first be made (forældelsesloven §§ 2-3).

Rule for the calendar: the last day is the one with the same number three years later; where that month has no such
day (29 February), it is the last day of the month. A claim received on the last day is in time.
"""

from __future__ import annotations

from datetime import date

YEARS = 3


def last_day_to_claim(trip_date: date) -> date:
    """The last day on which a claim for a trip can be made."""
    year = trip_date.year + YEARS
    if (trip_date.month, trip_date.day) == (2, 29):
        return date(year, 2, 28)
    return trip_date.replace(year=year)


def time_barred(trip_date: date, application_date: date | None) -> bool:
    """The claim came too late. Without an application date nobody has claimed too late."""
    return application_date is not None and application_date > last_day_to_claim(trip_date)
