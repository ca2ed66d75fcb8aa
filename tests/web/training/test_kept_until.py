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


def test_runs_of_it_arrive_after_the_membership_ended(mia):
    line = grant(account=mia.account, days=30)
    package = kept(mia)
    revoke(line=line)
    run = uuid.uuid4()
    answer = mia.put(
        f"/api/runs/{run}",
        json.dumps(
            {
                "format": 1,
                "timeline_hash": package["payload"]["run"]["timeline_hash"],
                "session": CLOSED,
            }
        ),
        content_type="application/json",
        headers={"X-CSRFToken": mia.token()},
    )
    assert answer.status_code == 201
    assert mia.send(f"/api/runs/{run}/events", batch(event(1))).status_code == 200
    assert RunEvent.objects.get().run_id == run


def test_the_player_is_told_where_one_goes_afterwards(stranger):
    payload = kept(stranger, OPEN)["payload"]
    assert (payload["today_url"], payload["progress_url"], payload["join_url"]) == (
        "/today/",
        "/progress/",
        "/join/",
    )
