# SPDX-License-Identifier: Apache-2.0
"""What a person's ledger amounts to: a fold of its lines, pure, with the time as a parameter.

Time is counted in whole grants: lines are walked through in the order of `at`; a grant adds its
days to what is left, a pause stops the clock and a resumption starts it, so that both conserve what
was paid for. Laws (tests/web/membership/test_ledger.py): what is left is never negative; the same
line twice counts once; pausing and resuming move the end by exactly the time between them; in what
order lines became known makes no difference, not even of a revocation before its grant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

LineKind = Literal["grant", "pause", "resume", "cancel", "keep", "revoke"]
State = Literal["none", "active", "paused", "grace", "over"]
"""`none`: never a member; `grace`: the time is over, and everything stays open some days longer."""
GRACE = timedelta(days=7)
"""Everything stays open for so long after the end: a forgotten payment ends no week of training."""
ORDER: tuple[LineKind, ...] = ("grant", "revoke", "pause", "resume", "cancel", "keep")
"""Of lines of the same moment: whoever pauses and resumes at once is not left paused."""


@dataclass(frozen=True)
class Line:
    """One line as the fold needs it."""

    id: UUID
    kind: LineKind
    at: datetime
    days: int | None = None
    """Of a grant; None: for life."""
    of: UUID | None = None
    """Of a revocation: the grant."""


@dataclass(frozen=True)
class Standing:
    """A membership at one moment."""

    state: State
    lifetime: bool = False
    until: datetime | None = None
    """When the time ends or ended; None: never, not yet known (paused), or never a member."""
    left: timedelta = timedelta()
    """What is left of the time; of a life-long membership nothing is counted."""
    paused_at: datetime | None = None
    cancelled: bool = False
    """Nothing is renewed; what is left stays."""

    @property
    def opens(self) -> bool:
        """Whether what is for members is open now."""
        return self.state in {"active", "grace"}


def fold(lines: Iterable[Line], now: datetime) -> Standing:
    """The standing at `now`; lines of later moments do not count yet, and none counts twice."""
    return _book(lines, now).standing(now)


def left_of_grants(lines: Iterable[Line], now: datetime) -> dict[UUID, timedelta | None]:
    """Grant -> what is left of it at `now`, None: for life. What is used up is missing."""
    book = _book(lines, now)
    return {**book.left, **dict.fromkeys(book.for_life)}


def _book(lines: Iterable[Line], now: datetime) -> _Book:
    once = {line.id: line for line in lines if line.at <= now}
    book = _Book()
    for line in sorted(once.values(), key=_place):
        book.pass_to(line.at)
        book.enter(line)
    book.pass_to(now)
    return book


def _place(line: Line) -> tuple[datetime, int, UUID]:
    return line.at, ORDER.index(line.kind), line.id


@dataclass
class _Book:
    """The ledger while it is being walked through."""

    clock: datetime | None = None
    """Up to here time was counted."""
    left: dict[UUID, timedelta] = field(default_factory=dict)
    """What is left of each grant, the one that is used up first in front."""
    for_life: set[UUID] = field(default_factory=set)
    revoked: set[UUID] = field(default_factory=set)
    """Grants taken back; by clocks that differ even before they were given."""
    paused_at: datetime | None = None
    cancelled: bool = False
    ended_at: datetime | None = None
    no_grace: bool = False
    """What was left was taken back."""

    @property
    def total(self) -> timedelta:
        return sum(self.left.values(), timedelta())

    def pass_to(self, at: datetime) -> None:
        """Use up the time from the clock to `at`, unless it stands still."""
        if self.clock and not self.paused_at and not self.for_life:
            if self.left and self.total <= at - self.clock:
                self.ended_at = self.clock + self.total
            self._use(at - self.clock)
        self.clock = at

    def _use(self, spent: timedelta) -> None:
        for grant, left in list(self.left.items()):
            used = min(left, spent)
            spent -= used
            self.left[grant] = left - used
            if not self.left[grant]:
                del self.left[grant]

    def enter(self, line: Line) -> None:
        match line.kind:
            case "grant":
                self._grant(line)
            case "revoke":
                self._revoke(line)
            case "pause" if not self.paused_at and (self.left or self.for_life):
                self.paused_at = line.at
            case "resume":
                self.paused_at = None
            case "cancel":
                self.cancelled = True
            case "keep":
                self.cancelled = False

    def _grant(self, line: Line) -> None:
        if line.id in self.revoked:
            return
        if line.days is None:
            self.for_life.add(line.id)
        else:
            self.left[line.id] = timedelta(days=line.days)
        self.cancelled, self.no_grace, self.ended_at = False, False, None

    def _revoke(self, line: Line) -> None:
        grant = line.of or line.id
        self.revoked.add(grant)
        if grant not in self.left and grant not in self.for_life:
            return
        self.left.pop(grant, None)
        self.for_life.discard(grant)
        if not self.left and not self.for_life:
            self.ended_at, self.no_grace, self.paused_at = line.at, True, None

    def standing(self, now: datetime) -> Standing:
        return Standing(
            state=self._state(now),
            lifetime=bool(self.for_life),
            until=self._until(now),
            left=self.total,
            paused_at=self.paused_at,
            cancelled=self.cancelled,
        )

    def _until(self, now: datetime) -> datetime | None:
        if self.for_life or self.paused_at:
            return None
        return now + self.total if self.left else self.ended_at

    def _state(self, now: datetime) -> State:
        if self.paused_at:
            return "paused"
        if self.left or self.for_life:
            return "active"
        if self.ended_at is None:
            return "none"
        return "grace" if now < self.ended_at + GRACE and not self.no_grace else "over"
