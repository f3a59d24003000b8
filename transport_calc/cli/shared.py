"""What the commands have in common: exit statuses, language, the user's data folder, faults as text."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from transport_calc.facts import FACTS
from transport_calc.faults import Fault, InvalidInput, masked
from transport_calc.wording import text

EXIT_DECIDED = 0
EXIT_INTERNAL = 1
EXIT_UNUSABLE = 2
EXIT_UNDETERMINED = 3
EXIT_INCOMPLETE_BATCH = 4


Language = Literal["da", "en"]
"""The languages everything can be read in."""

Lang = Annotated[
    Language, typer.Option("--lang", envvar="TRANSPORT_CALC_LANG", help="Language of everything that is read.")
]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder with your own amounts (thresholds_YEAR.toml).", file_okay=False),
]
UseAmountsOf = Annotated[
    int | None,
    typer.Option("--use-amounts-of", metavar="YEAR", help="Fill a year without known amounts with those of YEAR."),
]

OPTION_NAMES = {
    "trip_date": "--date",
    "distance_km": "--distance",
    "public_fare_dkk": "--fare",
    "paid_dkk": "--paid",
}
"""The facts whose option has a shorter name as well."""


def option_name(fact: str) -> str:
    """The option that gives a fact."""
    return OPTION_NAMES.get(fact, f"--{fact.replace('_', '-')}")


def user_data(data: Path | None) -> Path:
    """The folder of the user's own amounts: the one given, or the platform's configuration folder."""
    return data if data is not None else Path(typer.get_app_dir("transport-calc"))


def file_fault(error: OSError, name: str, field: str, lang: str, *, code: str = "unreadable_file") -> Fault:
    """The fault of a file that cannot be opened, with the reason in the reader's language."""
    kinds = {FileNotFoundError: "missing", IsADirectoryError: "folder", PermissionError: "forbidden"}
    kind = kinds.get(type(error)) or _BY_NUMBER.get(error.errno or 0, "other")
    reason = text(f"file.{kind}", lang, reason=error.strerror or type(error).__name__)
    return Fault(code, field, masked(name), {"reason": reason})


_BY_NUMBER = {
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "folder",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.ENOSPC: "full",
}
"""Of errors that are of no kind of their own."""


def print_faults(faults: list[Fault], lang: str, *, options: bool) -> None:
    """Every fault on stderr: what is wrong and, on the next line, what to do."""
    from transport_calc.wording.fault_view import fault_name, fault_texts

    for fault in faults:
        label = fault_name(fault.field, lang)
        if options and fault.field in FACTS:
            label = f"{label.split(' (')[0]} ({option_name(fault.field)})"
        wrong, remedy = fault_texts(fault, lang, label)
        print(wrong, file=sys.stderr)
        print(f"  {remedy}", file=sys.stderr)


def read_input(source: str, lang: str) -> str:
    """The text of the file that `--input` names (`-` is standard input); InvalidInput when it cannot be read."""
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput([file_fault(error, source, "--input", lang)]) from None
    except UnicodeDecodeError as error:
        slots = {"byte": f"0x{raw[error.start]:02X}", "offset": str(error.start)}
        raise InvalidInput([Fault("not_utf8", "--input", masked(source), slots)]) from None
