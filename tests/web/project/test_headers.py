# SPDX-License-Identifier: Apache-2.0
"""What every answer carries: policy, isolation, a caching rule, and no compression of secrets."""

from __future__ import annotations

import contextlib
import gzip
import re

import pytest
from django.contrib.staticfiles import finders

from hipfirst.web.project.settings import WHITENOISE_IMMUTABLE_FILE_TEST
from live import serve

SESSION = "/sessions/build-lower-body-detail/"
PAGES = ["/", "/library/", SESSION, "/exercises/clam/", "/privacy/", "/no-such-page/", "PLAY"]
PAGES += ["/journal/", "/journal/stairs/", "/evidence/"]
PAGES += ["/offline/", f"/play/kept/{SESSION.split('/')[2]}/"]
EVERYTHING = [
    *PAGES,
    "/sw.js",
    "/manifest.webmanifest",
    "/i18n.js",
    "/robots.txt",
    "/healthz",
    "/api/openapi.json",
    "/api/none",
]
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def open_page(starter, ada, start_run):
    run = start_run(ada)
    return lambda path, **extra: ada.get(f"/play/{run.pk}/" if path == "PLAY" else path, **extra)


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_answer_is_locked_down(open_page, path):
    answer = open_page(path)
    assert {name: answer[name] for name in WANTED} == WANTED
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert answer["Cache-Control"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_nothing_inline(open_page, path):
    page = open_page(path).content.decode()
    assert not re.findall(r"\sstyle=|<style|\son\w+=|javascript:", page)
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page)
    data = r'type="application/(ld\+)?json"'  # which no browser runs
    assert all(re.search(data, attributes) for attributes in inline)


OURS = "http://testserver/"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_no_other_site(open_page, path):
    page = open_page(path).content.decode()
    found = r'<(?:script|img|link|iframe|source|video)[^>]*"((?:https?:)?//[^"]*)'
    assert [each for each in re.findall(found, page) if not each.startswith(OURS)] == []


@pytest.mark.parametrize("path", ["PLAY", "/privacy/", "/privacy/my-data.json"])
def test_what_is_personal_is_never_kept_nor_compressed(open_page, path):
    answer = open_page(path, headers={"accept-encoding": "gzip, br"})
    assert answer["Cache-Control"] == "private, no-store"
    assert "Content-Encoding" not in answer


@pytest.mark.parametrize("path", ["/", "/library/"])
def test_what_is_the_same_for_all_is_compressed(open_page, path):
    answer = open_page(path, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert b"<!doctype html>" in gzip.decompress(answer.content)


@pytest.fixture(scope="module")
def https_site(tmp_path_factory):
    site = serve(tmp_path_factory.mktemp("https"), HIPFIRST_HTTPS="true")
    yield site
    site.stop()


def ask_over_https(site, method, path, body=None, **headers):
    """The answer to a request that came through a proxy which ends TLS."""
    connection = site.connect()
    headers = {"X-Forwarded-Proto": "https", **headers}
    with contextlib.closing(connection):
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
    return answer


def test_over_https_cookies_stay_there(https_site):
    token = "a" * 32
    started = ask_over_https(
        https_site,
        "POST",
        f"{SESSION}play/",
        f"csrfmiddlewaretoken={token}",
        **{"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={token}"},
        Referer=f"https://127.0.0.1:{https_site.port}{SESSION}",
    )
    page = ask_over_https(https_site, "GET", SESSION)
    cookies = started.headers.get_all("Set-Cookie", []) + page.headers.get_all("Set-Cookie", [])
    assert {each.split("=")[0] for each in cookies} >= {"hipfirst_visitor", "csrftoken"}
    assert [each for each in cookies if "; Secure" not in each] == []


def test_over_https_browsers_are_told_to_stay_there(https_site):
    answer = ask_over_https(https_site, "GET", "/")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_server_does_not_say_which_version_it_is(https_site):
    assert not re.search(r"\d", ask_over_https(https_site, "GET", "/").headers["Server"] or "")


def test_every_built_file_has_a_name_that_changes_with_it():
    # What the libraries bring of their own is kept for an hour only.
    names = [name for name, _storage in finders.FileSystemFinder().list([])]
    # The worker has an address of its own, which may not change.
    built = [n for n in names if not n.endswith(("manifest.json", "sw.js", ".br", ".gz"))]
    assert built
    assert [n for n in built if not re.search(WHITENOISE_IMMUTABLE_FILE_TEST, n)] == []
