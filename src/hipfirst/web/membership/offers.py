# SPDX-License-Identifier: Apache-2.0
"""Offers as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hipfirst.web.membership.errors import WrongAmount
from hipfirst.web.membership.models import Offer
from hipfirst.web.membership.money import coins_of, money, plain
from hipfirst.web.membership.queries import offers_shown

MOST = 1_000_000
"""Smallest coins that somebody may give for "pay what you can"."""


@dataclass(frozen=True)
class OfferView:
    slug: str
    title: str
    text: str
    price: str
    """In words; empty: the owner names none."""
    lasts: str
    url: str
    any_amount: bool
    """The person says how much."""


def offer_views() -> tuple[OfferView, ...]:
    """What is offered, in the owner's order. One query."""
    return tuple(map(offer_view, offers_shown()))


def offer_view(offer: Offer) -> OfferView:
    return OfferView(
        slug=offer.slug,
        title=offer.title,
        text=offer.text,
        price=_price(offer),
        lasts=_lasts(offer),
        url=reverse("membership:offer", args=[offer.slug]),
        any_amount=offer.kind == Offer.Kind.PAY_WHAT_YOU_CAN,
    )


def least(offer: Offer) -> int:
    """Of "pay what you can", in the smallest coin."""
    return offer.price or 1


def amount_of(offer: Offer, typed: str) -> int | None:
    """What somebody gives, in the smallest coin; None: no price is named.

    Raises WrongAmount.
    """
    if offer.kind != Offer.Kind.PAY_WHAT_YOU_CAN:
        return offer.price
    coins = coins_of(typed, offer.currency)
    if coins is None or not least(offer) <= coins <= MOST:
        raise WrongAmount(
            _("“%(given)s” was given; allowed: an amount from %(least)s to %(most)s.")
            % {
                "given": typed.strip()[:40],
                "least": money(least(offer), offer.currency),
                "most": money(MOST, offer.currency),
            }
        )
    return coins


def amount_said(offer: Offer, coins: int | None) -> str:
    """What somebody chose to give, in words; empty: the offer says how much, or nothing does."""
    if coins is None or offer.kind != Offer.Kind.PAY_WHAT_YOU_CAN:
        return ""
    return money(coins, offer.currency)


def suggested(offer: Offer) -> str:
    """What stands in the field to begin with."""
    coins = offer.suggested or offer.price
    return plain(coins, offer.currency) if coins else ""


def _price(offer: Offer) -> str:
    said = money(offer.price, offer.currency) if offer.price else ""
    if said and offer.kind == Offer.Kind.PAY_WHAT_YOU_CAN:
        return _("from %(price)s") % {"price": said}
    return said


def _lasts(offer: Offer) -> str:
    if offer.days is None:
        return _("for life")
    text = ngettext("%(days)s day", "%(days)s days", offer.days)
    return text % {"days": offer.days}
