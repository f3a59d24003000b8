"""The law as one SQL query, generated from the leaves of its exploration; see `transport_calc.sql.query`."""

from transport_calc.sql.dialects import DIALECTS
from transport_calc.sql.query import export

__all__ = ["DIALECTS", "export"]
