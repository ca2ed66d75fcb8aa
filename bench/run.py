# SPDX-License-Identifier: Apache-2.0
"""`make bench`: speed, memory and weight of the real site, as a table with limits.

Exits with 1 when a limit is passed. `--quick` shortens every measurement; `--only` takes parts.
`--only faults` runs the fault bench at its full size, 100,000 events in some minutes.
The limits of speed are ten times what a comparable site (wger, 2 workers, 8 clients, SQLite)
reached on two shared cores; they are met or missed on whatever machine this runs on.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import faults
import followers
import people
import planning
import prepare
import traffic
from server import Server, serve
from weight import Resource, weigh

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "content" / "starter"
WORKERS, CLIENTS = 2, 8
BAKED = ("clam", "bridge")
"""Exercises that are baked to see how long one takes."""


@dataclass(frozen=True)
class Row:
    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def ok(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        sign = "" if self.limit is None else f"{'>=' if self.at_least else '<='} {self.limit:g}"
        verdict = "" if self.limit is None else "ok" if self.ok else "OVER"
        return f"{self.what:<46}{self.value:>9.1f} {self.unit:<8}{sign:>10}  {verdict}"


@dataclass(frozen=True)
class Limits:
    requests_per_s: float
    cpu_ms: float


PAGES: dict[str, tuple[str, Limits]] = {
    "home": ("/", Limits(820, 2.2)),
    "library": ("/library/", Limits(820, 2.2)),
    "session page": (f"/sessions/{traffic.SESSION}/", Limits(1090, 2.2)),
}
ARTICLE = f"/journal/{people.ARTICLE}/"
EVENTS, COMMENT = Limits(460, 3.3), Limits(460, 3.3)
DASHBOARD = Limits(820, 2.2)
PLAYED = "/sessions/build-quiet-hips/"
"""A session for members: its page asks for the entitlement."""
ENTITLED = {"usual": 8, "long": 16}
"""Times the smallest query: settings and ledger are read, and the ledger is folded."""
SIGN_IN = Limits(46, 32.9)
"""Once in a while, and safe before fast: what the other site needs for any form."""


def speed(seconds: float) -> Iterator[Row]:
    with _site(WORKERS) as server:
        for name, (path, limits) in PAGES.items():
            yield from _load(server, name, traffic.reading(path), limits, seconds)
        batch = f"batch of {traffic.BATCH} events"
        yield from _load(server, batch, traffic.writing, EVENTS, seconds)
        yield Row(f"memory under load, {WORKERS} workers", server.memory_mib(), "MiB")


def members(seconds: float) -> Iterator[Row]:
    with _site(WORKERS) as server:
        article = traffic.reading(ARTICLE)
        yield from _load(server, "article", article, PAGES["library"][1], seconds)
        known = people.prepare(server.data)
        many = f"article with a page of {prepare.COMMENTS:,} comments"
        yield from _load(server, many, article, PAGES["library"][1], seconds)
        own, write = people.dashboard(known), people.commenting(known)
        yield from _load(server, "own page, signed in", own, DASHBOARD, seconds)
        yield from _load(server, "comment", write, COMMENT, seconds)
        yield from _load(server, "sign in by code", people.with_code(known), SIGN_IN, seconds)
        yield from _with_password(server, known, seconds)


def build(seconds: float) -> Iterator[Row]:
    """What a member of eight weeks opens every day."""
    with _site(WORKERS) as server:
        known = followers.prepare(server.data)
        pages = {"today": "/today/", "progress": "/progress/", "session for members": PLAYED}
        for name, path in pages.items():
            yield from _load(server, name, followers.reading(known, path), DASHBOARD, seconds)
        yield from _load(server, "check-in", followers.checking_in(known), EVENTS, seconds)
        yield from _load(server, "calendar feed", followers.calendar(known), DASHBOARD, seconds)
        yield Row(f"memory after progress, {WORKERS} workers", server.memory_mib(), "MiB")
        asked = followers.entitlement(server.data)
        for what, name in (("usual", "usual"), ("long", "with 41 lines")):
            ratio = asked[what] / asked["query"]
            yield Row(f"entitlement, ledger {name}, to one query", ratio, "x", ENTITLED[what])


def _with_password(server: Server, known: people.People, seconds: float) -> Iterator[Row]:
    """What a password costs by itself is meant to be so."""
    alone = people.hash_ms()
    calls = people.with_password(known)
    found = traffic.measure(server, [calls(server) for _ in range(CLIENTS)], seconds)
    yield Row("checking a password, by itself", alone, "ms")
    yield Row("sign in by password: CPU beside that", found.cpu_ms - alone, "ms", SIGN_IN.cpu_ms)
    yield Row("sign in by password: half answered within", found.p50_ms, "ms")


def _load(
    server: Server,
    name: str,
    make: Callable[[Server], traffic.Calls],
    limits: Limits,
    seconds: float,
) -> Iterator[Row]:
    traffic.measure(server, [make(server) for _ in range(CLIENTS)], min(1.0, seconds))
    found = traffic.measure(server, [make(server) for _ in range(CLIENTS)], seconds)
    yield Row(f"{name}: requests", found.requests_per_s, "per s", limits.requests_per_s, True)
    yield Row(f"{name}: server CPU per request", found.cpu_ms, "ms", limits.cpu_ms)
    yield Row(f"{name}: half answered within", found.p50_ms, "ms")
    yield Row(f"{name}: 95 of 100 answered within", found.p95_ms, "ms")


def start(_seconds: float) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as data:
        for name in ("first start, empty folder", "second start"):
            server = serve(Path(data), 1)
            try:
                yield Row(f"{name}: answers after", server.cold_start_s, "s", 20)
                for path, _limits in PAGES.values():
                    _get(server, path)
                memory = Row("memory, 1 worker, every page opened", server.memory_mib(), "MiB", 100)
            finally:
                server.stop()
        yield memory


def weights(_seconds: float) -> Iterator[Row]:
    with _site(1) as server:
        found = weigh(server)
    yield Row("home, first visit without the figure", _kb(found.home), "KB", 150)
    for each in sorted(found.home, key=lambda each: -each.bytes)[:6]:
        yield Row(f"  {each.path[:42]}", each.bytes / 1000, "KB")
    yield Row("home, the figure (loaded later)", _kb(found.home_figure), "KB")
    yield Row("player and figure, without clips", _kb(found.player), "KB", 400)
    for each in sorted(found.player, key=lambda each: -each.bytes)[:6]:
        yield Row(f"  {each.path[:42]}", each.bytes / 1000, "KB")
    yield Row(f"clips loaded at the start ({len(found.clips)})", _kb(found.clips), "KB")


def faults_few(_seconds: float) -> Iterator[Row]:
    yield from _faults(5_000)


def faults_all(_seconds: float) -> Iterator[Row]:
    yield from _faults(100_000)


AT_LEAST = {"events stored", "server killed"}


def _faults(events: int) -> Iterator[Row]:
    for what, value, unit, limit in faults.lines(faults.torment(events)):
        yield Row(what, value, unit, limit, at_least=what in AT_LEAST)


def bake(_seconds: float) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack"
        shutil.copytree(STARTER, pack, ignore=shutil.ignore_patterns("baked"))
        script = Path(sys.executable).with_name("hipfirst")
        for slug in BAKED:
            begun = time.monotonic()
            subprocess.run(
                [script, "bake", pack, slug, "--jobs", "1"], check=True, stdout=subprocess.DEVNULL
            )
            yield Row(f"bake {slug}, one process", time.monotonic() - begun, "s")


def plan(_seconds: float) -> Iterator[Row]:
    found = planning.measure(STARTER)
    yield Row("plan a session: the first one", found.first_ms, "ms")
    yield Row("plan a session: half are done within", found.p50_ms, "ms")
    yield Row("plan a session: 95 of 100 are done within", found.p95_ms, "ms", 20)
    yield Row(f"plan all sessions for {planning.PEOPLE} people", found.everybody_s, "s")
    yield Row("  with the timelines for their players", found.timelines_s, "s")


PARTS: dict[str, Callable[[float], Iterator[Row]]] = {
    "start": start,
    "speed": speed,
    "members": members,
    "build": build,
    "weight": weights,
    "faults": faults_few,
    "bake": bake,
    "plan": plan,
}
IN_FULL = {"faults": faults_all}
"""What takes minutes runs at full size only when it is named."""


class _site:  # noqa: N801 reads as a verb at `with`
    """The site with its own data for the length of a block."""

    def __init__(self, workers: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.server = serve(Path(self.folder.name), workers)

    def __enter__(self) -> Server:
        return self.server

    def __exit__(self, *_error: object) -> None:
        self.server.stop()
        self.folder.cleanup()


def _get(server: Server, path: str) -> None:
    connection = server.connect()
    connection.request("GET", path)
    connection.getresponse().read()
    connection.close()


def _kb(resources: list[Resource]) -> float:
    return sum(each.bytes for each in resources) / 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="half a second per page, not four")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART")
    args = parser.parse_args()
    ok = True
    parts = PARTS | IN_FULL if args.only and not args.quick else PARTS
    for part in args.only or PARTS:
        for row in parts[part](0.5 if args.quick else 4.0):
            print(row, flush=True)
            ok = ok and row.ok
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
