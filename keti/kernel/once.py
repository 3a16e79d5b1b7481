"""What a page reads once, however many rules ask for it."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")

_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("read_once", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """For the time of one request what `once` has read is known."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(name: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read once while nothing is written; outside a request each time."""
    known = _known.get()
    if known is None:
        return read()
    if name not in known:
        known[name] = read()
    return cast(T, known[name])


def forget(name: Hashable) -> None:
    """What was read under this name is read anew: it has changed."""
    (_known.get() or {}).pop(name, None)


def within() -> bool:
    """Whether a page is being read, and no act runs."""
    return _known.get() is not None


@contextmanager
def afresh() -> Iterator[None]:
    """While an act runs everything is read anew, and what was known before it is forgotten."""
    known = _known.get()
    token = _known.set(None)
    try:
        yield
    finally:
        _known.reset(token)
        if known:
            known.clear()
