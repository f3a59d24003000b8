"""Work in step: while one block is written the next is decided, and the one after it read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Event, Semaphore, Thread
from typing import TypeVar

T = TypeVar("T")

_WAIT = 0.2
_DONE = object()


def ahead(items: Iterator[T], most: int = 1) -> Iterator[T]:
    """The same items in the same order, made in a thread of their own: never more than `most` that are not yet taken,
    the one being made among them, because each may be large.

    What the thread raises is raised here; when nobody takes items any more, it ends.
    """
    made: SimpleQueue[object] = SimpleQueue()
    room, abandoned = Semaphore(most), Event()

    def work() -> None:
        try:
            while room.acquire() and not abandoned.is_set():
                made.put(next(items))
        except StopIteration:
            made.put(_DONE)
        except BaseException as error:  # noqa: BLE001  it is raised again where the items are taken
            made.put(_Raised(error))

    Thread(target=work, daemon=True).start()
    try:
        while True:
            try:
                # Without a time limit, Windows would not let Ctrl+C through.
                item = made.get(timeout=_WAIT)
            except Empty:
                continue
            if item is _DONE:
                return
            if isinstance(item, _Raised):
                raise item.error
            room.release()
            yield item  # type: ignore[misc]
            # It may be large, and the next may be long in coming.
            del item
    finally:
        abandoned.set()
        room.release()


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
