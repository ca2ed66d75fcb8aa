# SPDX-License-Identifier: Apache-2.0
"""People with an account, in browsers of their own."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from hipfirst.web.accounts.models import Account
from web.conftest import Browser


def member(email, **fields):
    """The browser of somebody who is signed in."""
    account = Account.objects.create_user(email, **fields)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return signed_in(account)


def signed_in(account):
    """One more browser of an account."""
    browser = Browser()
    browser.force_login(account)
    browser.account, browser.person = account, account.person
    return browser
