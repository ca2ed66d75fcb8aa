# SPDX-License-Identifier: Apache-2.0
"""A site with a post of its own, and people who come to it, each in their own browser."""

from __future__ import annotations

import email
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from live import Site, free_port, serve
from signing import CODE

AFTER_GRACE = """
from datetime import timedelta
from django.utils import timezone
from hipfirst.web.accounts.actions import GRACE
from hipfirst.web.project.housekeeping import housekeep_all
print(housekeep_all(now=timezone.now() + GRACE + timedelta(minutes=1)))
"""


@dataclass(frozen=True)
class Town:
    """The site, its post, and a browser for whoever comes."""

    site: Site
    post: Path
    settings: dict[str, str]
    open: Callable[[], BrowserContext]

    def housekeep(self) -> None:
        """What the site does by itself every minute."""
        self.site.manage("housekeep", **self.settings)

    def after_the_days(self) -> None:
        """The same, when the days in which one may think again are over."""
        self.site.manage("shell", "-c", AFTER_GRACE, **self.settings)

    def letters(self, address: str, subject: str = "") -> list[EmailMessage]:
        """Mails to an address, oldest first."""
        files = sorted(self.post.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        found = [letter for file in files for letter in letters_in(file)]
        return [each for each in found if each["To"] == address and subject in each["Subject"]]

    def count(self, table: str, **where: Any) -> int:
        """Rows of a table."""
        column, value = next(iter(where.items()))
        query = f"SELECT COUNT(*) FROM {table} WHERE {column} = ?"
        return int(self.site.rows(query, value)[0][0])


@dataclass(frozen=True)
class Somebody:
    town: Town
    page: Page
    name: str

    @property
    def address(self) -> str:
        return f"{self.name.lower()}@example.org"


def letters_in(file: Path) -> list[EmailMessage]:
    """One file may hold several, each with a line below it."""
    raws = re.split(rb"^-{79}\n", file.read_bytes(), flags=re.MULTILINE)
    return [email.message_from_bytes(raw, policy=policy.default) for raw in raws if raw.strip()]


def words_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body
    return str(body.get_content())


@pytest.fixture
def post(tmp_path: Path) -> Path:
    folder = tmp_path / "post"
    folder.mkdir()
    return folder


@pytest.fixture
def settings(post: Path) -> dict[str, str]:
    """Mails go into a folder and lead to this site."""
    return {
        "HIPFIRST_MAIL_FOLDER": str(post),
        "HIPFIRST_URL": f"http://127.0.0.1:{free_port()}",
    }


@pytest.fixture
def site(tmp_path: Path, settings: dict[str, str]) -> Iterator[Site]:
    port = int(settings["HIPFIRST_URL"].rsplit(":", 1)[1])
    site = serve(tmp_path / "data", port=port, **settings)
    yield site
    site.stop()


@pytest.fixture
def town(
    site: Site, post: Path, settings: dict[str, str], new_context: Callable[..., BrowserContext]
) -> Town:
    return Town(site, post, settings, new_context)


@pytest.fixture
def somebody(town: Town) -> Callable[[str], Somebody]:
    """`somebody("Rosa")`: in a browser of their own, where nobody knows them yet."""
    return lambda name: Somebody(town, town.open().new_page(), name)


def sign_up(who: Somebody) -> None:
    page = who.page
    page.goto("/account/login/")
    page.get_by_role("main").get_by_role("link", name="Sign up").first.click()
    sign_up_here(who)


def sign_up_here(who: Somebody, *, then: str = "**/account/") -> None:
    """On the page for it; `then`: where it leads."""
    page = who.page
    page.get_by_label("E-mail address").fill(who.address)
    page.get_by_label("I agree to the terms.").check()
    page.get_by_role("button", name="Send me a code").click()
    type_code(who, then=then)


def type_code(who: Somebody, *, then: str = "**/account/") -> None:
    box = who.page.get_by_label("Code", exact=True)
    expect(box).to_be_visible()
    box.fill(CODE.search(words_of(who.town.letters(who.address)[-1]))[1])
    who.page.get_by_role("button", name="Go on").click()
    who.page.wait_for_url(then)
