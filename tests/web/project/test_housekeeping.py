# SPDX-License-Identifier: Apache-2.0
"""What comes due is done once, by one process, and a failure stops nothing else."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

import databases
from hipfirst.web.project.housekeeping import Housekeeper, housekeep, housekeep_all
from hipfirst.web.project.purges import cache_purge, sessions_purge
from hipfirst.web.site import duties
from hipfirst.web.site.duties import LONGEST, Duty, register_duty, take
from hipfirst.web.site.duties import done as done_with
from hipfirst.web.site.models import Due
from live import CLEAN
from web.members import member, signed_in

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def house(monkeypatch):
    """A house without duties: `house(name, work, every)` adds one."""
    monkeypatch.setattr(duties, "_duties", {})

    def add(name, work, every=HOUR):
        register_duty(Duty(name, work, every))

    return add


@pytest.fixture
def done(house):
    """The moments at which the one duty of the house was done."""
    moments = []

    def work(now):
        moments.append(now)
        return 1

    house("sweep", work, MINUTE)
    return moments


def test_a_duty_is_done_when_it_is_due_and_not_before(db, done):
    assert housekeep(now=NOON) == {"sweep": 1}
    assert housekeep(now=NOON) == {}
    assert housekeep(now=NOON + MINUTE - timedelta(seconds=1)) == {}
    assert housekeep(now=NOON + MINUTE) == {"sweep": 1}
    assert done == [NOON, NOON + MINUTE]


def test_nothing_due_is_one_query(db, done, django_assert_num_queries):
    housekeep(now=NOON)
    with django_assert_num_queries(1):
        housekeep(now=NOON)


def test_a_duty_that_is_being_done_is_left_alone_until_its_process_is_given_up(db, done):
    (duty,) = duties.duties()
    assert take(duty, NOON)
    assert housekeep(now=NOON + LONGEST - timedelta(seconds=1)) == {}
    assert housekeep(now=NOON + LONGEST) == {"sweep": 1}


def test_a_failure_is_logged_and_tried_again_and_stops_nothing_else(db, house, caplog):
    def break_down(now):
        raise RuntimeError("the broom broke")

    house("broken", break_down, MINUTE)
    house("sweep", lambda now: 3)
    assert housekeep(now=NOON) == {"sweep": 3}
    assert "the duty 'broken' failed" in caplog.text
    assert "the broom broke" in caplog.text
    caplog.clear()
    housekeep(now=NOON + LONGEST)
    assert "the duty 'broken' failed" in caplog.text


def test_the_command_does_everything_at_once_and_says_how_much(db, house, capsys, caplog):
    house("sweep", lambda now: 3)
    house("broken", lambda now: 1 // 0)
    housekeep(now=timezone.now())
    call_command("housekeep")
    assert capsys.readouterr().out == ("sweep: 3\nbroken: failed; the log above says why\n")


def test_the_site_has_its_duties(db):
    names = set(housekeep_all(now=timezone.now()))
    assert names >= {
        "accounts to be erased",
        "limits that ran out",
        "old knee checks",
        "replaced plans",
        "sign-ins that ran out",
    }


def test_a_duty_is_registered_once(house):
    house("sweep", print)
    with pytest.raises(ImproperlyConfigured, match="'sweep' is registered twice"):
        house("sweep", repr)


PROCESS = """
import sys
from datetime import UTC, datetime, timedelta
import django
django.setup()
from hipfirst.web.project.housekeeping import housekeep
from hipfirst.web.site import duties
duties._duties.clear()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
def work(name):
    return lambda now: print(name, now.isoformat()) or 1
for number in range(8):
    name = f"duty {number}"
    duties.register_duty(duties.Duty(name, work(name), timedelta(hours=1)))
print("ready", flush=True)
sys.stdin.readline()
for hour in range(5):
    housekeep(now=NOON + timedelta(hours=hour))
"""


def test_of_two_processes_at_once_each_duty_is_done_by_one(tmp_path):
    environment = (
        CLEAN
        | databases.settings_of(tmp_path)
        | {
            "HIPFIRST_DATA": str(tmp_path),
            "HIPFIRST_SECRET_KEY": "x" * 30 + "0123456789" * 2,
            "DJANGO_SETTINGS_MODULE": "hipfirst.web.project.settings",
        }
    )
    migrate = (
        "import django; django.setup(); from hipfirst.web.project.start import migrate; migrate()"
    )
    subprocess.run([sys.executable, "-c", migrate], env=environment, check=True, timeout=120)
    both = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(2)
    ]
    assert [each.stdout.readline() for each in both] == ["ready\n"] * 2
    for each in both:
        each.stdin.write("go\n")
        each.stdin.flush()
    lines = [line for each in both for line in each.communicate(timeout=60)[0].splitlines()]
    assert [each.returncode for each in both] == [0, 0]
    assert len(lines) == 8 * 5
    assert len(set(lines)) == 8 * 5


def test_who_took_too_long_does_not_give_back_what_another_took(db, house):
    house("sweep", lambda now: 1, MINUTE)
    (duty,) = duties.duties()
    slow = take(duty, NOON)
    quick = take(duty, NOON + LONGEST)
    done_with(duty, NOON, slow)
    assert Due.objects.get().at == quick
    done_with(duty, NOON + LONGEST, quick)
    assert Due.objects.get().at == NOON + LONGEST + MINUTE


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_thread_looks_gives_its_connection_back_and_stops(house):
    seen, looked = [], threading.Event()

    def work(now):
        seen.append((now, threading.current_thread().name, connection.connection))
        looked.set()
        return 1

    house("sweep", work)
    keeper = Housekeeper(every_s=0.01, clock=lambda: NOON)
    keeper.start()
    assert looked.wait(timeout=20)
    keeper.stop()
    assert not keeper.is_running
    ((now, name, used),) = seen
    assert (now, name) == (NOON, "housekeeping")
    assert used is not None
    assert list(Due.objects.values_list("duty", "at")) == [("sweep", NOON + HOUR)]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_database_that_is_away_is_logged_and_does_not_end_the_thread(house, caplog):
    house("sweep", lambda now: 1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE site_due RENAME TO site_due_away")
    try:
        Housekeeper(clock=lambda: NOON).look()
        assert "could not look what is due" in caplog.text
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE site_due_away RENAME TO site_due")
    Housekeeper(clock=lambda: NOON).look()
    assert Due.objects.filter(duty="sweep").exists()


def test_sign_ins_that_ran_out_go(db):
    for days in (-1, 1):
        session = SessionStore()
        session.set_expiry(timezone.now() + timedelta(days=days))
        session.save()
    assert sessions_purge(timezone.now()) == 1
    assert Session.objects.count() == 1


def test_from_where_somebody_was_signed_in_goes_with_the_sign_in(db):
    mia = member("mia@example.org")
    elsewhere = signed_in(mia.account)
    for browser in (mia, elsewhere):
        browser.get("/account/")
    assert UserSession.objects.count() == 2
    mia.session.delete()
    assert sessions_purge(timezone.now()) == 1
    left = UserSession.objects.values_list("session_key", flat=True)
    assert list(left) == [elsewhere.session.session_key]


def test_limits_that_ran_out_go(db):
    call_command("createcachetable", verbosity=0)
    cache.set("old", 1, timeout=60)
    cache.set("new", 1, timeout=9_000)
    assert cache_purge(timezone.now() + HOUR) == 1
    assert cache.get("new") == 1
