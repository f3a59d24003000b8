"""The simple rule of `peer_rows` in openfisca-core: all rows as one simulation of vectors.

python benchmarks/peer_openfisca.py RECEIPTS OUTPUT
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

YEAR = "2024"
MINIMUM = {
    "minimum": {
        "pensioner": {"values": {"2024-01-01": {"value": 48.0}}},
        "other": {"values": {"2024-01-01": {"value": 113.0}}},
    }
}

Attendance = build_entity(key="attendance", plural="attendances", label="One attendance", is_person=True)


class pensioner(Variable):  # noqa: N801
    """Receives pension."""

    value_type, entity, definition_period = bool, Attendance, DateUnit.YEAR


class distance_km(Variable):  # noqa: N801
    """One way."""

    value_type, entity, definition_period = float, Attendance, DateUnit.YEAR


class health(Variable):  # noqa: N801
    """Health rules public transport out."""

    value_type, entity, definition_period = bool, Attendance, DateUnit.YEAR


class fare(Variable):  # noqa: N801
    """Kroner, both ways."""

    value_type, entity, definition_period = float, Attendance, DateUnit.YEAR


class payable(Variable):  # noqa: N801
    """Kroner, both ways."""

    value_type, entity, definition_period = float, Attendance, DateUnit.YEAR

    def formula(attendance, period, parameters):  # noqa: ANN001, ANN201, N805
        """The rule."""
        minimum = parameters(period).minimum
        pension, cost = attendance("pensioner", period), attendance("fare", period)
        right = pension | (attendance("distance_km", period) > 50) | attendance("health", period)
        above = cost > numpy.where(pension, minimum.pensioner, minimum.other)
        return numpy.where(right & above, cost, 0.0)


def system() -> TaxBenefitSystem:
    """The country of the one rule."""
    found = TaxBenefitSystem([Attendance])
    found.parameters = ParameterNode("", data=MINIMUM)
    for variable in (pensioner, distance_km, health, fare, payable):
        found.add_variable(variable)
    return found


def main(receipts: str, output: str) -> None:
    """Decide all rows and print the sum in øre."""
    with Path(receipts).open(encoding="utf-8", newline="") as read:
        rows = list(csv.DictReader(read, delimiter=";"))
    simulation = SimulationBuilder().build_default_simulation(system(), len(rows))
    given = {
        "pensioner": numpy.array([row["pensionist"] == "ja" for row in rows]),
        "distance_km": numpy.array([float(row["afstand_km"].replace(",", ".")) for row in rows]),
        "health": numpy.array([row["mobilitet"] == "kan ikke bruge offentlig transport" for row in rows]),
        "fare": numpy.array([float(row["offentlig_takst"].replace(",", ".")) for row in rows]),
    }
    for name, values in given.items():
        simulation.set_input(name, YEAR, values)
    ore = numpy.rint(simulation.calculate("payable", YEAR).astype("float64") * 100).astype("int64")
    with Path(output).open("w", encoding="utf-8") as written:
        writer = csv.writer(written, delimiter=";")
        writer.writerows(zip((row["sagsnr"] for row in rows), (ore / 100).tolist(), strict=True))
    print(int(ore.sum()))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
