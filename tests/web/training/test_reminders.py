# SPDX-License-Identifier: Apache-2.0
"""Reminders: when they are due, that each day has one at most, and that one tap ends them."""

from __future__ import annotations

import re
import smtplib
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from hipfirst.web.accounts.models import Account
from hipfirst.web.site.duties import duties
from hipfirst.web.training.models import KneeCheck, Reminder, Rhythm
from hipfirst.web.training.program_actions import program_follow
from hipfirst.web.training.reminder_mail import reminder_stop_token
from hipfirst.web.training.reminders import (
    KEPT,
    LATE,
    remind_moment,
    reminders_deliver,
    reminders_purge,
)
from hipfirst.web.training.rhythm_actions import holiday_add, rhythm_save
from web.conftest import Browser
from web.members import member
from web.training.programs import finished, ledger, program

MONDAY = date(2027, 3, 1)
DAY = timedelta(days=1)
REMIND = {"remind": True, "remind_at": time(8)}
pytestmark = pytest.mark.usefixtures("starter")


def at(hour, minute=0, *, on=MONDAY):
    return datetime.combine(on, time(hour, minute), tzinfo=UTC)


@pytest.fixture
def document(db):
    return program()


@pytest.fixture
def reminded(document):
    """`reminded("mia")`: a member who follows the program and wants to be reminded at eight."""

    def make(name="mia", **chosen):
        browser = member(f"{name}@example.org")
        rhythm_save(person=browser.person, chosen={**REMIND, **chosen})
        program_follow(person=browser.person, program=document, now=at(6))
        return browser

    return make


def test_on_a_training_day_one_mail_goes_at_its_time(reminded):
    reminded()
    assert reminders_deliver(now=at(7, 59)) == 0
    assert reminders_deliver(now=at(8, 2)) == 1
    assert reminders_deliver(now=at(8, 7)) == 0
    [letter] = mail.outbox
    assert letter.to == ["mia@example.org"]
    assert letter.subject == "Today is a training day"
    assert "/today/" in letter.body
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert "/today/" in html
    assert not re.search(r"knee|pain|flare", letter.subject + letter.body, re.IGNORECASE)


def test_a_day_without_training_has_none(reminded):
    reminded()
    assert reminders_deliver(now=at(8, on=MONDAY + DAY)) == 0


def test_each_training_day_has_its_own(reminded):
    mia = reminded()
    for day in range(7):
        reminders_deliver(now=at(9, on=MONDAY + day * DAY))
    rows = Reminder.objects.filter(person=mia.person).order_by("day")
    assert [row.day for row in rows] == [MONDAY, MONDAY + 2 * DAY, MONDAY + 4 * DAY]


@pytest.mark.parametrize(
    "why", ["trained", "away", "paused", "over", "stopped", "left", "off", "shut out", "leaving"]
)
def test_nobody_is_reminded_in_vain(reminded, document, why):
    mia = reminded()
    document.members_only = why in {"paused", "over"}
    document.save()
    ledger(mia.person, "grant", at(5), days=1 if why == "over" else 90)
    on = MONDAY + 14 * DAY
    if why == "trained":
        finished(mia.person, "ten-quiet-minutes", at(7, on=on))
    elif why == "away":
        holiday_add(person=mia.person, first=on, last=on)
    elif why == "paused":
        ledger(mia.person, "pause", at(5, on=on - DAY))
    elif why == "stopped":
        KneeCheck.objects.create(person=mia.person, consent=1, red_flags=["locked"])
    elif why == "left":
        mia.press("/programs/two-weeks/leave/")
    elif why == "off":
        rhythm_save(person=mia.person, chosen={"remind": False})
    elif why == "shut out":
        mia.account.is_active = False
        mia.account.save()
    elif why == "leaving":
        mia.account.erase_at = at(5, on=on + 5 * DAY)
        mia.account.save()
    assert reminders_deliver(now=at(8, on=on)) == 0
    assert mail.outbox == []
    assert not Reminder.objects.exists()


def test_a_visitor_has_no_address(ada, document):
    rhythm_save(person=ada.person, chosen=REMIND)
    program_follow(person=ada.person, program=document, now=at(6))
    assert reminders_deliver(now=at(8)) == 0


def test_it_is_eight_where_they_are(reminded):
    reminded("mia", time_zone="Asia/Tokyo")
    reminded("nick", time_zone="America/New_York")
    moments = [at(0) + n * timedelta(minutes=30) for n in range(-24, 48)]
    sent = [moment for moment in moments if reminders_deliver(now=moment)]
    assert [each.to[0][:3] for each in mail.outbox] == ["mia", "nic"]
    assert sent == [at(23, on=MONDAY - DAY), at(13)]


def test_a_reminder_that_comes_too_late_does_not_come(reminded):
    reminded()
    assert reminders_deliver(now=at(8) + LATE) == 0
    assert reminders_deliver(now=at(8) + LATE - timedelta(minutes=1)) == 1


@pytest.mark.parametrize(
    ("remind_at", "quiet_from", "quiet_to", "moment"),
    [
        (time(8), time(21), time(7), at(8)),
        (time(6), time(21), time(7), at(7)),
        (time(22), time(21), time(7), at(7)),
        (time(13), time(12), time(14), at(14)),
        (time(3), time(5), time(5), at(3)),
    ],
)
def test_in_quiet_hours_it_waits_for_their_end(remind_at, quiet_from, quiet_to, moment):
    rhythm = Rhythm(remind_at=remind_at, quiet_from=quiet_from, quiet_to=quiet_to)
    assert remind_moment(rhythm, MONDAY) == moment


@pytest.mark.parametrize(
    ("day", "moments"),
    [
        # Clocks go forward: half past two is not there.
        (date(2027, 3, 28), [(1, 25, 0), (1, 35, 1)]),
        # Clocks go back: half past two comes twice, and the reminder once.
        (date(2027, 10, 31), [(0, 25, 0), (0, 35, 1), (1, 35, 0), (2, 35, 0)]),
    ],
    ids=["spring", "autumn"],
)
def test_when_clocks_change_it_comes_once(reminded, day, moments):
    night = {"remind_at": time(2, 30), "quiet_from": time(0), "quiet_to": time(0)}
    reminded("mia", time_zone="Europe/Vienna", weekdays=[6], **night)
    for hour, minute, count in moments:
        assert reminders_deliver(now=at(hour, minute, on=day)) == count


class Broken(EmailBackend):
    """Refuses one address, or answers nobody."""

    refuses = "mia@example.org"
    unreachable = False
    asked = 0

    def send_messages(self, messages):
        type(self).asked += 1
        if self.unreachable:
            raise ConnectionRefusedError
        if self.refuses in messages[0].to:
            raise smtplib.SMTPRecipientsRefused({self.refuses: (550, b"no")})
        return super().send_messages(messages)


def test_one_bad_address_keeps_no_other_from_going_and_is_tried_again(reminded, settings):
    mia, nick = reminded("mia"), reminded("nick")
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    assert reminders_deliver(now=at(8)) == 1
    assert [row.person for row in Reminder.objects.all()] == [nick.person]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert reminders_deliver(now=at(8, 5)) == 1
    assert Reminder.objects.filter(person=mia.person).exists()


def test_where_nobody_answers_the_rest_waits(reminded, settings, monkeypatch):
    reminded("mia")
    reminded("nick")
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    monkeypatch.setattr(Broken, "unreachable", True)
    monkeypatch.setattr(Broken, "asked", 0)
    assert reminders_deliver(now=at(8)) == 0
    assert Broken.asked == 1
    assert not Reminder.objects.exists()


def test_what_is_no_fault_of_sending_keeps_no_other_from_going(reminded, caplog):
    mia, nick = reminded("mia"), reminded("nick")
    wrong = "mia@example.org\nBcc: x@example.org"
    Account.objects.filter(pk=mia.account.pk).update(email=wrong)
    assert reminders_deliver(now=at(8)) == 1
    assert [row.person for row in Reminder.objects.all()] == [nick.person]
    assert "BadHeaderError" in caplog.text
    assert "example.org" not in caplog.text


def test_nothing_late_falls_into_the_quiet_hours(reminded):
    reminded("mia", remind_at=time(20, 30), quiet_from=time(21), quiet_to=time(7))
    assert reminders_deliver(now=at(22, 45)) == 0
    assert reminders_deliver(now=at(20, 55)) == 1


def test_one_tap_in_the_mail_program_ends_them(reminded):
    reminded()
    reminders_deliver(now=at(8))
    [letter] = mail.outbox
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.search(r"<https?://[^/]+(/.*)>", letter.extra_headers["List-Unsubscribe"])[1]
    asked = Browser().get(path)
    assert "Stop the reminders?" in asked.content.decode()
    assert Rhythm.objects.get().remind is True
    # Without cookies and without the token of a form.
    done = Browser().post(path, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert "You get no more reminders" in done.content.decode()
    assert done["Referrer-Policy"] == "no-referrer"
    assert Rhythm.objects.get().remind is False
    assert reminders_deliver(now=at(8, on=MONDAY + 2 * DAY)) == 0


def test_a_token_of_another_kind_stops_nothing(reminded):
    mia = reminded()
    token = reminder_stop_token(mia.account.pk)
    for wrong in (token[:-1], "x", token.replace(":", "")):
        assert Browser().post(f"/mail/reminders/stop/{wrong}/").status_code == 404
    assert Rhythm.objects.get().remind is True


def test_old_ones_are_forgotten(reminded):
    mia = reminded()
    Reminder.objects.create(person=mia.person, day=MONDAY, sent_at=at(8))
    assert reminders_purge(now=at(8) + KEPT) == 0
    assert reminders_purge(now=at(9) + KEPT) == 1


def test_the_house_does_both_by_itself(reminded):
    reminded()
    known = {duty.name: duty for duty in duties()}
    with time_machine.travel(at(8), tick=False):
        assert known["deliver reminders"].work(at(8)) == 1
        assert known["purge reminders"].work(at(8)) == 0
    assert known["deliver reminders"].every <= timedelta(minutes=10)
