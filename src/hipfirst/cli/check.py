# SPDX-License-Identifier: Apache-2.0
"""`hipfirst check PACK`: everything that is wrong with a pack, at once."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from hipfirst.packs.problems import Problem

NAME = "check"
HELP = "Say everything that is wrong with a pack: file, line, field, given, allowed."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", type=Path, help="folder that holds pack.yaml")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.add_argument("--quick", action="store_true", help="don't solve the motions")
    parser.add_argument("--schema", type=Path, metavar="DIR", help="also write JSON Schemas to DIR")


def run(args: argparse.Namespace) -> int:
    from hipfirst.packs.schema import write_schemas  # noqa: PLC0415 (start-up stays quick)

    if args.schema:
        write_schemas(args.schema)
    problems, summary, old = examine(args.pack, quick=args.quick)
    if args.json:
        told = {"problems": [p.as_json() for p in problems], "stale": old}
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        print("\n".join(_table(problems)) if problems else summary)
        if old:
            print(f"Stale, run `hipfirst bake {args.pack}`: {', '.join(old)}.")
    return 1 if problems else 0


def examine(root: Path, *, quick: bool) -> tuple[tuple[Problem, ...], str, tuple[str, ...]]:
    """Every problem of the pack in `root`, one line that says what was looked at, and the slugs
    whose baked files are stale.
    """
    from hipfirst.packs.bake.bake import motion_problems, stale  # noqa: PLC0415
    from hipfirst.packs.check import inspect_pack  # noqa: PLC0415
    from hipfirst.planning.length import length_problems  # noqa: PLC0415

    pack, problems = inspect_pack(root)
    if pack is None:
        return problems, "", ()
    found = {*problems, *length_problems(pack)}
    if not quick:
        found |= set(motion_problems(pack))
    summary = f"{pack.manifest.name}: {len(pack.documents)} documents, no problem."
    return tuple(sorted(found)), summary, stale(pack)


def _table(problems: Iterable[Problem]) -> list[str]:
    """One line for each problem, in columns as wide as needed."""
    rows = [(f"{p.file}:{p.line}" if p.line else p.file, p.field, p.given) for p in problems]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        + f"  allowed: {problem.allowed}"
        for row, problem in zip(rows, problems, strict=True)
    ]
    return [*lines, f"{len(lines)} problem(s)"]
