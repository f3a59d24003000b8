"""The entry point: sets the process up for a short life, hands over to the commands, and ends it quickly."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line.

    Looking for garbage among freshly imported modules takes a tenth of a `check` and finds none, so it is off; a
    command that may run long (`batch`) turns it on again. See docs/adr/0004-start-up.md.
    """
    gc.disable()
    from transport_calc.cli.app import main as run

    status = 0
    try:
        run()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    _leave(status)


def _leave(status: int) -> None:
    """End the process once everything is written.

    Taking the interpreter apart again, object by object, takes a fifth of a `check`; the operating system does it at
    once. Files are closed by then: every command writes within `with`.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        status = status or 1
    os._exit(status)
