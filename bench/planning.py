# SPDX-License-Identifier: Apache-2.0
"""How long it takes to plan a session for somebody's knees: drawn requests, always the same.

Planning waits for nothing, so its time is that of the processor and not of the clock on the wall.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from hipfirst.packs.documents import Session
from hipfirst.packs.read import read_pack
from hipfirst.packs.vocabulary import KIT
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import Emptied, plan
from hipfirst.planning.request import ACTIVITIES, AVOIDS, EXPERIENCES, Felt, Knee, Request
from hipfirst.planning.resolve import timeline

PEOPLE = 1000


@dataclass(frozen=True)
class Planning:
    p50_ms: float
    p95_ms: float
    first_ms: float
    """The first plan, with everything that is kept for the next ones."""
    everybody_s: float
    """All sessions planned for 1000 people [s]."""
    timelines_s: float
    """The same with the timelines that a player gets [s]."""


def measure(root: Path, seed: int = 1) -> Planning:
    """Plans for drawn people. ValueError when the pack at `root` can't be read."""
    pack = read_pack(root).pack
    if pack is None:
        raise ValueError(f"{root}: no pack")
    catalogue, sessions = Catalogue.of(pack), tuple(pack.sessions.values())
    people = list(_people(random.Random(seed), tuple(pack.exercises)))
    assets = {slug: (f"/{slug}.json", f"/{slug}.webp") for slug in pack.exercises}
    (first,) = _times(catalogue, sessions[:1], people[:1])
    times = list(_times(catalogue, sessions, people))
    begun = time.process_time()
    for person in people:
        for session in sessions:
            with suppress(Emptied):
                timeline(plan(session, catalogue, person), catalogue, assets)
    cuts = quantiles(times, n=20)
    return Planning(
        p50_ms=1000 * cuts[9],
        p95_ms=1000 * cuts[18],
        first_ms=1000 * first,
        everybody_s=sum(times),
        timelines_s=time.process_time() - begun,
    )


def _times(
    catalogue: Catalogue, sessions: tuple[Session, ...], people: list[Request]
) -> Iterator[float]:
    for person in people:
        for session in sessions:
            begun = time.process_time()
            with suppress(Emptied):  # finding out that nothing is left takes time too
                plan(session, catalogue, person)
            yield time.process_time() - begun


def _people(draw: random.Random, movements: tuple[str, ...]) -> Iterator[Request]:
    def some(names: tuple[str, ...], share: float) -> frozenset[str]:
        return frozenset(name for name in names if draw.random() < share)

    def knee() -> Knee:
        now = draw.choice((0, 0, 1, 2, 3, 4, 5, 6, 8))
        return Knee(now=now, week=min(10, now + draw.randrange(4)))

    for _ in range(PEOPLE):
        felt = Felt(
            exercise=draw.choice(movements), knee="left", pain=draw.randrange(11), days_ago=1
        )
        yield Request.model_validate(
            {
                "left": knee(),
                "right": knee(),
                "hurts": some(ACTIVITIES, 0.3),
                "avoid": some(AVOIDS, 0.1),
                "kit": some(KIT, 0.4),
                "minutes": draw.choice((None, 10, 20, 30)),
                "experience": draw.choice(EXPERIENCES),
                "felt": (felt,) if draw.random() < 0.3 else (),
            }
        )
