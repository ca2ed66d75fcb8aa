# SPDX-License-Identifier: Apache-2.0
"""The motion block: what an author writes, and what an author is told."""

import re
from pathlib import Path

import numpy as np
import pytest
import yaml
from pydantic import ValidationError

from hipfirst.body import checks, joints, props
from hipfirst.body.errors import AngleOutOfRangeError, InvalidMotionError, UnknownNameError
from hipfirst.packs.motion_document import ORIENTATION, MotionDocument, to_motion
from hipfirst.packs.vocabulary import KNEELING, POSITIONS

GUIDE = (Path(__file__).parents[2] / "docs" / "conventions.md").read_text()
EXAMPLE = yaml.safe_load(re.search(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)[1])["motion"]


def motion(position="side-lying", **changes):
    return to_motion(MotionDocument.model_validate(EXAMPLE | changes), "clam", position)


def test_the_example_of_the_guide_is_a_motion():
    clam = motion()
    assert (clam.side, clam.lying_on, clam.orientation) == ("right", "left", "side-lying")
    assert clam.frames == 110
    assert clam.poses["closed"]["hip_flexion_left"] == pytest.approx(np.radians(45))


def test_the_guide_names_every_field_and_only_those():
    fields = set(re.findall(r"^\| `(\w+)` \|(?! [+-][XYZ])", GUIDE, re.MULTILINE))
    assert fields == set(MotionDocument.model_fields)


def test_the_guide_lists_every_angle_with_its_range():
    rows = re.findall(r"^\| `(\w+)` \| ([+-][XYZ]) \| (-?\d+) to (-?\d+) \|", GUIDE, re.MULTILINE)
    named = {angle.name.removesuffix("_right"): angle for angle in joints.ANGLES}
    for name, axis, low, high in rows:
        angle = named[name]
        expected = np.eye(3)["XYZ".index(axis[1])] * (1 if axis[0] == "+" else -1)
        assert np.array_equal(angle.axis, expected), name
        assert np.allclose(np.degrees([angle.low, angle.high]), [int(low), int(high)]), name
    assert {row[0] for row in rows} == joints.PAIRED | joints.MIDLINE


def test_a_pose_extends_another_and_a_side_outdoes_both():
    poses = {
        "closed": {"both": {"hip_flexion": 45}, "right": {"hip_flexion": 30}},
        "open": {"extends": "closed", "both": {"knee_flexion": 10}, "left": {"hip_flexion": 5}},
    }
    made = motion(poses=poses).poses["open"]
    degrees = {name: round(float(np.degrees(value))) for name, value in made.items()}
    assert degrees == {
        "hip_flexion_left": 5,
        "hip_flexion_right": 30,
        "knee_flexion_left": 10,
        "knee_flexion_right": 10,
    }


def test_keep_takes_groups_pairs_and_single_angles():
    kept = set(joints.ANGLE_NAMES) - motion(keep=["pelvis", "hip_flexion", "neck_rotation"]).free
    assert kept == {
        *joints.GROUPS["pelvis"],
        "hip_flexion_left",
        "hip_flexion_right",
        "neck_rotation",
    }


def test_centimetres_and_degrees_end_at_the_door():
    made = motion(
        touches=[{"points": ["heel-left", "heel-right"], "gap_cm": 6}],
        props=[{"kind": "chair", "position": [0, 0, 1], "yaw_deg": 90}, {"kind": "mat"}],
    )
    assert made.touches[0].gap == pytest.approx(0.06)
    assert made.props[0].yaw == pytest.approx(np.pi / 2)


@pytest.mark.parametrize(
    ("changes", "kind", "says"),
    [
        (
            {"poses": {"closed": {"left": {"hip_flexon": 1}}, "open": {}}},
            UnknownNameError,
            "clam: poses.closed.left: 'hip_flexon' is no angle; did you mean hip_flexion",
        ),
        (
            {"poses": {"closed": {"middle": {"hip_flexion": 1}}, "open": {}}},
            UnknownNameError,
            "clam: poses.closed.middle",
        ),
        (
            {"poses": {"closed": {"extends": "opn"}, "open": {}}},
            UnknownNameError,
            "clam: poses.closed: 'opn' is no pose; did you mean open",
        ),
        (
            {"poses": {"closed": {"extends": "open"}, "open": {"extends": "closed"}}},
            InvalidMotionError,
            "extends itself (closed -> open -> closed)",
        ),
        (
            {"poses": {"closed": {}, "open": {"right": {"hip_abduction": 90}}}},
            AngleOutOfRangeError,
            "clam: poses.open: hip_abduction_right is 90 deg, allowed -35 to 60 deg",
        ),
        ({"keep": ["leg"]}, UnknownNameError, "clam: keep: 'leg' is no angle or group"),
        (
            {"contacts": [{"surface": "mat", "points": ["heal-left"]}]},
            UnknownNameError,
            "clam: contact with mat: 'heal-left' is no landmark; did you mean heel-left",
        ),
    ],
)
def test_an_author_is_told_where_and_what_is_allowed(changes, kind, says):
    with pytest.raises(kind) as caught:
        motion(**changes)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"contcts": []}, ("contcts",)),
        ({"contacts": []}, ("contacts",)),
        ({"camera": {"azimuth_deg": "front"}}, ("camera", "azimuth_deg")),
        ({"phases": [{"name": "open", "seconds": 0}]}, ("phases", 0, "seconds")),
        ({"props": [{"kind": "sofa"}]}, ("props", 0, "kind")),
        ({"side": "top"}, ("side",)),
    ],
)
def test_a_misspelt_field_is_found_by_its_place(changes, place):
    with pytest.raises(ValidationError) as caught:
        MotionDocument.model_validate(EXAMPLE | changes)
    assert place in [error["loc"] for error in caught.value.errors()]


def test_documents_and_bodies_kneel_in_the_same_positions():
    assert checks.KNEELING == KNEELING


def test_every_position_lies_somehow_and_every_prop_can_be_written():
    assert set(ORIENTATION) == set(POSITIONS)
    for kind in props.KINDS:
        made = motion(
            props=[{"kind": "mat"}, {"kind": kind, "position": [1, 0, 1]}][kind == "mat" :]
        )
        assert kind in [prop.kind for prop in made.props]
