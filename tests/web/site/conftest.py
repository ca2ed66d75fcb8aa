# SPDX-License-Identifier: Apache-2.0
"""The owner at the page of settings."""

from __future__ import annotations

import pytest

from hipfirst.web.accounts.models import Account
from hipfirst.web.site.models import SiteSettings
from web.conftest import Browser

SETTINGS = "/behind/site/sitesettings/1/change/"
USUAL = {
    "name": "Hipfirst",
    "description": "Guided strength training that is kind to knees.",
    "terms_version": "1",
}


class Owner(Browser):
    """Somebody who may change everything."""

    def set(self, **given):
        """Send the page of settings with these fields; the rest as it is by design."""
        return self.press(SETTINGS, **{**USUAL, **given})

    def refused(self, **given):
        """What the page says is wrong, by field; nothing may be kept then."""
        before = SiteSettings.objects.values().first()
        answer = self.set(**given)
        assert answer.status_code == 200
        assert SiteSettings.objects.values().first() == before
        return dict(answer.context["adminform"].form.errors)


@pytest.fixture
def olga(db):
    browser = Owner()
    browser.account = Account.objects.create_superuser("olga@example.org")
    browser.force_login(browser.account)
    return browser
