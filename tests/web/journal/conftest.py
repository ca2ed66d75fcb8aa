# SPDX-License-Identifier: Apache-2.0
"""Named people who talk, and something small to talk about.

Mia has talked before: she is known here. Nick is new. Olga moderates, Paul owns the site, Quinn is
banned. A stranger only reads.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.models import Comment, Discussion
from hipfirst.web.library.models import Document
from web.conftest import Browser

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def document(slug, kind="session"):
    return Document.objects.create(
        kind=kind, slug=slug, title=slug.capitalize(), language="en", body={}
    )


@pytest.fixture
def bridge(db):
    return document("bridge")


@pytest.fixture
def stairs(db):
    return document("stairs")


def account(name, **fields):
    return Account.objects.create_user(f"{name.lower()}@example.org", name=name, **fields)


def say(author, document, body="It helps me.", *, state="shown", html="", **fields):
    """A row as it stands in the database, whatever the actions would do."""
    discussion, _made = Discussion.objects.get_or_create(document=document)
    answers = fields.pop("answers", None)
    fields.setdefault("created", NOON)
    return Comment.objects.create(
        discussion=discussion,
        author=author,
        body=body,
        html=html or f"<p>{body}</p>",
        state=state,
        answers=answers,
        root=(answers.root or answers) if answers else None,
        **fields,
    )


@pytest.fixture
def mia(db, stairs):
    mia = account("Mia")
    say(mia, stairs, "I said something before.", created=NOON - timedelta(days=9))
    return mia


@pytest.fixture
def nick(db):
    return account("Nick")


@pytest.fixture
def olga(db):
    return account("Olga", role=Account.Role.MODERATOR)


@pytest.fixture
def paul(db):
    return account("Paul", role=Account.Role.OWNER)


@pytest.fixture
def quinn(db):
    return account("Quinn", banned_at=NOON, banned_because="Adverts.")


@pytest.fixture
def at():
    """`at(account)`: their browser, signed in; `at(None)`: a stranger's."""

    def browser(who):
        browser = Browser()
        if who:
            browser.force_login(who)
        return browser

    return browser
