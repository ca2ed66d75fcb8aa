# SPDX-License-Identifier: Apache-2.0
"""To become a member: what there is, one offer, a voucher."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipfirst.web.accounts.access import current_account
from hipfirst.web.accounts.models import Account
from hipfirst.web.membership.actions import voucher_redeem
from hipfirst.web.membership.codes import normalised, spelled
from hipfirst.web.membership.errors import MembershipRefused, WrongAmount
from hipfirst.web.membership.models import Offer
from hipfirst.web.membership.offers import (
    OfferView,
    amount_of,
    amount_said,
    offer_view,
    offer_views,
    suggested,
)
from hipfirst.web.membership.providers import Checkout, provider_named, providers
from hipfirst.web.membership.queries import offer_find, offer_free, standing_of
from hipfirst.web.membership.vouchers import Gift, gift_shown, no_such_voucher
from hipfirst.web.membership.words import StandingView, standing_view
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.shared.pages import render_page
from hipfirst.web.site.queries import site_settings

private = cache_control(private=True, no_store=True)


@dataclass(frozen=True)
class JoinPage:
    offers: tuple[OfferView, ...]
    free_text: str
    """What the owner says of what needs no membership; empty: nothing of their own."""
    joining: str
    """Markdown of the owner; empty: they wrote nothing."""
    contact_email: str
    open_to_all: bool
    standing: StandingView | None
    """Of whoever is signed in."""
    code: str
    code_fault: str
    gift: Gift | None


@dataclass(frozen=True)
class Way:
    """One way to pay."""

    slug: str
    title: str


@dataclass(frozen=True)
class OfferPage:
    offer: OfferView
    ways: tuple[Way, ...]
    amount: str
    """As the field has it, where the person says how much."""
    chosen: str
    """In words, once they said it; empty: not yet, or the offer says how much."""
    fault: str
    currency: str
    sign_up_url: str
    """Empty: somebody is signed in."""
    checkout: Checkout | None
    checkout_host: str
    contact_email: str


@require_safe
@private
def join(request: HttpRequest) -> HttpResponse:
    """What there is; with `code`, a voucher that is about to be used."""
    code = request.GET.get("code", "")[:80]
    gift = gift_shown(typed=code, address=_address(request), now=timezone.now()) if code else None
    return _join(request, code=code, gift=gift)


@require_POST
@private
def voucher(request: HttpRequest) -> HttpResponse:
    """Use a voucher; whoever has no account comes back with it."""
    code, account = request.POST.get("code", "")[:80], current_account(request)
    if account is None:
        # Nobody signs up for a slip of the finger. Whether there is such a code stays unsaid.
        if not normalised(code):
            wrong = no_such_voucher(code)
            return _join(request, code=code, fault=wrong.message, status=wrong.status)
        back = f"{reverse('membership:join')}?{urlencode({'code': code})}"
        return redirect(_sign_up_url(back))
    try:
        voucher_redeem(account=account, typed=code, address=_address(request), now=timezone.now())
    except MembershipRefused as refused:
        return _join(request, code=code, fault=refused.message, status=refused.status)
    messages.success(request, _("Thank you. Your code counts from now on."))
    return redirect("membership:membership")


@require_http_methods(["GET", "HEAD", "POST"])
@private
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """One offer, and the way to pay for it."""
    found = offer_find(slug=slug)
    if found is None:
        raise Http404(_("Nothing is offered under “%(slug)s”.") % {"slug": slug})
    account, typed = current_account(request), request.POST.get("amount", "")[:40]
    if request.method != "POST":
        return _offer(request, found, amount=suggested(found))
    if account is None:
        return redirect(_sign_up_url(request.path))
    provider = provider_named(request.POST.get("provider", "")) or providers()[0]
    try:
        amount = amount_of(found, typed)
    except WrongAmount as refused:
        return _offer(request, found, amount=typed, fault=refused.message, status=400)
    back = whole_url(request, reverse("membership:membership"))
    checkout = provider.checkout(offer=found, person=account.person, amount=amount, return_url=back)
    if checkout.redirect_url.startswith("/"):
        return redirect(checkout.redirect_url)
    said = amount_said(found, amount)
    return _offer(request, found, amount=typed, chosen=said, checkout=checkout)


def _join(
    request: HttpRequest,
    *,
    code: str,
    fault: str = "",
    gift: Gift | None = None,
    status: int = 200,
) -> HttpResponse:
    account, site, free = current_account(request), site_settings(), offer_free()
    whole = normalised(code)
    page = JoinPage(
        offers=offer_views(),
        free_text=free.text if free else "",
        joining=site.joining.strip(),
        contact_email=site.contact_email,
        open_to_all=site.open_to_all,
        standing=_standing(account),
        code=spelled(whole) if whole else code,
        code_fault=fault,
        gift=gift,
    )
    return render_page(request, "membership/join.html", page, status=status)


def _standing(account: Account | None) -> StandingView | None:
    if account is None:
        return None
    return standing_view(standing_of(person=account.person, now=timezone.now()))


def _offer(  # noqa: PLR0913 the parts of one page, named at every call
    request: HttpRequest,
    found: Offer,
    *,
    amount: str,
    chosen: str = "",
    fault: str = "",
    checkout: Checkout | None = None,
    status: int = 200,
) -> HttpResponse:
    page = OfferPage(
        offer=offer_view(found),
        ways=tuple(Way(each.slug, str(each.title)) for each in providers()),
        amount=amount,
        chosen=chosen,
        fault=fault,
        currency=found.currency,
        sign_up_url="" if current_account(request) else _sign_up_url(request.path),
        checkout=checkout,
        checkout_host=urlsplit(checkout.redirect_url).hostname or "" if checkout else "",
        contact_email=site_settings().contact_email,
    )
    return render_page(request, "membership/offer.html", page, status=status)


def _sign_up_url(back: str) -> str:
    return f"{reverse('account_signup')}?{urlencode({'next': back})}"


def _address(request: HttpRequest) -> str:
    """Where a request comes from, as sign-in counts it."""
    return str(get_adapter().get_client_ip(request))
