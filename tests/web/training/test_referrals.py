# SPDX-License-Identifier: Apache-2.0
"""Weeks of rising pain: the advice to see somebody stands where the day is planned, always."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hipfirst.web.training.models import KneeCheck
from web.members import member, signed_in
from web.progress.weeks import tell
from web.training.programs import ADDRESS, FREE, WEEKS, finished, ledger, program
from web.training.test_today_page import text

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
RISING = ((2, 0), (3, 0), (5, 0))
ADVICE = "Two weeks of rising pain: let a doctor or a physiotherapist look at it."
ANSWERS = "at worst in three weeks: 2, then 3, then 5."
pytestmark = pytest.mark.usefixtures("starter")


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def weeks(browser, *pains):
    """The worst of each week, the last one told yesterday."""
    tell(browser.person, *pains, first=(MONDAY - DAY - timedelta(weeks=len(pains) - 1)).date())


def check(browser, **fields):
    calm = dict.fromkeys(("left_now", "left_week", "right_now", "right_week"), 0)
    given = {"consent": 2, "age_band": "adult", **calm, **fields}
    return KneeCheck.objects.create(person=browser.person, **given)


def advised(browser):
    """Whether it stands on the page of today, and in nothing that is closed."""
    page = browser.get("/today/")
    shown = page.content.decode().split("<details")[0]
    assert text(page).count("Let somebody look at it") <= 1
    return ADVICE in shown and ANSWERS in shown


@pytest.fixture
def follower(ada, clock):
    program()
    ada.press(f"{ADDRESS}follow/")
    return ada


def test_who_follows_no_program_is_told_too(ada, clock):
    weeks(ada, *RISING)
    assert advised(ada)


@pytest.mark.parametrize("pains", [RISING[:2], ((2, 0), (5, 0), (5, 0)), ((5, 0), (3, 0), (2, 0))])
def test_weeks_that_do_not_rise_call_for_nothing(ada, clock, pains):
    weeks(ada, *pains)
    page = text(ada.get("/today/"))
    assert "Let somebody look at it" not in page


@pytest.mark.parametrize("days", [0, 1])
def test_on_days_with_and_without_a_session(follower, clock, days):
    weeks(follower, *RISING)
    # A second reason, so that the first one stands among what can be opened.
    check(follower, left_now=3, hurts=["stairs"], avoid=["kneeling"])
    clock.move_to(MONDAY + days * DAY)
    assert advised(follower)


def test_after_the_session_of_the_day(follower):
    weeks(follower, *RISING)
    finished(follower.person, FREE, MONDAY - timedelta(hours=1))
    assert advised(follower)


def test_where_flare_day_takes_over(follower):
    weeks(follower, *RISING)
    check(follower, left_now=8, left_week=5)
    assert "Flare Day takes its place" in text(follower.get("/today/"))
    assert advised(follower)


def test_where_a_sign_stops_the_sessions(follower):
    weeks(follower, *RISING)
    check(follower, red_flags=["locked"])
    assert "Please have it looked at first" in text(follower.get("/today/"))
    assert advised(follower)


def test_when_all_is_done(follower, clock):
    for number, session in enumerate(sum(WEEKS, ())):
        finished(follower.person, session, MONDAY - (12 - 2 * number) * DAY)
    follower.person.followings.update(started_on=(MONDAY - 14 * DAY).date())
    weeks(follower, *RISING)
    assert "You did all of Two Weeks" in text(follower.get("/today/"))
    assert advised(follower)


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_without_an_open_membership(clock, state):
    program(access="members")
    mia = member("mia@example.org")
    ledger(mia.person, "grant", MONDAY - 40 * DAY, days=39 if state == "closed" else 90)
    if state == "paused":
        ledger(mia.person, "pause", MONDAY - DAY)
    clock.move_to(MONDAY - 39 * DAY)
    mia.press(f"{ADDRESS}follow/")
    clock.move_to(MONDAY + (10 * DAY if state == "closed" else timedelta(0)))
    mia = signed_in(mia.account)
    tell(mia.person, *RISING, first=(datetime.now(UTC) - 15 * DAY).date())
    page = mia.get("/today/")
    assert ("Your membership is paused" in text(page)) is (state == "paused")
    assert ("Your membership ended on" in text(page)) is (state == "closed")
    assert advised(mia)


def test_it_asks_the_same_whatever_was_told(follower):
    def queries():
        follower.get("/today/")
        with CaptureQueriesContext(connection) as made:
            follower.get("/today/")
        return len(made)

    check(follower)
    before = queries()
    weeks(follower, *RISING)
    assert queries() == before
