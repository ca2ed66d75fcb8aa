# SPDX-License-Identifier: Apache-2.0
"""The real site in processes of its own, and what Linux says of them."""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import databases

START_S = 60
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int
    data: Path
    cold_start_s: float

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def processes(self) -> list[int]:
        """The command and all its workers."""
        found, fresh = [], [self.process.pid]
        while fresh:
            found += fresh
            fresh = [child for parent in fresh for child in _children(parent)]
        return found

    def cpu_s(self) -> float:
        """Processor time of all processes so far, user and system [s]."""
        return sum(map(_cpu_s, self.processes()))

    def memory_mib(self) -> float:
        """Memory of all processes; pages that several share are counted once [MiB]."""
        return sum(map(_proportional_kib, self.processes())) / 1024

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def kill(self) -> None:
        """The command and all its workers at once, in the midst of whatever they do."""
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait(30)


def serve(data: Path, workers: int, port: int | None = None, *, quiet: bool = False) -> Server:
    """Start the site, on a free port if none is given; returns when it answers.

    `quiet`: its warnings are expected and not shown. RuntimeError if it does not.
    """
    port, begun = port or free_port(), time.monotonic()
    script = Path(sys.executable).with_name("hipfirst")
    options = ["--port", str(port), "--data", str(data), "--workers", str(workers)]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HIPFIRST_", "DATABASE_URL"))}
    clean |= databases.settings_of(data)
    said = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(
        [script, "serve", *options], env=clean, stdout=subprocess.DEVNULL, stderr=said
    )
    while not _answers(port):
        if process.poll() is not None or time.monotonic() - begun > START_S:
            process.kill()
            raise RuntimeError("hipfirst serve did not answer")
        time.sleep(0.01)
    return Server(process, port, data, time.monotonic() - begun)


def free_port() -> int:
    """One that no connection is given by itself: a killed site finds it free again."""
    while True:
        port = secrets.choice(range(20_000, 32_000))
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(each) for each in text.split()]


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def _proportional_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
