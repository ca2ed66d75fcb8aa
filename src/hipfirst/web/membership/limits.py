# SPDX-License-Identifier: Apache-2.0
"""How often somebody may type a code that there is not: per account and per address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.core.cache import cache
from django.utils.translation import gettext as _

from hipfirst.web.membership.errors import TooManyTries

MOST = 10
"""Of one account."""
ADDRESS_MOST = 100
"""Of one network address, behind which a whole company or town may be."""
WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Guesser:
    """Who types codes, and how many wrong ones they may."""

    key: str
    most: int


def of_account(number: int) -> Guesser:
    return Guesser(f"account-{number}", MOST)


def of_address(address: str, *, what: Literal["use", "look"]) -> Guesser:
    """Looking at gifts, as strangers may, keeps nobody at that address from using a code."""
    return Guesser(f"{what}-{address}", ADDRESS_MOST)


def refuse_guessing(*whose: Guesser, now: datetime) -> None:
    """Raises TooManyTries where one of them (an account, an address) typed too many wrong codes."""
    for each in whose:
        if len(_tries(each, now)) >= each.most:
            raise TooManyTries(
                _(
                    "These were more than %(most)s codes that there are not. Please wait "
                    "%(minutes)s minutes, then look at each sign of yours."
                )
                % {"most": each.most, "minutes": WITHIN.seconds // 60}
            )


def note_guess(*whose: Guesser, now: datetime) -> None:
    """One more code that there is not. Outside any transaction that the refusal takes back."""
    for each in whose:
        cache.set(_key(each), [*_tries(each, now), now], WITHIN.total_seconds())


def _tries(whose: Guesser, now: datetime) -> list[datetime]:
    found: list[datetime] = cache.get(_key(whose), [])
    return [each for each in found if each > now - WITHIN]


def _key(whose: Guesser) -> str:
    return f"voucher-guess-{whose.key}"
