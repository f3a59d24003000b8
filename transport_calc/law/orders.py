"""The eight orders on transport under sundhedsloven since 2008, and under which number a rule stands in each.

The orders of 2008-2014 have 31 sections; the orders from 1 July 2016 on have 35, because chapter 2 (heroin
treatment) and § 9 came in. The rules themselves kept their order, so one table of numbers is enough. Citations in
the law modules use the numbers of BEK 816/2018; `bek` translates them to the order in force on the day.

Source: retsinformation.dk, the text of the orders (https://www.retsinformation.dk/eli/lta/YEAR/NUMBER).
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Order(NamedTuple):
    """A bekendtgørelse: its number as cited, the first day it is in force, and which numbering its sections have."""

    name: str
    since: date
    sections_of_2008: bool

    @property
    def href(self) -> str:
        number, year = self.name.removeprefix("BEK ").split("/")
        return f"https://www.retsinformation.dk/eli/lta/{year}/{number}"


ORDERS = (
    Order("BEK 867/2008", date(2008, 9, 1), sections_of_2008=True),
    Order("BEK 1496/2009", date(2010, 1, 1), sections_of_2008=True),
    Order("BEK 1266/2012", date(2013, 1, 1), sections_of_2008=True),
    Order("BEK 1662/2013", date(2014, 1, 1), sections_of_2008=True),
    Order("BEK 959/2014", date(2014, 9, 1), sections_of_2008=True),
    Order("BEK 973/2016", date(2016, 7, 1), sections_of_2008=False),
    Order("BEK 1206/2016", date(2016, 10, 1), sections_of_2008=False),
    Order("BEK 816/2018", date(2018, 7, 1), sections_of_2008=False),
)

FIRST_DAY = ORDERS[0].since
"""The first day whose order is known; the text of the orders before it has not been read."""

# § 9 (who chooses the form for GP and specialist) and §§ 10-12 (heroin treatment) have no section before 2016.
_SHIFTED_SECTIONS = range(13, 36)
_SHIFT = 4


CHECKED_ON = date(2026, 11, 21)
"""The day on which the law was last checked against its sources."""

LAST_YEAR = CHECKED_ON.year + 1
"""The last year whose law is known: what takes effect next year has been enacted or announced by then."""


def order_on(on: date) -> Order:
    """The order in force on a day; raises ValueError before the first one."""
    found = None
    for order in ORDERS:
        if order.since <= on:
            found = order
    if found is None:
        raise ValueError(f"no order is known before {FIRST_DAY.isoformat()}")
    return found


def section_number(section: int, order: Order) -> int:
    """The number that § `section` of BEK 816/2018 has in `order`."""
    if order.sections_of_2008 and section in _SHIFTED_SECTIONS:
        return section - _SHIFT
    return section


def bek(section: int, *, stk: str = "", nr: str = "", stk_since: date = FIRST_DAY) -> Callable[[date], str]:
    """A citation of § `section` (numbered as in BEK 816/2018), as it reads on a given day.

    `stk_since` is the first day on which the section has more than one stk.; before it none is cited.
    """

    def cite(on: date) -> str:
        order = order_on(on)
        parts = [f"{order.name} § {section_number(section, order)}"]
        if stk and on >= stk_since:
            parts.append(f"stk. {stk}")
        if nr:
            parts.append(f"nr. {nr}")
        return ", ".join(parts)

    return cite


def bek_chapter(chapter: int) -> Callable[[date], str]:
    """A citation of a chapter (numbered as in BEK 816/2018), as it reads on a given day."""

    def cite(on: date) -> str:
        order = order_on(on)
        number = chapter - 1 if order.sections_of_2008 and chapter > 1 else chapter
        return f"{order.name} kap. {number}"

    return cite
