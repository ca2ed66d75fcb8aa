# SPDX-License-Identifier: Apache-2.0
"""The text of an article: Markdown in, its parts and what it refers to out. No HTML anywhere.

Whatever an author wrote is kept, also what is not allowed: `check_article` says what that is, and
whoever shows the text leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal, get_args

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

LinkKind = Literal["exercise", "session", "program", "article", "evidence", "muscle"]
LINK_KINDS: tuple[str, ...] = get_args(LinkKind)
"""What a link may lead to by kind and slug; everything else is an address."""
CITATION = "citation"
"""Type of the token that stands for `[^id]`; its content is the id."""
TOP = 2
"""Level of the highest heading: the title of the page has level 1."""

_CITED = re.compile(r"\[\^([^\]\s]+)\]")
_WORD = re.compile(r"\w[\w'\u2019-]*")
_BREAKS = frozenset({"softbreak", "hardbreak"})


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str
    """Unique in the article: what a table of contents leads to."""
    line: int
    """From 1, in the text; so everywhere below."""


@dataclass(frozen=True)
class Target:
    """Where a link or picture leads: `exercise:clam`, `/check/`, `https://...` or anything else."""

    address: str
    line: int

    @property
    def scheme(self) -> str:
        """`exercise`, `https`, ..., lower case; empty for a path."""
        before, colon, _ = self.address.partition(":")
        return before.lower() if colon and "/" not in before else ""

    @property
    def rest(self) -> str:
        """What follows the scheme, such as the slug."""
        return self.address.partition(":")[2] if self.scheme else self.address

    @property
    def document(self) -> tuple[str, str] | None:
        """Kind and slug; None for an address."""
        return (self.scheme, self.rest) if self.scheme in LINK_KINDS else None


@dataclass(frozen=True)
class Picture:
    target: Target
    caption: str
    alone: bool
    """It is a paragraph of its own."""


@dataclass(frozen=True)
class Citation:
    claim: str
    line: int


@dataclass(frozen=True)
class Passage:
    """Some of the text as it was written."""

    text: str
    line: int


@dataclass(frozen=True)
class ArticleText:
    """The parts of a text, each in the order in which it is read."""

    tokens: tuple[Token, ...]
    """As markdown-it made them, to be shown. Never changed."""
    headings: tuple[Heading, ...]
    links: tuple[Target, ...]
    pictures: tuple[Picture, ...]
    citations: tuple[Citation, ...]
    raw: tuple[Passage, ...]
    """HTML."""
    broken: tuple[Passage, ...]
    """What looks like a link and is none, such as one with a citation among its words."""
    words: int

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """Ids of claims, each once, in the order of their first citation."""
        return tuple(dict.fromkeys(each.claim for each in self.citations))

    def mentioned(self, kind: LinkKind) -> tuple[str, ...]:
        """Slugs of one kind that links and pictures name, each once, in the order of the text."""
        targets = (*self.links, *(each.target for each in self.pictures))
        ordered = sorted(targets, key=lambda target: target.line)
        named = (target.document for target in ordered)
        return tuple(dict.fromkeys(each[1] for each in named if each and each[0] == kind))


# Some 100 KB each; a site reads its articles again and again.
@lru_cache(maxsize=64)
def article_text(body: str) -> ArticleText:
    """Reads the text of an article. Never raises; a pure function of `body`."""
    tokens = tuple(_READER.parse(body))
    spans = [span for token in tokens for span in _spans(token)]
    return ArticleText(
        tokens=tokens,
        headings=tuple(_headings(tokens)),
        links=tuple(_links(spans)),
        pictures=tuple(_pictures(spans)),
        citations=tuple(_citations(spans)),
        raw=tuple(_raw(tokens, spans)),
        broken=tuple(_broken(spans)),
        words=sum(map(_words, spans)),
    )


def words_of(children: Iterable[Token]) -> str:
    """The words of inline tokens, without citations and marks."""
    parts = (_words_in(child) for child in children)
    return " ".join("".join(parts).split())


def _words_in(token: Token) -> str:
    if token.type in _BREAKS:
        return " "
    if token.type == "image":
        return words_of(token.children or ())
    return token.content if token.type in {"text", "code_inline", "text_special"} else ""


def _reader() -> MarkdownIt:
    # HTML and odd addresses are read as such, so that the check can name them.
    reader = MarkdownIt("commonmark", {"html": True})
    reader.disable("reference")  # it would swallow a line that begins with `[^id]:`
    reader.inline.ruler.before("link", CITATION, _citation)
    reader.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    return reader


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 the form markdown-it asks
    found = _CITED.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push(CITATION, "", 0)
        token.content = found[1]
    state.pos = found.end()
    return True


_READER = _reader()


@dataclass(frozen=True)
class _Span:
    """One inline token: on which line it begins, and the block that it stands in."""

    token: Token
    line: int
    block: Token


def _spans(block: Token) -> Iterator[_Span]:
    return _walk(block, block.children or (), _line(block))


def _walk(block: Token, tokens: Iterable[Token], line: int) -> Iterator[_Span]:
    for token in tokens:
        yield _Span(token, line, block)
        if token.type == "image":
            yield from _walk(block, token.children or (), line)
        line += (token.type in _BREAKS) + token.content.count("\n")


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _headings(tokens: tuple[Token, ...]) -> Iterator[Heading]:
    used: set[str] = set()
    for start, inside in pairwise(tokens):
        if start.type == "heading_open":
            text = words_of(inside.children or ())
            anchor = _anchor(text, used)
            used.add(anchor)
            yield Heading(int(start.tag[1:]), text, anchor, _line(start))


def _anchor(text: str, used: set[str]) -> str:
    """`What differs?` -> `what-differs`, with a number where that is taken."""
    stem = "-".join(re.findall(r"\w+", text.lower())) or "part"
    names = (stem, *(f"{stem}-{n}" for n in range(2, len(used) + 3)))
    return next(name for name in names if name not in used)


def _links(spans: Iterable[_Span]) -> Iterator[Target]:
    for span in spans:
        if span.token.type == "link_open":
            yield Target(str(span.token.attrs["href"]), span.line)


def _pictures(spans: Iterable[_Span]) -> Iterator[Picture]:
    for span in spans:
        if span.token.type == "image":
            target = Target(str(span.token.attrs["src"]), span.line)
            alone = len(span.block.children or ()) == 1 and span.block.level == 1
            yield Picture(target, words_of(span.token.children or ()), alone)


def _citations(spans: Iterable[_Span]) -> Iterator[Citation]:
    for span in spans:
        if span.token.type == CITATION:
            yield Citation(span.token.content, span.line)


def _raw(tokens: Iterable[Token], spans: Iterable[_Span]) -> Iterator[Passage]:
    for token in tokens:
        if token.type == "html_block":
            yield Passage(token.content.strip(), _line(token))
    for span in spans:
        if span.token.type == "html_inline":
            yield Passage(span.token.content, span.line)


def _broken(spans: Iterable[_Span]) -> Iterator[Passage]:
    for span in spans:
        if span.token.type == "text" and "](" in span.token.content:
            yield Passage(span.token.content, span.line)


def _words(span: _Span) -> int:
    counted = span.token.type in {"text", "code_inline"}
    return len(_WORD.findall(span.token.content)) if counted else 0
