# SPDX-License-Identifier: Apache-2.0
"""A session planned for one person today: the core's planner, asked with what the site knows.

What is the same for everybody is kept in memory; of a plan for somebody nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as say

from hipfirst.packs.canonical import content_hash
from hipfirst.packs.documents import Exercise, Session
from hipfirst.planning.catalogue import FLARE_DAY, Catalogue
from hipfirst.planning.plan import Emptied, Plan, plan
from hipfirst.planning.preview import preview
from hipfirst.planning.request import Request
from hipfirst.planning.resolve import Assets, timeline
from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import audio_urls, document_find, file_url, library_stamp
from hipfirst.web.training.facts import Facts, asked_with, facts_of
from hipfirst.web.training.knees import request_of, thresholds
from hipfirst.web.training.models import KneeCheck
from hipfirst.web.training.queries import Resolved, felt_lately, last_time

AS_WRITTEN = Request()


class Planned(Protocol):
    """How a session becomes a timeline: `resolved_for`, or `preview_for`."""

    def __call__(self, *, session: Document, request: Request) -> Resolved: ...


@dataclass(frozen=True)
class Shelf:
    """Every published movement, ready to be planned with and to be shown."""

    catalogue: Catalogue
    assets: Mapping[str, Assets]


@dataclass(frozen=True)
class Asked:
    """What a session is asked with, and the facts that led to it; None: nobody is known."""

    request: Request
    facts: Facts | None = None


def request_for(
    *,
    person: Person | None,
    check: KneeCheck | None,
    session: str,
    now: datetime | None = None,
) -> Request:
    """What a session is asked with: what was said of the knees, felt and logged."""
    return asked_for(person=person, check=check, session=session, now=now).request


def asked_for(
    *,
    person: Person | None,
    check: KneeCheck | None,
    session: str,
    now: datetime | None = None,
) -> Asked:
    """The same, with the facts beside it."""
    if person is None:
        return Asked(AS_WRITTEN)
    limits = thresholds()
    felt = felt_lately(person=person, days=max(limits.stop_days, limits.ease_days))
    moment = now or timezone.now()
    facts = facts_of(person=person, now=moment, limits=limits, session=session)
    last = last_time(person=person, session=session, outcomes=facts.outcomes)
    request = request_of(check, felt, last)
    return Asked(asked_with(request, facts), facts)


def plan_for(*, session: Document, request: Request) -> Plan:
    """Raises Emptied; KeyError or ValueError where the documents do not make a session."""
    stamp = library_stamp()
    return plan(_session(stamp, session.pk), _shelf(stamp).catalogue, request, thresholds())


def resolved_for(*, session: Document, request: Request) -> Resolved:
    """The timeline as it is stored, in the language of whoever asks. Raises as `plan_for` does."""
    if request == AS_WRITTEN:
        return _as_written(library_stamp(), get_language() or "", session.pk, thresholds())
    return _resolved(plan_for(session=session, request=request))


def sha256_of(*, session: Document, request: Request, how: Planned | None = None) -> str:
    """Of the timeline that starting it would play (`how`: whole); empty: none can be made."""
    try:
        return (how or resolved_for)(session=session, request=request).sha256
    except (Emptied, KeyError, ValueError):
        return ""


# The same for everybody until a document or a number of the knee rules changes; some 300 KB each,
# as Python holds it.
@lru_cache(maxsize=32)
def _as_written(stamp: str, _language: str, session: int, limits: Thresholds) -> Resolved:
    return _resolved(plan(_session(stamp, session), _shelf(stamp).catalogue, AS_WRITTEN, limits))


def preview_for(*, session: Document, request: Request) -> Resolved:
    """The first slots, planned by the same rules. Raises as `plan_for` does."""
    stamp = library_stamp()
    shelf, whole = _shelf(stamp), _session(stamp, session.pk)
    found = preview(whole, shelf.catalogue, shelf.assets, request, thresholds(), say=say)
    body = found.model_dump(mode="json")
    return Resolved(content_hash(body), body)


def _resolved(found: Plan) -> Resolved:
    shelf = _shelf(library_stamp())
    body = timeline(found, shelf.catalogue, shelf.assets, say).model_dump(mode="json")
    return Resolved(content_hash(body), body)


@lru_cache(maxsize=64)
def _session(_stamp: str, session: int) -> Session:
    return Session.model_validate(Document.objects.get(pk=session).body)


@lru_cache(maxsize=2)
def _shelf(_stamp: str) -> Shelf:
    rows = Document.objects.filter(kind="exercise", published=True)
    exercises = {row.slug: Exercise.model_validate(row.body) for row in rows}
    flare = document_find("session", FLARE_DAY)
    return Shelf(
        catalogue=Catalogue(exercises, Session.model_validate(flare.body) if flare else None),
        assets={row.slug: _assets(row) for row in rows},
    )


def _assets(row: Document) -> Assets:
    clip, still, animation = (file_url(row, kind) for kind in ("clip", "still", "animation"))
    return Assets(clip, still, animation, audio_urls(row))
