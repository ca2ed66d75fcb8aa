# SPDX-License-Identifier: Apache-2.0
"""Rows of an earlier version are carried over, there and back."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("training", "0003_kept"), ("training", "0004_packed_timelines")
BODY = {"session": "x", "slots": [{"id": "clam", "seconds": 2.5}], "title": "Über"}
TYPE = {"sqlite": ("typeof(body)", "blob"), "postgresql": ("pg_typeof(body)::text", "bytea")}
THEN = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def migrated(target):
    """The apps as they are at a migration."""
    MigrationExecutor(connection).migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


@pytest.fixture
def at_before(transactional_db):
    yield migrated(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("training"))


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
