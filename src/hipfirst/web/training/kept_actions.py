# SPDX-License-Identifier: Apache-2.0
"""Giving a session along, and opening the runs of it that come back."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hipfirst.web.accounts.models import Person
from hipfirst.web.accounts.queries import person_lock
from hipfirst.web.library.access import may_see, seen_until
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import document_find
from hipfirst.web.training.actions import (
    playable,
    timeline_store,
    timelines_drop,
    timelines_purge,
)
from hipfirst.web.training.errors import MembersOnly, NeverGiven, OtherTimeline, RunTaken
from hipfirst.web.training.kept_queries import kept_find
from hipfirst.web.training.models import Kept, Run
from hipfirst.web.training.queries import kept_since, run_find

DELIVERED_LATE = timedelta(days=30)
"""So long after the time of a kept session its runs may still arrive."""


@transaction.atomic
def session_keep(*, person: Person, session: Document) -> Kept:
    """The session as it is planned for this person today, noted as given.

    Raises Stopped, NothingLeft or NotPlayable, as starting it does.
    """
    now = timezone.now()
    resolved = playable(session=session, person=person)
    timeline = timeline_store(resolved=resolved)
    kept, _made = Kept.objects.update_or_create(
        person=person,
        session=session.slug,
        timeline=timeline,
        defaults={
            "title": resolved.body["title"],
            "created": now,
            "until": seen_until(person, session, now=now),
        },
    )
    return kept


@transaction.atomic
def run_open(*, person: Person, run_id: UUID, session: str, timeline_hash: str) -> tuple[Run, bool]:
    """The run that began in a browser of this person, and whether it was made just now.

    Raises OtherTimeline, NeverGiven, MembersOnly or RunTaken.
    """
    # The same run from two tabs at once is opened once, and what it plays is not dropped meanwhile.
    person_lock(person_id=person.pk)
    if known := run_find(person=person, run_id=run_id):
        if known.timeline.sha256 != timeline_hash:
            raise OtherTimeline(_("This run plays another session. Begin a new one."))
        return known, False
    kept = kept_find(person=person, session=session, timeline_hash=timeline_hash)
    if kept is None:
        raise NeverGiven(_("This site never gave you this session to keep. Keep it anew."))
    if _is_over(kept, person, timezone.now()):
        raise MembersOnly(
            _("“%(title)s” is for members, and the time for which you kept it is long over.")
            % {"title": kept.title}
        )
    if Run.objects.filter(pk=run_id).exists():
        raise RunTaken(_("This run is somebody else's. Begin a new one."))
    run = Run(
        id=run_id,
        person=person,
        timeline=kept.timeline,
        # On a flare day another session is played than the one that was kept.
        session=kept.timeline.body["session"],
        title=kept.title,
        planned=kept.created,
    )
    run.full_clean()
    run.save(force_insert=True)
    return run, True


def _is_over(kept: Kept, person: Person, now: datetime) -> bool:
    """Whether no run of it may begin any more, nor one that began in time still be on its way."""
    if kept.until is None or now <= kept.until + DELIVERED_LATE:
        return False
    session = document_find("session", kept.session)
    return session is None or not may_see(person, session)


def kept_adopt(giver: Person, taker: Person) -> None:
    """What both took along is the taker's already."""
    for kept in Kept.objects.filter(person=giver):
        if kept_find(person=taker, session=kept.session, timeline_hash=kept.timeline.sha256):
            kept.delete()
        else:
            Kept.objects.filter(pk=kept.pk).update(person=taker)


def kept_erase(person: Person) -> int:
    """Erase what was taken along, and the timelines that nobody else has."""
    return _erase(Kept.objects.filter(person=person))


@transaction.atomic
def kept_remove(*, person: Person, session: str) -> int:
    """Forget that a session was taken along: no more runs of it are opened."""
    person_lock(person_id=person.pk)
    return _erase(Kept.objects.filter(person=person, session=session))


def kept_unplayed_erase(person: Person) -> int:
    """Erase what was taken along and never played: its reasons speak of the knees."""
    runs = Run.objects.filter(person=OuterRef("person"), timeline=OuterRef("timeline"))
    return _erase(Kept.objects.filter(person=person).exclude(Exists(runs)))


def kept_purge(now: datetime | None = None) -> int:
    """Erase what was replaced by a newer plan long ago, and timelines that nobody has any more;
    returns the number of rows that were kept.
    """
    newer = Kept.objects.filter(
        person=OuterRef("person"),
        session=OuterRef("session"),
        created__gt=OuterRef("created"),
        created__lt=kept_since(now),
    )
    erased = _erase(Kept.objects.filter(Exists(newer)))
    timelines_purge()
    return erased


@transaction.atomic
def _erase(rows: QuerySet[Kept]) -> int:
    """Erase rows and the timelines that nobody else has."""
    # What is given anew meanwhile is not erased.
    held = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = dict(held.values_list("pk", "timeline"))
    Kept.objects.filter(pk__in=found).delete()
    timelines_drop(set(found.values()))
    return len(found)
