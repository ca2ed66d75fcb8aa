# SPDX-License-Identifier: Apache-2.0
"""The owner's side of memberships: offers, vouchers, the ledger."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hipfirst.web.membership.actions import grant, revoke
from hipfirst.web.membership.admin_forms import (
    BatchForm,
    GrantForm,
    LineForm,
    NewBatchForm,
    OfferForm,
)
from hipfirst.web.membership.codes import spelled
from hipfirst.web.membership.errors import NotNow
from hipfirst.web.membership.models import LedgerLine, Offer, Voucher, VoucherBatch
from hipfirst.web.membership.money import money
from hipfirst.web.membership.queries import batches
from hipfirst.web.membership.vouchers import batch_withdraw, vouchers_make


class Room(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nothing is deleted here: what was sold and given stays on record."""

    actions = None
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the lists beside it ask."""
        return lookup in self.asked and super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    asked: frozenset[str] = frozenset()


@admin.register(Offer)
class OfferAdmin(Room):
    form = OfferForm
    list_display = ("title", "kind", "days", "costs", "shown", "place")
    fields = (
        "title",
        "text",
        "kind",
        "days",
        "price_said",
        "suggested_said",
        "currency",
        "shown",
        "place",
        "slug",
    )

    @admin.display(description=_("price"))
    def costs(self, offer: Offer) -> str:
        return money(offer.price, offer.currency) if offer.price else ""

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        # Those of the form itself: it makes the prices on its own.
        return super().get_form(*args, **{**kwargs, "fields": OfferForm.Meta.fields})


@admin.register(VoucherBatch)
class VoucherBatchAdmin(Room):
    list_display = ("offer", "created", "expires_on", "made", "used", "withdrawn", "note")
    readonly_fields = ("offer", "days", "created", "download", "codes")

    def get_queryset(self, request: HttpRequest) -> QuerySet[VoucherBatch]:
        return batches()

    def get_form(self, request: Any, obj: Any = None, change: Any = False, **kwargs: Any) -> Any:  # noqa: FBT002 as there
        form = BatchForm if obj else NewBatchForm
        return super().get_form(
            request, obj, change, **{**kwargs, "form": form, "fields": form.Meta.fields}
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ("offer", "count", "expires_on", "note", "to_name", "words")
        return (*self.readonly_fields[:-1], "note", "expires_on", "withdraw", "codes")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.readonly_fields if obj else ()

    def get_urls(self) -> list[URLPattern]:
        codes = path(
            "<int:object_id>/codes.csv",
            self.admin_site.admin_view(self.codes_csv),
            name="membership_voucherbatch_codes",
        )
        return [codes, *super().get_urls()]

    @admin.display(description=_("made"))
    def made(self, batch: Any) -> int:
        return int(batch.made)

    @admin.display(description=_("used"))
    def used(self, batch: Any) -> int:
        return int(batch.used)

    @admin.display(description=_("withdrawn"))
    def withdrawn(self, batch: Any) -> int:
        return int(batch.withdrawn)

    @admin.display(description=_("to print or hand out"))
    def download(self, batch: VoucherBatch) -> SafeString:
        url = reverse("admin:membership_voucherbatch_codes", args=[batch.pk])
        return format_html('<a href="{}" download>{}</a>', url, gettext("Codes as a table (CSV)"))

    @admin.display(description=_("codes"))
    def codes(self, batch: VoucherBatch) -> SafeString:
        rows = ((spelled(each.code), state_of(each)) for each in batch.vouchers.order_by("pk"))
        listed = format_html_join("", "<li><code>{}</code> {}</li>", rows)
        return format_html("<ul>{}</ul>", listed)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """On to the codes: they are what was wanted."""
        number = obj.vouchers.count()
        made = ngettext("%(number)s code was made.", "%(number)s codes were made.", number)
        messages.success(request, made % {"number": number})
        return redirect("admin:membership_voucherbatch_change", obj.pk)

    def codes_csv(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        batch = VoucherBatch.objects.filter(pk=object_id).first()
        if batch is None:
            raise Http404
        name = f"vouchers-{batch.pk}.csv"
        answer = HttpResponse(
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
            },
        )
        table = csv.writer(answer)
        table.writerow(["code", "offer", "days", "use_until", "state"])
        for each in batch.vouchers.order_by("pk"):
            days = "for life" if batch.days is None else batch.days
            until = batch.expires_on or ""
            table.writerow([spelled(each.code), batch.offer.slug, days, until, state_of(each)])
        return answer

    def save_model(self, request: Any, obj: VoucherBatch, form: Any, change: Any) -> None:
        if change:
            super().save_model(request, obj, form, change)
            if form.cleaned_data["withdraw"]:
                number = batch_withdraw(batch=obj)
                messages.info(
                    request, gettext("%(number)s codes were withdrawn.") % {"number": number}
                )
            return
        names = ("offer", "count", "expires_on", "note", "to_name", "words")
        values = {name: form.cleaned_data[name] for name in names}
        made = vouchers_make(**values, by=request.user)
        obj.pk, obj.days = made.pk, made.days


@admin.register(LedgerLine)
class LedgerAdmin(Room):
    list_display = ("at", "account", "kind", "days_said", "source", "note")
    list_filter = ("kind", "source")
    asked = frozenset({"kind__exact", "source__exact", "source"})
    search_fields = ("person__account__email",)
    search_help_text = _("E-mail address")
    ordering = ("-at",)
    readonly_fields = ("account", "at", "kind", "days_said", "source", "note", "by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerLine]:
        return super().get_queryset(request).select_related("person__account", "by")

    def get_form(self, request: Any, obj: Any = None, change: Any = False, **kwargs: Any) -> Any:  # noqa: FBT002 as there
        form = LineForm if obj else GrantForm
        return super().get_form(
            request, obj, change, **{**kwargs, "form": form, "fields": form.Meta.fields}
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ("whom", "days", "for_life", "note", "reference")
        may = ("take_back",) if obj.kind == LedgerLine.Kind.GRANT else ()
        return (*self.readonly_fields, *may)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.readonly_fields if obj else ()

    @admin.display(description=_("account"))
    def account(self, line: LedgerLine) -> str:
        return str(getattr(line.person, "account", ""))

    @admin.display(description=_("days"))
    def days_said(self, line: LedgerLine) -> str:
        if line.kind != LedgerLine.Kind.GRANT:
            return ""
        return gettext("for life") if line.days is None else str(line.days)

    def save_model(self, request: Any, obj: LedgerLine, form: Any, change: Any) -> None:
        said = form.cleaned_data
        if not change:
            line = grant(
                account=said["whom"],
                days=None if said["for_life"] else said["days"],
                by=request.user,
                note=said["note"],
                reference=said["reference"],
            )
            obj.pk, obj.person, obj.at, obj.kind = line.pk, line.person, line.at, line.kind
        elif said.get("take_back"):
            try:
                revoke(line=obj, by=request.user)
            except NotNow as refused:
                messages.warning(request, refused.message)


def state_of(voucher: Voucher) -> str:
    """In a few words."""
    if voucher.used_at:
        return gettext("used on %(day)s") % {"day": _day(voucher.used_at)}
    if voucher.withdrawn_at:
        return gettext("withdrawn on %(day)s") % {"day": _day(voucher.withdrawn_at)}
    return gettext("unused")


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
