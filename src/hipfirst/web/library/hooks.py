# SPDX-License-Identifier: Apache-2.0
"""What apps above the library add to its pages, without the library knowing them.

They register in their AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from django.http import HttpRequest

UnfinishedRun: TypeAlias = Callable[[HttpRequest, str], bool]
"""Whether whoever sent the request has an unfinished run of the session with this slug."""

_unfinished_run: list[UnfinishedRun] = []


def register_unfinished_run(provider: UnfinishedRun) -> None:
    if provider not in _unfinished_run:
        _unfinished_run.append(provider)


def has_unfinished_run(request: HttpRequest, session: str) -> bool:
    return any(provider(request, session) for provider in _unfinished_run)


@dataclass(frozen=True)
class ChangeView:
    """One difference from the written session."""

    slot: str
    """Empty: it concerns the whole session."""
    before: str
    after: str
    """Empty: left out."""
    because: str
    rule_url: str


@dataclass(frozen=True)
class Reason:
    """One reason, and all that is different because of it."""

    because: str
    rule_url: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True)
class ForToday:
    """A session for whoever asks, today."""

    state: Literal["unasked", "planned", "fine", "flare", "emptied", "stopped"] = "unasked"
    """Nothing is known; as planned; as written, because the knees are fine; another session on a
    flare day; nothing left by the rules; stopped by a sign that somebody should look at.
    """
    asked: datetime | None = None
    """When the knees were asked; None: never, and only what was felt in sessions counts."""
    old: bool = False
    """That is so long ago that it is time to ask again."""
    title: str = ""
    """Of the session that is played."""
    minutes: str = ""
    because: str = ""
    """Why it is another session, or none."""
    rule_url: str = ""
    changes: tuple[ChangeView, ...] = ()
    notes: tuple[ChangeView, ...] = ()
    """What is said by a rule that makes nothing different."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The changes by their reasons, in the order in which each is first met."""
        found: dict[tuple[str, str], list[ChangeView]] = {}
        for each in self.changes:
            found.setdefault((each.because, each.rule_url), []).append(each)
        return tuple(Reason(*reason, tuple(changes)) for reason, changes in found.items())


UNASKED = ForToday()
Today: TypeAlias = Callable[[HttpRequest, str], ForToday | None]
"""What the session with this slug is for whoever sent the request; None: as it is written."""

_today: list[Today] = []


def register_today(provider: Today) -> None:
    if provider not in _today:
        _today.append(provider)


def for_today(request: HttpRequest, session: str) -> ForToday:
    answers = (provider(request, session) for provider in _today)
    return next((answer for answer in answers if answer), UNASKED)
