# SPDX-License-Identifier: Apache-2.0
"""A small pack on disk that is sound until a test breaks it."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from hipfirst.packs.check import inspect_pack
from hipfirst.packs.pack import Pack
from hipfirst.packs.problems import Problem

MANIFEST = {
    "format": 1,
    "slug": "small",
    "name": "Small pack",
    "version": "1.0.0",
    "licence": "Apache-2.0",
    "authors": ["A coach"],
    "summary": "For tests.",
}
MOTION = {
    "side": "both",
    "start": "rest",
    "poses": {"rest": {}, "up": {"both": {"hip_flexion": 20}}},
    "phases": [
        {"name": "lift", "to": "up", "seconds": 2},
        {"name": "stay", "seconds": 1, "hold": True},
        {"name": "lower", "to": "rest", "seconds": 3},
    ],
    "contacts": [{"surface": "mat", "points": ["sacrum"]}],
    "camera": {"azimuth_deg": 60, "elevation_deg": 20},
}
EXERCISE = {
    "format": 1,
    "name": "A movement",
    "position": "supine",
    "kit": ["mat"],
    "level": "gentle",
    "summary": "Trains the hips.",
    "muscles": [{"muscle": "iliopsoas", "role": "main", "side": "both"}],
    "cues": {
        "set_up": "Lie down.",
        "move": "Lift the working leg.",
        "feel": "The hip.",
        "avoid": "Haste.",
        "breathe": "Out, then in.",
    },
    "motion": MOTION,
}
SLOT = {"id": "one", "exercise": "lift", "work": {"reps": 10}, "sides": "both", "why": "It helps."}
SESSION = {
    "format": 1,
    "title": "A session",
    "summary": "A short one.",
    "level": "gentle",
    "minutes": [1, 2],
    "blocks": [{"title": "Begin", "slots": [SLOT]}],
}
CARD = {
    "format": 1,
    "title": "Does it help?",
    "source": {"citation": "Somebody, 2020."},
    "design": "Trial.",
    "people": "12 people.",
    "comparator": "This against that.",
    "effect": "No difference.",
    "uncertainty": "Wide.",
    "length": "6 weeks.",
    "limits": "Small.",
}


class WrittenOut(yaml.SafeDumper):
    """YAML as people write it: no anchors for what stands in two places."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass
class Tree:
    """Files of a pack."""

    root: Path

    def write(self, file: str, content: str | bytes | dict[str, Any]) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict):
            content = yaml.dump(content, Dumper=WrittenOut, sort_keys=False)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def exercise(self, slug: str, base: dict[str, Any] = EXERCISE, **changes: Any) -> None:
        self._document("exercises", slug, base, changes)

    def session(self, slug: str = "short", **changes: Any) -> None:
        self._document("sessions", slug, SESSION, changes)

    def slot(self, **changes: Any) -> None:
        """The session with its only slot changed."""
        slot = {k: v for k, v in {**SLOT, **changes}.items() if v is not ...}
        self.session(blocks=[{"title": "Begin", "slots": [slot]}])

    def card(self, slug: str, **changes: Any) -> None:
        self._document("evidence", slug, CARD, changes)

    def article(self, body: str, **matter: Any) -> None:
        front = yaml.dump(matter, Dumper=WrittenOut, sort_keys=False)
        self.write(f"articles/{matter['slug']}.md", f"---\n{front}---\n\n{body}")

    def motion(self, slug: str = "lift", **changes: Any) -> None:
        self.exercise(slug, motion={**MOTION, **changes})

    def _document(
        self, folder: str, slug: str, base: dict[str, Any], changes: dict[str, Any]
    ) -> None:
        """`base` with `changes`; a change to `...` leaves the field out."""
        merged = copy.deepcopy({**base, "slug": slug, **changes})
        kept = {key: value for key, value in merged.items() if value is not ...}
        self.write(f"{folder}/{slug}.yaml", kept)

    @property
    def pack(self) -> Pack:
        pack, problems = inspect_pack(self.root)
        assert not problems
        assert pack is not None
        return pack

    @property
    def problems(self) -> tuple[Problem, ...]:
        return inspect_pack(self.root)[1]

    @property
    def problem(self) -> Problem:
        """The only problem."""
        (found,) = self.problems
        return found


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A pack with one exercise and one session, without a problem."""
    made = Tree(tmp_path / "pack")
    made.write("pack.yaml", MANIFEST)
    made.exercise("lift")
    made.session()
    return made
