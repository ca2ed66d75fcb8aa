# SPDX-License-Identifier: Apache-2.0
"""How many queries each main page asks, once what never changes is known. The same on SQLite and on
PostgreSQL, and however much there is to show.
"""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from hipfirst.web.journal.models import Comment, Discussion
from hipfirst.web.library.models import Document
from hipfirst.web.training.models import Run
from web.conftest import Browser
from web.training.events import batch, event, url

STRANGERS = {
    "/": 2,
    "/library/": 2,
    "/library/?kind=session": 2,
    "/sessions/build-lower-body-detail/": 4,
    "/sessions/build-quiet-hips/": 4,
    "/join/": 3,
    "/exercises/clam/": 3,
    "/evidence/": 2,
    "/evidence/dolak-2011/": 3,
    "/journal/": 2,
    "/journal/aching-knees-strong-hips/": 4,
    "/journal/feed.atom": 3,
    "/programs/": 2,
    "/programs/build/": 3,
    "/today/": 4,
    "/check/": 1,
    "/check-in/": 1,
    "/progress/": 1,
    "/progress/report/": 1,
    "/knee-rules/": 2,
    "/privacy/": 1,
    "/account/login/": 1,
    "/account/signup/": 1,
    "/sitemap.xml": 2,
    "/healthz": 1,
}
MEMBERS = {
    "/": 5,
    "/library/": 4,
    "/sessions/build-lower-body-detail/": 16,
    "/journal/aching-knees-strong-hips/": 6,
    "/programs/build/": 7,
    "/today/": 11,
    "/check-in/": 7,
    "/progress/": 9,
    "/progress/report/": 4,
    "/account/": 5,
    "/account/mail/": 4,
    "/account/membership/": 4,
    "/join/": 6,
    "/account/sessions/": 7,
    "/privacy/": 20,
}


@pytest.fixture
def mia(db):
    """A member who is signed in."""
    browser = Browser()
    account = get_user_model().objects.create_user("mia@example.org")
    browser.force_login(account)
    browser.person, browser.account = account.person, account
    return browser


@pytest.fixture
def asked(django_assert_num_queries):
    """`asked(browser, path, count)`: the second time, it asks so much."""

    def check(browser, path, count):
        assert browser.get(path).status_code == 200
        with django_assert_num_queries(count):
            assert browser.get(path).status_code == 200

    return check


@pytest.mark.parametrize(("path", "count"), STRANGERS.items(), ids=STRANGERS)
def test_of_a_stranger(starter, stranger, asked, path, count):
    asked(stranger, path, count)


@pytest.mark.parametrize(("path", "count"), MEMBERS.items(), ids=MEMBERS)
def test_of_a_member(starter, mia, asked, path, count):
    asked(mia, path, count)


def talk(author, count):
    """So many comments, each with two replies, on one article."""
    document = Document.objects.get(kind="article", slug="aching-knees-strong-hips")
    discussion, _made = Discussion.objects.get_or_create(document=document)
    shown = {"discussion": discussion, "author": author, "state": Comment.State.SHOWN}
    for n in range(count):
        root = Comment.objects.create(body=f"{n}", html=f"<p>{n}</p>", **shown)
        for reply in "ab":
            Comment.objects.create(
                body=reply, html=f"<p>{reply}</p>", root=root, answers=root, **shown
            )


@pytest.mark.parametrize("count", [1, 15, 40])
def test_comments_cost_the_same_however_many(starter, stranger, mia, asked, count):
    talk(mia.account, count)
    asked(stranger, "/journal/aching-knees-strong-hips/", 8)


@pytest.mark.parametrize("count", [10, 100, 200])
def test_a_batch_costs_the_same_however_long_the_run(
    starter, ada, start_run, django_assert_num_queries, count
):
    run = start_run(ada)
    for first in range(1, count, 50):
        ada.send(url(run), batch(*(event(n) for n in range(first, first + 50)), after=first + 49))
    last = Run.objects.get(pk=run.pk).last_seq
    more = batch(*(event(last + n) for n in range(1, 11)), after=last + 10)
    with django_assert_num_queries(11):
        assert len(ada.send(url(run), more).json()["accepted"]) == 10
