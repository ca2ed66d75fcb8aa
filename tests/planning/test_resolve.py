# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.packs.documents import WorkPlan
from hipfirst.planning.bouts import AGAIN_S, MOVE_S, NEW_S, TURN_S, Body, Dose, bouts
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.dose import work
from hipfirst.planning.plan import plan as plan_session
from hipfirst.planning.preview import preview
from hipfirst.planning.request import Knee, LastTime, Request
from hipfirst.planning.resolve import resolve, session_seconds, timeline_hash, timeline_json
from hipfirst.planning.resolve import timeline as timeline_of
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.timeline import Timeline
from hipfirst.planning.words import gettext_noop
from planning.make import make_assets, make_exercise, make_session, make_slot

BRIDGE = make_exercise("bridge")
LEG = make_exercise("leg", side="right")
CLAM = make_exercise("clam", "side-lying", side="right", lying_on="left")
INNER = make_exercise("inner", "side-lying", side="left", lying_on="left")
MARCH = make_exercise("march", "standing")
SQUEEZE = make_exercise(
    "squeeze",
    seconds=[("press", 2, False), ("stay", 5, True), ("let-go", 2, False), ("rest", 1, True)],
)
ALL = {e.slug: e for e in (BRIDGE, LEG, CLAM, INNER, MARCH, SQUEEZE)}


def timeline(*slots) -> Timeline:
    return resolve(make_session(*slots), ALL, make_assets(*ALL.values()))


def sides(slot):
    return [(bout.set, bout.side) for bout in slot.bouts]


def test_both_sides_together_are_one_bout_for_each_set():
    (slot,) = timeline(make_slot("bridge", sets=3)).slots
    assert sides(slot) == [(1, "both"), (2, "both"), (3, "both")]
    assert not any(bout.switch_after for bout in slot.bouts)


def test_sides_take_turns():
    (slot,) = timeline(make_slot("leg", sets=2, sides="each", rest_s=20)).slots
    assert sides(slot) == [(1, "left"), (1, "right"), (2, "left"), (2, "right")]
    assert [bout.switch_after for bout in slot.bouts] == [True, True, True, False]
    assert [bout.rest_after_s for bout in slot.bouts] == [0, 20, 0, 0]


def test_lying_on_the_side_one_rolls_over_once():
    (slot,) = timeline(make_slot("clam", sets=2, sides="each", rest_s=20)).slots
    assert sides(slot) == [(1, "left"), (2, "left"), (1, "right"), (2, "right")]
    assert [bout.switch_after for bout in slot.bouts] == [False, True, False, False]
    assert [bout.rest_after_s for bout in slot.bouts] == [20, 0, 20, 0]
    assert [bout.get_ready_s for bout in slot.bouts] == [MOVE_S, AGAIN_S, TURN_S, AGAIN_S]


def test_a_slot_begins_on_the_side_on_which_one_lies_already():
    first, second = timeline(
        make_slot("clam", sides="each"), make_slot("inner", sides="each")
    ).slots
    assert sides(first)[-1] == (1, "right")  # so the left side is down, and its inner thigh is next
    assert sides(second) == [(1, "left"), (1, "right")]
    assert second.bouts[0].get_ready_s == NEW_S
    again = timeline(make_slot("clam", sides="each"), make_slot("clam", id="b", sides="each"))
    assert sides(again.slots[1]) == [(1, "right"), (1, "left")]


def test_moving_to_another_position_takes_longer():
    lying, again, standing = timeline(
        make_slot("bridge"), make_slot("squeeze", work={"hold_s": 20}), make_slot("march")
    ).slots
    ready = [slot.bouts[0].get_ready_s for slot in (lying, again, standing)]
    assert ready == [MOVE_S, NEW_S, MOVE_S]


def test_only_the_end_of_the_session_needs_no_rest():
    first, last = timeline(make_slot("bridge", rest_s=30), make_slot("march", rest_s=30)).slots
    assert (first.bouts[-1].rest_after_s, last.bouts[-1].rest_after_s) == (30, 0)


def test_repetitions_last_as_long_as_their_phases():
    (slot,) = timeline(make_slot("bridge")).slots
    work = slot.rungs[0].work
    assert (work.kind, work.reps, work.seconds) == ("reps", 10, 60)
    assert [(p.name, p.seconds, p.cue) for p in work.phases] == [
        ("lift", 2, "Lift"),
        ("stay", 1, "Stay"),
        ("lower", 3, "Lower"),
    ]


def test_a_tempo_changes_single_phases():
    (slot,) = timeline(make_slot("bridge", work={"reps": 2, "tempo": {"lower": 5}})).slots
    assert slot.rungs[0].work.seconds == 2 * (2 + 1 + 5)


def test_a_hold_stretches_the_longest_held_phase():
    (slot,) = timeline(make_slot("squeeze", work={"hold_s": 30})).slots
    work = slot.rungs[0].work
    assert (work.kind, work.hold_s, work.seconds) == ("hold", 30, 2 + 30 + 2 + 1)
    assert [p.seconds for p in work.phases] == [2, 30, 2, 1]


def test_a_hold_needs_a_phase_to_hold():
    swing = make_exercise("swing", seconds=[("out", 1, False), ("back", 1, False)])
    session = make_session(make_slot("swing", work={"hold_s": 10}))
    with pytest.raises(ValueError, match="swing: the motion has no phase to hold"):
        resolve(session, {"swing": swing}, make_assets(swing))


def test_an_exercise_without_a_motion_has_no_time():
    still = make_exercise("still", motion=None)
    with pytest.raises(ValueError, match="still: no motion"):
        session_seconds(make_session(make_slot("still")), {"still": still})


def test_rungs_are_those_listed_each_with_its_own_work():
    slot = make_slot(
        "march", rungs=["bridge", "march"], work={"reps": 8}, work_for={"bridge": {"reps": 4}}
    )
    (made,) = timeline(slot).slots
    assert [(r.exercise, r.work.reps) for r in made.rungs] == [("bridge", 4), ("march", 8)]
    assert made.start_rung == 1


def test_rungs_that_are_not_listed_come_from_the_ladder():
    ladder = {
        "low": make_exercise("low", harder="mid"),
        "mid": make_exercise("mid", easier="low", harder="top"),
        "top": make_exercise("top", easier="mid", side="left"),
    }
    assets = make_assets(*ladder.values())
    (both,) = resolve(make_session(make_slot("mid")), ladder, assets).slots
    (each,) = resolve(make_session(make_slot("mid", sides="each")), ladder, assets).slots
    assert [rung.exercise for rung in both.rungs] == ["low", "mid"]
    assert [rung.exercise for rung in each.rungs] == ["low", "mid", "top"]
    assert (both.start_rung, each.start_rung) == (1, 1)


def test_a_rung_says_which_side_its_clip_shows():
    bridge, leg = timeline(make_slot("bridge"), make_slot("leg", sides="each")).slots
    assert (bridge.rungs[0].shown_side, leg.rungs[0].shown_side) == (None, "right")
    assert leg.rungs[0].clip_url == "/clips/leg.json"
    assert leg.rungs[0].still_url == "/stills/leg.webp"


def test_the_hash_follows_the_content_and_survives_the_wire():
    one = timeline(make_slot("bridge"))
    assert timeline_hash(one) == timeline_hash(timeline(make_slot("bridge")))
    assert timeline_hash(one) != timeline_hash(timeline(make_slot("bridge", sets=2)))
    assert timeline_hash(Timeline.model_validate_json(timeline_json(one))) == timeline_hash(one)


SLOTS = st.lists(
    st.builds(
        lambda slug, sets, rest, each, reps: (slug, sets, rest, each, reps),
        st.sampled_from(sorted(ALL)),
        st.integers(1, 4),
        st.integers(0, 60),
        st.booleans(),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=6,
)


@given(SLOTS)
def test_laws_of_every_timeline(drawn):
    plans = [
        make_slot(
            slug,
            id=f"slot-{n}",
            sets=sets,
            rest_s=rest,
            sides="each" if each or slug in {"leg", "clam", "inner"} else "both",
            work={"reps": reps},
        )
        for n, (slug, sets, rest, each, reps) in enumerate(drawn)
    ]
    made = timeline(*plans)
    assert made.seconds == pytest.approx(
        sum(
            bout.get_ready_s + slot.rungs[slot.start_rung].work.seconds + bout.rest_after_s
            for slot in made.slots
            for bout in slot.bouts
        )
    )
    assert made.seconds == session_seconds(make_session(*plans), ALL)
    for slot, plan in zip(made.slots, plans, strict=True):
        done = sides(slot)
        assert len(set(done)) == len(done)
        expected = {"left", "right"} if plan["sides"] == "each" else {"both"}
        for side in expected:
            assert [n for n, s in done if s == side] == list(range(1, plan["sets"] + 1))
        turns = [a.side != b.side for a, b in zip(slot.bouts, slot.bouts[1:], strict=False)]
        assert [bout.switch_after for bout in slot.bouts] == [*turns, False]
        if ALL[plan["exercise"]].position == "side-lying":
            assert sum(turns) <= 1
    assert made.slots[-1].bouts[-1].rest_after_s == 0


def test_a_hold_lasts_where_the_work_is_and_not_in_a_longer_rest():
    phases = [
        {"name": "lift", "to": "up", "seconds": 2},
        {"name": "stay", "seconds": 1, "hold": True},
        {"name": "lower", "to": "rest", "seconds": 2},
        {"name": "pause", "seconds": 1.5, "hold": True},
    ]
    lift = make_exercise("lift")
    motion = lift.motion.model_dump(by_alias=True, exclude_defaults=True)
    poses = {"rest": {}, "up": {"both": {"hip_flexion": 20}}}
    lift = make_exercise("lift", motion={**motion, "poses": poses, "phases": phases})
    done = work(lift, WorkPlan(hold_s=20))
    assert [phase.seconds for phase in done.phases] == [2, 20, 2, 1.5]


LADDER = {
    "low": make_exercise("low", "supine", harder="mid", work={"reps": 5}),
    "mid": make_exercise("mid", "standing", easier="low", harder="top"),
    "top": make_exercise("top", "standing", easier="mid", level="strong"),
    "other": make_exercise("other", "seated", work={"reps": 40}),
}
CATALOGUE = Catalogue(LADDER)


def planned(request, *slots, say=gettext_noop):
    made = plan_session(make_session(*slots), CATALOGUE, request)
    return timeline_of(made, CATALOGUE, make_assets(*LADDER.values()), say)


def test_a_timeline_holds_what_may_stand_in_after_the_rungs():
    (slot,) = planned(Request(), make_slot("mid")).slots
    assert [rung.exercise for rung in slot.rungs] == ["low", "mid", "top"]
    assert [rung.exercise for rung in slot.others] == ["other"]
    assert slot.substitutes["too-hard"] == "low"
    assert slot.substitutes["not-today"] == "other"
    assert slot.others[0].work.seconds <= slot.rungs[1].work.seconds


def test_a_timeline_says_which_movements_are_harder():
    made = planned(Request(), make_slot("mid"))
    assert made.harder == {"low": ("mid", "top"), "mid": ("top",)}


def test_a_timeline_says_what_changed_and_why_in_the_language_of_the_reader():
    sore = Request(left=Knee(now=5))
    (note,) = planned(sore, make_slot("mid")).changes
    assert (note.slot, note.before, note.after, note.rule) == ("mid", "Mid", "Low", "red-rung")
    assert note.because.startswith("Left knee: ")
    (slot,) = planned(sore, make_slot("mid")).slots
    assert slot.because == (note.because,)
    assert slot.start_rung == 0
    (said,) = planned(sore, make_slot("mid"), say=lambda text: f"<{text}>").changes
    assert said.because.startswith("<<Left knee>: ")


def test_the_pain_rules_of_the_player_are_those_of_the_owner():
    made = plan_session(
        make_session(make_slot("mid")), CATALOGUE, Request(), Thresholds(amber=2, red=4)
    )
    found = timeline_of(made, CATALOGUE, make_assets(*LADDER.values()))
    assert (found.hurts.step_down_from, found.hurts.stop_from) == (2, 4)
    rows = [(row.rule, row.pain_from, row.effort_to) for row in found.outlook]
    assert rows == [
        ("last-red", 4, 10),
        ("last-amber", 2, 10),
        ("last-easy", 0, 3),
        ("last-steady", 0, 10),
    ]


def outlook_of(request, *slots, catalogue=CATALOGUE):
    """Rule -> what a calm session is told, in the order in which rows are tried."""
    made = plan_session(make_session(*(slots or (make_slot("mid"),))), catalogue, request)
    found = timeline_of(made, catalogue, make_assets(*LADDER.values()))
    return {row.rule: row.text for row in found.outlook if not row.pain_from}


def test_after_a_calm_session_of_a_program_it_says_that_the_log_leads():
    told = outlook_of(Request(followed=True, left=Knee(now=3)))
    assert told == {
        "progress-on": "Each movement goes on from what you logged; your page for today says what "
        "changes."
    }


@pytest.mark.parametrize(
    "request_",
    [
        Request(left=Knee(now=3)),
        Request(left=Knee(now=5)),
        Request(experience="new"),
        Request(experience="years"),
        Request(hurts=frozenset({"running"})),
        Request(age_band="teen"),
        Request(last=LastTime(pain_left=3)),
        Request(last=LastTime(pain_left=0, effort=1, did={("mid", "both")})),
    ],
)
def test_what_may_not_be_so_is_not_told(request_):
    assert list(outlook_of(Request())) == ["last-easy", "last-steady"]
    assert not outlook_of(request_)


def test_a_test_and_what_is_played_on_a_flare_promise_nothing():
    assert not outlook_of(Request(), make_slot("mid", work={"count_s": 30}))
    flare = make_session(make_slot("low")).model_copy(update={"slug": "flare-day"})
    sore = Request(left=Knee(now=8), followed=True)
    assert not outlook_of(sore, catalogue=Catalogue(LADDER, flare))


def test_of_a_preview_only_pain_is_told():
    found = preview(
        make_session(make_slot("mid")),
        CATALOGUE,
        make_assets(*LADDER.values()),
        Request(),
        Thresholds(),
    )
    assert [row.rule for row in found.outlook] == ["last-red", "last-amber"]


def test_a_session_in_the_place_of_another_says_so():
    flare = make_session(make_slot("low")).model_copy(
        update={"slug": "flare-day", "title": "Flare Day"}
    )
    catalogue = Catalogue(LADDER, flare)
    made = plan_session(make_session(make_slot("mid")), catalogue, Request(left=Knee(now=8)))
    found = timeline_of(made, catalogue, make_assets(*LADDER.values()))
    assert (found.session, found.instead_of) == ("flare-day", "Short")


def test_sides_in_different_positions_do_not_take_turns():
    doing = {"left": LADDER["low"], "right": LADDER["mid"]}
    made = bouts(Dose(2, 20), doing, Body(), last=False, easier_by={"left": 1, "right": 0})
    assert [(b.set, b.side, b.easier_by) for b in made] == [
        (1, "left", 1),
        (2, "left", 1),
        (1, "right", 0),
        (2, "right", 0),
    ]
    assert [b.get_ready_s for b in made] == [MOVE_S, AGAIN_S, MOVE_S, AGAIN_S]
    assert [b.rest_after_s for b in made] == [20, 0, 20, 20]
