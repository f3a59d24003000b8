"""The entry point: sets the process up for a short life, then hands over to the commands."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line.

    Looking for garbage among freshly imported modules takes a tenth of a `check` and finds none, so it is off; a
    command that may run long (`batch`) turns it on again. See docs/adr/0004-start-up.md.
    """
    gc.disable()
    from transport_calc.cli.app import main as run

    run()
