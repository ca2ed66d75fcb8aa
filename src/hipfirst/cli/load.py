# SPDX-License-Identifier: Apache-2.0
"""`hipfirst load PACK`: bring a pack's documents into the site's database."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hipfirst.web.project import start

NAME = "load"
HELP = "Load a pack into the database; loading it again changes nothing."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", type=Path, metavar="PACK", help="folder with pack.yaml")
    parser.add_argument(
        "--data", type=Path, default=None, metavar="DIR", help="data folder (HIPFIRST_DATA or data)"
    )


def run(args: argparse.Namespace) -> int:
    try:
        start.prepare_data(args.data)
        start.setup()
        start.migrate()
        print(start.load(args.pack) or f"{args.pack}: nothing changed")
    except start.StartError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
