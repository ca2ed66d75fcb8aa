# SPDX-License-Identifier: Apache-2.0
"""Work that comes due by itself, done by a thread of the server: no second service to run.

Each process has the thread; a row for each duty sees to it that one of them does it. Why it is no
job queue: docs/decisions/0008-housekeeping-in-the-server.md.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import DatabaseError, connections
from django.utils import timezone

from hipfirst.web.site.duties import Duty, done, due_among, duties, take

_log = logging.getLogger(__name__)
EVERY_S = 60
"""How often the thread looks whether anything is due."""
STOP_S = 5
"""How long a process that ends waits for what is being done."""


def housekeep(*, now: datetime) -> Mapping[str, int]:
    """Do what is due and nobody else does; the name of each duty done -> how much it did."""
    results = {}
    for duty in due_among(duties(), now):
        until = take(duty, now)
        if until and (count := _done(duty, now)) is not None:
            done(duty, now, until)
            results[duty.name] = count
    return results


def housekeep_all(*, now: datetime) -> Mapping[str, int]:
    """Do every duty, due or not; the name of each that did not fail -> how much it did."""
    results = {duty.name: _done(duty, now) for duty in duties()}
    return {name: count for name, count in results.items() if count is not None}


def _done(duty: Duty, now: datetime) -> int | None:
    """How much was done; None: it failed, was logged, and is tried again when its time is up.

    Whatever a duty raises must not keep the others from being done.
    """
    try:
        return duty.work(now)
    except Exception:  # noqa: BLE001 it is logged, and whatever it is must not end the thread
        _log.exception("the duty %r failed", duty.name)
        return None


class Housekeeper:
    """The thread. Holds neither a connection nor anything else between two looks."""

    def __init__(
        self, *, every_s: float = EVERY_S, clock: Callable[[], datetime] = timezone.now
    ) -> None:
        self._every_s = every_s
        self._clock = clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Look for the first time after a while: a process that starts has visitors waiting."""
        self._thread.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """End, when the duty that is being done is done; waits for that a few seconds."""
        self._stop.set()
        self._thread.join(timeout=STOP_S)
        atexit.unregister(self.stop)

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stop.wait(self._every_s):
            self.look()

    def look(self) -> None:
        try:
            housekeep(now=self._clock())
        except DatabaseError:
            _log.exception("housekeeping could not look what is due")
        finally:
            connections.close_all()
