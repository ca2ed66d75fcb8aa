# SPDX-License-Identifier: Apache-2.0
"""The colour theme a visitor chose: a cookie, so that a page arrives in the right colours."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()

COOKIE = "theme"
THEMES = ("light", "dark")


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> str:
    """`light`, `dark`, or `system` where nothing valid was chosen."""
    request = context.get("request")
    chosen = request.COOKIES.get(COOKIE, "") if request is not None else ""
    return chosen if chosen in THEMES else "system"
