"""Writing while the next block is decided: the disk and the processor need not wait for each other."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any

from transport_calc.batch.decided import Decided
from transport_calc.batch.output import Output


class WriteBehind:
    """Writes blocks to `output` in their order, one at a time, behind the caller's back.

    At most one block waits, so memory stays flat. An error of writing a block is raised by the next `write` or by
    `settle`. `output` itself stays the caller's: it is finished and closed after `settle`.
    """

    def __init__(self, output: Output) -> None:
        self._output = output
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._last: Future[None] | None = None

    def write(self, decided: Decided, state: dict[str, Any]) -> None:
        """Write a block as `Output.write` does, once the one before is written. `state` must not change any more."""
        self.settle()
        self._last = self._thread.submit(self._output.write, decided, state)

    def settle(self) -> None:
        """Wait until everything is written."""
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def __enter__(self) -> WriteBehind:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the last block; after an error of the caller's, its own error does not take that one's place."""
        self._thread.shutdown()
        if kind is None:
            self.settle()
