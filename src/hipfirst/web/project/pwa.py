# SPDX-License-Identifier: Apache-2.0
"""What makes the site installable: its worker at the root, and the manifest that names it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hipfirst.web.shared.templatetags.assets import asset_url
from hipfirst.web.site.queries import site_settings

PAPER, PINE = "#faf6ef", "#1d5a49"
"""Ground and first colour of the brand, as in tokens.css."""
ICONS = (
    ("src/icons/icon-192.png", "192x192", "any"),
    ("src/icons/icon-512.png", "512x512", "any"),
    ("src/icons/icon-maskable-512.png", "512x512", "maskable"),
)


@require_safe
@cache_control(public=True, no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. At the root, since it may only rule over what lies below its address."""
    try:
        script = _script(Path(settings.ASSETS))
    except OSError as error:
        raise Http404 from error
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


# Read once, like the list of files that are served: it names those, and no others.
@cache
def _script(assets: Path) -> bytes:
    return (assets / "sw.js").read_bytes()


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """Name, icons and first page of the installed site."""
    site = site_settings()
    body = {
        "id": "/",
        "name": site.name,
        "short_name": site.name,
        "description": site.description,
        "lang": get_language() or "en",
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("library:catalogue"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": site.pine_light or PINE,
        "categories": ["fitness", "health"],
        "icons": [
            {"src": asset_url(source), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for source, sizes, purpose in ICONS
        ],
        "shortcuts": [{"name": _("Kept for offline"), "url": reverse("training:offline")}],
    }
    return JsonResponse(body, content_type="application/manifest+json")
