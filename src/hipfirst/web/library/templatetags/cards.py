# SPDX-License-Identifier: Apache-2.0
"""What the text of an evidence card says of another, as a link."""

from __future__ import annotations

import re

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from hipfirst.packs.check_cards import NAMED, SLUG

register = template.Library()


@register.filter
def see_cards(text: str) -> SafeString:
    """`(see neal-2019 and hott-2019)` with links that read "Neal 2019" and "Hott 2019"."""
    escaped = conditional_escape(text)
    linked = NAMED.sub(lambda named: SLUG.sub(_link, named.group()), escaped)
    return mark_safe(linked)  # noqa: S308 escaped above; links are made of slugs


def _link(slug: re.Match[str]) -> str:
    words = slug.group().replace("-", " ").title()
    return format_html(
        '<a href="{}">{}</a>', reverse("library:evidence", args=[slug.group()]), words
    )
