# SPDX-License-Identifier: Apache-2.0
"""Who may see which document. Pages, files, the API and what is taken along all ask here."""

from __future__ import annotations

from datetime import datetime

from hipfirst.web.accounts.models import Person
from hipfirst.web.library.models import Document
from hipfirst.web.membership.access import entitled_until, is_entitled


def may_see(person: Person | None, document: Document) -> bool:
    """Whether `person` (None: a stranger) may see the whole of `document` and the files made from
    it. One query at most, and none for what is free to all.
    """
    return document.published and (not document.members_only or is_entitled(person))


def seen_until(person: Person, document: Document, *, now: datetime) -> datetime | None:
    """Until when somebody who may see `document` at `now` may see it at least; None: for ever, as
    far as is known now. Two queries at most.
    """
    return entitled_until(person, now=now) if document.members_only else None


def may_know(document: Document) -> bool:
    """Whether anybody may see that it exists: its card, and the preview of what is for members."""
    return document.published
