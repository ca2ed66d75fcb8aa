# SPDX-License-Identifier: Apache-2.0
"""The people the site keeps something for, the accounts of some of them, and what they agreed to.

A visitor is a person without an account: a number in a cookie, nothing more.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """Somebody for whom something is kept. Everything personal points here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(self.id)


class AccountManager(BaseUserManager["Account"]):
    """Accounts always come with their person: who asks is looked up once, in one query."""

    def get_queryset(self) -> models.QuerySet[Account]:
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """An account with a person of its own. Without a password: signs in by code or passkey."""
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """The owner; Django's command `createsuperuser` ends here."""
        return self.create_user(email, password, **fields, role=Account.Role.OWNER)


class Account(AbstractBaseUser):
    """Somebody who can sign in."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        MODERATOR = "moderator", _("Moderator")
        OWNER = "owner", _("Owner")

    person = models.OneToOneField(Person, models.CASCADE, related_name="account")
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name shown to others"), max_length=60, blank=True)
    """Beside comments. Empty: the person never chose one."""
    role = models.CharField(_("role"), max_length=9, choices=Role, default=Role.MEMBER)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    banned_at = models.DateTimeField(_("banned since"), null=True, blank=True)
    """A banned account reads and trains, and writes no comments."""
    banned_because = models.CharField(_("banned because"), max_length=200, blank=True)
    erase_at = models.DateTimeField(_("to be erased"), null=True, blank=True)
    """End of the days in which somebody who deletes the account may change their mind."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    MODERATION: ClassVar[frozenset[str]] = frozenset(
        {"journal.view_comment", "journal.change_comment", "journal.view_report"}
        | {"journal.change_report", "journal.view_discussion", "journal.change_discussion"}
    )
    """What a moderator may do: the queue asks for it, and the admin lets them in by it."""

    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="account_email_any_case"),
        ]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Where the account cannot be kept, no person without one stays behind.
        with transaction.atomic(using=kwargs.get("using")):
            if self.person_id is None:
                self.person = Person.objects.create()
            super().save(*args, **kwargs)

    @property
    def is_banned(self) -> bool:
        return self.banned_at is not None

    @property
    def is_over(self) -> bool:
        """The days to think again are over: nobody gets in any more, whenever it is erased."""
        return self.erase_at is not None and self.erase_at <= timezone.now()

    @property
    def is_staff(self) -> bool:
        """Whether the admin lets them in."""
        return self.role != self.Role.MEMBER

    @property
    def is_superuser(self) -> bool:
        return self.role == self.Role.OWNER

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's question: the owner may do everything, a moderator may moderate."""
        if not self.is_active:
            return False
        return self.is_superuser or (self.is_staff and perm in self.MODERATION)

    def has_perms(self, perms: Iterable[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        modules = {perm.split(".")[0] for perm in self.MODERATION}
        return self.is_active and (self.is_superuser or (self.is_staff and app_label in modules))


class TermsText(models.Model):
    """Terms that somebody agreed to: they stay readable after the owner wrote new ones."""

    version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    """Markdown. Empty: the site had no terms of its own."""
    since = models.DateTimeField(default=timezone.now)
    """When somebody first agreed to them."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "sha256"], name="terms_text_once"),
        ]

    def __str__(self) -> str:
        return f"terms {self.version}"


class Consent(models.Model):
    """One answer to one wording: what was agreed to, when, and when it was taken back."""

    class Purpose(models.TextChoices):
        TERMS = "terms", _("Terms")
        HEALTH = "health", _("Keeping what you tell us about your knees")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=8, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    """Of the words that were agreed to."""
    terms = models.ForeignKey(TermsText, models.PROTECT, null=True, blank=True, related_name="+")
    """The words themselves, of the terms; those about health stand in `consent_words`."""
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "purpose", "-given_at"], name="consent_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"
