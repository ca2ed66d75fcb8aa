# SPDX-License-Identifier: Apache-2.0
"""From what somebody typed to what is safe to show: light Markdown, then an explicit list of tags.

The parser knows no HTML, headings or pictures; what it writes is sanitised all the same. Either
alone would do.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt

TAGS = frozenset(
    {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"},
)
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}
SCHEMES = frozenset({"http", "https"})
REL = "nofollow ugc noopener noreferrer"
"""Search engines give such a link no weight, and the page behind it learns nothing."""
RULES = ("list", "blockquote", "fence", "newline", "escape", "backticks", "emphasis", "link")
"""What of Markdown is understood, beside paragraphs; `autolink` and `entity` are added below."""
DEEPEST = 20
"""Quotes in quotes and lists in lists: a list and its entry count as two."""
MARKUP_VERSION = 1
"""One more whenever any of this makes other HTML of the same words: all comments are made anew."""

_UNSEEN = re.compile(
    # Control characters but tab and newline; marks that turn the direction of what follows; halves
    # of characters, which no database takes.
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that look like nothing."""
_ENDS = (
    "com|net|org|info|io|co|biz|xyz|top|shop|store|site|online|app|dev|page|link|click|club|live"
    "|news|blog|health|fitness|fit|care|clinic|vip|pro|tech|space|website|today|world|life|guru"
    "|ly|gl|gg|tv|cc|ws|ai|eu|uk|de|at|ch|fr|es|pt|nl|lu|dk|se|fi|pl|cz|sk|hu|ro|bg|gr|hr|si|rs"
    "|ua|ru|by|su|kz|tr|il|ir|pk|cn|hk|tw|jp|kr|vn|th|ph|id|au|nz|ca|mx|br|ar|cl|pe|za|ng|ke|eg"
    "|ie|lt|lv|ee|mk|al|ge|am|az|md|tk|ml|ga|cf|gq|pw|icu|cfd|sbs|buzz|rocks|fun|win|bid|asia"
)
_WORD_ENDS = "us|me|it|is|in|to|no|so|be|my|as|do|la|fm|sh"
"""Words as well, with a capital where they begin a sentence."""
_LABEL = r"(?<![\w-])(?=[\w-]*[^\W\d_])[\w-]+\."
"""With a letter: 5.co is no host."""
_ADDRESS = re.compile(
    rf"https?:|www\.|{_LABEL}(?:(?:{_ENDS})\b|(?-i:{_WORD_ENDS})\b|[^\W\d_]{{2,}}/)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """What was typed, with one kind of line break and without what nobody can see."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", lines).strip()


def comment_html(body: str) -> str:
    """HTML that is safe to show, with no tag or attribute but those above.

    Where the marks leave nothing to be seen of some words, such as "3.", the start of a list, they
    stay as they were typed.
    """
    html = _cleaned(_MARKDOWN.render(body))
    if has_words(html) or not any(map(_is_word, unescape(body))):
        return html
    return _cleaned(f"<p>{escape(body)}</p>")


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_only_addresses,
        url_schemes=set(SCHEMES),
        link_rel=REL,
        strip_comments=True,
    )


def has_address(body: str) -> bool:
    """Whether it leads elsewhere, by a link or by an address to be typed off."""
    return "<a " in comment_html(body) or _ADDRESS.search(body) is not None


def hosts_in(body: str) -> tuple[str, ...]:
    """Where its links and typed addresses lead, each as often as it stands there."""
    html = comment_html(body)
    links = [unescape(href) for href in re.findall(r'<a [^>]*?href="([^"]*)"', html)]
    typed = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<a .*?</a>", " ", html, flags=re.DOTALL)))
    links += [each for each in re.split(r"[\s<>()\[\]\"',;]+", typed) if _ADDRESS.search(each)]
    hosts = [re.sub(r"^(?:https?:)?/*", "", link, flags=re.IGNORECASE) for link in links]
    return tuple(re.split(r"[/?#]", host)[0].strip(".:!*_").lower() for host in hosts)


def has_words(html: str) -> bool:
    """Whether anything can be seen: letters, digits or signs, not only blanks and empty boxes."""
    text = unescape(re.sub(r"<[^>]+>", " ", html))
    return any(_is_word(c) or unicodedata.category(c)[0] in "PS" for c in text if c not in _BLANK)


def _is_word(character: str) -> bool:
    return character not in _BLANK and unicodedata.category(character)[0] in "LN"


def excerpt(html: str, longest: int) -> str:
    """The words of a comment without its marks, cut at a word: for a mail or a list."""
    text = unescape(re.sub(r"<[^>]+>", " ", html))
    words = " ".join(text.split())
    if len(words) <= longest:
        return words
    return words[: longest - 1].rsplit(" ", 1)[0] + "…"


def is_address(url: str) -> bool:
    """Whether it is a whole http or https address of some host."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    whole = parts.scheme in SCHEMES and url.lower().startswith(f"{parts.scheme}://")
    return whole and bool(host) and "@" not in parts.netloc


def _only_addresses(tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or is_address(value) else None


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": DEEPEST})
    parser.enable([*RULES, "autolink", "entity"])
    # What is no such address stays as it was typed.
    parser.validateLink = is_address  # type: ignore[method-assign]
    return parser


_MARKDOWN = _parser()
