# SPDX-License-Identifier: Apache-2.0
"""When check-ins are a reason to see somebody: advice, and never a diagnosis."""

from __future__ import annotations

from dataclasses import dataclass

from hipfirst.planning.checkins import rising_knees, weeks_answers
from hipfirst.planning.request import Request
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.today import Knees, Today
from hipfirst.planning.words import Sentence, gettext_noop

SEE_SOMEBODY = gettext_noop(
    "Two weeks of rising pain: let a doctor or a physiotherapist look at it. Your sessions are "
    "gentler as long as it rises."
)


@dataclass(frozen=True)
class Referral:
    """Advice to see a professional."""

    rule: str
    knees: Knees
    advice: Sentence
    answers: Sentence
    """What was told that led here: one sentence for each knee."""


def referral(request: Request, thresholds: Thresholds) -> Referral | None:
    """The advice that the check-ins of `request` call for; None: none."""
    today = Today(request, thresholds)
    knees = rising_knees(today)
    if not knees:
        return None
    answers = weeks_answers(today, knees)
    return Referral("weeks-rung", knees, Sentence(SEE_SOMEBODY), answers)
