"""The simple rule of `peer_rows` in a loop, one pydantic model per row.

python benchmarks/peer_pydantic.py RECEIPTS OUTPUT
"""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field


def _yes(text: object) -> object:
    return {"ja": True, "nej": False}.get(str(text), text)


def _point(text: object) -> object:
    return str(text).replace(",", ".")


class Receipt(BaseModel):
    """The facts of a row."""

    case_id: str = Field(alias="sagsnr")
    pensioner: Annotated[bool, BeforeValidator(_yes)] = Field(alias="pensionist")
    distance_km: Annotated[Decimal, BeforeValidator(_point)] = Field(alias="afstand_km")
    mobility: Literal["kan bruge offentlig transport", "kan ikke bruge offentlig transport"] = Field(alias="mobilitet")
    fare: Annotated[Decimal, BeforeValidator(_point)] = Field(alias="offentlig_takst")


def payable(receipt: Receipt) -> Decimal:
    """What is paid in kroner."""
    health = receipt.mobility == "kan ikke bruge offentlig transport"
    right = receipt.pensioner or receipt.distance_km > 50 or health
    minimum = 48 if receipt.pensioner else 113
    return receipt.fare if right and receipt.fare > minimum else Decimal(0)


def main(receipts: str, output: str) -> None:
    """Decide all rows and print the sum in øre."""
    total = Decimal(0)
    with Path(receipts).open(encoding="utf-8", newline="") as read, Path(output).open("w", encoding="utf-8") as written:
        writer = csv.writer(written, delimiter=";")
        for row in csv.DictReader(read, delimiter=";"):
            receipt = Receipt.model_validate(row)
            paid = payable(receipt)
            total += paid
            writer.writerow((receipt.case_id, paid))
    print(int(total * 100))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
