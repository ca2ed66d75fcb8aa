# SPDX-License-Identifier: Apache-2.0
"""What pages show of a document: addresses and words, no rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from hipfirst.packs.documents import MuscleUse
from hipfirst.packs.vocabulary import COMFORT, DEEP
from hipfirst.web.library import labels, wording
from hipfirst.web.library.models import Document, Facet
from hipfirst.web.library.queries import file_url, media_url
from hipfirst.web.site.queries import site_settings

CARD_MUSCLES = 3
"""Muscles named on a card."""


@dataclass(frozen=True)
class Link:
    """One document, named."""

    slug: str
    title: str
    url: str
    language: str


@dataclass(frozen=True)
class Figure:
    """How a movement can be shown: addresses of its files; empty where there is none."""

    name: str
    clip_url: str
    still_url: str
    animation_url: str
    muscles: str
    """Muscles that glow, as `slug:role:side` separated by spaces."""


@dataclass(frozen=True)
class Card:
    """A document in a list."""

    kind: str
    link: Link
    summary: str
    stills: tuple[str, ...]
    tags: tuple[str | Promise, ...]
    """Short facts, such as level, position and length."""
    muscles: tuple[Promise, ...]
    no_kneeling: bool
    no_floor: bool


@dataclass(frozen=True)
class Muscle:
    slug: str
    label: Promise
    role: Promise
    side: Promise
    main: bool
    deep: bool


_PAGES = {"article": "journal:article", "program": "training:program"}
"""Pages of documents that other apps show, by kind."""


def for_members(document: Document) -> bool:
    """Whether a page says that it is for members: on a site that is open to all none is."""
    return document.members_only and not site_settings().open_to_all


def link_to(document: Document) -> Link:
    """The name and address of a document that has a page."""
    name = _PAGES.get(document.kind, f"library:{document.kind}")
    url = reverse(name, args=[document.slug])
    return Link(document.slug, document.title, url, document.language)


def card_of(document: Document) -> Card:
    """The card of a session, exercise or article; no query where its facets are prefetched."""
    facets = list(document.facets.all())
    return Card(
        kind=document.kind,
        link=link_to(document),
        summary=document.facts.get("summary", ""),
        stills=_stills(document),
        tags=tuple(_tags(document, facets)),
        muscles=main_muscles(facets)[:CARD_MUSCLES],
        no_kneeling=not document.kneels,
        no_floor=not document.on_floor,
    )


def main_muscles(facets: Iterable[Facet]) -> tuple[Promise, ...]:
    main = (f for f in facets if f.name == Facet.Name.MUSCLE and f.role == "main")
    return tuple(labels.MUSCLES[facet.slug] for facet in main)


def kit_needed(facets: Iterable[Facet]) -> tuple[Promise, ...]:
    """Labels of the kit without which it cannot be done."""
    return named(facets, Facet.Name.KIT, labels.KIT, leave_out=COMFORT)


def named(
    facets: Iterable[Facet],
    name: Facet.Name,
    names: labels.Labels,
    leave_out: Iterable[str] = (),
) -> tuple[Promise, ...]:
    """Labels of one kind of facet."""
    out = set(leave_out)
    return tuple(names[f.slug] for f in facets if f.name == name and f.slug not in out)


def figure_of(document: Document, uses: Iterable[MuscleUse]) -> Figure:
    return Figure(
        name=document.title,
        clip_url=file_url(document, "clip"),
        still_url=file_url(document, "still"),
        animation_url=file_url(document, "animation"),
        muscles=" ".join(f"{use.muscle}:{use.role}:{use.side}" for use in uses),
    )


def muscles_of(uses: Iterable[MuscleUse]) -> tuple[Muscle, ...]:
    return tuple(
        Muscle(
            slug=use.muscle,
            label=labels.MUSCLES[use.muscle],
            role=labels.ROLES[use.role],
            side=labels.MUSCLE_SIDES[use.side],
            main=use.role == "main",
            deep=use.muscle in DEEP,
        )
        for use in uses
    )


def links_of(found: Mapping[str, Document], slugs: Iterable[str]) -> tuple[Link, ...]:
    """Links to those of `slugs` that are published, in their order."""
    return tuple(link_to(found[slug]) for slug in dict.fromkeys(slugs) if slug in found)


def _stills(document: Document) -> tuple[str, ...]:
    if document.kind == "session":
        names = document.facts.get("stills", ())
        return tuple(media_url(document.pack_id, name) for name in names)
    url = file_url(document, "still")
    return (url,) if url else ()


def _tags(document: Document, facets: list[Facet]) -> Iterable[str | Promise]:
    if for_members(document):
        yield labels.MEMBERS
    if document.kind == "article":
        yield wording.reading(document.minutes or 1)
        return
    if document.minutes is not None:
        yield wording.minutes(document.minutes)
    if document.level:
        yield labels.LEVELS[document.level]
    if document.kind == "exercise":
        yield from named(facets, Facet.Name.POSITION, labels.POSITIONS)
    yield from kit_needed(facets)
