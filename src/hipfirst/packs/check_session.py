# SPDX-License-Identifier: Apache-2.0
"""Sessions: slots are named once, their rungs exist and stand in order, and their work fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from hipfirst.packs.check_ladder import chain
from hipfirst.packs.documents import Exercise, Session, SlotPlan
from hipfirst.packs.pack import Filed, Pack
from hipfirst.packs.problems import Problem, choices
from hipfirst.packs.slots import has_hold, one_sided, work_of
from hipfirst.packs.source import Location

SlotRule = Callable[[Pack, Filed, Location, SlotPlan], Iterator[Problem]]


def session_rule(pack: Pack) -> Iterator[Problem]:
    """Everything about the slots of every session except how long they take."""
    for filed in pack.documents:
        if isinstance(filed.document, Session):
            yield from _ids(filed, filed.document)
            for location, slot in _slots(filed.document):
                for rule in _SLOT_RULES:
                    yield from rule(pack, filed, location, slot)


def _slots(session: Session) -> Iterator[tuple[Location, SlotPlan]]:
    for b, block in enumerate(session.blocks):
        for s, slot in enumerate(block.slots):
            yield ("blocks", b, "slots", s), slot


def _ids(filed: Filed, session: Session) -> Iterator[Problem]:
    counts = Counter(slot.id for _, slot in _slots(session))
    for location, slot in _slots(session):
        if counts[slot.id] > 1:
            yield filed.problem((*location, "id"), slot.id, "a name used once in the session")


def _known(pack: Pack, filed: Filed, location: Location, slot: SlotPlan) -> Iterator[Problem]:
    """Exercises that are named are there."""
    named: list[tuple[Location, str]] = [(("exercise",), slot.exercise)]
    named += [(("rungs", n), slug) for n, slug in enumerate(slot.rungs)]
    if not slot.rungs:  # else those listed are all that may have their own work
        named += [(("work_for", slug), slug) for slug in slot.work_for]
    for place, slug in named:
        if slug not in pack.exercises:
            yield filed.problem((*location, *place), slug, choices(slug, pack.exercises))


def _listed(_pack: Pack, filed: Filed, location: Location, slot: SlotPlan) -> Iterator[Problem]:
    """The list of rungs holds the start, each rung once, and all that have their own work."""
    if slot.rungs and slot.exercise not in slot.rungs:
        yield filed.problem((*location, "exercise"), slot.exercise, choices("", slot.rungs))
    for n, slug in enumerate(slot.rungs):
        if slug in slot.rungs[:n]:
            yield filed.problem((*location, "rungs", n), slug, "each rung once")
    for slug in slot.work_for:
        if slot.rungs and slug not in slot.rungs:
            allowed = choices(slug, slot.rungs)
            yield filed.problem((*location, "work_for", slug), slug, allowed)


def _ordered(pack: Pack, filed: Filed, location: Location, slot: SlotPlan) -> Iterator[Problem]:
    """Rungs stand in the order of the ladder."""
    for n, slug in enumerate(slot.rungs):
        for above in sorted(set(slot.rungs[:n]) & set(chain(pack, slug, "harder"))):
            given = f"{above} before {slug}"
            yield filed.problem((*location, "rungs", n), given, "the easiest rung first")


def _fillers(pack: Pack, slot: SlotPlan) -> Iterator[Exercise]:
    for slug in dict.fromkeys((slot.exercise, *slot.rungs)):
        if slug in pack.exercises:
            yield pack.exercises[slug]


def _sided(pack: Pack, filed: Filed, location: Location, slot: SlotPlan) -> Iterator[Problem]:
    """A movement that works one side is done on each; extra for one side needs one that does."""
    for exercise in _fillers(pack, slot):
        if slot.sides == "both" and one_sided(exercise):
            allowed = f"each, because {exercise.slug} works one side"
            yield filed.problem((*location, "sides"), "both", allowed)
        if slot.sides == "weaker" and exercise.motion and not one_sided(exercise):
            allowed = f"each or both, because {exercise.slug} works both sides"
            yield filed.problem((*location, "sides"), "weaker", allowed)


def _held(pack: Pack, filed: Filed, location: Location, slot: SlotPlan) -> Iterator[Problem]:
    """What is held has a phase that can be held."""
    for exercise in _fillers(pack, slot):
        hold_s = work_of(exercise.slug, slot).hold_s
        if hold_s is not None and exercise.motion and not has_hold(exercise):
            place = (*_work_place(location, slot, exercise), "hold_s")
            allowed = f"reps: the motion of {exercise.slug} has no phase to hold"
            yield filed.problem(place, f"{hold_s:g}", allowed)


def _tempo(pack: Pack, filed: Filed, location: Location, slot: SlotPlan) -> Iterator[Problem]:
    """A tempo names phases that some rung has."""
    for exercise in _fillers(pack, slot):
        names = [phase.name for phase in exercise.motion.phases] if exercise.motion else []
        for name in work_of(exercise.slug, slot).tempo:
            if names and name not in names:
                place = (*_work_place(location, slot, exercise), "tempo", name)
                yield filed.problem(place, name, f"{exercise.slug}: {choices(name, names)}")


def _work_place(location: Location, slot: SlotPlan, exercise: Exercise) -> Location:
    if exercise.slug in slot.work_for:
        return (*location, "work_for", exercise.slug)
    return (*location, "work")


_SLOT_RULES: tuple[SlotRule, ...] = (_known, _listed, _ordered, _sided, _held, _tempo)
