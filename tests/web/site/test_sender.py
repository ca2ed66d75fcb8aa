# SPDX-License-Identifier: Apache-2.0
"""Whose name stands before the address that mails come from."""

from email import message_from_bytes, policy

import pytest
from django.core import mail

from hipfirst.web.site.models import SiteSettings
from hipfirst.web.site.queries import site_settings
from hipfirst.web.site.sender import mail_sender
from signing import SIGN_IN


@pytest.mark.parametrize("name", ["Knees & friends", "Müller, Kniegruppe", 'The "Strong" ones'])
def test_an_address_alone_gets_the_name_of_the_site(stranger, settings, name):
    settings.DEFAULT_FROM_EMAIL = "mat@example.org"
    shown: SiteSettings = site_settings()
    shown.name = name
    shown.save()
    stranger.press(SIGN_IN, login="jo@example.org", password="")
    raw = mail.outbox[-1].message().as_bytes()
    (sender,) = message_from_bytes(raw, policy=policy.default)["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, "mat@example.org")


def test_a_name_that_the_operator_gave_stays(db, settings):
    settings.DEFAULT_FROM_EMAIL = "The mat <mat@example.org>"
    assert mail_sender() == "The mat <mat@example.org>"
