# SPDX-License-Identifier: Apache-2.0
"""Mails about comments: to whom, in which words, once, and how they stop."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_actions import (
    comment_delete,
    comment_edit,
    comment_report,
    comment_write,
)
from hipfirst.web.journal.comment_limits import NOTICES_KEPT
from hipfirst.web.journal.mail import stop_read, stop_token
from hipfirst.web.journal.mail_choice import choice_save, mail_stop
from hipfirst.web.journal.models import Comment, MailChoice, Notice
from hipfirst.web.journal.moderation import comment_hide, comment_show
from hipfirst.web.journal.notices import AT_ONCE, WAITS, deliver_notices, notices_purge
from hipfirst.web.library.models import Document
from hipfirst.web.site.duties import duties
from web.journal.conftest import NOON, account, say

Kind = Notice.Kind


class Picky(EmailBackend):
    """A mail server that refuses whoever has "bad" in the address."""

    def send_messages(self, messages):
        for each in messages:
            if "bad" in each.to[0]:
                raise SMTPRecipientsRefused({each.to[0]: (550, b"nobody here")})
        return super().send_messages(messages)


class Broken(EmailBackend):
    """A mail server that is away."""

    error: ClassVar = OSError("nobody answers")

    def send_messages(self, messages):
        raise self.error


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.SITE_URL = "https://knees.example"


@pytest.fixture
def reply(mia, nick, bridge):
    """Mia replies to Nick."""
    root = say(nick, bridge, "How often?")
    return comment_write(
        account=mia, document=bridge, body="*Three* times <3.", answers=root, now=NOON
    )


def to():
    return sorted(each.to[0] for each in mail.outbox)


def test_a_reply_is_told_in_text_and_html(reply):
    assert deliver_notices(now=NOON) == 1
    [sent] = mail.outbox
    assert sent.to == ["nick@example.org"]
    assert sent.subject == "Mia replied to you: Bridge"
    html = sent.alternatives[0].content
    url = f"https://knees.example/comments/{reply.pk}/"
    assert url in sent.body
    assert f'href="{url}"' in html
    assert "> Three times <3." in sent.body
    assert "Three times &lt;3." in html
    for text in (sent.body, html):
        assert "https://knees.example/mail/stop/" in text
        assert "https://knees.example/account/mail/" in text
    assert not re.search(r"<(img|script|link)|url\(|@import", html)


def test_it_can_be_stopped_by_the_mail_program(reply):
    deliver_notices(now=NOON)
    message = message_from_bytes(mail.outbox[0].message().as_bytes())
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [address] = re.findall(
        r"^<(https://knees\.example/mail/stop/[^>]+/)>$", message["List-Unsubscribe"].strip()
    )
    path = address.removeprefix("https://knees.example")
    # Without cookies or token, as RFC 8058 asks, even of a client that checks them.
    program = Client(enforce_csrf_checks=True)
    assert program.get(path).status_code == 200
    assert not MailChoice.objects.exists()
    body = {"List-Unsubscribe": "One-Click"}
    assert program.post(path, body).status_code == 200
    assert program.post(path, body).status_code == 200
    choice = MailChoice.objects.get()
    assert (choice.account.name, choice.replies, choice.shown) == ("Nick", False, True)


def test_a_shown_comment_is_told(nick, olga, bridge):
    held = comment_write(account=nick, document=bridge, body="Hello.", now=NOON)
    deliver_notices(now=NOON)
    mail.outbox.clear()
    comment_show(moderator=olga, comment=held, now=NOON)
    assert deliver_notices(now=NOON) == 1
    assert mail.outbox[0].subject == "Your comment is shown: Bridge"
    assert mail.outbox[0].to == ["nick@example.org"]


def test_what_waits_is_one_mail_for_each_moderator(nick, olga, paul, bridge):
    for body in ("One.", "Two."):
        comment_write(account=nick, document=bridge, body=body, now=NOON)
    assert deliver_notices(now=NOON) == 2
    assert to() == ["olga@example.org", "paul@example.org"]
    sent = mail.outbox[0]
    assert sent.subject == "Comments wait for you at Hipfirst"
    assert "2 comments wait for you" in sent.body
    assert "https://knees.example/moderate/" in sent.body
    assert "One." not in sent.body + sent.alternatives[0].content


def test_nothing_comes_twice(reply):
    assert deliver_notices(now=NOON) == 1
    assert deliver_notices(now=NOON + timedelta(days=1)) == 0
    assert len(mail.outbox) == 1


def test_one_that_was_claimed_is_left_alone(reply):
    Notice.objects.update(tries=1)
    assert deliver_notices(now=NOON + timedelta(days=1)) == 1
    Notice.objects.update(sent_at=NOON)
    assert deliver_notices(now=NOON + timedelta(days=2)) == 0


def test_a_server_that_is_away_is_tried_again_and_then_given_up(reply, settings, caplog):
    settings.EMAIL_BACKEND = "web.journal.test_comment_notices.Broken"
    for number, wait in enumerate(WAITS, start=1):
        assert deliver_notices(now=NOON + wait - timedelta(seconds=1)) == 0
        assert deliver_notices(now=NOON + wait) == 0
        assert Notice.objects.get().tries == number
    assert caplog.text.count("could not be sent") == len(WAITS)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver_notices(now=NOON + timedelta(days=30)) == 0
    assert mail.outbox == []


def test_one_bad_address_keeps_nobody_from_their_mail(mia, nick, bridge):
    bad = account("Bad")
    Account.objects.filter(pk=bad.pk).update(email="bad\naddress@example.org")
    for who in (bad, nick):
        comment_write(
            account=mia, document=bridge, body=f"To {who.name}.", answers=say(who, bridge), now=NOON
        )
    assert deliver_notices(now=NOON) == 1
    assert to() == ["nick@example.org"]


@pytest.mark.parametrize(
    "error", [OSError("nobody answers"), SMTPServerDisconnected("gone")], ids=["away", "gone"]
)
def test_where_nobody_answers_the_others_wait_untried(error, reply, settings, monkeypatch):
    settings.EMAIL_BACKEND = "web.journal.test_comment_notices.Broken"
    monkeypatch.setattr(Broken, "error", error)
    mia, document = reply.author, reply.discussion.document
    for body in ("One more.", "And one."):
        comment_write(account=mia, document=document, body=body, answers=reply.answers, now=NOON)
    assert deliver_notices(now=NOON) == 0
    assert sorted(Notice.objects.values_list("tries", flat=True)) == [0, 0, 1]
    assert not Notice.objects.exclude(sent_at=None).exists()


def test_mails_that_cannot_be_sent_keep_no_newer_one_from_going(reply, mia, bridge, settings):
    settings.EMAIL_BACKEND = "web.journal.test_comment_notices.Picky"
    bad = account("Bad")
    old = NOON - timedelta(minutes=1)
    Notice.objects.bulk_create(
        Notice(account=bad, comment=say(bad, bridge), kind=Kind.REPLY, created=old)
        for _each in range(AT_ONCE)
    )
    assert deliver_notices(now=old) == 0
    assert deliver_notices(now=NOON) == 1
    assert to() == ["nick@example.org"]
    # The newer one goes first as well where the older ones are due again.
    fresh = comment_write(
        account=mia, document=bridge, body="One more.", answers=reply.answers, now=NOON
    )
    assert deliver_notices(now=NOON + timedelta(minutes=5)) == 1
    assert Notice.objects.get(comment=fresh).sent_at


@pytest.fixture
def told(mia, olga, bridge):
    """A comment with alarm words, of which Olga was told and which she showed."""
    held = comment_write(account=mia, document=bridge, body="My knee is hot.", now=NOON)
    assert deliver_notices(now=NOON) == 1
    comment_show(moderator=olga, comment=held, now=NOON)
    mail.outbox.clear()
    Notice.objects.filter(kind=Kind.SHOWN).delete()
    return held


def test_a_report_of_what_they_were_told_of_before_is_told(told, nick):
    later = NOON + timedelta(days=1)
    comment_report(account=nick, comment=told, reason="harm", now=later)
    assert deliver_notices(now=later) == 1
    assert to() == ["olga@example.org"]
    assert deliver_notices(now=later + timedelta(days=1)) == 0


def test_new_alarm_words_in_what_they_were_told_of_before_are_told(told, mia):
    later = NOON + timedelta(days=1)
    comment_edit(account=mia, comment=told, body="I have chest pain.", now=later)
    assert deliver_notices(now=later) == 1
    assert to() == ["olga@example.org"]


def test_what_was_given_up_is_told_again(told, nick):
    Notice.objects.update(sent_at=None, tries=len(WAITS))
    comment_report(account=nick, comment=told, reason="harm", now=NOON)
    assert deliver_notices(now=NOON) == 1


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda reply, nick, olga: Document.objects.update(published=False),
        lambda reply, nick, olga: comment_hide(moderator=olga, comment=reply),
        lambda reply, nick, olga: comment_delete(account=reply.author, comment=reply),
        lambda reply, nick, olga: choice_save(account=nick, wanted={"replies": False}),
        lambda reply, nick, olga: Account.objects.filter(pk=nick.pk).update(is_active=False),
        lambda reply, nick, olga: Account.objects.filter(pk=nick.pk).update(erase_at=NOON),
    ],
    ids=["withdrawn", "hidden", "deleted", "unwanted", "inactive", "leaving"],
)
def test_what_is_no_longer_so_is_not_sent(meanwhile, reply, nick, olga):
    meanwhile(reply, nick, olga)
    assert deliver_notices(now=NOON) == 0
    assert not Notice.objects.exists()


def test_what_was_settled_is_not_told(nick, olga, paul, bridge):
    held = comment_write(account=nick, document=bridge, body="Hello.", now=NOON)
    comment_hide(moderator=olga, comment=held)
    assert deliver_notices(now=NOON) == 0


def test_nobody_is_told_of_their_own_words(mia, nick, olga, bridge):
    comment_write(account=mia, document=bridge, body="Again.", answers=say(mia, bridge))
    comment_write(account=olga, document=bridge, body="Mine, hot and red knee.")
    assert not Notice.objects.exists()


def test_a_comment_that_is_refused_leaves_no_notice(reply, mia, nick, bridge):
    before = Notice.objects.count()
    with pytest.raises(Exception, match="already"):
        comment_write(
            account=mia, document=bridge, body="*Three* times <3.", answers=reply.answers, now=NOON
        )
    assert Notice.objects.count() == before


def test_a_name_cannot_break_the_head_of_a_mail(reply, mia):
    Account.objects.filter(pk=mia.pk).update(name="Mia\r\nBcc: all@e.example")
    assert deliver_notices(now=NOON) == 1
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert "\n" not in mail.outbox[0].subject


def test_old_notices_are_forgotten(reply):
    assert notices_purge(now=NOON + NOTICES_KEPT) == 0
    assert notices_purge(now=NOON + NOTICES_KEPT + timedelta(seconds=1)) == 1


def test_housekeeping_delivers_and_purges(reply):
    work = {duty.name: duty.work for duty in duties()}
    assert work["deliver notices"](NOON) == 1
    assert work["purge comments"](NOON) == 0
    assert work["purge notices"](NOON) == 0


# The token and the choice


def test_a_token_is_for_one_account_and_one_kind():
    assert stop_read(stop_token(7, "reply")) == (7, Kind.REPLY)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t[:-1],
        lambda t: "x" + t,
        lambda t: t.split(":")[0],
        lambda t: stop_token(7, "everything"),
        lambda t: "",
        lambda t: "%00",
    ],
)
def test_a_forged_token_is_no_page(spoil, db):
    token = spoil(stop_token(7, "reply"))
    assert stop_read(token) is None
    for method in (Client().get, Client().post):
        assert method(f"/mail/stop/{token}/").status_code == 404


def test_a_token_of_an_erased_account_stops_nothing_and_says_no_more(db):
    answer = Client().post(f"/mail/stop/{stop_token(12345, 'reply')}/")
    assert answer.status_code == 200
    assert not MailChoice.objects.exists()


def test_the_page_of_the_link_changes_nothing_and_tells_nobody(nick):
    answer = Client().get(f"/mail/stop/{stop_token(nick.pk, 'shown')}/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "nick" not in answer.content.decode().lower()


def test_each_kind_is_stopped_by_itself(olga):
    for kind, left in (
        (Kind.QUEUE, (True, True, False)),
        (Kind.SHOWN, (True, False, False)),
        (Kind.REPLY, (False, False, False)),
    ):
        mail_stop(account_id=olga.pk, kind=kind)
        choice = MailChoice.objects.get()
        assert (choice.replies, choice.shown, choice.moderation) == left


def test_the_page_of_choices(nick, olga, at):
    page = at(nick).get("/account/mail/").content.decode()
    assert "waits for a moderator" not in page
    assert at(nick).press("/account/mail/", shown="on", moderation="").status_code == 302
    choice = MailChoice.objects.get(account=nick)
    assert (choice.replies, choice.shown, choice.moderation) == (False, True, True)
    assert "waits for a moderator" in at(olga).get("/account/mail/").content.decode()
    assert at(None).get("/account/mail/")["Location"] == "/account/login/?next=%2Faccount%2Fmail%2F"


def test_every_kind_has_its_mail(reply, nick, olga):
    held = say(nick, reply.discussion.document, state=Comment.State.HELD)
    Notice.objects.bulk_create(
        Notice(
            account=olga if kind == Kind.QUEUE else nick, comment=comment, kind=kind, created=NOON
        )
        for kind, comment in ((Kind.SHOWN, reply), (Kind.QUEUE, held))
    )
    assert deliver_notices(now=NOON) == len(Kind)
