# SPDX-License-Identifier: Apache-2.0
"""What a movement asks of each knee, read from its motion document: poses, phases and contacts.

Nothing is solved, so planning may look at every movement of a catalogue. A bend is what the poses
say, in degrees; between two poses a knee is nowhere bent further than in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from hipfirst.body.facts import FOOT_MARKS, KNEE_MARKS
from hipfirst.body.motion import GROUND
from hipfirst.packs.documents import Exercise
from hipfirst.packs.motion_document import MotionDocument
from hipfirst.packs.vocabulary import COMFORT, KNEELING, OFF_THE_FLOOR, Side

BoutSide = Literal["left", "right", "both"]

ALWAYS_THERE: frozenset[str] = COMFORT | {"wall"}
"""Kit that nobody has to bring: comfort, and the room itself."""
UPRIGHT: frozenset[str] = frozenset({"standing", "seated", "half-kneeling", "kneeling"})
"""Positions in which a foot that pushes carries the body from above."""
LYING: frozenset[str] = frozenset({"supine", "side-lying", "prone"})
EXTENSORS: frozenset[str] = frozenset({"vasti", "rectus-femoris"})
"""Muscles that straighten the knee, and press the kneecap while they do."""
_FEET = (*FOOT_MARKS, "foot")
_FLAT = ("foot", "heel")
"""Marks of a foot that stands; without them its toes only touch."""
_BASE = frozenset({"buttock", "sit-bone", "sacrum", "pubis", "hip-bone", "trochanter"})
_SEATS = _BASE | {"thigh-back", "thigh-outer", "thigh-front"}
"""Where the weight of the pelvis goes when it rests."""


@dataclass(frozen=True)
class KneeStrain:
    """What one knee has to bear during one repetition. Bends in degrees; 0: it pushes nothing."""

    kneels: bool = False
    """Weight on its kneecap or shin."""
    push_bend_deg: float = 0.0
    """Deepest bend while its foot pushes and the pelvis rests on nothing."""
    stance_bend_deg: float = 0.0
    """The same, upright only: standing, in a lunge, rising from a chair."""
    single_leg: bool = False
    """Its foot alone carries the body for a while, upright."""
    lies_on: bool = False
    """Lying, its kneecap is on the ground: little weight, and yet pressure where it may be sore."""
    straightens: bool = False
    """Its extensors do the main work while its foot pushes or hangs free; in a squeeze it lies."""

    @property
    def carries(self) -> bool:
        return self.kneels or self.single_leg or self.push_bend_deg > 0


@dataclass(frozen=True)
class Strain:
    """Both knees as the document is written, and what the movement needs around it."""

    side: BoutSide
    """The side it is written for."""
    left: KneeStrain
    right: KneeStrain
    on_floor: bool
    """One has to get down."""
    planted: bool
    """Done in one place: seated or lying, or a foot stays where it is."""
    needs: frozenset[str]
    """Kit without which it cannot be done."""

    @property
    def kneels(self) -> bool:
        return self.left.kneels or self.right.kneels

    @property
    def single_leg(self) -> bool:
        return self.left.single_leg or self.right.single_leg

    @property
    def working(self) -> KneeStrain:
        """The knee of the side that works; of a movement for both sides, the left one."""
        return self.right if self.side == "right" else self.left

    @property
    def other(self) -> KneeStrain:
        return self.left if self.side == "right" else self.right

    def knee(self, knee: Side, bout: BoutSide) -> KneeStrain:
        """What `knee` bears while `bout` works: for one side, the mirror is already in it."""
        if self.side == "both" or bout == "both":
            return self.left if knee == "left" else self.right
        return self.working if knee == bout else self.other


def strain(exercise: Exercise) -> Strain:
    """The strain of `exercise`. Without a motion its position says whether it kneels or lies."""
    motion = exercise.motion
    needs = frozenset(exercise.kit) - ALWAYS_THERE
    if motion is None:
        knee = KneeStrain(kneels=exercise.position in KNEELING)
        down = exercise.position not in OFF_THE_FLOOR
        return Strain("both", knee, knee, on_floor=down, planted=True, needs=needs)
    steps = tuple(_steps(motion))
    return Strain(
        side=motion.side,
        left=_knee(exercise, steps, "left"),
        right=_knee(exercise, steps, "right"),
        on_floor=_on_floor(motion),
        planted=_planted(exercise.position, steps),
        needs=needs,
    )


@dataclass(frozen=True)
class _Step:
    """One phase: the poses it leads from and to, and the contacts that hold meanwhile."""

    bends: tuple[Mapping[Side, float], Mapping[Side, float]]
    """Knee flexion at its two ends [deg]."""
    settles: tuple[bool, bool]
    """At each end: the pelvis rests in another phase that begins or ends in the same pose."""
    marks: frozenset[str]
    """Landmarks that touch the ground or kit to stand or lie on."""
    rests: bool
    """The pelvis rests on something."""
    slides: frozenset[str]
    """Those of the marks that may slide: toes of which a foot only keeps touch."""

    def foot(self, side: Side) -> bool:
        return any(f"{mark}-{side}" in self.marks for mark in _FEET)

    def knee(self, side: Side) -> bool:
        return any(f"{mark}-{side}" in self.marks for mark in KNEE_MARKS)

    def flat(self, side: Side) -> bool:
        return any(f"{mark}-{side}" in self.marks for mark in _FLAT)


def _steps(motion: MotionDocument) -> Iterator[_Step]:
    pose, spans = motion.start, list[tuple[str, str, frozenset[str]]]()
    for phase in motion.phases:
        after = phase.to or pose
        spans.append((pose, after, _marks(motion, phase.name)))
        pose = after
    resting = {p for a, b, marks in spans if _stems(marks) & _SEATS for p in (a, b)}
    bends = {name: _bend(motion, name) for name in {p for a, b, _ in spans for p in (a, b)}}
    for (a, b, marks), phase in zip(spans, motion.phases, strict=True):
        slides = _marks(motion, phase.name) - _marks(motion, phase.name, locked=True)
        rests = bool(_stems(marks) & _SEATS)
        yield _Step((bends[a], bends[b]), (a in resting, b in resting), marks, rests, slides)


def _marks(motion: MotionDocument, phase: str, *, locked: bool = False) -> frozenset[str]:
    """What carries during `phase`. A wall steadies and carries nothing, unless feet push on it."""
    return frozenset(
        point
        for contact in motion.contacts
        if (not contact.phases or phase in contact.phases) and (contact.locked or not locked)
        for point in contact.points
        if contact.surface != "wall" or _stem(point) in _FEET
    )


def _bend(motion: MotionDocument, name: str) -> Mapping[Side, float]:
    """Knee flexion of a pose [deg], looked up through the poses it extends."""
    found: dict[Side, float] = {}
    seen: set[str] = set()
    pose = motion.poses.get(name)
    while pose is not None:
        for side, own in (("left", pose.left), ("right", pose.right)):
            given = own.get("knee_flexion", pose.both.get("knee_flexion"))
            if given is not None:
                found.setdefault("left" if side == "left" else "right", given)
        seen.add(name)
        name = pose.extends or ""
        pose = None if name in seen else motion.poses.get(name)
    return {"left": found.get("left", 0.0), "right": found.get("right", 0.0)}


def _knee(exercise: Exercise, steps: tuple[_Step, ...], side: Side) -> KneeStrain:
    position = exercise.position
    upright = position in UPRIGHT
    push = max(_pushes(steps, side, upright=upright), default=0.0)
    other: Side = "left" if side == "right" else "right"
    return KneeStrain(
        kneels=position not in LYING and any(step.knee(side) for step in steps),
        lies_on=position in LYING and any(f"kneecap-{side}" in step.marks for step in steps),
        push_bend_deg=push,
        stance_bend_deg=push if upright else 0.0,
        single_leg=upright
        and any(
            step.foot(side) and not (step.rests or step.foot(other) or step.knee(other))
            for step in steps
        ),
        straightens=_extends(exercise, side)
        and (push > 0 or not all(step.foot(side) for step in steps)),
    )


def _extends(exercise: Exercise, side: Side) -> bool:
    """Whether a main muscle straightens this knee."""
    motion = exercise.motion
    both = motion is None or motion.side == "both"
    where = {"both", "working" if motion and motion.side == side else "other"}
    return any(
        use.role == "main" and use.muscle in EXTENSORS and (both or use.side in where)
        for use in exercise.muscles
    )


def _pushes(steps: tuple[_Step, ...], side: Side, *, upright: bool) -> Iterator[float]:
    """Bends at which the foot pushes. Rising from a seat begins with the whole weight on the feet;
    lying, the pelvis hands its weight over little by little, so where it comes down counts not.
    Nor does a foot that only touches with its toes on its way off the ground or back.
    """
    for n, step in enumerate(steps):
        if step.foot(side) and not (step.rests or step.knee(side) or _leaves(steps, n, side)):
            for bend, settles in zip(step.bends, step.settles, strict=True):
                if upright or not settles:
                    yield bend[side]


def _leaves(steps: tuple[_Step, ...], n: int, side: Side) -> bool:
    """The toes of `side` touch while the other foot stands, and slide, or are off the ground just
    before or after.
    """
    other: Side = "left" if side == "right" else "right"
    around = (steps[n - 1], steps[(n + 1) % len(steps)])
    stands = steps[n].flat(other) and not steps[n].flat(side)
    slide = steps[n].slides & {f"{mark}-{side}" for mark in _FEET}
    return stands and (bool(slide) or any(not step.foot(side) for step in around))


def _on_floor(motion: MotionDocument) -> bool:
    grounded = {_stem(p) for c in motion.contacts if c.surface in GROUND for p in c.points}
    return not grounded <= set(_FEET)


def _planted(position: str, steps: tuple[_Step, ...]) -> bool:
    if position != "standing":
        return True
    sides: tuple[Side, Side] = ("left", "right")
    return any(all(step.foot(side) for step in steps) for side in sides)


def _stem(mark: str) -> str:
    return mark.removesuffix("-left").removesuffix("-right")


def _stems(marks: frozenset[str]) -> set[str]:
    return {_stem(mark) for mark in marks}
