# SPDX-License-Identifier: Apache-2.0
"""The only doors to a person's runs."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from hipfirst.planning.catalogue import FLARE_DAY
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.access import may_know, may_see
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import document_find
from hipfirst.web.training.errors import MembersOnly
from hipfirst.web.training.knees import signs_of
from hipfirst.web.training.models import Run
from hipfirst.web.training.plans import preview_for, request_for, resolved_for, sha256_of
from hipfirst.web.training.queries import check_newest, is_begun, run_find, run_fits


def access_run(person: Person | None, run_id: UUID) -> Run:
    """The person's own run. Http404 for anybody else's, so that nothing says it exists."""
    run = run_find(person=person, run_id=run_id) if person else None
    if person is None or run is None:
        raise Http404("no such run of this person")
    # Who it is was looked up already.
    run.person = person
    return run


def access_session(person: Person | None, slug: str) -> Document:
    """A session that the person may play whole. Http404 where there is none; MembersOnly where a
    membership is needed.
    """
    session = document_find("session", slug)
    if session is None or not may_know(session):
        raise Http404("no such session")
    if not may_see(person, session):
        raise MembersOnly(
            _("“%(title)s” is for members. Its page shows what it is, and its first movements.")
            % {"title": session.title}
        )
    return session


def access_preview(person: Person | None, slug: str) -> Document | None:
    """A session of which the person may play the first slots only; None: they may play all of it.
    Http404 where there is none.
    """
    session = document_find("session", slug)
    if session is None or not may_know(session):
        raise Http404("no such session")
    return None if may_see(person, session) else session


def may_go_on(run: Run) -> bool:
    """Whether a run that is not at its end is played on as it was planned; else the page of its
    session says what is played now.

    That is when the knees were told of since and today's plan is another one, or when a session for
    members was opened by a member, never begun, and is closed to them now. Flare Day goes on:
    nothing is gentler. So does what has no page any more.
    """
    session = document_find("session", run.session)
    if session is None or run.session == FLARE_DAY:
        return True
    if not is_begun(run) and not run.preview and not may_see(run.person, session):
        return False
    check = check_newest(person=run.person)

    def sha256() -> str:
        asked = request_for(person=run.person, check=check, session=run.session)
        how = preview_for if run.preview else resolved_for
        return sha256_of(session=session, request=asked, how=how)

    return run_fits(run=run, check=check, sha256=sha256)


def is_stopped(person: Person | None) -> bool:
    """Whether the person's newest check names a sign that somebody should look at first."""
    check = check_newest(person=person) if person else None
    return check is not None and bool(signs_of(check))
