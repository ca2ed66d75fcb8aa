# SPDX-License-Identifier: Apache-2.0
"""Tests of the sides, as the pages of progress tell them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hipfirst.outcomes.sides import Compared, SidesTested
from hipfirst.web.progress.sides import _view
from hipfirst.web.training.models import Run
from hipfirst.web.training.sides import SELF_TEST, Result
from web.progress.weeks import tell
from web.training.events import batch, event, url

NAMES = {"side-hold": "Side leg hold", "chair-stand": "Chair stand"}


def result(on, *tests):
    at = timezone.now()
    return Result(run=None, at=at, on=on, tested=SidesTested(tests))


def hold(left, right, exercise="side-hold"):
    return Compared("hold", exercise, "seconds", left=left, right=right)


def test_now_stands_beside_the_first_time():
    stand = Compared("chair", "chair-stand", "count", both=14.0)
    newest = result(date(2026, 5, 4), hold(32.4, 40.2), stand)
    first = result(date(2026, 3, 2), hold(25.0, 38.0))
    view = _view([newest, result(date(2026, 4, 4), hold(1.0, 2.0)), first], NAMES)
    assert (view.on, view.first_on) == (date(2026, 5, 4), date(2026, 3, 2))
    assert view.weaker == "Your left side reached less than your right."
    assert [(each.name, each.says) for each in view.tests] == [
        ("Side leg hold", "left 32, right 40 seconds; at first left 25, right 38 seconds"),
        ("Chair stand", "14 times"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (40.0, 30.0, "Your right side reached less than your left."),
        (40.0, 39.0, "Your sides are about even."),
        (40.0, None, "No test has both sides yet: only two sides can be compared."),
    ],
)
def test_the_sides_are_named_only_where_they_were_compared(left, right, said):
    assert _view([result(date(2026, 5, 4), hold(left, right))], NAMES).weaker == said


def test_tests_that_name_two_sides_are_not_even():
    step = Compared("step", "step-down", "count", left=12.0, right=8.0)
    view = _view([result(date(2026, 5, 4), hold(20.0, 40.0), step)], NAMES)
    assert view.weaker == "The tests do not agree on a weaker side."


def test_a_test_that_both_sides_reach_the_end_of_tells_nothing_apart():
    end = Compared("hold", "side-hold", "seconds", left=45.0, right=45.0, most=45)
    view = _view([result(date(2026, 5, 4), end)], NAMES)
    assert view.weaker == "Both sides reached the end of each test, so it cannot tell them apart."
    assert view.tests[0].says == (
        "left 45, right 45 seconds; both reached the end, so this test cannot tell them apart"
    )
    step = Compared("step", "step-down", "count", left=9.0, right=9.0)
    assert _view([result(date(2026, 5, 4), end, step)], NAMES).weaker == (
        "Your sides are about even."
    )


def test_a_second_that_was_begun_is_not_reached_just_as_the_player_says():
    view = _view([result(date(2026, 5, 4), hold(10.7, 5.8))], NAMES)
    assert view.tests[0].says == "left 10, right 5 seconds"


def test_another_movement_is_not_compared_with_the_first():
    view = _view(
        [result(date(2026, 5, 4), hold(9.0, 9.0)), result(date(2026, 3, 2), hold(5.0, 5.0, "x"))],
        {},
    )
    assert view.tests[0].says == "left 9, right 9 seconds"
    assert view.tests[0].name == "side-hold"


@pytest.mark.parametrize(
    ("complete", "said"),
    [
        (True, ("left 16 seconds", "No test has both sides yet")),
        (False, ("Your test ended before any of its holds or counts did",)),
    ],
)
def test_of_one_side_alone_what_there_is_is_shown(starter, ada, complete, said):
    ada.press(f"/sessions/{SELF_TEST}/play/")
    run = Run.objects.get(session=SELF_TEST)
    at = (timezone.now() + timedelta(seconds=1)).isoformat()
    slot = run.timeline.body["slots"][0]
    bout = [each["side"] for each in slot["bouts"]].index("left")
    held = {"slot": slot["id"], "bout": bout, "rung": slot["start_rung"], "reps": 0}
    done = event(1, "done", **held, seconds=16.0, complete=complete, at=at)
    assert ada.send(url(run), batch(done, event(2, "finished", at=at))).status_code == 200
    page = ada.get("/progress/").content.decode()
    for words in ("Left and right", *said):
        assert words in page


def test_a_played_test_stands_on_the_page_and_on_the_sheet(starter, ada, stranger):
    tell(ada.person, (5, 5))
    ada.press(f"/sessions/{SELF_TEST}/play/")
    run = Run.objects.get(session=SELF_TEST)
    at = (timezone.now() + timedelta(seconds=1)).isoformat()
    done = [
        (slot["id"], bout, slot["start_rung"], 20.0 if each["side"] == "left" else 40.0)
        for slot in run.timeline.body["slots"]
        for bout, each in enumerate(slot["bouts"])
    ]
    events = [
        event(n, "done", slot=slot, bout=bout, rung=rung, reps=8, seconds=s, complete=True, at=at)
        for n, (slot, bout, rung, s) in enumerate(done, 1)
    ]
    ended = event(len(events) + 1, "finished", at=at)
    assert ada.send(url(run), batch(*events, ended)).status_code == 200
    page = ada.get("/progress/").content.decode()
    assert "left 20, right 40 seconds" in page
    assert "Your left side reached less than your right." in page
    # A test is no rung of a ladder.
    assert "Rung by rung" not in page
    fields = {"parts": ["tests"], "weeks": "8", "days": "7"}
    sheet = ada.get(ada.press("/progress/report/", **fields)["Location"]).content.decode()
    assert "left 20, right 40 seconds" in sheet


def test_the_end_of_a_hold_is_read_from_what_was_played(starter, ada):
    ada.press(f"/sessions/{SELF_TEST}/play/")
    run = Run.objects.get(session=SELF_TEST)
    hold = next(s for s in run.timeline.body["slots"] if s["rungs"][0]["work"]["kind"] == "hold")
    name, rung = hold["id"], hold["start_rung"]
    seconds = hold["rungs"][rung]["work"]["hold_s"]
    at = (timezone.now() + timedelta(seconds=1)).isoformat()
    done = {"slot": name, "rung": rung, "reps": 1, "seconds": seconds, "complete": True, "at": at}
    events = [event(n, "done", bout=n - 1, **done) for n in (1, 2)]
    assert ada.send(url(run), batch(*events, event(3, "finished", at=at))).status_code == 200
    assert "so this test cannot tell them apart" in ada.get("/progress/").content.decode()
