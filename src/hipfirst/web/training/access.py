# SPDX-License-Identifier: Apache-2.0
"""The only doors to a person's runs."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from hipfirst.web.accounts.models import Person
from hipfirst.web.library.access import may_see
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import document_find
from hipfirst.web.training.knees import signs_of
from hipfirst.web.training.models import Run
from hipfirst.web.training.queries import check_newest, run_find


def access_run(person: Person | None, run_id: UUID) -> Run:
    """The person's own run. Http404 for anybody else's, so that nothing says it exists."""
    run = run_find(person=person, run_id=run_id) if person else None
    if run is None:
        raise Http404("no such run of this person")
    return run


def access_session(person: Person | None, slug: str) -> Document:
    """A session that the person may play. Http404 where there is none."""
    session = document_find("session", slug)
    if session is None or not may_see(person, session):
        raise Http404("no such session")
    return session


def is_stopped(person: Person | None) -> bool:
    """Whether the person's newest check names a sign that somebody should look at first."""
    check = check_newest(person=person) if person else None
    return check is not None and bool(signs_of(check))
