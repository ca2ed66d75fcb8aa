# SPDX-License-Identifier: Apache-2.0
"""Rows of an earlier version are carried over, there and back."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from hipfirst.web.accounts.actions import person_erase
from hipfirst.web.accounts.models import Consent, Person
from hipfirst.web.training.models import Kept, KneeCheck, Run, Timeline

BEFORE, AFTER = ("training", "0003_kept"), ("training", "0004_packed_timelines")
BODY = {"session": "x", "slots": [{"id": "clam", "seconds": 2.5}], "title": "Über"}
TYPE = {"sqlite": ("typeof(body)", "blob"), "postgresql": ("pg_typeof(body)::text", "bytea")}
THEN = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def migrated(target):
    """The apps as they are at a migration."""
    MigrationExecutor(connection).migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


def to_today():
    """Every app: going back in one takes others along."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.fixture
def at_before(transactional_db, django_db_serialized_rollback):
    yield migrated(BEFORE)
    to_today()


def test_timelines_are_packed_and_runs_know_when_they_were_planned(at_before):
    visitor = at_before.get_model("accounts", "Visitor").objects.create(id=uuid.uuid4())
    timeline = at_before.get_model("training", "Timeline").objects.create(
        sha256="0" * 64, body=BODY
    )
    at_before.get_model("training", "Run").objects.create(
        visitor=visitor, timeline=timeline, session="x", title="X", created=THEN
    )
    after = migrated(AFTER)
    run = after.get_model("training", "Run").objects.select_related("timeline").get()
    assert (run.planned, run.timeline.body) == (THEN, BODY)
    with connection.cursor() as cursor:
        ask, kind = TYPE[connection.vendor]
        cursor.execute(f"SELECT {ask} FROM training_timeline")
        assert cursor.fetchone() == (kind,)
    back = migrated(BEFORE)
    assert back.get_model("training", "Timeline").objects.get().body == BODY


def test_visitors_become_people_with_all_that_is_theirs(at_before):
    before = migrated(AFTER)
    ada, ben = (
        before.get_model("accounts", "Visitor").objects.create(id=uuid.uuid4(), created=THEN)
        for _each in range(2)
    )
    row = before.get_model("training", "Timeline").objects.create(sha256="0" * 64, body=BODY)
    plan = {"visitor": ada, "timeline": row, "session": "x", "title": "X"}
    run = before.get_model("training", "Run").objects.create(**plan, status="running", last_seq=1)
    device = uuid.uuid4()
    before.get_model("training", "RunEvent").objects.create(
        run=run, event_id=device, device=device, seq=1, type="started", body={"seq": 1}
    )
    kept = before.get_model("training", "Kept").objects.create(**plan, created=THEN)
    checks = before.get_model("training", "KneeCheck").objects
    # Of a sign named in a session nothing was agreed to.
    checks.create(visitor=ada, consent=0, red_flags=["calf"], created=THEN)
    for days, left in (3, 5), (0, 4):
        checks.create(
            visitor=ada, consent=1, left_now=left, consented_at=THEN + timedelta(days=days)
        )
    to_today()

    person = Person.objects.get(pk=ada.pk)
    assert set(Person.objects.values_list("pk", "created")) == {(ada.pk, THEN), (ben.pk, THEN)}
    now = Run.objects.get(pk=run.pk)
    assert (now.person, now.status, now.last_seq, now.timeline.body) == (person, "running", 1, BODY)
    assert [each.body for each in now.events.all()] == [{"seq": 1}]
    assert [(each.pk, each.person, each.created) for each in Kept.objects.all()] == [
        (kept.pk, person, THEN)
    ]
    said = KneeCheck.objects.filter(person=person).order_by("pk")
    assert [(each.left_now, each.red_flags) for each in said] == [
        (None, ["calf"]),
        (5, []),
        (4, []),
    ]
    agreed = Consent.objects.values_list("person", "purpose", "version", "given_at", "withdrawn_at")
    assert list(agreed) == [(person.pk, "health", 1, THEN, None)]
    connection.check_constraints()
    of_nobody = Run(person_id=uuid.uuid4(), timeline=now.timeline, session="x", title="X")
    with pytest.raises(IntegrityError), transaction.atomic():
        of_nobody.save(force_insert=True)
    person_erase(person=person)
    left = [each.objects.count() for each in (Run, Kept, KneeCheck, Consent, Timeline)]
    assert left == [0] * 5
    assert [each.pk for each in Person.objects.all()] == [ben.pk]
