# SPDX-License-Identifier: Apache-2.0
"""The event log through HTTP: each event once, whatever arrives how often in what order."""

from __future__ import annotations

import itertools
import json
import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipfirst.web.accounts.actions import person_erase
from hipfirst.web.training import api
from hipfirst.web.training.models import KneeCheck, Run, RunEvent
from hipfirst.web.training.questions import IN_SESSION
from web.training.events import LAPTOP, batch, event, url


@pytest.fixture
def run(ada, start_run):
    return start_run(ada)


def stored(run):
    return list(RunEvent.objects.filter(run=run).order_by("seq").values_list("seq", flat=True))


def done(seq, slot="clam", bout=0, reps=10, **more):
    return event(
        seq, "done", slot=slot, bout=bout, rung=0, reps=reps, seconds=30, complete=True, **more
    )


def test_a_batch_is_answered_as_the_wire_example_says(ada, start_run, wire_payload, wire_batch):
    run = start_run(ada, uuid.UUID(wire_payload["run"]["id"]))
    before = wire_payload["events"]
    others = wire_batch["answer"]["events_after"]
    assert ada.send(url(run), batch(*before)).status_code == 200
    assert ada.send(url(run), batch(*others)).status_code == 200
    answer = ada.send(wire_payload["events_url"], wire_batch["request"])
    assert answer.json() == wire_batch["answer"]


def test_events_change_the_state_and_the_columns(ada, run):
    answer = ada.send(url(run), batch(event(1, "started"), done(2), event(3, "paused")))
    assert len(answer.json()["accepted"]) == 3
    run.refresh_from_db()
    assert (run.status, run.last_seq) == ("paused", 3)
    state = ada.get(f"/api/runs/{run.pk}").json()["state"]
    assert state["status"] == "paused"
    assert state["slots"][0]["bouts"][0]["reps"] == 10


def test_finishing_is_dated_and_moving_opens_the_run_again(ada, run):
    ada.send(url(run), batch(event(1, "started"), event(2, "finished")))
    run.refresh_from_db()
    assert run.status == "finished"
    assert run.finished_at is not None
    ada.send(url(run), batch(event(3, "moved", slot="clam", bout=0, via="back")))
    run.refresh_from_db()
    assert run.status != "finished"
    assert run.finished_at is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2024-01-01T00:00:00Z", "2026-03-04T09:00:00+00:00"),
        ("2026-03-04T10:20:00+01:00", "2026-03-04T09:20:00+00:00"),
        ("2031-01-01T00:00:00Z", "2026-03-04T09:30:00+00:00"),
    ],
)
def test_an_end_lies_between_the_plan_and_its_arrival(ada, start_run, said, kept):
    with time_machine.travel(datetime(2026, 3, 4, 9, tzinfo=UTC), tick=False) as clock:
        run = start_run(ada)
        clock.shift(1800)
        ada.send(url(run), batch(event(2, "finished", at=said)))
        clock.shift(1800)
        # What arrives late, before it or after it in the log, does not move it.
        ada.send(url(run), batch(event(1, "started")))
        ada.send(url(run), batch(event(3, "rated", pain_left=0, pain_right=0, effort=2, note="")))
    run.refresh_from_db()
    assert run.finished_at.isoformat() == kept


def test_a_sign_named_in_a_session_stops_until_it_is_asked_anew(ada, run):
    hurt = event(2, "hurt", slot="clam", rung=0, where="elsewhere")
    sign = event(3, "flagged", flag="chest-or-breath")
    assert not ada.send(url(run), batch(event(1, "started"), hurt)).json()["stopped"]
    assert ada.send(url(run), batch(sign)).json()["stopped"]
    assert "chest" in ada.get("/check/advice/").content.decode()
    assert ada.send(url(run), batch(sign)).json()["stopped"]
    (check,) = KneeCheck.objects.filter(person=run.person)
    assert (check.red_flags, check.consent) == (["chest-or-breath"], IN_SESSION)


def test_a_sign_that_this_site_does_not_know_stops_nothing(ada, run):
    answer = ada.send(url(run), batch(event(1, "flagged", flag="hiccups"))).json()
    assert not answer["stopped"]
    assert len(answer["accepted"]) == 1


def test_the_same_batch_again_stores_nothing_twice(ada, run):
    sent = batch(event(1, "started"), done(2))
    first, again = (ada.send(url(run), sent).json() for _ in range(2))
    assert again["accepted"] == []
    assert again["duplicate"] == first["accepted"]
    assert stored(run) == [1, 2]


def test_the_order_of_arrival_changes_nothing(ada, start_run):
    log = [event(1, "started"), done(2, reps=8), done(3, reps=10), event(4, "finished")]
    states = []
    for order in itertools.permutations(log):
        run = start_run(ada)
        for each in order:
            assert ada.send(url(run), batch(each)).status_code == 200
        states.append(ada.get(f"/api/runs/{run.pk}").json()["state"])
    assert all(state == states[0] for state in states)


BAD = {
    "unknown type": (event(2, "danced"), "type"),
    "no type": ({k: v for k, v in event(2).items() if k != "type"}, "type"),
    "unknown slot": (done(2, slot="squat"), "slot"),
    "bout out of range": (done(2, bout=99), "bout"),
    "negative": (done(2, reps=-1), "reps"),
    "text for a number": (done(2, reps="ten"), "reps"),
    "seq zero": (event(0), "seq"),
    "seq too high": (event(2**31), "seq"),
    "clock without zone": ({**event(2), "at": "2026-03-02T07:30:00"}, "at"),
    "no uuid": ({**event(2), "id": "one"}, "id"),
    "unknown field": ({**event(2), "mood": "fine"}, "mood"),
    "later format": ({**event(2), "format": 2}, "format"),
    "a number": (7, ""),
    "null": (None, ""),
    "a list": ([event(2)], ""),
    "half a character": ({**event(2), "type": "\ud800"}, "type"),
}


@pytest.mark.parametrize(("bad", "field"), BAD.values(), ids=BAD)
def test_good_events_beside_a_bad_one_are_kept(ada, run, bad, field):
    answer = ada.send(url(run), batch(event(1, "started"), bad, event(3)))
    assert answer.status_code == 200
    (rejected,) = answer.json()["rejected"]
    assert (rejected["index"], rejected["field"]) == (1, field)
    assert rejected["message"]
    assert stored(run) == [1, 3]


def test_a_rejection_says_what_was_given_and_what_is_allowed(ada, run):
    answer = ada.send(url(run), batch(done(1, reps=-1), done(2, slot="squat")))
    negative, unknown = (each["message"] for each in answer.json()["rejected"])
    assert "greater than or equal to 0" in negative
    assert "-1" in negative
    assert "'squat'" in unknown
    assert "clam" in unknown


def test_a_number_used_by_another_event_is_rejected(ada, run):
    ada.send(url(run), batch(event(1, "started")))
    other = {**event(1), "id": str(uuid.uuid4())}
    answer = ada.send(url(run), batch(other, event(2))).json()
    assert [each["field"] for each in answer["rejected"]] == ["seq"]
    assert stored(run) == [1, 2]


def test_two_in_one_batch_with_one_number(ada, run):
    other = {**event(1), "id": str(uuid.uuid4())}
    answer = ada.send(url(run), batch(event(1, "started"), other)).json()
    assert len(answer["accepted"]) == len(answer["rejected"]) == 1


def test_one_event_twice_in_a_batch(ada, run):
    answer = ada.send(url(run), batch(event(1, "started"), event(1, "started"))).json()
    assert answer["accepted"] == answer["duplicate"]
    assert stored(run) == [1]


def test_a_device_hears_of_low_numbers_that_arrived_late(ada, run):
    ada.send(url(run), batch(event(10, "started")))
    ada.send(url(run), batch(done(2, device=LAPTOP)))
    answer = ada.send(url(run), batch(event(11), after=10)).json()
    assert [each["seq"] for each in answer["events_after"]] == [2]


def test_a_lost_answer_loses_no_event(ada, run):
    ada.send(url(run), batch(event(10, "started")))
    ada.send(url(run), batch(done(2, device=LAPTOP)))
    lost = batch(event(11), after=10)
    ada.send(url(run), lost)
    ada.send(url(run), batch(done(3, bout=1, device=LAPTOP)))
    answer = ada.send(url(run), lost).json()
    assert {3} <= {each["seq"] for each in answer["events_after"]}


WHOLE = {
    "no JSON": (b"{", 400, "not-json"),
    "empty": (b"", 400, "not-json"),
    "no UTF-8": (b'{"events": ["\xff"]}', 400, "not-json"),
    "NaN": (b'{"format": 1, "events": [], "after": NaN}', 400, "not-json"),
    "nested without end": (b"[" * 100_000, 400, "not-json"),
    "a number of 5000 digits": (b'{"after": ' + b"9" * 5000 + b"}", 400, "not-json"),
    "a list": (b"[]", 422, "wrong-shape"),
    "no events": (b'{"format": 1}', 422, "wrong-shape"),
    "events no list": (b'{"format": 1, "events": {}}', 422, "wrong-shape"),
    "later format": (b'{"format": 2, "events": []}', 422, "wrong-shape"),
    "unknown field": (b'{"format": 1, "events": [], "mood": 1}', 422, "wrong-shape"),
    "after negative": (b'{"format": 1, "events": [], "after": -1}', 422, "wrong-shape"),
    "too many": (json.dumps(batch(*range(201))).encode(), 422, "too-many-events"),
    "huge": (b'{"events": ["' + b"x" * 262_144 + b'"]}', 413, "too-large"),
}


@pytest.mark.parametrize(("body", "status", "code"), WHOLE.values(), ids=WHOLE)
def test_what_is_no_batch_is_refused_with_a_reason(ada, run, body, status, code):
    answer = ada.send(url(run), body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["message"]
    assert all(fault["allowed"] for fault in error["faults"])
    assert error["faults"]
    assert stored(run) == []


def test_two_hundred_events_are_welcome(ada, run):
    answer = ada.send(url(run), batch(*(event(n) for n in range(1, 201))))
    assert len(answer.json()["accepted"]) == 200


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_only_json_is_read(ada, run, content_type):
    answer = ada.send(url(run), batch(event(1)), content_type=content_type)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "not-json")


def test_erasing_between_finding_and_appending_is_no_crash(ada, run, monkeypatch):
    read = api.read_batch

    def read_while_erased(request):
        person_erase(person=ada.person)
        return read(request)

    monkeypatch.setattr(api, "read_batch", read_while_erased)
    answer = ada.send(url(run), batch(event(1, "started")))
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not-found")


@pytest.mark.parametrize("token", ["wrong", "x" * 64])
def test_a_wrong_token_writes_nothing(ada, run, token):
    answer = ada.send(url(run), batch(event(1)), token=token)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf")
    assert stored(run) == []


def test_without_a_token_nothing_is_written(ada, run):
    answer = ada.post(url(run), json.dumps(batch(event(1))), content_type="application/json")
    assert answer.status_code == 403
    assert stored(run) == []


def test_a_foreign_run_stays_as_it_is(ben, run):
    answer = ben.send(url(run), batch(event(1)))
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not-found")
    assert stored(run) == []


def test_a_run_goes_on_to_its_last_number_and_no_further(ada, run):
    Run.objects.filter(pk=run.pk).update(last_seq=4_998)
    answer = ada.send(url(run), batch(event(4_999), event(5_000), after=4_998)).json()
    assert (len(answer["accepted"]), answer["rejected"]) == (2, [])
    run.refresh_from_db()
    assert (run.status, run.last_seq) == ("paused", 5_000)


def test_an_id_of_the_log_under_a_new_number_is_a_duplicate(ada, run):
    first = event(1, "started")
    ada.send(url(run), batch(first))
    again = {**event(2, "finished"), "id": first["id"]}
    answer = ada.send(url(run), batch(again, event(3, "paused"), after=1)).json()
    assert (answer["duplicate"], len(answer["accepted"])) == ([first["id"]], 1)
    run.refresh_from_db()
    assert (stored(run), run.status, run.last_seq) == ([1, 3], "paused", 3)


def test_a_full_run_says_so(ada, run):
    RunEvent.objects.bulk_create(
        RunEvent(
            run=run,
            event_id=uuid.uuid4(),
            device=LAPTOP,
            seq=n,
            type="paused",
            body=event(n, device=LAPTOP),
        )
        for n in range(1, 5_001)
    )
    Run.objects.filter(pk=run.pk).update(last_seq=5_000)
    answer = ada.send(url(run), batch(event(1), after=5_000)).json()
    assert "5000" in answer["rejected"][0]["message"]


@pytest.mark.parametrize("after", ["-1", "x", "9999999999"])
def test_a_bad_cursor_is_refused(ada, run, after):
    answer = ada.get(f"/api/runs/{run.pk}", {"after": after})
    assert answer.status_code == 422
    assert answer.json()["error"]["faults"][0]["field"] == "after"


def test_reading_goes_on_after_a_number(ada, run):
    ada.send(url(run), batch(event(1, "started"), event(2), event(3)))
    events = ada.get(f"/api/runs/{run.pk}", {"after": 1}).json()["events"]
    assert [each["seq"] for each in events] == [2, 3]


ODD = ["\ud800", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]


@pytest.mark.parametrize(
    ("field", "given"), [("id", ODD[0]), ("slot", ODD[0]), ("at", ODD[1]), ("at", ODD[2])]
)
def test_one_odd_event_refuses_only_itself(ada, run, field, given):
    odd = {**event(2, "skipped", slot="clam"), field: given}
    answer = ada.send(url(run), batch(event(1, "started"), odd, event(3, "finished"))).json()
    assert [(each["index"], each["field"]) for each in answer["rejected"]] == [(1, field)]
    assert stored(run) == [1, 3]


def test_a_batch_with_a_field_that_is_no_text_is_refused(ada, run):
    answer = ada.send(url(run), b'{"format": 1, "events": [], "\\ud800": 1}')
    assert answer.status_code == 422
    assert answer.json()["error"]["faults"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NEARLY = st.builds(
    lambda base, field, value: {**base, field: value},
    st.sampled_from([event(1), done(2), event(3, "skipped", slot="clam")]),
    st.sampled_from(["id", "device", "seq", "at", "type", "slot", "bout", "rung", "reps", "x"]),
    JSON | st.sampled_from(ODD),
)
NO_RESET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@NO_RESET
@given(items=st.lists(JSON | NEARLY, max_size=6))
def test_whatever_is_sent_each_item_is_accounted_for(ada, start_run, items):
    run = start_run(ada)
    answer = ada.send(url(run), batch(*items)).json()
    count = sum(len(answer[part]) for part in ("accepted", "duplicate", "rejected"))
    assert count == len(items)
    assert len(stored(run)) == len(answer["accepted"])


@NO_RESET
@given(body=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_the_body_it_is_no_crash(ada, start_run, body):
    run = start_run(ada)
    answer = ada.send(url(run), body)
    assert answer.status_code in {200, 400, 422}
    assert answer.status_code == 200 or answer.json()["error"]["message"]


LOG = [
    event(1, "started"),
    done(2, reps=4),
    done(3, reps=9),
    event(4, "skipped", slot="bridge"),
    event(3, "rest-added", slot="clam", bout=0, seconds=20, device=LAPTOP),
    event(5, "rung-changed", slot="clam", rung=0, device=LAPTOP),
    event(6, "finished", device=LAPTOP),
]


@NO_RESET
@given(order=st.permutations(LOG * 2), cuts=st.lists(st.integers(0, len(LOG) * 2), max_size=4))
def test_any_split_order_and_repeat_gives_one_log(ada, start_run, order, cuts):
    run = start_run(ada)
    edges = [0, *sorted(cuts), len(order)]
    for start, end in itertools.pairwise(edges):
        assert ada.send(url(run), batch(*order[start:end])).json()["rejected"] == []
    run = Run.objects.get(pk=run.pk)
    assert sorted(stored(run)) == [1, 2, 3, 3, 4, 5, 6]
    assert (run.status, run.last_seq) == ("finished", 6)
