# SPDX-License-Identifier: Apache-2.0
"""What the site keeps about a person, seen and erased by that person."""

from __future__ import annotations

import json

import pytest

DRAWS_FIGURE = False


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_kept_is_shown_and_erased(page, start_run, shot, assert_accessible):
    run = start_run(page)
    page.goto("/privacy/")
    assert_accessible(page)
    shot(page, "privacy-kept", full=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download my data").click()
    copy = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert copy["runs"][0]["id"] in run
    page.get_by_role("button", name="Erase what this site keeps").click()
    page.wait_for_url("**/privacy/?erased")
    assert page.get_by_role("status").get_by_text("Erased.").is_visible()
    assert_accessible(page)
    shot(page, "privacy-erased", full=True)
    assert page.context.request.get(run).status == 404
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0


def test_a_page_that_is_not_there_has_the_look_of_the_site(page, faults, shot, assert_accessible):
    page.goto("/no-such-page/")
    assert page.get_by_role("heading", name="There is no such page").is_visible()
    assert_accessible(page)
    shot(page, "not-found")
    faults.expect("404")
