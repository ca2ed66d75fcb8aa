# SPDX-License-Identifier: Apache-2.0
"""Recorded cues: the file is there, and no cue is recorded twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hipfirst.packs.documents import Exercise
from hipfirst.packs.pack import Pack
from hipfirst.packs.problems import Problem, choices
from hipfirst.packs.read import AUDIO


def recording_rule(pack: Pack) -> Iterator[Problem]:
    """Every recording that an exercise names can be played, and is the only one of its cue."""
    present = {path.relative_to(pack.root).as_posix() for path in _files(pack.root)}
    for filed in pack.documents:
        if not isinstance(filed.document, Exercise):
            continue
        seen: set[str] = set()
        for n, recording in enumerate(filed.document.recordings):
            at = ("recordings", n)
            if recording.file not in present:
                yield filed.problem(
                    (*at, "file"), recording.file, _allowed(recording.file, present)
                )
            if recording.cue in seen:
                yield filed.problem((*at, "cue"), recording.cue, "one recording for each cue")
            seen.add(recording.cue)


def _files(root: Path) -> Iterator[Path]:
    """Files that hold something and lie inside the pack; a link may not lead out of it."""
    inside = root.resolve()
    for path in (root / AUDIO).rglob("*"):
        if path.is_file() and path.stat().st_size and path.resolve().is_relative_to(inside):
            yield path


def _allowed(given: str, present: set[str]) -> str:
    return choices(given, present) if present else f"a file in the folder {AUDIO} of the pack"
