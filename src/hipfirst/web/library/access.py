# SPDX-License-Identifier: Apache-2.0
"""Who may see which document. Pages, files and the API all ask here."""

from __future__ import annotations

from hipfirst.web.accounts.models import Person
from hipfirst.web.library.models import Document


def may_see(person: Person | None, document: Document) -> bool:
    """Whether `person` (None: a stranger) may see `document` and the files made from it.

    Everything published is free to all today.
    """
    return document.published
