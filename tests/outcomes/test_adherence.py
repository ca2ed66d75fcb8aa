# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hipfirst.outcomes.adherence import Plan, Played, Week, weeks_of

MONDAY = date(2026, 3, 2)
THRICE = frozenset({0, 2, 4})
DAYS = st.dates(MONDAY - timedelta(days=40), MONDAY + timedelta(days=40))
PLAYED = st.lists(st.builds(Played, DAYS, st.sampled_from(["program", "flare", "extra"])))


def on(day, kind="program"):
    return Played(MONDAY + timedelta(days=day), kind)


def test_a_week_names_what_was_done_flares_and_extras():
    played = [on(0), on(2, "flare"), on(3, "extra"), on(4)]
    (week,) = weeks_of(played, Plan(MONDAY, THRICE), MONDAY + timedelta(days=5), back=9)
    assert week == Week(MONDAY, planned=3, done=2, flares=1, extras=1)
    assert week.counted == 3


def test_days_away_and_days_before_the_start_are_not_planned():
    start = MONDAY + timedelta(days=1)
    away = ((MONDAY + timedelta(days=9), MONDAY + timedelta(days=20)),)
    weeks = weeks_of([], Plan(start, THRICE, away), MONDAY + timedelta(days=22), back=9)
    assert [week.planned for week in weeks] == [3, 0, 1, 2]
    assert [week.away for week in weeks] == [False, True, False, False]


def test_nobody_was_away_who_did_not_say_so():
    sunday = MONDAY + timedelta(days=6)
    (week,) = weeks_of([], Plan(sunday, THRICE), sunday, back=9)
    assert (week.planned, week.empty, week.away) == (0, True, False)
    # Days away on which nothing was planned anyhow are no reason either.
    (week,) = weeks_of([], Plan(sunday, THRICE, ((MONDAY, sunday),)), sunday, back=9)
    assert (week.empty, week.away) == (True, False)


def test_before_a_program_was_followed_any_session_is_one():
    weeks = weeks_of([on(0, "extra")], Plan(MONDAY + timedelta(days=7), THRICE), MONDAY, back=9)
    assert weeks == (Week(MONDAY, planned=None, done=1, flares=0, extras=0),)


def test_more_days_of_training_plan_no_more_than_the_program_has():
    every = Plan(MONDAY, frozenset(range(7)), sessions=3)
    (week,) = weeks_of([on(0), on(2), on(4)], every, MONDAY + timedelta(days=6), back=9)
    assert (week.planned, week.done) == (3, 3)
    twice = replace(every, weekdays=frozenset({1, 3}))
    assert weeks_of([], twice, MONDAY, back=9)[0].planned == 2


def test_after_the_program_is_done_nothing_is_planned():
    done = Plan(MONDAY, THRICE, sessions=3, finished_on=MONDAY + timedelta(days=2))
    later = [on(0), on(2), on(8, "extra")]
    weeks = weeks_of(later, done, MONDAY + timedelta(days=15), back=9)
    assert [(week.planned, week.done) for week in weeks] == [(None, 0), (None, 1), (3, 2)]
    assert not any(week.away for week in weeks)


def test_nobody_trained_and_nothing_is_planned():
    assert weeks_of([], None, MONDAY, back=9) == ()


@given(PLAYED, st.one_of(st.none(), st.builds(Plan, DAYS, st.just(THRICE))))
def test_every_session_until_today_is_counted_once(played, plan):
    weeks = weeks_of(played, plan, MONDAY, back=20)
    until = sum(each.on <= MONDAY for each in played)
    assert sum(week.counted + week.extras for week in weeks) == until
    assert [week.monday for week in weeks] == sorted((w.monday for w in weeks), reverse=True)
