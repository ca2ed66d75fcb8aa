# SPDX-License-Identifier: Apache-2.0
"""Files of packs: cached for ever, and nothing but what the index knows."""

import gzip

import brotli
import pytest

from hipfirst.web.library.actions import pack_load
from hipfirst.web.library.models import Document, PackFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def urls(folder):
    """Addresses of the clip and still of a baked movement."""
    pack_load(folder.exercise("march").bake("march").root)
    facts = Document.objects.get().facts
    return {kind: f"/media/packs/small/{facts[kind]}" for kind in ("clip", "still")}


@pytest.mark.parametrize(
    ("kind", "content", "content_type"),
    [("still", b"RIFF still", "image/webp"), ("clip", b'{"format": 1}', "application/json")],
)
def test_a_file_is_served_for_ever(client, urls, kind, content, content_type):
    response = client.get(urls[kind])
    assert (response.status_code, response.content) == (200, content)
    assert response["Content-Type"] == content_type
    assert response["Cache-Control"] == "max-age=31536000, immutable, public"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_who_has_it_already_gets_nothing_again(client, urls):
    etag = client.get(urls["still"])["ETag"]
    again = client.get(urls["still"], headers={"If-None-Match": f'"x", {etag}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert client.get(urls["still"], headers={"If-None-Match": '"x"'}).status_code == 200


def test_head_answers_without_a_body(client, urls):
    response = client.head(urls["still"])
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip")])
def test_a_clip_travels_compressed(client, urls, accepted, encoding):
    response = client.get(urls["clip"], headers={"Accept-Encoding": accepted})
    assert response["Content-Encoding"] == encoding
    assert "Accept-Encoding" in response["Vary"]
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding]
    assert unpack(response.content) == b'{"format": 1}'


def test_a_picture_is_not_compressed_twice(client, urls):
    response = client.get(urls["still"], headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in response


@pytest.mark.parametrize(
    "path",
    [
        "/media/packs/small/pack.yaml",
        "/media/packs/small/march.webp",
        "/media/packs/small/..%2f..%2fpack.yaml",
        "/media/packs/small/%2e%2e/pack.yaml",
        "/media/packs/small/a%00b",
        "/media/packs/other/march.webp",
        "/media/packs/small/",
    ],
)
def test_what_the_index_does_not_know_is_not_there(client, urls, path):
    assert client.get(path).status_code == 404


def test_files_of_another_pack_are_not_under_this_one(client, urls, another):
    pack_load(another("other").exercise("lift").root)
    assert client.get(urls["still"].replace("small", "other")).status_code == 404


def test_a_file_goes_with_its_document(client, urls):
    Document.objects.update(published=False)
    assert client.get(urls["still"]).status_code == 404


def test_a_file_gone_from_the_disk_is_not_there(client, urls, folder):
    (folder.root / "baked" / "stills" / "march.webp").unlink()
    assert client.get(urls["still"]).status_code == 404


def test_only_reading_is_allowed(client, urls):
    assert client.post(urls["still"]).status_code == 405


def test_serving_a_file_takes_one_query(client, urls, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(urls["still"])
    assert PackFile.objects.count() == 2


def test_an_outdated_name_leads_to_what_took_its_place(client, urls):
    old = urls["clip"].replace(urls["clip"].split(".")[1], "0123456789abcdef")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (302, urls["clip"])
    assert "immutable" not in response.get("Cache-Control", "")
