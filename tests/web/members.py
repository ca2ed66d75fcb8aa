# SPDX-License-Identifier: Apache-2.0
"""People with an account, in browsers of their own."""

from __future__ import annotations

import time

from allauth.account.models import EmailAddress

from hipfirst.web.accounts.models import Account
from web.conftest import Browser


def member(email, **fields):
    """The browser of somebody who is signed in."""
    account = Account.objects.create_user(email, **fields)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return signed_in(account)


JUST_NOW = "account_authentication_methods"
"""Where the sign-in library notes how and when somebody signed in."""


def signed_in(account, *, ago_s=0, **fields):
    """One more browser of an account, signed in by a code some seconds ago."""
    browser = Browser()
    browser.force_login(account)
    session = browser.session
    session[f"{JUST_NOW}_user"] = str(account.pk)
    session[JUST_NOW] = [{"method": "code", "at": time.time() - ago_s, **fields}]
    session.save()
    browser.account, browser.person = account, account.person
    return browser
