# SPDX-License-Identifier: Apache-2.0
"""`hipfirst manage vouchers yearly 20 > codes.txt`: codes that work once each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hipfirst.web.membership.codes import spelled
from hipfirst.web.membership.errors import MembershipRefused
from hipfirst.web.membership.models import Offer
from hipfirst.web.membership.vouchers import COUNT_MAX, vouchers_make


class Command(BaseCommand):
    help = "Make vouchers of an offer; prints one code on each line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("offer", help="slug of an offer, such as yearly")
        parser.add_argument("count", type=int, help=f"1 to {COUNT_MAX}")
        parser.add_argument("--until", type=_day, help="last day, such as 2027-12-31")
        parser.add_argument("--note", default="", help="for yourself")

    def handle(self, *args: Any, **options: Any) -> None:
        offer = Offer.objects.filter(slug=options["offer"]).first()
        if offer is None:
            known = ", ".join(Offer.objects.values_list("slug", flat=True))
            raise CommandError(f"{options['offer']!r} was given; allowed: {known}")
        try:
            batch = vouchers_make(
                offer=offer,
                count=options["count"],
                expires_on=options["until"],
                note=options["note"][:120],
            )
        except MembershipRefused as refused:
            raise CommandError(refused.message) from refused
        for voucher in batch.vouchers.order_by("pk"):
            self.stdout.write(spelled(voucher.code))


def _day(typed: str) -> date:
    """Of what this raises the parser says what was given."""
    return date.fromisoformat(typed)
