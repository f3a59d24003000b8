"""The real command line with blocks so small that a short file has many. Arguments: bytes of a block, and its own."""

from __future__ import annotations

import sys
from functools import partial

from transport_calc.batch.read import source
from transport_calc.batch.read.csv_blocks import CsvTable
from transport_calc.cli.app import app

if __name__ == "__main__":
    size, *sys.argv[1:] = sys.argv[1:]
    source.CsvTable = partial(CsvTable, block_size=int(size))  # type: ignore[assignment,attr-defined]
    app()
