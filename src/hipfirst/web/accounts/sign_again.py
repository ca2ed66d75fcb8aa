# SPDX-License-Identifier: Apache-2.0
"""Being asked again before what matters: by a code from a mail, unless there is an app.

The library asks for a password, a passkey or the app, and nothing of whoever has none of them.
"""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from hipfirst.web.accounts.access import account_signed_in
from hipfirst.web.accounts.models import Account

LATELY_S = 900
"""How long a sign-in counts as proof enough."""
TRIES = 3
_STATE = "sign_again"


def signed_in_lately(request: HttpRequest, account: Account) -> bool:
    """Whether somebody proved in this browser a short while ago that the account is theirs."""
    records = get_authentication_records(request, account)
    return any(time.time() - each["at"] < LATELY_S for each in records)


class _Code(AbstractCodeVerificationProcess):  # type: ignore[misc]
    """A code on its way. It fits this session alone."""

    def __init__(self, request: HttpRequest, state: dict[str, Any], account: Account) -> None:
        self.request = request
        timeout = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
        super().__init__(max_attempts=TRIES, timeout=timeout, state=state, user=account)

    def persist(self) -> None:
        self.request.session[_STATE] = self.state

    def abort(self) -> None:
        self.request.session.pop(_STATE, None)

    def send(self) -> None:
        """Raises MailNotSent."""
        self.state["code"] = get_adapter().generate_login_code()
        context = {"request": self.request, "code": self.code}
        get_adapter().send_mail("account/email/login_code", self.user.email, context)
        self.persist()


def _on_its_way(request: HttpRequest) -> _Code | None:
    state = request.session.get(_STATE)
    if state is None:
        return None
    return cast(
        "_Code | None", _Code(request, state, account_signed_in(request)).abort_if_invalid()
    )


@method_decorator(login_required, name="dispatch")
class SignAgain(BaseReauthenticateView):  # type: ignore[misc]
    """A button that sends the code, then the code. Looking sends nothing."""

    form_class = ConfirmLoginCodeForm
    template_name = "account/reauthenticate_by_code.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        sent = _on_its_way(self.request)
        return {**super().get_form_kwargs(), "code": sent.code if sent else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sent, email = _on_its_way(self.request), self.request.user.email
        return {**context, "is_sent": sent is not None, "email": email}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "send":
            return self._send(account_signed_in(request))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def _send(self, account: Account) -> HttpResponse:
        if not ratelimit.consume(self.request, action="request_login_code", key=account.email):
            return self._refuse("too_many_login_attempts")
        _Code(self.request, _Code.initial_state(user=account), account).send()
        answer: HttpResponse = self.render_to_response(
            self.get_context_data(form=self.form_class())
        )
        return answer

    def _refuse(self, why: str) -> HttpResponse:
        """The page again, and what is wrong."""
        form = self.form_class(data={"code": "-"}, code="")
        form.errors.clear()
        form.add_error(None, get_adapter().validation_error(why))
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer

    def form_valid(self, form: ConfirmLoginCodeForm) -> HttpResponse:
        self.request.session.pop(_STATE, None)
        email = self.request.user.email
        record_authentication(
            self.request, self.request.user, method="code", email=email, reauthenticated=True
        )
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: ConfirmLoginCodeForm) -> HttpResponse:
        sent = _on_its_way(self.request)
        if sent and not sent.record_invalid_attempt():
            return self._refuse("too_many_login_attempts")
        answer: HttpResponse = super().form_invalid(form)
        return answer
