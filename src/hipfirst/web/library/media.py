# SPDX-License-Identifier: Apache-2.0
"""Serves baked files and recordings: what the index knows, under names that change with content."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from hipfirst.web.accounts.access import current_person
from hipfirst.web.library.access import may_see
from hipfirst.web.library.models import PackFile
from hipfirst.web.library.queries import media_url, packfile_find, packfile_successor

TYPES = {
    ".json": "application/json",
    ".webp": "image/webp",
    ".png": "image/png",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}
A_YEAR_S = 365 * 24 * 3600


@require_safe
def media_file(request: HttpRequest, pack: str, name: str) -> HttpResponse:
    """One baked file; 404 for everything that is unknown, withheld or gone from the disk.

    An outdated name leads to the file that took its place.
    """
    file = packfile_find(pack, name)
    if file is None and (newer := packfile_successor(pack, name)):
        return redirect(media_url(pack, newer.name))
    if file is None or not may_see(current_person(request), file.document):
        raise Http404
    etag = f'"{name}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _for_ever(HttpResponseNotModified(), file, etag)
    return _for_ever(_content(request, file), file, etag)


def _content(request: HttpRequest, file: PackFile) -> HttpResponse:
    path = Path(file.pack.root, file.path)
    encoding = _encoding(request) if path.suffix == ".json" else ""
    try:
        content = _encoded(path, file.name, encoding) if encoding else path.read_bytes()
    except OSError as error:
        raise Http404 from error
    response = HttpResponse(
        content, content_type=TYPES.get(path.suffix, "application/octet-stream")
    )
    if encoding:
        response["Content-Encoding"] = encoding
    return response


def _for_ever(response: HttpResponse, file: PackFile, etag: str) -> HttpResponse:
    # Also where the owner opened everything for now: what lies between would keep it for a year.
    whom = {"private": True} if file.document.members_only else {"public": True}
    patch_cache_control(response, max_age=A_YEAR_S, immutable=True, **whom)
    patch_vary_headers(response, ["Accept-Encoding"])
    response["ETag"] = etag
    return response


def _encoding(request: HttpRequest) -> str:
    accepted = request.headers.get("Accept-Encoding", "")
    return next((name for name in ("br", "gzip") if name in accepted), "")


# The name holds the content's hash, so an entry never goes stale. Some 20 KB each.
@lru_cache(maxsize=256)
def _encoded(path: Path, _name: str, encoding: str) -> bytes:
    raw = path.read_bytes()
    return brotli.compress(raw, quality=9) if encoding == "br" else gzip.compress(raw, mtime=0)
