# SPDX-License-Identifier: Apache-2.0
"""What an article may say: links that lead somewhere, claims that are cited, no HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from hipfirst.packs.article import LINK_KINDS, TOP, ArticleText, Target, article_text
from hipfirst.packs.documents import Article
from hipfirst.packs.pack import Filed, Pack
from hipfirst.packs.problems import Problem, choices, field_path, quoted
from hipfirst.packs.vocabulary import MUSCLES

Slugs = Mapping[str, Collection[str]]
"""Kind of document -> what a link of that kind may name."""
ADDRESSES = ", ".join(f"{kind}:slug" for kind in LINK_KINDS) + ", /path/ of this site or https://"


def article_rule(pack: Pack) -> Iterator[Problem]:
    """Front matter and text of every article agree with the pack and with each other."""
    known: Slugs = {
        "exercise": pack.exercises,
        "session": pack.sessions,
        "program": pack.programs,
        "article": pack.articles,
        "evidence": pack.evidence,
        "muscle": MUSCLES,
    }
    for filed in pack.documents:
        if isinstance(filed.document, Article):
            text = article_text(filed.document.body)
            yield from _named(filed, filed.document, known)
            yield from _claims(filed, filed.document, text)
            yield from _links(filed, text, known)
            yield from _pictures(filed, text, known)
            yield from _form(filed, text)


def _named(filed: Filed, article: Article, known: Slugs) -> Iterator[Problem]:
    """What the front matter names is there, and its dates are in order."""
    if article.picture not in known["exercise"]:
        allowed = choices(article.picture, known["exercise"])
        yield filed.problem(("picture",), article.picture, allowed)
    for n, slug in enumerate(article.sessions):
        if slug not in known["session"]:
            yield filed.problem(("sessions", n), slug, choices(slug, known["session"]))
        elif slug in article.sessions[:n]:
            yield filed.problem(("sessions", n), f"{slug} twice", "each session once")
    if article.updated and article.updated < article.published:
        allowed = f"{article.published} or later, the day it was published"
        yield filed.problem(("updated",), str(article.updated), allowed)


def _claims(filed: Filed, article: Article, text: ArticleText) -> Iterator[Problem]:
    """Every claim is cited, and every citation has its claim."""
    counts = Counter(claim.id for claim in article.claims)
    for n, claim in enumerate(article.claims):
        if counts[claim.id] > 1:
            yield filed.problem(("claims", n, "id"), claim.id, "another name for each claim")
        if claim.id not in text.cited:
            given = f"{claim.id} is never cited"
            yield filed.problem(("claims", n, "id"), given, f"a text that says [^{claim.id}]")
    for each in text.citations:
        if each.claim not in counts:
            allowed = f"the id of a claim: {choices(each.claim, counts)}"
            yield _in_text(filed, each.line, f"[^{each.claim}]", allowed)


def _links(filed: Filed, text: ArticleText, known: Slugs) -> Iterator[Problem]:
    for target in text.links:
        if target.document:
            yield from _unknown(filed, target, known)
        elif not may_lead(target):
            yield _in_text(filed, target.line, quoted(target.address), ADDRESSES)


def may_lead(target: Target) -> bool:
    """Whether a link may lead to an address: a path of this site, or another site by https."""
    if target.scheme:
        return target.address.startswith("https://") and len(target.rest) > len("//")
    return target.address.startswith("/") and not target.address.startswith("//")


def _pictures(filed: Filed, text: ArticleText, known: Slugs) -> Iterator[Problem]:
    for picture in text.pictures:
        target = picture.target
        if target.scheme != "exercise":
            given = quoted(target.address)
            yield _in_text(filed, target.line, given, "a picture of a movement: exercise:slug")
        else:
            yield from _unknown(filed, target, known)
        if not picture.caption:
            yield _in_text(filed, target.line, "no caption", f"![caption]({target.address})")
        if not picture.alone:
            allowed = "a picture in a paragraph of its own"
            yield _in_text(filed, target.line, quoted(target.address), allowed)


def _form(filed: Filed, text: ArticleText) -> Iterator[Problem]:
    """Headings go down one step at a time; there is no HTML, and no link that fell apart."""
    before = TOP - 1
    for heading in text.headings:
        if not TOP <= heading.level <= before + 1:
            steps = " or ".join("#" * level for level in range(TOP, before + 2))
            given = f"{'#' * heading.level} {heading.text}"
            yield _in_text(
                filed, heading.line, quoted(given), f"a heading that begins with {steps}"
            )
        before = max(heading.level, TOP)
    for raw in text.raw:
        yield _in_text(filed, raw.line, quoted(raw.text), "Markdown without HTML")
    for each in text.broken:
        allowed = "[words](address), with citations after the link, not among its words"
        yield _in_text(filed, each.line, quoted(each.text), allowed)


def _unknown(filed: Filed, target: Target, known: Slugs) -> Iterator[Problem]:
    if target.rest not in known[target.scheme]:
        allowed = f"{target.scheme}: {choices(target.rest, known[target.scheme])}"
        yield _in_text(filed, target.line, target.address, allowed)


def _in_text(filed: Filed, line: int, given: str, allowed: str) -> Problem:
    """The problem on one line of the text, counted from 1."""
    first = filed.tree.line(("body",))
    return Problem(filed.file, first + line - 1, field_path(("body",)), given, allowed)
