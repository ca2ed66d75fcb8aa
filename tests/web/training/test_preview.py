# SPDX-License-Identifier: Apache-2.0
"""A session for members, as it is for everybody else: its page, its first movements, its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from hipfirst.packs.documents import Session
from hipfirst.planning.plan import slots_of
from hipfirst.planning.preview import SLOTS, first_slots
from hipfirst.web.library.models import Document
from hipfirst.web.membership.actions import grant, pause, resume, revoke
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.training.models import Run
from hipfirst.web.training.queries import last_time, run_unfinished
from web.conftest import Browser
from web.members import member, signed_in
from web.training.events import batch, event, url
from web.training.test_check import CHECK, KNEES, TODAY

CLOSED = "build-quiet-hips"
PAGE = f"/sessions/{CLOSED}/"
PLAY, PREVIEW = f"{PAGE}play/", f"{PAGE}preview/"
KEEP = f"/api/kept/{CLOSED}"


@pytest.fixture
def session(starter):
    """A session that is for members."""
    row = Document.objects.get(kind="session", slug=CLOSED)
    assert row.members_only
    return row


@pytest.fixture
def mia(session):
    """A member."""
    browser = member("mia@example.org")
    browser.grant = grant(account=browser.account, days=30)
    return browser


def play(browser, path):
    answer = browser.press(path)
    assert answer.status_code == 302
    return answer["Location"]


def play_led(browser, run):
    """Where the address of a run leads."""
    answer = browser.get(run)
    assert answer.status_code == 302
    return answer["Location"]


def test_the_first_slots_are_those_of_the_session(session):
    whole = Session.model_validate(session.body)
    assert [*slots_of(first_slots(whole))] == [*slots_of(whole)][:SLOTS]
    assert [*slots_of(first_slots(whole, 100))] == [*slots_of(whole)]


def test_anybody_may_play_the_first_movements(session, stranger):
    where = play(stranger, PREVIEW)
    run = Run.objects.get()
    assert where == f"/play/{run.pk}/"
    assert run.preview
    body = run.timeline.body
    whole = slots_of(Session.model_validate(session.body))
    assert [slot["id"] for slot in body["slots"]] == [*whole][:SLOTS]
    assert body["preview_of"] == len(whole)
    assert stranger.get(where).status_code == 200
    assert play(stranger, PREVIEW) == where


def test_a_preview_goes_by_the_knees(session, ada):
    fields = {"age_band": "adult", "red_flags": ["none"], **KNEES, **TODAY, "step": 3, "seen": 3}
    fields |= {"consent": "yes", "left_now": "8", "left_week": "9"}
    assert ada.press(CHECK, **fields).status_code == 302
    assert "takes its place today" in ada.get(PAGE).content.decode()
    play(ada, PREVIEW)
    run = Run.objects.get()
    assert (run.session, run.preview) == ("flare-day", False)


def test_after_a_sign_not_even_a_preview_starts(session, ada):
    play(ada, PREVIEW)
    run = Run.objects.get()
    ada.send(url(run), batch(event(1, "flagged", flag="calf")))
    assert play(ada, PREVIEW) == "/check/advice/"


def test_whoever_may_play_it_whole_is_led_to_the_page(session, mia):
    assert play(mia, PREVIEW) == PAGE
    assert not Run.objects.exists()


def test_of_an_open_session_there_is_no_preview(starter, stranger):
    open_page = "/sessions/build-lower-body-detail/"
    assert play(stranger, f"{open_page}preview/") == open_page
    assert stranger.press("/sessions/no-such/preview/").status_code == 404


def test_playing_it_leads_others_to_its_page(session, stranger, ada):
    assert play(stranger, PLAY) == play(ada, PLAY) == PAGE
    assert not Run.objects.exists()


def test_keeping_it_is_refused_with_words(session, ada):
    answer = ada.send(KEEP, {})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "members-only"
    assert "is for members" in answer.json()["error"]["message"]


def test_a_member_plays_and_keeps_it(mia):
    assert play(mia, PLAY).startswith("/play/")
    assert mia.send(KEEP, {}).status_code == 200
    assert not Run.objects.get().preview


def test_what_was_begun_may_be_finished_after_the_end(mia):
    where = play(mia, PLAY)
    assert mia.send(url(Run.objects.get()), batch(event(1))).status_code == 200
    revoke(line=mia.grant)
    assert mia.get(where).status_code == 200
    assert play(mia, PLAY) == where
    assert "Continue" in mia.get(PAGE).content.decode()


def test_what_was_only_opened_is_no_way_in_after_the_end(mia):
    rows = Document.objects.filter(kind="session", members_only=True)
    pages = [f"/sessions/{slug}/" for slug in rows.values_list("slug", flat=True)]
    assert len(pages) > 1
    where = {page: play(mia, f"{page}play/") for page in pages}
    revoke(line=mia.grant)
    for page, run in where.items():
        assert play_led(mia, run) == page
        assert play(mia, f"{page}play/") == page
        said = mia.get(page).content.decode()
        assert "Continue" not in said
        assert f"{page}preview/" in said
    with time_machine.travel(timezone.now() + timedelta(days=90)):
        late = signed_in(mia.account)
        assert [play_led(late, run) for run in where.values()] == pages
    grant(account=mia.account, days=30)
    assert {mia.get(run).status_code for run in where.values()} == {200}


def test_what_was_played_while_it_was_open_arrives_later_and_may_be_finished(mia):
    where = play(mia, PLAY)
    revoke(line=mia.grant)
    assert play_led(mia, where) == PAGE
    answer = mia.send(url(Run.objects.get()), batch(event(1)))
    assert len(answer.json()["accepted"]) == 1
    assert mia.get(where).status_code == 200
    assert play(mia, PLAY) == where


def test_a_preview_is_no_day_of_the_session(session, ada):
    play(ada, PREVIEW)
    run = Run.objects.get()
    Run.objects.update(status="finished")
    rated = event(1, "rated", pain_left=0, pain_right=0, effort=2)
    ada.send(url(run), batch(rated))
    assert run_unfinished(person=ada.person, session=CLOSED) is None
    assert last_time(person=ada.person, session=CLOSED) is None


def test_its_page_is_an_honest_preview(session, stranger):
    said = stranger.get(PAGE).content.decode()
    for block in Session.model_validate(session.body).blocks:
        for slot in block.slots:
            assert slot.why in said
    assert PREVIEW in said
    assert PLAY not in said
    assert "/join/" in said
    assert KEEP not in said


def test_a_member_sees_the_whole_page(mia):
    said = mia.get(PAGE).content.decode()
    assert PLAY in said
    assert PREVIEW not in said


def test_whoever_paused_is_asked_to_take_it_up_again(mia):
    pause(account=mia.account)
    page = mia.get(PAGE).content.decode()
    assert "Your membership is paused" in page
    assert "This session is for members" not in page
    assert 'href="/account/membership/">Take it up again' in page
    assert f'action="{PREVIEW}"' in page
    assert f'action="{PLAY}"' not in page
    resume(account=mia.account)
    assert "Your membership is paused" not in mia.get(PAGE).content.decode()


def test_where_everything_is_open_nobody_sees_a_preview(session, stranger):
    SiteSettings.objects.create(open_to_all=True)
    said = stranger.get(PAGE).content.decode()
    assert PLAY in said
    assert PREVIEW not in said
    assert play(Browser(), PLAY).startswith("/play/")


def test_a_card_says_that_it_is_for_members(session, stranger):
    said = stranger.get("/library/?kind=session").content.decode()
    assert "For members" in said
