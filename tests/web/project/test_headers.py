# SPDX-License-Identifier: Apache-2.0
"""What every answer carries: policy, isolation, a caching rule, and no compression of secrets."""

from __future__ import annotations

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from hipfirst.web.project.settings import WHITENOISE_IMMUTABLE_FILE_TEST

SESSION = "/sessions/build-lower-body-detail/"
PAGES = ["/", "/library/", SESSION, "/exercises/clam/", "/privacy/", "/no-such-page/", "PLAY"]
EVERYTHING = [*PAGES, "/i18n.js", "/robots.txt", "/healthz", "/api/openapi.json", "/api/none"]
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
    assert "Server" not in answer


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_nothing_inline(open_page, path):
    page = open_page(path).content.decode()
    assert not re.findall(r"\sstyle=|<style|\son\w+=|javascript:", page)
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page)
    assert all('type="application/json"' in attributes for attributes in inline)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_no_other_site(open_page, path):
    page = open_page(path).content.decode()
    loaded = re.findall(r'<(?:script|img|link|iframe|source|video)[^>]*"(https?:)?//', page)
    assert loaded == []


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


def test_over_https_cookies_stay_there(open_page):
    with override_settings(SECURE_HSTS_SECONDS=31_536_000):
        assert "max-age" in open_page("/", secure=True)["Strict-Transport-Security"]


def test_every_built_file_has_a_name_that_changes_with_it():
    names = [name for finder in finders.get_finders() for name, _storage in finder.list([])]
    built = [n for n in names if not n.endswith(("manifest.json", ".br", ".gz"))]
    assert built
    assert [n for n in built if not re.search(WHITENOISE_IMMUTABLE_FILE_TEST, n)] == []
