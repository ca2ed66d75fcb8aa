# SPDX-License-Identifier: Apache-2.0
"""What whoever asks is in the middle of: apps above the library say it on the first page.

They register in their AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.http import HttpRequest

from hipfirst.web.library.cards import Link

GoingOn: TypeAlias = Callable[[HttpRequest], Link | None]
"""What somebody follows, and the address at which it goes on; None: nothing."""

_providers: list[GoingOn] = []


def register_going_on(provider: GoingOn) -> None:
    if provider not in _providers:
        _providers.append(provider)


def going_on(request: HttpRequest) -> Link | None:
    answers = (provider(request) for provider in _providers)
    return next((answer for answer in answers if answer), None)
