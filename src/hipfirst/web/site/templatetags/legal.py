# SPDX-License-Identifier: Apache-2.0
"""`{% legal site.privacy %}`: a text of the owner, made safe."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from hipfirst.web.shared.markdown import prose_html

register = template.Library()


@register.simple_tag
def legal(text: str) -> SafeString:
    """Markdown as HTML; nothing for an empty text."""
    return prose_html(text)
