# SPDX-License-Identifier: Apache-2.0
"""What the next session takes from how this one felt: the rows that a timeline carries."""

from __future__ import annotations

from hipfirst.planning.rules import BY_ID
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.timeline import Outlook
from hipfirst.planning.words import Say


def outlook(rules: Thresholds, say: Say) -> tuple[Outlook, ...]:
    """Rows in the order in which they are tried; the last one always fits."""

    def then(rule: str) -> str:
        return BY_ID[rule].then_said(rules, say)

    return (
        Outlook(rule="last-red", pain_from=rules.red, text=then("last-red")),
        Outlook(rule="last-amber", pain_from=rules.amber, text=then("last-amber")),
        Outlook(rule="last-easy", effort_to=rules.easy_effort, text=then("last-easy")),
        Outlook(rule="last-steady", text=then("last-steady")),
    )
