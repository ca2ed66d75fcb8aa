# SPDX-License-Identifier: Apache-2.0
"""`hipfirst motion SLUG`: solve one exercise's motion and show it, as numbers or as pictures."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hipfirst.body.solve import Solved
    from hipfirst.packs.documents import Exercise

NAME = "motion"
HELP = "Solve one exercise's motion and show it."
PACKAGE = Path(__file__).resolve().parents[1]
INSTALLED = PACKAGE / "content" / "starter"
STARTER = INSTALLED if INSTALLED.is_dir() else PACKAGE.parents[1] / "content" / "starter"
"""The pack that is looked in when none is named."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("slug", help="the exercise")
    parser.add_argument("--pack", type=Path, default=STARTER, help="folder that holds pack.yaml")
    parser.add_argument("--json", action="store_true", help="print every frame for programs")
    parser.add_argument("--strip", type=Path, metavar="FILE.png", help="draw its frames in a row")
    parser.add_argument("--mirror", action="store_true", help="show the other side of the body")


def run(args: argparse.Namespace) -> int:
    # small matrices: one thread is fastest (must be said before NumPy is loaded)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from hipfirst.body.checks import faults  # noqa: PLC0415
    from hipfirst.body.errors import InvalidMotionError  # noqa: PLC0415
    from hipfirst.body.solve import solve  # noqa: PLC0415
    from hipfirst.packs.motion_document import to_motion  # noqa: PLC0415

    if args.strip and (fault := _no_strip(args.strip)):
        print(fault, file=sys.stderr)
        return 2
    exercise = _find(args.pack, args.slug)
    if isinstance(exercise, int):
        return exercise
    if exercise.motion is None:
        print(f"exercise {args.slug!r} has no motion", file=sys.stderr)
        return 2
    try:
        solved = solve(to_motion(exercise.motion, exercise.slug, exercise.position))
    except InvalidMotionError as error:
        print(error, file=sys.stderr)
        return 1
    found = faults(solved, exercise.position)
    print("".join(f"{fault}\n" for fault in found), end="", file=sys.stderr)
    _show(args, solved, exercise)
    return 1 if found else 0


def _no_strip(file: Path) -> str:
    """Why no strip can be drawn to `file`; empty when it can."""
    if file.suffix != ".png":
        return f"--strip {file}: allowed is a name that ends in .png"
    if not file.parent.is_dir() or file.is_dir():
        return f"--strip {file}: allowed is a file in a folder that is there"
    return ""


def _find(root: Path, slug: str) -> Exercise | int:
    """The exercise, or the status to leave with after having said why not."""
    from hipfirst.packs.pack import FOLDERS  # noqa: PLC0415
    from hipfirst.packs.read import read_pack  # noqa: PLC0415

    reading = read_pack(root)
    exercises = {} if reading.pack is None else reading.pack.exercises
    if slug in exercises:
        return exercises[slug]
    file = f"{FOLDERS['exercise']}/{slug}.yaml"
    broken = [p for p in reading.problems if reading.pack is None or p.file == file]
    if broken:
        print("\n".join(str(problem) for problem in broken), file=sys.stderr)
        return 1
    there = ", ".join(exercises) or "none"
    print(f"no exercise {slug!r} in {root}; there are: {there}", file=sys.stderr)
    return 2


def _show(args: argparse.Namespace, solved: Solved, exercise: Exercise) -> None:
    from hipfirst.body import clip as clips  # noqa: PLC0415
    from hipfirst.body.record import record  # noqa: PLC0415

    clip = record(solved)
    clip = clips.mirror(clip) if args.mirror else clip
    if args.json:
        json.dump(plain(clip), sys.stdout)
        print()
    if args.strip:
        from hipfirst.packs.bake.strip import write_strip  # noqa: PLC0415

        write_strip(clip, args.strip, exercise.muscles)
    if not args.json:
        held = ", ".join(f"{p.name} {(p.end - p.start) / clip.fps:g} s" for p in clip.phases)
        print(f"{clip.slug}: {clip.frames} frames, {clip.seconds:g} s ({held})")


def plain(clip: Any) -> dict[str, Any]:
    """Every frame of a clip as plain numbers: rotations (N, J, 4), positions (N, J, 3) [m]."""
    from hipfirst.body import skeleton  # noqa: PLC0415

    return {
        "fps": clip.fps,
        "frames": clip.frames,
        "side": clip.side,
        "phases": [
            {"name": p.name, "start": p.start, "end": p.end, "hold": p.hold} for p in clip.phases
        ],
        "joints": list(skeleton.NAMES),
        "root": clip.root.round(6).tolist(),
        "rotations": clip.rotations.round(6).tolist(),
        "positions": clip.positions().round(6).tolist(),
        "contacts": [
            {
                "landmark": rest.landmark,
                "surface": rest.surface,
                "locked": rest.locked,
                "during": [list(span) for span in rest.during],
            }
            for rest in clip.contacts
        ],
    }
