# SPDX-License-Identifier: Apache-2.0
"""What travels with a kept session: the package given along, and the word that opens a run."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from pydantic import Field

from hipfirst.outcomes.events import Slug
from hipfirst.web.training.kept_queries import front_end, media_of
from hipfirst.web.training.models import Kept, Run
from hipfirst.web.training.wire import Payload, RunRef, Wire, payload_of

NO_RUN = UUID(int=0)
"""Stands in a package for the run, which the browser makes later."""


class Package(Wire):
    """A session planned for one person, with all that playing it needs."""

    format: Literal[1] = 1
    session: str
    title: str
    until: datetime | None
    """Until then no connection is needed to begin it: what is for members is asked about again.
    None: for ever. A run that has begun is finished and delivered whenever it comes.
    """
    payload: Payload
    """As on the player's page; the browser fills in the run, its events and the token."""
    open_url: str
    """Where the run is opened; ends in the payload's run id, like `payload.events_url` holds it."""
    shell_url: str
    """The page that plays it."""
    pages: tuple[str, ...]
    """What else may change under its address."""
    files: tuple[str, ...]
    """What never changes under its address: built files, clips, pictures, recorded cues."""


class OpenRun(Wire):
    """A run that began in a browser."""

    format: Literal[1] = 1
    timeline_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    session: Slug


class Opened(Wire):
    run: RunRef
    stopped: bool
    """The person named a sign that somebody should look at: show the advice instead of playing."""


def package_of(request: HttpRequest, kept: Kept) -> Package:
    played = kept.timeline.body["session"]
    run = Run(id=NO_RUN, timeline=kept.timeline, session=played, title=kept.title)
    payload = payload_of(request, run, ()).model_copy(update={"csrf_token": ""})
    return Package(
        session=kept.session,
        title=kept.title,
        until=kept.until,
        payload=payload,
        open_url=reverse("api:run", args=[NO_RUN]),
        shell_url=reverse("training:kept", args=[kept.session]),
        pages=(reverse("i18n"),),
        files=(*front_end(), *media_of(payload.timeline)),
    )
