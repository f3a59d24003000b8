"""Start-up: a `check` with options and piped output against a typer program that prints one line.

Both run in turn, in the same interpreter, byte-compiled, after a warm-up; the median of the paired ratios is what
counts, because a shared machine drifts. The target is 1.35.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import typer

import transport_calc

ROUNDS = 31
TARGET = 1.35

BASELINE = """
import typer

app = typer.Typer()


@app.command()
def main(name: str = "x") -> None:
    print("hello", name)


if __name__ == "__main__":
    app()
"""

CHECK = [
    *("check", "--date", "2024-05-13", "--hospital-based", "--pensioner"),
    *("--mobility", "public_transport", "--distance", "12", "--fare", "80"),
]


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The whole-process time of one run with its output piped."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print the ratios."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for folder in (Path(transport_calc.__file__).parent, Path(typer.__file__).parent):
        compileall.compile_dir(folder, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "baseline_program.py")
        program.write_text(BASELINE, encoding="utf-8")
        compileall.compile_file(program, quiet=2)
        # The baseline is imported, so that it runs from its byte code as an installed program does.
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (folder, environment.get("PYTHONPATH"))))
        baseline = [sys.executable, "-c", "import baseline_program; baseline_program.app()"]
        check = [str(Path(sys.executable).with_name("transport-calc")), *CHECK]
        formats = {"text": check, "json": [*check, "--format", "json"]}
        for command in (baseline, *formats.values()):
            seconds(command, environment)
        for name, command in formats.items():
            pairs = [(seconds(command, environment), seconds(baseline, environment)) for _ in range(ROUNDS)]
            ratios = [ours / theirs for ours, theirs in pairs]
            ours = statistics.median(pair[0] for pair in pairs)
            theirs = statistics.median(pair[1] for pair in pairs)
            print(
                f"check --format {name}: {ours * 1000:.0f} ms against {theirs * 1000:.0f} ms for a one-line typer "
                f"{typer.__version__} program; paired ratio {statistics.median(ratios):.2f} (target {TARGET})"
            )


if __name__ == "__main__":
    main()
