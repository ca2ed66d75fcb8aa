# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from body.strategies import degrees, leg_raise, motions, sit, stand
from hipfirst.body import clip as clips
from hipfirst.body import props
from hipfirst.body.checks import faults
from hipfirst.body.errors import RejectedMotionError
from hipfirst.body.joints import ANGLE_INDEX, ANGLE_NAMES
from hipfirst.body.mirroring import mirror_motion
from hipfirst.body.motion import Align, Contact, Phase, Touch
from hipfirst.body.props import Prop
from hipfirst.body.record import record
from hipfirst.body.solve import MARKS, ease, solve

LEG = solve(leg_raise())
STAND = solve(stand())
SIT = solve(sit())


def track(solved, mark):
    return solved.marks[:, MARKS.index(mark)]


@pytest.mark.parametrize("solved", [LEG, STAND], ids=["leg-raise", "stand"])
def test_every_contact_holds_at_every_frame(solved):
    names = [phase.name for phase in solved.motion.phases for _ in range(phase.frames)]
    for contact in solved.motion.contacts:
        frames = [i for i, n in enumerate(names) if not contact.during or n in contact.during]
        for mark in contact.landmarks:
            points = track(solved, mark)[frames]
            if contact.surface in ("floor", "mat"):
                assert np.abs(points[:, 1]).max() < 0.002
            else:
                rest = props.nearest(solved.motion.props[0], points)
                assert np.linalg.norm(points - rest, axis=1).max() < 0.002
            assert np.ptp(points[:, [0, 2]], axis=0).max() < 0.003


def test_the_leg_rises_straight_and_the_other_stays():
    knee = LEG.angles[:, ANGLE_INDEX["knee_flexion_right"]]
    assert np.abs(np.degrees(knee)).max() < 8
    heel = track(LEG, "heel-back-right")[:, 1]
    assert heel.argmax() in range(11, 17)
    assert heel.max() > 0.5
    assert np.ptp(track(LEG, "kneecap-left"), axis=0).max() < 0.005


def test_the_last_frame_leads_into_the_first():
    step = np.abs(LEG.angles[0] - LEG.angles[-1]).max()
    assert step <= np.abs(np.diff(LEG.angles, axis=0)).max() + 1e-6


def test_angles_that_are_kept_stay_as_written():
    free = frozenset(ANGLE_NAMES) - {"hip_flexion_left", "knee_flexion_left"}
    solved = solve(leg_raise(free=free))
    for name, degree in (("hip_flexion_left", 52), ("knee_flexion_left", 108)):
        assert np.allclose(np.degrees(solved.angles[:, ANGLE_INDEX[name]]), degree)


def test_points_that_touch_stay_together():
    touch = Touch(("palm-right", "thigh-outer-right"), 0.02)
    poses = {"tall": degrees(elbow_flexion=20), "low": degrees(elbow_flexion=20, hip_flexion=20)}
    solved = solve(stand(touches=(touch,), poses=poses))
    apart = np.linalg.norm(track(solved, "palm-right") - track(solved, "thigh-outer-right"), axis=1)
    assert np.allclose(apart, 0.02, atol=0.002)


def test_an_axis_can_be_held_in_the_world():
    poses = {"tall": {}, "low": degrees(pelvis_tilt=30, hip_flexion=50, knee_flexion=50)}
    loose = solve(stand(poses=poses))
    held = solve(stand(poses=poses, aligns=(Align("head", "up", "up"),)))

    def lean(solved):
        crown, chin = track(solved, "crown"), track(solved, "occiput")
        return np.ptp((crown - chin)[:, 0])

    assert lean(held) < 0.3 * lean(loose)


def test_standing_balances_over_the_feet():
    over = STAND.centre_of_mass[:, 0]
    feet = [track(STAND, f"{mark}-left")[:, 0] for mark in ("heel", "ball-inner")]
    assert np.all(over > feet[0])
    assert np.all(over < feet[1])


def test_whoever_stands_on_a_step_balances_over_it_and_not_over_a_heel_that_taps():
    step = Prop("step", (0.06, 0.0, 0.36), size=(0.5, 0.1, 0.7))
    raised = degrees(hip_abduction_right=-4, hip_flexion=10, knee_flexion=10)
    low = raised | degrees(pelvis_tilt=20, hip_flexion_right=50, knee_flexion_right=55)
    over = (
        Contact("step", ("foot-right",)),
        Contact("floor", ("heel-left",), during=("tap",)),
    )
    phases = (Phase("lower", "low", 1), Phase("tap", "low", 0.3), Phase("rise", "tall", 1))
    poses = {"tall": raised, "low": low}
    solved = solve(stand(poses=poses, phases=phases, contacts=over, props=(step,)))
    inner, outer = (track(solved, f"ball-{side}-right")[:, 2] for side in ("inner", "outer"))
    assert np.allclose(track(solved, "heel-right")[:, 1], 0.1, atol=0.002)
    assert np.all(solved.centre_of_mass[:, 2] > inner)
    assert np.all(solved.centre_of_mass[:, 2] < outer)


def test_a_back_on_the_wall_leaves_the_feet_in_front_and_balance_is_kept_sideways():
    tall = degrees(hip_flexion=26, knee_flexion=12, ankle_dorsiflexion=-14)
    low = degrees(hip_flexion=44, knee_flexion=45)
    leans = (
        Contact("floor", ("foot-left", "foot-right")),
        Contact("wall", ("shoulder-blade-left", "shoulder-blade-right", "sacrum"), locked=False),
    )
    wall = Prop("wall", (-0.19, 0.0, 0.0))
    solved = solve(stand(poses={"tall": tall, "low": low}, contacts=leans, props=(wall,)))
    assert track(solved, "heel-left")[0, 0] > -0.14 + 0.3
    assert solved.centre_of_mass[:, 0].max() < track(solved, "heel-left")[0, 0]
    assert np.allclose(solved.centre_of_mass[:, 2], 0, atol=0.01)


def test_whoever_sits_stays_as_written_and_who_stands_up_balances():
    tilt = np.degrees(SIT.angles[:, ANGLE_INDEX["pelvis_tilt"]])
    assert np.allclose(tilt[[0, 20]], [0, 40], atol=2), "the feet in front pull nobody forward"
    heel, ball = (track(SIT, f"{mark}-left")[0, 0] for mark in ("heel", "ball-inner"))
    assert SIT.centre_of_mass[0, 0] < heel
    assert heel < SIT.centre_of_mass[60, 0] < ball


@pytest.mark.parametrize("make", [leg_raise, sit, stand])
def test_the_mirrored_motion_solves_to_the_mirrored_clip(make):
    straight, mirrored = solve(make()), solve(mirror_motion(make()))
    expected = clips.mirror(record(straight)).positions()
    assert np.allclose(record(mirrored).positions(), expected, atol=0.002)


def test_solving_twice_gives_the_same_bytes():
    assert clips.dumps(record(solve(leg_raise()))) == clips.dumps(record(LEG))


def test_a_solved_motion_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        LEG.angles[0, 0] = 1


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(motions())
def test_whatever_is_asked_the_answer_is_a_movement_or_faults(motion):
    solved = solve(motion)
    assert np.isfinite(solved.angles).all()
    assert np.isfinite(solved.root).all()
    assert all(isinstance(fault, RejectedMotionError) for fault in faults(solved, "supine"))
    clips.loads(clips.dumps(record(solved)))


@given(st.floats(0, 1))
def test_easing_begins_and_ends_at_rest(t):
    assert ease(np.array([0.0, 1.0])).tolist() == [0, 1]
    assert 0 <= ease(np.array(t)) <= 1
    assert np.isclose(ease(np.array(t)) + ease(np.array(1 - t)), 1)
