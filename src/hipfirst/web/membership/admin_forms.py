# SPDX-License-Identifier: Apache-2.0
"""What the owner fills in behind the site: offers, vouchers, grants. Nothing is about knees."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.models import Account
from hipfirst.web.membership.actions import DAYS_MAX, account_named
from hipfirst.web.membership.errors import NoSuchAccount, WrongAmount, WrongDay
from hipfirst.web.membership.models import LedgerLine, Offer, VoucherBatch
from hipfirst.web.membership.money import coins_of, plain
from hipfirst.web.membership.offers import amount_of
from hipfirst.web.membership.vouchers import COUNT_MAX, refuse_over

CURRENCY = RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as EUR."))
RESERVED = frozenset({"voucher"})
"""Slugs whose address is another page."""


class OfferForm(forms.ModelForm):  # type: ignore[type-arg]
    """Prices are typed as people write them, and kept in the smallest coin."""

    price_said = forms.CharField(
        required=False,
        max_length=20,
        label=_("Price"),
        help_text=_("Such as 9 or 9.50; of “pay what you can”, the least. Empty: none is named."),
    )
    suggested_said = forms.CharField(
        required=False,
        max_length=20,
        label=_("Suggested price"),
        help_text=_("Of “pay what you can”: what stands in the field to begin with."),
    )
    currency = forms.CharField(max_length=3, label=_("Currency"), validators=[CURRENCY])

    class Meta:
        model = Offer
        fields: ClassVar = ["title", "text", "kind", "days", "currency", "shown", "place", "slug"]
        help_texts: ClassVar = {
            "days": _("How long it lasts. Empty: for life."),
            "shown": _("“On the house” is never shown: you give it."),
            "slug": _("The end of its address: /join/…/"),
            "place": _("Lower numbers stand first."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("price", "suggested"):
            coins = getattr(self.instance, name)
            if coins is not None:
                self.initial[f"{name}_said"] = plain(coins, self.instance.currency)

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if slug in RESERVED:
            raise forms.ValidationError(_("That address is another page: choose another word."))
        return slug

    def clean_days(self) -> int | None:
        days: int | None = self.cleaned_data["days"]
        if days is not None and days > DAYS_MAX:
            raise forms.ValidationError(
                _("You gave %(given)s; allowed are 1 to %(most)s days, or none."),
                params={"given": days, "most": DAYS_MAX},
            )
        return days

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("price", "suggested"):
            self._coins(name, cleaned)
        if cleaned.get("kind") == Offer.Kind.PAY_WHAT_YOU_CAN and not self.errors:
            self._can_be_sent(cleaned)
        return cleaned

    def _coins(self, name: str, cleaned: dict[str, Any]) -> None:
        typed, currency = cleaned.get(f"{name}_said", ""), cleaned.get("currency", "EUR")
        coins = coins_of(typed, currency) if typed else None
        if typed and (coins is None or coins < 1):
            wrong = _("“%(given)s” was given; allowed: an amount such as 9 or 9.50, or nothing.")
            self.add_error(f"{name}_said", forms.ValidationError(wrong, params={"given": typed}))
        setattr(self.instance, name, coins)

    def _can_be_sent(self, cleaned: dict[str, Any]) -> None:
        """What the field begins with is taken by the rule that takes what people send."""
        for name, least in (("price", None), ("suggested", self.instance.price)):
            offer = Offer(kind=cleaned["kind"], price=least, currency=cleaned["currency"])
            try:
                if typed := cleaned[f"{name}_said"]:
                    amount_of(offer, typed)
            except WrongAmount as refused:
                self.add_error(f"{name}_said", refused.message)
                return


class LastDayForm(forms.ModelForm):  # type: ignore[type-arg]
    """A last day that still comes."""

    def clean_expires_on(self) -> date | None:
        """One that stands there already may stay: a batch that is over is still withdrawn."""
        last: date | None = self.cleaned_data["expires_on"]
        if last == self.instance.expires_on:
            return last
        try:
            refuse_over(last, now=timezone.now())
        except WrongDay as refused:
            raise forms.ValidationError(refused.message) from None
        return last


class NewBatchForm(LastDayForm):
    """So many codes for one offer."""

    count = forms.IntegerField(
        min_value=1, max_value=COUNT_MAX, initial=1, label=_("How many"), help_text=f"1-{COUNT_MAX}"
    )
    to_name = forms.CharField(
        required=False, max_length=60, label=_("Of a gift: for whom"), help_text=_("They see it.")
    )
    words = forms.CharField(
        required=False,
        max_length=300,
        label=_("Of a gift: what the giver says"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = VoucherBatch
        fields: ClassVar = ["offer", "note", "expires_on"]
        widgets: ClassVar = {"expires_on": forms.DateInput(attrs={"type": "date"})}
        help_texts: ClassVar = {
            "note": _("Such as “Sold at the fair in May”. Nobody else sees it."),
            "expires_on": _("The last day. Empty: they never expire."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers: Any = self.fields["offer"]
        offers.queryset = Offer.objects.exclude(kind=Offer.Kind.FREE)
        # Offers have a room of their own: what is chosen here is one of them.
        for may in ("can_add_related", "can_change_related", "can_view_related"):
            setattr(offers.widget, may, False)


class BatchForm(LastDayForm):
    """What may be changed of codes that were made."""

    withdraw = forms.BooleanField(
        required=False,
        label=_("Withdraw what is unused"),
        help_text=_("These codes work no longer, for good. Memberships that began stay."),
    )

    class Meta:
        model = VoucherBatch
        fields: ClassVar = ["note", "expires_on"]
        widgets: ClassVar = {"expires_on": forms.DateInput(attrs={"type": "date"})}


class GrantForm(forms.ModelForm):  # type: ignore[type-arg]
    """Time for an account."""

    whom = forms.CharField(
        max_length=254,
        label=_("For whom"),
        help_text=_("The e-mail address of an account, or the reference that its person quotes."),
    )
    days = forms.IntegerField(
        required=False, min_value=1, max_value=DAYS_MAX, initial=30, label=_("Days")
    )
    for_life = forms.BooleanField(required=False, label=_("For life"))
    reference = forms.CharField(max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = LedgerLine
        fields: ClassVar = ["note"]
        help_texts: ClassVar = {"note": _("For yourself, such as “paid by transfer”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The same form sent twice grants once.
        self.initial["reference"] = uuid.uuid4().hex

    def clean_whom(self) -> Account:
        try:
            return account_named(self.cleaned_data["whom"])
        except NoSuchAccount as refused:
            raise forms.ValidationError(refused.message) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("for_life") and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Say how many days, or for life."))
        return cleaned

    def _post_clean(self) -> None:
        """The line is made by the action, not by the form."""


class LineForm(forms.ModelForm):  # type: ignore[type-arg]
    """A line never changes; what is left of a grant may be taken back."""

    take_back = forms.BooleanField(
        required=False,
        label=_("Take back what is left"),
        help_text=_("At once, and without days of grace. What was used stays used."),
    )

    class Meta:
        model = LedgerLine
        fields: ClassVar[list[str]] = []
