# SPDX-License-Identifier: Apache-2.0
"""One address of a page wherever it is said."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from hipfirst.web.shared.addresses import whole_url

KNOWN_AS = "https://knees.example"
STORY = "/journal/aching-knees-strong-hips/"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_host_that_was_asked_where_nobody_said_an_address(rf, settings):
    settings.SITE_URL = ""
    assert whole_url(rf.get("/a/"), "/b/") == "http://testserver/b/"
    assert whole_url(rf.get("/a/", secure=True), "/b/") == "https://testserver/b/"


def test_where_the_site_listens_where_nobody_asks(settings):
    settings.SITE_URL, settings.LISTENS_URL = "", "http://127.0.0.1:8123"
    assert whole_url(None, "/b/") == "http://127.0.0.1:8123/b/"


def test_the_address_that_the_operator_said_comes_first(rf, settings):
    settings.SITE_URL = KNOWN_AS
    assert whole_url(rf.get("/a/"), "/b/") == whole_url(None, "/b/") == f"{KNOWN_AS}/b/"


@pytest.mark.django_db
def test_head_data_feed_sitemap_and_robots_say_the_same_host(client, starter, settings):
    settings.SITE_URL = KNOWN_AS
    html = client.get(STORY).content.decode()
    assert f'<link rel="canonical" href="{KNOWN_AS}{STORY}">' in html
    assert f'<meta property="og:image" content="{KNOWN_AS}/media/' in html
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert json.loads(data[1])["url"] == f"{KNOWN_AS}{STORY}"
    assert json.loads(data[1])["image"].startswith(f"{KNOWN_AS}/media/")
    feed = ET.fromstring(client.get("/journal/feed.atom").content)
    assert {link.get("href").startswith(KNOWN_AS) for link in feed.iter(f"{ATOM}link")} == {True}
    places = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert {place.startswith(f"{KNOWN_AS}/") for place in places} == {True}
    assert f"Sitemap: {KNOWN_AS}/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert "testserver" not in html


@pytest.mark.django_db
def test_mails_of_the_entrance_say_it_too(client, settings, mailoutbox):
    settings.SITE_URL = KNOWN_AS
    client.post("/account/login/code/", {"email": "nobody@example.org"})
    (letter,) = mailoutbox
    assert f"{KNOWN_AS}/account/signup/" in letter.body
    assert "testserver" not in letter.body
