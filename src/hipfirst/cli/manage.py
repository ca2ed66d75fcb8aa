# SPDX-License-Identifier: Apache-2.0
"""`hipfirst manage ...`: Django's own management commands, on this site's data."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hipfirst.web.project import start

NAME = "manage"
HELP = "Pass a command to Django's management, such as `hipfirst manage check`."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=None, metavar="DIR", help="data folder (HIPFIRST_DATA or data)"
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="command and options")


def run(args: argparse.Namespace) -> int:
    try:
        start.prepare_data(args.data)
        start.setup()
    except start.StartError as error:
        print(error, file=sys.stderr)
        return 1
    from django.core.management import execute_from_command_line  # noqa: PLC0415 after the data

    execute_from_command_line(["hipfirst manage", *args.rest])
    return 0
