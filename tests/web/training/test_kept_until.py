# SPDX-License-Identifier: Apache-2.0
"""How long a kept session may begin without the site, and that its runs come home all the same."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hipfirst.web.accounts.models import Account
from hipfirst.web.membership.actions import grant, revoke
from hipfirst.web.membership.ledger import GRACE
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.training.kept_actions import DELIVERED_LATE
from hipfirst.web.training.models import RunEvent
from web.members import member, signed_in
from web.training.events import batch, event

NOW = datetime(2031, 3, 4, 10, tzinfo=UTC)
CLOSED, OPEN = "build-quiet-hips", "build-lower-body-detail"
pytestmark = pytest.mark.usefixtures("starter")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mia():
    return member("mia@example.org")


def kept(browser, session=CLOSED):
    answer = browser.send(f"/api/kept/{session}", {})
    assert answer.status_code == 200, answer.content
    return answer.json()


def until(browser, session=CLOSED):
    given = kept(browser, session)["until"]
    return given and datetime.fromisoformat(given)


def test_what_is_open_to_everybody_is_kept_for_ever(stranger, mia):
    grant(account=mia.account, days=30)
    assert until(stranger, OPEN) is until(mia, OPEN) is None


def test_a_member_keeps_it_until_the_time_and_its_grace_are_over(mia, clock):
    grant(account=mia.account, days=30)
    end = NOW + timedelta(days=30) + GRACE
    assert until(mia) == end
    clock.move_to(NOW + timedelta(days=31))
    assert until(signed_in(mia.account)) == end
    clock.move_to(end)
    assert signed_in(mia.account).send(f"/api/kept/{CLOSED}", {}).status_code == 403


def test_more_time_is_known_when_it_is_asked_again(mia):
    grant(account=mia.account, days=30)
    first = until(mia)
    grant(account=mia.account, days=10)
    assert until(mia) == first + timedelta(days=10)


def test_for_life_is_for_ever(mia):
    grant(account=mia.account, days=None)
    assert until(mia) is None


@pytest.mark.parametrize("role", [Account.Role.OWNER, Account.Role.MODERATOR])
def test_those_who_run_the_site_keep_it_for_ever(role):
    assert until(member("paul@example.org", role=role)) is None


def test_where_all_is_open_it_is_kept_for_ever(mia):
    SiteSettings.objects.update_or_create(pk=1, defaults={"open_to_all": True})
    assert until(mia) is None


def opened(browser, package, run, session=CLOSED):
    known = package["payload"]["run"]["timeline_hash"]
    return browser.put(
        f"/api/runs/{run}",
        json.dumps({"format": 1, "timeline_hash": known, "session": session}),
        content_type="application/json",
        headers={"X-CSRFToken": browser.token()},
    )


def test_runs_of_it_arrive_after_the_membership_ended(mia):
    line = grant(account=mia.account, days=30)
    package = kept(mia)
    revoke(line=line)
    run = uuid.uuid4()
    assert opened(mia, package, run).status_code == 201
    assert mia.send(f"/api/runs/{run}/events", batch(event(1))).status_code == 200
    assert RunEvent.objects.get().run_id == run


def test_long_after_its_time_no_run_begins_and_what_is_known_goes_on(mia, clock):
    grant(account=mia.account, days=30)
    package, known = kept(mia), uuid.uuid4()
    end = datetime.fromisoformat(package["until"])
    clock.move_to(end + DELIVERED_LATE)
    mia = signed_in(mia.account)
    assert opened(mia, package, known).status_code == 201
    clock.move_to(end + DELIVERED_LATE + timedelta(seconds=1))
    late = opened(mia, package, uuid.uuid4())
    assert (late.status_code, late.json()["error"]["code"]) == (403, "members-only")
    assert opened(mia, package, known).status_code == 200
    assert mia.send(f"/api/runs/{known}/events", batch(event(1))).status_code == 200
    grant(account=mia.account, days=5)
    assert opened(mia, package, uuid.uuid4()).status_code == 201


def test_what_is_open_to_everybody_begins_whenever(stranger, clock):
    package = kept(stranger, OPEN)
    clock.move_to(NOW + timedelta(days=399))
    assert opened(stranger, package, uuid.uuid4(), OPEN).status_code == 201


def test_the_player_is_told_where_one_goes_afterwards(stranger):
    payload = kept(stranger, OPEN)["payload"]
    assert (payload["today_url"], payload["progress_url"], payload["join_url"]) == (
        "/today/",
        "/progress/",
        "/join/",
    )
