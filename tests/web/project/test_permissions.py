# SPDX-License-Identifier: Apache-2.0
"""Who may do what: one row for every address and method of the site, and none without a row."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, path

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.mail import stop_token
from hipfirst.web.journal.models import Comment, Discussion
from hipfirst.web.library.models import Document, PackFile
from hipfirst.web.training.models import Timeline

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SESSION = "build-lower-body-detail"


@dataclass(frozen=True)
class Row:
    """The status each person gets. Ada owns the run that is asked for, Ben has one of his own."""

    stranger: int
    ada: int
    ben: int
    sam: int


def everybody(status):
    return Row(stranger=status, ada=status, ben=status, sam=status)


def signed_out(status, *, sam):
    """What everybody without an account gets, and what Sam does."""
    return Row(stranger=status, ada=status, ben=status, sam=sam)


MATRIX = {
    ("GET", ""): everybody(200),
    ("GET", "library/"): everybody(200),
    ("GET", "sessions/<slug:slug>/"): everybody(200),
    ("GET", "exercises/<slug:slug>/"): everybody(200),
    ("GET", "evidence/"): everybody(200),
    ("GET", "evidence/<slug:slug>/"): everybody(200),
    ("GET", "journal/"): everybody(200),
    ("GET", "journal/feed.atom"): everybody(200),
    ("GET", "journal/<slug:slug>/"): everybody(200),
    ("GET", "media/packs/<slug:pack>/<str:name>"): everybody(200),
    ("GET", "privacy/"): everybody(200),
    ("GET", "privacy/my-data.json"): everybody(200),
    ("POST", "privacy/erase/"): everybody(302),
    ("GET", "behind/"): Row(stranger=302, ada=302, ben=302, sam=200),
    ("GET", "behind/jsi18n/"): Row(stranger=302, ada=302, ben=302, sam=200),
    ("GET", "behind/<slug:app_label>/"): Row(stranger=302, ada=302, ben=302, sam=200),
    **{
        (method, f"behind/{model}/{rest}"): Row(stranger=302, ada=302, ben=302, sam=sam)
        for model in ("site/sitesettings", "accounts/account")
        for method, rest, sam in (
            ("GET", "", 302 if model == "site/sitesettings" else 200),
            ("POST", "", 302 if model == "site/sitesettings" else 200),
            ("GET", "add/", 403),
            ("POST", "add/", 403),
            ("GET", "<path:object_id>/", 302),
            ("GET", "<path:object_id>/change/", 200),
            ("POST", "<path:object_id>/change/", 200),
            ("GET", "<path:object_id>/delete/", 403),
            ("POST", "<path:object_id>/delete/", 403),
            ("GET", "<path:object_id>/history/", 200),
        )
    },
    ("POST", "comments/on/<str:kind>/<slug:slug>/"): signed_out(403, sam=400),
    ("POST", "comments/on/<str:kind>/<slug:slug>/close/"): signed_out(403, sam=400),
    ("GET", "comments/<int:pk>/"): everybody(302),
    ("GET", "comments/<int:pk>/thread/"): everybody(200),
    ("GET", "comments/<int:pk>/reply/"): signed_out(302, sam=200),
    ("POST", "comments/<int:pk>/reply/"): signed_out(403, sam=400),
    ("GET", "comments/<int:pk>/edit/"): signed_out(302, sam=403),
    ("POST", "comments/<int:pk>/edit/"): everybody(403),
    ("GET", "comments/<int:pk>/delete/"): signed_out(302, sam=403),
    ("POST", "comments/<int:pk>/delete/"): signed_out(302, sam=403),
    ("GET", "comments/<int:pk>/report/"): signed_out(302, sam=200),
    ("POST", "comments/<int:pk>/report/"): signed_out(302, sam=400),
    ("GET", "comments/<int:pk>/advice/"): signed_out(302, sam=403),
    ("POST", "comments/<int:pk>/moderate/"): signed_out(403, sam=400),
    ("GET", "comments/<int:pk>/ban/"): signed_out(403, sam=200),
    ("POST", "comments/<int:pk>/ban/"): signed_out(403, sam=400),
    ("GET", "moderate/"): signed_out(302, sam=200),
    ("GET", "mail/stop/<str:token>/"): everybody(200),
    ("POST", "mail/stop/<str:token>/"): everybody(200),
    ("GET", "account/mail/"): signed_out(302, sam=200),
    ("POST", "account/mail/"): everybody(302),
    ("GET", "terms/"): everybody(200),
    ("GET", "imprint/"): everybody(200),
    ("GET", "site/colours.css"): everybody(200),
    ("GET", "site/logo"): everybody(404),
    ("GET", "check/"): everybody(200),
    ("POST", "check/"): everybody(400),
    ("GET", "check/advice/"): everybody(302),
    ("POST", "check/fine/"): everybody(302),
    ("POST", "check/erase/"): everybody(302),
    ("GET", "knee-rules/"): everybody(200),
    ("POST", "sessions/<slug:slug>/play/"): everybody(302),
    ("GET", "play/<uuid:run_id>/"): Row(stranger=404, ada=200, ben=404, sam=404),
    ("GET", "play/kept/<slug:slug>/"): everybody(200),
    ("GET", "offline/"): everybody(200),
    ("POST", "api/kept/<slug:session>"): everybody(200),
    ("DELETE", "api/kept/<slug:session>"): everybody(204),
    ("PUT", "api/runs/<uuidstr:run_id>"): Row(stranger=401, ada=200, ben=404, sam=401),
    ("POST", "api/runs/<uuidstr:run_id>/events"): Row(stranger=401, ada=200, ben=404, sam=401),
    ("GET", "api/runs/<uuidstr:run_id>"): Row(stranger=401, ada=200, ben=404, sam=401),
    ("GET", "api/openapi.json"): everybody(200),
    ("GET", "sw.js"): everybody(200),
    ("GET", "manifest.webmanifest"): everybody(200),
    ("GET", "i18n.js"): everybody(200),
    ("GET", "robots.txt"): everybody(200),
    ("GET", "sitemap.xml"): everybody(200),
    ("GET", "healthz"): everybody(200),
}
TOKEN_DECIDES = {("POST", "mail/stop/<str:token>/")}
"""Mail programs press this button without cookies: the signed token in the address decides."""
NO_MATTER_THE_METHOD = {"api/"}
"""The API's root: a name for others to build on; it answers 404 to all."""


def routes(resolver=None, prefix=""):
    """Every address pattern below a resolver, as one string."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


ROUTES = sorted(set(routes()))


@pytest.fixture
def people(stranger, ada, ben, sam, starter):
    return {"stranger": stranger, "ada": ada, "ben": ben, "sam": sam}


@pytest.fixture
def comment(starter):
    """What a member said, for all to read."""
    author = Account.objects.create_user("mia@example.org", name="Mia")
    document = Document.objects.get(kind="session", slug=SESSION)
    discussion = Discussion.objects.create(document=document)
    return Comment.objects.create(
        discussion=discussion, author=author, body="Good.", html="<p>Good.</p>", state="shown"
    )


@pytest.fixture
def address(people, start_run, comment):
    """`address(route)`: the route with Ada's run, and with documents that exist."""
    run = start_run(people["ada"])
    start_run(people["ben"])
    values = {
        "<uuid:run_id>": str(run.pk),
        "<uuidstr:run_id>": str(run.pk),
        "<slug:pack>": "starter",
        "<slug:session>": SESSION,
        "<slug:app_label>": "site",
        "<int:pk>": str(comment.pk),
        "<str:kind>": "session",
        "<str:token>": stop_token(comment.author_id, "reply"),
        "<str:name>": next(iter(PackFile.objects.values_list("name", flat=True)), "none"),
    }
    slugs = {
        "sessions": SESSION,
        "play": SESSION,
        "comments": SESSION,
        "exercises": "clam",
        "journal": "stairs",
        "evidence": Document.objects.filter(kind="evidence").values_list("slug", flat=True)[0],
    }

    rooms = {"site": "1", "accounts": str(Account.objects.values_list("pk", flat=True)[0])}

    def fill(route):
        filled = "/" + route.replace("<slug:slug>", slugs.get(route.split("/")[0], ""))
        if route.startswith("behind/"):
            filled = filled.replace("<path:object_id>", rooms.get(route.split("/")[1], ""))
        for name, value in values.items():
            filled = filled.replace(name, value)
        assert "<" not in filled, f"say in this fixture what {route} is filled with"
        return filled

    return fill


def ask(browser, method, path):
    body = json.dumps({"format": 1, "events": []})
    kind = "application/json" if path.startswith("/api/") else "application/x-www-form-urlencoded"
    data = body if kind == "application/json" else ""
    if method == "GET":
        return browser.get(path)
    if method == "PUT":
        # Of the run that `address` made first.
        hashes = Timeline.objects.order_by("pk").values_list("sha256", flat=True)
        data = json.dumps({"timeline_hash": hashes.first(), "session": SESSION})
    headers = {"X-CSRFToken": browser.token()}
    return browser.generic(method, path, data, content_type=kind, headers=headers)


def test_every_address_has_a_row():
    named = {route for _method, route in MATRIX} | NO_MATTER_THE_METHOD
    assert set(ROUTES) == named


@pytest.mark.parametrize("route", ROUTES)
def test_every_person_gets_what_the_row_says(people, address, route):
    otherwise = everybody(404 if route in NO_MATTER_THE_METHOD else 405)
    path = address(route)
    for method in METHODS:
        row = MATRIX.get((method, route), otherwise)
        given = {name: ask(each, method, path).status_code for name, each in people.items()}
        assert given == asdict(row), method


@pytest.mark.parametrize(
    ("method", "route"), [row for row in MATRIX if row[0] != "GET" and row not in TOKEN_DECIDES]
)
def test_no_write_without_the_token(people, address, method, route):
    for name, browser in people.items():
        answer = browser.generic(method, address(route), b"{}", content_type="application/json")
        assert answer.status_code == 403, name


def test_head_is_answered_like_get(ada, people, address):
    assert ada.head(address("play/<uuid:run_id>/")).status_code == 200
    assert people["ben"].head(address("play/<uuid:run_id>/")).status_code == 404


def test_an_address_without_a_row_is_noticed():
    def view(request):
        raise AssertionError("never called")

    planted = URLResolver(get_resolver().pattern, [path("backdoor/", view)])
    assert set(routes(planted)) - {route for _method, route in MATRIX} == {"backdoor/"}
