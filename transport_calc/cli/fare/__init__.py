"""`fare`: what one trip with a traffic company costs, by which dated tariff, and what is not known about it."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any, Literal

import typer

from transport_calc.cli.fare.asked import read_trip
from transport_calc.cli.fare.json_view import catalogue_json, envelope, fare_json, unknown_json
from transport_calc.cli.fare.sentences import fault_of, wrong_and_remedy
from transport_calc.cli.fare.text_view import catalogue, fare_document
from transport_calc.cli.shared import EXIT_UNDETERMINED, EXIT_UNUSABLE, Lang
from transport_calc.faults import Fault, InvalidInput
from transport_calc.parameters import builtin_data
from transport_calc.tariffs import UnknownFare, fare_in, load_tariffs
from transport_calc.wording.plain import WIDTH, plain, wrap

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

Format = Literal["text", "json"]
"""The forms a fare can be shown in."""


@app.command()
def fare(
    product: Annotated[
        str | None, typer.Argument(metavar="[PRODUCT]", help="Such as nt-flextur; none lists the products.")
    ] = None,
    distance: Annotated[str | None, typer.Option(help="Length of the trip by road, one way, km.", metavar="KM")] = None,
    on: Annotated[str | None, typer.Option("--date", help="Day of the trip; today if not given.")] = None,
    zone: Annotated[str | None, typer.Option(help="Zone of the tariff.")] = None,
    home: Annotated[str | None, typer.Option("--municipality", help="Municipality, where the zone follows it.")] = None,
    companions: Annotated[str | None, typer.Option(help="Number of co-travellers.", metavar="N")] = None,
    child: Annotated[bool, typer.Option("--child", help="The traveller is a child.")] = False,
    online: Annotated[bool, typer.Option("--online", help="Booked online.")] = False,
    discount_card: Annotated[bool, typer.Option("--discount-card", help="With the product's discount card.")] = False,
    both_ways: Annotated[bool, typer.Option("--return", help="The price of both ways as well.")] = False,
    format: Annotated[Format, typer.Option("--format", help="How to show the fare.")] = "text",
    lang: Lang = "da",
) -> None:
    """Show the fare of one trip from the dated tariffs, with its source. Without arguments: the products.

    Exit status: 0 known, 2 unusable options, 3 the fare is not known.
    """
    book = load_tariffs(builtin_data())
    texts = {"trip_date": on, "distance_km": distance, "zone": zone, "municipality": home, "companions": companions}
    given = {name: value for name, value in texts.items() if value is not None}
    if product is None and not given and not (child or online or discount_card or both_ways):
        _print(catalogue_json(book, lang) if format == "json" else plain(catalogue(book, lang)))
        return
    asked = None
    try:
        asked = read_trip(book, product, given)
        found = fare_in(
            book,
            asked.product,
            asked.km,
            asked.on,
            zone=asked.zone,
            companions=asked.companions,
            child=child,
            online=online,
            discount_card=discount_card,
        )
    except InvalidInput as invalid:
        _refuse(invalid.faults, {"status": "invalid"}, format, lang)
        raise typer.Exit(EXIT_UNUSABLE) from None
    except UnknownFare as unknown:
        assert asked is not None
        _refuse([fault_of(unknown, asked, book, lang)], unknown_json(unknown, asked, book, lang), format, lang)
        raise typer.Exit(EXIT_UNDETERMINED) from None
    if format == "json":
        _print(fare_json(found, asked, book, lang, both_ways=both_ways))
    else:
        _print(plain(fare_document(found, asked, book, lang, both_ways=both_ways)))


def _refuse(faults: list[Fault], status: dict[str, Any], format: Format, lang: str) -> None:
    """Every fault on standard error, and with `--format json` in the envelope on standard output."""
    errors = []
    for fault in faults:
        wrong, remedy = wrong_and_remedy(fault, lang)
        errors.append({"code": fault.code, "field": fault.field, "message": wrong, "hint": remedy})
        print("\n".join(wrap(wrong, WIDTH)), file=sys.stderr)
        print("\n".join(f"  {line}" for line in wrap(remedy, WIDTH - 2)), file=sys.stderr)
    if format == "json":
        _print(envelope(**status, errors=errors))


def _print(shown: str | dict[str, Any]) -> None:
    print(shown.rstrip("\n") if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False, indent=2))
