# SPDX-License-Identifier: Apache-2.0
"""What following a program costs: as much after two years as on the first day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hipfirst.web.training.program_actions import program_follow
from hipfirst.web.training.program_queries import course_of
from hipfirst.web.training.rhythm_actions import holiday_add
from web.members import member, signed_in
from web.training.programs import ADDRESS, FREE, OTHER, finished, ledger, program

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("starter")


@pytest.fixture
def follower(db):
    mia = member("mia@example.org")
    document = program(access="members")
    ledger(mia.person, "grant", MONDAY, days=5000)
    program_follow(person=mia.person, program=document, now=MONDAY)
    return mia


def trained(person, sessions):
    """So many sessions, every other day, and some days away."""
    for number in range(sessions):
        finished(person, (FREE, OTHER)[number % 2], MONDAY + 2 * number * DAY)
        if number % 10 == 0:
            on = (MONDAY + 2 * number * DAY).date()
            holiday_add(person=person, first=on, last=on)


@pytest.mark.parametrize("sessions", [1, 60])
def test_a_course_costs_the_same_however_long_it_is(follower, django_assert_num_queries, sessions):
    trained(follower.person, sessions)
    now = MONDAY + 200 * DAY
    with django_assert_num_queries(6):
        assert len(course_of(person=follower.person, now=now).trained) == sessions


@pytest.mark.parametrize("sessions", [1, 5])
def test_pages_cost_the_same_however_much_was_done(follower, django_assert_num_queries, sessions):
    trained(follower.person, sessions)
    with time_machine.travel(MONDAY + 12 * DAY, tick=False):
        browser = signed_in(follower.account)
        for path, count in ((ADDRESS, 11), ("/today/", 21)):
            assert browser.get(path).status_code == 200
            with django_assert_num_queries(count):
                assert browser.get(path).status_code == 200


def test_what_was_done_of_a_program_stays_done_however_long_ago(follower):
    finished(follower.person, FREE, MONDAY - 500 * DAY)
    finished(follower.person, FREE, MONDAY)
    finished(follower.person, OTHER, MONDAY + 600 * DAY)
    course = course_of(person=follower.person, now=MONDAY + 601 * DAY)
    assert [each.session for each in course.trained] == [FREE, OTHER]
