# SPDX-License-Identifier: Apache-2.0
"""Who is asking. Views learn it here and nowhere else; reading a page makes nobody a visitor."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from hipfirst.web.accounts.actions import visitor_create
from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.accounts.queries import person_lock, visitor_find

COOKIE = "hipfirst_visitor"
COOKIE_AGE_S = 400 * 24 * 3600  # the longest that browsers keep a cookie
_SALT = "hipfirst.visitor"
_KNOWN = "_hipfirst_person"
Response = TypeVar("Response", bound=HttpResponseBase)


def current_account(request: HttpRequest) -> Account | None:
    """Who is signed in; None for everybody else. No query where no session cookie came."""
    user = request.user
    return user if isinstance(user, Account) and user.is_authenticated else None


def account_signed_in(request: HttpRequest) -> Account:
    """Who is signed in. PermissionDenied for everybody else: below `login_required` that is
    nobody.
    """
    account = current_account(request)
    if account is None:
        raise PermissionDenied
    return account


def current_person(request: HttpRequest) -> Person | None:
    """Who sent this request: whose account is signed in, or whose visitor cookie came.

    None for a stranger, a forged, an expired or an erased cookie. Looked up once per request.
    Whoever writes asks `person_locked` or `ensure_person`.
    """
    if _KNOWN not in vars(request):
        account = current_account(request)
        vars(request)[_KNOWN] = account.person if account else visitor_of(request)
    person: Person | None = vars(request)[_KNOWN]
    return person


def visitor_of(request: HttpRequest) -> Person | None:
    """Whose visitor cookie came with this request, whoever is signed in."""
    raw = request.get_signed_cookie(COOKIE, default=None, salt=_SALT, max_age=COOKIE_AGE_S)
    return visitor_find(person_id=UUID(raw)) if raw else None


def person_locked(request: HttpRequest) -> Person | None:
    """Who sent this request and was not erased meanwhile. Inside a transaction, to whose end
    nobody else erases or writes for the person.
    """
    person = current_person(request)
    return person_lock(person_id=person.pk) if person else None


def ensure_person(request: HttpRequest) -> Person:
    """The person, made now if need be. Answer with `remember`, or a new visitor is lost.

    Inside a transaction, like `person_locked`.
    """
    return person_locked(request) or visitor_create()


def remember(request: HttpRequest, response: Response, person: Person) -> Response:
    """See to it that the next request is known to be of this person.

    Whoever is signed in is known by the session and gets no cookie.
    """
    return response if current_account(request) else give_cookie(response, person)


def give_cookie(response: Response, visitor: Person) -> Response:
    """Set the signed cookie by which `current_person` knows a visitor again."""
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
