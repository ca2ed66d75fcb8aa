# SPDX-License-Identifier: Apache-2.0
"""Talking in a browser: write, wait, be shown, be answered, get a mail and stop it; by keyboard,
without scripts, and as axe-core sees it.
"""

from __future__ import annotations

import email
import json
import re
import secrets
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.playing import tab_to
from live import Site, serve

DRAWS_FIGURE = False
SESSION = "/sessions/build-lower-body-detail/"
BOTH = pytest.mark.parametrize("scheme", ["light", "dark"])
PEOPLE = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.models import Discussion, Notice

Discussion.objects.all().delete()
keys = {}
for name, role in (("Mia", "member"), ("Nick", "member"), ("Olga", "moderator")):
    address = f"{name.lower()}-MARK@example.org"
    account = Account.objects.create_user(address, name=name, role=role)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    keys[name] = session.session_key
print("keys", json.dumps(keys))
"""
TALK = """
from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_actions import comment_report, comment_write
from hipfirst.web.journal.moderation import comment_pin, comment_show
from hipfirst.web.library.models import Document

mia, nick, olga = (
    Account.objects.get(email=f"{name}-MARK@example.org") for name in ("mia", "nick", "olga")
)
page = Document.objects.get(kind="session", slug="build-lower-body-detail")
words = "I go *slowly*.\\n\\n> Twice a week\\n\\n- a chair\\n- a mat"
first = comment_write(account=mia, document=page, story=True, body=words)
comment_show(moderator=olga, comment=first)
words = "Three of ten is fine: [why](https://a.example/)."
rules = comment_write(account=olga, document=page, body=words)
comment_pin(moderator=olga, comment=rules, pinned=True)
reply = comment_write(account=nick, document=page, body="With shoes?", answers=first)
comment_show(moderator=olga, comment=reply)
comment_write(account=mia, document=page, body="Barefoot.", answers=reply)
comment_report(account=nick, comment=first, reason="harm", note="Is it safe?")
held = comment_write(account=nick, document=page, body="My calf is swollen and warm.")
print("ids", first.pk, reply.pk, held.pk)
"""


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mails")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mails: Path) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("comments") / "data"
    site = serve(data, HIPFIRST_MAIL_FOLDER=str(mails))
    yield site
    site.stop()


@pytest.fixture
def mark() -> str:
    """In the addresses of this test's people."""
    return secrets.token_hex(4)


@pytest.fixture
def people(site: Site, mark: str) -> dict[str, str]:
    """Name -> session cookie. Nothing was said yet."""
    said = site.manage("shell", "-c", PEOPLE.replace("MARK", mark))
    return json.loads(re.search(r"keys (\{.*\})", said)[1])


@pytest.fixture
def tab(
    new_context: Callable[..., BrowserContext], site: Site, people: dict[str, str]
) -> Callable[..., Page]:
    """`tab("Mia")`: a tab of hers, signed in; `tab(None)`: a stranger's."""

    def make(name: str | None, **options: object) -> Page:
        context = new_context(**options)
        if name:
            cookie = {"name": "sessionid", "value": people[name], "url": site.url}
            context.add_cookies([cookie])
        return context.new_page()

    return make


@pytest.fixture
def talk(site: Site, people: dict[str, str], mark: str) -> list[str]:
    """A discussion with all there may be in one: [root, reply, held comment with alarm words]."""
    said = site.manage("shell", "-c", TALK.replace("MARK", mark))
    return re.search(r"ids (\d+) (\d+) (\d+)", said).groups()


@pytest.fixture
def letters(site: Site, mails: Path) -> Callable[[str], list[EmailMessage]]:
    """`letters(address)`: what came for it after a delivery, oldest first."""

    def read(address: str) -> list[EmailMessage]:
        site.manage("housekeep", HIPFIRST_MAIL_FOLDER=str(mails), HIPFIRST_URL=site.url)
        files = sorted(mails.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        parts = [
            part
            for file in files
            for part in file.read_bytes().split(b"-" * 79 + b"\n")
            if part.strip()
        ]
        found = [email.message_from_bytes(part, policy=policy.default) for part in parts]
        return [each for each in found if each["To"] == address]

    return read


def test_write_wait_be_shown_be_answered_and_stop_the_mails(tab, letters, mark, site, shot):
    nick, olga, mia = tab("Nick"), tab("Olga"), tab(None)
    nick.goto(SESSION)
    nick.get_by_label("Your comment").fill("Do I need *shoes*?")
    nick.get_by_role("button", name="Send").click()
    mine = nick.get_by_role("article", name=re.compile("Nick"))
    expect(mine).to_be_focused()
    expect(mine).to_contain_text("Waits for a moderator. Until then only you see it.")
    expect(nick.get_by_role("status").first).to_contain_text("A moderator reads it first")
    mia.goto(SESSION)
    expect(mia.locator("#comments")).not_to_contain_text("shoes")

    [waits] = letters(f"olga-{mark}@example.org")
    olga.goto(re.search(r"http\S+/moderate/", waits.get_body(("plain",)).get_content())[0])
    shot(olga, "comments-queue", full=True)
    olga.get_by_role("button", name="Show").click()
    expect(olga.get_by_role("heading", level=1)).to_have_text("What waits for you")
    expect(olga.get_by_text("Nothing waits.")).to_be_visible()
    mia.reload()
    expect(mia.locator("#comments")).to_contain_text("Do I need shoes?")

    olga.goto(SESSION)
    olga.get_by_role("link", name="Reply to Nick").click()
    expect(olga.locator("blockquote")).to_contain_text("Do I need shoes?")
    olga.get_by_label("Your comment").fill("No, barefoot is fine.")
    olga.get_by_role("button", name="Send").click()
    expect(olga.get_by_role("article", name=re.compile("Olga"))).to_be_focused()

    shown, reply = letters(f"nick-{mark}@example.org")
    assert shown["Subject"] == "Your comment is shown: Build: Lower Body Detail"
    assert reply["Subject"] == "Olga replied to you: Build: Lower Body Detail"
    text = reply.get_body(("plain",)).get_content()
    assert "No, barefoot is fine." in text
    nick.goto(re.search(r"http\S+/comments/\d+/", text)[0])
    expect(nick.locator(":target")).to_contain_text("No, barefoot is fine.")

    mia.goto(re.search(r"<(http\S+/mail/stop/[^>]+)>", reply["List-Unsubscribe"])[1])
    shot(mia, "comments-stop")
    mia.get_by_role("button", name="Stop them").click()
    expect(mia.get_by_role("status")).to_contain_text("no more mails when somebody replies")
    nick.goto("/account/mail/")
    expect(nick.get_by_label("When somebody replies to me")).not_to_be_checked()
    expect(nick.get_by_label("When a comment of mine that waited is shown")).to_be_checked()


@BOTH
def test_every_page_is_accessible(tab, talk, assert_accessible, shot, size):
    root, reply, held = talk
    pages = {
        None: {"read": SESSION, "all": f"/comments/{root}/thread/"},
        "Mia": {
            "member": SESSION,
            "reply": f"/comments/{reply}/reply/",
            "report": f"/comments/{reply}/report/",
            "edit": f"/comments/{root}/edit/",
            "delete": f"/comments/{root}/delete/",
            "mails": "/account/mail/",
        },
        "Nick": {"waits": SESSION, "advice": f"/comments/{held}/advice/"},
        "Olga": {"moderator": SESSION, "queue": "/moderate/", "ban": f"/comments/{reply}/ban/"},
    }
    for name, addresses in pages.items():
        page = tab(name)
        for what, address in addresses.items():
            page.goto(address)
            if name == "Olga" and what == "moderator":
                page.get_by_text("Moderate the comment of Mia").first.click()
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
            shot(page, f"comments-{what}", full=True)


def test_large_text_fits(tab, talk, size):
    root, reply, _held = talk
    page = tab("Olga")
    addresses = (SESSION, "/moderate/", f"/comments/{reply}/reply/", f"/comments/{root}/report/")
    for address in addresses:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], address


def test_what_is_typed_stays_in_the_tab(tab, talk):
    page = tab("Mia")
    page.goto(SESSION)
    page.get_by_label("Your comment").fill("A long thought.")
    page.goto("/library/")
    page.goto(SESSION)
    expect(page.get_by_label("Your comment")).to_have_value("A long thought.")
    expect(page.get_by_text("What you typed before is still here.")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("article").filter(has_text="A long thought.")).to_be_focused()
    page.goto(SESSION)
    expect(page.get_by_label("Your comment")).to_have_value("")


def test_signed_out_meanwhile_nothing_is_lost(tab, talk, faults):
    page = tab("Mia")
    page.goto(SESSION)
    page.get_by_label("Your comment").fill("A long thought.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert").first).to_contain_text("You are not signed in")
    expect(page.get_by_label("Your comment")).to_have_value("A long thought.")
    page.goto(SESSION)
    expect(page.get_by_role("link", name="Sign in to comment")).to_be_visible()
    faults.expect("status of 403")


@pytest.mark.parametrize("size", [(1280, 800)], ids=["laptop"])
def test_by_keyboard(tab, talk):
    page = tab("Mia")
    page.goto(f"/comments/{talk[1]}/reply/")
    tab_to(page, "^Your comment")
    page.keyboard.type("Thank you both.")
    tab_to(page, "^Send")
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_contain_text("Thank you both.")
    expect(page.locator(":target")).to_contain_text("To Nick")


@pytest.mark.parametrize("size", [(390, 844)], ids=["phone"])
def test_without_scripts(tab, talk):
    page = tab("Mia", java_script_enabled=False)
    page.goto(SESSION)
    page.get_by_role("link", name="Reply to Nick").click()
    page.get_by_label("Your comment").fill("Thank you both.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(":target")).to_contain_text("Thank you both.")
    expect(page.get_by_text("Thank you. Your comment is shown.")).to_be_attached()


@pytest.mark.parametrize("size", [(390, 844)], ids=["phone"])
def test_alarm_words_lead_to_advice(tab, people):
    page = tab("Nick")
    page.goto(SESSION)
    page.get_by_label("Your comment").fill("Since the flight one calf is swollen and warm.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please have this looked at")
    expect(page.get_by_text("Today, also at night or at the weekend.")).to_be_visible()
    page.get_by_role("link", name="Back to your comment").click()
    expect(page.get_by_role("article", name=re.compile("Nick"))).to_contain_text(
        "What you describe may need a professional"
    )
