# SPDX-License-Identifier: Apache-2.0
"""What travels: the schema is fresh, and the examples keep to it."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from hipfirst.outcomes.run import RunShape, fold, read
from hipfirst.planning.timeline import Timeline

HERE = Path(__file__).parent


def load(name: str):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def shape_of(timeline: Timeline) -> RunShape:
    return RunShape.model_validate(
        {
            "slots": [
                {
                    "id": slot.id,
                    "bouts": len(slot.bouts),
                    "rungs": len(slot.rungs) + len(slot.others),
                    "start_rung": slot.start_rung,
                }
                for slot in timeline.slots
            ]
        }
    )


def test_the_schema_is_fresh() -> None:
    spec = importlib.util.spec_from_file_location("wire_schema", HERE / "schema.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.text() == (HERE / "schema.json").read_text(encoding="utf-8"), (
        "run python tests/wire/schema.py, then npm run wire in player/"
    )


def test_the_payload_holds_a_timeline_and_its_events() -> None:
    payload = load("payload.json")
    timeline = Timeline.model_validate(payload["timeline"])
    planned = sum(
        bout.get_ready_s + slot.rungs[slot.start_rung].work.seconds + bout.rest_after_s
        for slot in timeline.slots
        for bout in slot.bouts
    )
    assert timeline.seconds == pytest.approx(planned)
    shape = shape_of(timeline)
    reading = read(shape, payload["events"])
    assert not reading.problems
    assert fold(shape, reading.events).position.slot == "clam"


def test_the_answer_names_every_event_of_the_batch_once() -> None:
    batch, payload = load("batch.json"), load("payload.json")
    request, answer = batch["request"], batch["answer"]
    rejected = [each["id"] for each in answer["rejected"]]
    sent = [event["id"] for event in request["events"]]
    assert sorted(answer["accepted"] + answer["duplicate"] + rejected) == sorted(sent)
    shape = shape_of(Timeline.model_validate(payload["timeline"]))
    problems = read(shape, request["events"]).problems
    assert [asdict(problem) for problem in problems] == answer["rejected"]
    assert all(event["seq"] > request["after"] for event in answer["events_after"])


def test_timelines_of_earlier_days_are_read_as_whole_and_without_tests() -> None:
    body = load("payload.json")["timeline"]
    today = Timeline.model_validate(body)
    del body["preview_of"]
    for slot in body["slots"]:
        for rung in slot["rungs"] + slot["others"]:
            del rung["work"]["measured"]
    assert Timeline.model_validate(body) == today
    assert today.preview_of == 0
    assert not any(rung.work.measured for slot in today.slots for rung in slot.rungs)
