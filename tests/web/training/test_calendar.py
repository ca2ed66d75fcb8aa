# SPDX-License-Identifier: Apache-2.0
"""The calendar feed: what is in it, what is not, and that any calendar can read it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from hipfirst.web.accounts.actions import account_delete, account_keep
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.training.models import KneeCheck, Rhythm
from hipfirst.web.training.rhythm_actions import calendar_make, holiday_add, rhythm_save
from web.conftest import Browser
from web.members import member
from web.training.programs import ADDRESS, FREE, finished, ledger, program

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
HEALTH = re.compile(r"knee|pain|hurt|flare|ache|swell|hip(?!first)|rehab|health", re.IGNORECASE)
pytestmark = pytest.mark.usefixtures("starter")


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def follower(ada, clock):
    program()
    ada.press(f"{ADDRESS}follow/")
    return ada


def address(browser):
    return f"/calendar/{calendar_make(person=browser.person)}.ics"


def feed(browser):
    return Browser().get(address(browser))


def events(answer):
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def days(answer):
    return [event["dtstart"].dt for event in events(answer)]


def test_it_holds_the_training_days_to_come(follower):
    answer = feed(follower)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert days(answer) == [date(2027, 3, day) for day in (1, 3, 5, 8, 10, 12)]
    first = events(answer)[0]
    assert first["dtend"].dt == date(2027, 3, 2)
    assert first["transp"] == "TRANSPARENT"
    assert first["url"].endswith("/today/")


def test_days_away_and_what_is_done_are_not_in_it(follower, clock):
    finished(follower.person, FREE, MONDAY)
    holiday_add(person=follower.person, first=date(2027, 3, 4), last=date(2027, 3, 9))
    assert days(feed(follower)) == [date(2027, 3, day) for day in (3, 10, 12, 15, 17)]


def test_while_a_sign_stops_sessions_nothing_is_planned(follower):
    KneeCheck.objects.create(person=follower.person, consent=2, red_flags=["locked"])
    assert days(feed(follower)) == []
    KneeCheck.objects.create(person=follower.person, consent=2, red_flags=[], fine=True)
    assert len(days(feed(follower))) == 6


def test_it_is_a_feed_and_no_invitation(follower):
    assert b"METHOD" not in feed(follower).content


def test_a_session_that_moves_keeps_its_uid(follower, clock):
    path = address(follower)
    before = {e["uid"]: e["dtstart"].dt for e in events(Browser().get(path))}
    clock.move_to(MONDAY + DAY)
    after = {e["uid"]: e["dtstart"].dt for e in events(Browser().get(path))}
    assert before.keys() == after.keys()
    assert len(before) == 6
    assert min(after.values()) == date(2027, 3, 3)
    assert not any(str(follower.person.pk) in uid for uid in before)


def test_beginning_again_is_another_course(follower, clock):
    before = {event["uid"] for event in events(feed(follower))}
    follower.press(f"{ADDRESS}follow/", again="1")
    assert before.isdisjoint(event["uid"] for event in events(feed(follower)))


def test_no_word_of_health_is_in_it(follower):
    body = feed(follower).content.decode().replace("\r\n ", "")
    shown = re.findall(
        r"^(?:SUMMARY|DESCRIPTION|NAME|X-WR-CALNAME|LOCATION)[^:]*:(.*)$", body, re.MULTILINE
    )
    assert len(shown) == 2 + 2 * 6
    assert not [line for line in shown if HEALTH.search(line)]


def test_every_line_is_as_the_standard_asks(follower):
    SiteSettings.objects.create(name="Ünï·cödë; with, signs \\ and more 🦵🦵🦵🦵")
    body = feed(follower).content
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    # RFC 5545, 3.1: at most 75 octets, without the line break; folded lines begin with a space.
    assert max(map(len, lines)) <= 75
    for line in lines[:-1]:
        assert re.match(rb"[A-Z-]+[;:]|[ \t]", line), line
    said = Calendar.from_ical(body)
    assert str(said["version"]) == "2.0"
    assert str(said["prodid"])
    assert "Ünï·cödë; with, signs \\ and more 🦵🦵🦵🦵" in str(said["x-wr-calname"])
    for event in said.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= {name.upper() for name in event}
        assert event["dtstamp"].dt.utcoffset() == timedelta(0)
        assert b"DTSTAMP:2027" in event.to_ical()
    unfolded = body.replace(b"\r\n ", b"")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in unfolded


def test_it_is_asked_for_again_only_when_it_changed(follower, clock):
    path = address(follower)
    tag = Browser().get(path)["ETag"]
    clock.move_to(MONDAY + timedelta(hours=3))
    same = Browser().get(path, headers={"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert same["ETag"] == tag
    finished(follower.person, FREE, MONDAY)
    assert Browser().get(path, headers={"If-None-Match": tag}).status_code == 200


def test_it_needs_and_gives_no_cookie_and_no_shared_cache_keeps_it(follower):
    answer = feed(follower)
    assert not answer.cookies
    assert "private" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "../../etc", "%00"])
def test_another_token_is_nobodys(follower, token):
    rhythm_save(person=follower.person, chosen={"weekdays": [0]})
    assert Rhythm.objects.get().calendar_token == ""
    assert Browser().get(f"/calendar/{token}.ics").status_code == 404


def test_a_new_address_takes_the_place_of_the_old_and_removing_it_ends_both(follower):
    old = address(follower)
    follower.press("/today/calendar/")
    new = f"/calendar/{Rhythm.objects.get().calendar_token}.ics"
    assert new != old
    assert new in follower.get("/today/rhythm/").content.decode()
    assert (Browser().get(old).status_code, Browser().get(new).status_code) == (404, 200)
    follower.press("/today/calendar/remove/")
    assert Browser().get(new).status_code == 404


def test_while_an_account_is_about_to_be_erased_there_is_none(clock):
    mia = member("mia@example.org")
    where = address(mia)
    account_delete(account=mia.account, now=MONDAY)
    assert Browser().get(where).status_code == 404
    account_keep(account=mia.account)
    assert Browser().get(where).status_code == 200


def test_without_a_program_it_is_empty_and_still_a_calendar(ada, clock):
    rhythm_save(person=ada.person, chosen={"time_zone": "Europe/Vienna"})
    calendar = Calendar.from_ical(feed(ada).content)
    # RFC 5545, 3.6: at least one component.
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


def test_of_a_program_that_is_not_open_any_more_nothing_is_planned(clock):
    program(access="members")
    mia = member("mia@example.org")
    ledger(mia.person, "grant", MONDAY - DAY, days=30)
    mia.press(f"{ADDRESS}follow/")
    assert len(events(feed(mia))) == 6
    clock.move_to(MONDAY + 60 * DAY)
    assert events(feed(mia)) == []


def test_days_are_those_of_the_place(follower, clock):
    rhythm_save(person=follower.person, chosen={"time_zone": "Pacific/Auckland"})
    clock.move_to(MONDAY + timedelta(hours=3))
    # It is Tuesday in Auckland.
    assert days(feed(follower))[0] == date(2027, 3, 3)
