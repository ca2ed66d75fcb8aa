# SPDX-License-Identifier: Apache-2.0
"""Whatever somebody types, what is shown has no tag, attribute or address but those allowed.

Each answer is read back by a parser and held against the list, not searched for bad words.
"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.web.journal.comment_actions import comment_write
from hipfirst.web.journal.comment_errors import BadText
from hipfirst.web.journal.markup import (
    REL,
    comment_html,
    excerpt,
    has_address,
    has_words,
    is_address,
    plain,
)

ALLOWED = {
    "p": set(),
    "br": set(),
    "em": set(),
    "strong": set(),
    "ul": set(),
    "ol": set(),
    "li": set(),
    "blockquote": set(),
    "code": set(),
    "pre": set(),
    "a": {"href", "rel"},
}

VECTORS = [
    # Scripts, plain and in disguise
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://e.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<SCRIPT>alert(1);//<</SCRIPT>",
    "<script\x20type='text/javascript'>alert(1)</script >",
    "<script/x>alert(1)</script/x>",
    "<script\n>alert(1)</script\n>",
    "<script\x00>alert(1)</script>",
    "<\x00script>alert(1)</script>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<\u017fcript>alert(1)</\u017fcript>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    # Event handlers
    "<img src=x onerror=alert(1)>",
    "<img src=x:x onerror\n=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<body onload=alert(1)>",
    "<p onmouseover=alert(1)>over</p>",
    "<a onclick=alert(1) href=https://e.example>x</a>",
    "<a href=https://e.example onfocus=alert(1) autofocus tabindex=1>x</a>",
    "<details open ontoggle=alert(1)>x</details>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<select onfocus=alert(1) autofocus></select>",
    "<p/onclick=alert(1)>x",
    # SVG, MathML, templates
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'/></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><maction actiontype='statusline' xlink:href='javascript:alert(1)'>x</maction></math>",
    "<template><script>alert(1)</script></template>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    # Frames, objects, forms, metadata
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<base href=https://e.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=https://e.example/x.css>",
    "<style>@import 'https://e.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<div class=message id=comments>x</div>",
    # Links of Markdown
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](&#106;&#97;&#118;&#97;script:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](&#0000106avascript:alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](javascript%3Aalert(1))",
    "[x](javascript:%61lert(1))",
    "[x](javascript://e.example/%0Aalert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml;base64,PHN2Zy8+)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://e.example/1)",
    "[x](//e.example)",
    "[x](/account/logout/)",
    "[x](\\\\e.example)",
    "[x](https:e.example)",
    "[x](https:///e.example)",
    "[x](https://good.example@e.example)",
    "[x](https://good.example\\@e.example)",
    "[x](https://e.example:99999)",
    '[x](https://e.example "onmouseover=alert(1)")',
    "[x](https://e.example 'title' onclick=alert(1))",
    '[x](https://e.example"onmouseover="alert(1))',
    "[x](https://e.example/<script>alert(1)</script>)",
    "[<img src=x onerror=alert(1)>](https://e.example)",
    "[x](https://e.example/&quot;onclick=alert(1)&quot;)",
    "[a](https://e.example)[b](javascript:alert(1))",
    "[[a](https://e.example)](javascript:alert(1))",
    "![x](https://e.example/spy.png)",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://e.example/x.png)',
    "[x]: javascript:alert(1)\n\n[x]",
    "[x]: <javascript:alert(1)> 'title'\n\n[x][x]",
    "<javascript:alert(1)>",
    "<JAVASCRIPT:alert(1)>",
    "<data:text/html,x>",
    '<https://e.example/"onclick=alert(1)>',
    "<https://e.example/'><script>alert(1)</script>",
    "<mailto:a@e.example?body=<script>>",
    # Entities and other leftovers
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3C;img src=x onerror=alert(1)&#x3E;",
    "`<script>alert(1)</script>`",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    '``` "><script>alert(1)</script>\nx\n```',
    "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>",
    "1. <svg onload=alert(1)>",
    "# <script>alert(1)</script>",
    "<script>\n\nalert(1)\n\n</script>",
    "*<script>*alert(1)*</script>*",
    "\\<script>alert(1)\\</script>",
    "{{7*7}} {% load x %} ${7*7}",
    "\u202e<script>\u202c",
    "\ufeff<script>alert(1)</script>",
    "a\u2028<script>alert(1)</script>",
    "\ud800<script>alert(1)</script>",
]


class Reader(HTMLParser):
    """What a browser would find: every tag with its attributes, and what is left as text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.texts, self.other = [], [], []
        self.open = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_safe(body):
    reader = Reader(html := comment_html(plain(body)))
    assert reader.other == []
    assert reader.open == []
    for tag, attributes in reader.tags:
        assert tag in ALLOWED, html
        assert set(attributes) <= ALLOWED[tag], html
        if tag == "a":
            assert attributes["rel"] == REL
            assert "href" not in attributes or is_address(attributes["href"]), html
            assert attributes.get("href", "https://").lower().startswith(("https://", "http://"))
    return reader


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_no_vector_leaves_more_than_words(vector):
    assert_safe(vector)


def test_there_are_many_vectors_and_none_twice():
    assert len(set(VECTORS)) == len(VECTORS) >= 60


@pytest.mark.parametrize("vector", [v for v in VECTORS if "(javascript:alert" in v.lower()])
def test_a_link_that_is_none_stays_as_it_was_typed(vector):
    reader = assert_safe(vector)
    assert not any("javascript" in str(attributes).lower() for _tag, attributes in reader.tags)
    assert "javascript" in "".join(reader.texts).lower()


PIECES = st.sampled_from(
    [v for v in VECTORS if len(v) < 60]
    + [
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "*",
        "**",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "&",
        ";",
    ]
    + [
        "https://",
        "javascript:",
        "x",
        " ",
        "\t",
        "\\",
        '"',
        "'",
        "=",
        "#x3c;",
        "!",
        "\x00",
        "\u202e",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_no_mixture_of_vectors_does(body):
    assert_safe(body)


@given(st.text(max_size=300))
def test_no_text_does(body):
    assert_safe(body)


@given(
    st.sampled_from(["javascript", "vbscript", "data", "file", "blob", "ftp", "ws", "about"]),
    st.data(),
)
def test_no_spelling_of_another_scheme_is_a_link(scheme, data):
    spelt = "".join(
        data.draw(
            st.sampled_from(
                [c, c.upper(), f"&#{ord(c)};", f"&#x{ord(c):x};", f"%{ord(c):02x}", f"\t{c}"]
            )
        )
        for c in scheme
    )
    colon = data.draw(st.sampled_from([":", "&colon;", "&#58;", "\\:", "%3a"]))
    reader = assert_safe(f"[x]({spelt}{colon}//e.example/1) <{spelt}{colon}//e.example/1>")
    assert not any(tag == "a" for tag, _attributes in reader.tags)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Two *words*, **three**.", "<p>Two <em>words</em>, <strong>three</strong>.</p>"),
        ("a\nb\n\nc", "<p>a<br>\nb</p>\n<p>c</p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("# No heading", "<p># No heading</p>"),
        ("3 < 4 & 5", "<p>3 &lt; 4 &amp; 5</p>"),
        (
            "[a](https://a.example/?b=1&c=2)",
            f'<p><a href="https://a.example/?b=1&amp;c=2" rel="{REL}">a</a></p>',
        ),
    ],
)
def test_light_markdown(body, html):
    assert comment_html(body).strip() == html


@given(st.text(max_size=200))
def test_plain_is_plain_once_and_for_all(text):
    once = plain(text)
    assert plain(once) == once
    assert "\x00" not in once
    once.encode()


@pytest.mark.parametrize(
    "body",
    [
        "[a](https://a.example)",
        "http://x",
        "www.a.example",
        "see a.shop",
        "buy-knee.de/now",
        "t.me/pills",
        "bit.ly/abc",
        "look at knee-pills.de",
        "pills.example/buy",
        "KNEE-PILLS.COM",
        "übung.at",
        "sub.pills.co.uk",
    ],
)
def test_an_address_is_seen(body):
    assert has_address(body)


@pytest.mark.parametrize(
    "body",
    [
        "3.5 kg",
        "e.g. stairs",
        "Up.Then down",
        "[a](b)",
        "a@b",
        "5.co",
        "up and/or down",
        "It hurts.It is fine.",
        "10.30/11.30",
        "i.e./or",
        "left...right",
    ],
)
def test_no_address_is_seen_where_there_is_none(body):
    assert not has_address(body)


def test_an_excerpt_is_words_cut_at_a_word():
    assert excerpt("<p>One &amp; <em>two</em></p>", 100) == "One & two"
    assert excerpt("<p>one two three</p>", 9) == "one two…"
    assert len(excerpt("<p>" + "word " * 100 + "</p>", 50)) <= 50


def test_deep_lists_and_quotes_keep_their_words():
    listed = "- a\n  - b\n    - c\n      - d\n        - e"
    assert excerpt(comment_html(listed), 100) == "a b c d e"
    assert excerpt(comment_html(">" * 9 + " word"), 100) == "word"


@pytest.mark.parametrize("body", ["3.", "1)", ">" * 30 + " a <b>", "```sets\n```"])
def test_words_that_marks_would_swallow_stay_as_typed(body):
    assert excerpt(comment_html(body), 100) == " ".join(body.split())


@pytest.mark.parametrize("body", ["a", "3", "👍", "?", "**b**", "&amp;", "3."])
def test_what_can_be_seen_has_words(body):
    assert has_words(comment_html(body))


@pytest.mark.parametrize(
    "body",
    ["", "\u200b\u200d", "&nbsp;", "&#8203;&nbsp;", "\u3164", "> ", "- \n- ", ">" * 9],
)
def test_what_nobody_can_see_has_none(body):
    assert not has_words(comment_html(body))


@pytest.mark.parametrize("body", ["\u200b\u200d", "&nbsp;", "> &#8203;"])
def test_what_nobody_can_see_is_refused(body, mia, bridge):
    with pytest.raises(BadText, match="Nothing was written"):
        comment_write(account=mia, document=bridge, body=body)
