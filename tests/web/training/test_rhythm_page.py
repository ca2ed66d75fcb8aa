# SPDX-License-Identifier: Apache-2.0
"""Days, zone, reminders and days away, as their page takes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from html import unescape

import pytest
import time_machine

from hipfirst.web.training.models import Holiday, Rhythm
from hipfirst.web.training.rhythm import day_of, moment_of, zone_of
from hipfirst.web.training.rhythm_actions import holiday_add, rhythm_save
from hipfirst.web.training.rhythm_forms import is_quiet
from web.conftest import known_visitor
from web.members import member

PAGE = "/today/rhythm/"
SENT = {"weekdays": ["1", "3"], "time_zone": "Europe/Vienna"}
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def text(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mia(db):
    return member("mia@example.org")


def test_a_stranger_reads_the_page_and_becomes_a_visitor_by_saving(stranger):
    page = stranger.get(PAGE)
    assert page.status_code == 200
    assert not page.cookies.get("hipfirst_visitor")
    # Nobody chose a zone: a script may fill in that of the browser.
    assert "data-zone" in page.content.decode()
    assert stranger.press(PAGE, **SENT)["Location"] == PAGE
    row = Rhythm.objects.get()
    assert (row.weekdays, row.time_zone, row.remind) == ([1, 3], "Europe/Vienna", False)
    assert "data-zone" not in stranger.get(PAGE).content.decode()


def test_a_visitor_has_no_address_to_remind_at(ada):
    assert "so they need an account" in text(ada.get(PAGE))
    ada.press(PAGE, **SENT, remind="on", remind_at="07:30")
    assert Rhythm.objects.get().remind is False


def test_a_member_chooses_when_to_be_reminded(mia):
    times = {"remind_at": "07:30", "quiet_from": "22:00", "quiet_to": "06:30"}
    assert mia.press(PAGE, **SENT, remind="on", **times).status_code == 302
    row = Rhythm.objects.get()
    assert (row.remind, row.remind_at) == (True, time(7, 30))
    assert 'value="07:30"' in mia.get(PAGE).content.decode()
    # What is left out stays as it was, and an empty box ends the reminders.
    mia.press(PAGE, **SENT, remind_at="")
    row.refresh_from_db()
    assert (row.remind, row.remind_at) == (False, time(7, 30))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"weekdays": []}, "Tick at least one day."),
        ({"weekdays": ["7"]}, "Select a valid choice. 7 is not one of the available choices."),
        ({"time_zone": "Mars/Olympus"}, "“Mars/Olympus” is no time zone."),
        ({"remind": "on", "remind_at": "23:00"}, "Choose a time from 07:00 to 21:00."),
        ({"remind": "on", "remind_at": "late"}, "Enter a valid time."),
    ],
)
def test_what_is_wrong_is_said_where_it_is(mia, sent, said):
    page = mia.press(PAGE, **{**SENT, **sent})
    assert page.status_code == 400
    assert "Please look again" in text(page)
    assert said in text(page)
    assert not Rhythm.objects.exists()


def test_days_away_are_added_and_removed(ada):
    holidays = {"first": "2027-04-01", "last": "2027-04-10"}
    assert ada.press("/today/holidays/", **holidays)["Location"] == f"{PAGE}#away"
    ada.press("/today/holidays/", **holidays)
    ada.press("/today/holidays/", first="2027-05-01")
    assert Holiday.objects.count() == 2
    assert "1 April 2027 to 10 April 2027" in text(ada.get(PAGE))
    row = Holiday.objects.get(first=date(2027, 5, 1))
    assert row.last == row.first
    known_visitor().press(f"/today/holidays/{row.pk}/remove/")
    assert Holiday.objects.count() == 2
    ada.press(f"/today/holidays/{row.pk}/remove/")
    assert Holiday.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "", "This field is required."),
        ("2027-04-10", "2027-04-01", "The last day is before the first."),
        ("2027-04-10", "2029-04-01", "That is more than a year."),
        ("2099-01-01", "2099-01-02", "Choose a day within two years of today."),
        ("soon", "", "Enter a valid date."),
    ],
)
def test_days_away_that_make_no_sense_are_refused(ada, first, last, said):
    page = ada.press("/today/holidays/", first=first, last=last)
    assert page.status_code == 400
    assert said in text(page)
    assert not Holiday.objects.exists()


def test_there_is_an_end_to_days_away(ada):
    for number in range(50):
        day = date(2027, 1, 1).replace(day=number % 28 + 1, month=number // 28 + 1)
        holiday_add(person=ada.person, first=day, last=day)
    assert "Add these days" not in text(ada.get(PAGE))
    assert ada.press("/today/holidays/", first="2027-09-01").status_code == 400
    assert Holiday.objects.count() == 50


@pytest.mark.parametrize(
    ("at", "quiet_from", "quiet_to", "quiet"),
    [
        (time(6, 59), time(21), time(7), True),
        (time(7), time(21), time(7), False),
        (time(20, 59), time(21), time(7), False),
        (time(21), time(21), time(7), True),
        (time(12), time(12), time(14), True),
        (time(14), time(12), time(14), False),
        (time(3), time(5), time(5), False),
        (time(5), time(5), time(5), False),
    ],
)
def test_quiet_hours_may_reach_over_midnight(at, quiet_from, quiet_to, quiet):
    assert is_quiet(at, quiet_from, quiet_to) is quiet


def test_a_zone_that_this_machine_does_not_know_counts_as_utc():
    assert zone_of(Rhythm(time_zone="Mars/Olympus")).key == "UTC"
    assert zone_of(Rhythm(time_zone="../secret")).key == "UTC"


def test_an_hour_that_is_left_out_or_comes_twice_is_one_moment():
    rhythm = Rhythm(time_zone="Europe/Vienna")
    spring, autumn = date(2027, 3, 28), date(2027, 10, 31)
    assert moment_of(rhythm, spring, time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment_of(rhythm, autumn, time(2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert day_of(rhythm, datetime(2027, 3, 28, 22, 30, tzinfo=UTC)) == date(2027, 3, 29)


def test_what_is_no_field_of_it_cannot_be_chosen(ada):
    with pytest.raises(AssertionError, match="cannot be chosen"):
        rhythm_save(person=ada.person, chosen={"calendar_token": "mine"})


def test_a_place_is_in_the_list_once_by_its_name_of_today(ada):
    zones = re.findall(r"<option[^>]*>([^<]+)", ada.get(PAGE).content.decode())
    assert len(zones) == len(set(zones))
    assert {"UTC", "Europe/Vienna", "Asia/Kolkata", "Europe/Kyiv"} <= set(zones)
    assert not {"Asia/Calcutta", "Europe/Kiev", "US/Pacific", "Europe/Belfast"} & set(zones)


def test_a_zone_of_an_old_name_stays_where_it_was_chosen(ada):
    assert ada.press(PAGE, **SENT | {"time_zone": "Asia/Calcutta"}).status_code == 302
    assert "<option selected>Asia/Calcutta</option>" in ada.get(PAGE).content.decode()


def test_each_part_says_that_it_is_kept_by_itself(ada):
    said = text(ada.get(PAGE))
    assert "Each part of this page has a button of its own" in said
    assert "Save days and reminders" in said
