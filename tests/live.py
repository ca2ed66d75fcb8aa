# SPDX-License-Identifier: Apache-2.0
"""The real site: `hipfirst serve` in a process of its own, on a free port, with its own data."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import databases

START_S = 20
PATIENCE_S = 120
"""A start that is right may be slow on a busy machine; one that is wrong ends sooner."""
STOP_S = 15
PORTS = range(20_000, 32_000)
OURS = ("HIPFIRST_", "DJANGO_", "DATABASE_URL")
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}


def command(*arguments: str | Path, **environment: str) -> list[str]:
    """The console script, whatever environment runs the tests."""
    script = Path(sys.executable).with_name("hipfirst")
    return [str(script), *map(str, arguments)]


def free_port() -> int:
    """A port that nobody listens on, of those that no connection is given by itself: a site that is
    stopped for a while finds it free again.
    """
    while True:
        port = secrets.choice(PORTS)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


@dataclass
class Site:
    """A running site. `said` is what it printed; complete once it stopped."""

    process: subprocess.Popen[str]
    port: int
    data: Path
    cold_start_s: float
    said: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What its database holds; `?` stands for a value."""
        return databases.rows(self.data, query, *values)

    def manage(self, *arguments: str, **settings: str) -> str:
        """What `hipfirst manage` prints, run on the data of this site."""
        environment = CLEAN | databases.settings_of(self.data) | {"HIPFIRST_DATA": str(self.data)}
        environment |= settings
        line = command("manage", *arguments)
        run = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def stop(self) -> int:
        """Ask it to stop as a service manager would; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.said = self.process.communicate(timeout=STOP_S)[0]
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        return self.process.returncode


def serve(data: Path, *options: str, port: int | None = None, **environment: str) -> Site:
    """Start the site and wait until it answers. RuntimeError with its words if it does not."""
    port, begun = port or free_port(), time.monotonic()
    process = subprocess.Popen(
        command("serve", "--port", str(port), "--data", data, *options),
        env=CLEAN | databases.settings_of(data) | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    while not _answers(port):
        if process.poll() is not None or time.monotonic() - begun > PATIENCE_S:
            process.kill()
            raise RuntimeError(f"hipfirst serve did not answer:\n{_last_words(process)}")
        time.sleep(0.02)
    return Site(process, port, data, time.monotonic() - begun)


def _last_words(process: subprocess.Popen[str]) -> str:
    with suppress(subprocess.TimeoutExpired):
        return process.communicate(timeout=STOP_S)[0]
    return "(its workers live on and say nothing)"


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
