# SPDX-License-Identifier: Apache-2.0
import pytest

from hipfirst.packs.documents import WorkPlan
from hipfirst.planning.dose import filling, fitted, seconds, work
from planning.make import make_exercise

LIFT = make_exercise("lift", work={"reps": 6})  # 6 s a repetition
HOLD = make_exercise("hold", work={"hold_s": 20})  # 5 s in and out


@pytest.mark.parametrize("plan", [WorkPlan(reps=7), WorkPlan(hold_s=12, tempo={"lower": 5})])
def test_seconds_are_those_of_the_work(plan):
    assert seconds(LIFT, plan) == work(LIFT, plan).seconds


@pytest.mark.parametrize(
    ("asked", "longest_s", "left"),
    [
        (WorkPlan(reps=5), 30, WorkPlan(reps=5)),
        (WorkPlan(reps=5), 29.9, WorkPlan(reps=4)),
        (WorkPlan(reps=5), 5.9, None),
        (WorkPlan(hold_s=20), 25, WorkPlan(hold_s=20)),
        (WorkPlan(hold_s=20), 21.5, WorkPlan(hold_s=16)),
        (WorkPlan(hold_s=20), 9.9, None),
    ],
)
def test_work_is_fitted_and_never_longer(asked, longest_s, left):
    assert fitted(LIFT, asked, longest_s) == left


@pytest.mark.parametrize(("longest_s", "reps"), [(60, 10), (200, 12), (36, 6), (18, 3), (3, None)])
def test_repetitions_fill_the_time_up_to_twice_as_many_as_usual(longest_s, reps):
    found = filling(LIFT, longest_s)
    assert (found.reps if found else None) == reps


def test_a_hold_stays_as_long_as_it_usually_is():
    assert filling(HOLD, 100) == WorkPlan(hold_s=20)
    assert filling(HOLD, 15) == WorkPlan(hold_s=10)


def test_without_usual_work_or_a_phase_to_hold_nothing_fits():
    swing = make_exercise("swing", seconds=[("out", 1, False)], work={"hold_s": 20})
    assert filling(make_exercise("plain"), 60) is None
    assert filling(swing, 60) is None
    with pytest.raises(ValueError, match="no motion"):
        seconds(make_exercise("still", motion=None), WorkPlan(reps=1))
