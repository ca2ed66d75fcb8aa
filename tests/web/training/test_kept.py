# SPDX-License-Identifier: Apache-2.0
"""Sessions taken along: what is given, to whom, and the runs that come back."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from hipfirst.planning.red_flags import BY_SLUG
from hipfirst.planning.timeline import Timeline as TimelineValue
from hipfirst.web.accounts.access import COOKIE
from hipfirst.web.accounts.actions import person_adopt, person_erase
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.models import Document
from hipfirst.web.project import start
from hipfirst.web.training.kept_wire import NO_RUN, Package
from hipfirst.web.training.models import Kept, KneeCheck, Run, RunEvent, Timeline
from hipfirst.web.training.queries import KEPT_DAYS
from web.training.events import batch, event

SESSION = "build-lower-body-detail"
KEEP = f"/api/kept/{SESSION}"
pytestmark = pytest.mark.usefixtures("starter")


def keep(browser):
    answer = browser.send(KEEP, {})
    assert answer.status_code == 200, answer.content
    return answer.json()


def opening(package, **other):
    wanted = package["payload"]["run"]["timeline_hash"]
    return {"format": 1, "timeline_hash": wanted, "session": SESSION} | other


def put(browser, run_id, body):
    return browser.put(
        f"/api/runs/{run_id}",
        json.dumps(body),
        content_type="application/json",
        headers={"X-CSRFToken": browser.token()},
    )


def remove(browser):
    return browser.delete(KEEP, headers={"X-CSRFToken": browser.token()})


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_keeping_makes_a_visitor_who_is_given_the_timeline(stranger):
    package = keep(stranger)
    person = Person.objects.get()
    assert str(person.pk) in stranger.cookies[COOKIE].value
    kept = Kept.objects.get()
    assert (kept.person, kept.session) == (person, SESSION)
    assert kept.timeline.sha256 == package["payload"]["run"]["timeline_hash"]
    assert not Run.objects.exists()


def test_the_package_holds_no_key_to_anything(ada):
    package = Package.model_validate_json(ada.send(KEEP, {}).content)
    assert package.payload.run.id == NO_RUN
    assert package.payload.csrf_token == ""
    assert package.payload.events == ()
    assert str(NO_RUN) in package.open_url
    assert str(NO_RUN) in package.payload.events_url
    assert ada.send(KEEP, {})["Cache-Control"] == "private, no-store"


def test_the_package_names_all_that_playing_needs(ada):
    package = keep(ada)
    timeline = TimelineValue.model_validate(package["payload"]["timeline"])
    for slot in timeline.slots:
        for rung in (*slot.rungs, *slot.others):
            assert {rung.clip_url, rung.still_url, rung.animation_url} <= {*package["files"], ""}
    built = [re.sub(r"-[\w-]{8}\.", ".", each.rpartition("/")[2]) for each in package["files"]]
    assert {"kept-player.js", "site.js", "site.css", "figure.js", "figure.bin"} <= set(built)
    assert not [each for each in built if each.endswith((".br", ".gz", "sw.js"))]
    media = [each for each in package["files"] if each.startswith("/media/")]
    assert {ada.get(each).status_code for each in media} == {200}
    assert {ada.get(each).status_code for each in package["pages"]} == {200}
    assert ada.get(package["shell_url"]).status_code == 200


def test_keeping_again_gives_the_same_once(ada):
    assert keep(ada) == keep(ada)
    assert Kept.objects.count() == Timeline.objects.count() == 1


def test_renewing_gives_the_session_as_it_is_now(ada):
    before = keep(ada)
    session = Document.objects.get(kind="session", slug=SESSION)
    session.body["blocks"] = session.body["blocks"][:1]
    session.save()
    after = keep(ada)
    assert len(after["payload"]["timeline"]["slots"]) < len(before["payload"]["timeline"]["slots"])
    assert put(ada, uuid.uuid4(), opening(before)).status_code == 201
    assert put(ada, uuid.uuid4(), opening(after)).status_code == 201


@pytest.mark.parametrize("slug", ["no-such-session", "clam"])
def test_only_sessions_are_kept(stranger, slug):
    assert code(stranger.send(f"/api/kept/{slug}", {})) == (404, "not-found")
    assert not Person.objects.exists()


def test_a_session_without_its_movements_leaves_no_visitor_behind(stranger):
    Document.objects.filter(kind="exercise").update(published=False)
    assert code(stranger.send(KEEP, {})) == (409, "not-playable")
    assert not Person.objects.exists()


def checked(browser, **said):
    """The browser's person said this of the knees just now."""
    said = {"consent": 1, "age_band": "adult", "left_now": 0, "right_now": 0} | said
    return KneeCheck.objects.create(person=browser.person, **said)


def test_a_sign_that_stops_sessions_stops_keeping_them(ada):
    checked(ada, red_flags=[next(iter(BY_SLUG))])
    answer = ada.send(KEEP, {})
    assert code(answer) == (409, "stopped")
    assert "looked at" in answer.json()["error"]["message"]
    assert not Kept.objects.exists()


def test_a_sign_after_keeping_lets_what_was_done_arrive_and_says_stop(ada):
    package, run_id = keep(ada), uuid.uuid4()
    checked(ada, red_flags=["calf"])
    assert code(ada.send(KEEP, {})) == (409, "stopped")
    opened = put(ada, run_id, opening(package))
    assert (opened.status_code, opened.json()["stopped"]) == (201, True)
    sent = ada.send(f"/api/runs/{run_id}/events", batch(event(1))).json()
    assert (len(sent["accepted"]), sent["stopped"]) == (1, True)
    assert ada.get(f"/play/{run_id}/")["Location"] == "/check/advice/"
    checked(ada)
    assert put(ada, run_id, opening(package)).json()["stopped"] is False


def test_a_kept_run_was_planned_when_it_was_kept(ada):
    package, then = keep(ada), timezone.now() - timedelta(days=4)
    Kept.objects.update(created=then)
    put(ada, uuid.uuid4(), opening(package))
    assert Run.objects.get().planned == then


def test_a_kept_run_does_not_go_on_over_a_later_check(ada):
    """It arrives after the check and was planned before it."""
    package = keep(ada)
    checked(ada, left_now=5, left_week=6, hurts=["stairs"])
    run_id = uuid.uuid4()
    put(ada, run_id, opening(package))
    play = ada.press(f"/sessions/{SESSION}/play/")["Location"]
    assert str(run_id) not in play


def test_what_is_kept_is_planned_for_these_knees(ada, stranger):
    written = keep(stranger)["payload"]["timeline"]
    checked(ada, left_now=4, left_week=5, hurts=["squatting", "stairs", "kneeling"])
    planned = keep(ada)["payload"]["timeline"]
    assert written["changes"] == []
    assert planned["changes"]


def test_on_a_flare_day_the_other_session_is_kept_under_the_name_that_was_asked_for(ada):
    checked(ada, left_now=8, left_week=8)
    package, run_id = keep(ada), uuid.uuid4()
    assert (package["session"], package["payload"]["timeline"]["session"]) == (SESSION, "flare-day")
    assert package["title"] == "Flare Day"
    assert put(ada, run_id, opening(package)).status_code == 201
    assert put(ada, run_id, opening(package)).status_code == 200
    assert Run.objects.get().session == "flare-day"


def test_a_run_is_opened_under_the_id_that_the_browser_made(ada):
    package, run_id = keep(ada), uuid.uuid4()
    answer = put(ada, run_id, opening(package))
    assert answer.status_code == 201
    run = package["payload"]["run"] | {"id": str(run_id)}
    assert answer.json() == {"run": run, "stopped": False}
    run = Run.objects.get(pk=run_id)
    assert (run.person, run.session) == (ada.person, SESSION)
    assert run.title == package["title"]


def test_opening_again_is_the_same_run(ada):
    package, run_id = keep(ada), uuid.uuid4()
    put(ada, run_id, opening(package))
    ada.send(f"/api/runs/{run_id}/events", batch(event(1)))
    assert put(ada, run_id, opening(package)).status_code == 200
    assert RunEvent.objects.filter(run=run_id).count() == 1


def test_an_opened_run_takes_events_and_can_be_gone_on_with_on_the_site(ada):
    package, run_id = keep(ada), uuid.uuid4()
    put(ada, run_id, opening(package))
    answer = ada.send(f"/api/runs/{run_id}/events", batch(event(1), event(2)))
    assert len(answer.json()["accepted"]) == 2
    assert ada.get(f"/play/{run_id}/").status_code == 200


def test_a_timeline_never_given_opens_no_run(ada, ben):
    package = keep(ada)
    assert code(put(ben, uuid.uuid4(), opening(package))) == (404, "never-given")
    unknown = opening(package, timeline_hash="0" * 64)
    assert code(put(ada, uuid.uuid4(), unknown)) == (404, "never-given")
    assert code(put(ada, uuid.uuid4(), opening(package, session="other"))) == (404, "never-given")
    assert not Run.objects.exists()


def test_somebody_elses_id_opens_no_run(ada, ben):
    package, run_id = keep(ada), uuid.uuid4()
    put(ada, run_id, opening(package))
    keep(ben)
    assert code(put(ben, run_id, opening(package))) == (409, "run-taken")
    assert Run.objects.get().person == ada.person


def test_an_own_run_of_something_else_is_not_taken_over(ada, start_run):
    run = start_run(ada)
    assert code(put(ada, run.pk, opening(keep(ada)))) == (409, "other-timeline")


def test_a_stranger_opens_nothing(ada, stranger):
    assert code(put(stranger, uuid.uuid4(), opening(keep(ada)))) == (401, "unknown-visitor")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"timeline_hash": "x"}, "timeline_hash"),
        ({"session": "No Slug"}, "session"),
        ({"format": 2}, "format"),
        ({"more": 1}, "more"),
    ],
)
def test_a_faulty_opening_says_where(ada, change, field):
    answer = put(ada, uuid.uuid4(), opening(keep(ada), **change))
    assert code(answer) == (422, "invalid")
    assert [fault["field"] for fault in answer.json()["error"]["faults"]] == [field]


def test_what_is_no_json_opens_nothing(ada):
    path = f"/api/runs/{uuid.uuid4()}"
    headers = {"X-CSRFToken": ada.token()}
    answer = ada.put(path, b"{", content_type="application/json", headers=headers)
    assert answer.status_code == 400


def test_the_page_that_plays_is_the_same_for_everybody(ada, stranger):
    keep(ada)
    mine, theirs = (each.get(f"/play/kept/{SESSION}/") for each in (ada, stranger))
    assert mine.content == theirs.content
    assert "csrfmiddlewaretoken" not in mine.content.decode()
    assert not mine.cookies
    assert "no-store" not in mine["Cache-Control"]


def test_removing_forgets_what_was_kept_and_leaves_its_runs(ada, ben):
    package, run_id = keep(ada), uuid.uuid4()
    keep(ben)
    put(ada, run_id, opening(package))
    checked(ada, left_now=4, hurts=["stairs"])
    unplayed = keep(ada)["payload"]["run"]["timeline_hash"]
    answer = remove(ada)
    assert (answer.status_code, answer.content) == (204, b"")
    assert Kept.objects.get().person == ben.person
    assert not Timeline.objects.filter(sha256=unplayed).exists()
    assert put(ada, run_id, opening(package)).status_code == 200
    assert code(put(ada, uuid.uuid4(), opening(package))) == (404, "never-given")


def test_removing_what_was_never_kept_is_no_mistake(ada, stranger):
    assert remove(ada).status_code == remove(stranger).status_code == 204
    assert not Person.objects.exclude(pk=ada.person.pk).exists()


def test_a_plan_that_was_replaced_goes_after_its_days(ada, ben):
    first = keep(ada)
    keep(ben)
    checked(ada, left_now=4, hurts=["stairs"])
    second = keep(ada)["payload"]["run"]["timeline_hash"]
    Kept.objects.update(created=timezone.now() - timedelta(days=KEPT_DAYS + 9))
    newer = Kept.objects.filter(person=ada.person, timeline__sha256=second)
    newer.update(created=timezone.now() - timedelta(days=KEPT_DAYS - 1))
    start.purge()
    assert Kept.objects.count() == 3
    newer.update(created=timezone.now() - timedelta(days=KEPT_DAYS + 1))
    start.purge()
    assert [row.timeline.sha256 for row in Kept.objects.filter(person=ada.person)] == [second]
    assert Timeline.objects.count() == 2
    assert code(put(ada, uuid.uuid4(), opening(first))) == (404, "never-given")
    assert Kept.objects.filter(person=ben.person).exists()


def test_renewing_makes_it_the_newest_plan(ada):
    keep(ada)
    Kept.objects.update(created=timezone.now() - timedelta(days=90))
    keep(ada)
    assert timezone.now() - Kept.objects.get().created < timedelta(hours=1)


def test_erasing_the_answers_erases_plans_that_were_never_played(ada):
    package = keep(ada)
    put(ada, uuid.uuid4(), opening(package))
    checked(ada, left_now=4, hurts=["stairs"])
    reasons = keep(ada)["payload"]["run"]["timeline_hash"]
    page = ada.get(ada.press("/check/erase/")["Location"]).content.decode()
    assert "sessions that you kept for offline and have not played" in page
    assert Kept.objects.get().timeline.sha256 == package["payload"]["run"]["timeline_hash"]
    assert not Timeline.objects.filter(sha256=reasons).exists()


def test_erasing_takes_what_was_kept_and_its_runs(ada, ben):
    package = keep(ada)
    keep(ben)
    put(ada, uuid.uuid4(), opening(package))
    gone = person_erase(person=ada.person)
    assert (gone["runs"], gone["kept"]) == (1, 1)
    assert Kept.objects.get().person == ben.person
    assert Timeline.objects.count() == 1
    assert put(ben, uuid.uuid4(), opening(package)).status_code == 201
    person_erase(person=ben.person)
    assert not Timeline.objects.exists()


def test_a_run_of_another_keeps_the_timeline(ada, ben):
    package = keep(ada)
    keep(ben)
    put(ben, uuid.uuid4(), opening(package))
    Kept.objects.filter(person=ben.person).delete()
    person_erase(person=ada.person)
    assert Timeline.objects.count() == 1


def test_adopting_brings_what_was_kept_once(ada, ben):
    package = keep(ada)
    keep(ben)
    person_adopt(giver=ada.person, taker=ben.person)
    assert Kept.objects.get().person == ben.person
    assert put(ben, uuid.uuid4(), opening(package)).status_code == 201


def test_the_export_tells_what_was_kept(ada):
    package = keep(ada)
    (kept,) = json.loads(ada.get("/privacy/my-data.json").getvalue())["kept"]
    assert (kept["session"], kept["title"]) == (SESSION, package["title"])
    assert kept["timeline"]["slots"]


def test_a_page_that_races_an_erasure_is_gone_and_not_broken(ada, start_run):
    """Everything is erased after the run was found and before its log is read."""
    run, erased = start_run(ada), []

    def erase_before_the_log(execute, query, *rest):
        if "training_runevent" in query and not erased:
            erased.append(True)
            person_erase(person=ada.person)
        return execute(query, *rest)

    with connection.execute_wrapper(erase_before_the_log):
        assert ada.get(f"/play/{run.pk}/").status_code == 404
    assert erased
