# SPDX-License-Identifier: Apache-2.0
"""Exercises and sessions in memory, made from a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hipfirst.packs.documents import Exercise, Session


def make_exercise(
    slug: str,
    position: str = "supine",
    side: str = "both",
    lying_on: str | None = None,
    seconds: Iterable[tuple[str, float, bool]] = (
        ("lift", 2, False),
        ("stay", 1, True),
        ("lower", 3, False),
    ),
    **changes: Any,
) -> Exercise:
    phases = [{"name": n, "to": "rest", "seconds": s, "hold": h} for n, s, h in seconds]
    motion = {
        "side": side,
        "lying_on": lying_on,
        "start": "rest",
        "poses": {"rest": {}},
        "phases": phases,
        "contacts": [{"surface": "mat", "points": ["sacrum"]}],
        "camera": {"azimuth_deg": 60, "elevation_deg": 20},
    }
    cues = dict.fromkeys(("set_up", "move", "feel", "avoid", "breathe"), "Words.")
    fields = {
        "format": 1,
        "slug": slug,
        "name": slug.capitalize(),
        "position": position,
        "level": "gentle",
        "summary": "Trains.",
        "muscles": [{"muscle": "piriformis", "role": "main", "side": "working"}],
        "cues": cues,
        "motion": motion,
    }
    return Exercise.model_validate({**fields, **changes})


def make_slot(exercise: str, **changes: Any) -> dict[str, Any]:
    base = {"id": exercise, "exercise": exercise, "work": {"reps": 10}, "sides": "both", "why": "W"}
    return {**base, **changes}


def make_session(*slots: dict[str, Any]) -> Session:
    fields = {
        "format": 1,
        "slug": "short",
        "title": "Short",
        "summary": "S.",
        "level": "gentle",
        "minutes": [1, 60],
        "blocks": [{"title": "Begin", "slots": list(slots)}],
    }
    return Session.model_validate(fields)


def make_assets(*exercises: Exercise) -> dict[str, tuple[str, str]]:
    return {e.slug: (f"/clips/{e.slug}.json", f"/stills/{e.slug}.webp") for e in exercises}
