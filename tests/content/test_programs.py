# SPDX-License-Identifier: Apache-2.0
"""Build, and the test of the sides: what they promise, as laws of their data."""

from collections import Counter
from itertools import chain, pairwise
from pathlib import Path

import pytest

from hipfirst.packs.check import inspect_pack
from hipfirst.packs.check_program import PREVIEWED
from hipfirst.packs.slots import work_of
from hipfirst.packs.strain import strain
from hipfirst.packs.vocabulary import KNEELING
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.dose import seconds
from hipfirst.planning.plan import plan
from hipfirst.planning.request import Knee, Request
from hipfirst.planning.resolve import session_seconds

ROOT = Path(__file__).parents[2] / "content" / "starter"
PACK, _ = inspect_pack(ROOT)
BUILD = PACK.programs["build"]
SAMPLE = "build-lower-body-detail"
FREE = {
    SAMPLE,
    "flare-day",
    "seated-and-strong",
    "self-test",
    "side-by-side",
    "strong-hips-standing",
    "ten-quiet-minutes",
}
HIPS_ONLY = 4
"""Weeks in which no thigh muscle that straightens the knee is a main muscle of anything."""
WEEKS = range(1, len(BUILD.weeks) + 1)
SESSIONS = sorted({slug for week in BUILD.weeks for slug in week.sessions})
HIP = {
    "piriformis",
    "deep-rotators",
    "gluteus-medius",
    "gluteus-minimus",
    "gluteus-maximus",
    "tensor-fasciae-latae",
    "iliopsoas",
    "adductors",
    "rectus-femoris",
}
"""What moves the hip, apart from the hamstrings."""
AS_MAIN = {"gluteus-medius", "gluteus-maximus", "deep-rotators", "iliopsoas", "adductors"}
"""What every week trains as a main muscle, also when knee work has joined in."""
PEOPLE = {
    "new": Request(experience="new"),
    "for years": Request(experience="years"),
    "left knee sore": Request(left=Knee(now=3, week=4)),
}
CAREFUL = {
    "new": Request(experience="new"),
    "left amber": Request(left=Knee(now=3, week=4)),
    "both amber": Request(left=Knee(now=3, week=4), right=Knee(now=3, week=4)),
    "new and left amber": Request(experience="new", left=Knee(now=3, week=4)),
    "left red": Request(left=Knee(now=5, week=5)),
    "both red": Request(left=Knee(now=5, week=5), right=Knee(now=5, week=5)),
}
FAR_DEG = 25
"""A knee that carries somebody upright is bent further: thighs work, and the kneecap is pressed."""
HOLD_AS_BEND_S = 5
"""So many seconds of a hold count as one bend."""


def slots(slug):
    return [slot for block in PACK.sessions[slug].blocks for slot in block.slots]


def week(number):
    return [slot for slug in BUILD.weeks[number - 1].sessions for slot in slots(slug)]


def muscles(slugs, *roles):
    uses = chain.from_iterable(PACK.exercises[slug].muscles for slug in slugs)
    return {use.muscle for use in uses if use.role in roles}


def everything(found):
    """Every movement that a person may meet in slots."""
    return {slug for slot in found for slug in slot.rungs}


def test_eight_weeks_of_three_sessions_and_nine_or_more_of_them_differ():
    assert len(BUILD.weeks) >= 8
    assert {len(each.sessions) for each in BUILD.weeks} == {3}
    assert len(SESSIONS) >= 9
    assert all(each.focus for each in BUILD.weeks)


def test_one_session_is_the_free_sample_and_the_rest_is_for_members():
    assert SAMPLE in SESSIONS
    assert BUILD.access == "members"
    open_to_all = {slug for slug, each in PACK.sessions.items() if each.access == "everyone"}
    assert open_to_all == FREE
    assert all(each.access == "everyone" for each in PACK.exercises.values())


@pytest.mark.parametrize("slug", sorted(set(SESSIONS) - {SAMPLE}))
def test_a_session_for_members_is_named_after_the_program(slug):
    assert slug.startswith("build-")
    assert PACK.sessions[slug].title.startswith("Build: ")
    assert PACK.sessions[slug].evidence


@pytest.mark.parametrize("number", range(1, HIPS_ONLY + 1))
def test_hips_first(number):
    """Nobody meets a movement for the front of the thigh, at whatever rung, and no knee bends
    far while it carries.
    """
    met = everything(week(number))
    assert "vasti" not in muscles(met, "main")
    asked = {slug: strain(PACK.exercises[slug]) for slug in met}
    upright = {s: max(a.left.stance_bend_deg, a.right.stance_bend_deg) for s, a in asked.items()}
    assert {slug: bend for slug, bend in upright.items() if bend > 30} == {}


@pytest.mark.parametrize("number", range(HIPS_ONLY + 1, len(BUILD.weeks) + 1))
def test_not_hips_only(number):
    """Knee work is there as written, and most slots are still for the hip."""
    written = [slot.exercise for slot in week(number)]
    thighs = [slug for slug in written if "vasti" in muscles([slug], "main")]
    assert 2 <= len(thighs) < len(written) / 2


@pytest.mark.parametrize("number", WEEKS)
def test_a_week_reaches_the_whole_hip(number):
    written = [slot.exercise for slot in week(number)]
    assert muscles(written, "main", "helps") >= HIP
    assert muscles(written, "main") >= AS_MAIN


@pytest.mark.parametrize("number", WEEKS)
def test_no_two_sessions_of_a_week_are_alike(number):
    slugs = BUILD.weeks[number - 1].sessions
    assert len(set(slugs)) == len(slugs)
    held = [frozenset(slot.exercise for slot in slots(slug)) for slug in slugs]
    for n, one in enumerate(held):
        for other in held[n + 1 :]:
            assert len(one & other) <= len(one | other) / 2


@pytest.mark.parametrize("slug", SESSIONS)
def test_a_session_lasts_20_to_32_minutes_and_close_to_the_others(slug):
    minutes = {s: session_seconds(PACK.sessions[s], PACK.exercises) / 60 for s in SESSIONS}
    assert 20 <= minutes[slug] <= 32
    assert max(minutes.values()) - min(minutes.values()) < 4


@pytest.mark.parametrize("slug", SESSIONS)
@pytest.mark.parametrize("person", PEOPLE)
def test_a_beginner_a_veteran_and_a_sore_knee_end_within_three_minutes(slug, person):
    catalogue = Catalogue(PACK.exercises)
    planned = plan(PACK.sessions[slug], catalogue, PEOPLE[person]).seconds
    assert abs(planned - session_seconds(PACK.sessions[slug], PACK.exercises)) < 3 * 60


def bends(made, knee):
    """How often `knee` bends far under load: repetitions, and every few seconds of a hold."""
    total = 0.0
    for slot in made.slots:
        for bout in slot.bouts:
            slug = slot.choice.doing(bout.side)
            asked = strain(PACK.exercises[slug]).knee(knee, bout.side)
            if asked.stance_bend_deg > FAR_DEG:
                work = slot.works[slug]
                total += work.reps or work.hold_s / HOLD_AS_BEND_S
    return total


@pytest.mark.parametrize("slug", SESSIONS)
@pytest.mark.parametrize("person", CAREFUL)
def test_a_sorer_or_newer_knee_never_bends_more_often_under_load(slug, person):
    """A rung for two legs in a place for one is done on both turns, and must not count double."""
    catalogue = Catalogue(PACK.exercises)
    calm = plan(PACK.sessions[slug], catalogue, Request())
    made = plan(PACK.sessions[slug], catalogue, CAREFUL[person])
    for knee in ("left", "right"):
        assert bends(made, knee) <= bends(calm, knee)


@pytest.mark.parametrize("slug", SESSIONS)
@pytest.mark.parametrize("person", ["new", "left amber", "left red"])
def test_no_easier_rung_is_met_twice(slug, person):
    """Whoever is new or sore does not do a strengthening movement in two places of a session."""
    made = plan(PACK.sessions[slug], Catalogue(PACK.exercises), CAREFUL[person])
    found = Counter(
        movement
        for slot in made.slots
        for movement in {slot.choice.doing(side) for side in slot.choice.at}
        if PACK.exercises[movement].aim == "strength"
    )
    assert {movement for movement, times in found.items() if times > 1} == set()


@pytest.mark.parametrize("slug", SESSIONS)
def test_every_slot_can_move(slug):
    assert [slot.id for slot in slots(slug) if len(slot.rungs) < 2] == []


@pytest.mark.parametrize("slug", sorted(set(SESSIONS) - {SAMPLE}))
def test_no_rung_takes_longer_than_what_is_written(slug):
    for slot in slots(slug):
        took = {rung: seconds(PACK.exercises[rung], work_of(rung, slot)) for rung in slot.rungs}
        assert max(took.values()) <= took[slot.exercise] + 0.01, slot.id


@pytest.mark.parametrize("number", WEEKS)
def test_a_week_has_room_above_and_below(number):
    """A veteran and a beginner both find rungs of their own in most slots."""
    moving = week(number)
    below = [slot for slot in moving if slot.rungs.index(slot.exercise) > 0]
    above = [slot for slot in moving if slot.rungs.index(slot.exercise) < len(slot.rungs) - 1]
    assert len(below) > len(moving) / 2
    assert len(above) > len(moving) / 4


@pytest.mark.parametrize("slug", SESSIONS)
def test_it_arrives_gently_and_ends_lying_down_on_both_sides(slug):
    first, *_, last = slots(slug)
    assert PACK.exercises[first.exercise].level in {"gentle", "steady"}
    assert PACK.exercises[first.rungs[0]].aim == "mobility"
    assert PACK.exercises[last.exercise].aim == "stretch"
    assert PACK.exercises[last.exercise].position == "supine"
    assert last.sides == "each"


@pytest.mark.parametrize("slug", SESSIONS)
def test_it_needs_no_kneeling_and_little_kit(slug):
    met = [PACK.exercises[rung] for rung in everything(slots(slug))]
    assert not {exercise.position for exercise in met} & KNEELING
    assert {kit for each in met for kit in each.kit} <= {"mat", "wall", "chair", "cushion", "step"}


def test_a_step_is_needed_late():
    needs = {
        number
        for number in WEEKS
        for slug in everything(week(number))
        if "step" in PACK.exercises[slug].kit
    }
    assert min(needs) > HIPS_ONLY + 1


@pytest.mark.parametrize("slug", SESSIONS)
def test_both_sides_do_the_same(slug):
    assert {slot.sides for slot in slots(slug)} <= {"each", "both"}


def test_movements_come_back_so_that_what_was_learned_carries_on():
    """A rung is chosen from the log of its movements, so most slots are met on several days."""
    days = {}
    for number in WEEKS:
        for session in BUILD.weeks[number - 1].sessions:
            for slug in {rung for slot in slots(session) for rung in slot.rungs}:
                days.setdefault(slug, []).append((number, session))
    written = {slot.exercise for slug in SESSIONS for slot in slots(slug)}
    seldom = {slug for slug in written if len(days[slug]) < 3}
    assert len(seldom) < len(written) / 4, sorted(seldom)


@pytest.mark.parametrize("slug", sorted({s for s in PACK.sessions if s != "side-by-side"}))
def test_no_reason_is_given_twice_in_a_session(slug):
    reasons = [slot.why for slot in slots(slug)]
    assert sorted(set(reasons)) == sorted(reasons)


def test_the_preview_shows_what_the_session_is_for():
    """The first slots of a session for members train something, and are no warm-up only."""
    for slug in set(SESSIONS) - {SAMPLE}:
        shown = [slot.exercise for slot in slots(slug)[:PREVIEWED]]
        assert any(PACK.exercises[each].aim == "strength" for each in shown), slug


def test_the_self_test_measures_each_side_and_the_knees_come_last():
    found = slots("self-test")
    assert [slot.exercise for slot in found] == [
        "side-leg-hold",
        "single-leg-bridge-hold",
        "sit-to-stand",
        "step-down",
    ]
    assert all(slot.work.is_test and slot.sets == 1 for slot in found)
    assert [slot.work.hold_s or slot.work.count_s for slot in found] == [45, 45, 30, 30]
    assert [slot.sides for slot in found] == ["each", "each", "both", "each"]


def test_the_self_test_takes_about_six_minutes_and_never_eight():
    """With holds of half a minute; each may last three quarters of one."""
    session = PACK.sessions["self-test"]
    longest = session_seconds(session, PACK.exercises)
    early = sum(2 * (slot.work.hold_s - 30) for slot in slots("self-test") if slot.work.hold_s)
    assert 5 * 60 <= longest - early <= 6.5 * 60
    assert longest < 7.75 * 60


def test_whoever_has_held_to_the_limit_rests_half_a_minute():
    """The rest, and the time to get into the next position."""
    session, catalogue = PACK.sessions["self-test"], Catalogue(PACK.exercises)
    for one, after in pairwise(plan(session, catalogue, Request()).slots):
        assert 30 <= one.bouts[-1].rest_after_s + after.bouts[0].get_ready_s <= 45


def test_the_self_test_asks_for_the_same_each_time():
    session = PACK.sessions["self-test"]
    said = " ".join((session.summary, *(slot.why for slot in slots("self-test"))))
    for words in (
        "compares you with yourself",
        "diagnoses nothing",
        "stop when a knee hurts",
        "Warm up first",
        "the same chair and the same step each time",
        "count in your head",
        "45 or more",
    ):
        assert words in said


def test_the_first_week_and_the_last_offer_the_test_of_the_sides():
    """What changed can only be seen beside what it was; it is no step, so nobody waits for it."""
    offered = {number: BUILD.weeks[number - 1].also for number in WEEKS}
    assert {number for number, also in offered.items() if also == ("self-test",)} == {1, 8}
    assert "self-test" not in SESSIONS
