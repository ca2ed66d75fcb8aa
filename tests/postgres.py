# SPDX-License-Identifier: Apache-2.0
"""Run a command on a PostgreSQL of its own: `python tests/postgres.py COMMAND ...`.

A cluster in a temporary folder, listening on one free port of this machine alone, with a password
that nobody knows. DATABASE_URL tells the command. Whatever becomes of the command, the cluster is
stopped and removed; the exit status is the command's.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OLDEST = 14
"""The oldest version that Django supports."""
WITH_ICU = 15
"""From here on a cluster can order text as people do, whatever the machine has installed."""
USER, NAME = "hipfirst", "hipfirst"
PATIENCE_S = 60
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    # What is written here is thrown away at the end: it need not outlive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # What the tests provoke is not a fault.
    "log_min_messages": "panic",
    "log_min_error_statement": "panic",
}
HELP = (
    f"PostgreSQL {OLDEST} or newer is needed, with `initdb` (Debian: apt-get install postgresql; "
    f"elsewhere: put its programs on the PATH)."
)


def binaries() -> tuple[Path, int]:
    """(folder of the newest PostgreSQL on this machine, its version). LookupError for none."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin")]
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    versions = {_version(each): each for each in folders if (each / "initdb").exists()}
    newest = max(versions, default=0)
    if newest < OLDEST:
        raise LookupError(HELP)
    return versions[newest], newest


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, check=False)
    number = re.search(rb"\) (\d+)", said.stdout)
    return int(number[1]) if number else 0


def install() -> None:
    """As root on Debian: its PostgreSQL, unless there is one. LookupError if there is none then."""
    try:
        binaries()
    except LookupError:
        if os.geteuid() or not shutil.which("apt-get"):
            raise
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for order in ["update", "-qq"], ["install", "-y", "-qq", "postgresql"]:
            subprocess.run(["apt-get", *order], stdout=subprocess.DEVNULL, env=quiet, check=False)
        binaries()


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster for the length of a block; the URL of an empty database in it."""
    folder, version = binaries()
    home, owner = Path(tempfile.mkdtemp(prefix="hipfirst-pg-")), _owner()
    if owner:
        shutil.chown(home, **owner)
    try:
        password = secrets.token_urlsafe(24)
        _initialise(folder, version, home, password, owner)
        port = _free_port()
        options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        order = [folder / "postgres", "-D", home / "data", "-p", str(port), *options]
        # Its own session: Ctrl+C ends the command, and only then the cluster.
        server = subprocess.Popen(order, start_new_session=True, cwd=home, **_as(owner))
        try:
            _prepare(server, port, password)
            yield f"postgres://{USER}:{password}@127.0.0.1:{port}/{NAME}"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(home)


def _owner() -> dict[str, str]:
    """PostgreSQL refuses to run as root: then its own user, which Debian's package makes."""
    if os.geteuid():
        return {}
    for user in "postgres", "nobody":
        try:
            group = pwd.getpwnam(user).pw_gid
        except KeyError:
            continue
        return {"user": user, "group": group}  # type: ignore[dict-item]
    raise LookupError("root cannot run PostgreSQL, and there is no user `postgres` or `nobody`")


def _as(owner: dict[str, str]) -> dict[str, Any]:
    return {**owner, "extra_groups": []} if owner else {}


def _initialise(
    folder: Path, version: int, home: Path, password: str, owner: dict[str, str]
) -> None:
    secret = home / "password"
    secret.write_text(password, encoding="ascii")
    if owner:
        shutil.chown(secret, **owner)
    # Text in the order of people's dictionaries, as on most servers, and unlike SQLite's.
    order = ["--locale-provider=icu", "--icu-locale=en"] if version >= WITH_ICU else []
    subprocess.run(
        [
            *(folder / "initdb", "-D", home / "data", "--username=postgres", f"--pwfile={secret}"),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            *order,
        ],
        stdout=subprocess.DEVNULL,
        cwd=home,
        check=True,
        **_as(owner),
    )
    secret.unlink()


def _prepare(server: subprocess.Popen[bytes], port: int, password: str) -> None:
    """Wait until it answers; then make the role, which may make databases, and its database."""
    import psycopg  # noqa: PLC0415 the rest of this file needs nothing installed
    from psycopg import sql  # noqa: PLC0415

    until = time.monotonic() + PATIENCE_S
    while True:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the PostgreSQL cluster did not start")
        try:
            admin = psycopg.connect(
                f"host=127.0.0.1 port={port} user=postgres dbname=postgres",
                password=password,
                autocommit=True,
                connect_timeout=5,
            )
            break
        except psycopg.OperationalError:
            time.sleep(0.05)
    with admin:
        admin.execute(
            sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD {}").format(
                sql.Identifier(USER), sql.Literal(password)
            )
        )
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(NAME), sql.Identifier(USER)
            )
        )


def _stop(server: subprocess.Popen[bytes]) -> None:
    """At once: connections are cut, and nothing of it is kept."""
    if server.poll() is None:
        server.send_signal(signal.SIGQUIT)
    try:
        server.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(order: list[str]) -> int:
    if not order:
        sys.exit(__doc__)
    # Being told to end is an exception like any other: the cluster goes too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        install()
        with cluster() as url:
            return subprocess.run(
                order, env=os.environ | {"DATABASE_URL": url}, check=False
            ).returncode
    except LookupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
