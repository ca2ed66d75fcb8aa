# SPDX-License-Identifier: Apache-2.0
from hipfirst.planning.plan import OVER, plan
from hipfirst.planning.request import Request
from planning.knees import CATALOGUE, session, slot


def made(minutes, *slots, **more):
    return plan(session(*slots), CATALOGUE, Request(minutes=minutes, **more))


def done(plan):
    return {each.plan.id: each.dose.sets for each in plan.slots}


def test_sets_go_before_slots_and_the_most_before_the_latest():
    slots = (slot("mid", sets=3), slot("bridge", sets=2), slot("squat", sets=3))
    assert done(made(9, *slots)) == {"mid": 3, "bridge": 2, "squat": 3}
    assert done(made(7, *slots)) == {"mid": 3, "bridge": 2, "squat": 2}
    assert done(made(5, *slots)) == {"mid": 2, "bridge": 1, "squat": 1}


def test_slots_go_whose_muscles_the_others_train():
    long = {"work": {"reps": 24}}
    slots = (slot("mid", **long), slot("low", **long), slot("bridge", **long))
    found = made(5, *slots)
    assert done(found) == {"mid": 1, "bridge": 1}
    (change,) = found.changes
    assert (change.rule, change.exercises) == ("minutes", ("low", ""))
    because = "You have 5 minutes today. Other movements train most of its muscles."
    assert change.because.said() == because


def test_extras_for_the_weaker_side_go_before_what_they_add_to():
    slots = (slot("side", sides="each"), slot("side", id="more", sides="weaker", sets=2))
    found = done(made(5, *slots, slot("calf", work={"reps": 20}), weaker="left"))
    assert "side" in found
    assert "more" not in found


def test_the_last_movement_for_a_hip_muscle_outlasts_others():
    long = {"work": {"reps": 24}}
    slots = (slot("bridge", **long), slot("press", **long), slot("calf", **long))
    found = done(made(5, *slots))
    assert "calf" not in found
    assert "bridge" in found


def test_one_slot_always_stays_and_its_work_gives_way():
    found = made(5, slot("mid", work={"reps": 100}))
    assert done(found) == {"mid": 1}
    assert found.seconds <= OVER * 300
    assert [change.rule for change in found.changes] == ["minutes"]


def test_rests_give_way_to_movements_that_take_longer_to_get_into():
    slots = [slot("sit", id=f"s{n}", rest_s=10, work={"reps": 5}) for n in range(7)]
    written = made(None, *slots)
    assert 300 > written.seconds > 290
    found = made(5, *slots, avoid=frozenset({"supine"}))
    assert len(found.slots) == 7
    assert found.seconds <= OVER * 300


def test_the_weaker_side_alone_takes_half_the_time():
    extra = slot("side", sides="weaker", sets=2)
    (both,) = made(None, extra).slots
    (left,) = made(None, extra, weaker="left").slots
    assert {bout.side for bout in both.bouts} == {"left", "right"}
    assert [bout.side for bout in left.bouts] == ["left", "left"]
    assert not made(None, extra, weaker="left").changes


def test_a_stand_in_takes_no_longer_than_what_it_replaces():
    (hold,) = made(None, slot("lunge", sides="each"), avoid=frozenset({"kneeling"})).slots
    assert hold.work_s["left"] <= 50
    assert hold.works[hold.choice.doing("left")].reps == 10
