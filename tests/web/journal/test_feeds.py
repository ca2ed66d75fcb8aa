# SPDX-License-Identifier: Apache-2.0
"""The feed as a feed reader takes it."""

import uuid
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from hipfirst.web.journal.feeds import ENTRIES
from hipfirst.web.library.actions import pack_load
from hipfirst.web.library.models import Document
from hipfirst.web.site.models import SiteSettings
from web.journal.test_articles import JournalFolder

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "/journal/feed.atom"


@pytest.fixture
def folder(tmp_path):
    """Three articles from different days."""
    made = JournalFolder(tmp_path / "small").exercise("march").bake("march")
    made.article("old", "Old.", title="Old", published="2026-01-01")
    made.article("changed", "New.", published="2026-02-01", updated="2026-06-01")
    made.article("new", "New.", title="New & <b>bold</b>", published="2026-03-01")
    pack_load(made.root)
    return made


def feed(client, **options):
    return ET.fromstring(client.get(ADDRESS, **options).content)


def entries(client):
    return feed(client).findall(f"{ATOM}entry")


def said(entry, name):
    return entry.find(f"{ATOM}{name}").text


def test_it_is_atom(client, folder):
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "max-age" in answer["Cache-Control"]
    root = feed(client)
    assert root.tag == f"{ATOM}feed"
    for name in ("title", "id", "updated"):
        assert said(root, name)
    (itself,) = (each for each in root.findall(f"{ATOM}link") if each.get("rel") == "self")
    assert itself.get("href") == f"http://testserver{ADDRESS}"


def test_it_bears_the_name_of_the_site(client, folder):
    assert said(feed(client), "title") == "Journal of Hipfirst"
    SiteSettings.objects.create(pk=SiteSettings.ONLY, name="Knees & Co")
    assert said(feed(client), "title") == "Journal of Knees & Co"


def test_every_entry_has_what_a_reader_needs(client, folder):
    for entry in entries(client):
        for name in ("title", "id", "updated", "published", "summary"):
            assert said(entry, name)
        assert entry.find(f"{ATOM}author/{ATOM}name").text == "Ada Example"
        assert client.get(entry.find(f"{ATOM}link").get("href")).status_code == 200
        for name in ("updated", "published"):
            assert datetime.fromisoformat(said(entry, name)).tzinfo is not None


def test_the_newest_comes_first_and_says_when_it_changed(client, folder):
    found = entries(client)
    assert [said(entry, "title") for entry in found][::2] == ["New & <b>bold</b>", "Old"]
    assert said(found[1], "published").startswith("2026-02-01")
    assert said(found[1], "updated").startswith("2026-06-01")
    assert said(feed(client), "updated").startswith("2026-06-01")


def test_ids_are_stable_unique_and_know_no_host(client, folder, settings):
    settings.ALLOWED_HOSTS = ["testserver", "knees.example"]
    before = [said(entry, "id") for entry in entries(client)]
    Document.objects.filter(slug="old").update(title="Another title")
    elsewhere = feed(client, headers={"Host": "knees.example"}).findall(f"{ATOM}entry")
    assert [said(entry, "id") for entry in elsewhere] == before
    assert len(set(before)) == 3
    assert all(uuid.UUID(each) for each in before)
    assert elsewhere[0].find(f"{ATOM}link").get("href").startswith("http://knees.example/")


def test_what_is_withdrawn_is_no_entry(client, folder):
    Document.objects.filter(slug="old").update(published=False)
    assert len(entries(client)) == 2


def test_a_long_journal_is_cut(client, folder):
    for n in range(ENTRIES):
        folder.article(f"more-{n}", "More.", published="2026-05-01")
    pack_load(folder.root)
    assert len(entries(client)) == ENTRIES


def test_every_page_names_the_feed(client, folder):
    html = client.get("/journal/").content.decode()
    assert f'type="application/atom+xml" title="Hipfirst" href="{ADDRESS}"' in html


def test_an_empty_journal_has_a_feed(client, db):
    assert entries(client) == []
    assert said(feed(client), "updated")
