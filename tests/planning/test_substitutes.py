# SPDX-License-Identifier: Apache-2.0
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import plan
from hipfirst.planning.request import Knee, Request
from planning.knees import CATALOGUE, FEET, LYING, movement, session, slot


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
