# SPDX-License-Identifier: Apache-2.0
"""Session + request -> plan: what every slot does today, and every change with rule and reason.

Pure: the same documents, request and thresholds always give the same plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from hipfirst.packs.documents import Session, SlotPlan
from hipfirst.packs.slots import rungs_of
from hipfirst.planning.allow import Allowed, Sides
from hipfirst.planning.bouts import Dose
from hipfirst.planning.catalogue import FLARE_DAY, Catalogue
from hipfirst.planning.changes import (
    Change,
    fewer_sets,
    movement_changes,
    pace_changes,
    session_changes,
    sets_change,
    time_changes,
)
from hipfirst.planning.choose import Choice, Reason, Used, fill, gentle, sides_of, work_in
from hipfirst.planning.more import more_changes, with_more
from hipfirst.planning.pace import Paced, PlannedSlot, paced
from hipfirst.planning.request import Request
from hipfirst.planning.rules import BY_ID
from hipfirst.planning.shorten import shortened
from hipfirst.planning.substitutes import Swap, substitutes
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.today import Today

OVER = 1.05
"""A session takes at most this many times the minutes that were asked for."""
DEFAULT = Thresholds()


class Emptied(Exception):  # noqa: N818 (a result and no fault: nothing may be done today)
    """No movement can meet the request; `rule` names the rule that took out most of them."""

    def __init__(self, session: str, rule: str) -> None:
        super().__init__(f"{session}: no movement is left; rule {rule!r} took out most of them")
        self.session = session
        self.rule = rule


@dataclass(frozen=True)
class Plan:
    """What is done today."""

    asked: Session
    session: Session
    """What is played: `asked`, or the session that takes its place."""
    request: Request
    thresholds: Thresholds
    slots: tuple[PlannedSlot, ...]
    changes: tuple[Change, ...]
    seconds: float
    """With rests and get-ready counts [s]."""


def written(session: Session, catalogue: Catalogue, rules: Thresholds = DEFAULT) -> Plan:
    """`session` without any request: as it is written."""
    return plan(session, catalogue, Request(), rules)


def plan(
    session: Session, catalogue: Catalogue, request: Request, rules: Thresholds = DEFAULT
) -> Plan:
    """What `session` is for this person today.

    Raises Emptied when nothing is left; KeyError for an exercise that the catalogue lacks, and
    ValueError for one that can't be timed.
    """
    today = Today(request, rules, harder=catalogue.harder)
    instead = catalogue.flare if today.flaring and not only_tests(session) else None
    played = instead or session
    return _Planner(session, played, allowed_in(session, played, today, catalogue)).plan()


def allowed_in(asked: Session, played: Session, today: Today, catalogue: Catalogue) -> Allowed:
    """What the rules leave, with the kit of both sessions at hand where nothing is said of it."""
    kit: frozenset[str] | None = today.request.kit
    if kit is None:
        kit = kit_of(asked, catalogue) | kit_of(played, catalogue)
    today = replace(
        today,
        kit=kit,
        flare_day=played.slug == FLARE_DAY,
        off_floor=all(catalogue.upright(slot.exercise) for slot in slots_of(played).values()),
    )
    allowed = Allowed(today, catalogue)
    if not today.flaring or allowed.any_at_rest():
        return allowed
    return Allowed(replace(today, must_stand=True), catalogue)


def kit_of(session: Session, catalogue: Catalogue) -> frozenset[str]:
    """Everything that the rungs of `session` use."""
    return frozenset(
        kit
        for slot in slots_of(session).values()
        for slug in rungs_of(slot, catalogue.exercises)
        for kit in catalogue.exercises[slug].kit
    )


def slots_of(session: Session) -> dict[str, SlotPlan]:
    """The slots of `session` by id, in order."""
    return {slot.id: slot for block in session.blocks for slot in block.slots}


def only_tests(session: Session) -> bool:
    """Whether every slot is a test. Nothing takes the place of such a session: it waits."""
    return all(slot.work.is_test for slot in slots_of(session).values())


def _done(choice: Choice) -> set[str]:
    """The movements of both sides."""
    return {choice.doing(side) for side in choice.at}


@dataclass(frozen=True)
class _Planner:
    """One session on its way."""

    asked: Session
    session: Session
    allowed: Allowed

    @property
    def today(self) -> Today:
        return self.allowed.today

    @property
    def catalogue(self) -> Catalogue:
        return self.allowed.catalogue

    def plan(self) -> Plan:
        slots = slots_of(self.session)
        sets = self._sets(slots)
        chosen = self._fill({name: slots[name] for name in sets})
        if not any(choice.rungs for choice in chosen.values()):
            chosen = self._anything(slots, chosen)
        minutes = self.today.request.minutes
        most_s = None if minutes is None else 60.0 * minutes * OVER
        used = Counter(slug for choice in chosen.values() for slug in _done(choice))
        played = tuple(self._slot(slots[n], c, sets[n], used) for n, c in chosen.items() if c.rungs)
        plain = paced(played, self.catalogue, most_s)
        full = plain.rests or plain.work
        more = plain.slots if full else with_more(plain.slots, self.catalogue)
        timed = plain if more == plain.slots else paced(more, self.catalogue, most_s)
        return Plan(
            asked=self.asked,
            session=self.session,
            request=self.today.request,
            thresholds=self.today.thresholds,
            slots=timed.slots,
            changes=(
                *self._changes(slots, sets, chosen, timed),
                *more_changes(plain.slots, more, self.today, self.catalogue),
            ),
            seconds=timed.seconds,
        )

    def _sets(self, slots: Mapping[str, SlotPlan]) -> dict[str, int]:
        """Slots that there is time for -> sets. Those that can't be done at all take no time."""
        minutes = self.today.request.minutes
        if minutes is None:
            return {name: slot.sets for name, slot in slots.items()}
        calm = self.allowed.painless()
        doable = {n: s for n, s in slots.items() if fill(s, calm, {}).rungs} or slots
        weaker = self.today.request.weaker
        found = shortened(tuple(doable.values()), self.catalogue, weaker, 60.0 * minutes)
        left = {name: slot.sets for name, slot in slots.items() if name not in doable}
        return {name: {**left, **found}[name] for name in slots if name in left or name in found}

    def _fill(self, slots: Mapping[str, SlotPlan]) -> dict[str, Choice]:
        """What fills each slot; a movement is not used twice where another is as good, nor in a
        third slot where there is any other.
        """
        used = Counter(slot.exercise for slot in slots.values())
        found = dict[str, Choice]()
        for name, slot in slots.items():
            found[name] = fill(slot, self.allowed, used)
            used[slot.exercise] -= 1
            used.update(_done(found[name]))
        return found

    def _anything(
        self, slots: Mapping[str, SlotPlan], chosen: Mapping[str, Choice]
    ) -> dict[str, Choice]:
        """Rather than nothing: movements for other muscles, each once. Raises Emptied."""
        found, used = dict(chosen), set[str]()
        for name, choice in chosen.items():
            if slots[name].work.is_test:
                continue
            sides = sides_of(slots[name], self.today.request.weaker)
            rungs = rungs_of(slots[name], self.catalogue.exercises)
            fitting = gentle(slots[name], rungs, self.allowed, sides)
            in_turn = sorted(fitting, key=lambda each: each.late)
            slug = next((each.slug for each in in_turn if each.slug not in used), None)
            found[name] = choice if slug is None else self._something(choice, slug, sides)
            used |= {slug} if slug else set()
        if not used:
            raise Emptied(self.session.slug, self._emptied_by(slots))
        return found

    def _emptied_by(self, slots: Mapping[str, SlotPlan]) -> str:
        """The rule that took out most of what could have been done."""
        every = sorted(self.catalogue.exercises)
        if only_tests(self.session):
            if self.today.red:
                return "test-red"
            every = [slot.exercise for slot in slots.values()]
        return self.allowed.commonest(every, ("left", "right")) or "nothing-fits"

    def _something(self, empty: Choice, slug: str, sides: Sides) -> Choice:
        rule = BY_ID["anything-that-fits"]
        because = next(iter(empty.why.values())).because
        why = Reason(rule.id, rule.why((), self.today.thresholds, why=because))
        ways = dict.fromkeys(sides, why)
        return Choice((slug,), dict.fromkeys(sides, 0), ways, held=empty.held)

    def _slot(self, plan: SlotPlan, choice: Choice, sets: int, used: Used) -> PlannedSlot:
        return PlannedSlot(
            block=self._heading(plan.id),
            plan=plan,
            choice=choice,
            dose=Dose(self._fewer(plan, sets), plan.rest_s),
            works={slug: work_in(plan, slug, self.catalogue) for slug in choice.rungs},
            offer=partial(substitutes, Swap(plan, choice, self.allowed), used),
        )

    def _fewer(self, plan: SlotPlan, sets: int) -> int:
        return max(1, sets - 1) if fewer_sets(self.today) and not plan.work.is_test else sets

    def _heading(self, slot: str) -> str:
        blocks = self.session.blocks
        return next(b.title for b in blocks if any(each.id == slot for each in b.slots))

    def _changes(
        self,
        slots: Mapping[str, SlotPlan],
        sets: Mapping[str, int],
        chosen: Mapping[str, Choice],
        timed: Paced,
    ) -> Iterator[Change]:
        yield from session_changes(self.asked, self.session, self.today)
        yield from time_changes(slots, sets, self.allowed)
        eased = fewer_sets(self.today)
        for name, choice in chosen.items():
            yield from movement_changes(slots[name], choice, self.allowed)
            fewer = self._fewer(slots[name], sets[name])
            if eased and choice.rungs and fewer < sets[name]:
                title = self.catalogue.exercises[choice.rungs[max(choice.at.values())]].name
                yield sets_change(eased, title, name, sets[name], fewer)
        yield from pace_changes(self.today, rests=timed.rests, work=timed.work)
