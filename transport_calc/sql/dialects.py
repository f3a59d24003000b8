"""Where the SQL dialects differ, and nothing else: types, yes/no columns, parts of a date, whole division, kroner.

The query itself is built from what all of them share: CASE, WITH, LEFT JOIN, GROUP BY, and whole numbers for every
amount. Days are numbers like 20240513 and yes/no are the texts 'true' and 'false', so there are neither date nor
boolean literals, and no boolean expression stands in a select list.
"""

from __future__ import annotations

from typing import NamedTuple


class Dialect(NamedTuple):
    """How one engine writes what the others write differently; the templates take an expression as `{}`."""

    name: str
    text: str
    integer: str
    decimal: str
    date: str
    boolean: str
    is_yes: str
    is_no: str
    day_number: str
    whole_division: str
    kroner: str
    rows: str

    def type_of(self, kind: str) -> str:
        """The column type of a fact."""
        types = {"bool": self.boolean, "decimal": self.decimal, "whole": self.integer, "date": self.date}
        return types.get(kind, self.text)

    def as_text(self, expression: str) -> str:
        return f"CAST({expression} AS {self.text})"

    def as_integer(self, expression: str) -> str:
        return f"CAST({expression} AS {self.integer})"

    def constant_rows(self, name: str, columns: tuple[str, ...], rows: list[str]) -> str:
        """A common table expression of constant rows; a UNION ALL of this many would be too deep for some engines."""
        listed = ",\n  ".join(f"({row})" for row in rows)
        names = ", ".join(columns)
        return f"{name} ({names}) AS (\n  {self.rows.format(rows=listed, names=names)}\n)"


_DAY_NUMBER = "YEAR({0}) * 10000 + MONTH({0}) * 100 + DAY({0})"
# A whole number of øre as kroner: multiplied, because DECIMAL / INTEGER is a DOUBLE in DuckDB.
_KRONER = "CAST(CAST({} AS DECIMAL(18, 2)) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))"
_NAMED_ROWS = "SELECT * FROM (VALUES\n  {rows}\n  ) AS given_rows ({names})"

_DUCKDB = Dialect(
    name="duckdb",
    text="VARCHAR",
    integer="BIGINT",
    decimal="DECIMAL(15, 3)",
    date="DATE",
    boolean="BOOLEAN",
    is_yes="{}",
    is_no="NOT {}",
    day_number=_DAY_NUMBER,
    whole_division="({}) // {}",
    kroner=_KRONER,
    rows="VALUES\n  {rows}",
)

DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        _DUCKDB,
        _DUCKDB._replace(
            name="postgres",
            decimal="NUMERIC(15, 3)",
            day_number="CAST(EXTRACT(YEAR FROM {0}) * 10000 + EXTRACT(MONTH FROM {0}) * 100"
            " + EXTRACT(DAY FROM {0}) AS BIGINT)",
            whole_division="({}) / {}",
        ),
        # SQLite has neither decimals, dates nor booleans: dates are ISO text, yes/no are 1 and 0, kroner are text.
        _DUCKDB._replace(
            name="sqlite",
            text="TEXT",
            integer="INTEGER",
            decimal="NUMERIC",
            date="TEXT",
            boolean="INTEGER",
            is_yes="{} = 1",
            is_no="{} = 0",
            day_number="CAST(REPLACE({0}, '-', '') AS INTEGER)",
            whole_division="({}) / {}",
            kroner="printf('%d.%02d', {0} / 100, {0} % 100)",
        ),
        _DUCKDB._replace(name="spark", text="STRING", whole_division="({}) DIV {}", rows=_NAMED_ROWS),
        _DUCKDB._replace(
            name="tsql",
            text="VARCHAR(80)",
            boolean="BIT",
            is_yes="{} = 1",
            is_no="{} = 0",
            whole_division="({}) / {}",
            rows=_NAMED_ROWS,
        ),
    )
}
"""Every dialect by name."""
