# SPDX-License-Identifier: Apache-2.0
"""Programs in a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from hipfirst.web.library.models import Document


@dataclass(frozen=True)
class ProgramLink:
    slug: str
    title: str
    url: str
    language: str
    summary: str
    weeks: int
    members_only: bool


def program_link(document: Document) -> ProgramLink:
    return ProgramLink(
        slug=document.slug,
        title=document.title,
        url=reverse("training:program", args=[document.slug]),
        language=document.language,
        summary=document.facts.get("summary", ""),
        weeks=document.facts.get("weeks", 0),
        members_only=document.members_only,
    )


def programs_all() -> list[Document]:
    """Every published program without its text, by its title. One query."""
    rows = Document.objects.filter(kind="program", published=True).defer("body")
    return sorted(rows, key=lambda row: row.title.casefold())
