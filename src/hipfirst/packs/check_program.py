# SPDX-License-Identifier: Apache-2.0
"""Programs, tests, and what is for members: promises that no document may break for another."""

from __future__ import annotations

from collections.abc import Iterator

from hipfirst.packs.documents import Exercise, Program, Session, SlotPlan, WorkPlan
from hipfirst.packs.pack import Filed, Pack
from hipfirst.packs.problems import Problem
from hipfirst.packs.source import Location

PREVIEWED = 3
"""Slots of a session for members that everybody may play, counted from its beginning."""
DAYS = 7

Placed = tuple[Location, SlotPlan]


def program_rule(pack: Pack) -> Iterator[Problem]:
    """Weeks alike, tests whole, and nothing for members where everybody meets it."""
    for filed in pack.documents:
        match filed.document:
            case Program() as program:
                yield from _weeks(filed, program)
                yield from _followed(pack, filed, program)
                yield from _beside(filed, program)
            case Session() as session:
                placed = tuple(_placed(session))
                yield from _tests(filed, placed)
                yield from _single(filed, placed)
                yield from _previewed(filed, session, placed)
                yield from _held(pack, filed, session, placed)
            case Exercise() as exercise:
                yield from _offered(pack, filed, exercise)


def _weeks(filed: Filed, program: Program) -> Iterator[Problem]:
    """A person trains on the same days every week, so every week has a session for each."""
    usual = len(program.weeks[0].sessions)
    for n, week in enumerate(program.weeks):
        count = len(week.sessions)
        if count > DAYS:
            allowed = f"at most {DAYS} sessions, one for each day"
            yield filed.problem(("weeks", n, "sessions"), _counted(count), allowed)
        elif count != usual <= DAYS:
            allowed = f"{_counted(usual)}, as in the first week"
            yield filed.problem(("weeks", n, "sessions"), _counted(count), allowed)


def _counted(sessions: int) -> str:
    return f"{sessions} session" if sessions == 1 else f"{sessions} sessions"


def _followed(pack: Pack, filed: Filed, program: Program) -> Iterator[Problem]:
    """Whoever may follow a program may play all of it."""
    if program.access == "members":
        return
    for n, week in enumerate(program.weeks):
        for field, slugs in (("sessions", week.sessions), ("also", week.also)):
            for m, slug in enumerate(slugs):
                session = pack.sessions.get(slug)
                if session is not None and session.access == "members":
                    allowed = "a session for everyone, or a program that says access: members"
                    yield filed.problem(("weeks", n, field, m), f"{slug}, for members", allowed)


def _beside(filed: Filed, program: Program) -> Iterator[Problem]:
    """What is offered beside the steps of a week is none of them, and is named once."""
    for n, week in enumerate(program.weeks):
        for m, slug in enumerate(week.also):
            if slug in week.sessions or slug in week.also[:m]:
                allowed = "a session that this week does not name yet"
                yield filed.problem(("weeks", n, "also", m), slug, allowed)


def _placed(session: Session) -> Iterator[Placed]:
    for b, block in enumerate(session.blocks):
        for s, slot in enumerate(block.slots):
            yield ("blocks", b, "slots", s), slot


def _works(location: Location, slot: SlotPlan) -> Iterator[tuple[Location, WorkPlan]]:
    yield (*location, "work"), slot.work
    for slug, work in slot.work_for.items():
        yield (*location, "work_for", slug), work


def _tests(filed: Filed, placed: tuple[Placed, ...]) -> Iterator[Problem]:
    """A session is a test as a whole or not at all: a dose is changed by rules, a test is not."""
    works = [each for location, slot in placed for each in _works(location, slot)]
    if not any(work.is_test for _, work in works):
        return
    for place, work in works:
        if not work.is_test:
            given = "reps" if work.reps is not None else "hold_s"
            allowed = "count_s or a measured hold, as this session tests; or no test in it"
            yield filed.problem((*place, given), f"{given}: no test", allowed)


def _single(filed: Filed, placed: tuple[Placed, ...]) -> Iterator[Problem]:
    """A test has one rung, or its results could not be compared."""
    for location, slot in placed:
        if slot.work.is_test and slot.rungs != (slot.exercise,):
            given = ", ".join(slot.rungs) or "no rungs"
            allowed = f"rungs: [{slot.exercise}], so that results of a test can be compared"
            yield filed.problem((*location, "rungs"), given, allowed)


def _previewed(filed: Filed, session: Session, placed: tuple[Placed, ...]) -> Iterator[Problem]:
    """There is more in a session for members than its preview."""
    if session.access == "members" and len(placed) <= PREVIEWED:
        allowed = f"more than the {PREVIEWED} slots of its preview, or access: everyone"
        yield filed.problem(("access",), f"members, with {len(placed)} in all", allowed)


def _held(
    pack: Pack, filed: Filed, session: Session, placed: tuple[Placed, ...]
) -> Iterator[Problem]:
    """A movement for members is only where members alone meet it."""
    for n, (location, slot) in enumerate(placed):
        if session.access == "members" and n >= PREVIEWED:
            continue
        for place, slug in _named(location, slot):
            if _for_members(pack, slug):
                where = (
                    f"a movement for everyone: the first {PREVIEWED} slots are a preview"
                    if session.access == "members"
                    else "a movement for everyone, or a session that says access: members"
                )
                yield filed.problem(place, f"{slug}, for members", where)


def _named(location: Location, slot: SlotPlan) -> Iterator[tuple[Location, str]]:
    yield (*location, "exercise"), slot.exercise
    for n, slug in enumerate(slot.rungs):
        if slug != slot.exercise:
            yield (*location, "rungs", n), slug


def _for_members(pack: Pack, slug: str | None) -> bool:
    exercise = pack.exercises.get(slug or "")
    return exercise is not None and exercise.access == "members"


def _offered(pack: Pack, filed: Filed, exercise: Exercise) -> Iterator[Problem]:
    """A movement for members is never offered to anybody else in place of another, and none as a
    test: only sessions test.
    """
    if exercise.work is not None and exercise.work.is_test:
        yield filed.problem(("work",), "a test", "reps or hold_s: only sessions test")
    if exercise.access == "members":
        if exercise.work is not None:
            allowed = (
                "no work, so that it is never offered in place of another; or access: everyone"
            )
            yield filed.problem(("work",), "work of a movement for members", allowed)
        return
    if _for_members(pack, exercise.easier):
        allowed = "a rung for everyone: whoever steps down must never meet a wall"
        yield filed.problem(("easier",), f"{exercise.easier}, for members", allowed)
    if _for_members(pack, exercise.harder):
        allowed = "a rung for everyone, as this one is"
        yield filed.problem(("harder",), f"{exercise.harder}, for members", allowed)
