# SPDX-License-Identifier: Apache-2.0
"""What search engines are told: every public page, and nothing private."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from hipfirst.web.library.models import Document
from hipfirst.web.project.sitemap import SHOWN

pytestmark = pytest.mark.django_db
FOLDERS = ("sessions", "exercises", "programs", "journal", "evidence")
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def paths(client, **headers):
    root = ET.fromstring(client.get("/sitemap.xml", **headers).content)
    return [urlsplit(each.text).path for each in root.findall("s:url/s:loc", SPACE)]


@pytest.fixture
def kept_out(client):
    """Paths that robots.txt keeps out."""
    robots = client.get("/robots.txt").content.decode()
    return tuple(re.findall(r"^Disallow: (\S+)$", robots, re.MULTILINE))


def test_every_published_document_is_listed_once(client, starter):
    found = paths(client)
    assert len(found) == len(set(found))
    for kind, folder in zip(SHOWN, FOLDERS, strict=True):
        slugs = Document.objects.filter(kind=kind).values_list("slug", flat=True)
        assert slugs
        assert {f"/{folder}/{slug}/" for slug in slugs} <= set(found)


def test_what_is_listed_opens_for_a_stranger_and_is_kept_from_no_robot(client, starter, kept_out):
    for path in paths(client):
        assert client.get(path).status_code == 200, path
        assert not path.startswith(kept_out), path


def test_every_page_that_the_pages_lead_to_is_listed_or_kept_out(client, starter, kept_out):
    listed = set(paths(client))
    for path in ("/", "/library/", "/journal/", "/evidence/", "/exercises/clam/"):
        html = client.get(path).content.decode()
        led = {urlsplit(each).path for each in re.findall(r'<a [^>]*href="(/[^"]*)"', html)}
        beyond = {each for each in led - listed if not each.startswith(kept_out)}
        assert beyond <= {"/journal/feed.atom"}


def test_what_is_withdrawn_is_listed_no_more(client, starter):
    Document.objects.filter(slug="clam").update(published=False)
    assert "/exercises/clam/" not in paths(client)


@pytest.mark.parametrize("secret", ["/account/", "/behind/", "/check/", "/check/advice/"])
def test_what_is_personal_is_kept_from_robots(kept_out, secret):
    assert secret.startswith(kept_out)


def test_addresses_are_those_of_the_host_that_was_asked(client, starter, settings):
    settings.ALLOWED_HOSTS = ["knees.example"]
    answer = client.get("/sitemap.xml", headers={"Host": "knees.example"}, secure=True)
    assert b"<loc>https://knees.example/journal/</loc>" in answer.content
    robots = client.get("/robots.txt", headers={"Host": "knees.example"}, secure=True)
    assert b"Sitemap: https://knees.example/sitemap.xml" in robots.content


def test_a_change_is_dated(client, starter):
    root = ET.fromstring(client.get("/sitemap.xml").content)
    dated = [
        each for each in root.findall("s:url", SPACE) if each.find("s:lastmod", SPACE) is not None
    ]
    assert len(dated) == Document.objects.filter(kind__in=SHOWN).count()


def test_it_costs_two_queries(client, starter, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/sitemap.xml")
