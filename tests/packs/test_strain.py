# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import pytest

from hipfirst.packs.documents import Exercise
from hipfirst.packs.read import read_pack
from hipfirst.packs.strain import KneeStrain, strain

ROOT = Path(__file__).parents[2] / "content" / "starter"
PACK = read_pack(ROOT).pack
assert PACK is not None
BAKED = json.loads((ROOT / "baked" / "index.json").read_text())["exercises"]
STILL = KneeStrain()


def made(position, contacts, poses, phases, side="both", **changes):
    motion = {
        "side": side,
        "start": next(iter(poses)),
        "poses": {name: {"both": {"knee_flexion": bend}} for name, bend in poses.items()},
        "phases": [{"name": n, "to": to, "seconds": 1} for n, to in phases],
        "contacts": contacts,
        "camera": {"azimuth_deg": 60, "elevation_deg": 20},
    }
    fields = {
        "format": 1,
        "slug": "move",
        "name": "Move",
        "position": position,
        "level": "gentle",
        "summary": "Trains.",
        "muscles": [{"muscle": "vasti", "role": "main", "side": "both"}],
        "cues": dict.fromkeys(("set_up", "move", "feel", "avoid", "breathe"), "Words."),
        "motion": motion,
    }
    return Exercise.model_validate({**fields, **changes})


def floor(*points, during=()):
    return {"surface": "floor", "points": list(points), "while": list(during)}


RISE = {"sit": 90, "lean": 100, "stand": 5}
RISING = [("lean", "lean"), ("rise", "stand"), ("lower", "lean"), ("back", "sit")]
SEAT = {
    "surface": "chair",
    "points": ["sit-bone-left", "sit-bone-right"],
    "while": ["lean", "back"],
}


def test_a_bridge_pushes_at_its_top_and_not_where_it_is_put_down():
    assert strain(PACK.exercises["bridge"]).left == KneeStrain(push_bend_deg=95)


def test_one_leg_of_a_single_leg_bridge_pushes_and_the_mirror_is_in_it():
    found = strain(PACK.exercises["single-leg-bridge"])
    assert (found.working.push_bend_deg, found.other.push_bend_deg) == (95, 0)
    for bout, other in (("left", "right"), ("right", "left")):
        assert found.knee(bout, bout) == found.working
        assert found.knee(other, bout) == found.other


def test_lying_on_the_side_pushes_nothing():
    found = strain(PACK.exercises["clam"])
    assert (found.left, found.right, found.on_floor) == (STILL, STILL, True)


def test_the_other_leg_stands_while_one_opens_the_gate():
    found = strain(PACK.exercises["open-the-gate"])
    assert found.other.single_leg
    assert not found.working.single_leg
    assert found.knee("left", "right").single_leg
    assert found.needs == {"chair"}


def test_rising_from_a_chair_begins_with_the_whole_weight_on_bent_knees():
    found = strain(made("seated", [floor("foot-left", "foot-right"), SEAT], RISE, RISING))
    assert (
        found.left
        == found.right
        == KneeStrain(push_bend_deg=100, stance_bend_deg=100, straightens=True)
    )
    assert not found.on_floor


def test_sitting_pushes_nothing():
    seat = {**SEAT, "while": []}
    found = strain(made("seated", [floor("foot-left", "foot-right"), seat], RISE, RISING))
    assert found.left == STILL


def test_a_wall_steadies_and_carries_nothing():
    wall = {"surface": "wall", "points": ["sacrum"]}
    squat = made(
        "standing",
        [floor("foot-left", "foot-right"), wall],
        {"stand": 5, "down": 60},
        [("sink", "down"), ("rise", "stand")],
    )
    assert strain(squat).left.stance_bend_deg == 60


def test_a_knee_on_the_ground_kneels_and_does_not_push():
    half = made(
        "half-kneeling",
        [floor("foot-left"), floor("kneecap-right", "toe-tip-right")],
        {"low": 90, "up": 85},
        [("rise", "up"), ("sink", "low")],
    )
    found = strain(half)
    assert found.right == KneeStrain(kneels=True)
    assert found.left == KneeStrain(push_bend_deg=90, stance_bend_deg=90, straightens=True)
    assert found.kneels
    assert found.on_floor


def test_lying_on_the_front_is_not_kneeling():
    prone = made("prone", [floor("hip-bone-left", "kneecap-left")], {"flat": 0}, [("stay", "flat")])
    assert not strain(prone).kneels


def test_standing_in_turn_is_on_one_leg_and_not_in_one_place():
    march = made(
        "standing",
        [floor("foot-left", during=["lift-right"]), floor("foot-right", during=["lift-left"])],
        {"stand": 8},
        [("lift-right", "stand"), ("lift-left", "stand")],
    )
    found = strain(march)
    assert found.left.single_leg
    assert found.right.single_leg
    assert not found.planted


def test_a_bend_is_looked_up_in_the_pose_that_is_extended():
    move = made(
        "standing",
        [floor("foot-left", "foot-right")],
        {"stand": 40, "tall": 0},
        [("sink", "stand"), ("rise", "tall")],
    )
    poses = {"stand": {"both": {"knee_flexion": 40}}, "tall": {"extends": "stand"}}
    poses["tall"]["left"] = {"knee_flexion": 50}
    motion = {**move.motion.model_dump(by_alias=True, exclude_defaults=True), "poses": poses}
    found = strain(Exercise.model_validate({**move.model_dump(), "motion": motion}))
    assert (found.left.stance_bend_deg, found.right.stance_bend_deg) == (50, 40)


@pytest.mark.parametrize(
    ("position", "kneels", "on_floor"),
    [("quadruped", True, True), ("seated", False, False), ("supine", False, True)],
)
def test_without_a_motion_the_position_decides(position, kneels, on_floor):
    found = strain(made(position, [floor("foot-left")], {"p": 0}, [("a", "p")], motion=None))
    assert (found.kneels, found.on_floor) == (kneels, on_floor)


def test_a_mat_and_a_wall_are_never_needed():
    move = made(
        "standing",
        [floor("foot-left")],
        {"p": 0},
        [("a", "p")],
        kit=["mat", "wall", "step"],
    )
    assert strain(move).needs == {"step"}


@pytest.mark.parametrize("slug", sorted(set(BAKED) & set(PACK.exercises)))
def test_what_is_read_agrees_with_what_the_solved_motion_shows(slug):
    found = strain(PACK.exercises[slug])
    assert found.kneels == BAKED[slug]["kneels"]
    assert found.on_floor == BAKED[slug]["on_floor"]


def test_toes_that_only_touch_on_their_way_up_push_nothing():
    found = strain(PACK.exercises["single-leg-balance"])
    assert found.working == STILL
    assert found.other.single_leg
    assert found.other.push_bend_deg == 9


def test_both_feet_on_their_toes_carry():
    assert strain(PACK.exercises["calf-raise"]).left.push_bend_deg == 7


def test_the_back_leg_of_a_split_stance_carries_though_its_heel_is_up():
    found = strain(PACK.exercises["standing-hip-flexor-stretch"])
    assert min(found.left.push_bend_deg, found.right.push_bend_deg) >= 20


def test_lying_on_a_kneecap_is_no_kneeling_and_is_told():
    found = strain(PACK.exercises["prone-heel-squeeze"])
    assert found.left == KneeStrain(lies_on=True)
    assert not found.kneels
    assert not strain(PACK.exercises["bridge"]).left.lies_on
