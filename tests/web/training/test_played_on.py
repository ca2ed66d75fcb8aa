# SPDX-License-Identifier: Apache-2.0
"""The address of a run, opened later: what is played on, and what leads to the session's page."""

from __future__ import annotations

import pytest

from hipfirst.web.library.models import Document
from hipfirst.web.membership.actions import grant, revoke
from hipfirst.web.training.models import Run
from web.members import member
from web.training.test_check_ins import WEEK
from web.training.test_today import PLAY, SESSION, log, newest, started, text, told

CLOSED = "/sessions/build-quiet-hips/"
BAD = {"left": "8", "right": "0", "consent": "yes"}
MILD = {"left_now": "4", "hurts": ["stairs"]}
STARTED = {"type": "started"}
pytestmark = pytest.mark.usefixtures("starter")


def opened(browser, path=PLAY):
    """The address that a button leads to, which plays."""
    where = browser.press(path)["Location"]
    assert where.startswith("/play/")
    assert browser.get(where).status_code == 200
    return where


def leads(browser, where):
    """Where somebody is led who opens the address of a run."""
    answer = browser.get(where)
    return answer["Location"] if answer.status_code == 302 else answer.status_code


@pytest.mark.parametrize("events", [(), (STARTED,), (STARTED, {"type": "paused"})])
def test_a_plan_from_before_the_knees_got_worse_leads_to_its_session(ada, events):
    begun = opened(ada)
    if events:
        log(ada, None, *events)
    ada.press(WEEK, **BAD)
    assert leads(ada, begun) == SESSION
    assert "You began this session before you last told us" in text(ada.get(SESSION))
    assert opened(ada) != begun
    assert newest(ada).timeline.body["changes"]


def test_what_was_begun_starts_anew_and_that_is_played_on(ada):
    begun = opened(ada)
    log(ada, None, STARTED)
    told(ada, **MILD)
    assert leads(ada, begun) == SESSION
    anew = opened(ada)
    assert anew != begun
    log(ada, None, STARTED)
    assert opened(ada) == anew


def test_continue_goes_on_where_the_plan_is_the_same(ada):
    begun = opened(ada)
    log(ada, None, STARTED)
    told(ada)
    assert leads(ada, begun) == 200
    assert "Continue" in text(ada.get(SESSION))
    assert opened(ada) == begun


def test_flare_day_goes_on(ada):
    told(ada, left_now="9", left_week="9")
    begun = opened(ada)
    log(ada, None, STARTED)
    told(ada, left_now="8", left_week="9", hurts=["stairs"])
    assert opened(ada) == begun


def test_pain_in_the_run_itself_lets_it_go_on(ada):
    timeline, begun = started(ada), opened(ada)
    slot = timeline.slots[0]
    hurt = {"type": "hurt", "slot": slot.id, "rung": slot.start_rung, "where": "left", "pain": 6}
    log(ada, None, hurt)
    assert leads(ada, begun) == 200


def test_what_came_to_its_end_is_shown_whatever_was_told_since(ada):
    begun = opened(ada)
    log(ada, None, STARTED, {"type": "finished"})
    ada.press(WEEK, **BAD)
    assert leads(ada, begun) == 200


def test_a_run_of_a_session_that_is_gone_goes_on(ada):
    begun = opened(ada)
    ada.press(WEEK, **BAD)
    Document.objects.filter(kind="session").update(published=False)
    assert leads(ada, begun) == 200


def test_whoever_is_no_member_any_more_plays_no_old_plan_either():
    mia = member("mia@example.org")
    line = grant(account=mia.account, days=30)
    begun = opened(mia, f"{CLOSED}play/")
    log(mia, None, STARTED)
    revoke(line=line)
    assert opened(mia, f"{CLOSED}play/") == begun
    assert "Continue" in text(mia.get(CLOSED))
    mia.press(WEEK, **BAD)
    assert leads(mia, begun) == CLOSED
    assert "Continue" not in text(mia.get(CLOSED))
    assert mia.press(f"{CLOSED}play/")["Location"] == CLOSED
    opened(mia, f"{CLOSED}preview/")


def test_a_preview_is_planned_anew_too(ada):
    begun = opened(ada, f"{CLOSED}preview/")
    assert newest(ada).preview
    told(ada)
    assert leads(ada, begun) == 200
    ada.press(WEEK, **BAD)
    assert leads(ada, begun) == CLOSED
    assert opened(ada, f"{CLOSED}preview/") != begun


def test_events_of_an_overtaken_run_still_arrive(ada):
    opened(ada)
    run = Run.objects.get()
    ada.press(WEEK, **BAD)
    log(ada, None, STARTED, {"type": "finished"}, run=run)
    run.refresh_from_db()
    assert run.status == "finished"
