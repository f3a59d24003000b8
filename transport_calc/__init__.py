"""Decide the right to transport, or to money back, for treatment and rehabilitation in Denmark.

>>> from datetime import date
>>> from decimal import Decimal
>>> from transport_calc import Case, decide
>>> decide(Case(purpose="rehabilitation", trip_date=date(2024, 5, 13), hospital_based=True, pensioner=True,
...             mobility="public_transport", public_fare_dkk=Decimal("80"))).outcome
'entitled'
"""

from transport_calc.decide import decide
from transport_calc.decision import Decision
from transport_calc.facts import Case
from transport_calc.faults import Fault, InvalidInput

__version__ = "0.1.0"

__all__ = ["Case", "Decision", "Fault", "InvalidInput", "__version__", "decide"]
