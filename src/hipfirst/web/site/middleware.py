# SPDX-License-Identifier: Apache-2.0
"""One reading of the settings for each request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hipfirst.web.site.queries import settings_remembered

Answer = Callable[[HttpRequest], HttpResponse]


def settings_once(get_response: Answer) -> Answer:
    """Outermost: error pages and what other middleware renders know the site's name, too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with settings_remembered():
            return get_response(request)

    return middleware
