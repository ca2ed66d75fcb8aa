# SPDX-License-Identifier: Apache-2.0
"""Where the sign-in library meets this site: its words, its mails, what it may redirect to."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.internal.stagekit import clear_login
from allauth.core import context as library
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hipfirst.web.accounts.access import current_account
from hipfirst.web.accounts.errors import MailNotSent
from hipfirst.web.accounts.forms import agreed_give
from hipfirst.web.accounts.mails import mail_fault
from hipfirst.web.accounts.models import Account
from hipfirst.web.accounts.sign_again import signed_in_lately
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.site.queries import site_settings
from hipfirst.web.site.sender import mail_sender

SECOND_STEP = "allauth.mfa.stages.AuthenticateStage"
OUR_SECOND_STEP = "hipfirst.web.accounts.stages.SecondStep"
WRONG_CODE = gettext_lazy("This code does not fit. Look at the newest mail, and type it again.")
_log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing up and in, by e-mail address."""

    error_messages = {  # noqa: RUF012 as the library declares it
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "Address and password do not fit together. Leave the password empty, and a code comes "
            "by e-mail."
        ),
        "enter_current_password": gettext_lazy("That is not your password now."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": gettext_lazy("That is not your password."),
        "duplicate_email": gettext_lazy("That is your address already."),
        "same_as_current": gettext_lazy("That is your address already."),
        "email_taken": gettext_lazy("This address cannot be used here."),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries. Please wait a few minutes, then start again."
        ),
        "rate_limited": gettext_lazy("Please wait a few seconds, then ask again."),
    }
    METHODS = {  # noqa: RUF012
        "reauthenticate": gettext_lazy("Use your password"),
        "mfa_reauthenticate": gettext_lazy("Use your app or a recovery code"),
        "mfa_reauthenticate:webauthn": gettext_lazy("Use your passkey"),
        "code": gettext_lazy("Send me a code by e-mail"),
    }

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this site, without a host: nothing else is ever redirected to."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Whose days to think again are over reads that, and gets no further."""
        if user.is_over:
            clear_login(request)
            return redirect("accounts:deleted")
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def login(self, request: HttpRequest, user: Account) -> None:
        """Somebody is in: what they agreed to when they signed up now stands."""
        super().login(request, user)
        # Whoever was nobody here kept a session for an hour; from now on it lasts as others do.
        request.session.set_expiry(None)
        if not get_authentication_records(request, user):
            # The library does not note the code that opens a new account.
            record_authentication(request, user, method="code", email=user.email)
        agreed_give(request, user)

    def get_login_stages(self) -> list[str]:
        stages: list[str] = super().get_login_stages()
        return [OUR_SECOND_STEP if stage == SECOND_STEP else stage for stage in stages]

    def get_reauthentication_methods(self, user: Account | AnonymousUser) -> list[dict[str, Any]]:
        """A code from a mail is the last of them: passkeys get lost. It does not go around the
        authenticator app, which has recovery codes for that.
        """
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            methods = [*methods, {"id": "code", "url": reverse("accounts:sign-again")}]
        return [{**each, "description": self.METHODS[each["id"]]} for each in methods]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Asked before what matters. Raises ReauthenticationRequired for whoever has nothing but
        the mail and signed in long ago: after this, the library lets them pass.
        """
        account = current_account(self.request)
        if (
            account
            and not get_reauthentication_flows(account)
            and not signed_in_lately(self.request, account)
        ):
            raise ReauthenticationRequired
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_from_email(self) -> str:
        return mail_sender()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises MailNotSent."""
        try:
            signup_url = whole_url(library.request, reverse("account_signup"))
            told = {**context, "site": site_settings(), "signup_url": signup_url}
            super().send_mail(template_prefix, email, told)
        except (OSError, SMTPException) as error:
            _log.error("a mail could not be sent: %s: %s", template_prefix, mail_fault(error))
            raise MailNotSent from None

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """News of what was done already: that a mail fails does not undo it."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except MailNotSent:
            return


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys, the authenticator app and recovery codes."""

    error_messages = {  # noqa: RUF012
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code does not fit. Wait for the next one, and try."),
        "unverified_email": gettext_lazy("Confirm your e-mail address first."),
    }

    def _get_site_name(self) -> str:
        return site_settings().name

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("My passkey") if number == 1 else _("Passkey %(n)s") % {"n": number}

    def build_totp_svg(self, url: str) -> SafeString:
        """The address as a picture to scan: markup for the page itself, without a style in it."""
        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )
        return format_html(
            '<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{label}">'
            '<rect width="{size}" height="{size}" fill="#ffffff"/>'
            '<path d="{path}" fill="#000000"/></svg>',
            size=len(rows),
            label=_("Picture to scan with your authenticator app"),
            path=path,
        )
