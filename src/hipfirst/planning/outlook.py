# SPDX-License-Identifier: Apache-2.0
"""What the next session takes from how this one felt: the rows that a timeline carries."""

from __future__ import annotations

from hipfirst.planning.rules import BY_ID
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.timeline import Outlook
from hipfirst.planning.words import Say, gettext_noop

SETTLES = gettext_noop(
    "It should settle within 60 minutes and be no worse tomorrow morning. If not, rest, and "
    "answer the knee check again."
)
SEEN = gettext_noop("Twice in a row: let a doctor or a physiotherapist look at it.")


def outlook(rules: Thresholds, say: Say) -> tuple[Outlook, ...]:
    """Rows in the order in which they are tried; the last one always fits."""

    def then(rule: str) -> str:
        return BY_ID[rule].then_said(rules, say)

    red = f"{then('last-red')} {say(SETTLES)} {say(SEEN)}"
    amber = f"{then('last-amber')} {say(SETTLES)}"
    return (
        Outlook(rule="last-red", pain_from=rules.red, text=red),
        Outlook(rule="last-amber", pain_from=rules.amber, text=amber),
        Outlook(rule="last-easy", effort_to=rules.easy_effort, text=then("last-easy")),
        Outlook(rule="last-steady", text=then("last-steady")),
    )
