# SPDX-License-Identifier: Apache-2.0
"""Solves the motions of a pack and writes clips and stills beside it.

Each exercise is its own job, so the work spreads over processes; results are gathered in the order
of the slugs, so that the same pack gives the same bytes with any number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from hipfirst.body import clip as clips
from hipfirst.body.checks import faults
from hipfirst.body.errors import BodyError, InvalidMotionError, RejectedMotionError
from hipfirst.body.facts import facts
from hipfirst.body.record import record
from hipfirst.body.solve import Solved, solve
from hipfirst.packs.bake.index import (
    FILES,
    FOLDER,
    Entry,
    file_hash,
    input_hash,
    is_fresh,
    read_index,
    remove_orphans,
    write_file,
    write_index,
)
from hipfirst.packs.documents import Exercise
from hipfirst.packs.motion_document import to_motion
from hipfirst.packs.pack import FOLDERS, Pack
from hipfirst.packs.problems import Problem, quoted

T = TypeVar("T")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Baked:
    """What came of one exercise: its entry and files (path below `baked/`), or problems."""

    slug: str
    entry: Entry = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Report:
    """Slugs that were made and that were fresh, files that were removed, and what is wrong."""

    made: tuple[str, ...]
    fresh: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]


def bake_pack(
    pack: Pack,
    *,
    jobs: int | None = None,
    force: bool = False,
    slugs: Collection[str] = (),
    told: Progress | None = None,
) -> Report:
    """Bake what is stale in `pack`, or everything with `force`; only `slugs` when given.

    An exercise with problems keeps what was baked of it before. `told` hears each slug as it is
    done. KeyError for a slug that the pack lacks.
    """
    wanted = [pack.exercises[slug] for slug in slugs] or list(pack.exercises.values())
    index = read_index(pack.root)
    due = [e for e in wanted if force or not is_fresh(pack.root, e, index)]
    problems: list[Problem] = []
    for baked in _spread(bake_exercise, due, jobs):
        problems += baked.problems
        if baked.entry:
            _keep(pack.root, baked)
            index[baked.slug] = baked.entry
            write_index(pack.root, index)  # so that an interrupted bake goes on where it stopped
        if told:
            told(baked.slug)
    there = _written(pack)
    index = {slug: entry for slug, entry in index.items() if slug in there}
    write_index(pack.root, index)
    failed = {Path(problem.file).stem for problem in problems}
    return Report(
        made=tuple(e.slug for e in due if e.slug not in failed),
        fresh=tuple(e.slug for e in wanted if e not in due),
        removed=remove_orphans(pack.root, there),
        problems=tuple(sorted(problems)),
    )


def stale(pack: Pack) -> tuple[str, ...]:
    """Slugs whose baked files are missing or made from something else. Solves nothing."""
    index = read_index(pack.root)
    there = _written(pack)
    gone = [slug for slug in index if slug not in there]
    old = [e.slug for e in pack.exercises.values() if not is_fresh(pack.root, e, index)]
    return tuple(sorted([*gone, *old]))


def _written(pack: Pack) -> set[str]:
    """Slugs of every exercise file, those that cannot be read included: a document with a mistake
    in it is still there, and so is what was baked of it.
    """
    return {path.stem for path in (pack.root / FOLDERS["exercise"]).glob("*.yaml")}


def motion_problems(pack: Pack, jobs: int | None = None) -> tuple[Problem, ...]:
    """What only the solved motions show. Those that cannot be solved are left to `check`, and
    those that are baked as they stand have been judged already.
    """
    index = read_index(pack.root)
    due = [e for e in pack.exercises.values() if not is_fresh(pack.root, e, index)]
    found = _spread(_judged, due, jobs)
    return tuple(sorted(problem for problems in found for problem in problems))


def bake_exercise(exercise: Exercise) -> Baked:
    """Clip, stills and entry of one exercise."""
    from hipfirst.packs.bake.stills import moving_still, still  # noqa: PLC0415 (start-up stays quick)

    try:
        solved, problems = _solved(exercise)
    except BodyError as error:
        return Baked(exercise.slug, problems=(_problem(exercise, "", str(error)),))
    if problems:
        return Baked(exercise.slug, problems=problems)
    # pictures show the clip as it is read back, so that they never depend on unwritten digits
    text = clips.dumps(record(solved))
    clip = clips.loads(text, exercise.slug)
    made = {
        "clip": text.encode(),
        "still": still(clip, exercise.muscles),
        "animation": moving_still(clip, exercise.muscles),
    }
    files = {FILES[kind].format(exercise.slug): data for kind, data in made.items()}
    return Baked(exercise.slug, _entry(exercise, solved, made), files)


def _entry(exercise: Exercise, solved: Solved, made: Mapping[str, bytes]) -> Entry:
    derived, phases = facts(solved), solved.motion.phases
    paths = {kind: path.format(exercise.slug) for kind, path in FILES.items()}
    return {
        "input_hash": input_hash(exercise),
        **paths,
        "sha256": {kind: file_hash(data) for kind, data in made.items()},
        "side": solved.motion.side,
        "kneels": derived.kneels,
        "on_floor": derived.on_floor,
        "seconds": round(derived.seconds, 3),
        "phases": [{"name": p.name, "seconds": p.seconds, "hold": p.hold} for p in phases],
    }


def _solved(exercise: Exercise) -> tuple[Solved, tuple[Problem, ...]]:
    if exercise.motion is None:
        raise InvalidMotionError(exercise.slug, "there is no motion")
    solved = solve(to_motion(exercise.motion, exercise.slug, exercise.position))
    found = faults(solved, exercise.position)
    return solved, tuple(_rejected(exercise, fault) for fault in found)


def _judged(exercise: Exercise) -> tuple[Problem, ...]:
    try:
        return _solved(exercise)[1]
    except InvalidMotionError:
        return ()


def _rejected(exercise: Exercise, fault: RejectedMotionError) -> Problem:
    said = str(fault).removeprefix(fault.motion).lstrip(", :")
    for word in (", allowed ", ", expected "):
        given, found, allowed = said.partition(word)
        if found:
            return _problem(exercise, given, allowed)
    return _problem(exercise, said, "a movement that a body can do")


def _problem(exercise: Exercise, given: str, allowed: str) -> Problem:
    file = f"{FOLDERS['exercise']}/{exercise.slug}.yaml"
    return Problem(file, 0, "motion", quoted(given), allowed)


def _keep(root: Path, baked: Baked) -> None:
    for name, data in baked.files.items():
        write_file(root / FOLDER / name, data)


def _spread(
    work: Callable[[Exercise], T], items: Sequence[Exercise], jobs: int | None
) -> Iterator[T]:
    """`work` of each item in their order, over `jobs` processes (one for each core when None)."""
    count = min(jobs or os.cpu_count() or 1, len(items))
    if count <= 1:
        yield from map(work, items)
        return
    # each process has a core of its own: threads of the linear algebra would only fight over it
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, items)
