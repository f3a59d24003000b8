"""The means that are open to a citizen, compared by price for the round trip (BEK 816/2018 § 30, stk. 1-2).

Where health allows public transport, and it ran that day, its fare counts, whatever was used. Where it does not, own
car, Flextur and taxi are compared, and the cheapest price that is known is named. This informs the person who decides
and changes no payout: whether a means is defensible for this citizen stays a judgement. Codes and numbers only; the
words are made by `transport_calc.wording.price_table`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from transport_calc.facts import Case
from transport_calc.law.amount import cost_of, to_ore
from transport_calc.parameters import MILEAGE_LOW, builtin_data

if TYPE_CHECKING:
    from transport_calc.municipalities import Municipality
    from transport_calc.tariffs import FareNote

Means = Literal["public_transport", "own_car", "flextur", "taxi", "other"]
PriceStatus = Literal["cheapest_defensible", "not_defensible", "dearer", "price_unknown", "not_available"]

_NO_SLOTS: Mapping[str, str] = MappingProxyType({})


class Price(NamedTuple):
    """One means: its price for the round trip (None while unknown), how it stands, and the code of why.

    `slots` fill the sentence of `why`. `at_least` says that the price is only a lower bound, because something that
    may come on top is not known. `notes` are the reservations of the tariff the price comes from.
    """

    means: Means
    status: PriceStatus
    dkk: Decimal | None
    why: str
    slots: Mapping[str, str] = _NO_SLOTS
    at_least: bool = False
    notes: tuple[FareNote, ...] = ()


class _Quote(NamedTuple):
    """A price before it is compared; without kroner, `why` and `slots` say what is not known."""

    means: Means
    dkk: Decimal | None
    why: str = ""
    slots: Mapping[str, str] = _NO_SLOTS
    at_least: bool = False
    notes: tuple[FareNote, ...] = ()

    def price(self, status: PriceStatus, why: str, slots: Mapping[str, str] = _NO_SLOTS) -> Price:
        return Price(self.means, status, self.dkk, why, slots, self.at_least, self.notes)

    def unknown(self) -> Price:
        return self.price("price_unknown", self.why, self.slots)


def open_means(
    case: Case,
    on: date,
    municipality: Municipality | None,
    rate_per_km: Decimal | None,
    *,
    flextur_zone: str | None = None,
) -> tuple[Price, ...]:
    """Every means with its price for the round trip to the place used, in a fixed order.

    `rate_per_km` is the low state rate of the day, None where it is not known. `flextur_zone` is the zone of the
    tariff, for who knows it; otherwise only a zone that the data give the municipality is used. Empty as long as it
    is not known whether health allows public transport: which prices count hangs on it.
    """
    if case.mobility is None:
        return ()
    quotes = [_own_car(case, rate_per_km), _flextur(case, on, municipality, flextur_zone), _as_paid(case, "taxi")]
    if case.means == "other":
        quotes.append(_as_paid(case, "other"))
    public = _Quote("public_transport", case.public_fare_dkk, "public_fare_missing")
    if case.mobility != "public_transport":
        return (public.price("not_defensible", "health_excludes"), *_compared(case, quotes))
    if case.public_transport_available is False:
        return (public.price("not_available", "no_public_transport"), *_compared(case, quotes))
    counts = public.unknown() if public.dkk is None else public.price("cheapest_defensible", "public_fare_counts")
    return (counts, *(_beside(public, quote) for quote in quotes))


# --- the price of each means ---


def _own_car(case: Case, rate_per_km: Decimal | None) -> _Quote:
    cost = cost_of("own_car", case, rate_per_km)
    if cost.dkk is None:
        return _Quote("own_car", None, "rate_unknown" if MILEAGE_LOW in cost.missing else "distance_missing")
    return _Quote("own_car", to_ore(cost.dkk))


def _flextur(case: Case, on: date, municipality: Municipality | None, zone: str | None) -> _Quote:
    """The tariff of the traffic company both ways for one adult; what was paid, where no tariff is known."""
    by_tariff = _flextur_by_tariff(case, on, municipality, zone)
    if by_tariff.dkk is None and case.means == "flextur" and case.paid_dkk is not None:
        return _as_paid(case, "flextur")
    return by_tariff


def _flextur_by_tariff(case: Case, on: date, municipality: Municipality | None, zone: str | None) -> _Quote:
    if municipality is None:
        return _Quote("flextur", None, "municipality_missing")
    if not case.distance_km:
        return _Quote("flextur", None, "distance_missing")
    # Reading a tariff takes milliseconds, so only a case with a municipality pays for it.
    from transport_calc.tariffs import UnknownFare, fare_in, flextur_of, load_tariffs, zone_of

    company = municipality.traffic_company
    book = load_tariffs(builtin_data(), company)
    product = flextur_of(book, company)
    if product is None:
        return _Quote("flextur", None, "no_tariff", {"municipality": municipality.name})
    known_zone = zone or zone_of(book, product, municipality.slug, on)
    try:
        one_way = fare_in(book, product, case.distance_km, on, zone=known_zone)
    except UnknownFare as unknown:
        return _Quote("flextur", None, unknown.code, unknown.slots)
    # Whether a ferry or a bridge is part of the fare is not known either.
    at_least = bool(case.extra_costs_dkk) or any(note.code == "fare_minimum_unknown" for note in one_way.notes)
    return _Quote("flextur", 2 * to_ore(one_way.amount), at_least=at_least, notes=one_way.notes)


def _as_paid(case: Case, means: Means) -> _Quote:
    """The price that was paid, which is the only one known of a taxi or another means."""
    if case.means != means or case.paid_dkk is None:
        return _Quote(means, None, "not_paid")
    if case.documented is False:
        return _Quote(means, None, "undocumented")
    return _Quote(means, to_ore(case.paid_dkk))


# --- how they stand to each other ---


def _beside(public: _Quote, quote: _Quote) -> Price:
    """Another means where the public fare counts: dearer, or not dearer and still not what counts."""
    if quote.dkk is None:
        return quote.unknown()
    if public.dkk is not None and quote.dkk > public.dkk:
        return _dearer(quote, public)
    return quote.price("not_available", "public_transport_counts")


def _compared(case: Case, quotes: list[_Quote]) -> list[Price]:
    """The cheapest of the known prices named, the others set against it; a lower bound is never the cheapest."""
    ruled_out = {quote.means for quote in quotes if case.mobility == "special_vehicle" and case.means != quote.means}
    certain = [
        quote for quote in quotes if quote.dkk is not None and not quote.at_least and quote.means not in ruled_out
    ]
    cheapest = min(certain, key=_kroner, default=None)
    return [
        # Who needs an ambulance or a special vehicle is not told to drive; only the means that was used stays in.
        quote.price("not_defensible", "special_vehicle") if quote.means in ruled_out else _against(cheapest, quote)
        for quote in quotes
    ]


def _against(cheapest: _Quote | None, quote: _Quote) -> Price:
    if quote.dkk is None:
        return quote.unknown()
    if cheapest is not None and quote.dkk > _kroner(cheapest):
        return _dearer(quote, cheapest)
    if quote.at_least:
        return quote.price("price_unknown", "only_lower_bound")
    return quote.price("cheapest_defensible", "cheapest_known")


def _dearer(quote: _Quote, cheapest: _Quote) -> Price:
    difference = _kroner(quote) - _kroner(cheapest)
    return quote.price("dearer", "dearer_than", {"than": cheapest.means, "difference": str(difference)})


def _kroner(quote: _Quote) -> Decimal:
    return quote.dkk if quote.dkk is not None else Decimal(0)
