"""`schema`: the JSON Schemas of a case, of a decision and of the summary of a batch."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


Subject = Literal["case", "decision", "summary"]
"""What there is a schema of."""


@app.command()
def schema(of: Annotated[Subject, typer.Argument(help="Which schema to print.")]) -> None:
    """Print the JSON Schema of a case (in), of a decision (out) or of the summary of a batch (out)."""
    print(json.dumps(schema_of(of), ensure_ascii=False, indent=2))


def schema_of(subject: str) -> dict[str, object]:
    """The JSON Schema of `case`, `decision` or `summary`."""
    if subject == "case":
        from transport_calc.intake.schema import case_schema

        return case_schema()
    if subject == "summary":
        from transport_calc.batch.count.summary_schema import summary_schema

        return summary_schema()
    from transport_calc.wording.decision_schema import decision_schema

    return decision_schema()
