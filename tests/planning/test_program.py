# SPDX-License-Identifier: Apache-2.0
"""A program that is followed: nothing is lost, everything comes in order, nobody is scolded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipfirst.planning.program import AHEAD_DAYS, Away, Course, Trained, schedule, steps_of

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
WEEKS = (("a", "b", "c"), ("a", "d", "c"), ("e", "d", "a"), ("a", "b", "f"))
TOTAL = 12
COURSE = Course(WEEKS, MONDAY, frozenset({0, 2, 4}), (), ())


def on(day):
    """The day so many days after the start; the start is a Monday."""
    return MONDAY + day * DAY


def course(*trained, away=(), weeks=WEEKS, weekdays=(0, 2, 4)):
    """Each of `trained` is (session, day) or (session, day, flare)."""
    return Course(
        weeks,
        MONDAY,
        frozenset(weekdays),
        tuple(Trained(slug, on(day), *flare) for slug, day, *flare in trained),
        tuple(Away(on(first), on(last)) for first, last in away),
    )


def states(made):
    return [day.state for day in made.days]


def planned(made):
    """Every planned step with its day, today's too."""
    return [
        (day.on, day.step) for day in (*made.days, *made.ahead) if day.state in {"today", "planned"}
    ]


def said(made):
    return " ".join(note.said() for note in made.notes)


def test_the_first_day_plans_the_whole_program_in_order():
    made = schedule(COURSE, MONDAY)
    assert states(made) == ["today", "rest", "planned", "rest", "planned", "rest", "rest"]
    assert [step for _, step in planned(made)] == list(steps_of(WEEKS))
    assert [day for day, _ in planned(made)][-1] == on(25)
    assert (made.week, made.weeks, made.done, made.total) == (1, 4, 0, TOTAL)
    assert (made.streak_weeks, made.away_days, made.notes, made.finished) == (0, None, (), False)


def test_a_session_that_was_done_is_done_and_the_next_one_waits_for_its_day():
    made = schedule(course(("a", 0)), MONDAY)
    assert states(made)[:3] == ["done", "rest", "planned"]
    assert made.days[0].sessions == ("a",)
    assert made.next.session == "b"
    assert planned(made)[0] == (on(2), made.next)


def test_a_day_that_passed_is_open_and_everything_moves_on():
    made = schedule(course(("a", 0)), on(3))
    assert states(made) == ["done", "rest", "open", "rest", "planned", "rest", "rest"]
    assert made.days[4].step.session == "b"
    assert "costs nothing" in said(made)
    for word in ("miss", "fail", "skip", "should"):
        assert word not in said(made).lower()


def test_a_flare_keeps_day_and_streak_and_the_session_stays_next():
    made = schedule(course(("a", 0), ("flare-day", 2, True)), on(2))
    assert states(made)[:5] == ["done", "rest", "flare", "rest", "planned"]
    assert made.days[4].step.session == made.next.session == "b"
    assert "Flare Day counts" in said(made)
    alone = schedule(course(("flare-day", 2, True)), on(2))
    assert (alone.streak_weeks, alone.done) == (1, 0)


def test_a_session_before_its_turn_counts_for_it():
    made = schedule(course(("d", 0)), on(1))
    assert made.done == 1
    assert made.next.session == "a"
    assert made.days[0].step.week == 2
    assert [step.number for _, step in planned(made)] == [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]
    assert "before its turn" in said(made)


def test_a_session_of_later_weeks_or_of_none_is_an_extra_that_counts_for_the_streak():
    made = schedule(course(("f", 0), ("self-test", 1)), on(1))
    assert states(made)[:2] == ["extra", "extra"]
    assert (made.done, made.streak_weeks, made.away_days) == (0, 1, 0)


def test_the_same_session_twice_counts_for_both_its_turns():
    made = schedule(course(("a", 0), ("a", 1), ("a", 2)), on(2))
    assert made.done == 2
    assert states(made)[:3] == ["done", "done", "today"]


def test_an_extra_leaves_the_day_for_its_session():
    made = schedule(course(("self-test", 0)), MONDAY)
    assert made.days[0].state == "today"
    assert made.days[0].step == made.next
    assert made.days[0].sessions == ("self-test",)


def test_holidays_are_free_and_everything_comes_after_them():
    made = schedule(course(("a", 0), away=[(1, 13)]), on(2))
    assert states(made) == ["done", *["away"] * 6]
    assert planned(made)[0] == (on(14), made.next)
    assert [day.state for day in made.ahead[:7]] == ["away"] * 7
    assert "days away" in said(made)


def test_a_session_on_a_day_away_counts_all_the_same():
    made = schedule(course(("a", 0), away=[(0, 13)]), on(1))
    assert states(made)[:2] == ["done", "away"]
    assert made.next.session == "b"


@pytest.mark.parametrize(("days", "back"), [(9, False), (10, True), (20, True)])
def test_after_ten_days_one_is_welcome_and_starts_lower(days, back):
    made = schedule(course(("a", 0), ("b", 2)), on(2 + days))
    assert made.away_days == days
    assert ("Welcome back" in said(made)) == back
    assert made.done == 2


def test_the_site_may_say_from_when_a_break_counts():
    made = schedule(course(("a", 0)), on(5), break_days=5)
    assert "Welcome back after 5 days" in said(made)


def test_after_three_weeks_the_week_begun_last_begins_again():
    trained = (("a", 0), ("b", 2), ("c", 4), ("a", 7))
    before = schedule(course(*trained), on(7 + 20))
    assert (before.done, before.week) == (4, 2)
    made = schedule(course(*trained), on(7 + 21))
    assert (made.done, made.week) == (3, 2)
    assert made.next.session == "a"
    assert "week 2 begins again" in said(made)
    after = schedule(course(*trained, ("a", 28)), on(28))
    assert after.done == 4
    assert after.next.session == "d"
    assert "week 2 begins again" in said(after)


def test_a_week_that_was_whole_begins_again_too_but_only_once():
    whole = (("a", 0), ("b", 2), ("c", 4))
    made = schedule(course(*whole), on(4 + 21))
    assert (made.done, made.week) == (0, 1)
    seldom = course(*((slug, 21 * n) for n, slug in enumerate("aabc")))
    assert schedule(seldom, on(63)).done == 3


def test_a_program_that_is_done_stays_done():
    all_of_it = [(s.session, n) for n, s in enumerate(steps_of(WEEKS))]
    made = schedule(course(*all_of_it), on(100))
    assert (made.finished, made.next, made.done, made.week) == (True, None, TOTAL, 4)
    assert made.ahead == made.notes == ()
    assert set(states(made)) == {"rest"}


def test_weeks_in_a_row_count_and_the_current_one_does_not_break():
    trained = (("a", 0), ("flare-day", 9, True), ("swim", 20))
    assert schedule(course(*trained), on(20)).streak_weeks == 3
    assert schedule(course(*trained), on(27)).streak_weeks == 3
    assert schedule(course(*trained), on(28)).streak_weeks == 0


def test_a_week_wholly_away_neither_counts_nor_breaks():
    trained = (("a", 0), ("b", 14))
    assert schedule(course(*trained), on(14)).streak_weeks == 1
    assert schedule(course(*trained, away=[(7, 13)]), on(14)).streak_weeks == 2
    assert schedule(course(*trained, away=[(7, 11)]), on(14)).streak_weeks == 2
    assert schedule(course(*trained, away=[(7, 10)]), on(14)).streak_weeks == 1


def test_before_it_begins_nothing_is_open_and_nothing_is_planned_too_early():
    later = replace(COURSE, started_on=on(9))
    made = schedule(later, on(4))
    assert set(states(made)) == {"rest"}
    assert planned(made)[0][0] == on(9)


def test_without_training_days_nothing_is_planned_and_everything_goes_on():
    made = schedule(course(("a", 1), weekdays=()), on(2))
    assert planned(made) == []
    assert made.next.session == "b"
    assert states(made) == ["rest", "done", *["rest"] * 5]


def test_it_looks_twelve_weeks_ahead_at_most():
    made = schedule(course(weekdays=(6,), weeks=(("a",),) * 20), MONDAY)
    assert planned(made)[-1][0] == on(83)
    assert len(planned(made)) == 12


def test_a_training_day_that_was_moved_within_the_week_went_by_with_nothing_lost():
    """Monday's session is done; on Thursday the days become Tuesday, Thursday and Saturday."""
    moved = schedule(course(("a", 0), weekdays=(1, 3, 5)), on(3))
    assert states(moved)[1] == "open"
    assert "went by" not in said(moved)
    assert "went by" in said(schedule(course(weekdays=(1, 3, 5)), on(3)))


@pytest.mark.parametrize(
    ("day", "words"), [(1, "A training day went by"), (3, "Training days went by")]
)
def test_several_training_days_that_went_by_are_not_called_one(day, words):
    assert words in said(schedule(course(), on(day)))


PLAYED_OUT = {"closed": frozenset({"b", "e"})}


def test_what_cannot_be_done_is_passed_over_and_stays_open():
    made = schedule(replace(course(("a", 0)), **PLAYED_OUT), MONDAY)
    assert made.next.session == "c"
    assert [step.session for _, step in planned(made)] == list("cadcdaaf")
    assert (made.done, made.total, made.finished) == (1, TOTAL, False)
    assert "stay open" in said(made)
    assert "stay open" not in said(schedule(course(("a", 0)), MONDAY))


def test_the_program_ends_without_what_cannot_be_done():
    can = [s.session for s in steps_of(WEEKS) if s.session not in PLAYED_OUT["closed"]]
    trained = [(slug, n) for n, slug in enumerate(can)]
    made = schedule(replace(course(*trained), **PLAYED_OUT), on(20))
    assert (made.finished, made.next, made.done) == (True, None, TOTAL - 3)
    assert made.finished_on == on(len(can) - 1)
    assert "stay open" in said(made)
    # Once they can be done again those of the last weeks are next; older ones are behind.
    assert schedule(course(*trained), on(20)).next.session == "e"
    whole = replace(course(*trained, ("b", 20)), **PLAYED_OUT)
    assert schedule(whole, on(20)).done == TOTAL - 2


LONG = tuple(tuple(f"{day}{week}" for day in "abc") for week in range(8))


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 24), st.lists(st.integers(0, 23), max_size=2, unique=True), st.data())
def test_a_program_that_is_changed_where_it_was_done_keeps_what_was_done(count, at, data):
    """Sessions replaced, put in, or taken out in weeks that were trained already."""
    trained = [(s.session, n) for n, s in enumerate(steps_of(LONG)[:count])]
    weeks = [list(week) for week in LONG]
    replaced = removed = 0
    for n, place in enumerate(sorted(n % count for n in at)):
        week, day = divmod(place, 3)
        kind = data.draw(st.sampled_from(("replace", "insert", "remove")))
        if kind == "insert":
            weeks[week].insert(day, f"new-{n}")
        elif kind == "remove" and LONG[week][day] in weeks[week]:
            weeks[week].remove(LONG[week][day])
            removed += 1
        elif LONG[week][day] in weeks[week]:
            weeks[week][weeks[week].index(LONG[week][day])] = f"new-{n}"
            replaced += 1
    changed = course(*trained, weeks=tuple(map(tuple, weeks)))
    assert schedule(changed, on(count)).done >= count - replaced - removed


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 24), st.integers(0, 7))
def test_a_whole_week_put_in_costs_nothing_that_was_done(count, where):
    trained = [(s.session, n) for n, s in enumerate(steps_of(LONG)[:count])]
    weeks = (*LONG[:where], ("x", "y", "z"), *LONG[where:])
    assert schedule(course(*trained, weeks=weeks), on(count)).done >= count


def test_a_session_replaced_long_ago_is_behind_with_the_one_it_replaced():
    trained = [(s.session, n) for n, s in enumerate(steps_of(LONG)[:15])]
    made = schedule(course(*trained, weeks=(("a0", "new", "c0"), *LONG[1:])), on(15))
    assert (made.done, made.next.session) == (15, "a5")
    assert "before its turn" not in said(made)


DAYS = st.integers(-20, 150)
RUN = st.tuples(st.sampled_from("abcdefgh"), DAYS, st.booleans())
SPAN = st.tuples(DAYS, st.integers(0, 40)).map(lambda s: (s[0], s[0] + s[1]))


@st.composite
def courses(draw):
    return course(
        *draw(st.lists(RUN, max_size=40)),
        away=draw(st.lists(SPAN, max_size=4)),
        weekdays=draw(st.sets(st.integers(0, 6))),
    )


@settings(max_examples=400, deadline=None)
@given(courses(), DAYS)
def test_no_history_loses_anything(followed, day):
    today = on(day)
    made = schedule(followed, today)
    steps = steps_of(WEEKS)
    assert made.done + sum(1 for s in steps if made.next and s.number >= made.next.number) >= TOTAL
    assert made.finished == (made.next is None) == (made.done == TOTAL)
    coming = [step for _, step in planned(made)]
    numbers = [step.number for step in coming]
    assert numbers == sorted(set(numbers))
    days = [day for day, _ in planned(made)]
    assert days == sorted(set(days))
    assert len(numbers) <= TOTAL - made.done
    if made.next and coming:
        assert coming[0] == made.next
    for each, _ in planned(made):
        assert today <= each <= today + AHEAD_DAYS * DAY
        assert followed.trains(each)
    free = [n for n in range(1, AHEAD_DAYS + 1) if followed.trains(today + n * DAY)]
    if len(free) >= TOTAL:
        assert len(numbers) == TOTAL - made.done


@settings(max_examples=300, deadline=None)
@given(courses(), DAYS)
def test_every_day_shows_what_was_played_on_it(followed, day):
    today = on(day)
    made = schedule(followed, today)
    assert [each.on.weekday() for each in made.days] == list(range(7))
    assert today in {each.on for each in made.days}
    for each in made.days:
        if each.on < today:
            played = [t.session for t in followed.trained if t.on == each.on]
            assert sorted(each.sessions) == sorted(played)
            assert each.state in (
                {"done", "flare", "extra"} if played else {"open", "rest", "away"}
            )
        if each.state in {"done", "today", "planned"}:
            assert each.step is not None
        if each.state == "today":
            assert each.on == today
    if any(each.sessions for each in made.days):
        assert made.streak_weeks >= 1


@settings(max_examples=300, deadline=None)
@given(courses(), DAYS)
def test_the_next_session_moves_on_by_one_when_it_is_done(followed, day):
    """Whatever was, doing what comes next gets on: nobody is stuck."""
    today = on(day)
    made = schedule(followed, max(today, MONDAY))
    if made.finished:
        return
    now = max(today, MONDAY)
    past = tuple(t for t in followed.trained if t.on <= now)
    with_it = replace(followed, trained=(*past, Trained(made.next.session, now)))
    without = schedule(replace(followed, trained=past), now)
    if without.next and without.next.session == made.next.session:
        assert schedule(with_it, now).done == without.done + 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=60, max_size=60))
def test_somebody_who_trains_at_any_pace_comes_to_the_end(pauses):
    """Also once in three or four weeks, where weeks begin again."""
    trained, day = [], 0
    for pause in pauses:
        day += pause
        turn = schedule(course(*trained), on(day)).next
        if turn is None:
            return
        trained.append((turn.session, day))
    raise AssertionError("the program never ends")
