# SPDX-License-Identifier: Apache-2.0
"""What is said of a week: what was done, and nothing that is not so."""

from __future__ import annotations

from datetime import date

import pytest

from hipfirst.outcomes.adherence import Week
from hipfirst.web.progress.page import week_sentence

MONDAY = date(2026, 3, 2)


def said(planned, done=0, flares=0, extras=0, *, waited=False):
    return week_sentence(Week(MONDAY, planned, done, flares, extras, waited))


@pytest.mark.parametrize(("waited", "words"), [(True, "Away"), (False, "Nothing was planned")])
def test_away_is_said_of_days_away_alone(waited, words):
    assert said(0, waited=waited) == words


def test_in_a_week_without_a_plan_only_what_was_done_is_said():
    assert said(0, extras=2) == "2 sessions"
    assert said(None, done=1) == "1 session"
