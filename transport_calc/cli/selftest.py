"""`selftest`: does this copy decide the built-in cases as it should?"""

from __future__ import annotations

import typer

from transport_calc.built_in_cases import Mismatch, built_in_cases, mismatches
from transport_calc.cli.shared import EXIT_INTERNAL, Lang
from transport_calc.wording import text

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def selftest(lang: Lang = "da") -> None:
    """Decide the legal cases that come along and compare with the answers that follow from the law.

    Exit status: 0 all agree, 1 some do not.
    """
    failed = 0
    stated = [case for case in built_in_cases() if case.expect]
    for case in stated:
        wrong = mismatches(case)
        failed += bool(wrong)
        for each in wrong:
            print(_failure(case.id, each, lang))
    print(text("selftest.done", lang, passed=len(stated) - failed, failed=failed))
    if failed:
        raise typer.Exit(EXIT_INTERNAL)


def _failure(case: str, wrong: Mismatch, lang: str) -> str:
    nothing = text("selftest.nothing", lang)
    slots = {"expected": wrong.expected or nothing, "found": wrong.found or nothing}
    return text("selftest.failed", lang, case=case, part=wrong.part, **slots)
