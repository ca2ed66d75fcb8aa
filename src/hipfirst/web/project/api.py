# SPDX-License-Identifier: Apache-2.0
"""The API: routers of the apps, one error shape. A documentation page would load from outside."""

from __future__ import annotations

import django.core.exceptions
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from hipfirst import __version__
from hipfirst.web.project import handlers
from hipfirst.web.project.handlers import error_json
from hipfirst.web.shared.errors import Fault, Refused
from hipfirst.web.training import kept_api
from hipfirst.web.training.api import router

api = NinjaAPI(
    title="Hipfirst",
    version=__version__,
    description="What the player calls. Answers to the cookie of whoever owns the run.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
api.add_router("/runs", router)
api.add_router("/kept", kept_api.router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return handlers.refusal(request, error)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return error_json(404, "not-found", _("There is no such thing, or it is not yours."))


@api.exception_handler(django.core.exceptions.PermissionDenied)
def _denied(request: HttpRequest, error: Exception) -> HttpResponse:
    return handlers.permission_denied(request, error)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    # The framework's own words are English and meant for programmers.
    if error.status_code == 403:
        return handlers.csrf_failure(request)
    if error.status_code == 401:
        message = _("This site does not know who you are. Start the session again.")
        return error_json(401, "unknown-visitor", message)
    message = _("The site could not read what your browser sent.")
    return error_json(error.status_code, "refused", message)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = tuple(
        Fault(field=str(each["loc"][-1]), given="", allowed=each["msg"]) for each in error.errors
    )
    return error_json(422, "invalid", _("Some of what was sent cannot be used."), faults)
