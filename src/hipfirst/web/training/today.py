# SPDX-License-Identifier: Apache-2.0
"""For the library's session pages: what a session is for whoever asks, today."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as say

from hipfirst.planning.changes import Change
from hipfirst.planning.plan import Emptied, Plan
from hipfirst.planning.rules import BY_ID
from hipfirst.web.accounts.access import current_person
from hipfirst.web.library import wording
from hipfirst.web.library.hooks import ChangeView, ForToday
from hipfirst.web.library.queries import document_find
from hipfirst.web.training.knees import is_old, signs_of, thresholds
from hipfirst.web.training.models import KneeCheck
from hipfirst.web.training.plans import AS_WRITTEN, plan_for, request_for
from hipfirst.web.training.queries import check_newest


def session_today(request: HttpRequest, session: str) -> ForToday | None:
    """None: nothing is known that would change the session for this person."""
    person = current_person(request)
    if person is None:
        return None
    check = check_newest(person=person)
    if check and signs_of(check):
        return ForToday("stopped", asked=check.created)
    asked = request_for(person=person, check=check, session=session)
    document = document_find("session", session)
    if document is None or (check is None and asked == AS_WRITTEN):
        return None
    try:
        return _planned(plan_for(session=document, request=asked), check)
    except Emptied as empty:
        return _emptied(empty.rule, check)
    except (KeyError, ValueError):
        # Starting it says what is wrong; the page still shows what is published.
        return None


def _planned(plan: Plan, check: KneeCheck | None) -> ForToday | None:
    changes = tuple(_view(change) for change in plan.changes)
    if check is None and not changes:
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
        notes=tuple(each for each in changes if each not in different),
    )


def _emptied(rule: str, check: KneeCheck | None) -> ForToday:
    row = BY_ID[rule]
    when, then = (said(thresholds(), say) for said in (row.when_said, row.then_said))
    return ForToday(
        state="emptied",
        asked=check.created if check else None,
        because=f"{when} {then}",
        rule_url=rule_url(rule),
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
