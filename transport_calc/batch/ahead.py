"""Work in step: while one block is written the next is decided, and the one after it read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")

_WAIT = 0.2
_DONE = object()


def ahead(items: Iterator[T], most: int = 1) -> Iterator[T]:
    """The same items in the same order, made in a thread of their own, at most `most` more than have been taken.

    What the thread raises is raised here; when nobody takes items any more, it ends.
    """
    made: Queue[object] = Queue(most)
    abandoned = Event()

    def put(item: object) -> bool:
        while not abandoned.is_set():
            try:
                made.put(item, timeout=_WAIT)
                return True
            except Full:
                continue
        return False

    def work() -> None:
        try:
            for item in items:
                if not put(item):
                    return
            put(_DONE)
        except BaseException as error:  # noqa: BLE001  it is raised again where the items are taken
            put(_Raised(error))

    Thread(target=work, daemon=True).start()
    try:
        while True:
            try:
                item = made.get(timeout=_WAIT)
            except Empty:
                continue
            if item is _DONE:
                return
            if isinstance(item, _Raised):
                raise item.error
            yield item  # type: ignore[misc]
    finally:
        abandoned.set()


def later(find: Callable[[], T]) -> Callable[[], T]:
    """Begin to find something in a thread of its own. What is returned waits for it, and raises what it raised."""
    found: Future[T] = Future()

    def work() -> None:
        try:
            found.set_result(find())
        except BaseException as error:  # noqa: BLE001  it is raised again where the result is asked for
            found.set_exception(error)

    Thread(target=work, daemon=True).start()
    return found.result


class _Raised:
    def __init__(self, error: BaseException) -> None:
        self.error = error
