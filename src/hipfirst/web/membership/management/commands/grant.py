# SPDX-License-Identifier: Apache-2.0
"""`hipfirst manage grant mia@example.org --days 30`: a membership from the owner."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hipfirst.web.membership.actions import account_named, grant
from hipfirst.web.membership.errors import MembershipRefused
from hipfirst.web.membership.queries import standing_of
from hipfirst.web.membership.words import standing_view


class Command(BaseCommand):
    help = "Give the account of this e-mail address a membership."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="such as you@example.org, or the reference they quote")
        long = parser.add_mutually_exclusive_group(required=True)
        long.add_argument("--days", type=int, help="such as 30")
        long.add_argument("--for-life", action="store_true")
        parser.add_argument("--note", default="", help="for yourself")

    def handle(self, *args: Any, **options: Any) -> None:
        now, days = timezone.now(), None if options["for_life"] else options["days"]
        try:
            account = account_named(options["email"])
            grant(account=account, days=days, note=options["note"][:200], now=now)
        except MembershipRefused as refused:
            raise CommandError(refused.message) from refused
        said = standing_view(standing_of(person=account.person, now=now))
        self.stdout.write(f"{account.email}: {said.heading}.")
