# SPDX-License-Identifier: Apache-2.0
"""Where comments stand: addresses and the fragments in them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from hipfirst.web.journal.comment_limits import REPLIES, THREAD
from hipfirst.web.journal.comment_queries import Viewer, page_of_root, place_in_thread
from hipfirst.web.journal.models import Comment
from hipfirst.web.library.cards import link_to


def comment_anchor(comment: Comment) -> str:
    return f"comment-{comment.pk}"


def comment_place(comment: Comment, viewer: Viewer) -> str:
    """The page on which a comment stands for whoever looks, with its fragment."""
    anchor = f"#{comment_anchor(comment)}"
    root = comment.root or comment
    if comment.root and (before := place_in_thread(comment, viewer)) >= REPLIES:
        page = before // THREAD + 1
        thread = reverse("journal:comment-thread", args=[root.pk])
        return f"{thread}?page={page}{anchor}" if page > 1 else f"{thread}{anchor}"
    root.discussion = comment.discussion
    page = page_of_root(root, viewer)
    url = link_to(comment.discussion.document).url
    return f"{url}?comments={page}{anchor}" if page > 1 else f"{url}{anchor}"


def sign_in_url(path: str) -> str:
    """The sign-in page, which leads back to `path`."""
    return f"{reverse('account_login')}?{urlencode({'next': path})}"
