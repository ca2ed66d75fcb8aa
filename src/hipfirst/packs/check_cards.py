# SPDX-License-Identifier: Apache-2.0
"""What evidence cards say of each other: `(see neal-2019 and hott-2019)` names cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hipfirst.packs.documents import EvidenceCard
from hipfirst.packs.pack import Pack
from hipfirst.packs.problems import Problem, choices

SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
NAMED = re.compile(rf"\(see {SLUG.pattern}(?:(?:, | and ){SLUG.pattern})*\)")
FIELDS = ("people", "comparator", "effect", "uncertainty", "limits", "later")


def card_rule(pack: Pack) -> Iterator[Problem]:
    """Every card that the text of a card names is there."""
    for filed in pack.documents:
        if isinstance(filed.document, EvidenceCard):
            for field in FIELDS:
                text = getattr(filed.document, field) or ""
                for slug in sorted(_named(text) - set(pack.evidence)):
                    yield filed.problem((field,), slug, choices(slug, pack.evidence))


def _named(text: str) -> set[str]:
    return {slug for named in NAMED.findall(text) for slug in SLUG.findall(named)}
