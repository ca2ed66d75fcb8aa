# SPDX-License-Identifier: Apache-2.0
"""`{% linked_data ld %}`: what a page is, for programs."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hipfirst.web.library.linked_data import LinkedData

register = template.Library()


@register.simple_tag(takes_context=True)
def linked_data(context: dict[str, Any], ld: LinkedData) -> SafeString:
    """A data block: no browser runs it, so the content security policy has nothing to say."""
    script = ld.script(context["request"])
    return format_html('<script type="application/ld+json">{}</script>', script)
