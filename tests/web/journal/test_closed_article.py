# SPDX-License-Identifier: Apache-2.0
"""An article for members: everybody sees what it is about, members read it."""

from __future__ import annotations

import pytest

from hipfirst.web.library.models import Document
from hipfirst.web.membership.actions import grant
from web.members import member

PAGE = "/journal/stairs/"


@pytest.fixture
def closed(starter):
    rows = Document.objects.filter(kind="article", slug="stairs")
    rows.update(members_only=True)
    return rows.get()


def test_others_see_what_it_is_about_and_where_to_join(closed, stranger):
    answer = stranger.get(PAGE)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert closed.title in said
    assert "This article is for members" in said
    assert "data-article" not in said
    assert "/join/" in said
    assert "no-store" in answer["Cache-Control"]


def test_members_read_it(closed):
    mia = member("mia@example.org")
    grant(account=mia.account, days=30)
    assert "data-article" in mia.get(PAGE).content.decode()
