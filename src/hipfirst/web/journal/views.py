# SPDX-License-Identifier: Apache-2.0
"""The pages of the journal: access, query, typed context, render."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hipfirst.web.accounts.access import current_account, current_person
from hipfirst.web.journal.articles import article_page, journal_page
from hipfirst.web.journal.contexts import ArticlePage, ClosedArticlePage
from hipfirst.web.journal.feeds import ArticleFeed
from hipfirst.web.library.access import may_know, may_see
from hipfirst.web.library.hooks import discussed
from hipfirst.web.library.meta import meta_of
from hipfirst.web.library.queries import document_head
from hipfirst.web.shared.pages import render_page

feed = require_safe(cache_control(public=True, max_age=600)(ArticleFeed()))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = journal_page()
    stills = page.first.card.stills if page.first else ()
    meta = meta_of(
        request,
        title=_("Journal"),
        description=_("Articles on knees and hips, each claim with its evidence."),
        image=stills[0] if stills else "",
    )
    return render_page(request, "journal/index.html", replace(page, meta=meta))


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    document = document_head("article", slug)
    if document is None or not may_know(document):
        raise Http404(_("Nothing is published under “%(slug)s”.") % {"slug": slug})
    page = article_page(slug)
    if not may_see(current_person(request), document):
        return _closed(request, page)
    meta = meta_of(
        request,
        type="article",
        title=page.article.title,
        description=page.article.summary,
        image=page.picture,
        published=page.entry.published.isoformat(),
        updated=page.entry.updated.isoformat(),
        authors=page.article.authors,
    )
    page = replace(page, meta=meta, discussion=discussed(request, document))
    response = render_page(request, "journal/article.html", page)
    if current_account(request):  # the discussion is written for whoever reads it
        patch_cache_control(response, private=True, no_store=True)
    return response


def _closed(request: HttpRequest, page: ArticlePage) -> HttpResponse:
    """What everybody sees of an article for members: what it is about."""
    article = page.article
    meta = meta_of(request, title=article.title, description=article.summary, image=page.picture)
    closed = ClosedArticlePage(
        title=article.title,
        summary=article.summary,
        language=article.language,
        picture=page.picture,
        meta=meta,
    )
    response = render_page(request, "journal/closed.html", closed)
    patch_cache_control(response, private=True, no_store=True)
    return response
