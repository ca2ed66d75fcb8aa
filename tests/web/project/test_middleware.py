# SPDX-License-Identifier: Apache-2.0
"""A character that PostgreSQL refuses in text reaches no query, wherever it comes from."""

from __future__ import annotations

import json

import pytest

from web.training.events import batch, event

NUL = "%00"


@pytest.mark.parametrize(
    "path",
    [
        f"/exercises/clam{NUL}/",
        f"/evidence/{NUL}/",
        f"/media/packs/small/a{NUL}b",
        f"/api/kept/clam{NUL}",
        f"/journal/hips{NUL}/",
    ],
)
def test_nothing_is_at_an_address_with_it(starter, ada, path):
    assert ada.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/library/?q=", "/library/?kind=", "/check/?next=", "/account/?a="]
)
def test_no_question_has_it(starter, ada, path):
    assert ada.get(f"{path}a{NUL}b").status_code == 400


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "hipfirst_visitor", "messages"])
def test_a_cookie_with_it_is_none(starter, stranger, name):
    answer = stranger.get("/", headers={"Cookie": rf'{name}="abc\000defghijkl"'})
    assert answer.status_code == 200


def test_a_note_with_it_is_kept_without(starter, ada, start_run):
    run = start_run(ada)
    rated = event(1, "rated", pain_left=2, note="good\0, but long")
    answer = ada.send(f"/api/runs/{run.pk}/events", batch(rated))
    assert (answer.status_code, json.loads(answer.content)["rejected"]) == (200, [])
    assert run.events.get().body["note"] == "good, but long"


def test_a_form_with_it_is_no_fault_of_the_site(starter, ada):
    assert ada.press("/check/", left_now="\0", consent="\0").status_code in {200, 400, 422}
