# SPDX-License-Identifier: Apache-2.0
"""Mia has an account; Paul owns the site; a clock that starts on a Monday."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hipfirst.web.accounts.models import Account
from hipfirst.web.membership.models import Offer
from web.members import member

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def days(number):
    """So many days after the beginning."""
    return NOW + timedelta(days=number)


def offer(slug="yearly", **fields):
    """An offer; those of every site may be gone after a test that empties the database."""
    values = {"kind": "yearly", "title": "A year", "days": 365, **fields}
    return Offer.objects.update_or_create(slug=slug, defaults=values)[0]


@pytest.fixture
def mia(db):
    return member("mia@example.org")


@pytest.fixture
def nick(db):
    return member("nick@example.org")


@pytest.fixture
def paul(db):
    return member("paul@example.org", role=Account.Role.OWNER)
