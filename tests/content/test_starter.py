# SPDX-License-Identifier: Apache-2.0
"""The starter pack: one test for each file, so that a failure names it."""

from pathlib import Path

import numpy as np
import pytest

from hipfirst.body import clip as clips
from hipfirst.body.checks import faults
from hipfirst.body.record import record
from hipfirst.body.skeleton import NAMES
from hipfirst.body.solve import solve
from hipfirst.packs.bake.bake import stale
from hipfirst.packs.bake.index import FILES, FOLDER
from hipfirst.packs.check import inspect_pack
from hipfirst.packs.motion_document import to_motion
from hipfirst.packs.strain import strain
from hipfirst.planning.length import length_problems
from hipfirst.planning.resolve import resolve

ROOT = Path(__file__).parents[2] / "content" / "starter"
PACK, PROBLEMS = inspect_pack(ROOT)
EXERCISES = sorted(PACK.exercises)
SESSION = "build-lower-body-detail"


@pytest.mark.parametrize("file", [filed.file for filed in PACK.documents])
def test_a_document_has_no_problem(file):
    assert [str(p) for p in PROBLEMS if p.file == file] == []


def test_the_pack_has_no_problem():
    assert [str(p) for p in (*PROBLEMS, *length_problems(PACK))] == []


def test_what_is_baked_is_fresh():
    assert stale(PACK) == (), "run `hipfirst bake content/starter`"


@pytest.mark.parametrize("slug", EXERCISES)
def test_a_body_can_do_it_and_the_clip_shows_it(slug):
    """Solves the motion anew: a clip that differs was baked by another solver."""
    exercise = PACK.exercises[slug]
    solved = solve(to_motion(exercise.motion, slug, exercise.position))
    assert [str(fault) for fault in faults(solved, exercise.position)] == []
    stored = clips.loads((ROOT / FOLDER / FILES["clip"].format(slug)).read_text(), slug)
    apart = np.linalg.norm(record(solved).positions() - stored.positions(), axis=-1)
    assert apart.max() < 0.002, "raise SOLVER in hipfirst.packs.bake.index and bake again"


@pytest.mark.parametrize("slug", EXERCISES)
def test_files_are_light(slug):
    size = {
        kind: (ROOT / FOLDER / path.format(slug)).stat().st_size for kind, path in FILES.items()
    }
    assert size["clip"] < 60_000
    assert size["still"] < 15_000
    assert size["animation"] < 100_000


@pytest.mark.parametrize("slug", EXERCISES)
def test_an_exercise_says_when_to_change_or_stop(slug):
    exercise = PACK.exercises[slug]
    assert exercise.cautions
    assert exercise.aliases
    assert any(use.role == "main" for use in exercise.muscles)
    assert exercise.easier or exercise.harder


def rungs(session):
    return {
        s for block in PACK.sessions[session].blocks for slot in block.slots for s in slot.rungs
    }


@pytest.mark.parametrize("slug", EXERCISES)
def test_an_exercise_can_stand_in_for_another(slug):
    assert PACK.exercises[slug].work is not None


def test_seated_and_strong_needs_only_a_chair():
    played = [PACK.exercises[slug] for slug in rungs("seated-and-strong")]
    assert {exercise.position for exercise in played} == {"seated"}
    assert {kind for exercise in played for kind in exercise.kit} == {"chair"}


def test_strong_hips_standing_has_a_rung_off_the_single_leg_in_every_slot():
    """So a red knee finds its own rung and nobody is sent to the floor."""
    blocks = PACK.sessions["strong-hips-standing"].blocks
    easiest = {slot.id: slot.rungs[0] for block in blocks for slot in block.slots}
    asked = {place: strain(PACK.exercises[slug]) for place, slug in easiest.items()}
    assert [p for p, s in asked.items() if s.left.single_leg or s.right.single_leg] == []
    assert [place for place, s in asked.items() if s.on_floor] == []


@pytest.mark.parametrize(
    "slug", ["standing-side-tap", "standing-toe-slide-back", "toe-down-balance"]
)
def test_toes_that_keep_touch_carry_nothing_and_the_other_leg_is_not_alone(slug):
    asked = strain(PACK.exercises[slug])
    assert asked.working.push_bend_deg == 0
    assert 0 < asked.other.push_bend_deg < 10
    assert not asked.other.single_leg


@pytest.mark.parametrize("session", ["flare-day", "strong-hips-standing", "ten-quiet-minutes"])
def test_a_session_arrives_with_an_easy_movement(session):
    first = PACK.sessions[session].blocks[0].slots[0]
    begins = [PACK.exercises[slug] for slug in (first.exercise, first.rungs[0])]
    assert {exercise.aim for exercise in begins} == {"mobility"}
    assert {exercise.level for exercise in begins} == {"gentle"}


def test_what_is_no_strength_work_says_so():
    aims = {
        aim: {slug for slug in EXERCISES if PACK.exercises[slug].aim == aim}
        for aim in ("stretch", "mobility")
    }
    assert aims["stretch"] == {
        "figure-four-foot-down",
        "figure-four-stretch",
        "seated-figure-four",
        "standing-hip-flexor-stretch",
    }
    assert aims["mobility"] == {
        "heel-slide",
        "legs-resting",
        "prone-windscreen",
        "small-sway",
        "windscreen-wipers",
    }


@pytest.mark.parametrize(
    "slug",
    [
        "calf-raise",
        "hip-hinge",
        "side-step",
        "single-leg-balance",
        "small-sway",
        "standing-hip-flexor-stretch",
        "step-down",
        "step-up",
        "weight-shift",
    ],
)
def test_whoever_stands_free_has_something_to_hold(slug):
    exercise = PACK.exercises[slug]
    assert "fingertips" in exercise.cues.set_up
    words = ("balance", "dizzy", "wobble")
    assert any(word in caution.text for caution in exercise.cautions for word in words)


def test_side_by_side_pairs_every_side_with_more_for_the_weaker_one():
    slots = [slot for block in PACK.sessions["side-by-side"].blocks for slot in block.slots]
    ids = {slot.id: slot for slot in slots}
    more = [slot for slot in slots if slot.sides == "weaker"]
    assert len(more) == 5
    assert all(ids[slot.id.removesuffix("-more")].sides == "each" for slot in more)
    positions = {PACK.exercises[slug].position for slug in rungs("side-by-side")}
    assert positions == {"seated", "standing", "side-lying", "supine", "prone"}


def test_the_session_lasts_25_to_30_minutes():
    assets = dict.fromkeys(EXERCISES, ("clip", "still"))
    timeline = resolve(PACK.sessions[SESSION], PACK.exercises, assets)
    assert 25 * 60 <= timeline.seconds <= 30 * 60
    assert list(dict.fromkeys(slot.block for slot in timeline.slots)) == [
        "Wake the hips",
        "Deep rotators",
        "Sides",
        "Front and back",
        "On your feet",
        "Let go",
    ]


def test_the_session_reaches_every_deep_muscle_of_the_hip():
    starts = {slot.exercise for block in PACK.sessions[SESSION].blocks for slot in block.slots}
    main = {u.muscle for s in starts for u in PACK.exercises[s].muscles if u.role == "main"}
    assert main >= {
        "piriformis",
        "deep-rotators",
        "gluteus-medius",
        "gluteus-minimus",
        "gluteus-maximus",
        "adductors",
        "iliopsoas",
    }


def test_nothing_in_the_session_needs_kneeling():
    slots = (slot for block in PACK.sessions[SESSION].blocks for slot in block.slots)
    positions = {PACK.exercises[slug].position for slot in slots for slug in slot.rungs}
    assert positions == {"supine", "side-lying", "prone", "standing"}


@pytest.mark.parametrize("slug", ["open-the-gate", "standing-march"])
def test_the_standing_knee_is_soft_where_the_text_says_so(slug):
    """A foot on the floor means a knee bent by at least 5 deg in every frame of the clip."""
    assert any("standing knee soft" in caution.text for caution in PACK.exercises[slug].cautions)
    clip = clips.loads((ROOT / FOLDER / FILES["clip"].format(slug)).read_text(), slug)
    hips, knees, ankles = (
        clip.positions()[:, [NAMES.index(f"{joint}_{side}") for side in ("left", "right")]]
        for joint in ("thigh", "shank", "foot")
    )
    thighs, shanks = knees - hips, ankles - knees
    lengths = np.linalg.norm(thighs, axis=-1) * np.linalg.norm(shanks, axis=-1)
    bend_deg = np.degrees(np.arccos((thighs * shanks).sum(axis=-1) / lengths))
    assert bend_deg.min() >= 5
