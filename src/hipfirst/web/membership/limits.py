# SPDX-License-Identifier: Apache-2.0
"""How often somebody may type a code that there is not: per account and per address."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from hipfirst.web.membership.errors import TooManyTries

MOST = 10
WITHIN = timedelta(minutes=15)


def refuse_guessing(*whose: str, now: datetime) -> None:
    """Raises TooManyTries where one of them (an account, an address) typed too many wrong codes."""
    if any(len(_tries(each, now)) >= MOST for each in whose):
        raise TooManyTries(
            _(
                "These were more than %(most)s codes that there are not. Please wait %(minutes)s "
                "minutes, then look at each sign of yours."
            )
            % {"most": MOST, "minutes": WITHIN.seconds // 60}
        )


def note_guess(*whose: str, now: datetime) -> None:
    """One more code that there is not. Outside any transaction that the refusal takes back."""
    for each in whose:
        cache.set(_key(each), [*_tries(each, now), now], WITHIN.total_seconds())


def _tries(whose: str, now: datetime) -> list[datetime]:
    found: list[datetime] = cache.get(_key(whose), [])
    return [each for each in found if each > now - WITHIN]


def _key(whose: str) -> str:
    return f"voucher-guess-{whose}"
