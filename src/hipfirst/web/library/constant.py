# SPDX-License-Identifier: Apache-2.0
"""Pages are the same for everybody until a document changes: build each once per language."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

from django.utils.translation import get_language

from hipfirst.web.library.queries import library_stamp
from hipfirst.web.site.queries import site_settings

Args = TypeVarTuple("Args")
Page = TypeVar("Page")
REMEMBERED = 128
"""Pages of one kind that a process keeps, some tens of KB each."""


def constant(
    build: Callable[[str, *Args], Page],
) -> Callable[[*Args], Page]:
    """`build(key, *args)` becomes a function of `args` that costs one query when nothing changed.

    `key` is for the template's cache: it differs whenever the page may. Arguments are hashable.
    """

    @lru_cache(maxsize=REMEMBERED)
    def remembered(stamp: str, language: str, *args: Hashable) -> Page:
        return build(f"{stamp} {language} {args!r}", *args)  # type: ignore[arg-type]

    @wraps(build)
    def asked(*args: *Args) -> Page:
        # What is for members is marked, unless the owner opened everything.
        stamp = f"{library_stamp()} {site_settings().open_to_all}"
        return remembered(stamp, get_language() or "", *args)

    return asked
