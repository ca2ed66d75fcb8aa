# SPDX-License-Identifier: Apache-2.0
"""Ways to pay. A provider brings somebody to pay, and reports what was paid by its own events.

    class Stripe:
        slug, title = "stripe", _("Card")
        def checkout(self, *, offer, person, amount, return_url): ...

    register_provider(Stripe())          # in AppConfig.ready

Its reports go to `actions.payment_record`, each with the id of the event: the same event twice
counts once, and in what order events come makes no difference. Nothing else knows who pays how.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.models import Person
from hipfirst.web.membership.models import Offer
from hipfirst.web.membership.queries import reference_of
from hipfirst.web.site.queries import site_settings

RESERVED = frozenset({"person", "owner", "voucher"})
"""Sources of the ledger that are no provider."""


@dataclass(frozen=True)
class Checkout:
    """What comes next for whoever wants to pay: another page, or words to read."""

    redirect_url: str = ""
    instructions: str = ""
    """Markdown, where there is no other page."""
    reference: str = ""
    """What to quote."""


class Provider(Protocol):
    """One way to pay."""

    @property
    def slug(self) -> str:
        """Source of its lines in the ledger: at most 16 letters, digits and hyphens."""
        ...

    @property
    def title(self) -> str | Promise:
        """Stands on its button."""
        ...

    def checkout(
        self, *, offer: Offer, person: Person, amount: int | None, return_url: str
    ) -> Checkout:
        """Begin to pay. `amount` in the smallest coin; None: the offer names no price.

        `return_url` is whole: where somebody comes back to.
        """
        ...

    def cancel(self, *, person: Person) -> None:
        """End what would be paid again; nothing to do is no mistake. Raises to take it all back."""
        ...

    def keep(self, *, person: Person) -> None:
        """Take that back, as long as the time lasts."""
        ...

    def manage_url(self, *, person: Person) -> str:
        """Where somebody changes how they pay; empty: there is nothing to change."""
        ...


class Manual:
    """The owner is paid outside of the site, then grants, or hands out a voucher."""

    slug = "manual"
    title = _("Ask how to pay")

    def checkout(
        self, *, offer: Offer, person: Person, amount: int | None, return_url: str
    ) -> Checkout:
        return Checkout(
            instructions=site_settings().joining.strip(), reference=reference_of(person)
        )

    def cancel(self, *, person: Person) -> None:
        """Nothing is paid again by itself."""

    def keep(self, *, person: Person) -> None:
        """Nothing was ended."""

    def manage_url(self, *, person: Person) -> str:
        return ""


MANUAL = Manual()
_providers: dict[str, Provider] = {}


def register_provider(provider: Provider) -> None:
    """Call from an app's `ready`. A second one of the same name is a mistake and raises."""
    if provider.slug in RESERVED or _providers.setdefault(provider.slug, provider) is not provider:
        raise ImproperlyConfigured(f"the provider {provider.slug!r} is taken")


def providers() -> tuple[Provider, ...]:
    """Every way to pay on this site, those registered last first: they need no owner's hand."""
    return tuple(reversed(_providers.values()))


def provider_named(slug: str) -> Provider | None:
    return _providers.get(slug)


def provider_forget(slug: str) -> None:
    """Take one away again, for whoever put it there for a while."""
    _providers.pop(slug, None)
