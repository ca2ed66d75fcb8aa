# SPDX-License-Identifier: Apache-2.0
"""`hipfirst manage owner you@example.org`: who runs the site, and their way back in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from hipfirst.web.accounts.actions import owner_make
from hipfirst.web.accounts.mails import second_step_forgotten_send
from hipfirst.web.accounts.sign_actions import second_step_forget

CONSOLE = "django.core.mail.backends.console.EmailBackend"


class Command(BaseCommand):
    help = "Make the account of this e-mail address an owner of the site; made if there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="such as you@example.org")
        parser.add_argument(
            "--forget-second-step",
            action="store_true",
            help="instead, take app, recovery codes and passkeys from the account of this address "
            "and sign it out, for whoever lost them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip()
        if options["forget_second_step"]:
            self._forget(email)
        else:
            self._make(email)

    def _forget(self, email: str) -> None:
        account = second_step_forget(email=email)
        if account is None:
            raise CommandError(f"{email!r} was given; allowed: the address of an account.")
        told = second_step_forgotten_send(account=account)
        self.stdout.write(
            f"{account.email} is signed out everywhere and has no app, recovery codes or passkeys "
            f"any more. A mail says so{'' if told else ', but it could not be sent'}."
        )

    def _make(self, email: str) -> None:
        try:
            account, made = owner_make(email=email)
        except ValidationError as error:
            said = " ".join(error.messages)
            problem = f"{email!r} was given; allowed: an e-mail address. {said}"
            raise CommandError(problem) from error
        self.stdout.write(f"{account.email} {'was made' if made else 'is now'} an owner.")
        self.stdout.write(
            f"To sign in, open {reverse(settings.LOGIN_URL)} on your site, type the address, and "
            f"leave the password empty: a code comes {_where()}. {reverse('admin:index')} is for "
            f"you then."
        )


def _where() -> str:
    if settings.EMAIL_BACKEND == CONSOLE:
        return "out of the running server, where it prints its log (no HIPFIRST_MAIL_HOST is set)"
    return "by e-mail"
