# SPDX-License-Identifier: Apache-2.0
"""Bodies, poses and motions for the tests of this room."""

import numpy as np
from hypothesis import strategies as st

from hipfirst.body import quaternion
from hipfirst.body.joints import ANGLE_NAMES, ANGLES, HIGH, LOW
from hipfirst.body.landmarks import LANDMARKS
from hipfirst.body.motion import Camera, Contact, Motion, Phase, Touch
from hipfirst.body.props import Prop

RAD = np.radians


def _unit(values):
    norm = np.linalg.norm(values)
    return np.array(values) / norm if norm > 0.1 else quaternion.IDENTITY


quaternions = st.lists(st.floats(-1, 1), min_size=4, max_size=4).map(_unit)
vectors = st.lists(st.floats(-2, 2), min_size=3, max_size=3).map(np.array)


@st.composite
def poses(draw, share=0.9):
    """Angles (A) within `share` of every range, and short of the middle angle's pole."""
    parts = draw(st.lists(st.floats(0, 1), min_size=len(ANGLES), max_size=len(ANGLES)))
    low, high = np.maximum(LOW * share, RAD(-85)), np.minimum(HIGH * share, RAD(85))
    return low + np.array(parts) * (high - low)


@st.composite
def motions(draw):
    """Small motions that need not make sense: any orientation, contacts and poses in range."""
    orientation = draw(st.sampled_from(["upright", "supine", "prone", "side-lying"]))
    names = draw(st.lists(st.sampled_from(ANGLE_NAMES), min_size=1, max_size=6, unique=True))
    spans = [
        (ANGLES[ANGLE_NAMES.index(name)].low, ANGLES[ANGLE_NAMES.index(name)].high)
        for name in names
    ]
    pose = st.tuples(*(st.floats(low, high) for low, high in spans))
    marks = st.lists(st.sampled_from(sorted(LANDMARKS)), min_size=1, max_size=4, unique=True)
    pair = st.tuples(st.sampled_from(sorted(LANDMARKS)), st.sampled_from(sorted(LANDMARKS)))
    return Motion(
        name="random",
        orientation=orientation,
        lying_on=draw(st.sampled_from(["left", "right"])) if orientation == "side-lying" else None,
        start="a",
        poses={key: dict(zip(names, draw(pose), strict=True)) for key in ("a", "b")},
        phases=(Phase("there", "b", 0.2), Phase("back", "a", 0.2)),
        contacts=(Contact("floor", tuple(draw(marks)), draw(st.booleans())),),
        touches=tuple(
            Touch(ends, draw(st.sampled_from([0.0, 0.1])))
            for ends in draw(st.lists(pair, max_size=1))
        ),
        camera=Camera(30, 10),
    )


ARMS = {"shoulder_flexion": -12, "shoulder_abduction": 20, "forearm_pronation": 88}


def degrees(**angles):
    """Angles [rad] from degrees; a name without a side that has sides means both."""
    out = {}
    for name, value in angles.items():
        sides = [name] if name in ANGLE_NAMES else [f"{name}_left", f"{name}_right"]
        out.update({side: float(RAD(value)) for side in sides})
    return out


def leg_raise(**changes):
    """A quick, sound motion: lying on the back, the right leg lifts straight."""
    down = degrees(**ARMS, hip_flexion_left=52, knee_flexion_left=108, ankle_dorsiflexion_left=-25)
    given = {
        "name": "leg-raise",
        "orientation": "supine",
        "side": "right",
        "start": "down",
        "poses": {"down": down, "up": down | degrees(hip_flexion_right=48)},
        "phases": (
            Phase("lift", "up", 0.6),
            Phase("hold", "up", 0.2, hold=True),
            Phase("lower", "down", 0.6),
            Phase("rest", "down", 0.2, hold=True),
        ),
        "contacts": (
            Contact("mat", ("shoulder-blade-left", "shoulder-blade-right", "occiput")),
            Contact("mat", ("buttock-left", "buttock-right", "foot-left", "hand-left")),
            Contact("mat", ("heel-back-right",), during=("rest",)),
        ),
        "props": (Prop("mat"),),
        "camera": Camera(65, 14),
    }
    return Motion(**(given | changes))


def stand(**changes):
    """Standing with the left hand on a chair, while the right heel stays down."""
    pose = degrees(shoulder_abduction_left=18, elbow_flexion_left=60, forearm_pronation_left=80)
    given = {
        "name": "stand",
        "orientation": "upright",
        "start": "tall",
        "poses": {"tall": pose, "low": pose | degrees(hip_flexion=30, knee_flexion=50)},
        "phases": (Phase("lower", "low", 0.6), Phase("rise", "tall", 0.6)),
        "contacts": (
            Contact("floor", ("foot-left", "foot-right")),
            Contact("chair", ("palm-left",)),
        ),
        "props": (Prop("chair", (0.2, 0.0, -0.62), float(RAD(90))),),
        "camera": Camera(35, 8),
    }
    return Motion(**(given | changes))


SAT = ("lean", "back", "rest")


def sit(**changes):
    """Sitting on a chair; one leans, rises with the weight over the feet, and sits down again."""
    low = degrees(hip_flexion=85, knee_flexion=104, shoulder_abduction=14)
    given = {
        "name": "sit",
        "orientation": "upright",
        "start": "low",
        "poses": {
            "low": low,
            "lean": low
            | degrees(pelvis_tilt=40, hip_flexion=125, lumbar_flexion=20, shoulder_flexion=90),
            "tall": degrees(hip_flexion=5, knee_flexion=8),
        },
        "phases": (
            Phase("lean", "lean", 1),
            Phase("rise", "tall", 2),
            Phase("lower", "lean", 2),
            Phase("back", "low", 1),
            Phase("rest", "low", 0.2, hold=True),
        ),
        "contacts": (
            Contact("floor", ("foot-left", "foot-right")),
            Contact("seat", ("thigh-back-left", "thigh-back-right"), during=SAT),
            Contact("seat", ("sit-bone-left", "sit-bone-right"), during=("rest",)),
        ),
        "props": (Prop("chair", (-0.05, 0.0, 0.0), 0.0, (0.44, 0.8, 0.44)),),
        "camera": Camera(50, 10),
    }
    return Motion(**(given | changes))
