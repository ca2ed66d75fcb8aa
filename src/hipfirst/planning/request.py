# SPDX-License-Identifier: Apache-2.0
"""What a person asks of a session today: knees, positions, kit, time, and what was felt lately."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from hipfirst.packs.strain import BoutSide
from hipfirst.packs.vocabulary import Kit, Side

Pain = Annotated[int, Field(ge=0, le=10)]
"""0 no pain, 10 the worst imaginable."""
Activity = Literal["stairs", "squatting", "kneeling", "sitting", "running", "jumping"]
"""What hurts a knee; `sitting` is sitting for long with bent knees."""
Avoid = Literal["kneeling", "floor", "supine", "side-lying", "prone", "standing"]
"""Positions to leave out. `kneeling` is every position with weight on a knee, `floor` every one
that needs getting down.
"""
Experience = Literal["new", "some", "years"]
AgeBand = Literal["teen", "adult"]
"""`teen`: under 16."""
Went = Literal["easy", "well", "short", "too-hard", "hurt"]
"""`easy`: all of it, and the session cost little effort; `well`: all of it; `short`: less than
asked for; `too-hard`: skipped, swapped or stepped down for that reason; `hurt`: it hurt that knee,
or the other one, which carried it.
"""
Slug = Annotated[str, Field(max_length=80)]

ACTIVITIES: tuple[Activity, ...] = get_args(Activity)
AVOIDS: tuple[Avoid, ...] = get_args(Avoid)
EXPERIENCES: tuple[Experience, ...] = get_args(Experience)
AGE_BANDS: tuple[AgeBand, ...] = get_args(AgeBand)
SHORTEST_MINUTES = 5
LONGEST_MINUTES = 180


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Knee(Asked):
    """One knee: pain now, and the worst of the last week."""

    now: Pain = 0
    week: Pain = 0


class Felt(Asked):
    """One report of a movement that hurt a knee."""

    exercise: Slug
    knee: Side
    pain: Pain
    days_ago: Annotated[int, Field(ge=0)]
    """Whole days between that day and today: 0 is today, 1 yesterday."""


class LastTime(Asked):
    """How the newest run of this session felt; None: not told. How any other one felt is `After`.

    Pain of each knee: the worst that was told of it, on the way or at the end.
    """

    pain_left: Pain | None = None
    pain_right: Pain | None = None
    effort: Annotated[int, Field(ge=0, le=10)] | None = None
    days_ago: Annotated[int, Field(ge=0)] = 0
    did: frozenset[tuple[Slug, BoutSide]] = frozenset()
    """Slots, and sides of them, whose work was done to its end: nothing else was easy."""


class Worked(Asked):
    """How one movement went on one side in one session, as its log has it."""

    exercise: Slug
    side: BoutSide
    went: Went
    days_ago: Annotated[int, Field(ge=0)]
    slot: Slug = ""
    """Id of the slot it was done in: slots of the same id share a log. Empty: not known, so that
    it counts for every slot that has the movement.
    """


class After(Asked):
    """What one knee said around one session; None: not told."""

    knee: Side
    days_ago: Annotated[int, Field(ge=0)]
    """Of the session."""
    before: Pain | None = None
    """What its hour and its morning are compared with: the newest telling of pain now before it,
    or, where that only told what an earlier session did, the calmer one before that session.
    """
    arrived: Pain | None = None
    """The same newest telling, as it was told: how the knee came to the session."""
    during: Pain | None = None
    hour: Pain | None = None
    """60 minutes later."""
    morning: Pain | None = None
    """The next morning."""
    aside: bool = False
    """It was only tried, or begun and left, so that nothing is asked after it: what was told after
    the session before it is the newest answer.
    """


class Worst(Asked):
    """The worst pain of one knee in one week."""

    knee: Side
    pain: Pain
    weeks_ago: Annotated[int, Field(ge=0)]
    """0: told in the last seven days; 1: in the seven before; and so on."""


class Request(Asked):
    """Everything the knee rules look at. Without any of it a session is played as written."""

    left: Knee = Knee()
    right: Knee = Knee()
    hurts: frozenset[Activity] = frozenset()
    avoid: frozenset[Avoid] = frozenset()
    kit: frozenset[Kit] | None = None
    """What is at hand beside floor and wall; None: whatever the session uses."""
    minutes: Annotated[int, Field(ge=SHORTEST_MINUTES, le=LONGEST_MINUTES)] | None = None
    """Time there is; None: as long as the session takes."""
    experience: Experience = "some"
    age_band: AgeBand = "adult"
    weaker: Side | None = None
    """The side that does the extra work of slots for the weaker side; None: both alike."""
    felt: tuple[Felt, ...] = ()
    last: LastTime | None = None
    followed: bool = False
    """The session is one of a program that is followed, so the logs of its movements lead."""
    worked: tuple[Worked, ...] = ()
    """Of the sessions of the program that is followed, oldest first; none: no program leads."""
    after: tuple[After, ...] = ()
    """Around the last sessions, newest first."""
    weeks: tuple[Worst, ...] = ()
    """Newest first; a week of which nothing was told has none."""
    away_days: Annotated[int, Field(ge=0)] | None = None
    """Whole days since the last session of any kind since a program began; None: no program, or no
    session yet.
    """

    def knee(self, side: Side) -> Knee:
        return self.left if side == "left" else self.right
