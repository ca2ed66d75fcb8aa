# SPDX-License-Identifier: Apache-2.0
"""Many writers at once on the real site with a database file: nothing twice, nothing lost."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from uuid import UUID

import pytest

from live import serve
from web.training.events import LAPTOP, PHONE, batch, event

PLAY = "/sessions/build-lower-body-detail/play/"
EVENTS = 40
NEW_RULES = """
from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.site.actions import knee_rules_set

knee_rules_set(thresholds=Thresholds(amber=2, red=4))
"""
ADOPT = """
from hipfirst.web.accounts.models import Account
from hipfirst.web.accounts.sign_actions import visitor_adopt
from hipfirst.web.training.models import Run

account = Account.objects.create_user("jo@example.org")
assert visitor_adopt(visitor=Run.objects.get(pk="{run}").person, account=account)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = serve(tmp_path_factory.mktemp("writers"), "--workers", "2")
    yield site
    site.stop()


def ask(site, method, path, body=None, **headers):
    """(status, headers, text) of one request on a connection of its own."""
    connection = site.connect()
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def start(site):
    """(the run's events address, headers that may write to it)"""
    token = "a" * 32
    cookie = f"csrftoken={token}"
    form = f"csrfmiddlewaretoken={token}"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    status, headers, _text = ask(site, "POST", PLAY, form, Cookie=cookie, **kind)
    assert status == 302
    person = re.search(r"hipfirst_visitor=[^;]+", headers["Set-Cookie"])[0]
    run = headers["Location"].split("/")[2]
    allowed = {"Cookie": f"{cookie}; {person}", "X-CSRFToken": token}
    return f"/api/runs/{run}", allowed | {"Content-Type": "application/json"}


def together(*tasks):
    """Run tasks in threads that begin at the same moment; their results."""
    barrier, results = threading.Barrier(len(tasks)), [None] * len(tasks)

    def work(place, task):
        barrier.wait()
        results[place] = task()

    threads = [threading.Thread(target=work, args=each) for each in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_the_same_batch_from_many_hands_is_stored_once(site):
    run, headers = start(site)
    body = json.dumps(batch(*(event(n) for n in range(1, EVENTS + 1))))
    answers = together(*[lambda: ask(site, "POST", f"{run}/events", body, **headers)] * 6)
    assert [status for status, _headers, _text in answers] == [200] * 6
    told = Counter(each for *_, text in answers for each in json.loads(text)["accepted"])
    assert len(told) == EVENTS
    assert set(told.values()) == {1}
    query = "SELECT count(*), count(DISTINCT event_id) FROM training_runevent WHERE run_id = ?"
    assert site.rows(query, UUID(run.split("/")[3])) == [(EVENTS, EVENTS)]


def test_two_devices_at_once_lose_nothing(site):
    run, headers = start(site)

    def write(device):
        for n in range(1, EVENTS + 1):
            body = json.dumps(batch(event(n, device=device)))
            status, _headers, text = ask(site, "POST", f"{run}/events", body, **headers)
            assert status == 200
            assert len(json.loads(text)["accepted"]) == 1

    together(lambda: write(PHONE), lambda: write(LAPTOP))
    _status, _headers, text = ask(site, "GET", run, **headers)
    answer = json.loads(text)
    assert len(answer["events"]) == 2 * EVENTS
    assert answer["state"]["last_seq"] == EVENTS


def test_pressing_play_twice_starts_one_run(site):
    _run, headers = start(site)
    form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    answers = together(*[lambda: ask(site, "POST", PLAY, "", **form)] * 6)
    assert len({headers["Location"] for _status, headers, _text in answers}) == 1


def test_what_is_logged_while_its_visitor_signs_in_is_all_the_accounts(site):
    run, headers = start(site)
    key = UUID(run.split("/")[3])
    told = []

    def write():
        for n in range(1, 100 * EVENTS):
            sign = event(n, "flagged", flag="calf")
            body = json.dumps(batch(sign, after=n - 1))
            status, _headers, text = ask(site, "POST", f"{run}/events", body, **headers)
            if status != 200:
                return status
            told.extend(json.loads(text)["accepted"])
        return "nobody was adopted"

    status, _none = together(write, lambda: site.manage("shell", "-c", ADOPT.format(run=key)))
    # The cookie is of nobody by now.
    assert status in {401, 404}
    assert len(set(told)) == len(told) > 0
    query = "SELECT count(DISTINCT event_id), count(*) FROM training_runevent WHERE run_id = ?"
    assert site.rows(query, key) == [(len(told), len(told))]
    owner = "SELECT person_id FROM accounts_account WHERE email = 'jo@example.org'"
    assert site.rows("SELECT person_id FROM training_run WHERE id = ?", key) == site.rows(owner)
    signs = f"SELECT count(*) FROM training_kneecheck WHERE person_id = ({owner})"
    assert site.rows(signs) == [(len(told),)]


def rules_pages(site, times):
    """`/knee-rules/` as many hands get it at once, so that both workers have to answer."""
    asked = [lambda: ask(site, "GET", "/knee-rules/")] * 6
    return [page for _ in range(times) for _status, _headers, page in together(*asked)]


def test_every_process_follows_new_knee_rules_at_once(site):
    def changed(page):
        return "changed by the owner" in page

    before = rules_pages(site, 4)
    # In a third process, which ends when the change is kept.
    site.manage("shell", "-c", NEW_RULES)
    after = rules_pages(site, 4)
    assert (len(before), sum(map(changed, before))) == (24, 0)
    assert (len(after), sum(map(changed, after))) == (24, 24)
