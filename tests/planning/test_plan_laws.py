# SPDX-License-Identifier: Apache-2.0
"""What holds for every request, over the starter pack."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipfirst.packs.slots import fits_sides, rungs_of
from hipfirst.packs.strain import ALWAYS_THERE, EXTENSORS
from hipfirst.packs.vocabulary import KNEELING, OFF_THE_FLOOR
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.choose import slot_seconds
from hipfirst.planning.plan import OVER, Emptied, kit_of, only_tests, plan, slots_of, written
from hipfirst.planning.request import Knee, Request
from hipfirst.planning.resolve import timeline, timeline_hash
from hipfirst.planning.rules import BY_ID
from hipfirst.planning.thresholds import Thresholds
from planning.requests import (
    CATALOGUE,
    MOVEMENTS,
    PACK,
    SENSIBLE,
    SESSIONS,
    THRESHOLDS,
    allowed,
    hardness,
    requests,
)

MANY = settings(max_examples=700, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOME = settings(max_examples=350, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SESSION = st.sampled_from(SESSIONS)
TRAINING = SESSION.filter(lambda session: not only_tests(session))
"""Tests of the sides wait for calm knees, so there is not one for every request."""
ASSETS = {slug: (f"/{slug}.json", f"/{slug}.webp") for slug in MOVEMENTS}


def planned(session, request, rules=Thresholds()):  # noqa: B008 (frozen)
    """The plan, or None where the rules leave nothing."""
    try:
        return plan(session, CATALOGUE, request, rules)
    except Emptied:
        return None


def offered(made):
    """Every movement that a plan plays or offers."""
    return {slug for slot in made.slots for slug in (*slot.choice.rungs, *slot.others)}


@MANY
@given(SESSION, requests())
def test_it_never_takes_more_than_the_minutes_there_are(session, request):
    made = planned(session, request)
    if made and request.minutes:
        assert made.seconds <= OVER * 60 * request.minutes
    if made:
        stretches = (
            bout.get_ready_s + slot.work_s[bout.side] + bout.rest_after_s
            for slot in made.slots
            for bout in slot.bouts
        )
        assert abs(sum(stretches) - made.seconds) < 0.01


@MANY
@given(SESSION, requests())
def test_nothing_needs_kit_that_is_not_there_or_a_position_to_avoid(session, request):
    made = planned(session, request)
    if made is None:
        return
    kit = kit_of(made.session, CATALOGUE) | kit_of(made.asked, CATALOGUE)
    if request.kit is not None:
        kit = request.kit
    for slug in offered(made):
        exercise, strain = CATALOGUE.exercises[slug], CATALOGUE.strains[slug]
        assert set(exercise.kit) <= kit | ALWAYS_THERE
        assert exercise.position not in request.avoid
        if "kneeling" in request.avoid | request.hurts:
            assert exercise.position not in KNEELING
            assert not strain.kneels
        if "floor" in request.avoid:
            assert exercise.position in OFF_THE_FLOOR
            assert not strain.on_floor


@SOME
@given(SESSION, requests())
def test_both_sides_get_the_same_sets(session, request):
    made = planned(session, request)
    for slot in made.slots if made else ():
        sides = Counter(bout.side for bout in slot.bouts)
        assert len(set(sides.values())) == 1
        assert set(sides.values()) == {slot.dose.sets}
        if slot.plan.sides == "weaker" and request.weaker:
            assert set(sides) == {request.weaker}
        else:
            assert set(sides) == ({"both"} if slot.plan.sides == "both" else {"left", "right"})


@MANY
@given(SESSION, requests())
def test_every_change_has_a_reason_and_every_difference_is_a_change(session, request):
    made = planned(session, request)
    if made is None:
        return
    for change in made.changes:
        assert change.rule in BY_ID
        assert change.because.said().strip()
        assert "%" not in change.because.said()
    slots, played = slots_of(made.session), {slot.plan.id: slot for slot in made.slots}
    told = {(c.slot, c.side, c.exercises[1]) for c in made.changes if c.exercises}
    for name, slot in slots.items():
        if name not in played:
            assert (name, "both", "") in told
            continue
        for side in played[name].choice.at:
            slug = played[name].choice.doing(side)
            if slug != slot.exercise:
                assert {(name, side, slug), (name, "both", slug)} & told
        if played[name].dose.sets != slot.sets:
            assert any(c.slot == name and not c.exercises for c in made.changes)
    assert len(told) == sum(1 for change in made.changes if change.exercises)


@SOME
@given(SESSION, requests())
def test_what_is_offered_may_be_done_and_stands_in_the_slot(session, request):
    made = planned(session, request)
    for slot in made.slots if made else ():
        now = slot.choice.rungs[slot.start]
        rungs = rungs_of(slot.plan, CATALOGUE.exercises)
        if now not in rungs:
            assert CATALOGUE.level(now) <= CATALOGUE.level(rungs[0])
        for reason, slug in slot.substitutes.items():
            assert slug in (*slot.choice.rungs, *slot.others)
            assert slug != now
            assert reason != "too-easy" or request.age_band == "adult"
            if reason not in {"hurts", "too-hard", "too-easy"}:
                assert CATALOGUE.main[slug] & CATALOGUE.main[now]
            if slug in slot.others:
                assert serves_aim(slot, slug)
            for side, led in led_to(slot, slug).items():
                assert led != slot.choice.doing(side)
                if reason in {"hurts", "too-hard"}:
                    assert led not in CATALOGUE.harder[slot.choice.doing(side)]
        for side, rung in slot.choice.at.items():
            assert slot.start - rung >= 0
            assert all(b.easier_by == slot.start - rung for b in slot.bouts if b.side == side)


def led_to(slot, slug):
    """What each side does when `slug` is chosen for the slot, as the player does it."""
    rungs, at = slot.choice.rungs, slot.choice.at
    if slug not in rungs:
        return dict.fromkeys(at, slug)
    chosen = rungs.index(slug)
    return {side: rungs[max(0, chosen - (slot.start - n))] for side, n in at.items()}


@MANY
@given(SESSION, requests(), THRESHOLDS)
def test_no_side_can_be_led_to_what_it_may_not_do(session, request, rules):
    made = planned(session, request, rules)
    asked = allowed(made) if made else None
    for slot in made.slots if made else ():
        for slug in (*slot.choice.rungs, *slot.others):
            for side, led in led_to(slot, slug).items():
                assert asked.ban(led, side) is None
        if request.age_band == "teen":
            written = rungs_of(slot.plan, CATALOGUE.exercises).index(slot.plan.exercise)
            above = rungs_of(slot.plan, CATALOGUE.exercises)[written + 1 :]
            assert not set(above) & set(slot.choice.rungs)


def serves_aim(slot, slug):
    """The aim of what a side does now; the sides may do rungs of different aims."""
    aim = CATALOGUE.exercises[slug].aim
    aims = {CATALOGUE.exercises[slot.choice.doing(side)].aim for side in slot.choice.at}
    return aim in aims or {aim, *aims} <= {"stretch", "mobility"}


def lighter(old, new):
    """Whether a knee no longer stands alone, or bends clearly less under load."""
    if old.single_leg:
        return not new.single_leg
    pairs = ((old.push_bend_deg, new.push_bend_deg), (old.stance_bend_deg, new.stance_bend_deg))
    return all(not was or was - now >= min(10, was / 4) for was, now in pairs)


def eases(slot, slug):
    """Whether every side would do something else, that asks less of each knee that pushes and no
    more of any kind, and is no harder.
    """
    for side in slot.choice.at:
        now = slot.choice.doing(side)
        extends = CATALOGUE.main[slug] & EXTENSORS and not CATALOGUE.main[now] & EXTENSORS
        if slug == now or slug in CATALOGUE.harder[now] or extends:
            return False
        if CATALOGUE.level(slug) > CATALOGUE.level(now):
            return False
        for knee in ("left", "right"):
            old, new = (CATALOGUE.strains[each].knee(knee, side) for each in (now, slug))
            if new.push_bend_deg > old.push_bend_deg or new.stance_bend_deg > old.stance_bend_deg:
                return False
            if new.lies_on > old.lies_on or not lighter(old, new):
                return False
            if new.kneels > old.kneels or new.single_leg > old.single_leg:
                return False
    return True


@SOME
@given(SESSION, requests())
def test_for_what_hurts_something_stands_ready_wherever_anything_does(session, request):
    made = planned(session, request)
    for slot in made.slots if made else ():
        if "hurts" in slot.substitutes or slot.plan.work.is_test:
            continue
        longest_s = slot_seconds(slot.plan, CATALOGUE)
        rules = allowed(made)
        assert not [
            slug
            for slug, exercise in CATALOGUE.exercises.items()
            if slug not in slot.choice.rungs
            and eases(slot, slug)
            and rules.free(slug, slot.choice.at)
            and fits_sides(exercise, slot.plan)
            and serves_aim(slot, slug)
            and CATALOGUE.filling(slug, longest_s)
        ]


@FEW
@given(SESSION, requests())
def test_the_same_request_gives_the_same_plan(session, request):
    one, again = planned(session, request), None
    assert PACK is not None
    if one:
        again = plan(session, Catalogue.of(PACK), request)
        hashes = {timeline_hash(timeline(made, CATALOGUE, ASSETS)) for made in (one, again)}
        assert len(hashes) == 1


@SOME
@given(TRAINING, requests(avoid=SENSIBLE, minutes=st.none() | st.integers(8, 60)))
def test_there_is_a_session_for_every_sensible_request(session, request):
    assert plan(session, CATALOGUE, request).slots


def lower(draw, knee):
    return Knee(now=draw(st.integers(0, knee.now)), week=draw(st.integers(0, knee.week)))


def calmer(draw, after):
    """What came after a session, lower; what it is compared with, before it, stays."""
    told = {name: getattr(after, name) for name in ("during", "hour", "morning")}
    lower = {n: None if p is None else draw(st.integers(0, p)) for n, p in told.items()}
    return after.model_copy(update=lower)


def relieved(draw, last):
    """The same session rated with less pain."""
    told = {name: getattr(last, name) for name in ("pain_left", "pain_right")}
    lower = {n: None if p is None else draw(st.integers(0, p)) for n, p in told.items()}
    return last.model_copy(update=lower)


def better(draw, week):
    """The newest week lower; those before it, which it is compared with, stay."""
    return week.model_copy(
        update={"pain": draw(st.integers(0, week.pain))} if not week.weeks_ago else {}
    )


@MANY
@given(SESSION, requests(), st.just(Thresholds()) | THRESHOLDS, st.data())
def test_lower_pain_never_gives_an_easier_session(session, request, rules, data):
    knees = {side: lower(data.draw, request.knee(side)) for side in ("left", "right")}
    told = {"after": tuple(calmer(data.draw, each) for each in request.after)}
    told["last"] = request.last and relieved(data.draw, request.last)
    told["weeks"] = tuple(better(data.draw, each) for each in request.weeks)
    calm_request = request.model_copy(update={**knees, **told})
    sore, calm = (planned(session, r, rules) for r in (request, calm_request))
    if sore is None:
        return
    assert calm is not None
    if sore.session != calm.session:
        assert sore.session == CATALOGUE.flare
        return
    # Where nothing is left there is something for other muscles, which a calm knee has no need of.
    beside = {change.slot for change in sore.changes if change.rule == "anything-that-fits"}
    harder = hardness(calm)
    easier = {place: hard for place, hard in hardness(sore).items() if place[0] not in beside}
    assert set(easier) <= set(harder)
    for place, hard in easier.items():
        assert harder[place][:2] >= hard[:2]
        assert harder[place][2] >= hard[2]


@SOME
@given(SESSION, st.integers(0, 40))
def test_a_longer_wish_changes_nothing(session, more):
    minutes = int(written(session, CATALOGUE).seconds // 60) + 1 + more
    asked = plan(session, CATALOGUE, Request(minutes=minutes))
    assert asked.slots == written(session, CATALOGUE).slots
    assert not asked.changes
