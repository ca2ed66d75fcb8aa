# SPDX-License-Identifier: Apache-2.0
"""A small catalogue in which every knee rule has something to say."""

from __future__ import annotations

from typing import Any

from hipfirst.packs.documents import Exercise, Session
from hipfirst.planning.catalogue import Catalogue
from planning.make import make_exercise, make_session, make_slot

FEET = ({"surface": "floor", "points": ["foot-left", "foot-right"]},)
LYING = (*FEET, {"surface": "mat", "points": ["occiput"]})
ON_LEFT = ({"surface": "floor", "points": ["foot-left"]},)
ON_LEFT_KNEE = (
    {"surface": "floor", "points": ["foot-right"]},
    {"surface": "floor", "points": ["kneecap-left"]},
)
RESTING = ({"surface": "mat", "points": ["sacrum"]},)


def movement(
    slug: str,
    position: str = "supine",
    contacts: tuple[dict[str, Any], ...] = RESTING,
    bend: float = 0,
    muscle: str = "piriformis",
    *,
    side: str = "both",
    **changes: Any,
) -> Exercise:
    """A movement of 5 s with the knees bent by `bend` [deg]; 10 repetitions as its usual work."""
    motion = {
        "side": side,
        "start": "low",
        "poses": {name: {"both": {"knee_flexion": bend}} for name in ("low", "high")},
        "phases": [
            {"name": "lift", "to": "high", "seconds": 2},
            {"name": "stay", "seconds": 1, "hold": True},
            {"name": "lower", "to": "low", "seconds": 2},
        ],
        "contacts": list(contacts),
        "camera": {"azimuth_deg": 60, "elevation_deg": 20},
    }
    fields = {
        "motion": motion,
        "muscles": [{"muscle": muscle, "role": "main", "side": "both"}],
        "work": {"reps": 10},
    }
    return make_exercise(slug, position, **{**fields, **changes})


HIPS = "gluteus-maximus"
EXERCISES = (
    movement("bridge-far", contacts=LYING, bend=60, muscle=HIPS, harder="bridge"),
    movement("bridge", contacts=LYING, bend=95, muscle=HIPS, easier="bridge-far"),
    movement("squat-low", "standing", FEET, 10, muscle="vasti", harder="squat-mid"),
    movement(
        "squat-mid",
        "standing",
        FEET,
        35,
        "vasti",
        easier="squat-low",
        harder="squat",
        level="steady",
    ),
    movement("squat", "standing", FEET, 60, "vasti", easier="squat-mid", level="strong"),
    movement("sit", "supine", muscle="vasti"),
    movement("balance", "standing", ON_LEFT, 8, "gluteus-medius", side="right"),
    movement("lunge", "half-kneeling", ON_LEFT_KNEE, 20, "gluteus-medius", side="right"),
    movement("side", "side-lying", muscle="gluteus-medius", side="right"),
    movement("stand", "standing", FEET, 5, muscle="gluteus-medius"),
    movement("low", harder="mid"),
    movement("mid", easier="low", harder="high", level="steady"),
    movement("high", easier="mid", level="strong"),
    movement("press", muscle="adductors", kit=["cushion"]),
    movement("calf", "seated", FEET, 90, muscle="calf"),
    movement("hold", work={"hold_s": 20}, muscle="hamstrings"),
)
FLARE = make_session(make_slot("low", sets=2)).model_copy(
    update={"slug": "flare-day", "title": "Flare Day"}
)
CATALOGUE = Catalogue({exercise.slug: exercise for exercise in EXERCISES}, FLARE)
LADDERS = {
    "bridge": ["bridge-far", "bridge"],
    "squat": ["squat-low", "squat-mid", "squat"],
    "squat-mid": ["squat-low", "squat-mid", "squat"],
    "mid": ["low", "mid", "high"],
}


def slot(slug: str, **changes: Any) -> dict[str, Any]:
    return make_slot(slug, **{"rungs": LADDERS.get(slug, [slug]), **changes})


def session(*slots: dict[str, Any]) -> Session:
    return make_session(*slots)
