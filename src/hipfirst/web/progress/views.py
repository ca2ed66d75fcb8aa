# SPDX-License-Identifier: Apache-2.0
"""Whether it helps: one's own weeks, drawn and said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hipfirst.outcomes.reference import DOLAK, Trial
from hipfirst.web.accounts.access import current_account, current_person
from hipfirst.web.progress.page import (
    WEEKS_SHOWN,
    ActivityView,
    KneeView,
    WeekView,
    activities_of,
    gains_of,
    is_stale,
    knees_of,
    training_of,
    week_views,
)
from hipfirst.web.progress.queries import weeks_told
from hipfirst.web.progress.rungs import Rungs
from hipfirst.web.progress.sides import TestsView, tests_of
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.queries import KEPT_DAYS

GAINS_SHOWN = 6
"""Ladders that stand open on the page: those that changed most."""


@dataclass(frozen=True)
class GainsView:
    """Ladders: what changed most stands open, the rest can be opened."""

    shown: tuple[Rungs, ...]
    more: tuple[Rungs, ...]
    same: tuple[Rungs, ...]


@dataclass(frozen=True)
class ProgressPage:
    member: bool
    """Signed in: what is told stays."""
    kept_days: int
    """For so long, of anybody else."""
    told: int
    """Weeks that were told of, in all."""
    last_told: date | None
    stale: bool
    knees: tuple[KneeView, ...]
    trial_shown: bool
    trial: Trial
    activities: tuple[ActivityView, ...]
    weeks: tuple[WeekView, ...]
    follows: bool
    """A program is followed."""
    gains: GainsView
    tests: TestsView | None
    tests_broken_off: bool
    """The sides were tested, and no test came to its end."""


@require_safe
@cache_control(private=True, no_store=True)
def progress(request: HttpRequest) -> HttpResponse:
    """The page; `?trial` shows the trial beside one's own weeks."""
    person = current_person(request)
    told = weeks_told(person=person) if person else ()
    now = timezone.now()
    training = training_of(person=person, now=now) if person else None
    shown = "trial" in request.GET
    tests = (
        tests_of(person=person, rhythm=training.rhythm, now=now) if person and training else None
    )
    page = ProgressPage(
        member=current_account(request) is not None,
        kept_days=KEPT_DAYS,
        told=len(told),
        last_told=told[-1].day if told else None,
        stale=training is not None and is_stale(told, training.today),
        knees=knees_of(told, trial=shown) if told else (),
        trial_shown=shown,
        trial=DOLAK,
        activities=activities_of(told),
        weeks=week_views(training.weeks(WEEKS_SHOWN)) if training else (),
        follows=training is not None and training.course is not None,
        gains=_gains(
            gains_of(person=person, training=training, now=now) if person and training else ()
        ),
        tests=tests,
        tests_broken_off=tests is None and training is not None and training.tested,
    )
    return render_page(request, "progress/progress.html", page)


def _gains(rungs: tuple[Rungs, ...]) -> GainsView:
    changed = tuple(each for each in rungs if each.changed)
    same = tuple(each for each in rungs if not each.changed)
    return GainsView(changed[:GAINS_SHOWN], changed[GAINS_SHOWN:], same)
