# SPDX-License-Identifier: Apache-2.0
"""How a movement went, on each side: by examples, and laws that hold for every log."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.outcomes.events import EVENT, Event
from hipfirst.outcomes.went import (
    BoutAsked,
    Felt,
    MovementAsked,
    Outcome,
    SlotAsked,
    outcome,
)

PHONE = uuid.UUID(int=1)


def movements(*slugs: str, sided: bool = True) -> tuple[MovementAsked, ...]:
    return tuple(MovementAsked(slug, sided) for slug in slugs)


def bouts(*sides: Any, **easier_by: int) -> tuple[BoutAsked, ...]:
    return tuple(BoutAsked(side, easier_by.get(side, 0)) for side in sides)


CLAM = SlotAsked(
    id="clam",
    movements=movements("clam-easy", "clam", "clam-band") + movements("press", sided=False),
    rungs=3,
    start_rung=1,
    bouts=bouts("left", "right", "left", "right"),
)
BRIDGE = SlotAsked(
    id="bridge",
    movements=movements("bridge", "bridge-march", sided=False),
    rungs=2,
    start_rung=0,
    bouts=bouts("both", "both"),
)
SLOTS = (CLAM, BRIDGE)


def log(*bodies: dict[str, Any]) -> list[Event]:
    numbers = count(1)
    return [
        EVENT.validate_python(
            {"id": uuid.UUID(int=n), "device": PHONE, "seq": n, "at": "2026-03-02T07:30:00Z"} | body
        )
        for n, body in zip(numbers, bodies, strict=False)
    ]


def moved(slot: str, bout: int) -> dict[str, Any]:
    return {"type": "moved", "slot": slot, "bout": bout, "via": "auto"}


def done(slot: str, bout: int, rung: int, *, complete: bool = True) -> dict[str, Any]:
    return {
        "type": "done",
        "slot": slot,
        "bout": bout,
        "rung": rung,
        "reps": 8,
        "seconds": 30,
        "complete": complete,
    }


def rated(left: int | None = 0, right: int | None = 0, effort: int | None = 5) -> dict[str, Any]:
    return {"type": "rated", "pain_left": left, "pain_right": right, "effort": effort}


def hurt(slot: str, rung: int, where: str, pain: int | None) -> dict[str, Any]:
    return {"type": "hurt", "slot": slot, "rung": rung, "where": where, "pain": pain}


def changed(kind: str, slot: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "slot": slot, **more}


WHOLE = [done("clam", n, 1) for n in range(4)] + [done("bridge", n, 0) for n in range(2)]


def of(events: Iterable[Event], slots: tuple[SlotAsked, ...] = SLOTS) -> Outcome:
    return outcome(slots, events, amber=3, easy_effort=3)


def went(*bodies: dict[str, Any], slots: tuple[SlotAsked, ...] = SLOTS) -> dict[Any, str]:
    return {(each.exercise, each.side): each.went for each in of(log(*bodies), slots).movements}


def test_what_was_not_begun_says_nothing() -> None:
    assert went() == {}
    assert went({"type": "started"}, moved("clam", 0), {"type": "finished"}) == {}
    assert went(done("bridge", 0, 0), done("bridge", 1, 0)) == {("bridge", "both"): "well"}


def test_all_of_it_is_well_and_with_little_effort_easy() -> None:
    every = {("clam", "left"), ("clam", "right"), ("bridge", "both")}
    assert went(*WHOLE) == dict.fromkeys(every, "well")
    assert went(*WHOLE, rated(effort=4)) == dict.fromkeys(every, "well")
    assert went(*WHOLE, rated(effort=3)) == dict.fromkeys(every, "easy")


@pytest.mark.parametrize(
    ("left", "right", "easy"),
    [
        (2, 2, {"left", "right", "both"}),
        (3, 0, {"right"}),
        (0, 9, {"left"}),
        (None, 0, {"right", "both"}),
        (None, None, set()),
    ],
)
def test_a_sore_knee_was_not_easy_and_the_other_may_have_been(
    left: int | None, right: int | None, easy: set[str]
) -> None:
    found = went(*WHOLE, rated(left, right, effort=1))
    assert {side for (_slug, side), each in found.items() if each == "easy"} == easy


def test_less_than_asked_for_is_short_on_that_side_alone() -> None:
    found = went(done("clam", 0, 1), done("clam", 2, 1), done("clam", 1, 1))
    assert found == {("clam", "left"): "well", ("clam", "right"): "short"}
    found = went(done("clam", 0, 1, complete=False), done("clam", 2, 1))
    assert found == {("clam", "left"): "short"}


def test_too_hard_is_said_of_the_side_at_hand() -> None:
    swap = changed("swapped", "clam", rung=0, reason="too-hard")
    found = went(
        done("clam", 0, 1),
        done("clam", 1, 1),
        moved("clam", 2),
        swap,
        done("clam", 2, 0),
        done("clam", 3, 0),
    )
    assert found == {
        ("clam", "left"): "too-hard",
        ("clam", "right"): "well",
        ("clam-easy", "left"): "well",
        ("clam-easy", "right"): "well",
    }


def test_skipped_as_too_hard_is_said_even_before_it_began() -> None:
    skip = changed("skipped", "bridge", reason="too-hard")
    assert went(moved("clam", 0), skip) == {("bridge", "both"): "too-hard"}


@pytest.mark.parametrize("reason", ["", "no-space", "no-kit", "not-today", "too-easy"])
def test_other_reasons_say_nothing_of_the_movement(reason: str) -> None:
    assert went(moved("clam", 0), changed("skipped", "clam", reason=reason)) == {}


def test_stepping_down_and_working_there_was_too_hard_and_looking_was_not() -> None:
    down, up = (changed("rung-changed", "clam", rung=rung) for rung in (0, 1))
    worked = [done("clam", 0, 1), moved("clam", 2), down, done("clam", 2, 0)]
    assert went(*worked)["clam", "left"] == "too-hard"
    looked = [done("clam", 0, 1), moved("clam", 2), down, up, done("clam", 2, 1)]
    assert went(*looked) == {("clam", "left"): "well"}


def test_a_repeat_of_a_swap_says_nothing_of_the_easier_movement() -> None:
    events = log(moved("clam", 0), changed("swapped", "clam", rung=0, reason="too-hard"))
    assert of([*events, *events]) == of(events)


def test_hurt_is_said_of_the_knee_and_of_both_where_both_work() -> None:
    hurts = [hurt("clam", 1, "right", 3), hurt("bridge", 0, "left", 6)]
    found = went(*WHOLE, *hurts, rated(effort=1))
    assert found == {
        ("clam", "left"): "easy",
        ("clam", "right"): "hurt",
        ("bridge", "both"): "hurt",
    }


def test_a_little_pain_and_pain_elsewhere_are_no_hurt() -> None:
    calm = [hurt("clam", 1, "right", 2), hurt("clam", 1, "elsewhere", None)]
    assert set(went(*WHOLE, *calm).values()) == {"well"}


def test_skipped_because_it_hurts_without_saying_where_hurt_at_hand() -> None:
    skip = changed("skipped", "clam", reason="hurts")
    assert went(done("clam", 1, 1), moved("clam", 3), skip) == {("clam", "right"): "hurt"}
    assert went(moved("clam", 2), hurt("clam", 1, "left", 4), skip) == {("clam", "left"): "hurt"}
    assert went(moved("clam", 3), hurt("clam", 1, "left", 2), skip) == {}


def test_a_knee_that_stood_while_the_other_side_worked_says_hurt_of_both() -> None:
    """Only the left was lifted, and the right knee, which carried it, hurt."""
    both = {("clam", "left"): "hurt", ("clam", "right"): "hurt"}
    pain = hurt("clam", 1, "right", 6)
    assert went(done("clam", 0, 1), done("clam", 2, 1), pain) == both
    assert went(moved("clam", 0), pain) == both
    assert went(moved("clam", 0), moved("bridge", 0), pain) == both
    # Before the right begins it is open which of the two is meant: the last done, or the next.
    assert went(moved("clam", 2), done("clam", 2, 1), moved("clam", 3), pain) == both
    worked = [moved("clam", 2), done("clam", 2, 1), moved("clam", 3), done("clam", 3, 1)]
    assert went(*worked, pain) == {("clam", "left"): "short", ("clam", "right"): "hurt"}


def test_what_is_told_later_of_the_other_side_takes_nothing_back() -> None:
    worked = [moved("clam", 0), hurt("clam", 1, "right", 3), moved("clam", 1), done("clam", 1, 1)]
    assert went(*worked) == {("clam", "left"): "hurt", ("clam", "right"): "hurt"}


def test_a_side_that_is_at_hand_in_another_exercise_is_not_blamed() -> None:
    found = went(moved("bridge", 0), hurt("clam", 1, "right", 6))
    assert found == {("clam", "right"): "hurt"}


@pytest.mark.parametrize(("where", "pain"), [("right", 2), ("elsewhere", 6)])
def test_the_side_at_hand_hurts_only_with_a_knee_that_is_amber(where: str, pain: int) -> None:
    assert went(moved("clam", 0), done("clam", 0, 1), hurt("clam", 1, where, pain)) == {
        ("clam", "left"): "short"
    }


@pytest.mark.parametrize("pain", [1, 6])
def test_pain_of_one_movement_does_not_answer_for_another(pain: int) -> None:
    skip = changed("skipped", "clam", reason="hurts")
    found = went(moved("clam", 3), skip, hurt("bridge", 0, "left", pain))
    assert found[("clam", "right")] == "hurt"
    assert (("bridge", "both") in found) == (pain == 6)


def test_each_side_answers_for_its_own_rung() -> None:
    slot = SlotAsked("clam", CLAM.movements, 3, 1, bouts("left", "right", left=1))
    skip = changed("skipped", "clam", reason="too-hard")
    assert went(moved("clam", 0), skip, slots=(slot,)) == {("clam-easy", "left"): "too-hard"}
    assert went(moved("clam", 1), skip, slots=(slot,)) == {("clam", "right"): "too-hard"}


def test_a_stand_in_that_knows_no_sides_is_of_both() -> None:
    assert went(*(done("clam", n, 3) for n in range(4))) == {("press", "both"): "well"}


def test_the_worst_of_a_knee_is_what_was_reported_or_rated() -> None:
    events = log(hurt("clam", 1, "left", 4), rated(left=2, right=1))
    assert of(events).felt == Felt(left=4, right=1)
    assert of(log()).felt == Felt()


def test_a_timeline_without_slots_says_nothing() -> None:
    assert outcome((), log({"type": "started"}), amber=3, easy_effort=3) == Outcome()


def bodies() -> st.SearchStrategy[dict[str, Any]]:
    slot = st.sampled_from(["clam", "bridge", "gone"])
    rung, bout = st.integers(0, 4), st.integers(0, 4)
    score = st.none() | st.integers(0, 10)
    reason = st.sampled_from(["hurts", "too-hard", "too-easy", "no-kit"])
    return st.one_of(
        st.builds(moved, slot, bout),
        st.builds(done, slot, bout, rung, complete=st.booleans()),
        st.builds(rated, score, score, score),
        st.builds(hurt, slot, rung, st.sampled_from(["left", "right"]), st.integers(0, 10)),
        st.builds(changed, st.just("swapped"), slot, rung=rung, reason=reason),
        st.builds(changed, st.just("skipped"), slot, reason=reason),
        st.builds(changed, st.just("rung-changed"), slot, rung=rung),
    )


LOGS = st.lists(bodies(), max_size=25).map(lambda found: log(*found))


@given(events=LOGS, data=st.data())
def test_order_of_arrival_and_repeats_change_nothing(events: list[Event], data: Any) -> None:
    again = events + data.draw(st.lists(st.sampled_from(events), max_size=5)) if events else []
    assert of(data.draw(st.permutations(again))) == of(events)


@given(events=LOGS)
def test_each_movement_is_told_of_once_on_a_side_it_has(events: list[Event]) -> None:
    found = of(events).movements
    assert len({(each.exercise, each.side, each.slot) for each in found}) == len(found)
    for each in found:
        assert (each.side == "both") == (each.exercise in {"press", "bridge", "bridge-march"})


@given(events=LOGS)
def test_easy_asks_for_little_effort_and_calm_knees(events: list[Event]) -> None:
    found = of(events)
    ratings = [each for each in events if each.type == "rated"]
    for each in found.movements:
        if each.went == "easy":
            last = ratings[-1]
            assert last.effort is not None
            assert last.effort <= 3
            knees = {"left": last.pain_left, "right": last.pain_right}
            assert all((knees[side] or 0) < 3 for side in knees if each.side in {side, "both"})


@given(events=LOGS)
def test_whatever_hurt_amber_or_more_is_never_told_of_as_fine(events: list[Event]) -> None:
    found = {(each.exercise, each.side, each.slot): each.went for each in of(events).movements}
    by_id = {slot.id: slot for slot in SLOTS}
    for each in events:
        slot = by_id.get(getattr(each, "slot", ""))
        if each.type != "hurt" or slot is None or each.where == "elsewhere":
            continue
        if each.rung < len(slot.movements):
            line = slot.line(each.rung, each.where)
            assert each.pain is not None
            assert each.pain < 3 or found[line] == "hurt"


@given(events=LOGS, bout=st.integers(0, 3), where=st.sampled_from(["left", "right"]))
def test_whichever_knee_hurts_the_side_that_worked_last_is_not_fine(
    events: list[Event], bout: int, where: str
) -> None:
    told = log(done("clam", bout, 1), hurt("clam", 1, where, 3))
    after = [
        e.model_copy(update={"seq": len(events) + e.seq, "id": uuid.UUID(int=1000 + e.seq)})
        for e in told
    ]
    found = {(each.exercise, each.side): each.went for each in of([*events, *after]).movements}
    assert found["clam", CLAM.bouts[bout].side] == "hurt"
    assert found["clam", where] == "hurt"
