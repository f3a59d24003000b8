"""Numbers and dates as a person reads them: Danish `1.234,50 kr.` and `13. maj 2024`, English `1,234.50 kr.`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

_DANISH_MARKS = str.maketrans(",.", ".,")
_MONTHS_DA = "januar februar marts april maj juni juli august september oktober november december"
_MONTHS_EN = "January February March April May June July August September October November December"
_MONTHS = {"da": tuple(_MONTHS_DA.split()), "en": tuple(_MONTHS_EN.split())}


class Spoken(date):
    """A date that has words of its own: the batch writes many rows with one text and puts each row's date into it."""

    words: str

    @classmethod
    def of(cls, day: date, words: str) -> Spoken:
        """The date `day`, for which `words` stand in a text."""
        spoken = cls(day.year, day.month, day.day)
        spoken.words = words
        return spoken


def _localised(text: str, lang: str) -> str:
    return text.translate(_DANISH_MARKS) if lang == "da" else text


def figures(number: Decimal, decimals: int, lang: str) -> str:
    """A number with so many decimals and its thousands apart."""
    return _localised(f"{number:,.{decimals}f}", lang)


def kroner(amount: Decimal, lang: str) -> str:
    """An amount with two decimals and `kr.`."""
    return f"{figures(amount, 2, lang)} kr."


def thousands(number: int, lang: str) -> str:
    """A whole number with its thousands apart."""
    return _localised(f"{number:,}", lang)


def kilometres(distance: Decimal, lang: str) -> str:
    """A distance in km with at least one decimal and as many as it was given with."""
    normal = distance.normalize()
    decimals = max(1, -int(normal.as_tuple().exponent))
    return f"{figures(distance, decimals, lang)} km"


def whole(number: Decimal, lang: str) -> str:
    """A number without needless decimals."""
    return _localised(f"{number.normalize():f}", lang)


def long_date(day: date, lang: str) -> str:
    """A date in words."""
    if isinstance(day, Spoken):
        return day.words
    dot = "." if lang == "da" else ""
    return f"{day.day}{dot} {_MONTHS[lang][day.month - 1]} {day.year}"


def month_name(month: int, lang: str) -> str:
    """The name of a month, 1 to 12."""
    return _MONTHS[lang][month - 1]


def short_date(day: date, lang: str) -> str:
    """A date in digits: dd-mm-yyyy in Danish, ISO in English."""
    return f"{day:%d-%m-%Y}" if lang == "da" else day.isoformat()
