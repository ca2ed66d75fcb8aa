# SPDX-License-Identifier: Apache-2.0
"""Everything that leads to a person is adopted, exported and erased by some app."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps

from hipfirst.web.accounts.actions import person_adopt, person_erase
from hipfirst.web.accounts.contract import personal_models, register, registered, uncovered
from hipfirst.web.accounts.models import Person
from hipfirst.web.accounts.person_data import PERSON
from hipfirst.web.training.models import Run, RunEvent, Timeline

PEOPLE = (Person, get_user_model())
EVERY = apps.get_models(include_auto_created=True)


def test_no_model_leads_to_a_person_unanswered_for():
    assert uncovered(EVERY, PEOPLE) == []


def test_every_covered_label_is_a_personal_model():
    personal = {model._meta.label_lower for model in personal_models(EVERY, PEOPLE)}
    assert {label for part in registered() for label in part.models} == personal


@isolate_apps("hipfirst.web.training")
@pytest.mark.parametrize(
    "field",
    [
        lambda: models.ForeignKey(Person, models.CASCADE),
        lambda: models.ForeignKey(Run, models.CASCADE),
        lambda: models.ForeignKey(RunEvent, models.SET_NULL, null=True),
        lambda: models.OneToOneField(get_user_model(), models.CASCADE),
        lambda: models.ManyToManyField(Run),
    ],
    ids=["person", "run", "two steps", "one to one", "many to many"],
)
def test_a_planted_key_to_a_person_is_found(field):
    class Diary(models.Model):  # noqa: DJ008 never shown
        whose = field()

        class Meta:
            app_label = "training"

    assert "training.diary" in uncovered([*EVERY, Diary], PEOPLE)


@isolate_apps("hipfirst.web.training")
def test_a_planted_heir_of_a_personal_model_is_found():
    class LongRun(Run):
        class Meta:
            app_label = "training"

    assert uncovered([*EVERY, LongRun], PEOPLE) == ["training.longrun"]


@isolate_apps("hipfirst.web.training")
def test_a_model_without_a_person_is_left_alone():
    class Weather(models.Model):  # noqa: DJ008 never shown
        timeline = models.ForeignKey(Timeline, models.CASCADE)

        class Meta:
            app_label = "training"

    assert uncovered([*EVERY, Weather], PEOPLE) == []


def test_a_part_is_registered_once():
    with pytest.raises(ImproperlyConfigured, match="'person' is registered twice"):
        register(replace(PERSON, models=frozenset()))


def rows_about(person_id):
    """Every row of every table in which the visitor's number stands."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            # One database keeps the number as hex, the other as itself.
            marks = {person_id.hex, str(person_id)}
            found += [row for row in cursor.fetchall() if marks & set(map(str, row))]
    return found


def test_erasing_leaves_no_row(ada, ben, start_run):
    runs = [start_run(ada), start_run(ada), start_run(ben)]
    gone = person_erase(person=ada.person)
    assert {name: count for name, count in gone.items() if count} == {"person": 1, "runs": 2}
    assert rows_about(ada.person.pk) == []
    assert list(Run.objects.values_list("pk", flat=True)) == [runs[2].pk]
    assert Timeline.objects.count() == 1


def test_erasing_the_last_player_of_a_timeline_erases_it(ada, start_run):
    start_run(ada)
    person_erase(person=ada.person)
    assert not Timeline.objects.exists()


def test_adopting_moves_everything(ada, ben, start_run):
    run = start_run(ada)
    person_adopt(giver=ada.person, taker=ben.person)
    run.refresh_from_db()
    assert run.person == ben.person
    assert rows_about(ada.person.pk) == []
    assert ben.get(f"/api/runs/{run.pk}").status_code == 200
    assert ada.get(f"/api/runs/{run.pk}").status_code == 401


def test_adopting_oneself_changes_nothing(ada, start_run):
    run = start_run(ada)
    person_adopt(giver=ada.person, taker=ada.person)
    assert ada.get(f"/api/runs/{run.pk}").status_code == 200


def test_the_export_holds_every_part(ada, start_run):
    run = start_run(ada)
    copy = json.loads(ada.get("/privacy/my-data.json").getvalue())
    assert copy.keys() == {part.name for part in registered()}
    assert copy["person"]["id"] == str(ada.person.pk)
    assert copy["runs"][0]["id"] == str(run.pk)
    assert copy["runs"][0]["timeline"]["slots"]
