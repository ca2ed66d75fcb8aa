# SPDX-License-Identifier: Apache-2.0
"""Our part of the person-data contract: the ledger of a membership, and mails about its end.

Erasing frees no voucher: which were used stays known, by whom no longer.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hipfirst.web.accounts.contract import JsonValue, PersonData, TableFile
from hipfirst.web.accounts.models import Person
from hipfirst.web.membership.models import EndingNotice, LedgerLine, Voucher


def _adopt(giver: Person, taker: Person) -> None:
    for model in (LedgerLine, EndingNotice):
        model.objects.filter(person=giver).update(person=taker)
    Voucher.objects.filter(used_by=giver).update(used_by=taker)


def _export(person: Person) -> JsonValue:
    lines = LedgerLine.objects.filter(person=person).order_by("at", "written_at", "pk")
    notices = EndingNotice.objects.filter(person=person).order_by("sent_at", "pk")
    return {
        "lines": [_line(each) for each in lines],
        "notices": [
            {"about": each.kind, "until": each.until.isoformat(), "sent": each.sent_at.isoformat()}
            for each in notices
        ],
    }


def _line(line: LedgerLine) -> JsonValue:
    return {
        "id": str(line.pk),
        "kind": line.kind,
        "at": line.at.isoformat(),
        "days": line.days,
        "for_life": line.kind == LedgerLine.Kind.GRANT and line.days is None,
        "as": line.offer_kind,
        "of": str(line.of_id) if line.of_id else line.of_reference,
        "source": line.source,
        "reference": line.reference,
    }


@transaction.atomic
def _erase(person: Person) -> int:
    Voucher.objects.filter(used_by=person).update(used_by=None)
    count = EndingNotice.objects.filter(person=person).delete()[0]
    # All at once: a revocation points at its grant.
    return count + LedgerLine.objects.filter(person=person).delete()[0]


MEMBERSHIP = PersonData(
    name="membership",
    title=ngettext_lazy(
        "One thing that happened to your membership.",
        "%(count)d things that happened to your membership.",
        "count",
    ),
    files={
        "membership_lines": TableFile(
            "membership", _("your membership: time you were given, pauses and their ends")
        ),
        "membership_notices": TableFile(
            "membership_mails", _("mails that told you when your membership ends")
        ),
    },
    models=frozenset(
        {"membership.ledgerline", "membership.voucher", "membership.endingnotice"}
        | {"membership.voucherbatch"}
    ),
    count=lambda person: LedgerLine.objects.filter(person=person).count(),
    adopt=_adopt,
    export=_export,
    erase=_erase,
)
