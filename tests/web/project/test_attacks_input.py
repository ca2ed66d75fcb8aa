# SPDX-License-Identifier: Apache-2.0
"""What no form of this site would send: bytes that are no text, a megabyte, other kinds of content.

Each is refused or taken as far as it goes; none of it breaks the site.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.models import Comment
from hipfirst.web.training.models import RunEvent
from live import serve
from web.conftest import SESSION
from web.project.conftest import say
from web.project.test_permissions import FORM, MATRIX, World, read

MEGABYTE = 1_048_576


@dataclass(frozen=True)
class Form:
    """One that takes text: who fills it in, and with what but for the field that is tried."""

    who: str
    path: str
    text: tuple[str, ...]
    rest: dict[str, str]


PASSWORDS = ("password1", "password2")
FORMS = [
    Form("stranger", "account/signup/", ("email",), {"terms": "on"}),
    Form("stranger", "account/signup/passkey/", ("email",), {"terms": "on"}),
    Form("stranger", "account/login/", ("login", "password"), {"login": "mia@example.org"}),
    Form("stranger", "account/login/code/", ("email",), {}),
    Form("stranger", "account/password/reset/", ("email",), {}),
    Form("stranger", "account/2fa/webauthn/login/", ("credential",), {}),
    Form("mia", "account/name/", ("name",), {}),
    Form("mia", "account/email/", ("email",), {"action_add": ""}),
    Form("mia", "account/consent/give/", ("purpose", "version"), {"purpose": "terms"}),
    Form("mia", "account/password/set/", PASSWORDS, dict.fromkeys(PASSWORDS, "x")),
    Form("mia", "account/2fa/totp/activate/", ("code",), {}),
    Form("mia", "account/2fa/webauthn/add/", ("name", "credential"), {"name": "Phone"}),
    Form("mia", "account/mail/", ("replies",), {}),
    Form("nick", "comments/on/<str:kind>/<slug:slug>/", ("body", "name"), {"body": "Good."}),
    Form("nick", "comments/<int:pk>/reply/", ("body",), {}),
    Form("mia", "comments/<int:pk>/edit/", ("body",), {}),
    Form("nick", "comments/<int:pk>/report/", ("note", "reason"), {"reason": "other"}),
    Form("olga", "comments/<int:pk>/ban/", ("because", "do"), {}),
    Form("olga", "comments/<int:pk>/moderate/", ("do", "from"), {"do": "hide"}),
    Form("olga", "comments/on/<str:kind>/<slug:slug>/close/", ("closed",), {}),
    Form(
        "paul",
        "behind/site/sitesettings/<path:object_id>/change/",
        ("name", "imprint", "pine_light", "terms_version"),
        {"name": "Knees", "description": "Kind.", "terms_version": "1"},
    ),
    Form(
        "paul",
        "behind/accounts/account/<path:object_id>/change/",
        ("banned_because", "role"),
        {"role": "member", "is_active": "on"},
    ),
    Form("ada", "check/", ("step", "left_now", "hurts", "minutes"), {}),
    Form("ada", "sessions/<slug:slug>/play/", ("minutes", "check"), {}),
]
NO_TEXT = {
    "nul": b"a%00b",
    "latin": b"caf%E9",
    "cut": b"a%F0%9F",
    "surrogate": b"a%ED%A0%80b",
    "overlong": b"a%C0%AFb",
    "direction": "a\u202eb".encode(),
    "raw": b"\xff\xfe",
}
CHARSETS = (
    "unicode_escape",
    "raw_unicode_escape",
    "utf-7",
    "utf-16",
    "base64",
    "rot13",
    "idna",
    "x",
)


@pytest.fixture
def world(starter, people):
    return World.of(people)


def filled(form, field, value):
    """The body of a form, in which one field holds these bytes."""
    rest = [f"{name}={text}".encode() for name, text in form.rest.items() if name != field]
    return b"&".join([*rest, field.encode() + b"=" + value])


def sent(world, form, body, content_type=FORM):
    browser = world.people[form.who]
    headers = {"X-CSRFToken": browser.token()}
    path = world.address(form.path)
    return browser.generic("POST", path, body, content_type=content_type, headers=headers)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path)
def test_what_is_no_text_breaks_no_form(world, form):
    """The client raises what a view raises; every answer is a page."""
    for name, value in NO_TEXT.items():
        for field in form.text:
            assert sent(world, form, filled(form, field, value)).status_code < 500, (name, field)
    stored = [
        *Account.objects.values_list("name", flat=True),
        *Account.objects.values_list("banned_because", flat=True),
        *Comment.objects.values_list("body", flat=True),
    ]
    assert not any("\0" in text for text in stored)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path)
def test_a_megabyte_fits_in_no_form(world, form):
    field = form.text[0]
    before = list(Comment.objects.values_list("pk", "body"))
    for size in (MEGABYTE // 2, MEGABYTE + 1):
        answer = sent(world, form, filled(form, field, b"a" * size))
        assert answer.status_code in {200, 302, 400, 403, 404, 409, 413}
        if size > MEGABYTE:
            assert answer.status_code in {400, 413}
    assert list(Comment.objects.values_list("pk", "body")) == before


@pytest.mark.parametrize("charset", CHARSETS)
def test_another_alphabet_for_a_form_is_refused(world, charset):
    r"""By one of them, `\ud800` would become half a character, which no database takes."""
    multipart = (
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n\\ud800 \x00 +AAA-\r\n--x--\r\n'
    )
    for form in FORMS:
        for field in form.text:
            body = multipart % field.encode()
            kind = f"multipart/form-data; boundary=x; charset={charset}"
            assert 400 <= sent(world, form, body, kind).status_code < 500, (form.path, field)
            plain = filled(form, field, b"%5Cud800")
            given = sent(world, form, plain, f"{FORM}; charset={charset}").status_code
            assert 400 <= given < 500, (form.path, field)


@pytest.mark.parametrize(
    "value", [b"%00", b"%FF", b"%ED%A0%80", b"a" * 20_000, b"%F0%9F%92%A9", b"'%22%3E%3Cscript%3E"]
)
def test_what_is_no_text_breaks_no_question(world, value):
    names = ("next", "page", "comments", "q", "area", "erased", "minutes", "v", "after", "from")
    query = "&".join(f"{name}={value.decode()}" for name in names)
    for route in MATRIX:
        for who in ("stranger", "paul"):
            answer = world.people[who].get(f"{world.address(route)}?{query}")
            read(answer)
            assert answer.status_code < 500, f"{who} {route}"


# The API.


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        FORM,
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/xml",
        "application/json, text/html",
        "",
    ],
)
def test_another_kind_of_content_does_nothing_at_the_api(world, kind):
    ada, run = world.people["ada"], world.runs["ada"]
    headers = {"X-CSRFToken": ada.token()}
    for method, path, body in (
        ("POST", f"/api/runs/{run.pk}/events", {"format": 1, "events": []}),
        ("PUT", f"/api/runs/{run.pk}", {"timeline_hash": "x", "session": SESSION}),
    ):
        raw = json.dumps(body).encode()
        # A page of another site may send the first three without asking, and has no token.
        answer = ada.generic(method, path, raw, content_type=kind)
        assert answer.status_code in {400, 403}
        answer = ada.generic(method, path, raw, content_type=kind, headers=headers)
        assert answer.status_code < 500
        assert "evil" not in answer.content.decode()
    assert not RunEvent.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b'{"format": 1, "events": [{"id": "\\ud800"}]}',
        b'{"format": 1, "events": ["\\u0000"]}',
        b'{"format": 1, "events": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b'{"format": 1e999, "events": [NaN, Infinity, -0]}',
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b"",
        b"null",
        b'{"format": 1, "format": 2}',
        b"9" * 5_000,
    ],
    ids=range(10),
)
def test_what_is_no_json_breaks_no_operation(world, raw):
    ada, run = world.people["ada"], world.runs["ada"]
    headers = {"X-CSRFToken": ada.token()}
    for method, path in (
        ("POST", f"/api/runs/{run.pk}/events"),
        ("PUT", f"/api/runs/{run.pk}"),
        ("POST", f"/api/kept/{SESSION}"),
    ):
        answer = ada.generic(method, path, raw, content_type="application/json", headers=headers)
        assert answer.status_code < 500, (method, path)
    assert not RunEvent.objects.exists()


# Cookies and headers.


@pytest.mark.parametrize(
    "name", ["sessionid", "csrftoken", "hipfirst_visitor", "messages", "theme"]
)
@pytest.mark.parametrize(
    "value", ["\x7f", "é", "'\"><script>", "a" * 7_000, "a:b:c", "\\000", "=;="]
)
def test_a_cookie_that_this_site_never_gave_is_none(world, name, value):
    comment = say(world.people["mia"])
    for path in ("/", "/account/", "/privacy/", "/check/", f"/comments/{comment.pk}/thread/"):
        browser = world.people["stranger"]
        answer = browser.get(path, headers={"Cookie": f"{name}={value}"})
        assert answer.status_code in {200, 302}, path
        assert b"<script>" not in answer.content.replace(b"<script ", b"")


def test_headers_and_cookies_of_any_length_end_nothing(tmp_path):
    """At the server as it runs: each is refused or read, and the next reader is served."""
    site = serve(tmp_path / "data")
    try:
        for headers in (
            {"X-Long": "a" * 1_000_000},
            {"Cookie": "a" * 200_000},
            {"Cookie": "; ".join(f"c{number}=1" for number in range(20_000))},
            {f"X-{number}": "1" for number in range(5_000)},
            {"Host": "a" * 5_000},
            {"Content-Length": "99999999999999999999"},
            {"Content-Length": "-1"},
            {"Transfer-Encoding": "chunked, identity"},
        ):
            assert status(site, headers) in {200, 400, 411, 413, 431, 501, None}
            assert status(site, {}) == 200
    finally:
        site.stop()


def status(site, headers):
    """None: the server hung up."""
    connection = site.connect()
    try:
        connection.request("GET", "/privacy/", headers=headers)
        return connection.getresponse().status
    except (ConnectionError, OSError):
        return None
    finally:
        connection.close()
