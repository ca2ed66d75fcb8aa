# SPDX-License-Identifier: Apache-2.0
"""Accounts for the owner: who joined, what they may do. Nothing here is about anybody's knees."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.errors import LastOwner
from hipfirst.web.accounts.models import Account
from hipfirst.web.accounts.role_actions import account_check, account_set, account_unname


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the owner may change of an account of somebody else, or of their own."""

    banned = forms.BooleanField(
        required=False,
        label=_("Banned"),
        help_text=_("Reads and trains as before, and writes no comments."),
    )
    unnamed = forms.BooleanField(
        required=False,
        label=_("Take the name away"),
        help_text=_("Comments then stand without one. A banned person cannot choose another."),
    )

    class Meta:
        model = Account
        fields: ClassVar = ["role", "is_active", "banned_because"]
        help_texts: ClassVar = {
            "role": _(
                "A moderator looks after comments. An owner may do everything behind the site."
            ),
            "is_active": _("Without it, nobody gets into this account; nothing of it is erased."),
            "banned_because": _(
                "Moderators see it, and the banned person reads it beside the ban."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["banned"] = self.instance.is_banned
        # The form says what it showed: only what the owner changed is written, not what others
        # did meanwhile.
        for name in ("role", "is_active", "banned", "banned_because"):
            self.fields[name].show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        wanted = {"role": self.instance.role, "is_active": self.instance.is_active}
        wanted |= {name: cleaned[name] for name in wanted if name in cleaned and self._meant(name)}
        try:
            account_check(account=self.instance, **wanted)
        except LastOwner as error:
            raise forms.ValidationError(error.message) from None
        return cleaned

    def _meant(self, name: str) -> bool:
        """Whether the owner changed what the form showed."""
        return name in self.changed_data

    def decided(self) -> dict[str, Any]:
        """What `account_set` is told: what was changed, and nothing else."""
        said, because = self.cleaned_data, "banned_because"
        changed = {n: said[n] for n in ("role", "is_active", "banned") if self._meant(n)}
        return changed | ({"because": said[because]} if self._meant(because) else {})


class Banned(admin.SimpleListFilter):
    title = _("banned")
    parameter_name = "banned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Banned")), ("no", _("Not banned"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Account]) -> QuerySet[Account]:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(banned_at__isnull=self.value() == "no")


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = RoleForm
    list_display = ("email", "name", "role", "is_active", "banned_at", "date_joined")
    list_filter = ("role", "is_active", Banned)
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("email", "name")
    search_help_text = _("E-mail address or name")
    ordering = ("-date_joined",)
    list_per_page = 50
    actions = None
    readonly_fields = ("email", "name", "date_joined", "last_login", "banned_at", "erase_at")
    fieldsets = (
        (None, {"fields": ("email", "name", "date_joined", "last_login", "erase_at")}),
        (_("What they may do"), {"fields": ("role", "is_active")}),
        (_("Comments"), {"fields": ("unnamed", "banned", "banned_because", "banned_at")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up themselves."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        """People delete their account themselves, with days to change their mind."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the lists beside it ask: other columns are nothing to guess at by asking."""
        asked = {"role__exact", "is_active__exact", Banned.parameter_name}
        return lookup in asked and super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        return super().get_queryset(request).defer("password")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Accounts"), **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Account, form: Any, change: Any) -> None:
        account_set(account=obj, **form.decided())
        if form.cleaned_data["unnamed"]:
            account_unname(account=obj)
