# SPDX-License-Identifier: Apache-2.0
"""Signing up and in through HTTP, with the codes that come by mail."""

from __future__ import annotations

import re

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail

from hipfirst.web.site.queries import site_settings

ADDRESS = "jo@example.org"
PASSWORD = "three slow squirrels"
SIGN_UP, SIGN_IN = "/account/signup/", "/account/login/"
CONFIRM, CONFIRM_SIGN_IN = "/account/confirm-email/", "/account/login/code/confirm/"
CODE = re.compile(r"^(\d{4}-\d{4})$", re.MULTILINE)


def last_code(address=ADDRESS):
    """The code in the newest mail to the address."""
    bodies = [sent.body for sent in mail.outbox if sent.to == [address]]
    return CODE.search(bodies[-1])[1]


def wrong(code):
    """A code that is not this one."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def sign_up(browser, address=ADDRESS, **fields):
    """Up to being signed in; answers with what follows the code."""
    shown = site_settings().terms_version
    browser.press(SIGN_UP, email=address, terms="on", terms_version=shown, **fields)
    return browser.press(CONFIRM, code=last_code(address))


def sign_in(browser, address=ADDRESS):
    """By a code."""
    browser.press(SIGN_IN, login=address, password="")
    return browser.press(CONFIRM_SIGN_IN, code=last_code(address))


def is_in(browser):
    """Whether the site knows an account behind this browser."""
    return browser.get("/account/email/").status_code == 200


def number(secret, later=0):
    """What the app shows now, or some steps later."""
    counter = sorted(yield_hotp_counters_from_time())[1] + later
    return format_hotp_value(hotp_value(secret, counter))
