# SPDX-License-Identifier: Apache-2.0
"""A session for these knees today: what its page says, what it starts, what stops it."""

from __future__ import annotations

import json
import re
import uuid
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone

from hipfirst.planning.red_flags import UNDER_16
from hipfirst.planning.rules import RULES
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.timeline import Timeline as TimelineValue
from hipfirst.web.library.models import Document
from hipfirst.web.site.actions import knee_rules_set
from hipfirst.web.site.knee_rules import LABELS
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.training.actions import playable
from hipfirst.web.training.errors import Stopped
from hipfirst.web.training.models import KneeCheck, Run, RunEvent, Timeline
from hipfirst.web.training.queries import felt_lately, last_time

SLUG = "build-lower-body-detail"
SESSION = f"/sessions/{SLUG}/"
PLAY = f"{SESSION}play/"
CALM = {
    "step": "3",
    "seen": "3",
    "consent": "yes",
    "age_band": "adult",
    "red_flags": ["none"],
    "left_now": "0",
    "left_week": "0",
    "right_now": "0",
    "right_week": "0",
    "weaker": "same",
    "kit_choice": "any",
    "experience": "some",
}
pytestmark = pytest.mark.usefixtures("starter")


def told(browser, **fields):
    """The browser of somebody who answered the check."""
    assert browser.press("/check/", **{**CALM, **fields}).status_code == 302
    return browser


def text(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def started(browser, **fields):
    """The timeline that the button of the session's page leads to."""
    play = browser.press(PLAY, **fields)["Location"]
    run = Run.objects.get(pk=play.split("/")[2])
    return TimelineValue.model_validate(run.timeline.body)


def log(browser, timeline_of, *events, days_ago=0, at=None, run=None):
    """Append events to the run that the browser plays, as the player does; the answer."""
    run = run or Run.objects.filter(person=browser.person).latest("created")
    at = (at or timezone.now() - timedelta(days=days_ago)).isoformat()
    first = RunEvent.objects.filter(run=run).count() + 1
    device = str(uuid.uuid4())
    sent = [
        {"format": 1, "id": str(uuid.uuid4()), "device": device, "seq": seq, "at": at, **event}
        for seq, event in enumerate(events, first)
    ]
    answer = browser.send(f"/api/runs/{run.pk}/events", {"format": 1, "after": 0, "events": sent})
    assert len(answer.json()["accepted"]) == len(sent), answer.json()
    return answer.json()


def test_a_stranger_may_ask_first_or_start_as_written(stranger):
    page = stranger.get(SESSION)
    assert "Ask my knees first" in text(page)
    assert "My knees are fine: start the session" in text(page)
    assert "For your knees today" not in text(page)
    assert "no-store" not in page["Cache-Control"]
    timeline = started(stranger)
    assert timeline.changes == ()
    assert not KneeCheck.objects.exists()


def test_calm_knees_change_nothing(ada):
    page = text(told(ada).get(SESSION))
    assert "Nothing needs to change: it plays as it is written." in page
    assert "Start the session" in page
    assert started(ada).changes == ()


def test_fine_knees_play_as_written(ada):
    told(ada, left_now="4", kit_choice="these", minutes="10")
    ada.press("/check/fine/")
    assert "You said that your knees are fine: it plays as it is written." in text(ada.get(SESSION))
    assert started(ada).changes == ()


def test_every_change_is_shown_with_its_reason_and_its_rule(ada):
    page = told(ada, left_now="4", left_week="6", hurts=["stairs"]).get(SESSION)
    timeline = started(ada)
    assert timeline.changes
    html, said = page.content.decode(), text(page)
    for change in timeline.changes:
        assert change.because in said
        assert f'href="/knee-rules/#rule-{change.rule}"' in html
        assert f"{change.before} → {change.after}" in said or f"Left out: {change.before}" in said
    assert f"{round(timeline.seconds / 60)}\u00a0min" in html


def test_the_slots_that_are_different_are_marked(ada):
    page = told(ada, left_now="4", hurts=["stairs"]).get(SESSION)
    slots = [slot for block in page.context["blocks"] for slot in block.slots]
    changed = {change.slot for change in started(ada).changes if change.slot}
    assert {slot.id for slot in slots if slot.changes} == changed
    assert page.content.decode().count("slot--today") == len(changed)
    assert 0 < len(changed) < len(slots)


def test_what_is_said_of_knees_is_in_no_cache(ada, stranger):
    before = stranger.get(SESSION).content
    page = told(ada, left_now="4", hurts=["stairs"]).get(SESSION)
    assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
    assert "amber" in text(page)
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", stranger.get(SESSION).content) == token.sub(b"", before)


def test_less_time_makes_it_shorter(ada):
    told(ada, minutes="12")
    assert started(ada).seconds <= 12 * 60 * 1.05
    assert "You have 12 minutes today." in text(ada.get(SESSION))


def test_a_flare_day_starts_flare_day_and_says_why(ada):
    page = told(ada, right_now="8").get(SESSION)
    assert "Flare Day takes its place today" in text(page)
    assert "Right knee: a flare today." in text(page)
    assert "Start Flare Day" in text(page)
    assert 'href="/knee-rules/#rule-flare"' in page.content.decode()
    timeline = started(ada)
    assert (timeline.session, timeline.instead_of) == ("flare-day", "Build: Lower Body Detail")
    assert started(ada) == timeline
    assert Run.objects.count() == 1
    assert "slot--today" not in page.content.decode()
    assert "Below is this session as it is written, for another day." in text(page)


def test_where_nothing_is_left_the_page_says_by_which_rule(ada, folder_of_one):
    told(ada, avoid=["standing"])
    page = ada.get("/sessions/day/")
    assert "nothing is left for today" in text(page)
    assert "You leave out a position." in text(page)
    assert 'href="/knee-rules/#rule-avoid-position"' in page.content.decode()
    assert "Change my answers" in text(page)
    assert 'action="/sessions/day/play/"' not in page.content.decode()
    assert ada.press("/sessions/day/play/")["Location"] == "/sessions/day/"
    assert not Run.objects.exists()


@pytest.fixture
def folder_of_one(db):
    """One session of one movement, and no other movement on the site."""
    Document.objects.filter(kind="exercise").exclude(slug="standing-march").update(published=False)
    row = Document.objects.get(kind="session", slug="flare-day")
    slot = row.body["blocks"][0]["slots"][0]
    slot.update({"id": "one", "exercise": "standing-march", "rungs": ["standing-march"]})
    slot["work"] = {"reps": 8}
    row.body["blocks"] = [{"title": "All", "slots": [slot]}]
    row.body["slug"] = "day"
    row.pk, row.slug = None, "day"
    row.facts = {**row.facts, "rungs": {"one": ["standing-march"]}}
    row.save(force_insert=True)
    Document.objects.filter(slug="flare-day").update(published=False)


def test_a_sign_stops_every_session_until_it_is_answered_anew(ada):
    told(ada, red_flags=["calf"], step="1")
    page = ada.get(SESSION)
    assert "no session starts" in text(page)
    assert f'action="{PLAY}"' not in page.content.decode()
    assert ada.press(PLAY)["Location"] == "/check/advice/"
    assert ada.press(PLAY, again="1")["Location"] == "/check/advice/"
    assert not Run.objects.exists()
    with pytest.raises(Stopped):
        playable(session=Document.objects.get(slug=SLUG), person=ada.person)
    told(ada)
    assert ada.press(PLAY)["Location"].startswith("/play/")


def test_a_sign_stops_what_was_begun_too(ada):
    begun = ada.press(PLAY)["Location"]
    told(ada, red_flags=["calf"], step="1")
    assert ada.press(PLAY)["Location"] == "/check/advice/"
    told(ada)
    assert ada.press(PLAY)["Location"] == begun


def newest(browser):
    return Run.objects.filter(person=browser.person).latest("created")


def hurt_in(timeline, pain=9):
    slot = timeline.slots[0]
    return {"type": "hurt", "slot": slot.id, "rung": slot.start_rung, "where": "left", "pain": pain}


def test_knees_told_of_since_begin_a_session_anew(ada):
    begun = started(ada)
    told(ada, left_now="4", hurts=["stairs"])
    page = ada.get(SESSION)
    assert "It starts anew, for your knees as they are now" in text(page)
    assert "Start the session" in text(page)
    assert 'name="again"' not in page.content.decode()
    anew = started(ada)
    assert anew.changes
    assert anew != begun
    page = ada.get(SESSION)
    assert "“Continue” goes on where you stopped" in text(page)
    assert 'name="again"' in page.content.decode()
    assert started(ada) == anew
    assert Run.objects.count() == 2


def test_what_is_told_without_a_difference_lets_a_session_go_on(ada):
    begun = ada.press(PLAY)["Location"]
    told(ada)
    assert 'name="again"' in ada.get(SESSION).content.decode()
    assert ada.press(PLAY)["Location"] == begun


def test_on_a_flare_day_nothing_harder_goes_on(ada):
    started(ada)
    told(ada, left_now="9", left_week="9")
    page = text(ada.get(SESSION))
    assert "Start Flare Day" in page
    assert "Flare Day is played instead" in page
    assert "Continue" not in page
    begun = started(ada)
    assert begun.session == "flare-day"
    assert "Continue Flare Day" in text(ada.get(SESSION))
    assert started(ada) == begun
    assert Run.objects.count() == 2


def test_what_hurt_in_a_run_lets_the_run_go_on(ada):
    begun = ada.press(PLAY)["Location"]
    log(ada, None, hurt_in(TimelineValue.model_validate(newest(ada).timeline.body)))
    assert 'name="again"' in ada.get(SESSION).content.decode()
    assert ada.press(PLAY)["Location"] == begun


def test_what_hurt_in_another_run_begins_a_session_anew(ada):
    timeline = started(ada)
    other = newest(ada)
    begun = ada.press(PLAY, again="1")["Location"]
    log(ada, None, hurt_in(timeline), run=other)
    assert "It starts anew" in text(ada.get(SESSION))
    assert ada.press(PLAY)["Location"] != begun
    assert "felt-stop" in {each["rule"] for each in newest(ada).timeline.body["changes"]}


def test_pain_elsewhere_in_another_run_lets_a_session_go_on(ada):
    begun = ada.press(PLAY)["Location"]
    log(ada, None, {**hurt_in(TimelineValue.model_validate(newest(ada).timeline.body)), **AWAY})
    other = newest(ada)
    latest = ada.press(PLAY, again="1")["Location"]
    log(ada, None, {"type": "paused"}, run=other)
    RunEvent.objects.filter(type="hurt").update(received_at=timezone.now())
    assert 'name="again"' in ada.get(SESSION).content.decode()
    assert ada.press(PLAY)["Location"] == latest
    assert latest != begun


def test_what_was_begun_goes_on_for_a_day(ada):
    begun = ada.press(PLAY)["Location"]
    log(ada, None, {"type": "started"})
    Run.objects.update(created=timezone.now() - timedelta(days=3))
    assert ada.press(PLAY)["Location"] == begun
    RunEvent.objects.update(received_at=timezone.now() - timedelta(hours=25))
    assert 'name="again"' not in ada.get(SESSION).content.decode()
    assert ada.press(PLAY)["Location"] != begun


def test_runs_that_were_never_begun_are_dropped_when_they_are_old(ada):
    told(ada, left_now="4")
    never = started(ada)
    played = ada.press(PLAY, again="1")["Location"].split("/")[2]
    log(ada, None, {"type": "started"})
    told(ada)
    of_today = ada.press(PLAY)["Location"].split("/")[2]
    old = Run.objects.exclude(pk=of_today)
    old.update(created=timezone.now() - timedelta(days=2))
    told(ada, left_now="6")
    last = ada.press(PLAY)["Location"].split("/")[2]
    assert {str(run.pk) for run in Run.objects.all()} == {played, of_today, last}
    assert never.changes
    Run.objects.update(created=timezone.now() - timedelta(days=2), status="ready")
    RunEvent.objects.all().delete()
    ada.press(PLAY)
    assert Run.objects.count() == Timeline.objects.count() == 1


def test_a_run_that_leaves_nothing_to_plan_goes_on(ada, folder_of_one):
    told(ada)
    begun = ada.press("/sessions/day/play/")["Location"]
    log(ada, None, hurt_in(TimelineValue.model_validate(newest(ada).timeline.body)))
    page = ada.get("/sessions/day/")
    assert "nothing is left for today" in text(page)
    assert "Continue" in text(page)
    assert ada.press("/sessions/day/play/")["Location"] == begun
    assert ada.press("/sessions/day/play/", again="1")["Location"] == "/sessions/day/"


def test_a_sign_closes_every_way_in_but_loses_nothing(ada):
    play = ada.press(PLAY)["Location"]
    run = newest(ada)
    told(ada, red_flags=["calf"], step="1")
    assert ada.get(play)["Location"] == "/check/advice/"
    assert log(ada, None, {"type": "finished"})["stopped"] is True
    assert ada.get(play).status_code == 200
    assert log(ada, None, {"type": "moved", "slot": run.timeline.body["slots"][0]["id"], **BACK})
    assert ada.get(play)["Location"] == "/check/advice/"
    told(ada)
    assert ada.get(play).status_code == 200
    assert log(ada, None, {"type": "paused"})["stopped"] is False


AWAY = {"where": "elsewhere", "pain": None}
BACK = {"bout": 0, "via": "back"}
AFTERNOON = datetime.fromisoformat("2027-03-01T13:00:00-10:00")
"""In UTC it is 23:00 then: half an hour past the next midday there, it is two days later here."""


@pytest.mark.parametrize(
    ("now", "days_ago"),
    [
        ("2027-03-01T23:59:00-10:00", 0),
        ("2027-03-02T00:01:00-10:00", 1),
        ("2027-03-02T23:59:00-10:00", 1),
        ("2027-03-03T00:01:00-10:00", 2),
    ],
)
def test_days_are_those_of_the_place_where_it_hurt(ada, monkeypatch, now, days_ago):
    timeline = started(ada)
    log(ada, None, hurt_in(timeline), at=AFTERNOON)
    Run.objects.update(planned=AFTERNOON)
    RunEvent.objects.update(received_at=AFTERNOON)
    assert RunEvent.objects.get().body["at"] == AFTERNOON.isoformat()
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat(now))
    assert [each.days_ago for each in felt_lately(person=ada.person, days=7)] == [days_ago]


def test_a_clock_that_is_behind_does_not_hide_pain(ada):
    log(ada, None, hurt_in(started(ada)), {"type": "finished"}, days_ago=30)
    assert [each.days_ago for each in felt_lately(person=ada.person, days=7)] == [0]
    assert "felt-stop" in {change.rule for change in started(ada).changes}


def test_a_run_that_arrives_late_is_not_the_last_time(ada):
    def rated(pain, days_ago, arrived_days_ago):
        ada.press(PLAY, again="1")
        told_it = {"type": "rated", "pain_left": pain, "pain_right": 0, "effort": 5, "note": ""}
        log(ada, None, told_it, {"type": "finished"}, days_ago=days_ago)
        run, days = newest(ada), timedelta(days=1)
        run.events.update(received_at=timezone.now() - arrived_days_ago * days)
        Run.objects.filter(pk=run.pk).update(planned=timezone.now() - 9 * days)

    rated(6, days_ago=1, arrived_days_ago=1)
    rated(0, days_ago=4, arrived_days_ago=0)
    last = last_time(person=ada.person, session=SLUG)
    assert (last.pain_left, last.days_ago) == (6, 1)
    rated(3, days_ago=0, arrived_days_ago=0)
    assert last_time(person=ada.person, session=SLUG).pain_left == 3


def test_an_old_check_is_asked_again_and_still_counts(ada):
    told(ada, left_now="4", hurts=["stairs"])
    then = timezone.now() - timedelta(days=8)
    KneeCheck.objects.update(created=then)
    assert "Are they still true?" in text(ada.get(SESSION))
    assert started(ada).changes


def test_a_movement_that_hurt_rests_today_and_tomorrow(ada):
    first = started(ada)
    slot = first.slots[0]
    hurt = {"type": "hurt", "slot": slot.id, "rung": slot.start_rung, "where": "left", "pain": 6}
    log(ada, first, hurt, {"type": "finished"}, days_ago=1)
    Run.objects.update(planned=timezone.now() - timedelta(days=1))
    movement = slot.rungs[slot.start_rung].exercise
    tomorrow = started(ada)
    doing = tomorrow.slots[0].rungs[tomorrow.slots[0].start_rung].exercise
    assert doing != movement
    assert "felt-stop" in {change.rule for change in tomorrow.changes}
    assert "this hurt too much lately" in text(ada.get(SESSION))
    RunEvent.objects.filter(type="hurt").update(received_at=timezone.now() - timedelta(days=20))
    assert "felt-stop" not in {change.rule for change in started(ada, again="1").changes}


def test_a_clock_that_is_ahead_does_not_hide_pain(ada):
    slot = started(ada).slots[0]
    hurt = {"type": "hurt", "slot": slot.id, "rung": slot.start_rung, "where": "right", "pain": 9}
    log(ada, None, hurt, {"type": "finished"}, days_ago=-400)
    assert "felt-stop" in {change.rule for change in started(ada).changes}


def test_pain_elsewhere_is_no_matter_for_a_rule(ada):
    slot = started(ada).slots[0]
    hurt = {"type": "hurt", "slot": slot.id, "rung": 0, "where": "elsewhere", "pain": None}
    log(ada, None, hurt, {"type": "finished"})
    assert started(ada).changes == ()


def test_how_the_last_time_felt_changes_the_next(ada):
    started(ada)
    rated = {"type": "rated", "pain_left": 6, "pain_right": 0, "effort": 5, "note": "sore"}
    log(ada, None, rated, {"type": "finished"})
    assert "last-red" in {change.rule for change in started(ada).changes}


EASILY = {"type": "rated", "pain_left": 0, "pain_right": 1, "effort": 2, "note": ""}


@pytest.mark.parametrize("told", [EASILY, EASILY | {"pain_right": None}, None])
def test_what_hurt_on_the_way_counts_as_much_as_the_rating(ada, told):
    hurts = [hurt_in(started(ada), pain=pain) | {"where": "right"} for pain in (6, 2)]
    log(ada, None, *hurts, *([told] if told else []), {"type": "finished"})
    # The movement itself rests for some days anyway: this is about what comes after them.
    then = timezone.now() - timedelta(days=10)
    Run.objects.update(planned=then, finished_at=then)
    RunEvent.objects.update(received_at=then)
    last = last_time(person=ada.person, session=SLUG)
    assert last.pain_right == 6
    assert last.effort == (2 if told else None)
    rules = {change.rule for change in started(ada).changes}
    assert "last-red" in rules
    assert "last-easy" not in rules


def test_a_worse_rating_counts_more_than_what_hurt_on_the_way(ada, django_assert_num_queries):
    hurt = hurt_in(started(ada), pain=3)
    elsewhere = hurt | AWAY
    log(ada, None, hurt, elsewhere, EASILY | {"pain_left": 7}, {"type": "finished"})
    with django_assert_num_queries(1):
        last = last_time(person=ada.person, session=SLUG)
    assert (last.pain_left, last.pain_right) == (7, 1)


def test_a_rating_that_is_told_again_takes_the_one_before_back(ada):
    started(ada)
    log(ada, None, EASILY | {"pain_left": 7}, EASILY, {"type": "finished"})
    assert last_time(person=ada.person, session=SLUG).pain_left == 0


def test_pain_of_another_person_changes_nothing(ada, ben):
    slot = started(ada).slots[0]
    hurt = {"type": "hurt", "slot": slot.id, "rung": slot.start_rung, "where": "left", "pain": 9}
    log(ada, None, hurt, {"type": "finished"})
    told(ada, left_now="6")
    assert started(ben).changes == ()
    assert "For your knees today" not in text(ben.get(SESSION))


def test_under_16_stays_gentle(ada):
    told(ada, age_band="teen", experience="years")
    assert "under-16" in {change.rule for change in started(ada).changes}
    assert UNDER_16.sentences[0] in text(ada.get(SESSION))


def test_the_payload_leads_to_check_rules_and_signs(ada):
    page = ada.get(ada.press(PLAY)["Location"]).content.decode()
    payload = json.loads(re.search(r'id="payload" type="application/json">(.*?)</script>', page)[1])
    assert ada.get(payload["check_url"]).status_code == 200
    assert (
        'value="/sessions/build-lower-body-detail/"'
        in ada.get(payload["check_url"]).content.decode()
    )
    assert ada.get(payload["rules_url"]).status_code == 200
    assert payload["red_flags"][0]["urgency"] == "emergency"
    assert all(flag["say"] for flag in payload["red_flags"])


# One of them is for the site's settings, which every page reads once.
@pytest.mark.parametrize(("who", "most"), [("stranger", 4), ("ada", 18)])
def test_the_number_of_queries_is_pinned(request, who, most, django_assert_max_num_queries):
    browser = request.getfixturevalue(who)
    if who == "ada":
        told(browser, left_now="4", hurts=["stairs"])
        started(browser)
    browser.get(SESSION)
    with django_assert_max_num_queries(most):
        browser.get(SESSION)


def test_the_rules_are_a_page_for_everybody(stranger, django_assert_num_queries):
    with django_assert_num_queries(2):  # the evidence cards, the settings
        page = stranger.get("/knee-rules/")
    said, html = text(page), page.content.decode()
    usual = Thresholds()
    for rule in RULES:
        assert f'id="rule-{rule.id}"' in html
        assert rule.when_said(usual) in said
        assert rule.then_said(usual) in said
    assert 'href="/evidence/trek-knee-cap/"' in html
    assert "Our own choice" in said
    assert "%(" not in said


def test_every_threshold_has_a_line(stranger):
    assert tuple(LABELS) == tuple(Thresholds.model_fields)
    page = text(stranger.get("/knee-rules/"))
    assert "Deepest standing bend of an amber knee 45°" in page
    assert "changed by the owner" not in page


def test_the_owners_numbers_count(ada):
    knee_rules_set(thresholds=Thresholds(amber=2, red=4))
    page = text(ada.get("/knee-rules/"))
    assert "A knee hurts 4 or more now." in page
    assert "Pain from which a knee is red 4 changed by the owner of this site" in page
    timeline = started(told(ada, left_now="2"))
    assert "amber-rung" in {change.rule for change in timeline.changes}
    assert (timeline.hurts.step_down_from, timeline.hurts.stop_from) == (2, 4)


def test_the_owners_numbers_count_for_a_session_as_written_too(stranger, ada):
    usual = started(stranger).hurts
    knee_rules_set(thresholds=Thresholds(amber=1, red=2))
    now = started(ada).hurts
    assert (usual.step_down_from, usual.stop_from) == (3, 5)
    assert (now.step_down_from, now.stop_from) == (1, 2)


def test_numbers_that_are_no_longer_allowed_leave_the_usual_ones(stranger, caplog):
    SiteSettings.objects.create(knee_rules={"amber": 40})
    page = text(stranger.get("/knee-rules/"))
    assert "Pain from which a knee is amber 3" in page
    assert "changed by the owner" not in page
    assert "amber" in caplog.text


def test_timelines_of_one_answer_are_stored_once(ada, ben):
    told(ada, left_now="4")
    told(ben, left_now="4")
    assert started(ada) == started(ben)
    assert Timeline.objects.count() == 1


def test_the_zones_share_no_number_and_say_how_long_a_movement_rests(stranger):
    page = text(stranger.get("/knee-rules/"))
    for zone in ("Green 0 to 2", "Amber 3 to 4", "Red 5 to 6", "Flare 7 to 10"):
        assert zone in " ".join(page.split())
    assert "hurts 5 or more rests for 2 days" in page
