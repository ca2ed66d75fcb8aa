# SPDX-License-Identifier: Apache-2.0
"""Who is asking. Views learn it here and nowhere else; reading a page makes nobody a visitor."""

from __future__ import annotations

from typing import TypeAlias, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from hipfirst.web.accounts.actions import visitor_create
from hipfirst.web.accounts.models import Visitor
from hipfirst.web.accounts.queries import visitor_find, visitor_lock

Person: TypeAlias = Visitor
"""Whoever the site keeps things for: visitors now; accounts join this union with sign-up."""

COOKIE = "hipfirst_visitor"
COOKIE_AGE_S = 400 * 24 * 3600  # the longest that browsers keep a cookie
_SALT = "hipfirst.visitor"
_KNOWN = "_hipfirst_person"
Response = TypeVar("Response", bound=HttpResponseBase)


def current_person(request: HttpRequest) -> Person | None:
    """Who sent this request; None for a stranger, a forged, an expired or an erased cookie.

    Looked up once per request. Whoever writes asks `person_locked` or `ensure_visitor`.
    """
    if _KNOWN not in vars(request):
        raw = request.get_signed_cookie(COOKIE, default=None, salt=_SALT, max_age=COOKIE_AGE_S)
        vars(request)[_KNOWN] = visitor_find(visitor_id=UUID(raw)) if raw else None
    person: Person | None = vars(request)[_KNOWN]
    return person


def person_locked(request: HttpRequest) -> Person | None:
    """Who sent this request and was not erased meanwhile. Inside a transaction, to whose end
    nobody else erases or writes for the person.
    """
    person = current_person(request)
    return visitor_lock(visitor_id=person.pk) if person else None


def ensure_visitor(request: HttpRequest) -> Visitor:
    """The person, made now if need be. Answer with `remember`, or the visitor is lost.

    Inside a transaction, like `person_locked`.
    """
    return person_locked(request) or visitor_create()


def remember(response: Response, visitor: Visitor) -> Response:
    """Set the signed cookie by which `current_person` knows the visitor again."""
    response.set_signed_cookie(
        COOKIE,
        str(visitor.id),
        salt=_SALT,
        max_age=COOKIE_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response


def forget(response: Response) -> Response:
    """Take the cookie back."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
