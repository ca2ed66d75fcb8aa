# SPDX-License-Identifier: Apache-2.0
"""What the sign-in library does not do as this site needs it."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.views import LogoutView, PasswordSetView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hipfirst.web.accounts.sign_forms import PasskeyForm


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A key that signs in by itself. It asks for no recovery codes: it locks no other way in."""

    def get_form_class(self) -> type[PasskeyForm]:
        return PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        # The library's own form is lost where something was wrong with what was sent.
        context["form"] = kwargs.get("form", context["form"])
        context["js_data"] = {"creation_options": begin_registration(self.request.user, True)}
        return context

    def form_valid(self, form: PasskeyForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        account = self.request.user
        if not is_mfa_enabled(account, [Authenticator.Type.TOTP]):
            codes = Authenticator.Type.RECOVERY_CODES
            Authenticator.objects.filter(user=account, type=codes).delete()
        return response

    def get_success_url(self) -> str:
        return reverse("mfa_list_webauthn")


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]
    """Whoever has just typed a number of the app is not asked for one again to see the codes."""

    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(
            self.request, self.request.user, method="mfa", type="totp", reauthenticated=True
        )
        return response


class SignOut(LogoutView):  # type: ignore[misc]
    """Signing out; in a browser of several people also of what it keeps by itself."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        if self.request.POST.get("clear"):
            response["Clear-Site-Data"] = '"storage"'
        return response


# The library asks nobody here, and a password is what it asks for next time.
set_password = login_required(reauthentication_required(PasswordSetView.as_view()))


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponseRedirect:
    """End every sign-in of the account, this one too."""
    end_other_sessions(request, request.user)
    logout(request)
    return redirect("account_login")
