# SPDX-License-Identifier: Apache-2.0
import pytest

from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import plan, written
from hipfirst.planning.request import Felt, Knee, LastTime, Request
from planning.knees import CATALOGUE, FEET, LYING, movement, session, slot
from planning.requests import CATALOGUE as STARTER
from planning.requests import SESSIONS


def offered(slug, request=None, catalogue=CATALOGUE, **changes):
    (made,) = plan(session(slot(slug, **changes)), catalogue, request or Request()).slots
    return made.substitutes


def catalogue(*exercises):
    return Catalogue({exercise.slug: exercise for exercise in exercises})


def test_what_hurts_is_replaced_by_less_push_on_the_knees():
    assert offered("bridge")["hurts"] == "bridge-far"
    assert offered("squat")["hurts"] == "squat-mid"


def test_no_harder_rung_is_offered_for_what_hurts():
    low = movement("low", contacts=LYING, bend=90, harder="up")
    up = movement("up", contacts=LYING, bend=40, easier="low")
    assert "hurts" not in offered("low", catalogue=catalogue(low, up), rungs=["low"])


def test_too_hard_is_a_rung_down_and_too_easy_a_rung_up():
    found = offered("mid")
    assert (found["too-hard"], found["too-easy"]) == ("low", "high")


def test_without_a_rung_a_gentler_or_a_stronger_movement_stands_in():
    press = movement("press", muscle="adductors", level="steady")
    gentle, strong = (movement(n, muscle="adductors", level=n) for n in ("gentle", "strong"))
    found = offered("press", catalogue=catalogue(press, gentle, strong))
    assert (found["too-hard"], found["too-easy"]) == ("gentle", "strong")


def test_under_16_nothing_harder_is_offered():
    mid, high = CATALOGUE.exercises["mid"], CATALOGUE.exercises["high"]
    teen = Request(age_band="teen")
    found = offered("mid", teen, catalogue(mid, high), rungs=["mid"])
    assert "too-easy" not in found


def test_under_16_the_next_rung_is_not_offered_either():
    found = offered("high", Request(age_band="teen"), rungs=["low", "mid", "high"])
    assert found["too-hard"] == "low"
    assert "too-easy" not in found


def test_nothing_harder_is_offered_where_a_knee_holds():
    assert offered("low", rungs=["low", "mid"])["too-easy"] == "mid"
    for held in (Request(left=Knee(now=3)), Request(hurts=frozenset({"jumping"}))):
        assert "too-easy" not in offered("low", held, rungs=["low", "mid"])


@pytest.mark.parametrize(
    ("rungs", "offered_"), [(("low", "high"), "other"), (("least", "low", "high"), "least")]
)
def test_the_side_that_does_less_gets_something_else_too(rungs, offered_):
    names = ("least", "low", "high", "other")
    one_sided = (movement(name, muscle="gluteus-medius", side="right") for name in names)
    found = catalogue(*(each for each in one_sided if each.slug in {*rungs, "other"}))
    felt = Felt(exercise="high", knee="left", pain=3, days_ago=1)
    asked = session(slot("high", rungs=list(rungs), sides="each"))
    (made,) = plan(asked, found, Request(felt=(felt,))).slots
    doing = {side: made.choice.doing(side) for side in made.choice.at}
    assert doing == {"left": "low", "right": "high"}
    # The rung below that of the right side leads the left one a rung down as well.
    down = "low" if offered_ == "least" else offered_
    assert made.substitutes["too-hard"] == down
    assert made.substitutes["hurts"] == offered_


def test_what_hurts_gives_way_to_a_movement_that_only_helps_rather_than_to_nothing():
    press = movement("press", contacts=LYING, bend=60, muscle="adductors")
    helps = [
        {"muscle": "calf", "role": "main", "side": "both"},
        {"muscle": "adductors", "role": "helps", "side": "both"},
    ]
    near = movement("near", muscles=helps)
    found = catalogue(press, movement("far", muscle="calf"), near)
    assert offered("press", catalogue=found) == {"hurts": "near"}


def test_what_hurts_gives_way_to_anything_gentle_at_last():
    press = movement("press", contacts=LYING, bend=60, muscle="adductors")
    deep = movement("deep", "standing", FEET, 80, muscle="calf")
    still = movement("still", work={"hold_s": 20}, muscle="hamstrings")
    found = catalogue(press, deep, movement("far", muscle="calf"), still)
    assert offered("press", catalogue=found) == {"hurts": "still"}
    assert offered("press", catalogue=catalogue(press, deep)) == {}


@pytest.mark.parametrize("session_", SESSIONS, ids=lambda each: each.slug)
def test_whatever_hurts_in_a_session_as_written_something_stands_ready(session_):
    made = written(session_, STARTER)
    ready = {slot.plan.id for slot in made.slots if "hurts" in slot.substitutes}
    # A test is done as it is, or skipped: with another movement it would be another test.
    assert ready == {slot.plan.id for slot in made.slots if not slot.plan.work.is_test}


def test_without_space_one_stands_or_sits_in_one_place():
    found = offered("side", sides="each")
    assert CATALOGUE.exercises[found["no-space"]].position == "standing"


def test_without_kit_floor_and_wall_are_enough():
    needs = movement("needs", kit=["cushion"])
    plain = movement("plain")
    assert offered("needs", catalogue=catalogue(needs, plain))["no-kit"] == "plain"


def test_not_today_is_another_movement_and_not_another_rung():
    other = movement("other")
    ladder = [CATALOGUE.exercises[slug] for slug in ("low", "mid", "high")]
    assert offered("mid", catalogue=catalogue(*ladder, other))["not-today"] == "other"
    assert "not-today" not in offered("mid", catalogue=catalogue(*ladder))


def test_only_what_is_allowed_today_is_offered():
    deep = movement("deep", "standing", FEET, 80, "calf", level="gentle")
    calf = CATALOGUE.exercises["calf"].model_copy(update={"position": "standing"})
    both = catalogue(calf.model_copy(update={"motion": CATALOGUE.exercises["sit"].motion}), deep)
    assert offered("calf", Request(), both)["not-today"] == "deep"
    assert "not-today" not in offered("calf", Request(left=Knee(now=5)), both)


def test_a_movement_without_usual_work_stands_in_for_none():
    plain, other = movement("plain"), movement("other", work=None)
    assert offered("plain", catalogue=catalogue(plain, other)) == {}


def test_a_movement_that_is_played_elsewhere_is_offered_late():
    names = ("first", "second", "third")
    three = catalogue(*(movement(name) for name in names))
    made = plan(session(slot("first"), slot("second")), three, Request())
    assert [s.substitutes["not-today"] for s in made.slots] == ["third", "third"]


ON_ONE = ({"surface": "floor", "points": ["foot-left"]},)


def hurts(now, *others, sides="both"):
    found = catalogue(now, *others)
    return offered(now.slug, catalogue=found, rungs=[now.slug], sides=sides).get("hurts")


def test_where_one_leg_stands_alone_what_stands_in_does_not_stand_alone_on_it():
    now = movement("now", "standing", ON_ONE, 30, side="right")
    alone = movement("alone", "standing", ON_ONE, 5, side="right")
    lying = movement("lying", muscle="calf")
    assert hurts(now, alone, sides="each") is None
    assert hurts(now, alone, lying, sides="each") == "lying"


@pytest.mark.parametrize(("bend", "fits"), [(31, False), (30, True), (20, True)])
def test_what_hurts_under_load_gives_way_to_a_clearly_smaller_bend(bend, fits):
    now = movement("now", "standing", FEET, 40)
    less = movement("less", "standing", FEET, bend)
    assert hurts(now, less) == ("less" if fits else None)


def test_of_a_small_bend_a_quarter_is_less():
    now = movement("now", "standing", FEET, 20)
    assert hurts(now, movement("less", "standing", FEET, 16)) is None
    assert hurts(now, movement("less", "standing", FEET, 15)) == "less"


def test_what_hurts_never_gives_way_to_lying_on_a_kneecap():
    now = movement("now")
    caps = ({"surface": "mat", "points": ["kneecap-left", "kneecap-right"]},)
    prone = movement("prone", "prone", caps)
    assert hurts(now, prone) is None
    assert hurts(movement("now", "prone", caps), prone) == "prone"


@pytest.mark.parametrize("muscle", ["vasti", "rectus-femoris"])
def test_what_hurts_never_gives_way_to_straightening_the_knee(muscle):
    extends = movement("extends", muscle=muscle)
    assert hurts(movement("now"), extends) is None
    assert hurts(movement("now", muscle="vasti"), extends) == "extends"


def test_nothing_harder_is_offered_that_a_held_knee_would_carry():
    """Only the right side works, so the left knee matters in what is offered alone."""
    now = movement("now", side="right")
    strong = movement("strong", "standing", ON_ONE, 5, side="right", level="strong")
    found = catalogue(now, strong)
    asked = {"catalogue": found, "rungs": ["now"], "sides": "weaker"}
    assert offered("now", Request(weaker="right"), **asked)["too-easy"] == "strong"
    held = Request(weaker="right", left=Knee(now=3))
    assert "too-easy" not in offered("now", held, **asked)


@pytest.mark.parametrize(
    "request_",
    [
        Request(left=Knee(now=3)),
        Request(right=Knee(now=5)),
        Request(left=Knee(week=5)),
        Request(last=LastTime(pain_left=3)),
        Request(last=LastTime(pain_right=5)),
        Request(hurts=frozenset({"running"})),
        Request(left=Knee(now=7)),
        Request(age_band="teen"),
    ],
)
def test_every_hold_closes_what_is_harder(request_):
    low, high = movement("low", harder="high"), movement("high", easier="low", level="strong")
    assert "too-easy" not in offered("low", request_, catalogue(low, high), rungs=["low", "high"])


def test_flare_day_offers_nothing_harder():
    low, high = movement("low", harder="high"), movement("high", easier="low", level="strong")
    asked = session(slot("low", rungs=["low", "high"])).model_copy(update={"slug": "flare-day"})
    (made,) = plan(asked, catalogue(low, high), Request()).slots
    assert "too-easy" not in made.substitutes
