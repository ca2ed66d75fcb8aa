# SPDX-License-Identifier: Apache-2.0
"""Markdown that somebody wrote on this site, as HTML that can do no harm."""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

TAGS = frozenset(
    {"p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "a"}
    | {"blockquote", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto"})


# A text is rendered at every view of its page and changes once a year.
@lru_cache(maxsize=32)
def prose_html(text: str) -> SafeString:
    """A text of the owner: headings, lists, tables, links. Its headings begin below the page's own.

    HTML in it is shown as it was typed; pictures are left out.
    """
    return sanitised(_reader().render(text))


def sanitised(html: str) -> SafeString:
    """Only the tags and attributes listed here; links lead to the web or to a mail."""
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel="noopener",
    )
    return mark_safe(clean)  # noqa: S308 that is what was just made sure of


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.core.ruler.push("lower_headings", _lower_headings)
    return reader


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
