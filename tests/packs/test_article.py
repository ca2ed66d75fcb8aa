# SPDX-License-Identifier: Apache-2.0
"""What is read from the text of an article."""

import pytest

from hipfirst.packs.article import Citation, Target, article_text

TEXT = """\
Sore knees[^sore] are common. Try the [clam](exercise:clam) and
the [short one](session:short), which work the [gluteus medius](muscle:gluteus-medius)[^hip].

## What differs?

![The **clam** lifts one knee.](exercise:clam)

- A list with [a card](evidence:dolak-2011).
- Said twice[^sore].

## What differs?

### And then

See [the check](/check/) and [a page](https://example.org/a?b=c).
"""


def test_headings_have_anchors_of_their_own():
    found = article_text(TEXT).headings
    assert [(each.level, each.anchor, each.line) for each in found] == [
        (2, "what-differs", 4),
        (2, "what-differs-2", 11),
        (3, "and-then", 13),
    ]


def test_links_stand_in_the_order_of_the_text_with_their_lines():
    assert [(each.address, each.line) for each in article_text(TEXT).links] == [
        ("exercise:clam", 1),
        ("session:short", 2),
        ("muscle:gluteus-medius", 2),
        ("evidence:dolak-2011", 8),
        ("/check/", 15),
        ("https://example.org/a?b=c", 15),
    ]


def test_what_is_mentioned_is_named_once():
    text = article_text(TEXT)
    assert text.mentioned("exercise") == ("clam",)
    assert text.mentioned("article") == ()


def test_citations_in_order():
    text = article_text(TEXT)
    assert [(each.claim, each.line) for each in text.citations] == [
        ("sore", 1),
        ("hip", 2),
        ("sore", 9),
    ]
    assert text.cited == ("sore", "hip")


def test_a_picture_has_a_caption_in_words():
    (picture,) = article_text(TEXT).pictures
    assert (picture.caption, picture.alone) == ("The clam lifts one knee.", True)


@pytest.mark.parametrize("text", ["So ![it](exercise:clam) is.", "- ![it](exercise:clam)"])
def test_a_picture_among_words_does_not_stand_alone(text):
    assert not article_text(text).pictures[0].alone


def test_words_are_those_that_are_read():
    assert article_text("Don't [say *more* than](exercise:clam) 43% here[^x].").words == 6


def test_a_line_that_begins_with_a_citation_is_text():
    assert article_text("[^x]: so it is").citations == (Citation("x", 1),)


def test_a_citation_inside_a_link_breaks_it():
    (broken,) = article_text("One\n[so[^x]](/check/)").broken
    assert (broken.text, broken.line) == ("](/check/)", 2)


def test_code_cites_nothing():
    assert article_text("Write `[^x]`.").citations == ()


def test_html_is_found_wherever_it_stands():
    raw = article_text("One <b>two</b>\nthree <!-- four -->\n\n<script>\nx\n</script>\n").raw
    assert [(each.text, each.line) for each in raw] == [
        ("<script>\nx\n</script>", 4),
        ("<b>", 1),
        ("</b>", 1),
        ("<!-- four -->", 2),
    ]


@pytest.mark.parametrize(
    ("address", "scheme", "rest"),
    [
        ("exercise:clam", "exercise", "clam"),
        ("JavaScript:alert(1)", "javascript", "alert(1)"),
        ("/a:b/", "", "/a:b/"),
        ("//host/", "", "//host/"),
    ],
)
def test_the_scheme_of_an_address(address, scheme, rest):
    target = Target(address, 1)
    assert (target.scheme, target.rest) == (scheme, rest)
