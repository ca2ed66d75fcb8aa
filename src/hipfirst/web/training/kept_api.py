# SPDX-License-Identifier: Apache-2.0
"""What a browser calls that keeps sessions: give one along, open a run that began without us."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router

from hipfirst.web.accounts.access import current_person, ensure_person, remember
from hipfirst.web.accounts.models import Person
from hipfirst.web.shared.errors import ErrorBody
from hipfirst.web.training.access import access_session, is_stopped
from hipfirst.web.training.api import PersonCookie
from hipfirst.web.training.api import router as runs
from hipfirst.web.training.kept_actions import kept_remove, run_open, session_keep
from hipfirst.web.training.kept_wire import Opened, OpenRun, Package, package_of
from hipfirst.web.training.wire import RunRef


class Anybody(PersonCookie):
    """Strangers too: keeping a session makes a visitor. Like any write it needs the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return True


router = Router(auth=Anybody(), tags=["kept"])


@router.post(
    "/{slug:session}",
    response={200: Package, **dict.fromkeys((400, 403, 404, 409), ErrorBody)},
    url_name="keep",
)
def keep(request: HttpRequest, session: str) -> HttpResponse:
    """Plan a session for whoever asks, and give it along with all that playing it needs."""
    document = access_session(current_person(request), session)
    # A session that cannot be planned leaves no visitor behind.
    with transaction.atomic():
        person = ensure_person(request)
        kept = session_keep(person=person, session=document)
    answer = _json(package_of(request, kept).model_dump_json(), 200)
    return remember(request, answer, person)


@router.delete(
    "/{slug:session}",
    response={204: None, **dict.fromkeys((400, 403, 404), ErrorBody)},
    url_name="forget",
)
def forget(request: HttpRequest, session: str) -> HttpResponse:
    """Note that a browser keeps a session no longer. What was never kept is no mistake.

    Runs that were played without us have to be opened before.
    """
    if person := current_person(request):
        kept_remove(person=person, session=session)
    response = HttpResponse(status=204)
    response["Cache-Control"] = "private, no-store"
    return response


@runs.put(
    "/{uuid:run_id}",
    response={
        200: Opened,
        201: Opened,
        **dict.fromkeys((400, 401, 403, 404, 409, 422), ErrorBody),
    },
    url_name="run_open",
)
def open_run(request: HttpRequest, run_id: UUID, body: OpenRun) -> HttpResponse:
    """Make known a run that began in a browser, under its own id. Once or many times: the same."""
    person = cast("Person", cast("Any", request).auth)
    run, made = run_open(
        person=person,
        run_id=run_id,
        session=body.session,
        timeline_hash=body.timeline_hash,
    )
    ref = RunRef(id=run.pk, timeline_hash=run.timeline.sha256)
    answer = Opened(run=ref, stopped=is_stopped(person))
    return _json(answer.model_dump_json(), 201 if made else 200)


def _json(text: str, status: int) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json", status=status)
    response["Cache-Control"] = "private, no-store"
    return response
