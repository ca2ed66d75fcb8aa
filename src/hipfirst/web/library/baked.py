# SPDX-License-Identifier: Apache-2.0
"""What `hipfirst bake` left beside a pack: files to serve and facts derived from motions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hipfirst.web.library.errors import BakedFileError

FOLDER = "baked"
INDEX = "index.json"
FILE_KINDS = ("clip", "still", "animation")
HASH_LENGTH = 12
"""Digits of the content's hash in a served name: plenty to tell versions of one file apart."""


@dataclass(frozen=True)
class BakedFile:
    kind: str
    """clip, still or animation."""
    name: str
    """`clam.3f9a0c11d2e4.webp`: changes with the content, so that it may be cached for ever."""
    path: str
    """Inside the pack's folder, with forward slashes."""


@dataclass(frozen=True)
class Derived:
    """What is known of one exercise beyond its document; None where nothing was baked."""

    files: tuple[BakedFile, ...] = ()
    kneels: bool | None = None
    on_floor: bool | None = None

    @property
    def names(self) -> dict[str, str]:
        """Kind of file -> served name."""
        return {file.kind: file.name for file in self.files}


@dataclass(frozen=True)
class Baked:
    exercises: Mapping[str, Derived] = field(default_factory=dict)

    def of(self, slug: str) -> Derived:
        return self.exercises.get(slug, Derived())


def read_baked(root: Path) -> Baked:
    """The index of the pack in `root`; empty where nothing was baked yet.

    Raises BakedFileError for an index that cannot be read or names a file it may not.
    """
    folder = root / FOLDER
    index = folder / INDEX
    if not index.is_file():
        return Baked()
    try:
        entries = json.loads(index.read_text(encoding="utf-8"))["exercises"]
        return Baked({slug: _derived(folder, slug, entry) for slug, entry in entries.items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BakedFileError(
            f"{index} is {type(error).__name__}: {error}; `hipfirst bake` writes it anew"
        ) from error


def _derived(folder: Path, slug: str, entry: Mapping[str, Any]) -> Derived:
    return Derived(
        files=tuple(_files(folder, slug, entry)),
        kneels=entry.get("kneels"),
        on_floor=entry.get("on_floor"),
    )


def _files(folder: Path, slug: str, entry: Mapping[str, Any]) -> Iterator[BakedFile]:
    for kind in FILE_KINDS:
        if kind in entry:
            path = _inside(folder, entry[kind])
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]
            stem = slug if kind != "animation" else f"{slug}-moving"
            relative = path.relative_to(folder.parent.resolve()).as_posix()
            yield BakedFile(kind, f"{stem}.{digest}{path.suffix}", relative)


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise BakedFileError(f"{folder / INDEX} names {name!r}, which is no file inside {folder}")
    return path
