# SPDX-License-Identifier: Apache-2.0
"""Makes the HTML of comments anew where it was made by other rules than those of today."""

from __future__ import annotations

from django.db.models import Q

from hipfirst.web.journal.markup import MARKUP_VERSION, comment_html
from hipfirst.web.journal.models import Comment

AT_ONCE = 500
"""Comments made anew by one look of the house."""


def comments_render() -> int:
    """Make anew what is next; returns how many comments were, 0 when none is left."""
    stale = Q(markup_version__lt=MARKUP_VERSION) | Q(markup_version__gt=MARKUP_VERSION)
    comments = list(Comment.objects.filter(stale).only("body").order_by("pk")[:AT_ONCE])
    for comment in comments:
        # Unless it was edited meanwhile: then it is made anew at the next look.
        Comment.objects.filter(pk=comment.pk, body=comment.body).update(
            html=comment_html(comment.body), markup_version=MARKUP_VERSION
        )
    return len(comments)
