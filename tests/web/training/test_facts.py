# SPDX-License-Identifier: Apache-2.0
"""What somebody logged and told leads the next plan, and the pages say by which rule."""

from __future__ import annotations

import copy
import re
import uuid
from datetime import UTC, date, datetime, timedelta
from html import unescape
from itertools import count

import pytest
import time_machine

from hipfirst.planning.request import After, Knee, Request, Worked, Worst
from hipfirst.web.training.models import CheckIn, Following, KneeCheck, Rhythm, Run
from hipfirst.web.training.plans import request_for
from hipfirst.web.training.queries import check_newest
from hipfirst.web.training.sides import results
from web.conftest import run_of
from web.training.events import LAPTOP, PHONE, batch, url

SLUG = "build-lower-body-detail"
SESSION = f"/sessions/{SLUG}/"
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
EASY = {"type": "rated", "pain_left": 0, "pain_right": 0, "effort": 2, "note": ""}
pytestmark = pytest.mark.usefixtures("starter")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def now():
    return datetime.now(tz=UTC)


def started(browser, slug=SLUG):
    play = browser.press(f"/sessions/{slug}/play/", again="1")["Location"]
    return Run.objects.select_related("timeline").get(pk=play.split("/")[2])


def log(browser, run, *bodies, device=PHONE, first=1):
    """Send what happened in a run, in order."""
    numbers = count(first)
    events = [
        {
            "format": 1,
            "id": str(uuid.uuid4()),
            "device": device,
            "seq": seq,
            "at": now().isoformat(),
            **body,
        }
        for seq, body in zip(numbers, bodies, strict=False)
    ]
    answer = browser.send(url(run), batch(*events))
    assert (answer.status_code, answer.json()["rejected"]) == (200, [])
    return run


def work(run, name, *, bouts=None, **more):
    """Every bout of a slot, done as planned."""
    slot = next(slot for slot in run.timeline.body["slots"] if slot["id"] == name)
    rung = slot["start_rung"]
    done = {"type": "done", "slot": name, "rung": rung, "reps": 8, "seconds": 30, "complete": True}
    return [{**done, "bout": n, **more} for n in bouts or range(len(slot["bouts"]))]


def played(browser, *more, slug=SLUG):
    """A whole session that came to its end now; `more` happened in it."""
    run = started(browser, slug)
    slots = [slot["id"] for slot in run.timeline.body["slots"]]
    every = [event for name in slots for event in work(run, name)]
    return log(browser, run, {"type": "started"}, *every, {"type": "finished"}, *more)


def doing(run):
    """What each bout of a run is done with, as planned."""
    return [
        (slot["id"], bout["side"], rungs[max(0, slot["start_rung"] - bout.get("easier_by", 0))])
        for slot in run.timeline.body["slots"]
        if (rungs := [rung["exercise"] for rung in slot["rungs"]])
        for bout in slot["bouts"]
    ]


def follow(browser):
    Following.objects.create(person=browser.person, program="build", started_on=date(2026, 3, 1))


def asked(browser, session=SLUG):
    check = check_newest(person=browser.person)
    return request_for(person=browser.person, check=check, session=session)


def check_in(browser, kind, left, right=0, *, days_ago=0, run=None):
    at = now() - timedelta(days=days_ago)
    return CheckIn.objects.create(
        person=browser.person,
        kind=kind,
        left=left,
        right=right,
        at=at,
        day=at.date(),
        run=run,
        consent=2,
    )


def check(browser, **said):
    calm = {"left_now": 0, "left_week": 0, "right_now": 0, "right_week": 0, "consent": 2}
    return KneeCheck.objects.create(
        person=browser.person, created=now(), **{**calm, "age_band": "adult", **said}
    )


def text(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_of_somebody_who_told_nothing_nothing_is_asked(ada):
    assert asked(ada) == Request()


def test_the_log_of_a_program_leads_its_sessions_and_no_others(ada, clock):
    played(ada, EASY)
    assert asked(ada).worked == ()
    follow(ada)
    clock.move_to(NOW + timedelta(days=2))
    worked = asked(ada).worked
    assert {each.went for each in worked} == {"easy"}
    assert {each.days_ago for each in worked} == {2}
    assert {each.side for each in worked} == {"left", "right", "both"}
    assert asked(ada).away_days == 2
    elsewhere = asked(ada, "seated-and-strong")
    assert (elsewhere.worked, elsewhere.away_days) == ((), None)


def test_what_was_easy_is_harder_next_time_and_the_page_says_why(ada, clock):
    follow(ada)
    played(ada, EASY)
    clock.move_to(NOW + timedelta(days=2))
    page = ada.get(SESSION).content.decode()
    assert "#rule-progress-up" in page
    assert started(ada).timeline.body["slots"] != Run.objects.earliest("created").timeline.body


def test_oldest_first_and_a_late_event_counts(ada, clock):
    follow(ada)
    first = played(ada)
    clock.move_to(NOW + timedelta(days=2))
    played(ada)
    assert [each.days_ago for each in asked(ada).worked] == sorted(
        (each.days_ago for each in asked(ada).worked), reverse=True
    )
    assert "hurt" not in {each.went for each in asked(ada).worked}
    slot = first.timeline.body["slots"][0]
    hurt = {"type": "hurt", "slot": slot["id"], "rung": 0, "where": "left", "pain": 5}
    # Another device that was offline numbers its events low.
    log(ada, first, hurt, device=LAPTOP, first=2)
    worked = [each for each in asked(ada).worked if each.went == "hurt"]
    assert [(each.exercise, each.days_ago) for each in worked] == [
        (slot["rungs"][0]["exercise"], 2)
    ]


def test_an_old_timeline_and_one_that_is_gone_by_now_do_no_harm(ada, wire_payload):
    follow(ada)
    old = copy.deepcopy(wire_payload)
    for slot in old["timeline"]["slots"]:
        slot.pop("others", None)
        for bout in slot["bouts"]:
            bout.pop("easier_by", None)
    old["timeline"]["session"] = SLUG
    run = run_of(ada, payload=old)
    log(ada, run, *work(run, old["timeline"]["slots"][0]["id"]), {"type": "finished"})
    assert asked(ada).worked
    assert ada.get(SESSION).status_code == 200


def test_pain_now_is_the_newest_telling_whatever_asked(ada, clock):
    check(ada, left_now=4, left_week=6, right_now=1)
    assert (asked(ada).left, asked(ada).right.now) == (Knee(now=4, week=6), 1)
    clock.shift(60)
    check_in(ada, "week", 2, 5)
    assert (asked(ada).left, asked(ada).right) == (Knee(now=4, week=2), Knee(now=1, week=5))
    clock.shift(60)
    check_in(ada, "morning", 1, 3)
    assert (asked(ada).left.now, asked(ada).right.now) == (1, 3)
    clock.shift(60)
    check(ada, fine=True, left_now=None, left_week=None, right_now=None, right_week=None)
    assert (asked(ada).left, asked(ada).right) == (Knee(), Knee())
    clock.shift(60)
    check_in(ada, "hour", 2)
    assert asked(ada).left == Knee(now=2)


def test_around_every_session_is_told_per_knee(ada, clock):
    check(ada, left_now=1)
    clock.shift(3600)
    run = played(ada, {**EASY, "pain_left": 3, "pain_right": None})
    clock.shift(3600)
    check_in(ada, "hour", 4, run=run)
    clock.move_to(NOW + timedelta(days=1))
    check_in(ada, "morning", 2, 1, run=run)
    assert asked(ada).after == (
        After(knee="left", days_ago=1, before=1, arrived=1, during=3, hour=4, morning=2),
        After(knee="right", days_ago=1, before=0, arrived=0, during=None, hour=0, morning=1),
    )
    for _more in range(2):
        clock.shift(3600)
        played(ada, EASY)
    assert [each.days_ago for each in asked(ada).after] == [0, 0, 0, 0, 1, 1]


def test_pain_is_remembered_of_every_session_that_the_log_holds(ada, clock):
    follow(ada)
    for n in range(5):
        clock.move_to(NOW + timedelta(days=2 * n))
        check(ada, left_now=4, left_week=4)
        played(ada, {**EASY, "pain_left": 4})
    clock.move_to(NOW + timedelta(days=10))
    check(ada)
    left = [each for each in asked(ada).after if each.knee == "left"]
    assert [(each.days_ago, each.during) for each in left] == [(n, 4) for n in (2, 4, 6, 8, 10)]


def test_a_session_that_nobody_rated_tells_what_was_before_it(ada, clock):
    check(ada, left_now=4)
    clock.shift(60)
    played(ada)
    assert asked(ada).after[0] == After(knee="left", days_ago=0, before=4, arrived=4)


def test_a_bad_morning_is_no_measure_for_the_next(ada, clock):
    check(ada, left_now=2, left_week=3)
    for day in (0, 2):
        clock.move_to(NOW + timedelta(days=day, hours=1))
        run = played(ada, {**EASY, "pain_left": 2})
        clock.move_to(NOW + timedelta(days=day + 1))
        check_in(ada, "hour", 3, run=run)
        check_in(ada, "morning", 4, 1, run=run)
    told = [(each.before, each.arrived, each.morning) for each in asked(ada).after]
    assert told == [(2, 4, 4), (0, 1, 1), (2, 2, 4), (0, 0, 1)]
    assert "#rule-mornings-rung" in ada.get(SESSION).content.decode()


def test_a_calmer_morning_and_a_knee_check_are_new_measures(ada, clock):
    check(ada, left_now=2)
    clock.shift(60)
    run = played(ada, EASY)
    clock.move_to(NOW + timedelta(days=1))
    check_in(ada, "morning", 1, 4, run=run)
    clock.shift(60)
    played(ada, EASY)
    assert [each.before for each in asked(ada).after[:2]] == [1, 0]
    clock.shift(60)
    check(ada, left_now=3, right_now=4)
    clock.shift(60)
    played(ada, EASY)
    assert [each.before for each in asked(ada).after[:2]] == [3, 4]


@pytest.mark.parametrize("days", [12, 62, 200])
def test_a_long_break_is_felt_and_the_log_is_still_there(ada, clock, days):
    follow(ada)
    played(ada, EASY)
    clock.shift(3600)
    played(ada, EASY, slug="seated-and-strong")
    clock.move_to(NOW + timedelta(days=days))
    assert (asked(ada).away_days, bool(asked(ada).worked)) == (days, True)
    Following.objects.update(ended_at=now())
    Following.objects.create(person=ada.person, program="build", started_on=now().date())
    assert asked(ada).away_days == days
    assert "#rule-after-break" in ada.get(SESSION).content.decode()


def test_what_was_left_half_a_day_ago_counts_for_the_log_and_ends_no_break(ada, clock):
    follow(ada)
    run = started(ada)
    slots = [slot["id"] for slot in run.timeline.body["slots"]]
    skipped = {"type": "skipped", "slot": slots[1], "reason": "too-hard"}
    log(ada, run, {"type": "started"}, *work(run, slots[0]), skipped)
    clock.shift(11 * 3600)
    assert asked(ada).worked == ()
    clock.shift(2 * 3600)
    assert {each.went for each in asked(ada).worked} == {"well", "too-hard"}
    assert asked(ada).away_days is None
    # Nothing was done of this one.
    log(ada, started(ada), {"type": "started"})
    clock.shift(13 * 3600)
    assert {each.slot for each in asked(ada).worked} == set(slots[:2])


def test_a_telling_from_long_ago_is_no_before(ada, clock):
    check(ada, left_now=1)
    clock.move_to(NOW + timedelta(days=8))
    played(ada, EASY)
    assert {(each.before, each.arrived) for each in asked(ada).after} == {(None, None)}


def test_an_amber_morning_gains_no_rung_whichever_page_it_was_told_on(ada, ben, clock):
    for someone in (ada, ben):
        follow(someone)
        check(someone, left_now=1, right_now=1)
    clock.shift(3600)
    first = [played(someone) for someone in (ada, ben)]
    clock.shift(15 * 3600)
    check_in(ada, "morning", 4, 4, run=first[0])
    check(ben, left_now=4, right_now=4)
    for _session in range(2):
        clock.shift(2 * 24 * 3600)
        played(ada)
        played(ben)
    clock.shift(24 * 3600)
    for someone in (ada, ben):
        check(someone, left_now=1, right_now=1)
    clock.shift(60)
    assert "went well twice" not in text(ada.get(SESSION))
    assert doing(started(ada)) == doing(started(ben))


def test_weeks_are_counted_back_from_the_newest_telling(ada):
    check(ada, left_week=6)
    for days_ago, left in ((0, 3), (4, 4), (6, 2), (13, 1), (22, 5), (40, 9)):
        check_in(ada, "week", left, days_ago=days_ago)
    left = [each for each in asked(ada).weeks if each.knee == "left"]
    assert left == [
        Worst(knee="left", pain=pain, weeks_ago=n) for n, pain in ((0, 4), (1, 2), (2, 1), (3, 5))
    ]


def test_a_week_that_is_told_again_on_its_day_is_corrected(ada, clock):
    check_in(ada, "week", 2, 2, days_ago=7)
    check_in(ada, "week", 9)
    clock.shift(60)
    check_in(ada, "week", 2)
    planned = asked(ada)
    assert [each.pain for each in planned.weeks if each.knee == "left"] == [2, 2]
    assert planned.left.week == 2


def test_so_is_one_of_a_knee_check_and_no_other_day(ada, clock):
    Rhythm.objects.create(person=ada.person, time_zone="Pacific/Auckland")
    clock.move_to(datetime(2026, 3, 4, 10, 30, tzinfo=UTC))
    check(ada, left_week=9)
    clock.move_to(datetime(2026, 3, 4, 11, 30, tzinfo=UTC))
    check_in(ada, "week", 5)
    clock.shift(60)
    check(ada, left_week=3)
    worst = [each.pain for each in asked(ada).weeks if each.knee == "left"]
    assert worst == [9]


def test_a_day_is_the_persons_own(ada, clock):
    follow(ada)
    Rhythm.objects.create(person=ada.person, time_zone="Pacific/Auckland")
    clock.move_to(datetime(2026, 3, 4, 10, 30, tzinfo=UTC))
    played(ada)
    clock.move_to(datetime(2026, 3, 4, 11, 30, tzinfo=UTC))
    assert asked(ada).away_days == 1


def test_an_hour_that_did_not_settle_changes_the_next_session_and_names_rule_and_answers(
    ada, clock
):
    check(ada)
    clock.shift(60)
    run = played(ada, EASY)
    before = started(ada).timeline.sha256
    clock.shift(3600)
    answer = ada.press("/check-in/hour/", left="4", right="0", consent="yes")
    assert CheckIn.objects.get().run == run
    said = text(ada.get(answer["Location"]))
    about = "by your pain as told last, and the worst of the week"
    told = "Before the last session 0 During it 0 An hour later 4"
    assert f"Left knee Amber {about} {told}" in said
    assert "Right knee Green by your pain as told last" in said
    assert "What hurt during a session leaves the zone as it is" in said
    for page in (answer["Location"], SESSION):
        assert "#rule-amber-rung" in ada.get(page).content.decode()
    assert started(ada).timeline.sha256 != before
    clock.move_to(NOW + timedelta(days=1))
    answer = ada.press("/check-in/morning/", left="1", right="0", swelling="no", consent="yes")
    page = ada.get(answer["Location"])
    assert "Left knee: 4 an hour after, 0 before." in text(page)
    assert "#rule-hour-hold" in page.content.decode()
    assert "Left knee Amber" in text(page)


def test_a_worse_morning_after_makes_the_next_session_easier(ada, clock):
    check(ada)
    clock.shift(60)
    played(ada)
    clock.move_to(NOW + timedelta(days=1))
    answer = ada.press("/check-in/morning/", left="0", right="2", swelling="no", consent="yes")
    for page in (answer["Location"], SESSION):
        assert "Right knee: 2 the morning after, 0 before." in text(ada.get(page))
        assert "#rule-morning-rung" in ada.get(page).content.decode()
    assert "Right knee Amber" in text(ada.get(answer["Location"]))


def previewed(browser):
    play = browser.press("/sessions/build-quiet-hips/preview/")["Location"]
    run = Run.objects.select_related("timeline").get(pk=play.split("/")[2])
    assert run.preview
    every = [event for slot in run.timeline.body["slots"] for event in work(run, slot["id"])]
    log(browser, run, {"type": "started"}, *every, {"type": "finished"})


def left_early(browser):
    run = started(browser)
    log(browser, run, {"type": "started"}, *work(run, run.timeline.body["slots"][0]["id"]))


@pytest.mark.parametrize("between", [previewed, left_early])
def test_what_was_tried_or_left_since_hides_no_answer_to_the_session_before(ada, clock, between):
    follow(ada)
    check(ada, left_now=1)
    clock.shift(3600)
    played(ada)
    clock.shift(21 * 3600)
    between(ada)
    clock.shift(3600)
    answer = ada.press("/check-in/morning/", left="3", right="0", swelling="no", consent="yes")
    clock.shift(24 * 3600)
    for page in (answer["Location"], SESSION):
        said = ada.get(page)
        assert "Left knee: 3 the morning after, 1 before." in text(said)
        assert "#rule-morning-rung" in said.content.decode()
    assert "The next morning 3" in text(ada.get(answer["Location"]))
    # How the knee came to it counts for the log all the same.
    assert asked(ada).after[0] == After(knee="left", days_ago=1, before=1, arrived=1, aside=True)


def test_a_session_that_was_opened_again_keeps_its_answers(ada, clock):
    check(ada)
    clock.shift(60)
    run = played(ada)
    clock.shift(3600)
    check_in(ada, "hour", 4, run=run)
    again = {"type": "moved", "slot": run.timeline.body["slots"][0]["id"], "bout": 0, "via": "back"}
    log(ada, run, again, device=LAPTOP, first=900)
    clock.shift(24 * 3600)
    assert [(each.hour, each.aside) for each in asked(ada).after] == [(4, False), (0, False)]


def test_two_weeks_of_rising_pain_send_to_a_professional(ada):
    for weeks_ago, left in ((2, 1), (1, 3)):
        check_in(ada, "week", left, days_ago=7 * weeks_ago)
    answer = ada.press("/check-in/", left="4", right="0", consent="yes")
    said = text(ada.get(answer["Location"]))
    assert "let a doctor or a physiotherapist look at it" in said
    assert "1, then 3, then 4" in said
    assert said.index("doctor") < said.index("Your next session")


def test_what_was_begun_before_a_check_in_starts_anew_where_the_plan_is_another(ada, clock):
    check(ada)
    begun = started(ada)
    log(ada, begun, {"type": "started"})
    clock.shift(60)
    check_in(ada, "morning", 6)
    assert "You began this session before you last told us about your knees." in text(
        ada.get(SESSION)
    )
    assert ada.press(f"{SESSION}play/")["Location"] != f"/play/{begun.pk}/"


def test_a_test_of_the_sides_names_the_weaker_until_a_check_says_otherwise(ada, clock):
    check(ada, weaker="right")
    clock.shift(60)
    run = started(ada, "self-test")
    slot = next(s["id"] for s in run.timeline.body["slots"] if len(s["bouts"]) > 1)
    left, right = work(run, slot)
    log(ada, run, {**left, "seconds": 20}, {**right, "seconds": 40}, {"type": "finished"})
    (found,) = results(ada.person, now())
    assert (found.tested.weaker, found.on) == ("left", NOW.date())
    assert asked(ada).weaker == "left"
    said = "Left was weaker in your test of 4 March 2026, so it does the extra work."
    page = ada.get("/sessions/side-by-side/")
    assert said in text(page)
    assert "#rule-weaker-side" in page.content.decode()
    clock.shift(60)
    # The form held this answer.
    check(ada, weaker="right")
    assert asked(ada).weaker == "left"
    clock.shift(60)
    check(ada, weaker="")
    assert asked(ada).weaker is None
    clock.shift(60)
    check(ada, weaker="right")
    assert asked(ada).weaker == "right"
    assert said not in text(ada.get("/sessions/side-by-side/"))


def test_somebody_elses_are_never_asked_with(ada, ben):
    follow(ben)
    played(ada, {**EASY, "pain_left": 5})
    check_in(ada, "morning", 6)
    assert asked(ben) == Request(followed=True)


@pytest.mark.parametrize("runs", [2, 12])
def test_facts_cost_the_same_however_many(ada, clock, runs, django_assert_max_num_queries):
    follow(ada)
    for _each in range(runs):
        clock.shift(24 * 3600)
        check_in(ada, "morning", 1)
        run = started(ada)
        log(ada, run, *work(run, run.timeline.body["slots"][0]["id"]), {"type": "finished"})
    with django_assert_max_num_queries(14):
        assert len(asked(ada).worked) >= runs
    with django_assert_max_num_queries(12):
        asked(ada)
    assert all(isinstance(each, Worked) for each in asked(ada).worked)
