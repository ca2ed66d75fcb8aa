# SPDX-License-Identifier: Apache-2.0
"""One test for each way in which documents can contradict each other."""

import pytest

from hipfirst.packs.check_ladder import chain
from packs.conftest import MOTION

SLOT_AT = "blocks[0].slots[0]"


def the(tree):
    """File, field and what was given of the only problem."""
    return (tree.problem.file, tree.problem.field, tree.problem.given)


@pytest.mark.parametrize("edge", ["easier", "harder"])
def test_a_ladder_to_nowhere(tree, edge):
    tree.exercise("lift", **{edge: "lfit"})
    assert the(tree) == ("exercises/lift.yaml", edge, "lfit")
    assert tree.problem.allowed == "lift (did you mean lift?)"


def test_a_rung_harder_than_itself(tree):
    tree.exercise("lift", harder="lift", easier="lift")
    assert {(p.field, p.given) for p in tree.problems} == {
        ("easier", "lift -> lift"),
        ("harder", "lift -> lift"),
    }


def test_a_ladder_in_a_circle(tree):
    for slug, easier, harder in (("a", "c", "b"), ("b", "a", "c"), ("c", "b", "a")):
        tree.exercise(slug, easier=easier, harder=harder)
    found = {(p.file, p.field): p.given for p in tree.problems}
    assert found["exercises/a.yaml", "harder"] == "a -> b -> c -> a"
    assert len(found) == 6


def test_a_ladder_that_leads_into_a_circle_blames_only_the_circle(tree):
    tree.exercise("a", easier="b")
    tree.exercise("b", easier="c")
    tree.exercise("c", easier="b")
    assert {p.file for p in tree.problems} == {"exercises/b.yaml", "exercises/c.yaml"}


def test_a_harder_rung_that_does_not_know_it(tree):
    tree.exercise("lift", harder="top")
    tree.exercise("top")
    assert the(tree) == ("exercises/lift.yaml", "harder", "top says easier: nothing")
    assert tree.problem.allowed == "a rung that says easier: lift"


def test_an_easier_rung_may_have_another_harder_one(tree):
    tree.exercise("lift", harder="top")
    tree.exercise("top", easier="lift")
    tree.exercise("aside", easier="lift")
    assert chain(tree.pack, "aside", "easier") == ("lift",)


def test_a_slot_with_an_unknown_exercise(tree):
    tree.slot(exercise="lfit")
    assert the(tree) == ("sessions/short.yaml", f"{SLOT_AT}.exercise", "lfit")
    assert "did you mean lift?" in tree.problem.allowed


def test_a_slot_with_an_unknown_rung(tree):
    tree.slot(rungs=["lift", "top"])
    assert the(tree) == ("sessions/short.yaml", f"{SLOT_AT}.rungs[1]", "top")


def test_a_start_that_is_not_among_the_rungs(tree):
    tree.exercise("top")
    tree.slot(rungs=["top"])
    assert the(tree) == ("sessions/short.yaml", f"{SLOT_AT}.exercise", "lift")
    assert tree.problem.allowed == "top"


def test_a_rung_listed_twice(tree):
    tree.slot(rungs=["lift", "lift"])
    assert the(tree) == ("sessions/short.yaml", f"{SLOT_AT}.rungs[1]", "lift")


def test_rungs_against_the_ladder(tree):
    tree.exercise("lift", harder="top")
    tree.exercise("top", easier="lift")
    tree.slot(rungs=["top", "lift"])
    assert the(tree)[1:] == (f"{SLOT_AT}.rungs[1]", "top before lift")
    assert tree.problem.allowed == "the easiest rung first"


def test_work_for_a_rung_that_is_not_listed(tree):
    tree.slot(rungs=["lift"], work_for={"top": {"reps": 3}})
    assert the(tree)[1:] == (f"{SLOT_AT}.work_for.top", "top")


def test_work_for_an_exercise_that_is_not_there(tree):
    tree.slot(work_for={"lfit": {"reps": 3}})
    assert the(tree)[1:] == (f"{SLOT_AT}.work_for.lfit", "lfit")
    assert "did you mean lift?" in tree.problem.allowed


def test_a_slot_named_twice(tree):
    slot = {"exercise": "lift", "work": {"reps": 5}, "sides": "both", "why": "Again."}
    tree.session(blocks=[{"title": "B", "slots": [{"id": "x", **slot}, {"id": "x", **slot}]}])
    assert [(p.field, p.given) for p in tree.problems] == [
        ("blocks[0].slots[0].id", "x"),
        ("blocks[0].slots[1].id", "x"),
    ]


def test_one_side_in_a_slot_for_both(tree):
    tree.motion(side="left")
    assert the(tree)[1:] == (f"{SLOT_AT}.sides", "both")
    assert tree.problem.allowed == "each, because lift works one side"


def test_both_sides_in_a_slot_for_the_weaker_one(tree):
    tree.slot(sides="weaker")
    assert the(tree)[1:] == (f"{SLOT_AT}.sides", "weaker")
    assert tree.problem.allowed == "each or both, because lift works both sides"


def test_a_hold_without_a_phase_to_hold(tree):
    phases = [
        {"name": "up", "to": "up", "seconds": 2},
        {"name": "down", "to": "rest", "seconds": 2},
    ]
    tree.motion(phases=phases)
    tree.slot(work={"hold_s": 20})
    assert the(tree)[1:] == (f"{SLOT_AT}.work.hold_s", "20")
    assert "no phase to hold" in tree.problem.allowed


def test_a_tempo_for_a_phase_that_is_not_there(tree):
    tree.slot(work={"reps": 5, "tempo": {"lfit": 3}})
    assert the(tree)[1:] == (f"{SLOT_AT}.work.tempo.lfit", "lfit")
    assert "did you mean lift?" in tree.problem.allowed


def test_a_program_with_an_unknown_session(tree):
    program = "format: 1\nslug: p\ntitle: P\nsummary: S\nweeks:\n- sessions: [shrt]\n"
    tree.write("programs/p.yaml", program)
    assert the(tree) == ("programs/p.yaml", "weeks[0].sessions[0]", "shrt")


@pytest.mark.parametrize("folder", ["exercise", "session"])
def test_a_citation_without_a_card(tree, folder):
    getattr(tree, folder)("lift" if folder == "exercise" else "short", evidence=["dolak"])
    assert the(tree)[1:] == ("evidence[0]", "dolak")
    assert tree.problem.allowed == "nothing: there are none"


@pytest.mark.parametrize("field", ["people", "effect", "uncertainty", "length", "limits", "source"])
def test_a_card_that_leaves_out_what_matters(tree, field):
    tree.card("study", **{field: ...})
    assert the(tree) == ("evidence/study.yaml", field, "nothing")


def test_an_exercise_without_a_motion(tree):
    tree.exercise("lift", motion=...)
    assert the(tree) == ("exercises/lift.yaml", "motion", "no motion")


def test_impossible_angles_are_all_told_each_in_its_place(tree):
    up = {"both": {"knee_flexion": 200}, "left": {"hip_flexion": -90}, "middle": {"pelvis_tilt": 1}}
    tree.motion(poses={"rest": {}, "up": up})
    assert {(p.field, p.given, p.allowed) for p in tree.problems} == {
        ("motion.poses.up.both.knee_flexion", "200", "-5 to 155 deg"),
        ("motion.poses.up.left.hip_flexion", "-90", "-30 to 130 deg"),
    }
    assert all(p.line for p in tree.problems)


def test_a_motion_with_an_unknown_pose(tree):
    tree.motion(start="rset")
    assert the(tree)[1:] == ("motion.start", "rset")
    assert "did you mean rest?" in tree.problem.allowed


def test_a_motion_with_an_unknown_angle(tree):
    tree.motion(poses={"rest": {}, "up": {"both": {"hip_flexoin": 20}}})
    assert the(tree)[1:] == ("motion.poses.up.both", "hip_flexoin")
    assert "hip_flexion" in tree.problem.allowed


def test_a_motion_that_does_not_come_back(tree):
    tree.motion(phases=[{"name": "lift", "to": "up", "seconds": 2}])
    assert the(tree)[1] == "motion.phases"
    assert "start pose 'rest'" in tree.problem.allowed


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"between": ["knee-inner-left", "kne-inner-right"]}, "between"),
        ({"position": [1e300, 0, 0]}, "position[0]"),
        ({"position": [0, 0, 0], "size": [0.3, -1, 0.2]}, "size[1]"),
    ],
)
def test_a_cushion_that_cannot_be_there(tree, changes, field):
    mat, cushion = {"kind": "mat"}, {"kind": "cushion", **changes}
    tree.exercise("lift", kit=["mat", "cushion"], motion={**MOTION, "props": [mat, cushion]})
    assert the(tree)[1] == f"motion.props[1].{field}"


def test_a_load_that_nobody_lifts(tree):
    load = {"kind": "dumbbell", "segments": ["hand_left"], "kilograms": 1e300}
    tree.exercise("lift", kit=["mat", "dumbbell"], motion={**MOTION, "loads": [load]})
    assert (the(tree)[1], tree.problem.allowed) == ("motion.loads[0].kilograms", "at most 100")


def test_kit_that_the_motion_uses_and_the_document_does_not_list(tree):
    chair = {"kind": "chair", "position": [0, 0, 0.5]}
    tree.motion(props=[chair])
    assert the(tree)[1:] == ("kit", "no chair")


@pytest.mark.parametrize("kind", ["chair", "dumbbell", "mini-band"])
def test_kit_that_is_listed_and_not_used(tree, kind):
    tree.exercise("lift", kit=["mat", kind])
    assert the(tree)[1:] == ("kit", kind)


@pytest.mark.parametrize("cue", ["Lift the left leg.", "Turn it right, then back."])
def test_cues_that_name_a_side(tree, cue):
    text = (tree.root / "exercises/lift.yaml").read_text()
    tree.write("exercises/lift.yaml", text.replace("Lift the working leg.", cue))
    assert the(tree)[1] == "cues.move"
    assert "working leg" in tree.problem.allowed


def test_a_side_in_another_language_is_nobodys_business(tree):
    text = (tree.root / "exercises/lift.yaml").read_text()
    text = text.replace("Lift the working leg.", "Left ist kein Wort.") + "language: de\n"
    tree.write("exercises/lift.yaml", text)
    assert not tree.problems


def test_an_empty_pack(tree):
    (tree.root / "exercises/lift.yaml").unlink()
    (tree.root / "sessions/short.yaml").unlink()
    assert the(tree) == ("", "", "no exercise and no session")


def test_a_slug_is_not_unknown_when_only_its_file_is_broken(tree):
    tree.write("exercises/lift.yaml", b"\xff")
    assert the(tree)[0] == "exercises/lift.yaml"


def test_a_card_that_names_another_names_one_that_is_there(tree):
    tree.card("one-2000", later="Another found less (see one-2000 and nobody-1999).")
    assert the(tree) == ("evidence/one-2000.yaml", "later", "nobody-1999")
