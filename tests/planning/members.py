# SPDX-License-Identifier: Apache-2.0
"""Members of a program, made up at random: what they feel, say, do and leave out in eight weeks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from hipfirst.packs.documents import Session
from hipfirst.packs.slots import rungs_of
from hipfirst.packs.vocabulary import KIT
from hipfirst.planning.catalogue import FLARE_DAY
from hipfirst.planning.plan import Emptied, Plan, plan
from hipfirst.planning.program import Away, Course, Schedule, Step, Trained, schedule
from hipfirst.planning.request import (
    ACTIVITIES,
    After,
    Felt,
    Knee,
    LastTime,
    Request,
    Worked,
    Worst,
)
from hipfirst.planning.thresholds import Thresholds
from planning.requests import CATALOGUE, PACK

START = date(2026, 3, 2)
DAYS = 56
DAY = timedelta(days=1)
BUILD = PACK.programs["build"]
WEEKS = tuple(week.sessions for week in BUILD.weeks)
LIMITS = Thresholds()
SIDES = ("left", "right")


@dataclass
class Told:
    """One session around which something was told, by day."""

    day: int
    session: str
    before: dict[str, int]
    during: dict[str, int]
    hour: dict[str, int | None]
    morning: dict[str, int | None]
    effort: int = 5


@dataclass
class Member:
    """Somebody with two knees of their own."""

    dice: random.Random
    base: dict[str, float] = field(default_factory=dict)
    trend: dict[str, float] = field(default_factory=dict)
    adherence: float = 1.0
    lies: float = 0.0
    """How often 0 is said, whatever it is [0 to 1]."""
    request: Request = field(default_factory=Request)
    weekdays: frozenset[int] = frozenset({0, 2, 4})
    away: tuple[Away, ...] = ()
    trained: list[Trained] = field(default_factory=list)
    worked: list[tuple[int, Worked]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    felt: list[tuple[int, Felt]] = field(default_factory=list)
    flare_until: int = -1
    closed: set[str] = field(default_factory=set)
    """Sessions of which nothing could be done."""
    seen: Counter[str] = field(default_factory=Counter)

    def course(self) -> Course:
        trained = tuple(self.trained)
        return Course(WEEKS, START, self.weekdays, trained, self.away, frozenset(self.closed))

    def schedule(self, day: int) -> Schedule:
        return schedule(self.course(), START + day * DAY)

    def pain(self, knee: str, day: int) -> int:
        """What it really is on that day."""
        if day <= self.flare_until:
            return self.dice.randint(6, 9)
        felt = self.base[knee] + self.trend[knee] * day / 7 + self.dice.gauss(0, 1)
        return max(0, min(10, round(felt)))

    def says(self, pain: int) -> int:
        return 0 if self.dice.random() < self.lies else pain

    def asks(self, session: str, day: int, now: dict[str, int]) -> Request:
        """What is known of this person today. How a session felt at its end is told of the one it
        was, and counts for the next one, whichever that is.
        """
        last = next((told for told in reversed(self.told) if told.session == session), None)
        return self.request.model_copy(
            update={
                **{s: Knee(now=self.says(now[s]), week=self._worst(s, day) or 0) for s in SIDES},
                "felt": tuple(
                    each.model_copy(update={"days_ago": day - on}) for on, each in self.felt
                ),
                "last": last
                and LastTime(
                    pain_left=last.during["left"],
                    pain_right=last.during["right"],
                    effort=last.effort,
                    days_ago=day - last.day,
                ),
                "followed": True,
                "worked": tuple(
                    each.model_copy(update={"days_ago": day - on}) for on, each in self.worked
                ),
                "after": tuple(self._after(day)),
                "weeks": tuple(self._weeks(day)),
                "away_days": self.schedule(day).away_days,
            }
        )

    def _after(self, day: int) -> Iterator[After]:
        for each in reversed(self.told):
            for side in SIDES:
                yield After(
                    knee=side,
                    days_ago=day - each.day,
                    # Told on the day itself, and no answer to the session before.
                    before=each.before[side],
                    arrived=each.before[side],
                    during=each.during[side],
                    hour=each.hour[side],
                    morning=each.morning[side] if day > each.day else None,
                )

    def _worst(self, side: str, day: int) -> int | None:
        found = [t.during[side] for t in self.told if 0 < day - t.day <= 7]
        return max(found, default=None)

    def _weeks(self, day: int) -> Iterator[Worst]:
        for weeks_ago in range(4):
            for side in SIDES:
                worst = self._worst(side, day - 7 * weeks_ago)
                if worst is not None:
                    yield Worst(knee=side, pain=worst, weeks_ago=weeks_ago)

    def plans(self, step: Step, day: int) -> Plan | None:
        """The session today; None: nothing that may be done is left."""
        now = {side: self.pain(side, day) for side in SIDES}
        request = self.asks(step.session, day, now)
        self._tell(step.session, day, now)
        try:
            made = plan(PACK.sessions[step.session], CATALOGUE, request, LIMITS)
        except Emptied:
            self.seen["emptied"] += 1
            return None
        self.told[-1].session = made.session.slug
        return made

    def rests(self, day: int) -> None:
        """Nothing could be done: the knees are told of all the same, and the day is Flare Day."""
        self.trained.append(Trained(FLARE_DAY, START + day * DAY, flare=True))

    def plays(self, made: Plan, day: int) -> None:
        """The session as it went."""
        flare = made.session.slug == FLARE_DAY
        self.trained.append(Trained(made.session.slug, START + day * DAY, flare=flare))
        if flare:
            self.seen["flare days"] += 1
            return
        for slot in made.slots:
            for side in slot.choice.at:
                self._works(slot.plan.id, slot.choice.doing(side), side, day)

    def plays_unplanned(self, session: Session, day: int) -> None:
        """The same without a plan, as it is written: for logs of many members."""
        self._tell(session.slug, day, {side: self.pain(side, day) for side in SIDES})
        self.trained.append(Trained(session.slug, START + day * DAY))
        for block in session.blocks:
            for slot in block.slots:
                rung = self.dice.choice(rungs_of(slot, CATALOGUE.exercises))
                for side in ("both",) if slot.sides == "both" else SIDES:
                    self._works(slot.id, rung, side, day)

    def _works(self, slot: str, slug: str, side: str, day: int) -> None:
        both = CATALOGUE.strains[slug].side == "both"
        sore = max(self.told[-1].during[knee] for knee in SIDES if side in {"both", knee})
        went = self.dice.choices(("easy", "well", "short", "too-hard"), (2, 12, 2, 1))[0]
        # Who says 0 all day may still say that it hurts while it does.
        slips = self.lies and self.dice.random() < 0.05
        if slips or (sore >= LIMITS.amber and self.dice.random() < 0.1):
            went = "hurt"
            for knee in SIDES if side == "both" else (side,):
                pain = 6 if slips else self.told[-1].during[knee]
                felt = Felt(exercise=slug, knee=knee, pain=pain, days_ago=0)
                self.felt.append((day, felt))
        side = "both" if both else side
        self.worked.append(
            (day, Worked(exercise=slug, side=side, went=went, days_ago=0, slot=slot))
        )

    def _tell(self, session: str, day: int, now: dict[str, int]) -> None:
        def later(side: str) -> int | None:
            return None if self.dice.random() < 0.3 else self.says(self.pain(side, day))

        self.told.append(
            Told(
                day,
                session,
                {side: self.says(now[side]) for side in SIDES},
                {side: self.says(min(10, now[side] + self.dice.randint(0, 1))) for side in SIDES},
                {side: later(side) for side in SIDES},
                {side: later(side) for side in SIDES},
                self.dice.randint(1, 9),
            )
        )


def member(number: int) -> Member:
    """The member of that number: always the same."""
    dice = random.Random(number)
    kit = None if dice.random() < 0.7 else frozenset(dice.sample(sorted(KIT), 4)) | {"mat"}
    first = dice.randint(5, 45)
    away = Away(START + first * DAY, START + (first + dice.choice((3, 9, 15, 24))) * DAY)
    return Member(
        dice,
        base={side: dice.choice((0, 0, 1, 2, 3, 4, 6)) for side in SIDES},
        trend={side: dice.choice((-0.5, -0.2, 0, 0, 0.5)) for side in SIDES},
        adherence=dice.choice((1, 0.9, 0.7, 0.5, 0.2)),
        lies=dice.choices((0.0, 0.5, 1.0), (80, 10, 10))[0],
        request=Request(
            kit=kit,
            experience=dice.choice(("new", "some", "years")),
            age_band="teen" if dice.random() < 0.05 else "adult",
            hurts=frozenset(a for a in ACTIVITIES if dice.random() < 0.1),
            avoid=frozenset({"kneeling"}) if dice.random() < 0.1 else frozenset(),
            weaker=dice.choice((None, "left", "right")),
        ),
        weekdays=dice.choice((frozenset({0, 2, 4}), frozenset({1, 3}), frozenset(range(7)))),
        away=(away,) if dice.random() < 0.5 else (),
    )
