# SPDX-License-Identifier: Apache-2.0
"""The log of a movement leads each side up and down its rungs, and nothing else does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import plan
from hipfirst.planning.progression import log_of
from hipfirst.planning.request import After, Knee, LastTime, Request, Worked, Worst
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.today import BOTH, Place, Today
from planning.knees import CATALOGUE, FEET, movement, session, slot

RUNGS = ("low", "mid", "high")
SIDED = ("side", "balance", "lunge")


def log(*done, after=(), start=1, side="left", knees=BOTH):
    """Each of `done` is a rung (0 to 2) and how it went, oldest first, the newest a day ago."""
    told = tuple(
        Worked(exercise=RUNGS[rung], side=side, went=went, days_ago=len(done) - n)
        for n, (rung, went) in enumerate(done)
    )
    today = Today(Request(worked=told, after=after), Thresholds())
    return log_of(today, Place(RUNGS, start, knees, knees), side)


def reached(*done, **more):
    return log(*done, **more).reached


def before(pain, days_ago, knee="left"):
    return After(knee=knee, days_ago=days_ago, before=pain, arrived=pain)


def test_without_a_log_there_is_none():
    assert log() is None
    other = Worked(exercise="sit", side="left", went="well", days_ago=1)
    today = Today(Request(worked=(other,)), Thresholds())
    assert log_of(today, Place(RUNGS, 1, BOTH), "left") is None


@pytest.mark.parametrize(
    ("done", "rung"),
    [
        ([(1, "well")], 1),
        ([(1, "well"), (1, "well")], 2),
        ([(1, "easy")], 2),
        ([(1, "well"), (1, "short"), (1, "well")], 1),
        ([(1, "well"), (1, "short"), (1, "well"), (1, "well")], 2),
        ([(2, "easy"), (2, "easy")], 2),
        ([(1, "hurt")], 0),
        ([(1, "too-hard")], 0),
        ([(1, "short")], 1),
        ([(1, "short"), (1, "short")], 0),
        ([(1, "short"), (1, "well"), (1, "short")], 1),
        ([(1, "short"), (0, "well"), (1, "short")], 1),
        ([(0, "hurt")], 0),
        ([(2, "hurt"), (1, "well"), (1, "well")], 2),
        ([(2, "well"), (0, "well"), (0, "easy")], 2),  # below what was reached: a sore day
        ([(0, "well"), (2, "well")], 2),  # somebody went up by themselves
        ([(0, "well"), (2, "hurt")], 0),  # and what hurt is not kept
        ([(2, "well"), (1, "hurt")], 0),
    ],
)
def test_where_the_log_leads(done, rung):
    assert reached(*done) == rung


def test_it_goes_up_only_where_the_knee_was_calm():
    done = [(1, "well"), (1, "well")]
    assert reached(*done, after=(before(2, 1),)) == 2
    for sore in (
        before(3, 1),
        After(knee="left", days_ago=1, during=3),
        After(knee="left", days_ago=1, before=1, arrived=1, hour=3),
        # An amber morning is no measure for the next one, and the knee was amber all the same.
        After(knee="left", days_ago=1, before=1, arrived=4),
        After(knee="left", days_ago=2, before=0, morning=2),
    ):
        assert reached(*done, after=(sore,)) == 1
    assert reached((1, "easy"), after=(before(4, 1),)) == 1


def test_nor_where_it_hurt_in_what_was_only_tried_or_left():
    aside = After(knee="left", days_ago=1, during=4, aside=True)
    assert reached((1, "well"), (1, "well"), after=(aside,)) == 1


def test_the_other_knee_changes_nothing_where_it_has_no_part():
    sore = (before(6, 1), before(6, 2))
    done = [(1, "well"), (1, "well")]
    assert reached(*done, side="right", knees=("right",), after=sore) == 2
    assert reached(*done, side="right", knees=BOTH, after=sore) == 1


def test_what_was_done_on_a_sore_day_the_first_time_was_a_rung_lower():
    assert reached((0, "well"), after=(before(4, 1),)) == 1
    assert reached((0, "well"), after=(before(1, 1),)) == 0
    assert reached((0, "well"), start=0, after=(before(4, 1),)) == 0
    morning = After(knee="left", days_ago=1, before=1, arrived=4)
    assert reached((0, "well"), after=(morning,)) == 1


def test_one_session_says_the_worst_of_a_movement_and_harder_rungs_first():
    told = [("mid", "well"), ("low", "well"), ("mid", "too-hard")]
    worked = tuple(Worked(exercise=s, side="both", went=w, days_ago=1) for s, w in told)
    found = log_of(Today(Request(worked=worked), Thresholds()), Place(RUNGS, 1, BOTH), "left")
    assert (found.reached, found.last, found.down) == (0, 0, "too-hard")


def test_two_sides_of_one_session_are_one_time_for_both_at_once():
    worked = tuple(
        Worked(exercise="mid", side=side, went="well", days_ago=1) for side in ("left", "right")
    )
    today = Today(Request(worked=worked), Thresholds())
    assert log_of(today, Place(RUNGS, 1, BOTH), "both").reached == 1


def test_what_was_done_in_another_slot_says_nothing():
    """A warm-up may be the easiest rung of something else."""
    worked = tuple(
        Worked(exercise="low", side="both", went="well", days_ago=n, slot="warm-up") for n in (2, 1)
    )
    assert doing(Request(worked=worked), slot("mid")) == "mid"
    named = tuple(each.model_copy(update={"slot": "mid"}) for each in worked[:1])
    assert doing(Request(worked=named), slot("mid")) == "low"


def done(slug, *went, side="both"):
    return tuple(
        Worked(exercise=slug, side=side, went=each, days_ago=2 * (len(went) - n))
        for n, each in enumerate(went)
    )


def doing(request, asked, rules=None):
    (made,) = plan(session(asked), CATALOGUE, request, rules or Thresholds()).slots
    found = {side: made.choice.doing(side) for side in made.choice.at}
    return found["both"] if list(found) == ["both"] else found


def test_each_side_goes_its_own_way():
    asked = slot("balance", rungs=list(SIDED), sides="each")
    worked = (*done("balance", "well", "well", side="right"), *done("balance", "hurt", side="left"))
    assert doing(Request(worked=worked), asked) == {"left": "side", "right": "lunge"}


def test_a_log_takes_the_place_of_experience_and_of_the_last_session():
    worked = done("mid", "well")
    for request in (
        Request(experience="new"),
        Request(experience="years"),
        Request(last=LastTime(pain_left=0, pain_right=0, effort=2, did={("mid", "both")})),
    ):
        assert doing(request, slot("mid")) != "mid"
        with_log = request.model_copy(update={"worked": worked})
        assert doing(with_log, slot("mid")) == "mid"


def test_a_session_that_hurt_counts_once():
    red = LastTime(pain_left=6, days_ago=2)
    three = slot("high", rungs=list(RUNGS))
    assert doing(Request(last=red, worked=done("high", "hurt")), three) == "mid"
    # What the log does not know of, the rating of the session still says.
    assert doing(Request(last=red, worked=done("high", "well")), three) == "mid"


def test_a_hold_keeps_what_was_done_lately_and_offers_nothing_harder():
    asked = slot("low", rungs=list(RUNGS))
    risen = done("mid", "well", "well")
    assert doing(Request(worked=risen), asked) == "high"
    for held in (Request(left=Knee(now=3)), Request(last=LastTime(pain_left=3))):
        assert doing(held.model_copy(update={"worked": risen}), asked) == "mid"
    (made,) = plan(
        session(asked), CATALOGUE, Request(left=Knee(now=3), worked=risen), Thresholds()
    ).slots
    assert made.choice.rungs == ("low", "mid")


def test_where_nothing_gets_harder_than_written_the_log_does_not_either():
    impact = Request(hurts=frozenset({"running"}), worked=done("mid", "well", "well"))
    assert doing(impact, slot("mid")) == "mid"
    teen = Request(age_band="teen", worked=done("mid", "easy"))
    assert doing(teen, slot("mid")) == "low"


def test_a_teen_stays_a_rung_below_and_goes_no_further_down_for_it():
    teen = Request(age_band="teen", worked=done("mid", "well"))
    assert doing(teen, slot("high", rungs=list(RUNGS))) == "mid"


def test_the_way_back_from_a_red_day_is_one_rung_at_a_time():
    worked = (*done("high", "well", "well", "well"), *done("low", "well"))
    days = [w.model_copy(update={"days_ago": 8 - n}) for n, w in enumerate(worked)]
    three = slot("high", rungs=list(RUNGS))
    assert doing(Request(worked=tuple(days)), three) == "mid"
    change = plan(session(three), CATALOGUE, Request(worked=tuple(days))).changes[0]
    assert change.rule == "progress-on"


def test_what_stays_itself_for_want_of_a_lower_rung_says_why_it_is_below_its_log():
    first, low, high = (
        movement(slug, "standing", FEET, bend, muscle="calf", kit=kit)
        for slug, bend, kit in (("first", 5, ["chair"]), ("low", 7, []), ("high", 9, []))
    )
    found = Catalogue({each.slug: each for each in (first, low, high)})
    asked = session(slot("low", rungs=["first", "low", "high"]))
    weeks = tuple(Worst(knee="left", pain=pain, weeks_ago=n) for n, pain in enumerate((6, 2)))
    request = Request(worked=done("high", "well"), weeks=weeks, kit=frozenset())
    made = plan(asked, found, request.model_copy(update={"away_days": 12}))
    assert made.slots[0].choice.doing("both") == "low"
    (change,) = made.changes
    assert (change.exercises, change.rule) == (("high", "low"), "week-rung")


def test_flare_day_has_no_log():
    made = plan(
        session(slot("mid")), CATALOGUE, Request(left=Knee(now=8), worked=done("low", "easy"))
    )
    assert made.slots[0].choice.doing("both") == "low"


ENTRY = st.tuples(st.integers(0, 2), st.sampled_from(["easy", "well", "short", "too-hard", "hurt"]))


@settings(max_examples=400, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=12), st.integers(0, 2))
def test_whatever_was_done_it_moves_by_one_rung_and_stays_on_the_ladder(done, start):
    now, then = log(*done, start=start), log(*done[:-1], start=start)
    assert 0 <= now.reached <= 2
    rung, went = done[-1]
    if then is None:
        return
    if went in {"easy", "well"}:
        assert then.reached <= now.reached <= max(then.reached, rung) + 1
    else:
        assert now.reached <= then.reached
    if went == "short":
        assert now.reached >= then.reached - 1
    assert (
        (now.up, now.down) == (then.up, then.down)
        or now.reached != then.reached
        or (went in {"hurt", "too-hard", "short"})
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=10), st.sampled_from(["well", "easy"]))
def test_a_session_that_went_better_never_leads_lower(done, better):
    *earlier, (rung, went) = done
    better = "easy" if went == "easy" else better
    assert log(*earlier, (rung, better)).reached >= log(*done).reached


def test_after_a_session_that_hurt_it_is_less_than_what_was_done_last():
    """Whatever the log leads to, and whichever session it was that hurt."""
    three = slot("high", rungs=list(RUNGS))
    worked = (*done("high", "well", "well", "well"), *done("mid", "well"))
    days = tuple(w.model_copy(update={"days_ago": 9 - n}) for n, w in enumerate(worked))
    assert doing(Request(worked=days), three) == "high"
    hurt = After(knee="left", days_ago=2, during=6)
    assert doing(Request(worked=days, after=(hurt,)), three) == "low"
