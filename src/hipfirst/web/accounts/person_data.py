# SPDX-License-Identifier: Apache-2.0
"""Our parts of the person-data contract: the person, the account, how it is signed into, what was
agreed to, and what somebody did behind the site.

Secrets are never copied: of a password, a passkey or an authenticator app an export says that it
exists, and since when.
"""

from __future__ import annotations

import re

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hipfirst.web.accounts.actions import signed_out
from hipfirst.web.accounts.consent_words import HEALTH
from hipfirst.web.accounts.contract import JsonValue, PersonData, TableFile
from hipfirst.web.accounts.models import Account, Consent, Person
from hipfirst.web.accounts.queries import account_of, authenticators_of, sign_ins_of
from hipfirst.web.site.queries import terms_default


def _nothing(_giver: Person, _taker: Person) -> None:
    """Only visitors are adopted, and a visitor has none of this."""


def _person_adopt(giver: Person, _taker: Person) -> None:
    _person_erase(giver)


def _person_export(person: Person) -> JsonValue:
    return {"id": str(person.pk), "created": person.created.isoformat()}


def _person_erase(person: Person) -> int:
    return Person.objects.filter(pk=person.pk).delete()[0]


PERSON = PersonData(
    name="person",
    title=_("A random number by which this site knows what is yours."),
    files={
        "person": TableFile(
            "person", _("the random number by which this site knows what is yours, and since when")
        ),
    },
    models=frozenset({"accounts.person"}),
    count=lambda _person: 1,
    adopt=_person_adopt,
    export=_person_export,
    erase=_person_erase,
)


def _consents(person: Person) -> QuerySet[Consent]:
    return Consent.objects.filter(person=person)


def _consents_adopt(giver: Person, taker: Person) -> None:
    _consents(giver).update(person=taker)


def _consents_export(person: Person) -> JsonValue:
    rows = _consents(person).select_related("terms").order_by("given_at", "pk")
    return [
        {
            "purpose": row.purpose,
            "version": row.version,
            "given_at": row.given_at.isoformat(),
            "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
            "words": _words(row),
        }
        for row in rows
    ]


def _words(row: Consent) -> str | None:
    """What was agreed to. None: said before the words of the terms were kept."""
    if row.purpose == Consent.Purpose.HEALTH:
        return "\n".join(str(each) for each in HEALTH.get(row.version, ())) or None
    return (row.terms.text.strip() or terms_default()) if row.terms else None


CONSENTS = PersonData(
    name="consents",
    title=ngettext_lazy("One thing you agreed to.", "%(count)d things you agreed to.", "count"),
    files={
        "consents": TableFile("consents", _("what you agreed to, when, and in which words")),
    },
    models=frozenset({"accounts.consent"}),
    count=lambda person: _consents(person).count(),
    adopt=_consents_adopt,
    export=_consents_export,
    erase=lambda person: _consents(person).delete()[0],
)


def _account_export(person: Person) -> JsonValue:
    account = account_of(person=person)
    if account is None:
        return None
    addresses = EmailAddress.objects.filter(user=account).order_by("pk")
    return {
        "email": account.email,
        "name": account.name,
        "role": account.role,
        "joined": account.date_joined.isoformat(),
        "signed_in_last": account.last_login.isoformat() if account.last_login else None,
        "has_password": account.has_usable_password(),
        "banned_at": account.banned_at.isoformat() if account.banned_at else None,
        "banned_because": account.banned_because,
        "erase_at": account.erase_at.isoformat() if account.erase_at else None,
        "addresses": [
            {"email": each.email, "verified": each.verified, "primary": each.primary}
            for each in addresses
        ],
    }


def _account_erase(person: Person) -> int:
    """The account and its addresses. Whoever signed in with it is nobody from now on."""
    return Account.objects.filter(person=person).delete()[1].get("accounts.Account", 0)


ACCOUNT = PersonData(
    name="account",
    title=ngettext_lazy("Your account.", "%(count)d accounts.", "count"),
    files={
        "account": TableFile("account", _("your account: name, role, when you came")),
        "account_addresses": TableFile("addresses", _("your e-mail addresses")),
    },
    models=frozenset({"accounts.account", "account.emailaddress", "account.emailconfirmation"}),
    count=lambda person: Account.objects.filter(person=person).count(),
    adopt=_nothing,
    export=_account_export,
    erase=_account_erase,
)


def _sign_ins_export(person: Person) -> JsonValue:
    return {
        "methods": [
            {
                "type": each.type,
                "name": each.data.get("name", "") if each.type == "webauthn" else "",
                "created": each.created_at.isoformat(),
                "last_used": each.last_used_at.isoformat() if each.last_used_at else None,
            }
            for each in authenticators_of(person=person)
        ],
        "devices": [
            {
                "ip": each.ip,
                "browser": each.user_agent,
                "created": each.created_at.isoformat(),
                "last_seen": each.last_seen_at.isoformat(),
            }
            for each in sign_ins_of(person=person)
        ],
    }


def _sign_ins_erase(person: Person) -> int:
    return signed_out(person=person) + int(authenticators_of(person=person).delete()[0])


SIGN_INS = PersonData(
    name="sign_ins",
    title=ngettext_lazy(
        "One way to sign in, or place where you are signed in.",
        "%(count)d ways to sign in, and places where you are signed in.",
        "count",
    ),
    files={
        "sign_ins_methods": TableFile(
            "ways_to_sign_in",
            _("passkeys, app and recovery codes that you set up, without their secrets"),
        ),
        "sign_ins_devices": TableFile("signed_in", _("the browsers in which you are signed in")),
    },
    models=frozenset({"mfa.authenticator", "usersessions.usersession"}),
    count=lambda person: (
        authenticators_of(person=person).count() + sign_ins_of(person=person).count()
    ),
    adopt=_nothing,
    export=_sign_ins_export,
    erase=_sign_ins_erase,
)


def _behind(person: Person) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(user__person=person).order_by("pk")


def _behind_export(person: Person) -> JsonValue:
    """What was done to which kind of thing. To whom would be somebody else's data."""
    return [
        {
            "at": each.action_time.isoformat(),
            "kind": f"{each.content_type.app_label}.{each.content_type.model}"
            if each.content_type
            else "",
            "number": each.object_id if each.content_type else "",
            "done": each.get_action_flag_display(),
        }
        for each in _behind(person).select_related("content_type")
    ]


def _behind_erase(person: Person) -> int:
    """Also what others did to the account behind the site: their log names its address."""
    account = account_of(person=person)
    if account is None:
        return 0
    kind = ContentType.objects.get_for_model(Account)
    about = Q(content_type=kind, object_id=str(account.pk)) | Q(pk__in=_naming(account.email))
    return LogEntry.objects.filter(Q(user=account) | about).delete()[0]


def _naming(email: str) -> list[int]:
    """Lines in which this address stands, and not one that it is a part of."""
    whole = re.compile(rf"(?<![^\s<>()\[\]\"',;:]){re.escape(email)}(?![\w@-]|\.\w)", re.IGNORECASE)
    lines = LogEntry.objects.filter(object_repr__icontains=email)
    return [pk for pk, said in lines.values_list("pk", "object_repr") if whole.search(said)]


BEHIND = PersonData(
    name="behind",
    title=ngettext_lazy(
        "One thing you did behind the site.", "%(count)d things you did behind the site.", "count"
    ),
    files={
        "behind": TableFile("behind", _("what you did behind the site")),
    },
    models=frozenset({"admin.logentry"}),
    count=lambda person: _behind(person).count(),
    adopt=_nothing,
    export=_behind_export,
    erase=_behind_erase,
)
PARTS = (PERSON, CONSENTS, ACCOUNT, SIGN_INS, BEHIND)
"""In the order of what points at what: erased from the last to the first."""
