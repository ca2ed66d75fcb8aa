# SPDX-License-Identifier: Apache-2.0
"""What was shown by older rules is made anew by the house, a batch at a time."""

from __future__ import annotations

import pytest

from hipfirst.web.journal import markup_upkeep
from hipfirst.web.journal.comment_actions import comment_write
from hipfirst.web.journal.markup import MARKUP_VERSION
from hipfirst.web.journal.models import Comment
from hipfirst.web.site.duties import duties
from web.journal.conftest import NOON, say


def render():
    return {duty.name: duty.work for duty in duties()}["render comments"](NOON)


@pytest.mark.parametrize("version", [MARKUP_VERSION - 1, MARKUP_VERSION + 1])
def test_what_was_made_by_other_rules_is_made_anew_once(version, mia, bridge):
    stale = say(mia, bridge, "*New*", html="<p>*old*</p>", markup_version=version)
    today = say(mia, bridge, "*Same*", html="<p>as it is</p>")
    gone = say(mia, bridge, "", state="deleted", html=" ", markup_version=version)
    assert render() == 2
    for each in (stale, today, gone):
        each.refresh_from_db()
    assert stale.html == "<p><em>New</em></p>\n"
    assert (today.html, gone.html) == ("<p>as it is</p>", "")
    assert render() == 0


def test_one_look_makes_a_batch(mia, bridge, monkeypatch):
    monkeypatch.setattr(markup_upkeep, "AT_ONCE", 2)
    for number in range(3):
        say(mia, bridge, f"{number}", markup_version=0)
    assert [render(), render(), render()] == [2, 1, 0]


def test_what_is_written_now_is_left_alone(mia, bridge):
    comment_write(account=mia, document=bridge, body="Now.")
    assert set(Comment.objects.values_list("markup_version", flat=True)) == {MARKUP_VERSION}
    assert render() == 0
