# SPDX-License-Identifier: Apache-2.0
"""One reading of the settings for each request; one of whatever else, where it only reads."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hipfirst.web.shared.once import reads_remembered
from hipfirst.web.site.queries import settings_remembered

Answer = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD"})


def settings_once(get_response: Answer) -> Answer:
    """Outermost: error pages and what other middleware renders know the site's name, too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with settings_remembered():
            if request.method not in SAFE:
                return get_response(request)
            with reads_remembered():
                return get_response(request)

    return middleware
