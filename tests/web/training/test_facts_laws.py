# SPDX-License-Identifier: Apache-2.0
"""Laws of the facts, for any history of checks, check-ins and sessions: without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from hipfirst.outcomes.went import Felt, Outcome, Went
from hipfirst.planning.checkins import calm, hour, morning, mornings
from hipfirst.planning.request import Request
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.today import BOTH, Knees, Place, Today
from hipfirst.web.training.facts import Facts, asked_with
from hipfirst.web.training.models import CheckIn, KneeCheck, Rhythm, Run

FIRST = datetime(2026, 3, 2, 7, tzinfo=UTC)
LIMITS = Thresholds()
PAIN = st.sampled_from([0, 1, 4, 5])
KINDS = [*["session", "morning"] * 4, "check", "check", "hour", "preview", "left"]
STATES = {
    "session": (Run.Status.FINISHED, False),
    "preview": (Run.Status.FINISHED, True),
    "left": (Run.Status.RUNNING, False),
}


@dataclass(frozen=True)
class Step:
    """Something that somebody does, some hours after what was before."""

    kind: str
    hours: int
    left: int
    right: int
    rated: bool = False


@dataclass
class Life:
    """What came of the steps, oldest first."""

    at: datetime = FIRST
    checks: list[KneeCheck] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    tellings: list[tuple[datetime, int]] = field(default_factory=list)
    """Of the left knee: when, and how much."""

    def take(self, step: Step) -> None:
        self.at += timedelta(hours=step.hours)
        if step.kind in STATES:
            self._train(step)
        elif step.kind == "check":
            told = {"left_now": step.left, "right_now": step.right, "left_week": 0, "right_week": 0}
            self.checks.append(KneeCheck(created=self.at, consent=2, **told))
            self.tellings.append((self.at, step.left))
        elif run := self.followed():
            told = {"left": step.left, "right": step.right, "run_id": run.pk}
            day = self.at.date()
            self.check_ins.append(CheckIn(kind=step.kind, at=self.at, day=day, consent=2, **told))
            self.tellings.append((self.at, step.left))

    def followed(self) -> Run | None:
        """The session that a check-in is asked of."""
        whole = (run for run in reversed(self.runs) if run.finished_at and not run.preview)
        return next(whole, None)

    def _train(self, step: Step) -> None:
        status, preview = STATES[step.kind]
        ended = self.at if status == Run.Status.FINISHED else None
        run = Run(
            id=UUID(int=len(self.runs) + 1),
            session="build",
            preview=preview,
            created=self.at,
            planned=self.at,
            status=status,
            finished_at=ended,
        )
        run.heard_at = self.at
        self.runs.append(run)
        felt = Felt(step.left, step.right) if step.rated else Felt()
        done = (Went("mid", "left", "clam", "well"),)
        self.outcomes[run.pk.hex] = Outcome(done, felt)

    def facts(self, *, only_whole: bool = False) -> Facts:
        runs = [run for run in self.runs if not only_whole or (run.finished_at and not run.preview)]
        return Facts(
            now=self.at + timedelta(hours=13),
            limits=LIMITS,
            rhythm=Rhythm(time_zone="UTC"),
            checks=self.checks[::-1],
            check_ins=self.check_ins[::-1],
            runs=runs[::-1],
            outcomes=self.outcomes,
            sessions=frozenset({"build"}),
        )

    def arrived(self, run: Run) -> int | None:
        """How the left knee came to a run: as it was told last, by whatever page."""
        told = [
            pain
            for at, pain in self.tellings
            if run.created - timedelta(days=LIMITS.check_days) <= at <= run.created
        ]
        return told[-1] if told else None


def lived(steps: Sequence[Step]) -> Life:
    life = Life()
    for step in steps:
        life.take(step)
    return life


LIVES = st.lists(
    st.builds(
        Step,
        kind=st.sampled_from(KINDS),
        hours=st.sampled_from([1, 14, 24, 24, 200]),
        left=PAIN,
        right=PAIN,
        rated=st.booleans(),
    ),
    min_size=5,
    max_size=12,
).map(lived)


def rules_of(facts: Facts) -> list[Knees | None]:
    """The knees of which each rule of an hour and of mornings holds."""
    today = Today(asked_with(Request(), facts), LIMITS)
    return [rule(today, Place((), 0, BOTH)) for rule in (hour, morning, mornings)]


def told_around(life: Life, run: Run) -> tuple[int | None, ...]:
    """Of the left knee: as it came, during the run, and what was told last after it."""
    after = {c.kind: c.left for c in life.check_ins if c.run_id == run.pk}
    felt = life.outcomes[run.pk.hex].felt.left
    return life.arrived(run), felt, after.get("hour"), after.get("morning")


@given(life=LIVES)
def test_how_a_knee_came_to_a_session_is_what_was_told_last(life: Life) -> None:
    asked = asked_with(Request(), life.facts())
    found = [each.arrived for each in asked.after if each.knee == "left"]
    expected = [life.arrived(run) for run in reversed(life.runs)]
    assert [pain for pain in found if pain is not None] == [p for p in expected if p is not None]


@given(life=LIVES)
def test_what_the_time_after_is_compared_with_is_never_above_how_the_knee_came(life: Life) -> None:
    for each in asked_with(Request(), life.facts()).after:
        assert (each.before is None) == (each.arrived is None)
        assert each.before is None or each.before <= each.arrived


@settings(max_examples=300)
@given(life=LIVES)
def test_a_session_around_which_a_knee_was_amber_gains_nothing(life: Life) -> None:
    after = [each for each in asked_with(Request(), life.facts()).after if each.knee == "left"]
    told = [each for run in reversed(life.runs) if set(each := told_around(life, run)) != {None}]
    for each, pains in zip(after, told, strict=True):
        # Where nothing was told before, a morning has nothing to be compared with.
        known = pains if pains[0] is not None else pains[:3]
        assert calm(each, LIMITS) <= all(p is None or p < LIMITS.amber for p in known)


@settings(max_examples=300)
@given(life=LIVES)
def test_what_was_tried_or_left_changes_no_rule_of_an_hour_or_a_morning(life: Life) -> None:
    assert rules_of(life.facts()) == rules_of(life.facts(only_whole=True))
