# SPDX-License-Identifier: Apache-2.0
"""What the player calls while a run is played."""

from __future__ import annotations

from typing import Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.security import APIKeyCookie

from hipfirst.web.accounts.access import COOKIE, current_person
from hipfirst.web.accounts.models import Person
from hipfirst.web.shared.errors import ErrorBody
from hipfirst.web.training.access import access_run, is_stopped
from hipfirst.web.training.log_actions import events_append as append
from hipfirst.web.training.queries import run_events, run_state
from hipfirst.web.training.wire import (
    Appended,
    Batch,
    RunAnswer,
    RunRef,
    appended_of,
    read_batch,
)


class PersonCookie(APIKeyCookie):
    """Whoever holds the visitor cookie; unsafe methods also need the CSRF token."""

    param_name = COOKIE

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        return current_person(request)


router = Router(auth=PersonCookie(), tags=["runs"])
Seq = Annotated[int, Query(ge=0, le=2**31 - 1)]
# The body is read by hand, so that one bad event does not refuse the others.
BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Batch.model_json_schema()}},
    }
}


@router.post(
    "/{uuid:run_id}/events",
    response={
        200: Appended,
        **dict.fromkeys((400, 401, 403, 404, 413, 422), ErrorBody),
    },
    url_name="events_append",
    openapi_extra=BODY,
)
def events_append(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Store a batch of events: each once, whatever the order or number of times it is sent."""
    person = _person(request)
    run = access_run(person, run_id)
    batch = read_batch(request)
    receipt = append(run=run, raw=batch.events, after=batch.after)
    # What was done is taken in even so: nothing that happened may be lost.
    stopped = is_stopped(person)
    return _json(appended_of(receipt, batch, stopped=stopped).model_dump_json())


@router.get(
    "/{uuid:run_id}",
    response={200: RunAnswer, **dict.fromkeys((400, 401, 404, 422), ErrorBody)},
    url_name="run",
)
def run(request: HttpRequest, run_id: UUID, after: Seq = 0) -> HttpResponse:
    """The state of a run, and its events with a seq above `after`."""
    found = access_run(_person(request), run_id)
    answer = RunAnswer(
        run=RunRef(id=found.pk, timeline_hash=found.timeline.sha256),
        state=run_state(run=found),
        events=run_events(run=found, after=after),
    )
    return _json(answer.model_dump_json())


def _person(request: HttpRequest) -> Person:
    return cast("Person", cast("Any", request).auth)


def _json(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    return response
