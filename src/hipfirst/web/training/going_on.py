# SPDX-License-Identifier: Apache-2.0
"""The program that somebody follows, for the first page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from hipfirst.web.accounts.access import current_person
from hipfirst.web.library.cards import Link
from hipfirst.web.library.queries import document_head
from hipfirst.web.training.program_queries import following_of


def program_going_on(request: HttpRequest) -> Link | None:
    """It goes on at the page of today. Two queries, one where nothing is followed."""
    person = current_person(request)
    following = following_of(person=person) if person else None
    document = document_head("program", following.program) if following else None
    if document is None:
        return None
    return Link(document.slug, document.title, reverse("training:today"), document.language)
