# SPDX-License-Identifier: Apache-2.0
"""Named people who use the site through HTTP, and what they play.

Ada plays. Ben plays too and must never see what is Ada's. A stranger only reads. Whoever has an
account is made by `web.members`.
"""

from __future__ import annotations

import json
import secrets
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django.plugin import blocking_manager_key

from hipfirst.packs.canonical import content_hash
from hipfirst.web.accounts.access import COOKIE, give_cookie
from hipfirst.web.accounts.actions import visitor_create
from hipfirst.web.library.actions import pack_load
from hipfirst.web.training.actions import timeline_store
from hipfirst.web.training.models import Run
from hipfirst.web.training.queries import Resolved

WIRE = Path(__file__).parents[1] / "wire"
SESSION = "build-lower-body-detail"


class Browser(Client):
    """A client that keeps cookies, is checked for CSRF like any browser, and sends the token."""

    def __init__(self):
        super().__init__(enforce_csrf_checks=True)

    def token(self):
        """The CSRF token of this browser, as any page with a button would have set it."""
        if "csrftoken" not in self.cookies:
            self.cookies["csrftoken"] = secrets.token_hex(16)
        return self.cookies["csrftoken"].value

    def press(self, path, **fields):
        """Send a form of this site."""
        return self.post(path, {"csrfmiddlewaretoken": self.token(), **fields})

    def send(self, path, body, *, token=None, content_type="application/json"):
        """Send JSON as the player does. `body` may also be bytes, as they are."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"X-CSRFToken": token or self.token()}
        return self.post(path, raw, content_type=content_type, headers=headers)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """A test with transactions of its own leaves empty tables; what migrations wrote comes back.

    Django runs such tests last of all. Side by side, file by file, others follow.
    """
    answer = yield
    mark = item.get_closest_marker("django_db")
    if (mark and mark.kwargs.get("transaction")) or "transactional_db" in item.fixturenames:
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
    return answer


@pytest.fixture
def starter(db):
    """The starter pack, loaded."""
    pack_load(Path(settings.STARTER_PACK))


def known_visitor():
    """The browser of somebody whom the site knows by a cookie."""
    browser, person = Browser(), visitor_create()
    browser.cookies[COOKIE] = give_cookie(HttpResponse(), person).cookies[COOKIE].value
    browser.person = person
    return browser


@pytest.fixture
def stranger(db):
    return Browser()


@pytest.fixture
def ada(db):
    return known_visitor()


@pytest.fixture
def ben(db):
    return known_visitor()


def _wire_payload():
    return json.loads((WIRE / "payload.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def wire_payload():
    return _wire_payload()


@pytest.fixture(scope="session")
def wire_batch():
    return json.loads((WIRE / "batch.json").read_text(encoding="utf-8"))


def run_of(browser, run_id=None, payload=None):
    """A run of the timeline in tests/wire, of this browser's person."""
    body = (payload or _wire_payload())["timeline"]
    return Run.objects.create(
        id=run_id or uuid.uuid4(),
        person=browser.person,
        timeline=timeline_store(resolved=Resolved(content_hash(body), body)),
        session=body["session"],
        title=body["title"],
    )


@pytest.fixture
def start_run(wire_payload):
    """`start_run(browser)`: a run of theirs."""

    def start(browser, run_id=None):
        return run_of(browser, run_id, wire_payload)

    return start
