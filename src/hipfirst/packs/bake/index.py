# SPDX-License-Identifier: Apache-2.0
"""`baked/index.json`: what was made of each exercise, and from what."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hipfirst.packs.bake import figure
from hipfirst.packs.canonical import content_hash
from hipfirst.packs.documents import Exercise

FOLDER = "baked"
INDEX = "index.json"
FILES = {"clip": "clips/{}.json", "still": "stills/{}.webp", "animation": "moving/{}.webp"}
"""Each kind of baked file and where it lies below `baked/`."""
SOLVER = 2
"""Raise it when the same motion gives another clip; a test of the starter pack says when."""
RENDERER = 2
"""Raise it when the same clip gives another picture."""

Entry = dict[str, Any]
Index = dict[str, Entry]


def input_hash(exercise: Exercise) -> str:
    """SHA-256 of all that the baked files of `exercise` depend on."""
    data = exercise.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    parts = {name: data.get(name) for name in ("slug", "position", "muscles", "motion")}
    return content_hash({**parts, "solver": SOLVER, "renderer": RENDERER, "figure": _figure()})


@cache
def _figure() -> str:
    return hashlib.sha256(figure.ASSET.read_bytes()).hexdigest()


def read_index(root: Path) -> Index:
    """The index of the pack in `root`; empty, so that all is stale, when it cannot be used."""
    try:
        found = json.loads((root / FOLDER / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    exercises = found.get("exercises") if isinstance(found, dict) else None
    if not isinstance(exercises, dict):
        return {}
    return {slug: entry for slug, entry in exercises.items() if isinstance(entry, dict)}


def write_index(root: Path, index: Mapping[str, Entry]) -> None:
    """Write the index of the pack in `root`, exercises in the order of their slugs."""
    ordered = {"format": 1, "exercises": dict(sorted(index.items()))}
    text = json.dumps(ordered, indent=1, ensure_ascii=False) + "\n"
    write_file(root / FOLDER / INDEX, text.encode())


def write_file(path: Path, data: bytes) -> None:
    """Write whole or not at all; a file that is right already keeps its time."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def is_fresh(root: Path, exercise: Exercise, index: Index) -> bool:
    """Whether what lies beside the pack was made from `exercise` as it is now, byte for byte."""
    entry = index.get(exercise.slug)
    if entry is None or entry.get("input_hash") != input_hash(exercise):
        return False
    paths = {kind: root / FOLDER / path.format(exercise.slug) for kind, path in FILES.items()}
    if not all(path.is_file() for path in paths.values()):
        return False
    found = {kind: file_hash(path.read_bytes()) for kind, path in paths.items()}
    return found == entry.get("sha256")


def file_hash(data: bytes) -> str:
    """SHA-256 of a baked file, as its entry keeps it."""
    return hashlib.sha256(data).hexdigest()


def remove_orphans(root: Path, kept: Collection[str]) -> tuple[str, ...]:
    """Delete baked files of all exercises but `kept`; returns their paths below `baked/`."""
    folder = root / FOLDER
    wanted = {path.format(slug) for slug in kept for path in FILES.values()}
    removed = []
    for pattern in FILES.values():
        for path in sorted(folder.glob(pattern.format("*"))):
            name = path.relative_to(folder).as_posix()
            if name not in wanted:
                path.unlink()
                removed.append(name)
    return tuple(removed)
