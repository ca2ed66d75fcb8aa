# SPDX-License-Identifier: Apache-2.0
"""One mail before an end and one when it came, whoever keeps house how often."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail

from hipfirst.web.accounts.models import Account
from hipfirst.web.membership import mails
from hipfirst.web.membership.actions import cancel, grant, pause, resume, revoke
from hipfirst.web.membership.mails import endings_tell
from hipfirst.web.membership.models import EndingNotice
from hipfirst.web.site.models import SiteSettings
from web.membership.conftest import NOW, days


def told(first=0, last=60):
    """Subjects of what is sent while house is kept four times on each of some days."""
    for hour in range(first * 24, last * 24, 6):
        endings_tell(NOW + timedelta(hours=hour))
    return [each.subject for each in mail.outbox]


SOON = "Your membership at Hipfirst ends on 1 April 2026"
OVER = "Your membership at Hipfirst has ended"


def test_two_mails_and_no_more(mia):
    grant(account=mia.account, days=30, now=NOW)
    assert told(last=23) == []
    assert told(23) == [SOON, OVER]
    assert [each.sent_at for each in EndingNotice.objects.order_by("sent_at")] == [
        days(23),
        days(30),
    ]


def test_they_come_in_text_and_html_and_say_how_to_stop(mia):
    grant(account=mia.account, days=30, now=NOW)
    told()
    for letter in mail.outbox:
        assert letter.to == ["mia@example.org"]
        assert letter.extra_headers["List-Unsubscribe"].endswith("/account/membership/>")
        html = letter.alternatives[0][0]
        for said in (letter.body, html):
            assert "/join/" in said
            assert "/account/membership/" in said
            assert "8 April 2026" in said
            assert "cancel" in said


def test_one_mail_that_cannot_be_made_keeps_no_other_from_going(mia, nick, caplog):
    for browser in (mia, nick):
        grant(account=browser.account, days=30, now=NOW)
    wrong = "mia@example.org\nBcc: x@example.org"
    Account.objects.filter(pk=mia.account.pk).update(email=wrong)
    assert endings_tell(days(24)) == 1
    assert [row.person for row in EndingNotice.objects.all()] == [nick.person]
    assert "BadHeaderError" in caplog.text
    assert "example.org" not in caplog.text


def test_who_cancelled_or_has_it_for_life_gets_none(mia, nick):
    grant(account=mia.account, days=30, now=NOW)
    cancel(account=mia.account, now=days(1))
    grant(account=nick.account, days=None, now=NOW)
    assert told() == []


def test_a_paused_one_has_no_end_and_a_later_end_is_told_anew(mia):
    grant(account=mia.account, days=30, now=NOW)
    assert told(last=24) == [SOON]
    pause(account=mia.account, now=days(24))
    assert told(24, 40) == [SOON]
    resume(account=mia.account, now=days(40))
    assert told(40, 60) == [SOON, "Your membership at Hipfirst ends on 17 April 2026", OVER]


def test_time_that_was_added_in_between_ends_no_more(mia):
    grant(account=mia.account, days=30, now=NOW)
    assert told(last=24) == [SOON]
    grant(account=mia.account, days=365, now=days(24))
    assert told(24, 60) == [SOON]


def test_what_was_taken_back_needs_no_mail(mia):
    line = grant(account=mia.account, days=30, now=NOW)
    revoke(line=line, now=days(10))
    assert told() == []


@pytest.mark.parametrize(
    "fields",
    [{"is_active": False}, {"erase_at": days(100)}, {"role": Account.Role.OWNER}],
    ids=["shut out", "to be erased", "owner"],
)
def test_some_get_none(mia, fields):
    grant(account=mia.account, days=30, now=NOW)
    Account.objects.update(**fields)
    assert told() == []


def test_where_everything_is_open_no_end_matters(mia):
    grant(account=mia.account, days=30, now=NOW)
    SiteSettings.objects.create(open_to_all=True)
    assert told() == []


def test_a_mail_that_did_not_leave_is_tried_again(mia, settings):
    grant(account=mia.account, days=30, now=NOW)
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    assert endings_tell(days(24)) == 0
    assert not EndingNotice.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert endings_tell(days(24)) == 1


class Broken:
    """A mail server that nobody reaches."""

    def __init__(self, **_options):
        pass

    def send_messages(self, _letters):
        raise smtplib.SMTPServerDisconnected("gone")


def test_a_week_is_said_before(mia):
    assert timedelta(days=7) == mails.BEFORE
