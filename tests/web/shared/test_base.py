# SPDX-License-Identifier: Apache-2.0
"""The frame of every page."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cookie", "theme"),
    [
        (None, "system"),
        ("light", "light"),
        ("dark", "dark"),
        ("neon", "system"),
        ('"><b', "system"),
    ],
)
def test_a_page_arrives_in_the_chosen_colours(client, cookie, theme):
    if cookie is not None:
        client.cookies["theme"] = cookie
    assert f'data-theme="{theme}"' in client.get("/").content.decode()


def test_a_page_has_what_every_page_needs(client):
    html = client.get("/").content.decode()
    assert '<html lang="en"' in html
    assert '<a class="skip-link" href="#content">' in html
    assert '<main id="content"' in html
    assert "it never diagnoses" in html
    assert 'href="/privacy/"' in html


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client, starter):
    for path in ("/", "/library/", "/sessions/build-lower-body-detail/", "/exercises/clam/"):
        html = client.get(path).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
        scripts = re.findall(r"<script[^>]*>", html)
        assert all("src=" in tag or "application/ld+json" in tag for tag in scripts)
        assert not re.search(r'(?:src|srcset)="(?:https?:)?//', html)
        # The page's own address is no request.
        assert not re.search(r'<link(?! rel="canonical")[^>]+href="(?:https?:)?//', html)
