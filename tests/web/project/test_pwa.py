# SPDX-License-Identifier: Apache-2.0
"""What makes the site installable: the worker at the root, the manifest, its icons."""

from __future__ import annotations

import re
import shutil
import struct

import pytest
from django.conf import settings
from django.test import override_settings

from hipfirst.web.shared.templatetags.assets import asset_url

ICON = re.compile(r"(\d+)x(\d+)")


def body(answer):
    return answer.content if not answer.streaming else b"".join(answer.streaming_content)


def test_the_worker_lies_at_the_root_and_is_always_asked_for(stranger):
    answer = stranger.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert b"/offline/" in answer.content


def test_what_the_worker_fetches_before_it_is_used_is_small_and_there(stranger):
    script = stranger.get("/sw.js").content.decode()
    urls = re.findall(r'"url":"([^"]+)"', script)
    names = [re.sub(r"-[\w-]{8}\.", ".", url) for url in urls]
    assert {"/static/site.js", "/static/site.css", "/static/icon.svg"} <= set(names)
    sizes = [len(body(stranger.get(url))) for url in urls]
    assert min(sizes) > 0
    # The figure and the player come with a kept session, and not before.
    assert sum(sizes) < 250_000


def test_a_build_without_a_worker_has_none(stranger, tmp_path):
    shutil.copy(settings.ASSETS / "manifest.json", tmp_path)
    with override_settings(ASSETS=tmp_path):
        assert stranger.get("/sw.js").status_code == 404


def test_the_manifest_says_what_is_installed(stranger):
    answer = stranger.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["display"] == "standalone"
    assert manifest["name"].startswith("Hipfirst")
    assert stranger.get(manifest["start_url"]).status_code == 200
    assert {shortcut["url"] for shortcut in manifest["shortcuts"]} == {"/offline/"}
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_every_icon_has_the_size_it_claims(stranger):
    for icon in stranger.get("/manifest.webmanifest").json()["icons"]:
        picture = body(stranger.get(icon["src"]))
        claimed = tuple(map(int, ICON.match(icon["sizes"]).groups()))
        assert picture.startswith(b"\x89PNG")
        assert struct.unpack(">II", picture[16:24]) == claimed


@pytest.mark.parametrize("path", ["/", "/library/", "/offline/"])
def test_every_page_names_the_manifest(stranger, starter, path):
    page = stranger.get(path).content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert f'href="{asset_url("src/icons/icon-touch-180.png")}"' in page


def test_the_offline_page_is_the_same_for_everybody(ada, stranger):
    mine, theirs = (each.get("/offline/") for each in (ada, stranger))
    assert mine.content == theirs.content
    assert not mine.cookies
    assert "no-store" not in mine["Cache-Control"]
