# SPDX-License-Identifier: Apache-2.0
"""JSON that is stored compressed."""

from __future__ import annotations

import io

from django.core.management import call_command
from django.db import connection

from hipfirst.web.training.models import Timeline

BODY = {"title": "Hüfte", "slots": [{"id": f"slot-{n}", "seconds": 30.5} for n in range(200)]}


def timeline():
    return Timeline.objects.create(sha256="0" * 64, body=BODY)


def test_it_is_read_as_it_was_written(db):
    key = timeline().pk
    assert Timeline.objects.get(pk=key).body == BODY
    assert list(Timeline.objects.values_list("body", flat=True)) == [BODY]


def test_it_takes_a_fraction_of_the_space(db):
    timeline()
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(body) FROM training_timeline")
        (stored,) = cursor.fetchone()
    assert stored < len(str(BODY)) / 5


def test_a_dump_holds_it_and_brings_it_back(db, tmp_path):
    timeline()
    said = io.StringIO()
    call_command("dumpdata", "training.timeline", stdout=said)
    Timeline.objects.all().delete()
    dump = tmp_path / "dump.json"
    dump.write_text(said.getvalue(), encoding="utf-8")
    call_command("loaddata", dump, verbosity=0)
    assert Timeline.objects.get().body == BODY
