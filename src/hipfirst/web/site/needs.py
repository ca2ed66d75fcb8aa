# SPDX-License-Identifier: Apache-2.0
"""What waits for owner and moderators: each app says what of it needs somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Need:
    """One line of the first page behind the site."""

    label: str | Promise
    """Such as "Comments held"."""
    count: int
    """How many wait; 0 is said, too."""
    url: str
    """Where they are."""


Ask = Callable[[HttpRequest], Iterable[Need]]
_asked: list[Ask] = []


def register_needs(ask: Ask) -> None:
    """Call from an app's `ready`. `ask` returns nothing for whom it does not concern."""
    if ask not in _asked:
        _asked.append(ask)


def needs_of(request: HttpRequest) -> tuple[Need, ...]:
    return tuple(need for ask in _asked for need in ask(request))
