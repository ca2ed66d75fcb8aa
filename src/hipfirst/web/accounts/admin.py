# SPDX-License-Identifier: Apache-2.0
"""Accounts for the owner: who joined, what they may do. Nothing here is about anybody's knees."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.models import Account
from hipfirst.web.accounts.role_actions import LastOwner, account_check, account_set


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the owner may change of an account of somebody else, or of their own."""

    banned = forms.BooleanField(
        required=False,
        label=_("Banned"),
        help_text=_("Reads and trains as before, and writes no comments."),
    )

    class Meta:
        model = Account
        fields: ClassVar = ["role", "is_active", "banned_because"]
        help_texts: ClassVar = {
            "role": _(
                "A moderator looks after comments. An owner may do everything behind the site."
            ),
            "is_active": _("Without it, nobody gets into this account; nothing of it is erased."),
            "banned_because": _("For you and the moderators."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["banned"] = self.instance.is_banned

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "role" in cleaned:
            try:
                account_check(
                    account=self.instance, role=cleaned["role"], is_active=cleaned["is_active"]
                )
            except LastOwner as error:
                raise forms.ValidationError(error.message) from None
        return cleaned


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
        (_("Comments"), {"fields": ("banned", "banned_because", "banned_at")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up themselves."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        """People delete their account themselves, with days to change their mind."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        return super().get_queryset(request).defer("password")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Accounts"), **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Account, form: Any, change: Any) -> None:
        said = form.cleaned_data
        account_set(
            account=obj,
            role=said["role"],
            is_active=said["is_active"],
            banned=said["banned"],
            because=said["banned_because"],
        )
