# SPDX-License-Identifier: Apache-2.0
"""The only writes: start a run, append to its log; keep and forget what was said of knees."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hipfirst.outcomes.events import Event, Finished, Flagged
from hipfirst.outcomes.run import Problem, RunShape, RunState, fold, read
from hipfirst.planning.plan import Emptied
from hipfirst.planning.red_flags import BY_SLUG
from hipfirst.planning.rules import BY_ID
from hipfirst.web.accounts.actions import consent_give
from hipfirst.web.accounts.models import Consent, Person
from hipfirst.web.library.models import Document
from hipfirst.web.training.errors import NothingLeft, NotPlayable, RunGone, Stopped
from hipfirst.web.training.knees import signs_of, thresholds
from hipfirst.web.training.models import KneeCheck, Run, RunEvent, Timeline
from hipfirst.web.training.plans import request_for, resolved_for
from hipfirst.web.training.queries import (
    GOES_ON_FOR,
    Logged,
    Resolved,
    check_newest,
    in_order,
    kept_since,
    run_log,
    run_shape,
    run_standing,
)
from hipfirst.web.training.questions import CONSENT, IN_SESSION, Answers

_log = logging.getLogger(__name__)
MAX_EVENTS_OF_RUN = 5_000
"""About twenty times a long session: a bound for the disk, not for people."""


@dataclass
class Receipt:
    """What became of a batch: every event is in one of the three lists."""

    accepted: list[UUID] = field(default_factory=list)
    duplicate: list[UUID] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    unseen: tuple[Event, ...] = ()


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
    return _run_new(person, today)


def _run_new(person: Person, today: Resolved) -> Run:
    timeline = timeline_store(resolved=today)
    session, title = today.body["session"], today.body["title"]
    run = Run(person=person, timeline=timeline, session=session, title=title)
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


def playable(*, session: Document, person: Person) -> Resolved:
    """The session as it is planned for this person today.

    Raises Stopped, NothingLeft or NotPlayable.
    """
    check = check_newest(person=person)
    _refuse_signs(check)
    return _planned(session, person, check)


def _refuse_signs(check: KneeCheck | None) -> None:
    if check and signs_of(check):
        raise Stopped(_("A sign you named should be looked at before you train."))


def _planned(session: Document, person: Person, check: KneeCheck | None) -> Resolved:
    request = request_for(person=person, check=check, session=session.slug)
    try:
        return resolved_for(session=session, request=request)
    except Emptied as empty:
        rule = BY_ID[empty.rule].when_said(thresholds(), _)
        message = _("Of this session nothing is left for today: %(rule)s Change an answer.")
        raise NothingLeft(message % {"rule": rule}) from empty
    except (KeyError, ValueError) as error:
        _log.exception("session %s cannot be resolved; run `hipfirst check`", session.slug)
        message = _("This session cannot be played yet: a part of it is missing on this site.")
        raise NotPlayable(message) from error


def timeline_store(*, resolved: Resolved) -> Timeline:
    """The row that holds this timeline, made if there is none."""
    rows = Timeline.objects.defer("body")
    row, _made = rows.get_or_create(sha256=resolved.sha256, defaults={"body": resolved.body})
    return row


def timelines_drop(keys: Collection[int]) -> None:
    """Erase those of these timelines that nobody plays and nobody keeps."""
    Timeline.objects.filter(pk__in=keys, runs=None, kept=None).delete()


@transaction.atomic
def events_append(*, run: Run, raw: Sequence[Any], after: int = 0) -> Receipt:
    """Store the good events of a batch, each once, and bring the run's columns up to date.

    Whatever order or number of times events arrive in, the log and the state come out the same.
    Raises RunGone.
    """
    run = _locked(run)
    shape, log = run_shape(run=run), run_log(run=run)
    receipt, fresh = _sort_out(log, shape, raw)
    if fresh:
        RunEvent.objects.bulk_create(_row(run, event) for event in fresh)
        _project(run, shape, [*(each.event for each in log), *fresh])
        _signs_keep(run, fresh)
    receipt.accepted = [event.id for event in fresh]
    receipt.unseen = _unseen(log, receipt, {event.device for event in fresh}, after)
    return receipt


def _locked(run: Run) -> Run:
    rows = Run.objects.select_for_update().select_related("timeline").defer("timeline__body")
    found = rows.filter(pk=run.pk).first()
    if found is None:
        raise RunGone(_("There is no such thing, or it is not yours."))
    return found


def _sort_out(
    log: Sequence[Logged], shape: RunShape, raw: Sequence[Any]
) -> tuple[Receipt, list[Event]]:
    """(duplicates and rejections, events to store)"""
    ids = {each.event.id for each in log}
    seqs = {(each.event.device, each.event.seq) for each in log}
    receipt, fresh = Receipt(), []
    for index, item in enumerate(raw):
        reading = read(shape, [item])
        receipt.rejected += [replace(fault, index=index) for fault in reading.problems[:1]]
        for event in reading.events:
            if event.id in ids:
                receipt.duplicate.append(event.id)
            elif message := _refusal(event, seqs):
                receipt.rejected.append(Problem(index, str(event.id), "seq", message))
            else:
                ids.add(event.id)
                seqs.add((event.device, event.seq))
                fresh.append(event)
    return receipt, fresh


def _refusal(event: Event, seqs: Collection[tuple[UUID, int]]) -> str:
    """Why an event that is new by id cannot be stored; empty if it can."""
    if (event.device, event.seq) in seqs:
        return _("%(seq)s was used by this device for another event; count upwards") % {
            "seq": event.seq
        }
    if len(seqs) >= MAX_EVENTS_OF_RUN:
        return _("this run is full: it holds %(most)s events") % {"most": MAX_EVENTS_OF_RUN}
    return ""


def _unseen(
    log: Sequence[Logged], receipt: Receipt, devices: Collection[UUID], after: int
) -> tuple[Event, ...]:
    """What the sender lacks: later by seq, or arrived since it last had an answer.

    The second half finds what a device that was offline numbered low. A duplicate means that an
    answer was lost: then only what came before the first of them is sure to be known.
    """
    repeated = set(receipt.duplicate)
    lost = [each.row for each in log if each.event.id in repeated]
    own = [each.row for each in log if each.event.device in devices]
    horizon = min(lost) if lost else max(own) if own else None
    return in_order(
        each.event
        for each in log
        if each.event.id not in repeated
        and (each.event.seq > after or (horizon is not None and each.row > horizon))
    )


def _row(run: Run, event: Event) -> RunEvent:
    return RunEvent(
        run=run,
        event_id=event.id,
        device=event.device,
        seq=event.seq,
        type=event.type,
        body=event.model_dump(mode="json"),
    )


def _project(run: Run, shape: RunShape, events: Sequence[Event]) -> None:
    state = fold(shape, events)
    run.status = Run.Status(state.status)
    run.finished_at = _finished_at(state, in_order(events))
    run.last_seq = state.last_seq
    run.full_clean(exclude=["person", "timeline"])
    run.save(update_fields=["status", "finished_at", "last_seq"])


def _finished_at(state: RunState, events: Sequence[Event]) -> Any:
    if state.status != "finished":
        return None
    return next(event.at for event in reversed(events) if isinstance(event, Finished))


def runs_adopt(giver: Person, taker: Person) -> None:
    Run.objects.filter(person=giver).update(person=taker)


def runs_erase(person: Person) -> int:
    """Erase the runs with their logs, and the timelines that nobody else plays."""
    timelines = list(Run.objects.filter(person=person).values_list("timeline", flat=True))
    erased, _by_model = Run.objects.filter(person=person).delete()
    timelines_drop(timelines)
    return erased


def check_save(*, person: Person, answers: Answers) -> KneeCheck:
    """Keep what was just answered; no visitor's check outlives its days meanwhile.

    Whoever asks has made sure that the words of consent were agreed to: now, or before.
    """
    checks_purge()
    agreed = consent_give(person=person, purpose=Consent.Purpose.HEALTH, version=CONSENT)
    check = KneeCheck(
        person=person,
        consent=agreed.version,
        consented_at=agreed.given_at,
        **{name: _listed(value) for name, value in asdict(answers).items()},
    )
    check.full_clean()
    check.save(force_insert=True)
    return check


def _signs_keep(run: Run, events: Sequence[Event]) -> None:
    """A sign named in a session stops as one in the knee check does, until that is answered anew.

    Also where it comes late: clocks may be wrong, and being asked twice harms nobody.
    """
    named = [event for event in events if isinstance(event, Flagged) and event.flag in BY_SLUG]
    if not named:
        return
    newest = check_newest(person=run.person)
    check = KneeCheck(
        person=run.person,
        consent=IN_SESSION,
        age_band=newest.age_band if newest else "",
        red_flags=list(dict.fromkeys(event.flag for event in named)),
    )
    check.full_clean()
    check.save(force_insert=True)


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
