# SPDX-License-Identifier: Apache-2.0
"""What apps above the library add to its pages, without the library knowing them.

They register in their AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.http import HttpRequest

UnfinishedRun: TypeAlias = Callable[[HttpRequest, str], bool]
"""Whether whoever sent the request has an unfinished run of the session with this slug."""

_unfinished_run: list[UnfinishedRun] = []


def register_unfinished_run(provider: UnfinishedRun) -> None:
    if provider not in _unfinished_run:
        _unfinished_run.append(provider)


def has_unfinished_run(request: HttpRequest, session: str) -> bool:
    return any(provider(request, session) for provider in _unfinished_run)
