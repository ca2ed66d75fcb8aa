# SPDX-License-Identifier: Apache-2.0
"""What travels between site and player: the page's payload, a batch of events and its answer.

tests/wire holds the examples that both sides read.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hipfirst.outcomes.events import Event
from hipfirst.outcomes.run import Problem, RunState
from hipfirst.planning.red_flags import RED_FLAGS, Urgency
from hipfirst.planning.timeline import Timeline
from hipfirst.web.shared.errors import Fault
from hipfirst.web.training.errors import BodyTooLarge, NotJson, TooManyEvents, WrongShape
from hipfirst.web.training.log_actions import Receipt
from hipfirst.web.training.models import Run

MAX_BODY = 256 * 1024  # bytes
MAX_EVENTS = 200


class Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RunRef(Wire):
    id: UUID
    timeline_hash: str


class RedFlagText(Wire):
    """A sign that a professional must see first, in the visitor's language."""

    slug: str
    question: str
    may_mean: str
    how_soon: str
    urgency: Urgency
    go_to: str
    say: str
    """Words for the call."""


class Payload(Wire):
    """Everything the player page starts from."""

    format: Literal[1] = 1
    run: RunRef
    timeline: Timeline
    events: tuple[Event, ...]
    events_url: str
    csrf_token: str
    session_url: str
    library_url: str
    check_url: str
    """The knee check; it leads back to the session's page."""
    rules_url: str
    """The page that shows the knee rules; a rule's id is its fragment."""
    today_url: str
    """Where one tells how the knees took it. Here and below empty: this site has no such page."""
    progress_url: str
    join_url: str
    """How one becomes a member; shown after a preview."""
    language: str
    red_flags: tuple[RedFlagText, ...]
    """Shown when something other than a knee hurts."""


class Batch(Wire):
    """Events to store. `after`: the highest seq of the log that the sender has seen."""

    format: Literal[1] = 1
    after: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    events: tuple[Any, ...]


class Rejected(Wire):
    """One event that was not stored, and why."""

    id: str
    index: int
    field: str
    message: str


class Appended(Wire):
    """Every event of a batch is named once: stored, known already, or rejected."""

    accepted: tuple[UUID, ...]
    duplicate: tuple[UUID, ...]
    rejected: tuple[Rejected, ...]
    events_after: tuple[Event, ...]
    """What others wrote and the sender may not have."""
    stopped: bool
    """The person named a sign that somebody should look at: show the advice instead of playing."""


class RunAnswer(Wire):
    """A run as it stands."""

    run: RunRef
    state: RunState
    events: tuple[Event, ...]


def payload_of(request: HttpRequest, run: Run, events: tuple[Event, ...]) -> Payload:
    session_url = reverse("library:session", args=[run.session])
    return Payload(
        run=RunRef(id=run.pk, timeline_hash=run.timeline.sha256),
        timeline=Timeline.model_validate(run.timeline.body),
        events=events,
        events_url=reverse("api:events_append", args=[run.pk]),
        csrf_token=get_token(request),
        session_url=session_url,
        library_url=reverse("library:catalogue"),
        check_url=f"{reverse('training:check')}?{urlencode({'next': session_url})}",
        rules_url=reverse("training:knee-rules"),
        today_url=_address("training:today"),
        progress_url=_address("progress:progress"),
        join_url=_address("membership:join"),
        language=get_language() or "en",
        red_flags=tuple(RedFlagText(**asdict(flag.said(_))) for flag in RED_FLAGS),
    )


def _address(name: str) -> str:
    """Of a page that another part of the site may bring along; empty where it does not."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def read_batch(request: HttpRequest) -> Batch:
    """The batch in a request's body.

    Raises BodyTooLarge, NotJson, WrongShape or TooManyEvents; events are not looked into.
    """
    body = _json(_body(request))
    try:
        batch = Batch.model_validate(body)
    except ValidationError as error:
        faults = [_fault(body, each["loc"], each["msg"]) for each in error.errors()]
        raise WrongShape(_("This is no batch of events."), *faults) from None
    if len(batch.events) > MAX_EVENTS:
        fault = Fault(field="events", given=str(len(batch.events)), allowed=f"<= {MAX_EVENTS}")
        raise TooManyEvents(_("Send fewer events at once."), fault)
    return batch


def _body(request: HttpRequest) -> bytes:
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > MAX_BODY:
        fault = Fault(field="", given=f"{size} bytes", allowed=f"<= {MAX_BODY} bytes")
        raise BodyTooLarge(_("Send fewer events at once."), fault)
    if request.content_type != "application/json":
        given = request.content_type or ""
        fault = Fault(field="Content-Type", given=given[:100], allowed="application/json")
        raise NotJson(_("This is not JSON."), fault)
    return request.body


def _json(raw: bytes) -> object:
    try:
        # NaN and infinities are an invention of JavaScript and Python, not JSON.
        return json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        fault = Fault(field="", given=str(error)[:200], allowed="JSON in UTF-8")
        raise NotJson(_("This is not JSON."), fault) from None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _fault(body: object, location: tuple[int | str, ...], message: str) -> Fault:
    name = str(location[0]) if location else ""
    given = body.get(name, "nothing") if isinstance(body, dict) and name else body
    return Fault(field=name, given=repr(given)[:100], allowed=message)


def appended_of(receipt: Receipt, batch: Batch, *, stopped: bool) -> Appended:
    return Appended(
        accepted=tuple(receipt.accepted),
        duplicate=tuple(receipt.duplicate),
        rejected=tuple(_rejected(problem, batch) for problem in receipt.rejected),
        events_after=receipt.unseen,
        stopped=stopped,
    )


def _rejected(problem: Problem, batch: Batch) -> Rejected:
    """A problem with what was given in it, where the message does not say so already."""
    item = batch.events[problem.index]
    message = problem.message
    if problem.field and isinstance(item, dict):
        given = repr(item.get(problem.field, "nothing"))[:100]
        message = message if given in message else f"{message} (given: {given})"
    return Rejected(id=problem.id[:64], index=problem.index, field=problem.field, message=message)
