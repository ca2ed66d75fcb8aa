# SPDX-License-Identifier: Apache-2.0
"""The catalogue page put together: filter form, tabs, groups of cards, pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hipfirst.web.library import labels, wording
from hipfirst.web.library.cards import card_of
from hipfirst.web.library.constant import constant
from hipfirst.web.library.contexts import (
    CataloguePage,
    Choice,
    Filters,
    Group,
    Pages,
    Removal,
    Tab,
)
from hipfirst.web.library.criteria import CHOICES, NO_KIT, Criteria, criteria_from, page_from
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import catalogue, catalogue_counts, facets_in_use

PER_PAGE = 24
PAGE_DIGITS = 8
"""A longer number of a page is cut, and is wrong either way."""


def catalogue_page(query: QueryDict) -> CataloguePage:
    """The page for the parameters of an address."""
    criteria, errors = criteria_from(query)
    page = _found(criteria, query.get("page", "")[:PAGE_DIGITS])
    return replace(page, errors=errors + page.errors)


@constant
def _found(key: str, criteria: Criteria, page: str) -> CataloguePage:
    """Four queries, whatever it shows."""
    # Counted over both kinds, so that the tabs say what the other one holds.
    counts = catalogue_counts(catalogue(replace(criteria, kind="")))
    count = counts.get(criteria.kind, 0) if criteria.kind else sum(counts.values())
    last = max(1, -(-count // PER_PAGE))
    number, errors = page_from(page, last)
    rows = catalogue(criteria).prefetch_related("facets").defer("body")
    return CataloguePage(
        key=key,
        criteria=criteria,
        filters=_filters(criteria, facets_in_use()),
        tabs=tuple(_tabs(criteria, counts)),
        removals=tuple(_removals(criteria)),
        errors=errors,
        count=count,
        groups=tuple(_groups(rows[(number - 1) * PER_PAGE : number * PER_PAGE])),
        pages=_pages(criteria, number, last),
    )


def _filters(criteria: Criteria, used: Mapping[str, Collection[str]]) -> Filters:
    def some(name: str, names: labels.Labels, chosen: str) -> tuple[Choice, ...]:
        slugs = [slug for slug in names if slug in used.get(name, ()) or slug == chosen]
        return tuple(Choice(slug, names[slug], slug == chosen) for slug in slugs)

    return Filters(
        muscle=some("muscle", labels.MUSCLES, criteria.muscle),
        position=some("position", labels.POSITIONS, criteria.position),
        level=tuple(Choice(v, labels.LEVELS[v], v == criteria.level) for v in labels.LEVELS),
        minutes=tuple(
            Choice(value, _up_to(value), value == str(criteria.minutes or ""))
            for value in CHOICES["minutes"]
        ),
        kit=tuple(
            Choice(value, kit_label(value), value in criteria.kit)
            for value in CHOICES["kit"]
            if value == NO_KIT or value in used.get("kit", ()) or value in criteria.kit
        ),
    )


def kit_label(value: str) -> str | Promise:
    return _("Nothing but a mat") if value == NO_KIT else labels.KIT[value]


def _up_to(value: str) -> str:
    return _("Up to %(time)s") % {"time": wording.minutes(int(value))}


def _tabs(criteria: Criteria, counts: Mapping[str, int]) -> Iterator[Tab]:
    yield Tab(_("All"), sum(counts.values()), _url(criteria, kind=""), not criteria.kind)
    for kind in CHOICES["kind"]:
        url = _url(criteria, kind=kind)
        yield Tab(labels.KINDS[kind], counts.get(kind, 0), url, criteria.kind == kind)


def _removals(criteria: Criteria) -> Iterator[Removal]:
    for name, names in (
        ("muscle", labels.MUSCLES),
        ("position", labels.POSITIONS),
        ("level", labels.LEVELS),
    ):
        if slug := getattr(criteria, name):
            yield Removal(names[slug], _url(criteria, without=name))
    if criteria.minutes:
        yield Removal(_up_to(str(criteria.minutes)), _url(criteria, minutes=None))
    for value in criteria.kit:
        rest = tuple(kit for kit in criteria.kit if kit != value)
        yield Removal(kit_label(value), _url(criteria, kit=rest))
    if criteria.no_kneeling:
        yield Removal(_("No kneeling"), _url(criteria, no_kneeling=False))
    if criteria.no_floor:
        yield Removal(_("No floor"), _url(criteria, no_floor=False))


def _groups(rows: Iterable[Document]) -> Iterator[Group]:
    for kind, members in groupby(rows, key=lambda row: row.kind):
        yield Group(kind, labels.KINDS[kind], tuple(card_of(row) for row in members))


def _pages(criteria: Criteria, number: int, last: int) -> Pages:
    return Pages(
        number=number,
        last=last,
        previous_url=_url(criteria, page=number - 1) if number > 1 else "",
        next_url=_url(criteria, page=number + 1) if number < last else "",
    )


def _url(criteria: Criteria, *, page: int = 1, without: str = "", **changes: object) -> str:
    """A relative address: the bare page where nothing is asked."""
    query = criteria.query(**changes, **({without: ""} if without else {}))
    if page > 1:
        query = f"{query}&page={page}" if query else f"page={page}"
    return f"?{query}" if query else "."
