# SPDX-License-Identifier: Apache-2.0
"""No word of the player escapes translation: the same language that nobody speaks, in a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from live import serve
from web.pseudo import LANGUAGE, OPEN, build, extract, outside

DRAWS_FIGURE = False

TESTS = Path(__file__).parents[1]
SPOKEN = """
() => {
  const found = [];
  const attributes = ["aria-label", "aria-description", "title", "alt", "placeholder"];
  const skip = new Set(["SCRIPT", "STYLE", "TEMPLATE", "CODE", "NOSCRIPT"]);
  const walk = (node, language) => {
    if (node.nodeType === Node.TEXT_NODE) found.push([node.data, language]);
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (skip.has(node.tagName)) return;
      language = node.getAttribute("lang") || language;
      for (const name of attributes) {
        if (node.hasAttribute(name)) found.push([node.getAttribute(name), language]);
      }
      // One message may go through several spans of a link.
      if (node.localName === "a" && !node.querySelector(":not(span), [lang]")) {
        found.push([node.textContent, language]);
        return;
      }
      if (node.shadowRoot) walk(node.shadowRoot, language);
    }
    for (const child of node.childNodes) walk(child, language);
  };
  walk(document.documentElement, "");
  return found;
}
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The real site in the pseudo-language."""
    folder = tmp_path_factory.mktemp("pseudo")
    locale = build(folder, extract(folder))
    site = serve(
        folder / "data",
        DJANGO_SETTINGS_MODULE="pseudo_settings",
        HIPFIRST_PSEUDO=str(locale),
        PYTHONPATH=str(TESTS),
    )
    yield site
    site.stop()


@pytest.fixture
def context(new_context):
    return new_context(locale=LANGUAGE, extra_http_headers={"Accept-Language": LANGUAGE})


def strings(value):
    """Every text inside a JSON value."""
    if isinstance(value, str):
        return {value}
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(strings, inner))


def without(text, known):
    """The text without what stands word for word in a document."""
    for each in sorted(known, key=len, reverse=True):
        text = text.replace(each, "")
    return text


def assert_all_translated(page):
    payload = page.locator("#payload")
    timeline = json.loads(payload.text_content())["timeline"] if payload.count() else {}
    known = {each for each in strings(timeline) if len(each) > 2}
    texts = page.evaluate(SPOKEN)
    # A single letter names a key.
    ours = {text for text, language in texts if language == LANGUAGE and len(text.strip()) > 1}
    assert {text.strip() for text in ours if outside(without(text, known))} == set()
    assert sum(OPEN in text for text, _language in texts) > 5


def test_no_word_of_the_player_escapes(page, start_run):
    start_run(page)
    page.wait_for_selector("hipfirst-player")
    page.wait_for_timeout(1000)
    assert_all_translated(page)
    page.keyboard.press("Space")
    page.wait_for_timeout(1000)
    assert_all_translated(page)
    page.keyboard.press("?")
    page.wait_for_timeout(500)
    assert_all_translated(page)
    page.keyboard.press("Escape")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert_all_translated(page)


@pytest.mark.parametrize("path", ["/", "/exercises/clam/", "/library/"])
def test_no_word_that_scripts_write_escapes(page, path):
    page.goto(path)
    page.wait_for_timeout(1500)
    assert_all_translated(page)
