# SPDX-License-Identifier: Apache-2.0
"""How the last session felt, whichever it was, leads the next one; what was not done leads none."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime
from html import unescape
from itertools import count

import pytest
import time_machine

from hipfirst.web.site.models import SiteSettings
from hipfirst.web.training.models import Following, Run
from web.training.events import PHONE, batch, url

QUIET, TURNERS = "build-quiet-hips", "build-deep-turners"
OPEN = "seated-and-strong"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = 24 * 3600
EASY = {"type": "rated", "pain_left": 0, "pain_right": 0, "effort": 3, "note": ""}
SORE = EASY | {"pain_left": 6}


@pytest.fixture(autouse=True)
def clock(starter):
    SiteSettings.objects.update_or_create(pk=1, defaults={"open_to_all": True})
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def follow(browser):
    Following.objects.create(person=browser.person, program="build", started_on=date(2026, 3, 1))


def started(browser, slug, way="play"):
    play = browser.press(f"/sessions/{slug}/{way}/", again="1")["Location"]
    return Run.objects.select_related("timeline").get(pk=play.split("/")[2])


def finish(browser, run, rated, slots=()):
    """A run that did these slots whole, came to its end and was rated."""
    done = [
        {
            "type": "done",
            "slot": slot["id"],
            "bout": n,
            "rung": slot["start_rung"],
            "reps": 8,
            "seconds": 30,
            "complete": True,
        }
        for slot in run.timeline.body["slots"]
        if slot["id"] in slots
        for n in range(len(slot["bouts"]))
    ]
    at, seqs = datetime.now(tz=UTC).isoformat(), count(1)
    events = [
        {"format": 1, "id": str(uuid.uuid4()), "device": PHONE, "seq": seq, "at": at, **body}
        for seq, body in zip(seqs, [*done, {"type": "finished"}, rated], strict=False)
    ]
    answer = browser.send(url(run), batch(*events))
    assert (answer.status_code, answer.json()["rejected"]) == (200, [])


def slots_of(run):
    return [slot["id"] for slot in run.timeline.body["slots"]]


def played(browser, slug, rated):
    run = started(browser, slug)
    finish(browser, run, rated, slots_of(run))


def changes(run):
    return [(change["rule"], change["slot"]) for change in run.timeline.body["changes"]]


def rules(run):
    return {rule for rule, _slot in changes(run)}


def today(browser):
    return " ".join(
        unescape(re.sub(r"<[^>]+>", " ", browser.get("/today/").content.decode())).split()
    )


def test_a_sore_session_makes_the_next_one_easier_whichever_it_is(ada, clock):
    follow(ada)
    played(ada, QUIET, EASY)
    clock.shift(2 * DAY)
    played(ada, TURNERS, SORE)
    clock.shift(2 * DAY)
    said = today(ada)
    assert "calm" not in said
    assert "Left knee: it hurt last time" in said
    run = started(ada, QUIET)
    assert "last-red" in rules(run)
    assert "last-easy" not in rules(run)
    risen = [each for each in run.timeline.body["changes"] if each["rule"] == "progress-up"]
    assert all(each["after"].endswith(", right side") for each in risen)


@pytest.mark.parametrize("pain", [3, 6])
def test_outside_a_program_too_the_newest_session_counts(ada, clock, pain):
    played(ada, OPEN, EASY)
    clock.shift(DAY)
    assert "last-easy" in rules(started(ada, OPEN))
    played(ada, "build-lower-body-detail", EASY | {"pain_left": pain})
    clock.shift(DAY)
    assert rules(started(ada, OPEN)) == ({"last-red"} if pain == 6 else set())


def test_pain_in_what_was_only_tried_is_pain(ada, clock):
    SiteSettings.objects.update(open_to_all=False)
    played(ada, OPEN, EASY)
    clock.shift(DAY)
    finish(ada, started(ada, TURNERS, "preview"), SORE)
    clock.shift(DAY)
    assert rules(started(ada, OPEN)) == {"last-red"}


def test_a_calm_try_takes_no_pain_back(ada, clock):
    played(ada, OPEN, SORE)
    SiteSettings.objects.update(open_to_all=False)
    clock.shift(DAY)
    finish(ada, started(ada, TURNERS, "preview"), EASY)
    clock.shift(DAY)
    assert rules(started(ada, "build-lower-body-detail")) == {"last-red"}


@pytest.mark.parametrize("session", [QUIET, OPEN])
@pytest.mark.parametrize("follows", [True, False])
def test_what_was_never_done_gets_no_harder(ada, clock, session, follows):
    if follows:
        follow(ada)
    finish(ada, started(ada, session), EASY)
    clock.shift(2 * DAY)
    assert changes(started(ada, session)) == []
    assert "was easy last time" not in today(ada)


def test_only_what_was_done_to_its_end_gets_harder(ada, clock):
    first = started(ada, OPEN)
    finish(ada, first, EASY, slots_of(first))
    clock.shift(DAY)
    every = {slot for rule, slot in changes(started(ada, OPEN)) if rule == "last-easy"}
    assert len(every) > 1
    again = started(ada, OPEN)
    some = sorted(every)[:1]
    finish(ada, again, EASY, some)
    clock.shift(DAY)
    assert changes(started(ada, OPEN)) == [("last-easy", some[0])]


def test_what_the_player_says_that_follows_is_so(ada, clock):
    def rows(run):
        return [row["rule"] for row in run.timeline.body["outlook"]]

    pain = ["last-red", "last-amber"]
    first = started(ada, OPEN)
    assert rows(first) == [*pain, "last-easy", "last-steady"]
    finish(ada, first, EASY, slots_of(first))
    clock.shift(DAY)
    assert rows(started(ada, OPEN)) == pain
    follow(ada)
    assert rows(started(ada, QUIET)) == [*pain, "progress-on"]
    assert rows(started(ada, OPEN)) == pain


def test_in_a_program_the_log_leads_and_not_the_rating(ada, clock):
    follow(ada)
    played(ada, QUIET, EASY)
    clock.shift(2 * DAY)
    assert "last-easy" not in rules(started(ada, QUIET))
