# SPDX-License-Identifier: Apache-2.0
"""`hipfirst serve`: prepare what is missing, then answer requests until told to stop."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path

from hipfirst.web.project import start

NAME = "serve"
HELP = "Start the site; the first start makes data folder, secret key and database."

THREADS = 64
"""Requests one worker handles at once; one that is slow to arrive holds its thread all the while.

They are started as needed and end when idle.
"""
HEADERS_MS = 10_000
"""How long the head of a request may take to arrive."""
STOP_S = 10
"""How long a request may still run after the site was told to stop."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="(%(default)s)")
    parser.add_argument(
        "--data", type=Path, default=None, metavar="DIR", help="data folder (HIPFIRST_DATA or data)"
    )
    parser.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help="processes (%(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    try:
        _check_port(args.host, args.port)
        data = start.prepare_data(args.data)
        os.environ["HIPFIRST_LISTENS"] = _url(args)
    except start.StartError as error:
        print(error, file=sys.stderr)
        return 1
    if not _prepared_apart():
        return 1
    _announce(args, data)
    _serve(args)
    return 0


def _prepared_apart() -> bool:
    """Prepare the site in a child, so that its memory is given back before the site runs."""
    child = os.fork()
    if child == 0:
        os._exit(_prepare_or_say())
    return os.waitpid(child, 0)[1] == 0


def _prepare_or_say() -> int:
    status = 1
    try:
        _prepare_site()
        status = 0
    except start.StartError as error:
        print(error, file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return status


def _prepare_site() -> None:
    """Settings, checks, migrations, what was kept long enough, starter pack. Raises StartError."""
    start.setup()
    from django.conf import settings  # noqa: PLC0415 only now is it known where the data is
    from django.db import connections  # noqa: PLC0415

    from hipfirst.web.project.knee_file import knee_file_take  # noqa: PLC0415

    start.system_check()
    start.migrate()
    start.purge()
    said = (knee_file_take(settings.DATA), start.load(settings.STARTER_PACK))
    print(*filter(None, said), sep="\n", end="\n" if any(said) else "")
    connections.close_all()


def _serve(args: argparse.Namespace) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.http import HTTP1Settings  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    Server(
        target="hipfirst.web.project.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=THREADS,
        backpressure=256,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MS),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_S,
    ).serve()


def _announce(args: argparse.Namespace, data: Path) -> None:
    print(f"Hipfirst answers on {_url(args)} (data in {data}); Ctrl+C stops it.")
    sys.stdout.flush()


def _url(args: argparse.Namespace) -> str:
    host = f"[{args.host}]" if ":" in args.host else args.host
    return f"http://{host}:{args.port}"


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, proto, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise start.StartError(
            f"Cannot listen on {host} port {port}: {error.strerror or error}. Stop what listens "
            f"there, or choose another with --port N (1024 to 65535) or --host."
        ) from error


def _port(text: str) -> int:
    return _number(text, 1, 65535)


def _workers(text: str) -> int:
    return _number(text, 1, 64)


def _number(text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} was given; allowed: {least} to {most}")
    return int(text)
