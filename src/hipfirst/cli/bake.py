# SPDX-License-Identifier: Apache-2.0
"""`hipfirst bake PACK`: clips and stills from motions, written beside the pack."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

NAME = "bake"
HELP = "Solve the motions of a pack and write clips and stills beside it."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", type=Path, help="folder that holds pack.yaml")
    parser.add_argument("slug", nargs="*", help="only these exercises")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes; one per core if left out")
    parser.add_argument("--force", action="store_true", help="bake what is fresh, too")


def run(args: argparse.Namespace) -> int:
    from hipfirst.packs.bake.bake import bake_pack  # noqa: PLC0415 (start-up stays quick)
    from hipfirst.packs.check import inspect_pack  # noqa: PLC0415

    pack, problems = inspect_pack(args.pack)
    if pack is None or any(_stands_in_the_way(p.file, args.slug) for p in problems):
        print("\n".join(str(problem) for problem in problems), file=sys.stderr)
        return 1
    if unknown := sorted(set(args.slug) - set(pack.exercises)):
        names = ", ".join(pack.exercises)
        print(f"no such exercise: {', '.join(unknown)}; there are {names}", file=sys.stderr)
        return 2
    began = time.monotonic()
    report = bake_pack(pack, jobs=args.jobs, force=args.force, slugs=args.slug, told=print)
    print("".join(f"removed {name}\n" for name in report.removed), end="")
    print("".join(f"{problem}\n" for problem in report.problems), end="", file=sys.stderr)
    taken = f"{time.monotonic() - began:.1f} s"
    print(f"{len(report.made)} baked, {len(report.fresh)} fresh, {taken}")
    return 1 if report.problems else 0


def _stands_in_the_way(file: str, slugs: list[str]) -> bool:
    """Whether a problem in `file` keeps `slugs` (all, when empty) from being baked."""
    return not slugs or Path(file).stem in slugs
