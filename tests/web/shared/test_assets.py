# SPDX-License-Identifier: Apache-2.0
"""The tags that bring the built front end into a page."""

import json
import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template

MANIFEST = {
    "_shared.js": {"file": "shared-1.js", "css": ["shared-1.css"], "imports": ["_deep.js"]},
    "_deep.js": {"file": "deep-1.js"},
    "src/styles/icon.svg": {"file": "icon-1.svg"},
    "src/site.ts": {
        "file": "site-1.js",
        "isEntry": True,
        "css": ["site-1.css", "shared-1.css"],
        "imports": ["_shared.js", "_deep.js"],
        "dynamicImports": ["src/lazy.ts"],
    },
    "src/lazy.ts": {"file": "lazy-1.js"},
}


@pytest.fixture
def built(tmp_path, settings):
    settings.ASSETS = tmp_path
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST))
    return path


def render(text):
    return Template("{% load assets %}" + text).render(Context())


def test_an_entry_brings_its_sheets_its_imports_and_itself_once_each(built):
    assert render('{% asset "src/site.ts" %}').splitlines() == [
        '<link rel="stylesheet" href="/static/shared-1.css">',
        '<link rel="stylesheet" href="/static/site-1.css">',
        '<link rel="modulepreload" href="/static/deep-1.js">',
        '<link rel="modulepreload" href="/static/shared-1.js">',
        '<script type="module" src="/static/site-1.js"></script>',
    ]


def test_a_single_file_has_an_address(built):
    assert render('{% asset_url "src/styles/icon.svg" %}') == "/static/icon-1.svg"


def test_a_rebuild_under_a_running_site_leaves_pages_with_the_files_it_knows(built):
    pages = '{% asset "src/site.ts" %} {% asset_url "src/styles/icon.svg" %}'
    before = render(pages)
    built.write_text(built.read_text().replace("-1.", "-2."))
    os.utime(built, ns=(1, 1))
    assert render(pages) == before
    built.unlink()
    assert render(pages.replace("site.ts", "lazy.ts")).endswith(before.splitlines()[-1][-18:])


def test_an_unknown_entry_is_named_with_those_there_are(built):
    with pytest.raises(
        ImproperlyConfigured, match=r"'src/other\.ts'; its entries are src/site\.ts"
    ):
        render('{% asset "src/other.ts" %}')


def test_a_front_end_that_was_not_built_says_how_to_build_it(tmp_path, settings):
    settings.ASSETS = tmp_path / "absent"
    with pytest.raises(ImproperlyConfigured, match="make setup"):
        render('{% asset "src/site.ts" %}')
