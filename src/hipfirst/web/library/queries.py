# SPDX-License-Identifier: Apache-2.0
"""Every read of the library, each a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse

from hipfirst.packs.vocabulary import COMFORT, CUE_NAMES, CueName
from hipfirst.web.library.criteria import NO_KIT, Criteria
from hipfirst.web.library.models import Document, Facet, PackFile
from hipfirst.web.library.recorded import kind_of
from hipfirst.web.shared.once import once

LISTED = ("session", "exercise")
"""Kinds the catalogue lists, in its order."""


@once
def document_find(kind: str, slug: str) -> Document | None:
    """One published document. One query."""
    return Document.objects.filter(kind=kind, slug=slug, published=True).first()


def document_head(kind: str, slug: str) -> Document | None:
    """One published document without its text: enough to decide who may see it. One query."""
    rows = Document.objects.filter(kind=kind, slug=slug, published=True)
    return rows.defer("body", "facts").first()


@once
def library_stamp() -> str:
    """Differs whenever a document was added, changed, published or withdrawn. One query."""
    state = Document.objects.aggregate(
        count=Count("pk"),
        published=Count("pk", filter=Q(published=True)),
        changed=Max("updated_at"),
    )
    return f"{state['count']} {state['published']} {state['changed']}"


def documents_by_slug(
    kind: str, slugs: Iterable[str], *, body: bool = False
) -> dict[str, Document]:
    """Published documents of one kind; what is not published is missing. One query.

    Without `body` the text is left in the database: lists do not show it.
    """
    rows = Document.objects.filter(kind=kind, slug__in=set(slugs), published=True)
    return {row.slug: row for row in (rows if body else rows.defer("body"))}


def documents_holding(name: Facet.Name, slug: str) -> list[Document]:
    """Sessions, exercises and articles that hold or mention an exercise or session, or cite a
    card. One query.
    """
    found = Document.objects.filter(kind__in=(*LISTED, "article"), published=True)
    found = found.filter(facets__name=name, facets__slug=slug)
    return list(found.order_by("-kind", "rank", "title").defer("body"))


def evidence_all() -> list[Document]:
    """Every published evidence card, by its title. One query."""
    rows = Document.objects.filter(kind="evidence", published=True)
    return sorted(rows, key=_by_title)


def articles_all() -> list[Document]:
    """Every published article without its text, newest first. One query."""
    rows = Document.objects.filter(kind="article", published=True)
    found = sorted(rows.defer("body"), key=_by_title)
    return sorted(found, key=lambda row: str(row.facts["published"]), reverse=True)


def _by_title(row: Document) -> str:
    """Databases don't agree on the order of letters."""
    return row.title.casefold()


def catalogue(criteria: Criteria) -> QuerySet[Document]:
    """Sessions, then movements, gentle first: all that meet every criterion."""
    found = _listed()
    if criteria.kind:
        found = found.filter(kind=criteria.kind)
    if criteria.level:
        found = found.filter(level=criteria.level)
    if criteria.minutes:
        found = found.filter(minutes__lte=criteria.minutes)
    if criteria.no_kneeling:
        found = found.filter(kneels=False)
    if criteria.no_floor:
        found = found.filter(on_floor=False)
    for name in (Facet.Name.MUSCLE, Facet.Name.POSITION):
        if slug := getattr(criteria, name):
            found = found.filter(Exists(_facets(name).filter(slug=slug)))
    if criteria.kit:
        owned = (set(criteria.kit) - {NO_KIT}) | COMFORT
        found = found.exclude(Exists(_facets(Facet.Name.KIT).exclude(slug__in=owned)))
    return found


def catalogue_counts(found: QuerySet[Document]) -> Mapping[str, int]:
    """How many of each kind. One query."""
    rows = found.order_by().values("kind").annotate(count=Count("pk"))
    return {row["kind"]: row["count"] for row in rows}


def facets_in_use() -> dict[str, frozenset[str]]:
    """Facet -> slugs that some published document has. One query."""
    rows = (
        Facet.objects.filter(document__published=True, document__kind__in=LISTED)
        .order_by()
        .values_list("name", "slug")
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for name, slug in rows:
        found.setdefault(name, set()).add(slug)
    return {name: frozenset(slugs) for name, slugs in found.items()}


def packfile_find(pack: str, name: str) -> PackFile | None:
    """A served file with its pack and document. One query."""
    rows = PackFile.objects.select_related("pack", "document")
    return rows.filter(pack_id=pack, name=name).first()


def packfile_successor(pack: str, name: str) -> PackFile | None:
    """What a file under an outdated name became: the same stem and ending, another hash.

    A stored timeline keeps the addresses of its day, and must still play after the next bake.
    """
    stem, _, rest = name.partition(".")
    _, _, ending = rest.partition(".")
    if not stem or not ending:
        return None
    rows = PackFile.objects.select_related("pack", "document").filter(pack_id=pack)
    return rows.filter(name__startswith=f"{stem}.", name__endswith=f".{ending}").first()


def file_url(document: Document, kind: str) -> str:
    """Address of a document's baked `clip`, `still` or `animation`; empty where it has none."""
    name = document.facts.get(kind)
    return media_url(document.pack_id, name) if name else ""


def audio_urls(exercise: Document) -> dict[CueName, str]:
    """Cue -> address of its recording, for the cues that were recorded."""
    urls = {cue: file_url(exercise, kind_of(cue)) for cue in CUE_NAMES}
    return {cue: url for cue, url in urls.items() if url}


def media_url(pack: str | None, name: str) -> str:
    return reverse("library:media", args=[pack, name])


def _listed() -> QuerySet[Document]:
    rows = Document.objects.filter(Q(kind__in=LISTED), published=True)
    return rows.order_by("-kind", "rank", "title")


def _facets(name: Facet.Name) -> QuerySet[Facet]:
    return Facet.objects.filter(document=OuterRef("pk"), name=name)
