# SPDX-License-Identifier: Apache-2.0
"""Every row of the table fires, and what it does is what it says."""

from itertools import chain

import pytest

from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import Emptied, plan, written
from hipfirst.planning.request import After, Felt, Knee, LastTime, Request
from hipfirst.planning.rules import BY_ID, RULES, values_of
from hipfirst.planning.rules_checkin import CHECKED_IN, LOGGED, TESTS
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.today import Today, zone_of
from planning.knees import CATALOGUE, FEET, ON_LEFT, movement, session, slot
from planning.requests import PACK

GREEN, AMBER, RED = Knee(), Knee(now=3), Knee(now=5)
EASY = LastTime(pain_left=0, pain_right=1, effort=3, did={(n, "both") for n in ("low", "mid")})


AFTER_ANY = (After(knee="left", days_ago=2, during=6),)
"""Of the last session, whichever it was."""


def felt(slug, pain, days_ago=1, knee="left"):
    return (Felt(exercise=slug, knee=knee, pain=pain, days_ago=days_ago),)


def played(request, *slots, rules=None):
    return plan(session(*slots), CATALOGUE, request, rules or Thresholds())


# rule, what is asked, slot, what each side does then
MOVED = [
    ("red-rung", Request(left=RED), slot("mid"), {"both": "low"}),
    ("red-rung", Request(left=RED), slot("mid", sides="each"), {"left": "low", "right": "low"}),
    (
        "red-stance",
        Request(left=RED),
        slot("squat", rungs=["squat-mid", "squat"]),
        {"both": "squat-low"},
    ),
    (
        "red-single-leg",
        Request(left=RED),
        slot("balance", sides="each"),
        {"left": "stand", "right": "stand"},
    ),
    (
        "red-kneeling",
        Request(left=RED),
        slot("lunge", sides="each"),
        {"left": "side", "right": "side"},
    ),
    ("amber-rung", Request(right=AMBER), slot("squat-mid"), {"both": "squat-low"}),
    ("amber-rung", Request(right=Knee(week=5)), slot("squat-mid"), {"both": "squat-low"}),
    ("amber-stance", Request(right=AMBER), slot("squat"), {"both": "squat-mid"}),
    (
        "amber-kneeling",
        Request(left=AMBER),
        slot("lunge", sides="each"),
        {"left": "balance", "right": "balance"},
    ),
    (
        "sore-push",
        Request(left=AMBER, hurts=frozenset({"stairs"})),
        slot("bridge"),
        {"both": "bridge-far"},
    ),
    (
        "sore-push",
        Request(left=RED, hurts=frozenset({"sitting"})),
        slot("bridge", rungs=["bridge"]),
        {"both": "bridge-far"},
    ),
    (
        "sore-stance",
        Request(hurts=frozenset({"squatting"})),
        slot("squat"),
        {"both": "squat-mid"},
    ),
    (
        "hurts-kneeling",
        Request(hurts=frozenset({"kneeling"})),
        slot("lunge", sides="each"),
        {"left": "balance", "right": "balance"},
    ),
    (
        "avoid-kneeling",
        Request(avoid=frozenset({"kneeling"})),
        slot("lunge", sides="each"),
        {"left": "balance", "right": "balance"},
    ),
    (
        "avoid-floor",
        Request(avoid=frozenset({"floor"})),
        slot("side", sides="each"),
        {"left": "balance", "right": "balance"},
    ),
    (
        "avoid-position",
        Request(avoid=frozenset({"standing"})),
        slot("squat-mid"),
        {"both": "sit"},
    ),
    ("felt-stop", Request(felt=felt("mid", 5)), slot("mid"), {"both": "low"}),
    ("felt-stop", Request(felt=felt("low", 9)), slot("mid"), None),
    ("felt-ease", Request(felt=felt("mid", 3, 6)), slot("mid"), {"both": "low"}),
    (
        "felt-ease",
        Request(felt=felt("high", 4, 2, "right")),
        slot("high", rungs=["low", "mid", "high"]),
        {"both": "mid"},
    ),
    ("last-red", Request(last=LastTime(pain_left=5)), slot("mid"), {"both": "low"}),
    ("last-red", Request(after=AFTER_ANY), slot("mid"), {"both": "low"}),
    ("last-red", Request(last=EASY, after=AFTER_ANY), slot("mid"), {"both": "low"}),
    ("last-easy", Request(last=EASY), slot("mid"), {"both": "high"}),
    ("new", Request(experience="new"), slot("mid"), {"both": "low"}),
    ("under-16-rung", Request(age_band="teen"), slot("mid"), {"both": "low"}),
    ("years", Request(experience="years"), slot("mid"), {"both": "high"}),
]


@pytest.mark.parametrize(("rule", "request_", "asked", "doing"), MOVED)
def test_a_rule_that_moves_a_slot(rule, request_, asked, doing):
    made = played(request_, asked, slot("hold", id="beside"))
    found = {s.plan.id: {x: s.choice.doing(x) for x in s.choice.at} for s in made.slots}
    assert found.get(asked["id"]) == doing
    rules = {change.rule for change in made.changes if change.slot == asked["id"]}
    assert rules == ({rule} if doing else {"nothing-fits"})


# rule, what is asked, slot: nothing gets harder
HELD = [
    ("amber-hold", Request(left=AMBER, last=EASY), slot("low", rungs=["low", "mid", "high"])),
    ("last-amber", Request(experience="years", last=LastTime(pain_left=3)), slot("mid")),
    (
        "last-amber",
        Request(last=EASY, after=(After(knee="right", days_ago=2, during=3),)),
        slot("mid"),
    ),
    ("impact-hold", Request(experience="years", hurts=frozenset({"running"})), slot("mid")),
    ("under-16", Request(experience="years", age_band="teen"), slot("low", rungs=["low", "mid"])),
]


@pytest.mark.parametrize(("rule", "request_", "asked"), HELD)
def test_a_rule_that_holds_a_slot(rule, request_, asked):
    made = played(request_, asked)
    assert made.slots[0].choice.doing("both") == asked["exercise"]
    without = {"left": GREEN, "hurts": frozenset(), "age_band": "adult", "last": None, "after": ()}
    if rule in {"amber-hold", "under-16", "impact-hold", "last-amber"}:
        freed = {**without, "last": EASY} if request_.last == EASY else without
        free = played(request_.model_copy(update=freed), asked)
        assert free.slots[0].start > made.slots[0].start
    assert BY_ID[rule].by == 0


OTHERS = {
    "flare",
    "flare-ease",
    "red-sets",
    "kit",
    "last-steady",
    "minutes",
    "nothing-fits",
    "anything-that-fits",
}
"""Rules with a test of their own below, or in `test_flare`."""
LATER = {rule.id for rule in (*CHECKED_IN, *LOGGED, *TESTS)}
"""Rules of check-ins, logs and tests: `test_rules_checkin` makes each of them fire."""


def test_every_row_of_the_table_is_made_to_fire():
    assert {row[0] for row in (*MOVED, *HELD)} | OTHERS | LATER == set(BY_ID)


def test_a_flare_puts_flare_day_in_the_place_of_the_session():
    made = played(Request(right=Knee(now=7)), slot("squat"))
    assert (made.session.slug, made.asked.slug) == ("flare-day", "short")
    (change,) = made.changes
    assert change.rule == "flare"
    assert change.because.said().startswith("Right knee: ")


def test_flare_day_keeps_its_own_pace_but_no_movement_that_hurt():
    assert played(Request(right=Knee(now=9)), slot("mid")).slots[0].dose.sets == 2
    gone = Request(right=Knee(now=9), felt=felt("low", 5))
    with pytest.raises(Emptied) as caught:
        plan(session(slot("mid")), only(CATALOGUE, "low", "mid", "high"), gone)
    assert caught.value.rule == "felt-stop"


def only(catalogue, *slugs):
    return Catalogue({slug: catalogue.exercises[slug] for slug in slugs}, catalogue.flare)


@pytest.mark.parametrize(("sets", "left"), [(3, 2), (2, 1), (1, 1)])
def test_a_red_knee_does_one_set_fewer_and_at_least_one(sets, left):
    made = played(Request(left=RED), slot("hold", work={"hold_s": 20}, sets=sets))
    assert made.slots[0].dose.sets == left
    assert [c.rule for c in made.changes] == (["red-sets"] if sets > 1 else [])


def test_kit_that_is_not_there_is_named():
    made = played(Request(kit=frozenset({"mat"})), slot("press"), slot("low"))
    (change,) = made.changes
    assert (change.rule, change.after) == ("nothing-fits", None)
    assert "You do not have what this needs at hand: Cushion." in change.because.said()
    assert not played(Request(kit=frozenset({"cushion"})), slot("press")).changes


def test_a_steady_session_stays_as_it_is_written():
    steady = Request(last=LastTime(pain_left=2, pain_right=0, effort=6))
    assert played(steady, slot("mid")).slots == written(session(slot("mid")), CATALOGUE).slots


@pytest.mark.parametrize(
    "change",
    [
        {"followed": True},
        {"last": EASY.model_copy(update={"did": frozenset()})},
        {"last": EASY.model_copy(update={"did": frozenset({("mid", "left")})})},
        {"last": EASY.model_copy(update={"did": frozenset({("low", "both")})})},
    ],
)
def test_what_was_not_done_or_has_a_log_to_lead_it_goes_up_for_no_rating(change):
    assert not played(Request(**{"last": EASY, **change}), slot("mid")).changes


@pytest.mark.parametrize(
    ("told", "doing"),
    [
        # A calm try takes nothing back, a calm session does, and what was not told says nothing.
        ([(1, 0, True), (2, 6, False)], "low"),
        ([(1, 6, True), (2, 0, False)], "low"),
        ([(1, 0, False), (2, 6, False)], "mid"),
        ([(1, None, False), (2, 6, False)], "low"),
        ([(22, 6, False)], "mid"),
    ],
)
def test_pain_counts_until_the_next_session_is_calm(told, doing):
    after = tuple(
        After(knee="left", days_ago=days, during=pain, aside=aside) for days, pain, aside in told
    )
    assert played(Request(after=after), slot("mid")).slots[0].choice.doing("both") == doing


def test_a_session_that_hurt_and_its_morning_ask_for_one_rung_and_not_for_two():
    after = (After(knee="left", days_ago=2, before=2, during=6, morning=6),)
    three = slot("high", rungs=["low", "mid", "high"])
    assert played(Request(after=after), three).slots[0].choice.doing("both") == "mid"


def test_an_old_rating_is_forgotten():
    assert not played(Request(last=EASY.model_copy(update={"days_ago": 22})), slot("mid")).changes


def test_the_owner_says_what_an_easy_session_is_and_how_long_it_counts():
    hard = Request(last=EASY.model_copy(update={"effort": 4}))
    assert not played(hard, slot("mid")).changes
    assert played(hard, slot("mid"), rules=Thresholds(easy_effort=4)).changes
    old = Request(last=EASY.model_copy(update={"days_ago": 22}))
    assert played(old, slot("mid"), rules=Thresholds(rating_days=22)).changes
    told = BY_ID["last-easy"].when_said(Thresholds(easy_effort=4, rating_days=22))
    assert "at most 22 days ago" in told
    assert "effort of 4 or less" in told


def test_what_hurt_long_ago_is_forgotten():
    assert not played(Request(felt=felt("mid", 9, 7)), slot("mid")).changes
    eased = played(Request(felt=felt("mid", 9, 2)), slot("mid"))
    assert {change.rule for change in eased.changes} == {"felt-ease"}


def test_the_easiest_rung_that_hurt_a_little_stays():
    asked = slot("low", rungs=["low", "mid"])
    assert not played(Request(felt=felt("low", 3)), asked).changes


def test_an_amber_knee_that_bears_nothing_keeps_its_rung():
    made = played(Request(left=AMBER), slot("mid"))
    assert not made.changes


def test_a_movement_for_both_sides_at_once_is_done_on_both_turns():
    ladder = slot("side", rungs=["stand", "side"], sides="each")
    made = played(Request(right=RED), ladder)
    (filled,) = made.slots
    assert {s: filled.choice.doing(s) for s in filled.choice.at} == {
        "left": "stand",
        "right": "stand",
    }
    assert {change.rule for change in made.changes} == {"red-rung"}


def test_one_knee_is_not_the_other():
    ladder = slot("side", rungs=["balance", "side"], sides="each")
    (made,) = played(Request(right=Knee(now=5)), ladder).slots
    doing = {s: made.choice.doing(s) for s in made.choice.at}
    assert doing == {"left": "side", "right": "balance"}
    assert made.start == 1
    assert {bout.side: bout.easier_by for bout in made.bouts} == {"left": 0, "right": 1}


def test_no_rung_is_kept_that_a_sore_knee_would_be_led_to():
    asked = slot("balance", rungs=["stand", "balance"], sides="each")
    (made,) = played(Request(right=RED), asked).slots
    assert made.choice.rungs == ("stand",)
    (calm,) = played(Request(experience="new"), asked).slots
    assert (calm.choice.rungs, calm.start) == (("stand", "balance"), 0)


def test_a_side_that_does_less_limits_how_far_the_slot_goes_up():
    """The left side at `stand` would be led to `balance` when the right one goes on to `high`."""
    asked = slot("side", rungs=["stand", "balance", "side", "high"], sides="each")
    (made,) = played(Request(right=RED), asked).slots
    reached = {
        (side, made.choice.rungs[max(0, n - (made.start - at))])
        for side, at in made.choice.at.items()
        for n in range(len(made.choice.rungs))
    }
    assert ("left", "balance") not in reached


@pytest.mark.parametrize(
    "request_",
    [
        Request(age_band="teen"),
        Request(left=AMBER),
        Request(last=LastTime(pain_left=3)),
        Request(hurts=frozenset({"running"})),
        Request(felt=felt("mid", 3)),
    ],
    ids=["teen", "amber", "last-amber", "impact", "felt-ease"],
)
def test_nothing_above_what_is_written_is_kept_where_nothing_gets_harder(request_):
    (made,) = played(request_, slot("mid")).slots
    assert made.choice.rungs == ("low", "mid")
    assert "too-easy" not in made.substitutes


def test_two_rules_that_close_the_way_together_are_both_named():
    sore = Request(left=AMBER, hurts=frozenset({"stairs"}), felt=felt("bridge-far", 6))
    asked = slot("bridge", rungs=["low", "bridge-far", "bridge"])
    (change,) = played(sore, asked).changes
    assert (change.rule, change.exercises) == ("sore-push", ("bridge", "low"))
    assert change.because.said() == (
        "Bent-knee pressure hurts you today. "
        "Left knee: this hurt too much lately, so it rests for now."
    )
    (instead,) = played(sore, slot("bridge"), slot("hold")).changes
    assert "hurts you today. Left knee: this hurt too much lately" in instead.because.said()


def test_both_reasons_are_named_where_each_knee_has_its_own():
    one_foot = (
        {"surface": "floor", "points": ["foot-right"]},
        {"surface": "mat", "points": ["occiput"]},
    )
    rest = movement("rest", side="right")
    far, near = (
        movement(name, contacts=one_foot, bend=bend, side="right")
        for name, bend in (("far", 60), ("near", 95))
    )
    sore = Request(left=AMBER, right=AMBER, hurts=frozenset({"stairs"}), felt=felt("far", 6))
    asked = session(slot("near", rungs=["rest", "far", "near"], sides="each"))
    found = Catalogue({each.slug: each for each in (rest, far, near)})
    changes = plan(asked, found, sore).changes
    assert [change.exercises for change in changes] == [("near", "rest")] * len(changes)
    assert all("this hurt too much lately" in change.because.said() for change in changes)


def test_nothing_that_fits_leaves_the_movement_out():
    made = played(Request(avoid=frozenset({"supine"})), slot("hold"), slot("stand"))
    assert [s.plan.id for s in made.slots] == ["stand"]
    (change,) = made.changes
    assert (change.rule, change.exercises) == ("nothing-fits", ("hold", ""))


def test_rather_than_nothing_there_is_something_else():
    made = played(Request(avoid=frozenset({"supine"})), slot("hold"))
    (change,) = made.changes
    assert change.rule == "anything-that-fits"
    assert made.slots[0].choice.rungs == (change.exercises[1],)


def test_what_empties_the_choice_is_named():
    nowhere = Request(avoid=frozenset({"floor", "standing"}), kit=frozenset())
    with pytest.raises(Emptied) as caught:
        plan(session(slot("low")), only(CATALOGUE, "low", "mid", "high", "stand"), nowhere)
    assert caught.value.rule == "avoid-floor"
    assert "avoid-floor" in str(caught.value)


def test_under_16_brings_advice():
    made = played(Request(age_band="teen"), slot("mid"), slot("squat-mid"))
    advice, *moved = made.changes
    assert advice.rule == "under-16"
    assert "adult" in advice.because.said()
    assert "less sport" in advice.because.said()
    assert [change.rule for change in moved] == ["under-16-rung"] * 2
    assert not any("adult" in change.because.said() for change in moved)


def test_under_16_and_new_is_one_rung_down_all_the_same():
    ladder = slot("high", rungs=["low", "mid", "high"])
    (made,) = played(Request(age_band="teen", experience="new"), ladder).slots
    assert made.choice.doing("both") == "mid"
    assert made.choice.rungs == ("low", "mid")


def test_under_16_no_strong_rung_where_a_lower_one_is_allowed():
    strong = movement("strong", level="strong", harder="top")
    top = movement("top", level="strong", easier="strong")
    found = Catalogue({e.slug: e for e in (CATALOGUE.exercises["low"], strong, top)})
    asked = session(slot("top", rungs=["low", "strong", "top"]))
    (made,) = plan(asked, found, Request(age_band="teen")).slots
    assert made.choice.rungs == ("low",)
    (alone,) = plan(session(slot("top", rungs=["top"])), found, Request(age_band="teen")).slots
    assert alone.choice.rungs == ("top",)


def test_what_is_written_stays_where_the_rung_below_stands_on_one_leg():
    """On two feet nobody is told not to stand on one leg."""
    two = movement("two", "standing", FEET, 7, muscle="calf")
    one = movement("one", "standing", ON_LEFT, 7, muscle="calf", side="right")
    other = movement("other", muscle="calf")
    found = Catalogue({each.slug: each for each in (two, one, other)})
    asked = session(slot("two", rungs=["one", "two"], sides="each"))
    for request in (Request(left=RED), Request(left=AMBER), Request(experience="new")):
        made = plan(asked, found, request)
        assert set(map(made.slots[0].choice.doing, ("left", "right"))) == {"two"}
        assert not made.changes


def test_what_is_written_stays_where_the_rung_below_needs_what_is_not_there():
    two = movement("two", "standing", FEET, 7, muscle="calf")
    held = movement("held", "standing", FEET, 7, muscle="calf", kit=["chair"])
    found = Catalogue({e.slug: e for e in (two, held, movement("other", muscle="calf"))})
    asked = session(slot("two", rungs=["held", "two"]))
    made = plan(asked, found, Request(left=AMBER, kit=frozenset()))
    assert made.slots[0].choice.doing("both") == "two"
    assert not made.changes
    (change,) = plan(asked, found, Request(left=AMBER)).changes
    assert (change.rule, change.exercises) == ("amber-rung", ("two", "held"))


@pytest.mark.parametrize(
    ("now", "week", "zone"),
    [
        (0, 0, "green"),
        (2, 4, "green"),
        (3, 0, "amber"),
        (0, 5, "amber"),
        (4, 10, "amber"),
        (5, 5, "red"),
        (6, 0, "red"),
        (7, 0, "flare"),
    ],
)
def test_zones(now, week, zone):
    assert zone_of(Knee(now=now, week=week), Thresholds()) == zone


def test_thresholds_of_the_owner_move_the_zones():
    rules = Thresholds(amber=1, red=2, flare=4)
    assert zone_of(Knee(now=2), rules) == "red"
    assert Today(Request(left=Knee(now=4)), rules).flaring == ("left",)
    made = played(Request(left=Knee(now=1)), slot("squat-mid"), rules=rules)
    assert {change.rule for change in made.changes} == {"amber-rung"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_row_can_be_printed_and_says_where_it_comes_from(rule):
    rules = Thresholds()
    for text in (rule.when_said(rules), rule.then_said(rules)):
        assert text.endswith(".")
        assert "%" not in text
    assert rule.source == "design" or rule.source in PACK.evidence
    shouted = rule.when_said(rules, lambda text: text.replace("You", "Thou"))
    assert "You" not in shouted


def test_every_threshold_but_those_of_the_check_stands_in_the_table():
    printed = " ".join(chain.from_iterable((rule.when, rule.then) for rule in RULES))
    missing = {name for name in values_of(Thresholds()) if f"%({name})s" not in printed}
    assert missing == {"check_days"}
