# SPDX-License-Identifier: Apache-2.0
"""Days away: a paused membership is one, for exactly as long as it is paused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from hipfirst.planning.program import Away
from hipfirst.web.membership.actions import grant, pause, resume, revoke
from hipfirst.web.training.rhythm import away_of, rhythm_of
from web.members import member

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = date(2027, 3, 10)


@pytest.fixture
def mia(db):
    return member("mia@example.org")


def away(browser):
    rhythm = rhythm_of(person=browser.person)
    return away_of(person=browser.person, rhythm=rhythm, today=TODAY)


def test_it_lasts_until_the_day_on_which_it_is_taken_up_again(mia):
    grant(account=mia.account, days=90, now=MONDAY)
    pause(account=mia.account, now=MONDAY + DAY)
    resume(account=mia.account, now=MONDAY + 4 * DAY)
    assert away(mia) == (Away(date(2027, 3, 2), date(2027, 3, 4)),)


def test_one_that_goes_on_reaches_beyond_what_is_planned(mia):
    grant(account=mia.account, days=90, now=MONDAY)
    pause(account=mia.account, now=MONDAY + DAY)
    [stretch] = away(mia)
    assert stretch.first == date(2027, 3, 2)
    assert stretch.last > TODAY + 84 * DAY


def test_one_that_a_revocation_ended_is_over(mia):
    line = grant(account=mia.account, days=30, now=MONDAY)
    pause(account=mia.account, now=MONDAY + 2 * DAY)
    revoke(line=line, now=MONDAY + 4 * DAY)
    grant(account=mia.account, days=60, now=MONDAY + 5 * DAY)
    assert away(mia) == (Away(date(2027, 3, 3), date(2027, 3, 4)),)
