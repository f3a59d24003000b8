from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[int, int], None]


@contextmanager
def progress(total: int) -> Iterator[Step]:
    yield lambda done, rows: None
