# SPDX-License-Identifier: Apache-2.0
"""What a person took along, and what a kept session needs to be played without this site."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

from hipfirst.planning.timeline import Rung, Timeline
from hipfirst.web.accounts.models import Person
from hipfirst.web.training.models import Kept

NOT_PLAYED = re.compile(r"^icon-.*\.png$|\.(br|gz)$")
"""Built files that only the device itself or a compressed answer needs."""


def kept_find(*, person: Person, session: str, timeline_hash: str) -> Kept | None:
    """What was given to this person under that hash."""
    rows = Kept.objects.select_related("timeline").defer("timeline__body")
    return rows.filter(person=person, session=session, timeline__sha256=timeline_hash).first()


def media_of(timeline: Timeline) -> tuple[str, ...]:
    """Addresses of every clip, picture and recorded cue the timeline may call upon."""
    rungs = [rung for slot in timeline.slots for rung in (*slot.rungs, *slot.others)]
    return tuple(dict.fromkeys(url for rung in rungs for url in _media(rung) if url))


def _media(rung: Rung) -> tuple[str, ...]:
    return (rung.clip_url, rung.still_url, rung.animation_url, *rung.audio.values())


def front_end() -> tuple[str, ...]:
    """Addresses of the built files: scripts, styles, fonts and figure of site and player."""
    return _front_end(Path(settings.ASSETS))


# Like the manifest of the front end: what was there when the process first looked.
@cache
def _front_end(assets: Path) -> tuple[str, ...]:
    immutable = re.compile(settings.WHITENOISE_IMMUTABLE_FILE_TEST)
    files = (path for path in sorted(assets.rglob("*")) if path.is_file())
    return tuple(
        static(path.relative_to(assets).as_posix())
        for path in files
        if immutable.search(path.name) and not NOT_PLAYED.search(path.name)
    )
