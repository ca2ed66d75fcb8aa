# SPDX-License-Identifier: Apache-2.0
"""Fifty hands on one voucher, on the database of a real site: it works for one of them, once."""

from __future__ import annotations

import json

import pytest

from live import serve

TRIES = 50
MAKE = """
from hipfirst.web.membership.models import Offer
from hipfirst.web.membership.vouchers import vouchers_make

batch = vouchers_make(offer=Offer.objects.get(slug="yearly"), count=1)
print(batch.vouchers.get().code)
"""
REDEEM = """
import json, threading
from collections import Counter
from django.db import connections
from hipfirst.web.accounts.models import Account
from hipfirst.web.membership.actions import voucher_redeem
from hipfirst.web.membership.errors import MembershipRefused

accounts = [Account.objects.create_user(f"{code}-{{n}}@example.org") for n in range({people})]
connections.close_all()
barrier, results = threading.Barrier({tries}), []

def redeem(number):
    account = accounts[number % len(accounts)]
    barrier.wait()
    try:
        voucher_redeem(account=account, typed="{code}")
        results.append("used")
    except MembershipRefused as refused:
        results.append(refused.code)
    except Exception as error:
        results.append(repr(error))
    finally:
        connections.close_all()

threads = [threading.Thread(target=redeem, args=[number]) for number in range({tries})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps(Counter(results)))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = serve(tmp_path_factory.mktemp("vouchers"))
    yield site
    site.stop()


def last_line(site, script):
    return site.manage("shell", "-c", script).strip().splitlines()[-1]


@pytest.mark.parametrize("people", [1, 10])
def test_of_fifty_who_try_at_once_one_gets_it(site, people):
    code = last_line(site, MAKE)
    told = json.loads(last_line(site, REDEEM.format(code=code, people=people, tries=TRIES)))
    assert told == {"used": 1, "voucher-used": TRIES - 1}
    assert site.rows("SELECT count(*) FROM membership_ledgerline WHERE reference = ?", code) == [
        (1,)
    ]
    used = "SELECT v.used_by_id = l.person_id FROM membership_voucher v"
    used += " JOIN membership_ledgerline l ON l.reference = v.code WHERE v.code = ?"
    assert [bool(same) for (same,) in site.rows(used, code)] == [True]
