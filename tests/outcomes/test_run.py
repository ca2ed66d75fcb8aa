# SPDX-License-Identifier: Apache-2.0
"""The fold: shared cases, and laws that hold for every log."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hipfirst.outcomes.events import EVENT, Event
from hipfirst.outcomes.run import RunShape, RunState, SlotShape, fold, misfit, read

CASES = sorted((Path(__file__).parents[1] / "wire" / "fold").glob("*.json"))
SHAPE = RunShape(
    slots=(
        SlotShape(id="clam", bouts=4, rungs=2),
        SlotShape(id="bridge", bouts=2, rungs=3, start_rung=1),
    )
)
DEVICES = [str(uuid.UUID(int=n)) for n in (1, 2)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_shared_case(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    shape = RunShape.model_validate(case["shape"])
    reading = read(shape, case["events"])
    problems = [{"index": p.index, "id": p.id, "field": p.field} for p in reading.problems]
    assert problems == case["problems"]
    assert fold(shape, reading.events) == RunState.model_validate(case["state"])


def bodies() -> st.SearchStrategy[dict[str, Any]]:
    place = {"slot": st.sampled_from(["clam", "bridge"]), "bout": st.integers(0, 1)}
    work = {
        "rung": st.integers(0, 1),
        "reps": st.integers(0, 12),
        "seconds": st.integers(0, 90),
        "complete": st.booleans(),
    }
    return st.one_of(
        *(st.just({"type": kind}) for kind in ("started", "paused", "resumed", "finished")),
        st.fixed_dictionaries({"type": st.just("moved"), "via": st.just("next"), **place}),
        st.fixed_dictionaries({"type": st.just("done"), **place, **work}),
        st.fixed_dictionaries(
            {"type": st.just("rung-changed"), "slot": place["slot"], "rung": st.integers(0, 1)}
        ),
        st.fixed_dictionaries({"type": st.just("skipped"), "slot": place["slot"]}),
        st.fixed_dictionaries(
            {
                "type": st.just("swapped"),
                "slot": place["slot"],
                "rung": st.integers(0, 1),
                "reason": st.sampled_from(["hurts", "no-kit"]),
            }
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("hurt"),
                "slot": place["slot"],
                "rung": st.integers(0, 1),
                "where": st.sampled_from(["left", "right", "elsewhere"]),
                "pain": st.integers(0, 10),
            }
        ),
        st.fixed_dictionaries({"type": st.just("rated"), "effort": st.none() | st.integers(0, 10)}),
        st.fixed_dictionaries({"type": st.just("rest-added"), "seconds": st.just(15), **place}),
    )


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    numbered = draw(st.lists(st.tuples(bodies(), st.sampled_from(DEVICES), st.integers(1, 9))))
    return [
        EVENT.validate_python(
            {
                **body,
                "id": uuid.UUID(int=n),
                "device": device,
                "seq": seq,
                "at": "2026-03-02T07:30:00Z",
            }
        )
        for n, (body, device, seq) in enumerate(numbered)
    ]


@given(logs(), st.randoms(use_true_random=False), st.integers(0, 5))
def test_order_of_arrival_and_repeats_change_nothing(log, random, repeats) -> None:
    shuffled = log + log[:repeats]
    random.shuffle(shuffled)
    assert fold(SHAPE, shuffled) == fold(SHAPE, log)


@given(logs(), logs())
def test_work_done_is_never_lost(first, second) -> None:
    before, after = fold(SHAPE, first), fold(SHAPE, first + second[len(first) :])
    for slot_before, slot_after in zip(before.slots, after.slots, strict=True):
        for was, now in zip(slot_before.bouts, slot_after.bouts, strict=True):
            assert now.complete >= was.complete
            assert now.rest_added_s >= was.rest_added_s
            assert (now.complete, now.reps, now.seconds) >= (was.complete, was.reps, was.seconds)


@given(logs())
def test_no_report_of_pain_is_lost(log) -> None:
    told = [event for event in log if event.type == "hurt"]
    assert len(fold(SHAPE, log).hurts) == len(told)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
GOOD = {
    "id": DEVICES[0],
    "device": DEVICES[0],
    "seq": 1,
    "at": "2026-03-02T07:30:00Z",
    "type": "moved",
    "slot": "clam",
    "bout": 0,
    "via": "next",
}


@given(st.lists(JSON | st.builds(lambda k, v: GOOD | {k: v}, st.sampled_from([*GOOD]), JSON)))
def test_any_json_is_either_kept_or_told(raw) -> None:
    reading = read(SHAPE, raw)
    assert len(reading.events) + len({p.index for p in reading.problems}) == len(raw)
    assert all(misfit(SHAPE, event) is None for event in reading.events)
    fold(SHAPE, reading.events)


def test_a_problem_says_what_is_allowed() -> None:
    problems = read(SHAPE, [GOOD | {"slot": "squat"}, GOOD | {"bout": 4}]).problems
    assert "clam, bridge" in problems[0].message
    assert "bouts 0 to 3" in problems[1].message


def test_the_fold_passes_over_what_does_not_fit() -> None:
    stray = EVENT.validate_python(GOOD | {"slot": "squat"})
    assert fold(SHAPE, [stray]) == fold(SHAPE, [])


@pytest.mark.parametrize(
    "slots",
    [
        [],
        [{"id": "clam", "bouts": 1, "rungs": 1, "start_rung": 1}],
        [{"id": "clam", "bouts": 1, "rungs": 1}, {"id": "clam", "bouts": 2, "rungs": 1}],
    ],
    ids=["no slot", "start rung beyond the last", "ids repeat"],
)
def test_an_impossible_shape_is_refused(slots) -> None:
    with pytest.raises(ValidationError):
        RunShape.model_validate({"slots": slots})
