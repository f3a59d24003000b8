"""Work in step: the same items, one ahead, and no thread left behind."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transport_calc.batch.ahead import ahead, later


def wait_until(condition: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.005)
    return False


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers()), st.integers(1, 3))
def test_the_same_items_in_the_same_order(items: list[int], most: int) -> None:
    assert list(ahead(iter(items), most)) == items
    assert list(ahead(ahead(iter(items)), most)) == items


def test_what_goes_wrong_is_raised_where_the_items_are_taken() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    items = ahead(broken())
    assert next(items) == 1
    with pytest.raises(ZeroDivisionError):
        next(items)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_not_more_is_made_than_is_wanted(most: int) -> None:
    made: list[int] = []

    def counted() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    items = ahead(counted(), most)
    assert next(items) == 0
    # One is taken; `most` wait.
    assert wait_until(lambda: len(made) == 1 + most)
    time.sleep(0.02)
    assert len(made) == 1 + most
    items.close()  # type: ignore[attr-defined]


def test_what_was_taken_is_not_held() -> None:
    class Large:
        pass

    begun, go_on = threading.Event(), threading.Event()

    def items() -> Iterator[Large]:
        yield Large()
        begun.set()
        assert go_on.wait(5)
        yield Large()

    taken = ahead(items())
    first = weakref.ref(next(taken))
    assert begun.wait(5)
    second = later(lambda: next(taken))
    assert wait_until(lambda: first() is None)
    go_on.set()
    assert isinstance(second(), Large)


def test_nobody_taking_items_any_more_ends_the_thread() -> None:
    before = threading.active_count()
    items = ahead(iter(range(100)))
    assert next(items) == 0
    items.close()  # type: ignore[attr-defined]
    assert wait_until(lambda: threading.active_count() <= before)


def test_what_is_found_later_is_begun_at_once() -> None:
    begun = threading.Event()

    def found() -> int:
        begun.set()
        return 7

    result = later(found)
    assert begun.wait(5)
    assert (result(), result()) == (7, 7)


def test_what_goes_wrong_later_is_raised_where_it_is_asked_for() -> None:
    result = later(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        result()
