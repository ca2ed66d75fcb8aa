# SPDX-License-Identifier: Apache-2.0
"""The whole way of somebody who came to read: train, sign up, talk, be answered, leave for good."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from browser.playing import Player, arrived, eventually
from browser.town import (
    Somebody,
    Town,
    post,
    settings,
    sign_up,
    site,
    somebody,
    town,
    type_code,
    words_of,
)
from live import Site

__all__ = ["post", "settings", "site", "somebody", "town"]

DRAWS_FIGURE = False
STORY = "/journal/aching-knees-strong-hips/"
TITLE = "Aching knees, strong hips"
FREE = "Ten Quiet Minutes"
QUESTION = "Does this help on stairs too?"
ANSWER = "It does for me, one step at a time."
LATER = "And by now I carry the shopping up."
STOP = re.compile(r"https?://\S+/mail/stop/\S+/")


def test_from_a_first_article_to_the_last_trace(town: Town, somebody: Callable[[str], Somebody]):
    rosa, ned, olga = somebody("Rosa"), somebody("Ned"), somebody("Olga")
    read(rosa.page)
    run = play_a_little(rosa.page, town.site)
    sign_up(rosa)
    assert_adopted(rosa, run)

    say(rosa, QUESTION, name=rosa.name)
    expect(rosa.page.get_by_text("A moderator reads it first")).to_be_visible()
    sign_up(ned)
    assert_unseen(ned.page, QUESTION)
    assert_unseen(town.open().new_page(), QUESTION)
    own_the_site(olga)
    let_pass(olga, QUESTION)
    assert_seen(ned.page, QUESTION)

    reply(ned, rosa, ANSWER, name=ned.name)
    let_pass(olga, ANSWER)
    town.housekeep()
    letter = reply_mail(rosa)
    stop_mails(rosa, letter)
    reply(ned, rosa, LATER)
    assert_no_second_mail(rosa)

    take_copies(rosa, run)
    delete_account(rosa)
    assert_seen(ned.page, QUESTION)
    town.after_the_days()
    assert_gone(rosa, run)
    assert_tombstone(ned.page, rosa.name)


def read(page: Page) -> None:
    """The first article of the journal, and what its first number rests on."""
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Journal").click()
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    page.locator("[data-article] a[data-cite]").first.click()
    card = page.get_by_role("dialog", name="Evidence")
    expect(card).to_contain_text("Who took part")
    expect(card.get_by_role("link").first).to_have_attribute("href", re.compile("^/evidence/"))
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def play_a_little(page: Page, site: Site) -> str:
    """A repetition of the session that the article leads to; the number of the run."""
    page.locator("[data-article]").get_by_role("link", name=FREE).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FREE)
    page.get_by_role("button", name="Start the session").first.click()
    player = arrived(page, site)
    player.start()
    player.expect("work")
    player.expect_rep(2)
    player.next()
    expect(player.name).to_have_text(player.names[1])
    player.press("All exercises")
    page.get_by_role("button", name="Finish here for today").click()
    expect(page.get_by_role("region", name=re.compile("time well spent"))).to_be_visible()
    eventually(page, lambda: finished(player), "the site knows of the end")
    return player.run


def finished(player: Player) -> bool:
    return player.log.status() == "finished"


def assert_adopted(who: Somebody, run: str) -> None:
    """What was done as a visitor is the account's, and the visitor is no more."""
    page = who.page
    assert "hipfirst_visitor" not in {each["name"] for each in page.context.cookies()}
    page.goto("/privacy/")
    expect(page.get_by_role("listitem").filter(has_text="One session you started.")).to_be_visible()
    page.goto(f"/play/{run}/")
    expect(page.get_by_role("heading", name=re.compile("time well spent"))).to_be_visible()


def say(who: Somebody, words: str, *, name: str = "") -> None:
    """Below the article."""
    who.page.goto(STORY)
    send(who.page, words, name)


def send(page: Page, words: str, name: str) -> None:
    if name:
        page.get_by_label("Your name here").fill(name)
    page.get_by_label("Your comment").fill(words)
    page.get_by_role("button", name="Send").click()


def comment(page: Page, words: str) -> Locator:
    """The comments on this page that say so."""
    return page.get_by_role("article").filter(has=page.locator(".comment__body", has_text=words))


def reply(who: Somebody, whom: Somebody, words: str, *, name: str = "") -> None:
    who.page.goto(STORY)
    who.page.get_by_role("link", name=f"Reply to {whom.name}").click()
    send(who.page, words, name)
    said = "Thank you. A moderator" if name else "Your comment is shown."
    expect(who.page.get_by_text(said)).to_be_visible()


def assert_unseen(page: Page, words: str) -> None:
    page.goto(STORY)
    expect(page.get_by_role("heading", name="Comments")).to_be_visible()
    expect(page.get_by_text(words)).to_have_count(0)


def assert_seen(page: Page, words: str) -> None:
    page.goto(STORY)
    expect(page.get_by_text(words)).to_be_visible()


def own_the_site(who: Somebody) -> None:
    """Made on the server, signed in by a code."""
    assert "an owner" in who.town.site.manage("owner", who.address, **who.town.settings)
    who.page.goto("/account/login/")
    who.page.get_by_label("E-mail address").fill(who.address)
    who.page.get_by_role("button", name="Go on").click()
    type_code(who)


def let_pass(who: Somebody, words: str) -> None:
    """Show what waits, from the queue."""
    page = who.page
    page.goto("/moderate/")
    waiting = page.get_by_role("article").filter(has_text=words)
    waiting.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("The comment is shown.")).to_be_visible()
    expect(page.get_by_text(words)).to_have_count(0)


def reply_mail(who: Somebody) -> EmailMessage:
    """The only one; it says what was answered, in text and in HTML, and leads there."""
    (letter,) = who.town.letters(who.address, "replied to you")
    text, html = words_of(letter), letter.get_body(("html",))
    assert ANSWER in text
    assert html
    assert ANSWER in html.get_content()
    who.page.goto(re.search(r"https?://\S+/comments/\d+/", text)[0])
    expect(who.page.get_by_text(ANSWER)).to_be_visible()
    return letter


def stop_mails(who: Somebody, letter: EmailMessage) -> None:
    """By the link and its button; the link alone stops nothing."""
    page, account = who.page, number_of(who)
    page.goto(STOP.search(words_of(letter))[0])
    expect(page.get_by_role("heading", name="Stop these mails?")).to_be_visible()
    assert who.town.count("journal_mailchoice", account_id=account) == 0
    page.get_by_role("button", name="Stop them").click()
    expect(page.get_by_role("heading", name="Stopped.")).to_be_visible()


def number_of(who: Somebody) -> int:
    return int(
        who.town.site.rows("SELECT id FROM accounts_account WHERE email = ?", who.address)[0][0]
    )


def assert_no_second_mail(who: Somebody) -> None:
    """Though the second reply was noted, and what was due was done."""
    assert_seen(who.page, LATER)
    who.town.housekeep()
    waiting = "SELECT COUNT(*) FROM journal_notice WHERE sent_at IS NULL AND account_id = ?"
    assert who.town.site.rows(waiting, number_of(who)) == [(0,)]
    assert len(who.town.letters(who.address, "replied to you")) == 1


def take_copies(who: Somebody, run: str) -> None:
    """All that is theirs, and nothing of others, as JSON and as tables."""
    who.page.goto("/privacy/")
    raw = download(who.page, "Download my data (JSON)")
    copy = json.loads(raw)
    assert copy["account"]["email"] == who.address
    assert [each["id"] for each in copy["runs"]] == [run]
    assert [each["text"] for each in copy["comments"]["comments"]] == [QUESTION]
    assert copy["comments"]["mails"]["replies"] is False
    assert ANSWER not in raw.decode()
    archive = zipfile.ZipFile(io.BytesIO(download(who.page, "As tables (CSV)")))
    assert [row["id"] for row in table(archive, "runs")] == [run]
    assert [row["text"] for row in table(archive, "comments")] == [QUESTION]
    assert table(archive, "account")[0]["email"] == who.address


def download(page: Page, link: str) -> bytes:
    with page.expect_download() as arriving:
        page.get_by_role("link", name=link).click()
    return Path(arriving.value.path()).read_bytes()


def table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    text = archive.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def delete_account(who: Somebody) -> None:
    page = who.page
    page.get_by_role("link", name="Delete my account").click()
    page.get_by_role("button", name="Delete my account").click()
    page.wait_for_url("**/account/deleted/")
    page.goto("/account/")
    page.wait_for_url("**/account/login/**")
    assert "erased" in words_of(who.town.letters(who.address)[-1])


def assert_gone(who: Somebody, run: str) -> None:
    """No row is left of the account or of what it played."""
    town = who.town
    assert town.count("accounts_account", email=who.address) == 0
    assert town.count("account_emailaddress", email=who.address) == 0
    assert town.count("journal_comment", body=QUESTION) == 0
    assert town.count("training_run", id=run.replace("-", "")) == 0
    assert who.page.request.get(f"/play/{run}/").status == 404


def assert_tombstone(page: Page, name: str) -> None:
    """The replies stand where they stood, below a place without words and name."""
    page.goto(STORY)
    thread = page.locator(".comments__list > li").filter(has_text=ANSWER)
    expect(thread).to_contain_text(LATER)
    expect(thread).to_contain_text("Deleted by its author.")
    expect(page.get_by_text(QUESTION)).to_have_count(0)
    expect(page.get_by_text(name)).to_have_count(0)
