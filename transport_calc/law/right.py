"""The answer to the question "is there a right?", the same for every chapter of the order."""

from typing import Literal, NamedTuple

Status = Literal["right", "no_right", "may", "open"]
MinimumClass = Literal["pensioner", "other", ""]


class Right(NamedTuple):
    """`status` says whether there is a right, none, only a possibility for the authority, or an unsettled question.

    `reason` is the code under which the wording explains it. `minimum_class` says which of the two minimum amounts
    applies (§ 31, stk. 1 or 2) and is empty where none does. `paid_as_to` says to which place the cost counts: the
    place used, the place the authority refers to (§§ 17, 24; both costs must exceed the minimum), or the nearest
    specialist (§ 7). `in_kind`: the ride itself is the benefit; § 31 has no minimum
    for rides, whatever `minimum_class` says of the person.
    """

    status: Status
    reason: str
    minimum_class: MinimumClass = ""
    paid_as_to: Literal["used", "designated", "nearest"] = "used"
    in_kind: bool = False


def no_right(reason: str) -> Right:
    return Right("no_right", reason)


def may(reason: str) -> Right:
    return Right("may", reason)


def open_question(reason: str) -> Right:
    """The law is unsettled here (docs/sources.md); the product says so and decides nothing."""
    return Right("open", reason)
