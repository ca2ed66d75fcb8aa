# SPDX-License-Identifier: Apache-2.0
"""When weeks of rising pain are a reason to see somebody, for the pages that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as say

from hipfirst.planning.advice import referral
from hipfirst.planning.request import Request
from hipfirst.web.accounts.models import Person
from hipfirst.web.training.check_ins import check_ins_of
from hipfirst.web.training.facts import CHECKS_READ, Facts, asked_with
from hipfirst.web.training.knees import thresholds
from hipfirst.web.training.queries import check_newest, checks_of
from hipfirst.web.training.rhythm import rhythm_of
from hipfirst.web.training.today import rule_url


@dataclass(frozen=True)
class ReferralView:
    advice: str
    answers: str
    """What was told that led to it."""
    rule_url: str


def referral_view(asked: Request) -> ReferralView | None:
    """None: no knee's weeks call for it."""
    found = referral(asked, thresholds())
    if found is None:
        return None
    return ReferralView(found.advice.said(say), found.answers.said(say), rule_url(found.rule))


def referral_of(*, person: Person, now: datetime) -> ReferralView | None:
    """From what was told alone, whatever a session would be asked with. Four queries at most, two
    of which are asked anew where the page knows the newest check and the rhythm.
    """
    # Whoever has no newest one has none at all.
    asked = check_newest(person=person) is not None
    told = Facts(
        now=now,
        limits=thresholds(),
        rhythm=rhythm_of(person=person),
        checks=list(checks_of(person=person, now=now)[:CHECKS_READ]) if asked else [],
        check_ins=check_ins_of(person=person, now=now),
        runs=(),
    )
    return referral_view(asked_with(Request(), told))
