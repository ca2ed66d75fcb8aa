# SPDX-License-Identifier: Apache-2.0
"""A card that the text of another names is a link that reads like a study."""

from __future__ import annotations

from hipfirst.web.library.templatetags.cards import see_cards


def test_named_cards_are_links():
    html = see_cards("Less was found (see van-cant-2014 and hott-2019).")
    assert '<a href="/evidence/van-cant-2014/">Van Cant 2014</a> and ' in html
    assert '<a href="/evidence/hott-2019/">Hott 2019</a>).' in html


def test_all_else_is_text():
    assert see_cards("<b>x</b> (see <i>hott-2019</i>) well-known 4-week") == (
        "&lt;b&gt;x&lt;/b&gt; (see &lt;i&gt;hott-2019&lt;/i&gt;) well-known 4-week"
    )


def test_no_page_shows_the_name_of_a_file(client, starter):
    page = client.get("/evidence/ferber-2015/").content.decode()
    assert "(see " not in page or 'href="/evidence/' in page
    assert "(see hott-2019)" not in client.get("/evidence/dolak-2011/").content.decode()
