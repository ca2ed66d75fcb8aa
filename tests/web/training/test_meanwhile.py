# SPDX-License-Identifier: Apache-2.0
"""Two at once on what is one person's: who waits for whom, and what is left afterwards."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, OperationalError, connection, connections

from hipfirst.web.accounts.access import COOKIE
from hipfirst.web.accounts.actions import (
    consent_give,
    consent_withdraw,
    person_adopt,
    person_erase,
    visitor_create,
)
from hipfirst.web.accounts.models import Consent
from hipfirst.web.accounts.queries import consents_in_force
from hipfirst.web.training.log_actions import events_append
from hipfirst.web.training.models import KneeCheck, Run
from hipfirst.web.training.questions import CONSENT
from web.conftest import known_visitor
from web.members import member
from web.training.events import event
from web.training.test_check import CHECK, KNEES, TODAY

HEALTH = Consent.Purpose.HEALTH
SIGN = event(1, "flagged", flag="chest-or-breath")


@contextmanager
def before_the_next_query_after(table, act):
    """Do something once, as another process could, when a table was read outside a transaction."""
    state = ["reading"]

    def watch(execute, sql, *rest):
        if state == ["read"]:
            state[:] = ["done"]
            act()
        answer = execute(sql, *rest)
        if state == ["reading"] and table in sql and not connection.in_atomic_block:
            state[:] = ["read"]
        return answer

    with connection.execute_wrapper(watch):
        yield
    if state != ["done"]:
        act()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_agreement_taken_back_while_answers_come_in_is_not_given_again(starter):
    mia = member("mia@example.org")
    consent_give(person=mia.person, purpose=HEALTH, version=CONSENT)
    fields = {"age_band": "adult", "red_flags": ["none"], **KNEES, **TODAY, "step": 3, "seen": 3}

    def taken_back():
        consent_withdraw(person=mia.person, purpose=HEALTH)

    with before_the_next_query_after("accounts_consent", taken_back):
        mia.press(CHECK, **fields)
    assert consents_in_force(person=mia.person) == {}
    assert not KneeCheck.objects.exists()
    # Without the tick nothing is kept any more.
    assert mia.press(CHECK, **fields).status_code == 400
    assert consents_in_force(person=mia.person) == {}


def test_a_batch_that_comes_just_after_adoption_is_the_takers(ada, start_run):
    run = start_run(ada)
    taker = visitor_create()
    person_adopt(giver=ada.person, taker=taker)
    receipt = events_append(run=run, raw=[SIGN])
    assert len(receipt.accepted) == 1
    assert [check.person for check in KneeCheck.objects.all()] == [taker]


def withdrawn(person, _taker):
    consent_withdraw(person=person, purpose=HEALTH)


def erased(person, _taker):
    person_erase(person=person)


def adopted(person, taker):
    person_adopt(giver=person, taker=taker)


def waits(backend):
    """Whether a connection of the server waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s", [backend])
        return cursor.fetchone() == ("Lock",)


class Other(threading.Thread):
    """Acts on a connection of its own when told to."""

    def __init__(self, act):
        super().__init__()
        self.act, self.fault, self.backend = act, None, 0
        self.ready, self.told = threading.Event(), threading.Event()

    def run(self):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = cursor.fetchone()[0]
            self.ready.set()
            self.told.wait()
            self.act()
        except DatabaseError as error:
            self.fault = error
        finally:
            connections.close_all()

    def go(self):
        """Returns when it is over, or waits for somebody."""
        self.told.set()
        while self.is_alive() and not waits(self.backend):
            self.join(0.01)


@pytest.mark.skipif(
    "__import__('django.db').db.connection.vendor == 'sqlite'",
    reason="SQLite locks no rows: one transaction writes at a time, as test_writers has it",
)
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(
    ("act", "runs", "checks"), [(adopted, 1, 1), (withdrawn, 0, 0), (erased, 0, 0)]
)
def test_whoever_writes_a_sign_and_whoever_takes_the_person_do_not_lock_each_other_out(
    start_run, act, runs, checks
):
    ada, taker = known_visitor(), visitor_create()
    run = start_run(ada)
    other = Other(lambda: act(ada.person, taker))

    def when_the_run_is_held(execute, sql, *rest):
        answer = execute(sql, *rest)
        if 'FROM "training_run"' in sql and "FOR UPDATE" in sql and not other.told.is_set():
            other.go()
        return answer

    other.start()
    other.ready.wait()
    with connection.execute_wrapper(when_the_run_is_held):
        receipt = events_append(run=run, raw=[SIGN])
    other.join()
    assert other.told.is_set()
    assert other.fault is None
    assert len(receipt.accepted) == 1
    whose = taker if act is adopted else ada.person
    assert Run.objects.filter(person=whose).count() == Run.objects.count() == runs
    assert KneeCheck.objects.filter(person=whose).count() == KneeCheck.objects.count() == checks


def test_an_adoption_that_fails_costs_no_sign_in_and_is_tried_again(ada, start_run, caplog):
    start_run(ada)
    jo = member("jo@example.org")
    jo.cookies[COOKIE] = ada.cookies[COOKIE].value

    def refused(execute, sql, *rest):
        if sql.startswith('UPDATE "training_run"'):
            raise OperationalError("deadlock detected, in words about somebody")
        return execute(sql, *rest)

    with connection.execute_wrapper(refused):
        answer = jo.get("/account/email/")
    assert answer.status_code == 200
    assert COOKIE not in answer.cookies
    (record,) = [each for each in caplog.records if each.name.startswith("hipfirst.")]
    assert "OperationalError" in record.getMessage()
    assert "somebody" not in caplog.text
    assert Run.objects.get().person == ada.person
    assert jo.get("/account/email/").cookies[COOKIE].value == ""
    assert Run.objects.get().person == jo.person
