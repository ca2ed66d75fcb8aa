# SPDX-License-Identifier: Apache-2.0
"""Reads that many parts of one page ask for, made once for a request that changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

_known: ContextVar[dict[Any, Any] | None] = ContextVar("once", default=None)
"""Inside: what was read so far. Outside: None, and nothing is remembered."""


def once(read: Callable[Asked, Found]) -> Callable[Asked, Found]:
    """`read` with its answers remembered where `reads_remembered` says so. Whoever asks gets the
    same object, and leaves it as it is.
    """

    @wraps(read)
    def remembered(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        known = _known.get()
        if known is None:
            return read(*args, **kwargs)
        key = read, args, tuple(kwargs.items())
        if key not in known:
            known[key] = read(*args, **kwargs)
        found: Found = known[key]
        return found

    return remembered


@contextmanager
def reads_remembered() -> Iterator[None]:
    """Inside, nothing may be written: what was read before would be told again."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)
