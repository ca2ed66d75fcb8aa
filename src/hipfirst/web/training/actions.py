# SPDX-License-Identifier: Apache-2.0
"""The only writes: start a run, append to its log; keep and forget what was said of knees."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hipfirst.planning.plan import Emptied
from hipfirst.planning.rules import BY_ID
from hipfirst.planning.rules_checkin import TEST_WAITS
from hipfirst.web.accounts.actions import consent_give
from hipfirst.web.accounts.models import Consent, Person
from hipfirst.web.library.models import Document
from hipfirst.web.training.errors import NothingLeft, NotPlayable, Stopped
from hipfirst.web.training.hooks import asked_erase
from hipfirst.web.training.knees import signs_of, thresholds
from hipfirst.web.training.models import CheckIn, KneeCheck, Run, Timeline
from hipfirst.web.training.plans import Planned, request_for, resolved_for
from hipfirst.web.training.queries import (
    GOES_ON_FOR,
    Resolved,
    check_newest,
    checks_of,
    kept_since,
    run_standing,
)
from hipfirst.web.training.questions import CONSENT, Answers

_log = logging.getLogger(__name__)


@transaction.atomic
def run_start(*, person: Person, session: Document, again: bool = False) -> Run:
    """What was begun of the session and still fits the knees, or a new run (always, if `again`).

    Raises Stopped, NothingLeft or NotPlayable.
    """
    # Two presses of the same button wait for each other here.
    Person.objects.select_for_update().get(pk=person.pk)
    check = check_newest(person=person)
    _refuse_signs(check)
    try:
        today = _planned(session, person, check)
    except NotPlayable:
        # What hurt in a run may leave nothing to plan; of the run itself it is taken out already.
        begun = run_standing(person=person, check=check, session=session.slug)
        if again or begun is None:
            raise
        return begun
    played = today.body["session"]
    if not again and (
        begun := run_standing(
            person=person, check=check, session=played, sha256=lambda: today.sha256
        )
    ):
        return begun
    _drop_never_begun(person, played)
    return run_new(person, today)


def run_new(person: Person, today: Resolved) -> Run:
    timeline = timeline_store(resolved=today)
    body = today.body
    run = Run(
        person=person,
        timeline=timeline,
        session=body["session"],
        title=body["title"],
        preview=bool(body["preview_of"]),
    )
    run.full_clean()
    run.save(force_insert=True)
    return run


def _drop_never_begun(person: Person, session: str) -> None:
    """Runs that were opened and never begun, and their timelines.

    A browser without a connection may have begun one and not told us: those of today stay.
    """
    ready = Run.objects.filter(person=person, session=session, status=Run.Status.READY)
    old = ready.filter(created__lt=timezone.now() - GOES_ON_FOR)
    timelines = list(old.values_list("timeline", flat=True))
    old.delete()
    timelines_drop(timelines)


def playable(*, session: Document, person: Person, how: Planned = resolved_for) -> Resolved:
    """The session as it is planned for this person today; `how`: whole, or the first of it.

    Raises Stopped, NothingLeft or NotPlayable.
    """
    check = check_newest(person=person)
    _refuse_signs(check)
    return _planned(session, person, check, how)


def _refuse_signs(check: KneeCheck | None) -> None:
    if check and signs_of(check):
        raise Stopped(_("A sign you named should be looked at before you train."))


def _planned(
    session: Document, person: Person, check: KneeCheck | None, how: Planned = resolved_for
) -> Resolved:
    request = request_for(person=person, check=check, session=session.slug)
    try:
        return how(session=session, request=request)
    except Emptied as empty:
        raise NothingLeft(_nothing_left(empty.rule)) from empty
    except (KeyError, ValueError) as error:
        _log.exception("session %s cannot be resolved; run `hipfirst check`", session.slug)
        message = _("This session cannot be played yet: a part of it is missing on this site.")
        raise NotPlayable(message) from error


def _nothing_left(rule: str) -> str:
    when = BY_ID[rule].when_said(thresholds(), _)
    if rule == TEST_WAITS:
        # Nobody should answer otherwise to be tested.
        return _("%(rule)s The test waits for a calmer day.") % {"rule": when}
    message = _("Of this session nothing is left for today: %(rule)s Change an answer.")
    return message % {"rule": when}


@transaction.atomic
def timeline_store(*, resolved: Resolved) -> Timeline:
    """The row that holds this timeline, made if there is none; nobody drops it before the end."""
    rows = Timeline.objects.select_for_update(no_key=True).defer("body")
    row, _made = rows.get_or_create(sha256=resolved.sha256, defaults={"body": resolved.body})
    return row


@transaction.atomic
def timelines_drop(keys: Collection[int]) -> None:
    """Erase those of these timelines that nobody plays and nobody keeps.

    What somebody else is about to play or drop stays; `timelines_purge` comes by later.
    """
    unheld = Timeline.objects.select_for_update(no_key=True, skip_locked=True)
    held = list(unheld.filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    Timeline.objects.filter(pk__in=held, runs=None, kept=None).delete()


def timelines_purge() -> None:
    """Erase every timeline that nobody plays and nobody keeps."""
    lost = Timeline.objects.filter(runs=None, kept=None)
    timelines_drop(list(lost.values_list("pk", flat=True)))


def runs_adopt(giver: Person, taker: Person) -> None:
    Run.objects.filter(person=giver).update(person=taker)


def runs_erase(person: Person) -> int:
    """Erase the runs with their logs, and the timelines that nobody else plays."""
    timelines = list(Run.objects.filter(person=person).values_list("timeline", flat=True))
    erased, _by_model = Run.objects.filter(person=person).delete()
    timelines_drop(timelines)
    return erased


def check_save(*, person: Person, answers: Answers, told_in: CheckIn | None = None) -> KneeCheck:
    """Keep what was just answered; no visitor's check outlives its days meanwhile.

    Whoever asks has made sure that the words of consent were agreed to: now, or before.
    """
    checks_purge()
    agreed = consent_give(person=person, purpose=Consent.Purpose.HEALTH, version=CONSENT)
    check = KneeCheck(
        person=person,
        consent=agreed.version,
        consented_at=agreed.given_at,
        told_in=told_in,
        **{name: _listed(value) for name, value in asdict(answers).items()},
    )
    check.full_clean()
    check.save(force_insert=True)
    return check


def _listed(value: object) -> Any:
    return list(value) if isinstance(value, tuple) else value


def checks_purge(now: datetime | None = None) -> int:
    """Erase the checks of visitors that are too old to be kept; returns their number."""
    visitors = KneeCheck.objects.filter(person__account=None)
    return visitors.filter(created__lt=kept_since(now)).delete()[0]


def checks_adopt(giver: Person, taker: Person) -> None:
    KneeCheck.objects.filter(person=giver).update(person=taker)


def checks_erase(person: Person) -> int:
    return KneeCheck.objects.filter(person=person).delete()[0]


@transaction.atomic
def answers_erase(person: Person) -> int:
    """Erase what was answered in knee checks, and whatever else holds it.

    New swelling was told in a check-in and stays there: unless the knees were asked anew since, it
    goes on to stop sessions, by a row that says nothing else.
    """
    elsewhere = asked_erase(person)
    stop = _swelling(person)
    if stop is None:
        return elsewhere + checks_erase(person)
    KneeCheck.objects.filter(pk=stop.pk).update(age_band="")
    others = KneeCheck.objects.filter(person=person).exclude(pk=stop.pk)
    return elsewhere + others.delete()[0]


def _swelling(person: Person) -> KneeCheck | None:
    """What stands for the newest check-in that told of it; None: none did, or a knee check without
    any sign came since.
    """
    for check in checks_of(person=person):
        if check.told_in_id is not None:
            return check
        if not signs_of(check):
            return None
    return None
