# SPDX-License-Identifier: Apache-2.0
"""The ladder: easier and harder edges between exercises lead somewhere and never in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from hipfirst.packs.documents import Exercise
from hipfirst.packs.pack import Filed, Pack
from hipfirst.packs.problems import Problem, choices

Edge = Literal["easier", "harder"]


def ladder_rule(pack: Pack) -> Iterator[Problem]:
    """Edges exist, end, and agree: whoever names a harder rung is the easier one of that rung."""
    for filed in pack.documents:
        if isinstance(filed.document, Exercise):
            yield from _edge(pack, filed, filed.document, "easier")
            yield from _edge(pack, filed, filed.document, "harder")
            yield from _agreement(pack, filed, filed.document)


def chain(pack: Pack, slug: str, edge: Edge) -> tuple[str, ...]:
    """The rungs that follow from `slug` along `edge`, nearest first; ends before a repetition."""
    seen: list[str] = []
    exercise = pack.exercises.get(slug)
    while exercise is not None:
        following: str | None = getattr(exercise, edge)
        if following is None or following in {slug, *seen}:
            break
        seen.append(following)
        exercise = pack.exercises.get(following)
    return tuple(seen)


def _edge(pack: Pack, filed: Filed, exercise: Exercise, edge: Edge) -> Iterator[Problem]:
    target: str | None = getattr(exercise, edge)
    if target is None:
        return
    if target not in pack.exercises:
        yield filed.problem((edge,), target, choices(target, pack.exercises))
    elif exercise.slug == target or getattr(_last(pack, exercise, edge), edge) == exercise.slug:
        rungs = " -> ".join((exercise.slug, *chain(pack, exercise.slug, edge), exercise.slug))
        yield filed.problem((edge,), rungs, "a ladder that ends")


def _last(pack: Pack, exercise: Exercise, edge: Edge) -> Exercise:
    rungs = [slug for slug in chain(pack, exercise.slug, edge) if slug in pack.exercises]
    return pack.exercises[rungs[-1]] if rungs else exercise


def _agreement(pack: Pack, filed: Filed, exercise: Exercise) -> Iterator[Problem]:
    harder = pack.exercises.get(exercise.harder or "")
    if harder is not None and harder.easier != exercise.slug:
        back = f"{harder.slug} says easier: {harder.easier or 'nothing'}"
        yield filed.problem(("harder",), back, f"a rung that says easier: {exercise.slug}")
