# SPDX-License-Identifier: Apache-2.0
"""What follows from a knee check: signs that stop, age, and what the rules are asked with."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar, get_args

from django.utils import timezone

from hipfirst.packs.vocabulary import Kit, Side
from hipfirst.planning.red_flags import BY_SLUG, RedFlag
from hipfirst.planning.request import (
    ACTIVITIES,
    AVOIDS,
    EXPERIENCES,
    AgeBand,
    Felt,
    Knee,
    LastTime,
    Request,
)
from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.site.queries import site_thresholds
from hipfirst.web.training.models import KneeCheck
from hipfirst.web.training.questions import Answers

Word = TypeVar("Word", bound=str)
SIDES: tuple[Side, ...] = get_args(Side)
KIT_SLUGS: tuple[Kit, ...] = get_args(Kit)


def thresholds() -> Thresholds:
    """The numbers of this site, as the owner has set them now."""
    return site_thresholds()


def is_old(check: KneeCheck) -> bool:
    """Whether it is time to ask again."""
    return timezone.now() - check.created > timedelta(days=thresholds().check_days)


def signs_of(said: KneeCheck | Answers) -> tuple[RedFlag, ...]:
    """The red flags answered with yes, most urgent first."""
    return tuple(flag for slug, flag in BY_SLUG.items() if slug in said.red_flags)


def request_of(
    check: KneeCheck | None, felt: tuple[Felt, ...] = (), last: LastTime | None = None
) -> Request:
    """What a session is planned with. Knees that are fine ask for nothing, nor does a stranger."""
    if check is None:
        return Request(felt=felt, last=last)
    age_band: AgeBand = "teen" if check.age_band == "teen" else "adult"
    if check.left_now is None:
        return Request(age_band=age_band, felt=felt, last=last)
    return Request(
        left=Knee(now=check.left_now, week=check.left_week or 0),
        right=Knee(now=check.right_now or 0, week=check.right_week or 0),
        # A word that this version no longer knows is left out.
        hurts=_known(ACTIVITIES, check.hurts),
        avoid=_known(AVOIDS, check.avoid),
        kit=None if check.kit is None else _known(KIT_SLUGS, check.kit),
        minutes=check.minutes,
        experience=next((each for each in EXPERIENCES if each == check.experience), "some"),
        age_band=age_band,
        weaker=next((side for side in SIDES if side == check.weaker), None),
        felt=felt,
        last=last,
    )


def _known(words: tuple[Word, ...], given: list[str]) -> frozenset[Word]:
    return frozenset(word for word in words if word in given)
