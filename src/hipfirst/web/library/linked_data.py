# SPDX-License-Identifier: Apache-2.0
"""What a page is, in the words of schema.org, for programs that read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from hipfirst.packs.documents import Session
from hipfirst.web.library.cards import card_of
from hipfirst.web.library.models import Document
from hipfirst.web.shared.addresses import whole_url

CONTEXT = "https://schema.org"
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class LinkedData:
    """A description whose addresses are paths of this site until somebody asks for it."""

    values: Mapping[str, Any] = field(default_factory=dict)
    image: str = ""
    """Path; empty: none."""

    def script(self, request: HttpRequest) -> SafeString:
        """The text of a script element of type application/ld+json, with absolute addresses.

        No text in it can end the element: there is no `<` in it.
        """
        url = whole_url(request, request.path)
        image = {"image": whole_url(request, self.image)} if self.image else {}
        told = {"@context": CONTEXT, **self.values, "url": url, **image}
        return mark_safe(json.dumps(told).translate(_ESCAPES))  # noqa: S308 escaped here


def exercise_plan(document: Document, session: Session) -> LinkedData:
    """A session as an ExercisePlan."""
    stills = card_of(document).stills
    return LinkedData(
        {
            "@type": "ExercisePlan",
            "name": session.title,
            "description": session.summary,
            "inLanguage": session.language,
            "isAccessibleForFree": True,
            "exerciseType": "Strength training",
            "intensity": session.level,
            "activityDuration": f"PT{document.minutes or session.minutes[1]}M",
        },
        image=stills[0] if stills else "",
    )
