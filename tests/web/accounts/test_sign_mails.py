# SPDX-License-Identifier: Apache-2.0
"""Every mail about signing in, in text and HTML: our name, our words, and links to pages alone."""

import re
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from hipfirst.web import accounts
from hipfirst.web.accounts.mails import erasing_send
from hipfirst.web.accounts.models import Account
from hipfirst.web.site.models import SiteSettings
from signing import ADDRESS, PASSWORD, SIGN_UP, sign_up

OURS = Path(accounts.__file__).parent / "templates"
LIBRARY = Path(allauth.__file__).parent / "templates"
ENDING = "_subject.txt"
BY_LINK = "account/email/password_reset_key"
"""Sent only where passwords are reset by a link; here a code does it."""
GIVEN = {
    "code": "1234-5678",
    "ip": "192.0.2.7",
    "user_agent": "Fire<b>fox & Co",
    "from_email": "old'o@example.org",
    "to_email": "new'o@example.org",
    "deleted_email": "gone@example.org",
    "signup_url": "http://testserver/account/signup/",
    "password_reset_url": "http://testserver/account/password/reset/",
}


def prefixes(root):
    found = [*root.glob("account/email/*" + ENDING), *root.glob("mfa/email/*" + ENDING)]
    return sorted(str(path.relative_to(root)).removesuffix(ENDING) for path in found)


@pytest.fixture
def render(db, rf):
    """`render(prefix)`: the mail as it is sent, from a site with a name of its own."""
    SiteSettings(name="Knees & 'Co'").save()

    def send(prefix):
        with context.request_context(rf.get("/")):
            given = {**GIVEN, "timestamp": timezone.now()}
            get_adapter().send_mail(prefix, ADDRESS, given)
        return mail.outbox[-1]

    return send


def test_none_is_left_to_the_library():
    assert prefixes(OURS) == [each for each in prefixes(LIBRARY) if each != BY_LINK]


@pytest.mark.parametrize("prefix", prefixes(OURS))
def test_every_mail_has_both_forms(render, prefix):
    sent = render(prefix)
    text, html = sent.body, sent.alternatives[0].content
    assert sent.alternatives[0].mimetype == "text/html"
    assert sent.subject
    assert not re.search(r"[\[\n]|&\w+;|example\.com", sent.subject)
    assert "{" not in text
    assert text.endswith("at Knees & 'Co'.")
    assert "Knees &amp; &#x27;Co&#x27;" in html
    assert "&amp;" not in text
    assert "<" not in text.replace("Fire<b>fox", "")
    assert "<b>" not in html
    assert not re.search(r"<(img|script|link)|https?://(?!testserver/)", html)
    assert isinstance(sent.message(), EmailMessage) or sent.message().is_multipart()


@pytest.mark.parametrize("prefix", prefixes(OURS))
def test_both_forms_say_the_same(render, prefix):
    sent = render(prefix)
    body = re.search(r'<div class="card">(.*?)</div>', sent.alternatives[0].content, re.DOTALL)[1]
    body = re.sub(r'<a class="button" href="([^"]+)">[^<]*</a>', r"\1", body)
    words = " ".join(unescaped(re.sub(r"<[^>]+>", " ", body)).split())
    assert words == " ".join(sent.body.partition("\n-- ")[0].split())


def unescaped(markup):
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'"), ("&amp;", "&")):
        markup = markup.replace(entity, sign)
    return markup


@pytest.mark.parametrize("prefix", prefixes(OURS))
def test_a_link_in_a_mail_changes_nothing(render, prefix, client):
    """Scanners of mail open every link: they lead to pages where one still has to press."""
    account = Account.objects.create_user(ADDRESS)
    client.force_login(account)
    sent = render(prefix)
    count = len(mail.outbox)
    links = re.findall(r"http://testserver(/\S*)", sent.body)
    assert set(links) <= {"/account/login/", "/account/signup/", "/account/sessions/"}
    for link in links:
        assert client.get(link).status_code in {200, 302}
    assert client.get("/account/sessions/").status_code == 200
    assert len(mail.outbox) == count


class Unplugged(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("gone")


class Refusing(BaseEmailBackend):
    """A mail server that knows nobody of that name, and says whom."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({to: (550, b"unknown") for each in messages for to in each.to})


def test_no_log_holds_the_address_of_a_mail_that_was_refused(stranger, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert stranger.press(SIGN_UP, email=ADDRESS, terms="on").status_code == 503
    account = Account.objects.get()
    assert not erasing_send(account=account, erase_at=timezone.now(), account_url="http://x/")
    assert caplog.text.count("SMTPRecipientsRefused 550") == 2
    assert "example.org" not in caplog.text


def test_a_code_that_cannot_be_sent_is_told(stranger, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Unplugged"
    answer = stranger.press(SIGN_UP, email=ADDRESS, terms="on")
    assert answer.status_code == 503
    assert "The mail could not be sent." in answer.content.decode()
    assert "a mail could not be sent" in caplog.text


def test_news_that_cannot_be_sent_undoes_nothing(stranger, settings, caplog):
    sign_up(stranger)
    settings.EMAIL_BACKEND = f"{__name__}.Unplugged"
    answer = stranger.press("/account/password/set/", password1=PASSWORD, password2=PASSWORD)
    assert answer.status_code == 302
    assert Account.objects.get().check_password(PASSWORD)
    assert "a mail could not be sent" in caplog.text
