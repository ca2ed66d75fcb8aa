# SPDX-License-Identifier: Apache-2.0
"""One test for each way in which programs, tests and what is for members contradict each other."""

import pytest

PROGRAM = {
    "format": 1,
    "slug": "spring",
    "title": "Spring",
    "summary": "Two weeks.",
    "weeks": [{"sessions": ["short", "short"]}, {"sessions": ["short", "short"]}],
}
FOUR = ("one", "two", "three", "four")


def program(tree, **changes):
    tree.write("programs/spring.yaml", {**PROGRAM, **changes})


def slot(name, exercise="lift", **changes):
    plain = {"work": {"reps": 10}, "sides": "both", "why": "It helps."}
    return {"id": name, "exercise": exercise, **plain, **changes}


def session(tree, *slots, **changes):
    tree.session(blocks=[{"title": "Begin", "slots": list(slots)}], **changes)


def for_members(tree, slug="secret", **changes):
    tree.exercise(slug, access="members", **changes)


def the(tree):
    problem = tree.problem
    assert problem.line
    return (problem.file, problem.field, problem.given)


def test_a_sound_program(tree):
    program(tree)
    assert len(tree.pack.programs["spring"].weeks) == 2


def test_a_week_with_fewer_sessions_than_the_first(tree):
    program(tree, weeks=[{"sessions": ["short", "short"]}, {"sessions": ["short"]}])
    assert the(tree) == ("programs/spring.yaml", "weeks[1].sessions", "1 session")
    assert tree.problem.allowed == "2 sessions, as in the first week"


def test_a_week_with_more_sessions_than_days(tree):
    program(tree, weeks=[{"sessions": ["short"] * 8}])
    assert the(tree) == ("programs/spring.yaml", "weeks[0].sessions", "8 sessions")
    assert tree.problem.allowed == "at most 7 sessions, one for each day"


def beside(tree, *slugs, **changes):
    program(tree, weeks=[{"sessions": ["short"], "also": list(slugs)}], **changes)


def test_what_is_offered_beside_a_week_exists(tree):
    beside(tree, "nowhere")
    assert the(tree) == ("programs/spring.yaml", "weeks[0].also[0]", "nowhere")


def test_what_is_offered_beside_a_week_is_no_step_of_it(tree):
    beside(tree, "short")
    assert the(tree) == ("programs/spring.yaml", "weeks[0].also[0]", "short")


def test_a_session_for_members_beside_a_week_of_a_program_for_everyone(tree):
    blocks = [{"title": "Begin", "slots": [slot(name) for name in FOUR]}]
    tree.session("long", blocks=blocks, access="members")
    beside(tree, "long")
    assert the(tree) == ("programs/spring.yaml", "weeks[0].also[0]", "long, for members")
    beside(tree, "long", access="members")
    assert tree.pack.programs["spring"].weeks[0].also == ("long",)


def test_a_session_for_members_in_a_program_for_everyone(tree):
    session(tree, *map(slot, FOUR), access="members")
    program(tree, weeks=[{"sessions": ["short"]}])
    assert the(tree) == ("programs/spring.yaml", "weeks[0].sessions[0]", "short, for members")
    assert "access: members" in tree.problem.allowed


def test_a_session_for_members_in_a_program_for_members(tree):
    session(tree, *map(slot, FOUR), access="members")
    program(tree, weeks=[{"sessions": ["short"]}], access="members")
    assert tree.problems == ()


@pytest.mark.parametrize(
    "tests", [{"count_s": 30}, {"hold_s": 45, "measured": True}], ids=["count", "hold"]
)
@pytest.mark.parametrize(("dose", "given"), [({"reps": 8}, "reps"), ({"hold_s": 20}, "hold_s")])
def test_a_session_that_tests_here_and_trains_there(tree, tests, dose, given):
    session(tree, slot("one", work=tests, rungs=["lift"]), slot("two", work=dose))
    place = f"blocks[0].slots[1].work.{given}"
    assert the(tree) == ("sessions/short.yaml", place, f"{given}: no test")
    assert "as this session tests" in tree.problem.allowed


def test_a_session_that_tests_throughout(tree):
    count, hold = {"count_s": 30}, {"hold_s": 45, "measured": True}
    session(tree, slot("one", work=count, rungs=["lift"]), slot("two", work=hold, rungs=["lift"]))
    assert tree.problems == ()


@pytest.mark.parametrize(
    ("rungs", "given"), [([], "no rungs"), (["lift", "top"], "lift, top")], ids=["none", "two"]
)
def test_a_test_whose_movement_may_change(tree, rungs, given):
    tree.exercise("top")
    session(tree, slot("one", work={"count_s": 30}, rungs=rungs))
    assert (tree.problem.field.rpartition(".")[2], tree.problem.given) == ("rungs", given)
    assert tree.problem.allowed == "rungs: [lift], so that results of a test can be compared"


def test_a_movement_whose_usual_work_is_a_test(tree):
    tree.exercise("lift", work={"count_s": 30})
    assert the(tree) == ("exercises/lift.yaml", "work", "a test")
    assert tree.problem.allowed == "reps or hold_s: only sessions test"


def test_a_session_for_members_that_its_preview_shows_whole(tree):
    session(tree, *map(slot, FOUR[:3]), access="members")
    assert the(tree) == ("sessions/short.yaml", "access", "members, with 3 in all")
    assert "more than the 3 slots of its preview" in tree.problem.allowed


def test_a_movement_for_members_in_a_session_for_everyone(tree):
    for_members(tree)
    session(tree, slot("one", "secret"))
    place = "blocks[0].slots[0].exercise"
    assert the(tree) == ("sessions/short.yaml", place, "secret, for members")
    assert "a session that says access: members" in tree.problem.allowed


def test_a_movement_for_members_as_a_rung_of_a_session_for_everyone(tree):
    for_members(tree)
    session(tree, slot("one", rungs=["lift", "secret"]))
    place = "blocks[0].slots[0].rungs[1]"
    assert the(tree) == ("sessions/short.yaml", place, "secret, for members")


def test_a_movement_for_members_in_a_preview(tree):
    for_members(tree)
    slots = [slot(name, "secret" if name == "three" else "lift") for name in FOUR]
    session(tree, *slots, access="members")
    place = "blocks[0].slots[2].exercise"
    assert the(tree) == ("sessions/short.yaml", place, "secret, for members")
    assert "the first 3 slots are a preview" in tree.problem.allowed


def test_a_movement_for_members_after_the_preview(tree):
    for_members(tree)
    slots = [slot(name, "secret" if name == "four" else "lift") for name in FOUR]
    session(tree, *slots, access="members")
    assert tree.problems == ()


def test_a_movement_for_members_that_could_stand_in(tree):
    for_members(tree, work={"reps": 8})
    assert the(tree) == ("exercises/secret.yaml", "work", "work of a movement for members")
    assert "never offered in place of another" in tree.problem.allowed


@pytest.mark.parametrize(("edge", "back"), [("easier", "harder"), ("harder", "easier")])
def test_a_movement_for_members_on_the_ladder_of_an_open_one(tree, edge, back):
    for_members(tree, **{back: "lift"})
    tree.exercise("lift", **{edge: "secret"})
    assert the(tree) == ("exercises/lift.yaml", edge, "secret, for members")
    assert "a rung for everyone" in tree.problem.allowed
