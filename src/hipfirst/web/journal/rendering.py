# SPDX-License-Identifier: Apache-2.0
"""The text of an article as HTML: every tag is written here, and sanitised all the same."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import nh3
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from hipfirst.packs.article import Target, article_text
from hipfirst.packs.check_article import may_lead

Env = MutableMapping[str, Any]
SECTION = "s-"
"""Before the anchor of every heading, so that it is never the id of something else on the page."""
TAGS = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "br", "pre", "code"}
    | {"em", "strong", "a", "sup", "span", "div", "button"}
    | {"figure", "figcaption", "picture", "source", "img"}
)
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class", "lang"},
    "a": {"href", "rel", "data-cite", "aria-describedby"},
    "ol": {"start"},
    "div": {"data-figure"},
    "button": {"type", "hidden", "data-figure-control", "aria-pressed"},
    "source": {"srcset", "media"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
}


@dataclass(frozen=True)
class Pictured:
    """A movement as a figure in a text: addresses; empty where there is none."""

    name: str
    url: str
    still_url: str
    animation_url: str
    language: str


@dataclass(frozen=True)
class Surroundings:
    """What a text refers to, as far as it is published."""

    urls: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(kind, slug) -> address."""
    pictures: Mapping[str, Pictured] = field(default_factory=dict)
    """By the slug of the movement."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Claim -> its number."""


@dataclass(frozen=True)
class Rendered:
    html: SafeString
    marks: Mapping[str, tuple[str, ...]]
    """Claim -> ids of the places that cite it, for the way back."""


def article_html(body: str, around: Surroundings) -> Rendered:
    """Links to what is not published, addresses that are not allowed and HTML become plain text."""
    text = article_text(body)
    anchors = {heading.line: heading.anchor for heading in text.headings}
    env: dict[str, Any] = {"around": around, "anchors": anchors, "marks": {}, "open": []}
    raw = _MARKDOWN.renderer.render(text.tokens, _MARKDOWN.options, env)
    clean = nh3.clean(
        raw,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"https"},
        link_rel=None,
    )
    marks = {claim: tuple(places) for claim, places in env["marks"].items()}
    return Rendered(mark_safe(clean), marks)  # noqa: S308 sanitised in the line above


class ArticleRenderer(RendererHTML):
    """markdown-it finds a method by the name of the token; the others are written as they are."""

    def heading_open(self, tokens: Sequence[Token], idx: int, _options: object, env: Env) -> str:
        token = tokens[idx]
        line = token.map[0] + 1 if token.map else 0
        return f'<{token.tag} id="{SECTION}{escape(env["anchors"].get(line, ""))}">'

    def paragraph_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        """A picture is a figure, which stands in no paragraph."""
        return "" if _is_picture(tokens[idx + 1]) else self.renderToken(tokens, idx, options, env)

    def paragraph_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        return "" if _is_picture(tokens[idx - 1]) else self.renderToken(tokens, idx, options, env)

    def link_open(self, tokens: Sequence[Token], idx: int, _options: object, env: Env) -> str:
        target = Target(str(tokens[idx].attrs.get("href", "")), 0)
        url = _url(target, env["around"])
        env["open"].append(bool(url))
        if not url:
            return ""
        form = '<a href="{}" rel="noreferrer">' if target.scheme == "https" else '<a href="{}">'
        return format_html(form, url)

    def link_close(self, _tokens: Sequence[Token], _idx: int, _options: object, env: Env) -> str:
        return "</a>" if env["open"].pop() else ""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Env) -> str:
        token = tokens[idx]
        target = Target(str(token.attrs.get("src", "")), 0)
        caption = mark_safe(self.renderInline(token.children or [], options, env))  # noqa: S308
        picture = env["around"].pictures.get(target.rest) if target.scheme == "exercise" else None
        if picture is None:
            return format_html("<p>{}</p>", caption)
        language = get_language() or ""
        values = {"picture": picture, "caption": caption, "ui_language": language}
        return render_to_string("journal/_figure.html", values)

    def citation(self, tokens: Sequence[Token], idx: int, _options: object, env: Env) -> str:
        claim = tokens[idx].content
        number = env["around"].numbers.get(claim)
        if number is None:
            return ""
        places = env["marks"].setdefault(claim, [])
        places.append(f"cite-{number}-{len(places) + 1}")
        return format_html(
            '<sup class="cite" id="{}"><a href="#rests-{}" data-cite="{}" '
            'aria-describedby="claim-{}"><span class="visually-hidden" lang="{}">{} </span>{}</a>'
            "</sup>",
            *(places[-1], number, number, number, get_language() or "", _("Evidence"), number),
        )

    def html_inline(self, tokens: Sequence[Token], idx: int, _options: object, _env: Env) -> str:
        return escape(tokens[idx].content)

    def html_block(self, tokens: Sequence[Token], idx: int, _options: object, _env: Env) -> str:
        return escape(tokens[idx].content)


def _is_picture(token: Token) -> bool:
    children = token.children or []
    return len(children) == 1 and children[0].type == "image"


def _url(target: Target, around: Surroundings) -> str:
    if target.document:
        return around.urls.get(target.document, "")
    return target.address if may_lead(target) else ""


_MARKDOWN = MarkdownIt("commonmark", renderer_cls=ArticleRenderer)
"""Only writes: the tokens come from `article_text`."""
