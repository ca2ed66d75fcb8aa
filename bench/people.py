# SPDX-License-Identifier: Apache-2.0
"""Members of a site under load: one page of their own, comments, signing in."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import databases
from server import Server
from traffic import TOKEN, Call, Calls

ARTICLE = "aching-knees-strong-hips"
DISCUSSED = "hips-first-not-hips-only"
"""What the writers write about; the many comments are elsewhere."""
A_MINUTE = 3
"""Comments that one account may write at once."""
PREPARE = Path(__file__).with_name("prepare.py")


@dataclass(frozen=True)
class People:
    password: str
    writers: list[str]
    """Session keys."""
    signers: list[str]
    """Addresses."""
    coded: list[dict[str, str]]
    """session, code: of people who asked for a code and have it."""


def prepare(data: Path) -> People:
    """Members and 10,000 comments in the database of the site with this data folder."""
    environment = {
        **os.environ,
        **databases.settings_of(data),
        "HIPFIRST_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "hipfirst.web.project.settings",
    }
    order = [sys.executable, str(PREPARE), ARTICLE]
    done = subprocess.run(order, env=environment, check=True, stdout=subprocess.PIPE)
    return People(**json.loads(done.stdout))


def dashboard(people: People) -> Callable[[Server], Calls]:
    """One member's own page, again and again."""
    headers = {"Cookie": f"sessionid={people.writers[0]}", "Accept-Encoding": "gzip"}
    return lambda _server: itertools.repeat(Call("GET", "/account/", None, headers))


def commenting(people: People) -> Callable[[Server], Calls]:
    """Each time another member, or other words."""
    path = f"/comments/on/article/{DISCUSSED}/"
    words = itertools.count()
    calls = (
        _form(
            path,
            f"sessionid={session}",
            body=f"The {next(words)}. time I read this, I **tried** it.",
        )
        for _ in range(A_MINUTE - 1)
        for session in people.writers[1:]
    )
    return _shared(calls)


def with_password(people: People) -> Callable[[Server], Calls]:
    return _shared(
        _form("/account/login/", "", source=_address(n), login=address, password=people.password)
        for n, address in enumerate(people.signers)
    )


def with_code(people: People) -> Callable[[Server], Calls]:
    """The step in which the code is typed."""
    return _shared(
        _form(
            "/account/login/code/confirm/",
            f"sessionid={each['session']}",
            source=_address(n),
            code=each["code"],
        )
        for n, each in enumerate(people.coded)
    )


def hash_ms() -> float:
    """Processor time that checking one password takes by itself, and ought to."""
    code = (
        "import time;from django.contrib.auth.hashers import PBKDF2PasswordHasher as H;h=H();"
        "b=time.process_time();h.encode('x','salt');print(time.process_time()-b)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "django.conf.global_settings"}
    order = [sys.executable, "-c", code]
    done = subprocess.run(order, env=environment, check=True, stdout=subprocess.PIPE)
    return 1000 * float(done.stdout)


def _shared(calls: Iterator[Call]) -> Callable[[Server], Calls]:
    """All clients take from one heap: nobody does the same twice."""
    heap = list(calls)

    def take(_server: Server) -> Calls:
        while heap:
            yield heap.pop()

    return take


def _address(n: int) -> str:
    """An address of this machine: how often one may try to sign in counts by it."""
    return f"127.1.{n // 250}.{n % 250 + 1}"


def _form(path: str, cookie: str, *, source: str = "", **fields: str) -> Call:
    headers = {
        "Cookie": f"csrftoken={TOKEN}; {cookie}".rstrip("; "),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}).encode()
    return Call("POST", path, body, headers, expects=302, source=source)
