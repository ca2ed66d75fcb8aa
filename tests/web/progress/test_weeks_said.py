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


@pytest.mark.parametrize(
    ("planned", "done", "flares", "words"),
    [
        (3, 2, 0, "2 of 3 sessions"),
        (1, 1, 0, "1 of 1 session"),
        (1, 2, 0, "2 sessions"),
        (1, 1, 1, "2 sessions; one of them Flare Day, which counts"),
    ],
)
def test_of_more_sessions_than_were_planned_no_part_is_said(planned, done, flares, words):
    assert said(planned, done, flares) == words
