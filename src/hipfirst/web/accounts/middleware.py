# SPDX-License-Identifier: Apache-2.0
"""What follows from being signed in, whichever way somebody came in."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control

from hipfirst.web.accounts.access import COOKIE, current_account, forget, visitor_of
from hipfirst.web.accounts.models import Account
from hipfirst.web.accounts.sign_actions import visitor_adopt

_log = logging.getLogger(__name__)
PERSONAL = "/account/"
"""Pages below are of one person or let somebody in: nobody keeps a copy."""
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
SEEN_EVERY_S = 600
PASSING_S = 3600
"""How long a session lasts after its last change while nobody is signed in: it may hold the address
that somebody typed to sign up or in.
"""
_SEEN = "seen"


class SignedIn:
    """Gives the account what its browser did as a visitor, and takes the visitor's cookie back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The library takes PUT for POST, and nothing here is meant for it.
        if request.path.startswith(PERSONAL) and request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if _account(request):
            _note_seen(request)
        response = self.get_response(request)
        # Asked again: the view may have signed somebody in or out.
        if COOKIE in request.COOKIES and (account := _account(request)):
            _adopt(request, response, account)
        _let_pass(request)
        if request.path.startswith(PERSONAL):
            response.headers.pop("Expires", None)
            response.headers.pop("Cache-Control", None)
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """The sign-in library calls the host name `site`; on all pages that is the settings."""
        if response.context_data:
            response.context_data.pop("site", None)
        return response


def _account(request: HttpRequest) -> Account | None:
    """Who is signed in. Where nobody can be, the session is left alone: a page that looks at it is
    another one for each cookie, and no cache may share it.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.accessed:
        return current_account(request)
    return None


def _let_pass(request: HttpRequest) -> None:
    session = request.session
    if session.modified and not session.is_empty() and not _account(request):
        session.set_expiry(PASSING_S)


def _adopt(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    # Who is about to be erased keeps the cookie until they decide to stay.
    if account.erase_at:
        return
    if visitor := visitor_of(request):
        try:
            visitor_adopt(visitor=visitor, account=account)
        except Exception as error:  # noqa: BLE001 whatever it is, the sign-in stands
            # The cookie stays: the next request tries again. What is said may tell of somebody.
            _log.error("a visitor could not be adopted: %s", type(error).__name__)
            return
    # A view that erased everything has taken it back already.
    forget(response)


def _note_seen(request: HttpRequest) -> None:
    """When and where a sign-in was last used, as its list shows. Not with every request: each is
    a write.
    """
    now = int(time.time())
    if now - request.session.get(_SEEN, 0) >= SEEN_EVERY_S:
        UserSession.objects.create_from_request(request)
        request.session[_SEEN] = now
