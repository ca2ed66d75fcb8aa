# SPDX-License-Identifier: Apache-2.0
"""Every operation of the API, called as its description allows and as it does not.

Whoever calls and whatever is sent: no fault of the server, a status and a type of content that the
description names, and a body of the shape that it names.
"""

from __future__ import annotations

import uuid

import pytest
import schemathesis
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hipfirst.web.project.api import api
from web.conftest import SESSION, Browser

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = [
    (method, path)
    for path, methods in api.get_openapi_schema(path_prefix="/api/")["paths"].items()
    for method in methods
]
EVERYBODY = ("stranger", "ada", "mia")
SOME = settings(
    max_examples=40,  # for each of them
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def mia(db):
    """A member who is signed in."""
    browser = Browser()
    account = get_user_model().objects.create_user("mia@example.org")
    browser.force_login(account)
    browser.person = account.person
    return browser


@pytest.fixture
def one_connection():
    """The test and the site share a connection, so the end of a request must not close it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(starter, one_connection):
    """The API as it describes itself, and the site that answers for it."""
    answer = WSGIHandler()

    def site(environ, start_response):
        # As a server says it; the sign-in library turns away whoever comes from nowhere.
        return answer({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)

    return schemathesis.openapi.from_wsgi("/api/openapi.json", site)


@pytest.fixture
def known(request, start_run):
    """`known(browser)`: path parameters of what is there, and is theirs where they keep any."""

    def parameters(browser):
        person = getattr(browser, "person", None)
        run_id = start_run(browser).pk if person else uuid.uuid4()
        return {"run_id": str(run_id), "session": SESSION}

    return parameters


def cases(operation, there):
    """As the description allows and as it does not, at any address and at one that is there."""
    named = {name: there[name] for name in there if f"{{{name}}}" in operation.path}
    return st.one_of(
        operation.as_strategy(generation_mode=mode, path_parameters=parameters)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for parameters in (None, named)
    )


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("operation", OPERATIONS, ids="".join)
def test_every_answer_is_as_described(request, described, known, operation, who):
    method, path = operation
    browser = request.getfixturevalue(who)
    token = browser.token()
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}

    @SOME
    @given(case=cases(described[path][method.upper()], known(browser)))
    def ask(case):
        case.call_and_validate(checks=CHECKS, cookies=cookies, headers={"X-CSRFToken": token})

    ask()


def test_somebody_gets_through(described, ada, known):
    """The calls are not all turned away at the door."""
    there = known(ada)
    case = described["/api/runs/{run_id}"]["GET"].Case(path_parameters={"run_id": there["run_id"]})
    cookies = {name: morsel.value for name, morsel in ada.cookies.items()}
    assert case.call_and_validate(checks=CHECKS, cookies=cookies).status_code == 200
