# SPDX-License-Identifier: Apache-2.0
"""Check-ins: what is asked when, what is kept of it, and what follows at once."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine

from hipfirst.web.accounts.actions import consent_give, consent_withdraw, person_adopt
from hipfirst.web.accounts.consent_words import HEALTH_VERSION
from hipfirst.web.training.check_in_actions import check_ins_purge
from hipfirst.web.training.check_ins import due
from hipfirst.web.training.models import Activity, CheckIn, KneeCheck, Rhythm, Run
from hipfirst.web.training.queries import KEPT_DAYS
from web.conftest import run_of
from web.members import member

WEEK, HOUR, MORNING = "/check-in/", "/check-in/hour/", "/check-in/morning/"
ANSWER = "/check-in/answer/"
KNEES = {"left": "2", "right": "0", "consent": "yes"}
NOW = datetime(2026, 3, 4, 18, tzinfo=UTC)
"""A Wednesday evening."""
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def mia():
    return member("mia@example.org")


def ended(browser, ago, payload=None):
    """A run of theirs that ended so long ago."""
    at = datetime.now(tz=UTC) - ago
    run = run_of(browser, payload=payload)
    Run.objects.filter(pk=run.pk).update(
        status="finished", finished_at=at, created=at - timedelta(minutes=30), planned=at - ago
    )
    return Run.objects.get(pk=run.pk)


def text(response):
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def asked(browser):
    return [each.kind for each in due(browser.person, datetime.now(tz=UTC))]


def my_data(browser):
    return json.loads(browser.get("/privacy/my-data.json").getvalue())["check_ins"]


def test_two_taps_and_save_are_a_check_in(stranger):
    assert stranger.get(WEEK).status_code == 200
    answer = stranger.press(WEEK, **KNEES)
    assert (answer.status_code, answer["Location"]) == (302, ANSWER)
    told = CheckIn.objects.get()
    assert (told.kind, told.left, told.right, told.consent) == ("week", 2, 0, HEALTH_VERSION)
    assert (told.at, told.day, told.hard, told.activity) == (NOW, date(2026, 3, 4), None, None)


def test_what_was_only_tried_is_not_asked_after(ada):
    run = ended(ada, timedelta(hours=1))
    assert asked(ada) == ["hour", "week"]
    Run.objects.filter(pk=run.pk).update(preview=True)
    assert asked(ada) == []


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"left": ""}, "left"),
        ({"right": "11"}, "right"),
        ({"right": "٣"}, "right"),
        ({"left": "x" * 500}, "left"),
        ({"consent": ""}, "consent"),
        ({"hard": "5"}, "activity"),
        ({"hard": "hard", "activity": "stairs"}, "hard"),
        ({"activity": "x" * 81}, "activity"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_kept(stranger, fields, at):
    page = stranger.press(WEEK, **{**KNEES, **fields})
    assert page.status_code == 400
    assert re.findall(r'id="wrong-(\w+)"', page.content.decode()) == [at]
    assert not CheckIn.objects.exists()


def test_what_was_tapped_stays_where_something_else_was_wrong(stranger):
    page = stranger.press(WEEK, left="7", right="", consent="yes").content.decode()
    assert re.findall(r'name="(\w+)" value="(\w+)" checked', page) == [
        ("left", "7"),
        ("consent", "yes"),
    ]


def test_an_activity_is_named_once_and_changed_at_any_time(ada, evening):
    ada.press(WEEK, **KNEES, activity="  the stairs   at work ", hard="6")
    assert "the stairs at work" in text(ada.get(WEEK))
    evening.move_to(NOW + timedelta(days=7))
    ada.press(WEEK, **KNEES, hard="4")
    assert "the stairs at work: 4 (last time 6)" in text(ada.get(ANSWER))
    ada.press(WEEK, **KNEES, activity="kneeling in the garden", hard="8")
    rows = CheckIn.objects.order_by("pk").values_list("activity__name", "hard")
    assert list(rows) == [
        ("the stairs at work", 6),
        ("the stairs at work", 4),
        ("kneeling in the garden", 8),
    ]
    assert Activity.objects.get(ended_at=None).name == "kneeling in the garden"


def test_a_member_who_agreed_is_not_asked_again_and_to_other_words_is(mia):
    consent_give(person=mia.person, purpose="health", version=HEALTH_VERSION - 1)
    assert 'name="consent"' in mia.get(WEEK).content.decode()
    assert mia.press(WEEK, left="1", right="1").status_code == 400
    assert mia.press(WEEK, **KNEES).status_code == 302
    assert 'name="consent"' not in mia.get(WEEK).content.decode()
    assert mia.press(WEEK, left="1", right="1").status_code == 302


def test_an_activity_that_is_corrected_is_not_compared_with_itself(ada, evening):
    ada.press(WEEK, **KNEES, activity="the stairs", hard="6")
    evening.move_to(NOW + timedelta(minutes=1))
    ada.press(WEEK, **KNEES, hard="3")
    said = text(ada.get(ANSWER))
    assert "the stairs: 3" in said
    assert "last time" not in said


@pytest.mark.parametrize(
    ("minutes", "kinds"),
    [(44, ["week"]), (45, ["hour", "week"]), (720, ["hour", "week"]), (721, ["week"])],
)
def test_the_hour_is_asked_from_45_minutes_to_12_hours_after(ada, minutes, kinds):
    ended(ada, timedelta(minutes=minutes))
    assert asked(ada) == kinds


@pytest.mark.parametrize(
    ("now", "is_asked"),
    [
        ("2026-03-05T02:59:00Z", False),
        ("2026-03-05T03:00:00Z", True),
        ("2026-03-06T02:59:00Z", True),
        ("2026-03-06T03:00:00Z", False),
    ],
)
def test_the_morning_is_the_next_day_where_the_person_is(ada, evening, now, is_asked):
    Rhythm.objects.create(person=ada.person, time_zone="Europe/Vienna")
    ended(ada, timedelta(minutes=5))
    evening.move_to(datetime.fromisoformat(now))
    assert ("morning" in asked(ada)) is is_asked
    assert (b"<form" in ada.get(MORNING).content.split(b"<main")[1]) is is_asked


def test_whoever_trains_after_midnight_is_asked_after_the_night(ada, evening):
    evening.move_to(datetime(2026, 3, 5, 1, tzinfo=UTC))
    ended(ada, timedelta(minutes=5))
    evening.move_to(datetime(2026, 3, 5, 5, tzinfo=UTC))
    assert "morning" in asked(ada)


def test_what_was_told_is_not_asked_again_until_it_is_time(ada, evening):
    ended(ada, timedelta(hours=1))
    ada.press(HOUR, **KNEES)
    ada.press(WEEK, **KNEES)
    assert asked(ada) == []
    evening.move_to(datetime(2026, 3, 10, 23, 59, tzinfo=UTC))
    assert asked(ada) == []
    evening.move_to(datetime(2026, 3, 11, 0, 0, tzinfo=UTC))
    assert asked(ada) == ["week"]


def test_a_stranger_to_sessions_is_asked_nothing(ada):
    assert asked(ada) == []


def test_the_hour_belongs_to_the_session_that_ended_last(ada):
    ended(ada, timedelta(hours=5))
    newest = ended(ada, timedelta(hours=1))
    page = ada.get(HOUR)
    assert f"After “{newest.title}”." in text(page)
    ada.press(HOUR, **KNEES)
    assert CheckIn.objects.get().run == newest


AT_HOME = "America/New_York"
"""It is 13:00 there at NOW."""


@pytest.mark.parametrize(
    ("address", "ago", "heading", "when"),
    [
        (HOUR, 10, "Not yet", "from 13:35 on."),
        (HOUR, 12 * 60 + 30, "The time for that has passed", "until 12:30."),
        (MORNING, 10, "Not yet", "from Thursday, 5 March, 04:00 on."),
        (MORNING, 50 * 60, "The time for that has passed", "until 04:00."),
    ],
)
def test_out_of_its_time_a_check_in_says_when_it_is_asked(ada, address, ago, heading, when):
    ended(ada, timedelta(minutes=ago))
    Rhythm.objects.create(person=ada.person, time_zone=AT_HOME)
    page = ada.get(address)
    assert f"{heading} How" in text(page)
    assert when in text(page)
    # Nobody answers another question by mistake.
    assert 'name="left"' not in page.content.decode()
    assert f'href="{WEEK}"' in page.content.decode()
    sent = ada.press(address, **KNEES)
    assert sent.status_code == 409
    assert "What you sent is not kept." in text(sent)
    assert not CheckIn.objects.exists()


def test_at_the_minute_that_is_named_it_is_asked(ada, evening):
    ended(ada, timedelta(minutes=10, seconds=20))
    assert "from 18:35 on." in text(ada.get(HOUR))
    evening.move_to(NOW + timedelta(minutes=34, seconds=39))
    assert "Not yet" in text(ada.get(HOUR))
    evening.move_to(NOW + timedelta(minutes=35))
    assert 'name="left"' in ada.get(HOUR).content.decode()


def test_in_the_place_of_what_is_late_what_is_due_is_offered_first(ada, evening):
    ended(ada, timedelta(hours=1))
    evening.move_to(NOW + timedelta(hours=14))
    page = ada.get(HOUR).content.decode()
    assert page.index(f'href="{MORNING}"') < page.index(f'href="{WEEK}"')


def test_without_a_session_there_is_nothing_to_ask_after(ada, stranger):
    for browser in (ada, stranger):
        assert "none has ended in the last days" in text(browser.get(MORNING))
        assert browser.press(MORNING, **KNEES).status_code == 409
    assert not CheckIn.objects.exists()


def test_a_clock_that_is_ahead_counts_as_now(ada, evening):
    run = ended(ada, timedelta(minutes=50))
    Run.objects.filter(pk=run.pk).update(finished_at=NOW + timedelta(days=300))
    run.events.create(
        event_id=run.pk, device=run.pk, seq=1, type="finished", body={}, received_at=NOW
    )
    evening.move_to(NOW + timedelta(hours=1))
    assert "hour" in asked(ada)


def test_new_swelling_leads_to_the_advice_and_no_session_starts(starter, ada, evening):
    ended(ada, timedelta(minutes=5))
    evening.move_to(NOW + timedelta(hours=14))
    assert ada.press(MORNING, **KNEES).status_code == 400
    answer = ada.press(MORNING, **KNEES, swelling="yes")
    assert answer["Location"] == "/check/advice/"
    assert "Is the knee visibly swollen" in text(ada.get("/check/advice/"))
    assert KneeCheck.objects.get().red_flags == ["swollen"]
    start = ada.press("/sessions/build-lower-body-detail/play/")
    assert start["Location"] == "/check/advice/"
    assert "Until you answer anew, no session starts." in text(ada.get(ANSWER))


PLAY = "/sessions/build-lower-body-detail/play/"
ADVICE = "/check/advice/"


def swollen(browser, clock):
    """New swelling, told in the morning after a session."""
    ended(browser, timedelta(minutes=5))
    clock.move_to(NOW + timedelta(hours=14))
    assert browser.press(MORNING, **KNEES, swelling="yes")["Location"] == ADVICE


def answered(browser, clock, *flags):
    """The knee check, later on."""
    clock.shift(60)
    return KneeCheck.objects.create(
        person=browser.person, consent=2, created=datetime.now(UTC), red_flags=flags, left_now=0
    )


def test_erasing_the_answers_does_not_lift_the_stop_of_a_check_in(starter, ada, evening):
    answered(ada, evening)
    KneeCheck.objects.update(age_band="teen")
    swollen(ada, evening)
    page = text(ada.get(ada.press("/check/erase/")["Location"]))
    assert "Your answers are gone." in page
    assert "In a check-in you told of new swelling" in page
    left = KneeCheck.objects.get()
    assert (left.red_flags, left.age_band, left.left_now) == (["swollen"], "", None)
    ada.press("/check/erase/")
    assert ada.press(PLAY)["Location"] == ADVICE
    assert "Is the knee visibly swollen" in text(ada.get(ADVICE))
    # A later check-in asks for no swelling, and says nothing of it.
    ada.press(WEEK, **KNEES)
    assert ada.press(PLAY)["Location"] == ADVICE


@pytest.mark.parametrize("way", ["check-ins", "answered", "answered and erased"])
def test_erasing_the_check_ins_or_answering_anew_lifts_it(starter, ada, evening, way):
    swollen(ada, evening)
    if way == "check-ins":
        ada.press("/check/erase/")
        ada.press("/check-in/erase/")
        assert not KneeCheck.objects.exists()
    else:
        answered(ada, evening)
    if way == "answered and erased":
        ada.press("/check/erase/")
        assert not KneeCheck.objects.exists()
    assert ada.press(PLAY)["Location"].startswith("/play/")


def test_a_sign_that_came_since_does_not_hide_it(starter, ada, evening):
    swollen(ada, evening)
    answered(ada, evening, "calf")
    ada.press("/check/erase/")
    assert KneeCheck.objects.get().red_flags == ["swollen"]
    assert ada.press(PLAY)["Location"] == ADVICE


def test_the_check_ins_take_their_stop_along_and_no_answer(starter, ada, evening):
    asked_before = answered(ada, evening)
    swollen(ada, evening)
    ada.press("/check-in/erase/")
    assert KneeCheck.objects.get() == asked_before
    assert ada.press(PLAY)["Location"].startswith("/play/")


def test_no_swelling_is_no_sign(ada, evening):
    ended(ada, timedelta(minutes=5))
    evening.move_to(NOW + timedelta(hours=14))
    assert ada.press(MORNING, **KNEES, swelling="no")["Location"] == ANSWER
    assert not KneeCheck.objects.exists()


def test_the_day_is_that_of_the_browser_and_a_chosen_zone_stays(ada, evening):
    evening.move_to(datetime(2026, 3, 4, 23, 30, tzinfo=UTC))
    ada.press(WEEK, **KNEES, time_zone="Europe/Vienna")
    assert CheckIn.objects.get().day == date(2026, 3, 5)
    ada.press(WEEK, **KNEES, time_zone="America/Lima")
    ada.press(WEEK, **KNEES, time_zone="No/Where")
    assert Rhythm.objects.get().time_zone == "Europe/Vienna"
    assert set(CheckIn.objects.values_list("day", flat=True)) == {date(2026, 3, 5)}


def test_check_ins_are_exported_adopted_and_erased(ada, mia):
    run = ended(ada, timedelta(hours=1))
    ada.press(WEEK, **KNEES, activity="stairs", hard="3")
    ada.press(HOUR, **KNEES)
    kept = my_data(ada)
    assert [(each["kind"], each["run"]) for each in kept["told"]] == [
        ("week", None),
        ("hour", str(run.pk)),
    ]
    assert [each["name"] for each in kept["activities"]] == ["stairs"]
    mia.press(WEEK, **KNEES, activity="squats", hard="1")
    person_adopt(giver=ada.person, taker=mia.person)
    assert len(my_data(mia)["told"]) == 3
    assert Activity.objects.get(ended_at=None).name == "squats"
    consent_withdraw(person=mia.person, purpose="health")
    assert not CheckIn.objects.exists()
    assert not Activity.objects.exists()


def test_one_tap_erases_them(ada, ben):
    for browser in (ada, ben):
        browser.press(WEEK, **KNEES, activity="stairs", hard="3")
    answer = ada.press("/check-in/erase/")
    assert "Your check-ins are gone" in text(ada.get(answer["Location"]))
    assert CheckIn.objects.get().person == ben.person


def test_those_of_visitors_are_purged_and_those_of_members_stay(ada, mia):
    for browser in (ada, mia):
        browser.press(WEEK, **KNEES, activity="stairs", hard="3")
    late = NOW + timedelta(days=KEPT_DAYS, minutes=1)
    assert check_ins_purge(NOW + timedelta(days=KEPT_DAYS)) == 0
    assert check_ins_purge(late) == 2
    assert [row.person for row in CheckIn.objects.all()] == [mia.person]


def test_without_a_check_in_there_is_no_answer(ada, stranger):
    assert ada.get(ANSWER)["Location"] == WEEK
    assert stranger.get(ANSWER)["Location"] == WEEK
