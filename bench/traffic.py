# SPDX-License-Identifier: Apache-2.0
"""A small, bounded load: a few clients with a connection each, one request after the other."""

from __future__ import annotations

import http.client
import itertools
import json
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import quantiles

from server import Server

SESSION = "build-lower-body-detail"
TOKEN = "a" * 32
BATCH = 10  # events sent at once, as a player does after a minute


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]
    expects: int = 200
    source: str = ""
    """Address to call from, on a connection of its own; empty: that of everybody."""


Calls = Iterator[Call]


@dataclass(frozen=True)
class Measured:
    requests_per_s: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    """Processor time of the server for one request."""


def measure(server: Server, clients: list[Calls], seconds: float) -> Measured:
    """Let every client call for a while, or until its calls are over.

    RuntimeError for an answer that is not the expected one.
    """
    taken: list[float] = []
    failed: list[str] = []
    cpu, begun = server.cpu_s(), time.monotonic()
    threads = [
        threading.Thread(target=_client, args=(server, calls, begun + seconds, taken, failed))
        for calls in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, cpu = time.monotonic() - begun, server.cpu_s() - cpu
    if failed:
        raise RuntimeError(failed[0])
    cuts = quantiles(taken, n=20)
    per_request = 1000 * cpu / len(taken)
    return Measured(len(taken) / elapsed, 1000 * cuts[9], 1000 * cuts[18], per_request)


def reading(path: str) -> Callable[[Server], Calls]:
    """The same page again and again."""
    call = Call("GET", path, None, {"Accept-Encoding": "gzip"})
    return lambda _server: itertools.repeat(call)


def writing(server: Server) -> Calls:
    """One visitor's run: a new batch of events each time."""
    path, headers = _start(server)
    device, seq = str(uuid.uuid4()), 0
    while True:
        events = [_event(device, seq + n) for n in range(1, BATCH + 1)]
        seq += BATCH
        body = json.dumps({"format": 1, "after": seq, "events": events}).encode()
        yield Call("POST", path, body, headers)
        if seq >= 300:  # a long session; then the next one begins
            path, headers = _start(server)
            seq = 0


def _event(device: str, seq: int) -> dict[str, object]:
    return {
        "format": 1,
        "id": str(uuid.uuid4()),
        "device": device,
        "seq": seq,
        "at": "2026-03-02T07:30:00Z",
        "type": "paused" if seq % 2 else "resumed",
    }


def _start(server: Server) -> tuple[str, dict[str, str]]:
    """(address of the log, headers that may write to it) of a new visitor's run."""
    connection = server.connect()
    headers = {
        "Cookie": f"csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    form = f"csrfmiddlewaretoken={TOKEN}"
    connection.request("POST", f"/sessions/{SESSION}/play/", form, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 302:
        raise RuntimeError(f"starting a run answered {answer.status}")
    visitor = re.search(r"hipfirst_visitor=[^;]+", answer.headers["Set-Cookie"])
    assert visitor
    run = answer.headers["Location"].split("/")[2]
    allowed = {
        "Cookie": f"csrftoken={TOKEN}; {visitor[0]}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/json",
    }
    return f"/api/runs/{run}/events", allowed


def keep_session(connection: http.client.HTTPConnection) -> tuple[dict[str, str], str]:
    """(headers of a new visitor who keeps the session, hash of the timeline that was given)"""
    headers = {"Cookie": f"csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
    connection.request("POST", f"/api/kept/{SESSION}", None, headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"keeping a session answered {answer.status}: {text[:200]!r}")
    visitor = re.search(r"hipfirst_visitor=[^;]+", answer.headers["Set-Cookie"])
    assert visitor
    timeline: str = json.loads(text)["payload"]["run"]["timeline_hash"]
    cookies = f"csrftoken={TOKEN}; {visitor[0]}"
    return {"Cookie": cookies, "Content-Type": "application/json"}, timeline


def _client(
    server: Server, calls: Calls, until: float, taken: list[float], failed: list[str]
) -> None:
    connection = server.connect()
    try:
        while time.monotonic() < until and not failed and (call := next(calls, None)):
            begun = time.perf_counter()
            problem = _ask(connection, call) if not call.source else _ask_from(server, call)
            taken.append(time.perf_counter() - begun)
            if problem:
                failed.append(problem)
    finally:
        connection.close()


def _ask_from(server: Server, call: Call) -> str:
    connection = http.client.HTTPConnection(
        "127.0.0.1", server.port, timeout=30, source_address=(call.source, 0)
    )
    try:
        return _ask(connection, call)
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, call: Call) -> str:
    """Send one call; what was wrong with the answer, or nothing."""
    connection.request(call.method, call.path, call.body, call.headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != call.expects:
        return f"{call.method} {call.path} answered {answer.status}: {text[:200]!r}"
    if call.path.endswith("/events") and (rejected := json.loads(text)["rejected"]):
        return f"events were rejected: {rejected[0]}"
    return ""
