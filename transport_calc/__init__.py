"""Decide the right to transport, or to money back, for treatment and rehabilitation in Denmark.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from transport_calc import Case, decide
    >>> decide(Case(purpose="rehabilitation", trip_date=date(2024, 5, 13), hospital_based=True, pensioner=True,
    ...             mobility="public_transport", public_fare_dkk=Decimal("80"))).outcome
    'entitled'

The names below are imported when they are first used, so that the command line can start lightly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transport_calc.chain import decide
    from transport_calc.decision import Decision
    from transport_calc.facts import Case
    from transport_calc.faults import Fault, InvalidInput

__version__ = "0.1.0"

__all__ = ["Case", "Decision", "Fault", "InvalidInput", "__version__", "decide"]

_HOME = {"decide": "chain", "Decision": "decision", "Case": "facts", "Fault": "faults", "InvalidInput": "faults"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'transport_calc' has no attribute '{name}'")
    value = getattr(import_module(f"transport_calc.{_HOME[name]}"), name)
    globals()[name] = value
    return value
