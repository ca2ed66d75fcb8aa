# SPDX-License-Identifier: Apache-2.0
"""Members under load who follow a program: today, check-in, progress, what is for members, feed."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import databases
from server import Server
from traffic import TOKEN, Call, Calls

MEMBERS = 8
"""As many as clients: each is somebody else."""
PREPARE = Path(__file__).with_name("prepare_followers.py")
ENTITLEMENT = Path(__file__).with_name("entitlement.py")


@dataclass(frozen=True)
class Followers:
    members: list[str]
    """Session keys."""
    calendar: str
    """Token of one calendar."""


def prepare(data: Path) -> Followers:
    """Eight weeks of Build in the database of the site with this data folder."""
    return Followers(**_printed(data, PREPARE, str(MEMBERS)))


def entitlement(data: Path) -> dict[str, float]:
    """Microseconds of one query, and of the question whether somebody is entitled: with the usual
    ledger, and with a long one. After `prepare`.
    """
    found: dict[str, float] = _printed(data, ENTITLEMENT)
    return found


def _printed(data: Path, *order: Path | str) -> Any:
    """The JSON that a script prints in the environment of the site with this data folder."""
    environment = {
        **os.environ,
        **databases.settings_of(data),
        "HIPFIRST_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "hipfirst.web.project.settings",
    }
    done = subprocess.run(
        [sys.executable, *map(str, order)], env=environment, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout)


def reading(known: Followers, path: str) -> Callable[[Server], Calls]:
    """The page of each member again and again."""
    sessions = itertools.cycle(known.members)

    def calls(_server: Server) -> Calls:
        headers = {"Cookie": f"sessionid={next(sessions)}", "Accept-Encoding": "gzip"}
        return itertools.repeat(Call("GET", path, None, headers))

    return calls


def calendar(known: Followers) -> Callable[[Server], Calls]:
    """The feed, as calendars ask for it: without a cookie."""
    call = Call("GET", f"/calendar/{known.calendar}.ics", None, {"Accept-Encoding": "gzip"})
    return lambda _server: itertools.repeat(call)


def checking_in(known: Followers) -> Callable[[Server], Calls]:
    """The worst pain of the week, told again and again."""
    sessions = itertools.cycle(known.members)

    def calls(_server: Server) -> Calls:
        cookie = f"csrftoken={TOKEN}; sessionid={next(sessions)}"
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        for n in itertools.count():
            fields = {"csrfmiddlewaretoken": TOKEN, "left": str(n % 4), "right": "1"}
            body = urlencode(fields).encode()
            yield Call("POST", "/check-in/", body, headers, expects=302)

    return calls
