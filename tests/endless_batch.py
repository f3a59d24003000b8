"""A batch that takes its time, to be killed by a test: blocks made up, written one after the other.

Arguments: the folder, the kind of output, the number of blocks, the pause after each (seconds), and `resume` or `anew`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from written_blocks import numbered

from transport_calc.batch.write.output import Output
from transport_calc.batch.write.output_columns import OutputColumns
from transport_calc.batch.write.write_csv import RejectCsvWriter
from transport_calc.batch.write.writers import writer_of

SIZE = 50
HEAD = {"law_digest": "x"}


def main(folder: Path, kind: str, blocks: int, pause: float, how: str) -> None:
    """Write the files; the state counts the rows."""
    with Output(
        folder / f"out.{kind}",
        writer_of(kind, OutputColumns()),
        rejects=folder / "out.rejects.csv",
        reject_writer=RejectCsvWriter(),
        head=HEAD,
        resume=how == "resume",
    ) as output:
        rows = int((output.state or {"rows": 0})["rows"])
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        for number in range(output.done_blocks, blocks):
            decided = numbered(number * SIZE + 1, SIZE)
            rows += decided.rows_read
            output.write(decided, {"rows": rows})
            time.sleep(pause)
        output.finish({folder / "summary.json": f"{rows}\n"})


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.argv[5])
