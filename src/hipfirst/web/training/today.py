# SPDX-License-Identifier: Apache-2.0
"""For the library's session pages: what a session is for whoever asks, today."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as say

from hipfirst.planning.changes import Change
from hipfirst.planning.plan import Emptied, Plan
from hipfirst.planning.rules import BY_ID
from hipfirst.planning.rules_checkin import TEST_WAITS
from hipfirst.planning.words import Sentence
from hipfirst.web.accounts.access import current_person
from hipfirst.web.accounts.models import Person
from hipfirst.web.library import wording
from hipfirst.web.library.access import may_see
from hipfirst.web.library.hooks import UNASKED, ChangeView, ForToday
from hipfirst.web.library.models import Document
from hipfirst.web.training.facts import leading_test
from hipfirst.web.training.knees import is_old, signs_of, thresholds
from hipfirst.web.training.models import KneeCheck, Run
from hipfirst.web.training.plans import AS_WRITTEN, Asked, asked_for, plan_for, sha256_of
from hipfirst.web.training.queries import check_newest, is_begun, run_standing, run_unfinished
from hipfirst.web.training.questions import SIDES

LASTING = frozenset({"avoid-kneeling", "avoid-floor", "avoid-position", "kit"})
"""Rules that have nothing to do with how the knees are today."""


def session_today(request: HttpRequest, session: Document) -> ForToday | None:
    """None: nothing is known of whoever asks."""
    person = current_person(request)
    if person is None:
        return None
    check = check_newest(person=person)
    if check and signs_of(check):
        return ForToday("stopped", asked=check.created)
    known = asked_for(person=person, check=check, session=session.slug)
    asked = known.request
    today, played = _asked(session, known, check)
    goes_on = run_standing(
        person=person,
        check=check,
        session=played,
        sha256=lambda: sha256_of(session=session, request=asked),
    )
    begun = goes_on or run_unfinished(person=person, session=session.slug)
    return replace(
        today,
        goes_on=goes_on is not None and _is_open(goes_on, person, session),
        overtaken=begun is not None and goes_on is None,
    )


def _is_open(run: Run, person: Person, session: Document) -> bool:
    """Whether a run goes on from the page of the session: of one that is closed to them, somebody
    finishes what was begun of it, and nothing else.
    """
    return (run.session == session.slug and is_begun(run)) or may_see(person, session)


def _asked(session: Document, known: Asked, check: KneeCheck | None) -> tuple[ForToday, str]:
    """What is said of the session, and the slug of the one that is played."""
    asked = known.request
    if check is None and asked == AS_WRITTEN:
        return UNASKED, session.slug
    try:
        plan = plan_for(session=session, request=asked)
    except Emptied as empty:
        return _emptied(empty.rule, check), session.slug
    except (KeyError, ValueError):
        # Starting it says what is wrong; the page still shows what is published.
        return UNASKED, session.slug
    return _planned(plan, check, _weaker(plan, known)) or UNASKED, plan.session.slug


def _weaker(plan: Plan, known: Asked) -> tuple[ChangeView, ...]:
    """Why one side does extra work, where a test says so and the session has any."""
    test = leading_test(known.facts) if known.facts else None
    slots = (slot for block in plan.session.blocks for slot in block.slots)
    if test is None or test.tested.weaker is None or all(slot.sides != "weaker" for slot in slots):
        return ()
    side, day = str(SIDES[test.tested.weaker]), date_format(test.on)
    because = BY_ID["weaker-side"].why((), thresholds(), side=Sentence(side), day=day)
    return (ChangeView("", "", "", because.said(say), rule_url("weaker-side")),)


def _planned(
    plan: Plan, check: KneeCheck | None, reasons: tuple[ChangeView, ...]
) -> ForToday | None:
    """`reasons`: what is said beside the changes."""
    changes = tuple(_view(change) for change in plan.changes)
    if check is None and not changes and not reasons:
        return None
    flare = plan.session.slug != plan.asked.slug
    different = tuple(each for each in changes if each.before != each.after)
    whole = next((each for each in different if flare and not each.slot), None)
    return ForToday(
        state="flare" if flare else "planned" if changes or not (check and check.fine) else "fine",
        asked=check.created if check else None,
        old=check is not None and is_old(check),
        title=plan.session.title,
        minutes=wording.minutes(round(plan.seconds / 60)),
        because=whole.because if whole else "",
        rule_url=rule_url("flare") if flare else "",
        changes=tuple(each for each in different if each is not whole),
        notes=(*(each for each in changes if each not in different), *reasons),
    )


def _emptied(rule: str, check: KneeCheck | None) -> ForToday:
    row = BY_ID[rule]
    when, then = (said(thresholds(), say) for said in (row.when_said, row.then_said))
    return ForToday(
        state="emptied",
        asked=check.created if check else None,
        because=f"{when} {then}",
        rule_url=rule_url(rule),
        waits=rule == TEST_WAITS,
        lasts=rule in LASTING,
    )


def _view(change: Change) -> ChangeView:
    return ChangeView(
        slot=change.slot,
        before=change.before.said(say),
        after=change.after.said(say) if change.after else "",
        because=change.because.said(say),
        rule_url=rule_url(change.rule),
    )


def rule_url(rule: str) -> str:
    return f"{reverse('training:knee-rules')}#rule-{rule}"
