# SPDX-License-Identifier: Apache-2.0
import numpy as np

from body.strategies import leg_raise, stand
from hipfirst.body.motion import Camera
from hipfirst.body.props import KINDS, RAIL, Prop, nearest, seat_height
from hipfirst.body.record import record
from hipfirst.body.solve import MARKS, solve

SOLVED = solve(leg_raise())
CLIP = record(SOLVED)


def test_the_mat_lies_along_the_body_with_its_top_on_the_ground():
    (mat,) = CLIP.props
    assert mat.position[1] + mat.extent[1] == 0
    hips = SOLVED.root[0]
    assert abs(hips[0] - mat.position[0]) < 0.3
    assert mat.yaw == 0


def test_a_cushion_is_where_the_knees_hold_it():
    between = ("knee-inner-left", "knee-inner-right")
    solved = solve(leg_raise(props=(Prop("cushion", between=between),)))
    (cushion,) = record(solved).props
    middle = np.mean([solved.marks[0, MARKS.index(mark)] for mark in between], axis=0)
    assert np.allclose(np.array(cushion.position)[[0, 2]], middle[[0, 2]])
    assert cushion.position[1] < middle[1] < cushion.position[1] + cushion.extent[1]


def test_the_camera_sees_the_whole_movement():
    low, high = CLIP.bounds
    assert np.allclose(CLIP.camera.target, (low + high) / 2)
    assert CLIP.camera.distance > np.linalg.norm(high - low)
    for mark in ("crown", "heel-right"):
        points = SOLVED.marks[:, MARKS.index(mark)]
        assert np.all(points >= low)
        assert np.all(points <= high)


def test_a_camera_that_is_given_is_kept():
    given = Camera(10, 20, 2.5, (0.1, 0.2, 0.3))
    assert record(solve(leg_raise(camera=given))).camera == given


def test_a_hand_rests_on_the_back_of_a_turned_chair():
    chair = stand().props[0]
    rail = nearest(chair, np.array([0.3, 1.5, -0.3]))
    assert np.isclose(rail[1], KINDS["chair"][1])
    assert -0.41 < rail[2] < -0.35, "the back rest is on the side that the seat faces away from"
    assert np.allclose(nearest(chair, rail), rail)


def test_the_seat_lies_before_the_back_rest_and_rises_with_it():
    chair = Prop("chair", (0, 0, 0), size=(0.44, 0.8, 0.44))
    middle, rear = nearest(chair, np.array([[0.1, 1, 0], [-1, 0.2, 0.1]]), "seat")
    assert np.allclose(middle, [0.1, seat_height(chair), 0])
    assert np.allclose(rear, [RAIL - 0.22, seat_height(chair), 0.1])
    assert seat_height(chair) < seat_height(Prop("chair", (0, 0, 0)))


def test_a_hand_rests_on_a_wall_and_a_foot_on_a_step():
    wall, step = Prop("wall", (0.5, 0, 0), np.pi), Prop("step", (0, 0, 0))
    assert np.allclose(nearest(wall, np.array([0.2, 1.2, 0.3])), [0.45, 1.2, 0.3])
    assert np.allclose(nearest(step, np.array([0.1, 0.7, 0.1])), [0.1, 0.2, 0.1])
