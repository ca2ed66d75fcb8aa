# SPDX-License-Identifier: Apache-2.0
"""What the next session takes from how this one felt: the rows that a timeline carries.

Only what will be so is told. Where no row fits, the player says that the next session is planned
from what was told.
"""

from __future__ import annotations

from collections.abc import Iterator

from hipfirst.planning.plan import Plan, only_tests
from hipfirst.planning.rules import BY_ID
from hipfirst.planning.timeline import Outlook
from hipfirst.planning.words import Say, gettext_noop

SETTLES = gettext_noop(
    "It should settle within 60 minutes and be no worse tomorrow morning. If not, rest, and "
    "answer the knee check again."
)
SEEN = gettext_noop("Twice in a row: let a doctor or a physiotherapist look at it.")
GOES_ON = gettext_noop(
    "Each movement goes on from what you logged; your page for today says what changes."
)
CALM = gettext_noop("That holds while your knees stay calm.")


def outlook(plan: Plan, say: Say) -> tuple[Outlook, ...]:
    """Rows in the order in which they are tried."""
    return (*_sore(plan, say), *_calm(plan, say))


def _sore(plan: Plan, say: Say) -> Iterator[Outlook]:
    """Pain counts for the next session, whichever it is."""
    rules = plan.thresholds
    red = f"{_then('last-red', plan, say)} {say(SETTLES)} {say(SEEN)}"
    amber = f"{_then('last-amber', plan, say)} {say(SETTLES)}"
    yield Outlook(rule="last-red", pain_from=rules.red, text=red)
    yield Outlook(rule="last-amber", pain_from=rules.amber, text=amber)


def _calm(plan: Plan, say: Say) -> Iterator[Outlook]:
    """In a program the logs lead. Elsewhere the next time is known where nothing stands in the way
    of playing it as it is written.
    """
    if plan.session.slug != plan.asked.slug or only_tests(plan.session):
        return
    if plan.request.followed:
        yield Outlook(rule="progress-on", text=say(GOES_ON))
    elif not plan.changes and not any(slot.choice.held for slot in plan.slots):
        easy, steady = (
            f"{_then(rule, plan, say)} {say(CALM)}" for rule in ("last-easy", "last-steady")
        )
        yield Outlook(rule="last-easy", effort_to=plan.thresholds.easy_effort, text=easy)
        yield Outlook(rule="last-steady", text=steady)


def _then(rule: str, plan: Plan, say: Say) -> str:
    return BY_ID[rule].then_said(plan.thresholds, say)
