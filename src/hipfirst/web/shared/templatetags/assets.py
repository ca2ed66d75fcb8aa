# SPDX-License-Identifier: Apache-2.0
"""`{% asset "src/site.ts" %}`: the tags that bring one built entry of the front end into a page."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

Manifest = dict[str, dict[str, Any]]


@register.simple_tag
def asset(entry: str) -> SafeString:
    """Style sheets, module preloads and the module script of an entry, in that order.

    Raises ImproperlyConfigured when the front end is not built or has no such entry.
    """
    return _tags(Path(settings.ASSETS), entry)


@register.simple_tag
def asset_url(source: str) -> str:
    """The address of one built file, such as an image that a style sheet or module imports."""
    return static(_chunk(manifest_of(Path(settings.ASSETS)), source)["file"])


# Read once per process, like the list of files that are served: after a rebuild, pages go on naming
# files that are known until the site is started again.
@lru_cache(maxsize=4)
def manifest_of(assets: Path) -> Manifest:
    """What was built into a folder. Raises ImproperlyConfigured where nothing was."""
    manifest: Manifest = json.loads(_manifest_path(assets).read_text(encoding="utf-8"))
    return manifest


def _manifest_path(assets: Path) -> Path:
    for name in (".vite/manifest.json", "manifest.json"):
        path = assets / name
        if path.is_file():
            return path
    raise ImproperlyConfigured(
        f"The front end is not built: {assets} holds no Vite manifest. Run `make setup`, "
        f"or `npm ci && npm run build` in player/."
    )


@lru_cache(maxsize=32)
def _tags(assets: Path, entry: str) -> SafeString:
    manifest = manifest_of(assets)
    chunk = _chunk(manifest, entry)
    needed = _imports(manifest, entry)
    sheets = dict.fromkeys(
        sheet for key in (*needed, entry) for sheet in manifest[key].get("css", ())
    )
    tags = [format_html('<link rel="stylesheet" href="{}">', static(sheet)) for sheet in sheets]
    tags += [
        format_html('<link rel="modulepreload" href="{}">', static(manifest[key]["file"]))
        for key in needed
    ]
    tags.append(format_html('<script type="module" src="{}"></script>', static(chunk["file"])))
    return mark_safe("\n".join(tags))  # noqa: S308 every part was escaped by format_html


def _chunk(manifest: Manifest, key: str) -> dict[str, Any]:
    if key not in manifest:
        entries = sorted(name for name, chunk in manifest.items() if chunk.get("isEntry"))
        raise ImproperlyConfigured(
            f"The front end has no built file for {key!r}; its entries are {', '.join(entries)}"
        )
    return manifest[key]


def _imports(manifest: Manifest, entry: str) -> tuple[str, ...]:
    """Keys of every chunk an entry imports statically, deepest first, each once."""
    seen: dict[str, None] = {}

    def visit(key: str) -> None:
        for child in manifest[key].get("imports", ()):
            if child not in seen:
                visit(child)
                seen[child] = None

    visit(entry)
    return tuple(seen)
