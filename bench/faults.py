# SPDX-License-Identifier: Apache-2.0
"""Events from many devices while the server is killed and answers are lost: none may be missing,
none may be there twice.

A device makes the events of one run and brings them to the site as the player's courier does: in
batches, each again and again until the site has answered for it. Meanwhile the server is killed
without warning and started again, requests are cut off half way, and answers are thrown away. At
the end the database is asked what it holds.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import databases
from server import Server, free_port, serve
from traffic import SESSION, TOKEN, keep_session

EVENTS_PER_RUN = 250
LARGEST_BATCH = 100
AT_ONCE = 6
"""Devices that send at the same time."""
WORKERS = 2
LOSES_ANSWER = 0.12
CUTS_REQUEST = 0.06
KILL_AFTER_S = (0.5, 4.0)
FIRST_WAIT_S, LONGEST_WAIT_S = 0.05, 1.0
"""As the courier waits after a failure, only forty times faster."""
ANSWER_S = 20
PATIENCE_S = 900


@dataclass
class Counts:
    """What happened, summed over all devices."""

    made: int = 0
    requests: int = 0
    answers_lost: int = 0
    requests_cut: int = 0
    failed: int = 0
    """Requests that found no server, or lost it."""
    duplicates: int = 0
    """Events that the site named as known already: answers lost and yet stored."""
    rejected: list[str] = field(default_factory=list)
    kills: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, **more: int) -> None:
        with self.lock:
            for name, value in more.items():
                setattr(self, name, getattr(self, name) + value)


@dataclass(frozen=True)
class Outcome:
    counts: Counts
    stored: int
    distinct: int
    missing: int
    strange: int
    """Stored events that no device made."""
    unfinished: int
    """Runs that the site does not know to be at their end."""
    seconds: float


class Site:
    """The server, killed and started again until `close`."""

    def __init__(self, data: Path, counts: Counts, chance: random.Random) -> None:
        self.port = free_port()
        self._data, self._counts, self._chance = data, counts, chance
        self._server = self._start()
        self._over = threading.Event()
        self._killer = threading.Thread(target=self._kill_now_and_then)

    def begin_killing(self) -> None:
        self._killer.start()

    def close(self) -> None:
        self._over.set()
        self._killer.join()
        self._server.stop()

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_S)

    def _start(self) -> Server:
        return serve(self._data, WORKERS, self.port, quiet=True)

    def _kill_now_and_then(self) -> None:
        while not self._over.wait(self._chance.uniform(*KILL_AFTER_S)):
            self._server.kill()
            self._counts.add(kills=1)
            self._server = self._start()


class Device:
    """One browser with a run that began without the site."""

    def __init__(self, site: Site, counts: Counts, visitor: dict[str, str], seed: int) -> None:
        self._site, self._counts, self._headers = site, counts, visitor
        self._chance = random.Random(seed)
        self.run, device = self._uuid(), str(self._uuid())
        kinds = ["started", *["paused", "resumed"] * EVENTS_PER_RUN][: EVENTS_PER_RUN - 1]
        self.events = [
            self._event(device, seq, kind) for seq, kind in enumerate([*kinds, "finished"], 1)
        ]
        counts.add(made=len(self.events))

    def deliver(self, opening: bytes) -> None:
        """Open the run and send every event, each until the site has answered for it."""
        self._until_answered("PUT", f"/api/runs/{self.run}", opening)
        waiting = list(self.events)
        while waiting:
            size = self._chance.randint(1, LARGEST_BATCH)
            batch = {"format": 1, "after": EVENTS_PER_RUN, "events": waiting[:size]}
            body = json.dumps(batch).encode()
            answer = self._until_answered("POST", f"/api/runs/{self.run}/events", body)
            self._counts.add(duplicates=len(answer["duplicate"]))
            if answer["rejected"]:
                self._counts.rejected.append(str(answer["rejected"][0]))
                return
            settled = {*answer["accepted"], *answer["duplicate"]}
            waiting = [each for each in waiting if each["id"] not in settled]

    def _until_answered(self, method: str, path: str, body: bytes) -> dict[str, list[str]]:
        wait, until = FIRST_WAIT_S, time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            self._counts.add(requests=1)
            with contextlib.suppress(OSError, http.client.HTTPException):
                if (answer := self._ask(method, path, body)) is not None:
                    return answer
                continue
            self._counts.add(failed=1)
            time.sleep(wait)
            wait = min(LONGEST_WAIT_S, wait * 2)
        raise RuntimeError(f"{method} {path} was not answered within {PATIENCE_S} s")

    def _ask(self, method: str, path: str, body: bytes) -> dict[str, list[str]] | None:
        """The answer; None where it was lost on purpose. OSError or HTTPException: no answer."""
        connection = self._site.connect()
        try:
            if self._chance.random() < CUTS_REQUEST:
                self._cut(connection, method, path, body)
                return None
            connection.request(method, path, body, self._headers)
            if self._chance.random() < LOSES_ANSWER:
                # Some are thrown away after the work, some while it goes on.
                time.sleep(self._chance.choice([0.0, 0.05]))
                self._counts.add(answers_lost=1)
                return None
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status not in {200, 201}:
            raise OSError(f"{method} {path} answered {answer.status}: {text[:200]!r}")
        found: dict[str, list[str]] = json.loads(text)
        return found

    def _cut(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: bytes
    ) -> None:
        """Go away in the midst of the request."""
        connection.putrequest(method, path)
        for name, value in {**self._headers, "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders(body[: self._chance.randrange(len(body))])
        self._counts.add(requests_cut=1)

    def _event(self, device: str, seq: int, kind: str) -> dict[str, object]:
        at = "2026-03-02T07:30:00Z"
        event_id = str(self._uuid())
        return {"format": 1, "id": event_id, "device": device, "seq": seq, "at": at, "type": kind}

    def _uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self._chance.getrandbits(128), version=4)


def torment(events: int, seed: int = 1) -> Outcome:
    """Make at least so many events, deliver them through faults, and count what arrived."""
    counts, chance = Counts(), random.Random(seed)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        site = Site(data, counts, chance)
        try:
            visitor, opening = _visitor(site)
            count = -(-events // EVENTS_PER_RUN)
            devices = [Device(site, counts, visitor, seed * 10_000 + n) for n in range(count)]
            site.begin_killing()
            _deliver_all(devices, opening)
        finally:
            site.close()
        return _outcome(data, devices, counts, time.monotonic() - begun)


def _visitor(site: Site) -> tuple[dict[str, str], bytes]:
    """Headers of a visitor who was given a session to keep, and what opens a run of it."""
    connection = site.connect()
    try:
        headers, timeline = keep_session(connection)
    finally:
        connection.close()
    opening = {"format": 1, "timeline_hash": timeline, "session": SESSION}
    return headers | {"X-CSRFToken": TOKEN}, json.dumps(opening).encode()


def _deliver_all(devices: list[Device], opening: bytes) -> None:
    """Each device once, a few at a time. RuntimeError for the first that failed."""
    left, failed = iter(devices), list[BaseException]()
    lock = threading.Lock()

    def work() -> None:
        while not failed:
            with lock:
                device = next(left, None)
            if device is None:
                return
            try:
                device.deliver(opening)
            except Exception as error:  # noqa: BLE001 told below, where it can be seen
                failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError("a device gave up") from failed[0]


def _outcome(data: Path, devices: list[Device], counts: Counts, seconds: float) -> Outcome:
    made = {(device.run.hex, str(event["id"])) for device in devices for event in device.events}
    rows = databases.rows(data, "SELECT run_id, event_id FROM training_runevent")
    ended = "SELECT count(*) FROM training_run WHERE status = 'finished'"
    ((finished,),) = databases.rows(data, ended)
    stored = [(run, str(uuid.UUID(event))) for run, event in rows]
    return Outcome(
        counts=counts,
        stored=len(stored),
        distinct=len(set(stored)),
        missing=len(made - set(stored)),
        strange=len(set(stored) - made),
        unfinished=len(devices) - finished,
        seconds=seconds,
    )


def lines(outcome: Outcome) -> Iterator[tuple[str, float, str, float | None]]:
    """(what, how many, unit, limit) for the table."""
    counts = outcome.counts
    yield "events made", counts.made, "", None
    yield "events stored", outcome.stored, "", float(counts.made)
    yield "events missing", outcome.missing, "", 0.0
    yield "events stored twice", outcome.stored - outcome.distinct, "", 0.0
    yield "events that nobody made", outcome.strange, "", 0.0
    yield "events refused", len(counts.rejected), "", 0.0
    yield "runs not at their end", outcome.unfinished, "", 0.0
    yield "server killed", counts.kills, "times", 1.0
    yield "requests", counts.requests, "", None
    yield "  cut off half way", counts.requests_cut, "", None
    yield "  answer lost on purpose", counts.answers_lost, "", None
    yield "  without a server, or losing it", counts.failed, "", None
    yield "events sent again although stored", counts.duplicates, "", None
    yield "time", outcome.seconds, "s", None
