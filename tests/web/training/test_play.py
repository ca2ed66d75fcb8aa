# SPDX-License-Identifier: Apache-2.0
"""From the button on a session's page to the player, and back to where one stopped."""

from __future__ import annotations

import json
import re
import uuid

import pytest

from hipfirst.outcomes.run import fold, read
from hipfirst.planning.timeline import Timeline as TimelineValue
from hipfirst.web.accounts.access import COOKIE
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.models import Document
from hipfirst.web.training.actions import run_start
from hipfirst.web.training.errors import NothingLeft
from hipfirst.web.training.models import KneeCheck, Run, Timeline
from hipfirst.web.training.queries import run_shape
from hipfirst.web.training.wire import Payload

SESSION = "build-lower-body-detail"
PLAY = f"/sessions/{SESSION}/play/"
pytestmark = pytest.mark.usefixtures("starter")


def payload_of(page):
    text = re.search(
        r'<script id="payload" type="application/json">(.*?)</script>', page.content.decode()
    )
    return json.loads(text[1])


def finish(browser, run_id):
    sent = {
        "format": 1,
        "after": 0,
        "events": [
            {
                "format": 1,
                "id": str(uuid.uuid4()),
                "device": str(uuid.uuid4()),
                "seq": 1,
                "at": "2026-03-02T07:30:00Z",
                "type": "finished",
            }
        ],
    }
    assert browser.send(f"/api/runs/{run_id}/events", sent).json()["accepted"]


def test_a_test_waits_for_a_calmer_day_and_nobody_is_told_to_answer_otherwise(ada):
    KneeCheck.objects.create(
        person=ada.person,
        consent=2,
        age_band="adult",
        left_now=6,
        left_week=6,
        right_now=0,
        right_week=0,
    )
    page = ada.get("/sessions/self-test/").content.decode()
    assert "The test waits for a calmer day." in page
    assert "#rule-test-red" in page
    assert 'href="/sessions/flare-day/"' in page
    assert "Change my answers" not in page
    assert ada.press("/sessions/self-test/play/")["Location"] == "/sessions/self-test/"
    session = Document.objects.get(kind="session", slug="self-test")
    with pytest.raises(NothingLeft, match=r"The test waits for a calmer day\.$"):
        run_start(person=ada.person, session=session)


def test_the_button_of_the_page_starts_a_run(stranger):
    page = stranger.get(f"/sessions/{SESSION}/").content.decode()
    form = re.search(rf'<form[^>]*action="{PLAY}".*?</form>', page, re.DOTALL)[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    answer = stranger.post(PLAY, {"csrfmiddlewaretoken": token})
    run = Run.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/play/{run.pk}/")
    assert stranger.get(answer["Location"]).status_code == 200


def test_starting_makes_a_visitor_and_says_so_in_a_cookie(stranger):
    stranger.press(PLAY)
    person = Person.objects.get()
    assert str(person.pk) in stranger.cookies[COOKIE].value
    assert Run.objects.get().person == person


def test_the_unfinished_run_goes_on(stranger):
    first, second = stranger.press(PLAY)["Location"], stranger.press(PLAY)["Location"]
    assert first == second
    assert Run.objects.count() == 1


def test_again_starts_another(ada):
    first, second = ada.press(PLAY)["Location"], ada.press(PLAY, again="1")["Location"]
    assert first != second
    assert Timeline.objects.count() == 1


def test_a_finished_run_is_not_gone_on_with(ada):
    first = ada.press(PLAY)["Location"]
    finish(ada, first.split("/")[2])
    assert ada.press(PLAY)["Location"] != first


def test_who_started_again_and_finished_is_not_led_back_to_the_run_before(ada):
    abandoned, second = ada.press(PLAY)["Location"], ada.press(PLAY, again="1")["Location"]
    finish(ada, second.split("/")[2])
    assert 'name="again"' not in ada.get(f"/sessions/{SESSION}/").content.decode()
    assert ada.press(PLAY)["Location"] not in {abandoned, second}


def test_a_run_belongs_to_who_started_it(ada, ben):
    run = ada.press(PLAY)["Location"]
    assert ben.get(run).status_code == 404
    assert ben.press(PLAY)["Location"] != run


def test_the_session_page_knows_of_the_unfinished_run(ada, ben):
    ada.press(PLAY)
    assert 'name="again"' in ada.get(f"/sessions/{SESSION}/").content.decode()
    assert 'name="again"' not in ben.get(f"/sessions/{SESSION}/").content.decode()


def test_the_payload_keeps_to_the_wire(ada, wire_payload):
    payload = payload_of(ada.get(ada.press(PLAY)["Location"]))
    assert payload.keys() == wire_payload.keys()
    assert payload["run"].keys() == wire_payload["run"].keys()
    assert payload["session_url"] == f"/sessions/{SESSION}/"
    timeline = TimelineValue.model_validate(payload["timeline"])
    assert payload["run"]["timeline_hash"] == Timeline.objects.get().sha256
    assert 25 * 60 <= timeline.seconds <= 30 * 60
    assert ada.get(timeline.slots[0].rungs[0].clip_url).status_code == 200
    assert ada.get(timeline.slots[0].rungs[0].still_url).status_code == 200


def test_the_wire_example_is_a_payload(wire_payload):
    payload = Payload.model_validate_json(json.dumps(wire_payload))
    assert payload.model_dump(mode="json") == wire_payload


def test_the_token_of_the_payload_opens_the_log(ada):
    page = ada.get(ada.press(PLAY)["Location"])
    payload = payload_of(page)
    answer = ada.send(
        payload["events_url"], {"format": 1, "events": []}, token=payload["csrf_token"]
    )
    assert answer.status_code == 200


def test_a_reload_brings_what_was_done(ada):
    play = ada.press(PLAY)["Location"]
    finish(ada, play.split("/")[2])
    run = Run.objects.get()
    events = read(run_shape(run=run), payload_of(ada.get(play))["events"]).events
    assert fold(run_shape(run=run), events).status == "finished"


def test_a_run_keeps_its_timeline_when_the_session_changes(ada):
    play = ada.press(PLAY)["Location"]
    before = payload_of(ada.get(play))["timeline"]
    session = Document.objects.get(kind="session", slug=SESSION)
    session.body["blocks"] = session.body["blocks"][:1]
    session.save()
    assert payload_of(ada.get(play))["timeline"] == before
    assert ada.press(PLAY)["Location"] == play
    again = ada.press(PLAY, again="1")["Location"]
    assert len(payload_of(ada.get(again))["timeline"]["slots"]) < len(before["slots"])


def test_a_stored_timeline_cannot_be_changed(ada):
    ada.press(PLAY)
    timeline = Timeline.objects.get()
    timeline.body["title"] = "Other"
    with pytest.raises(TypeError, match="immutable"):
        timeline.save()


def test_without_scripts_the_page_leads_back_to_all_movements(ada):
    page = ada.get(ada.press(PLAY)["Location"]).content.decode()
    notice = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
    assert f'href="/sessions/{SESSION}/"' in notice


@pytest.mark.parametrize("slug", ["no-such-session", "clam"])
def test_only_sessions_are_played(stranger, slug):
    assert stranger.press(f"/sessions/{slug}/play/").status_code == 404
    assert not Person.objects.exists()


def test_an_unpublished_session_is_not_played(stranger):
    Document.objects.filter(kind="session").update(published=False)
    assert stranger.press(PLAY).status_code == 404


def test_a_session_without_its_movements_says_so(stranger, caplog):
    Document.objects.filter(kind="exercise").update(published=False)
    answer = stranger.press(PLAY)
    assert answer.status_code == 409
    assert "cannot be played yet" in answer.content.decode()
    assert "hipfirst check" in caplog.text
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["x", "00000000-0000-0000-0000-000000000000", "%00"])
def test_no_such_run(ada, name):
    assert ada.get(f"/play/{name}/").status_code == 404
