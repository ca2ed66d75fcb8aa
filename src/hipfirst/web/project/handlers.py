# SPDX-License-Identifier: Apache-2.0
"""Every way of saying no: one page with the look of the site, one JSON shape for the API."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import gettext as _

from hipfirst.web.journal.comment_views import WRITES, unsent
from hipfirst.web.shared.errors import ErrorBody, ErrorDetail, Fault, Refused
from hipfirst.web.shared.pages import render_page

API = "/api/"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ErrorPage:
    heading: str
    message: str


def error_json(
    status: int, code: str, message: str, faults: tuple[Fault, ...] = ()
) -> JsonResponse:
    """The one error shape: {"error": {"code", "message", "faults": [...]}}."""
    body = ErrorBody(error=ErrorDetail(code=code, message=message, faults=faults))
    response = JsonResponse(body.model_dump(mode="json"), status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def answer(  # noqa: PLR0913 the parts of one answer, named at every call
    request: HttpRequest,
    *,
    status: int,
    code: str,
    heading: str,
    message: str,
    faults: tuple[Fault, ...] = (),
) -> HttpResponse:
    """JSON below /api/, a page everywhere else."""
    if request.path.startswith(API):
        return error_json(status, code, message, faults)
    return render_page(request, "error.html", ErrorPage(heading, message), status=status)


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    return answer(
        request,
        status=error.status,
        code=error.code,
        heading=_("That did not work"),
        message=error.message,
        faults=error.faults,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(
        request,
        status=400,
        code="bad-request",
        heading=_("That did not work"),
        message=_("The site could not read what your browser sent."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(
        request,
        status=403,
        code="forbidden",
        heading=_("This is not open to you"),
        message=_("You may not see or do this."),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(
        request,
        status=404,
        code="not-found",
        heading=_("There is no such page"),
        message=_("The address may be mistyped, or what it showed is gone."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers a form whose token is missing or old, as after signing in in another tab. Words that
    somebody typed come back with a new one.
    """
    match = request.resolver_match
    if request.method == "POST" and match and match.view_name in WRITES:
        return unsent(request, _("This was not sent yet. Your words are below: send them again."))
    return answer(
        request,
        status=403,
        code="csrf",
        heading=_("Please try that again"),
        message=_(
            "Your browser sent a form without the mark this site gave it. Open the page again."
        ),
    )


def explained(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Django answers a wrong method with an empty page; say what is allowed."""
    if response.status_code != 405 or not isinstance(response, HttpResponseNotAllowed):
        return response
    # The API's framework names them in an order of its own at every start.
    allowed = ", ".join(sorted(method.strip() for method in response["Allow"].split(",")))
    fuller = answer(
        request,
        status=405,
        code="method",
        heading=_("That did not work"),
        message=_("This address is not for opening like that."),
        faults=(Fault(field="", given=request.method or "", allowed=allowed),),
    )
    fuller["Allow"] = allowed
    return fuller


def server_error(request: HttpRequest) -> HttpResponse:
    """The last resort; where even the page is broken, a line of text."""
    message = _("Something broke on our side. What you did before is safe. Try again in a minute.")
    heading = _("Something broke")
    try:
        return answer(request, status=500, code="broken", heading=heading, message=message)
    except Exception:  # noqa: BLE001 the one place where anything may have gone wrong
        _log.exception("the page for errors is itself broken")
        return HttpResponse(message, status=500, content_type="text/plain; charset=utf-8")
