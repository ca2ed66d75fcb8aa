# SPDX-License-Identifier: Apache-2.0
"""Every no has the look of the site, or the one JSON shape."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.test import RequestFactory, override_settings
from django.urls import path

from hipfirst.web.project import handlers
from hipfirst.web.project.urls import urlpatterns as real
from hipfirst.web.shared.errors import ErrorBody, Fault, Refused
from hipfirst.web.site.models import SiteSettings


class Teapot(Refused):
    status = 418
    code = "teapot"


def refuse(request):
    raise Teapot("No coffee here.", Fault(field="drink", given="coffee", allowed="tea"))


def break_down(request):
    raise RuntimeError("secret detail")


def forbid(request):
    raise PermissionDenied


def suspect(request):
    raise SuspiciousOperation


faults = [
    path("refuse", refuse),
    path("break", break_down),
    path("forbid", forbid),
    path("suspect", suspect),
]
urlpatterns = [
    *faults,
    *(path(f"api/{each.pattern}", each.callback) for each in faults),
    *real,
]
handler400 = "hipfirst.web.project.handlers.bad_request"
handler403 = "hipfirst.web.project.handlers.permission_denied"
handler404 = "hipfirst.web.project.handlers.page_not_found"
handler500 = "hipfirst.web.project.handlers.server_error"

STATUS = {"refuse": 418, "break": 500, "forbid": 403, "suspect": 400, "nowhere": 404}


@pytest.fixture
def visit(stranger):
    stranger.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        yield stranger.get


@pytest.mark.parametrize(("name", "status"), STATUS.items())
def test_a_page_says_no_in_the_look_of_the_site(visit, name, status):
    answer = visit(f"/{name}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert 'class="site-header"' in page
    assert "<h1>" in page
    assert "secret detail" not in page


@pytest.mark.parametrize(("name", "status"), STATUS.items())
def test_the_api_says_no_in_one_shape(visit, name, status):
    answer = visit(f"/api/{name}")
    assert answer.status_code == status
    body = ErrorBody.model_validate(answer.json())
    assert body.error.message
    assert "secret detail" not in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_a_refusal_says_what_was_given_and_allowed(visit):
    fault = visit("/api/refuse").json()["error"]["faults"][0]
    assert fault == {"field": "drink", "given": "coffee", "allowed": "tea", "index": None}


def test_a_wrong_method_says_which_is_right(stranger):
    answer = stranger.get("/privacy/erase/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert 'class="site-header"' in answer.content.decode()


def test_a_wrong_method_of_the_api_says_which_is_right(stranger):
    answer = stranger.delete("/api/runs/00000000-0000-4000-8000-000000000000")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, PUT")
    fault = answer.json()["error"]["faults"][0]
    assert (fault["given"], fault["allowed"]) == ("DELETE", "GET, PUT")


RUN_API = "/api/runs/00000000-0000-4000-8000-000000000000"


def test_the_api_says_no_in_words_of_this_site(stranger, ada):
    unknown, unmarked = stranger.get(RUN_API), ada.post(f"{RUN_API}/events")
    assert (unknown.status_code, unmarked.status_code) == (401, 403)
    errors = [each.json()["error"] for each in (unknown, unmarked)]
    assert [each["code"] for each in errors] == ["unknown-visitor", "csrf"]
    assert "does not know who you are" in errors[0]["message"]
    assert "without the mark this site gave it" in errors[1]["message"]


def test_a_form_without_token_is_asked_again(stranger):
    answer = stranger.post("/privacy/erase/")
    assert answer.status_code == 403
    assert "Please try that again" in answer.content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_database_that_cannot_be_asked_still_gives_the_page(caplog):
    table = SiteSettings._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO away")
    try:
        answer = handlers.server_error(RequestFactory().get("/"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE away RENAME TO {table}")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "· Hipfirst</title>" in page
    assert "could not be read" in caplog.text
    assert "is itself broken" not in caplog.text


def test_when_even_the_page_is_broken_a_line_remains(db, tmp_path, caplog):
    with override_settings(ASSETS=tmp_path):
        answer = handlers.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()
    assert "no Vite manifest" in caplog.text


def test_an_unknown_host_is_refused(stranger):
    assert stranger.get("/", headers={"host": "elsewhere.example"}).status_code == 400
