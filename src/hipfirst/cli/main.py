# SPDX-License-Identifier: Apache-2.0
"""Finds the subcommands beside this file and runs the one that was asked for."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Sequence
from typing import Protocol, cast

from hipfirst import __version__, cli


class Command(Protocol):
    """What a module of this room offers."""

    NAME: str
    HELP: str

    def configure(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


def commands() -> list[Command]:
    """Every subcommand, by name. Heavy imports wait inside each command's `run`."""
    names = [m.name for m in pkgutil.iter_modules(cli.__path__) if m.name != "main"]
    modules = [importlib.import_module(f"{cli.__name__}.{name}") for name in sorted(names)]
    return [cast("Command", module) for module in modules]


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="hipfirst", description="Strength training kind to knees.")
    top.add_argument("--version", action="version", version=__version__)
    subs = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands():
        sub = subs.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.configure(sub)
        sub.set_defaults(run=command.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status (0 fine, 1 problems found, 2 wrong usage)."""
    args = parser().parse_args(argv)
    return int(args.run(args))
