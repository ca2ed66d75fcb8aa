# SPDX-License-Identifier: Apache-2.0
"""What every answer carries, and what becomes of a refusal."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control

from hipfirst.web.project.handlers import bad_request, explained, refusal
from hipfirst.web.shared.errors import Refused

Answer = Callable[[HttpRequest], HttpResponse]

UTF8 = frozenset({"utf-8", "utf8"})
"""What every page of this site is written in, and so what browsers send forms in."""
NUL = "\0"
"""A character that PostgreSQL refuses in text."""

OFF = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
"""What no page of this site may use; the player needs autoplay, fullscreen and the wake lock."""
PERMISSIONS = ", ".join(f"{feature}=()" for feature in OFF)


def headers(get_response: Answer) -> Answer:
    """Permissions, origin isolation, and a caching rule for whatever names none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware


def wrong_methods(get_response: Answer) -> Answer:
    """Say what is allowed. Inside of what adds headers: the page it makes needs them too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return explained(request, get_response(request))

    return middleware


def cookies_without_nul(get_response: Answer) -> Answer:
    """A cookie with a NUL is none that this site gave."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if r"\000" in request.META.get("HTTP_COOKIE", ""):
            known = request.COOKIES.items()
            request.COOKIES = {name: text for name, text in known if NUL not in text}
        return get_response(request)

    return middleware


class RefusalMiddleware:
    """Turns a refusal raised by a view into its page, or into JSON for the API."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As it is; but nothing of this site is at an address with a NUL."""
        if NUL in request.path_info:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, BadRequest())
        # By another alphabet a form may hold half a character, or not be text at all.
        if (request.content_params or {}).get("charset", "utf-8").lower() not in UTF8:
            return bad_request(request, BadRequest())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal(request, error) if isinstance(error, Refused) else None


class CompressPages(GZipMiddleware):
    """Compresses pages, but never one that holds a person's data.

    Beside compressed secrets, what an attacker makes a page echo shows in its length.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)
