# SPDX-License-Identifier: Apache-2.0
"""The rows of check-ins, logs and tests: each fires, does what it says, and names its answers."""

import pytest

from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import Emptied, plan
from hipfirst.planning.request import After, Knee, LastTime, Request, Worked, Worst
from hipfirst.planning.rules import BY_ID
from hipfirst.planning.rules_checkin import CHECKED_IN, LOGGED, TESTS
from hipfirst.planning.thresholds import Thresholds
from planning.knees import CATALOGUE, movement, session, slot
from planning.make import make_slot

CALM_YEARS = {"experience": "years"}


def after(knee="right", days_ago=2, **told):
    return After(knee=knee, days_ago=days_ago, **told)


def worst(*pains, knee="right", since=0):
    """Worst pains of weeks, newest first."""
    return tuple(Worst(knee=knee, pain=p, weeks_ago=n) for n, p in enumerate(pains, since))


def worked(slug, *went, side="both"):
    """How one movement went, oldest first; the newest two days ago."""
    days = range(2 * len(went), 0, -2)
    return tuple(
        Worked(exercise=slug, side=side, went=each, days_ago=ago)
        for each, ago in zip(went, days, strict=True)
    )


def played(request, *slots, rules=None):
    return plan(session(*slots), CATALOGUE, request, rules or Thresholds())


def high():
    return slot("high", rungs=["low", "mid", "high"])


RAISED = after(before=2, morning=5)
BEFORE_THAT = after(days_ago=4, before=1, morning=3)
# rule, what is asked, slot, what it then is, what the reason says
MOVED = [
    (
        "morning-rung",
        Request(after=(RAISED,)),
        high(),
        "mid",
        "Right knee: 5 the morning after, 2 before. So this starts one rung lower.",
    ),
    (
        "mornings-rung",
        Request(after=(RAISED, BEFORE_THAT)),
        high(),
        "low",
        (
            "Right knee: 5 the morning after, 2 before; and the time before that 3 after 1. "
            "So this starts two rungs lower."
        ),
    ),
    (
        "week-rung",
        Request(weeks=worst(5, 3, knee="left")),
        high(),
        "mid",
        "Left knee: 5 at worst this week, 3 the week before. So this starts one rung lower.",
    ),
    (
        "weeks-rung",
        Request(weeks=worst(4, 3, 2)),
        high(),
        "mid",
        (
            "Right knee, at worst in three weeks: 2, then 3, then 4. So this starts one rung "
            "lower. Two weeks of rising pain: let a doctor or a physiotherapist look at it."
        ),
    ),
    (
        "after-break",
        Request(away_days=10),
        high(),
        "mid",
        "You come back after a break, so this starts one rung lower.",
    ),
    (
        "progress-up",
        Request(worked=worked("mid", "well", "well")),
        slot("mid"),
        "high",
        "It went well twice, so you go on a rung higher.",
    ),
    (
        "progress-up",
        Request(worked=worked("mid", "easy")),
        slot("mid"),
        "high",
        "It was easy, so you go on a rung higher.",
    ),
    (
        "progress-down",
        Request(worked=worked("mid", "hurt")),
        slot("mid"),
        "low",
        "It hurt, so you go on a rung lower.",
    ),
    (
        "progress-down",
        Request(worked=worked("mid", "too-hard")),
        slot("mid"),
        "low",
        "It was too hard, so you go on a rung lower.",
    ),
    (
        "progress-down",
        Request(worked=worked("mid", "short", "short")),
        slot("mid"),
        "low",
        "It was much twice, so you go on a rung lower.",
    ),
    (
        "progress-on",
        Request(worked=worked("low", "well")),
        high(),
        "low",
        "You go on where you were.",
    ),
]


@pytest.mark.parametrize(("rule", "request_", "asked", "doing", "says"), MOVED)
def test_a_rule_that_moves_a_slot(rule, request_, asked, doing, says):
    made = played(request_, asked)
    assert made.slots[0].choice.doing("both") == doing
    (change,) = (c for c in made.changes if c.exercises)
    assert change.rule == rule
    assert change.because.said() == says
    assert change.exercises == (asked["exercise"], doing)


HELD = [("hour-hold", after(before=2, hour=4), "Right knee: 4 an hour after, 2 before.")]


def test_an_hour_that_did_not_settle_lets_nothing_get_harder():
    keen = Request(**CALM_YEARS)
    assert played(keen, slot("mid")).slots[0].choice.doing("both") == "high"
    unsettled = keen.model_copy(update={"after": (after(before=2, hour=4),)})
    (made,) = played(unsettled, slot("mid")).slots
    assert made.choice.doing("both") == "mid"
    assert made.choice.rungs == ("low", "mid")
    assert "too-easy" not in made.substitutes


def test_a_way_up_waits_for_a_knee_that_settles_and_says_so():
    request = Request(
        worked=worked("mid", "well", "well"),
        after=(after(knee="left", days_ago=1, before=1, hour=3),),
    )
    made = played(request, slot("mid"))
    assert made.slots[0].choice.doing("both") == "mid"
    (change,) = made.changes
    assert change.rule == "hour-hold"
    assert change.exercises == ("high", "mid")
    assert change.because.said() == (
        "Left knee: 3 an hour after, 1 before. So this gets no harder."
    )


def test_one_set_fewer_after_a_worse_morning():
    asked = slot("hold", work={"hold_s": 20}, sets=3)
    made = played(Request(after=(RAISED,)), asked)
    assert made.slots[0].dose.sets == 2
    (change,) = made.changes
    assert change.rule == "morning-sets"
    assert change.because.said() == (
        "Right knee: 5 the morning after, 2 before. So there is one set fewer."
    )
    both = played(Request(after=(RAISED,), left=Knee(now=5)), asked)
    assert both.slots[0].dose.sets == 2


def a_test(slug="hold", **changes):
    return slot(slug, **{"work": {"hold_s": 20, "measured": True}, "rungs": [slug], **changes})


def test_a_red_knee_waits_with_a_test():
    made = played(Request(left=Knee(now=5)), a_test(), slot("sit"))
    assert [each.plan.id for each in made.slots] == ["sit"]
    (change,) = made.changes
    assert (change.rule, change.exercises) == ("test-red", ("hold", ""))
    assert change.because.said() == "Left knee: red today, so the test waits."
    with pytest.raises(Emptied) as caught:
        played(Request(left=Knee(now=5)), a_test(), a_test("sit", work={"count_s": 30}))
    assert caught.value.rule == "test-red"


def test_a_flare_brings_flare_day_for_a_session_and_nothing_for_a_test():
    flare = Request(left=Knee(now=8))
    with pytest.raises(Emptied) as caught:
        played(flare, a_test())
    assert caught.value.rule == "test-red"
    assert played(flare, a_test(), slot("sit")).session.slug == "flare-day"


def test_a_test_that_a_rule_takes_out_is_left_out_and_never_swapped():
    calf = a_test("calf", work={"count_s": 30})
    made = played(Request(avoid=frozenset({"supine"})), a_test(), calf)
    assert [each.plan.id for each in made.slots] == ["calf"]
    (change,) = made.changes
    assert change.rule == "test-out"
    assert change.because.said() == (
        "You leave out this position today. The test waits: another movement would be another test."
    )
    with pytest.raises(Emptied) as caught:
        played(Request(avoid=frozenset({"supine"})), a_test())
    assert caught.value.rule == "avoid-position"


@pytest.mark.parametrize(
    "request_",
    [
        Request(experience="new"),
        Request(experience="years"),
        Request(age_band="teen"),
        Request(left=Knee(now=3)),
        Request(after=(RAISED, BEFORE_THAT)),
        Request(away_days=30),
        Request(worked=worked("mid", "hurt")),
        Request(worked=worked("mid", "easy")),
        Request(last=LastTime(pain_left=6)),
    ],
    ids=["new", "years", "teen", "amber", "mornings", "away", "hurt", "easy", "last-red"],
)
def test_a_test_is_the_same_for_everybody_or_not_at_all(request_):
    asked = a_test("mid", rungs=["low", "mid", "high"], work={"count_s": 30}, sets=2)
    (made,) = played(request_, asked).slots
    assert made.choice.rungs == ("mid",)
    assert (made.substitutes, made.others, made.dose.sets) == ({}, (), 2)
    assert made.works["mid"].count_s == 30


def test_a_test_gives_no_time_to_the_clock():
    made = played(Request(minutes=5), a_test("mid", work={"count_s": 60}), slot("sit", sets=9))
    assert made.slots[0].works["mid"].count_s == 60


def test_a_movement_that_is_a_test_by_itself_stands_in_for_nothing():
    measured = movement("measured", work={"count_s": 30})
    found = Catalogue({e.slug: e for e in (measured, CATALOGUE.exercises["low"])})
    assert [each.slug for each in found.alike["low"]] == []


def test_every_row_fires_here():
    fired = {row[0] for row in (*MOVED, *HELD)} | {"morning-sets", "test-red", "test-out"}
    # Who tells a plan which side is weaker says so too: tests of the web's facts. What is done
    # more of has tests below.
    told = {"weaker-side", "progress-more"}
    assert fired | told == {rule.id for rule in (*CHECKED_IN, *LOGGED, *TESTS)}


# what was told, and whether the next session steps down for it
NOISE = [
    (after(before=1, morning=2), False),  # a point is within what pain does by itself
    (after(before=0, morning=2), True),  # the smallest change that matters
    (after(before=2, morning=3), True),  # a point that makes the knee amber
    (after(before=3, morning=3), False),
    (after(before=5, morning=2), False),
    (after(before=None, morning=6), False),  # nothing to compare it with
    (after(before=0, morning=None), False),
    (after(before=0, morning=9, days_ago=22), False),  # long ago
]


@pytest.mark.parametrize(("told", "down"), NOISE)
def test_when_a_morning_counts_as_worse(told, down):
    rules = {c.rule for c in played(Request(after=(told,)), high()).changes}
    assert rules == ({"morning-rung"} if down else set())


def test_only_the_morning_after_the_newest_session_counts_next_time():
    newest = after(days_ago=1, before=1, morning=1)
    assert not played(Request(after=(newest, RAISED)), high()).changes
    untold = after(days_ago=1, before=1)
    assert not played(Request(after=(untold, RAISED)), high()).changes
    once = played(Request(after=(RAISED, after(days_ago=4, before=2, morning=1))), high())
    assert {c.rule for c in once.changes} == {"morning-rung"}


def test_what_was_only_tried_or_left_is_no_newer_session():
    aside = after(days_ago=1, before=2, aside=True)
    made = played(Request(after=(aside, RAISED)), high())
    assert {c.rule for c in made.changes} == {"morning-rung"}
    assert "5 the morning after, 2 before" in made.changes[0].because.said()
    unsettled = after(days_ago=2, before=0, hour=4)
    (slot_made,) = played(Request(after=(aside, unsettled)), slot("mid")).slots
    assert "high" not in slot_made.choice.rungs


def test_two_mornings_of_two_knees_are_not_two_of_one():
    told = (RAISED, after(knee="left", days_ago=4, before=0, morning=6))
    assert {c.rule for c in played(Request(after=told), high()).changes} == {"morning-rung"}


WEEKS = [
    (worst(4, 3), None),
    (worst(5, 3), "week-rung"),
    (worst(2, 0), "week-rung"),
    (worst(4, 3, 2), "weeks-rung"),
    (worst(2, 1, 0), None),  # two weeks up, and still green
    (worst(4, 3, 3), None),
    (worst(3, 3, 2), None),
    (worst(4, 5, 3), None),
    (worst(6, 4, 2), "weeks-rung"),
    (worst(5, 3, since=1), "week-rung"),  # this week was not told yet
    (worst(5, 3, since=2), None),
    ((*worst(5), *worst(3, since=2)), None),  # a week between them was not told
]


@pytest.mark.parametrize(("told", "rule"), WEEKS)
def test_when_a_week_counts_as_worse(told, rule):
    rules = {c.rule for c in played(Request(weeks=told), high()).changes}
    assert rules == ({rule} if rule else set())


def test_an_hour_counts_only_from_amber_on_and_above_before():
    for told, held in [
        ({"before": 0, "hour": 2}, False),
        ({"before": 3, "hour": 3}, False),
        ({"hour": 3}, True),
        ({"before": 2, "hour": 3}, True),
    ]:
        (made,) = played(Request(after=(after(**told),)), slot("mid")).slots
        assert ("high" not in made.choice.rungs) == held


def test_of_check_ins_only_the_longest_step_counts():
    all_at_once = Request(after=(RAISED,), weeks=worst(6, 3))
    assert played(all_at_once, high()).slots[0].choice.doing("both") == "mid"
    with_break = all_at_once.model_copy(update={"away_days": 12})
    assert played(with_break, high()).slots[0].choice.doing("both") == "low"


def test_the_owner_says_from_when_they_count():
    assert not played(Request(away_days=10), high(), rules=Thresholds(break_days=11)).changes
    assert not played(Request(weeks=worst(5, 3)), high(), rules=Thresholds(week_rise=3)).changes
    told = Request(after=(after(before=0, morning=2),))
    assert not played(told, high(), rules=Thresholds(morning_rise=3)).changes


def test_a_worse_knee_steps_down_only_where_it_works():
    asked = slot("side", rungs=["balance", "side"], sides="each")
    (made,) = played(Request(after=(RAISED,)), asked).slots
    assert {s: made.choice.doing(s) for s in made.choice.at} == {
        "left": "side",
        "right": "balance",
    }


@pytest.mark.parametrize("rule", [*CHECKED_IN, *LOGGED, *TESTS], ids=lambda rule: rule.id)
def test_an_example_of_its_reason_can_be_printed(rule):
    places = {"knee": "Left knee", "why": "Kneeling hurts you today.", **rule.example}
    said = BY_ID[rule.id].why((), Thresholds(), **places).said()
    assert "%" not in said
    assert "miss" not in said.lower()


AFTER_LAST = {
    "morning-rung": {"after": (after(before=2, morning=5),)},
    "week-rung": {"weeks": worst(5, 3)},
    "after-break": {"away_days": 12},
}


@pytest.mark.parametrize("rule", AFTER_LAST)
def test_a_rung_lower_is_lower_than_what_was_done_last(rule):
    """Though the log leads a rung above that."""
    request = Request(worked=worked("mid", "well", "well"), **AFTER_LAST[rule])
    made = played(request, high())
    assert made.slots[0].choice.doing("both") == "low"
    (change,) = [each for each in made.changes if each.rule == rule and each.exercises]
    assert change.exercises == ("mid", "low")


ROOM = {"rest_s": 60}
"""Rest enough for more of the same."""


def more_of(made):
    return [
        (each.before.said(), each.after.said())
        for each in made.changes
        if each.rule == "progress-more"
    ]


@pytest.mark.parametrize(
    ("went", "reps"),
    [
        (("well",), 10),
        (("well", "well"), 12),
        (("easy",), 12),
        (("easy", "easy"), 14),
        (("easy",) * 5, 14),
        (("easy", "easy", "short"), 12),
        (("easy", "easy", "hurt"), 12),
        (("easy", "too-hard"), 10),
    ],
)
def test_without_a_harder_rung_there_is_more_of_the_same(went, reps):
    made = played(Request(worked=worked("sit", *went)), slot("sit", **ROOM), slot("hold"))
    assert made.slots[0].works["sit"].reps == reps
    assert made.seconds <= played(Request(), slot("sit", **ROOM), slot("hold")).seconds
    told = [(f"sit, repetitions: {10}", f"sit, repetitions: {reps}")] if reps > 10 else []
    assert [(a.lower(), b.lower()) for a, b in more_of(made)] == told


@pytest.mark.parametrize(
    "sore",
    [
        {"left": Knee(now=3)},
        {"after": (RAISED,)},
        {"away_days": 12},
        {"last": LastTime(effort=5, pain_left=4, days_ago=2)},
    ],
)
def test_a_sore_knee_or_a_break_adds_nothing(sore):
    made = played(
        Request(worked=worked("sit", "easy", "easy"), **sore), slot("sit", **ROOM), slot("hold")
    )
    assert made.slots[0].works["sit"].reps == 10
    assert not more_of(made)


def test_a_harder_rung_comes_before_more_of_the_same():
    made = played(Request(worked=worked("mid", "easy")), slot("mid"))
    assert made.slots[0].choice.doing("both") == "high"
    assert not more_of(made)


def test_a_rung_that_cannot_be_had_is_made_up_for():
    """The top is out for want of a kit, time after time."""
    ladder = [movement("one", harder="two"), movement("two", easier="one", kit=["cushion"])]
    found = Catalogue({each.slug: each for each in (*ladder, CATALOGUE.exercises["sit"])})
    asked = session(make_slot("one", rungs=["one", "two"], **ROOM), make_slot("sit"))
    request = Request(kit=frozenset(), worked=worked("one", *["well"] * 5))
    made = plan(asked, found, request)
    assert made.slots[0].works["one"].reps == 12


@pytest.mark.parametrize(("pain", "left"), [(2, False), (3, True), (4, True)])
def test_a_test_that_bears_on_an_amber_knee_waits(pain, left):
    bearing = slot("squat-mid", work={"count_s": 30}, rungs=["squat-mid"])
    lying = slot("low", work={"count_s": 30}, rungs=["low"])
    made = played(Request(left=Knee(now=pain)), lying, bearing)
    out = [each for each in made.changes if each.rule == "test-out"]
    assert bool(out) == left
    assert len(made.slots) == 2 - left
    if left:
        assert "amber today, and this test asks much of it" in out[0].because.said()
