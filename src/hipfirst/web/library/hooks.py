# SPDX-License-Identifier: Apache-2.0
"""What apps above the library add to its pages, without the library knowing them.

They register in their AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from django.http import HttpRequest

from hipfirst.web.library.models import Document


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
    waits: bool = False
    """Emptied: a test that waits for a calmer day, whatever else is answered."""
    lasts: bool = False
    """Emptied by something else than the knees of today: another day it is the same."""
    goes_on: bool = False
    """What is played was begun, and starting it goes on with that."""
    overtaken: bool = False
    """It was begun, and starting it begins anew, because the knees were told of since."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The changes by their reasons, in the order in which each is first met."""
        found: dict[tuple[str, str], list[ChangeView]] = {}
        for each in self.changes:
            found.setdefault((each.because, each.rule_url), []).append(each)
        return tuple(Reason(*reason, tuple(changes)) for reason, changes in found.items())


UNASKED = ForToday()
Today: TypeAlias = Callable[[HttpRequest, Document], ForToday | None]
"""What a session is for whoever sent the request; None: as it is written. The document may come
without its text.
"""

_today: list[Today] = []


def register_today(provider: Today) -> None:
    if provider not in _today:
        _today.append(provider)


def for_today(request: HttpRequest, session: Document) -> ForToday:
    answers = (provider(request, session) for provider in _today)
    return next((answer for answer in answers if answer), UNASKED)


@dataclass(frozen=True)
class Discussed:
    """What is said about a document, and the template that shows it as `discussion`."""

    template: str
    view: Any


Discussion: TypeAlias = Callable[[HttpRequest, Document], Any]
"""What is said about a document for whoever asks; None: it has no place for that."""

_discussions: dict[str, Discussion] = {}


def register_discussion(template: str, provider: Discussion) -> None:
    _discussions[template] = provider


def discussed(request: HttpRequest, document: Document) -> Discussed | None:
    for template, provider in _discussions.items():
        if view := provider(request, document):
            return Discussed(template, view)
    return None
