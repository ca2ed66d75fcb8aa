# SPDX-License-Identifier: Apache-2.0
"""Where a side of a slot would start if every rung were allowed: the rules that move a slot.

They step from the rung that the session has, or from where the log leads. Calmer knees never aim
lower.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hipfirst.packs.documents import SlotPlan
from hipfirst.packs.strain import EXTENSORS, BoutSide
from hipfirst.packs.vocabulary import LEVELS
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.progression import log_of, moved
from hipfirst.planning.rules import BY_ID, STEPS, Rule
from hipfirst.planning.today import BOTH, Knees, Place, Today
from hipfirst.planning.words import Sentence

STRONG = LEVELS.index("strong")


@dataclass(frozen=True)
class Aim:
    """Where a side would start if every rung were allowed, and by which rule."""

    rung: int
    base: int
    """The rung that the rules stepped from."""
    rule: Rule | None = None
    knees: Knees = ()
    because: Sentence | None = None
    """Why, where the rule does not say it by itself."""
    held: bool = False
    """A rule says that nothing gets harder."""
    most: int = 0
    """The highest rung that may be offered."""
    more: Mapping[int, int] = field(default_factory=dict)
    """Rung -> gains of repetitions or seconds at it."""


class _Fired(NamedTuple):
    """A rule that counts here, with its knees and the highest rung it allows."""

    rule: Rule
    knees: Knees
    by: int
    cap: int | None


def aim(today: Today, catalogue: Catalogue, slot: SlotPlan, place: Place, side: BoutSide) -> Aim:
    """The rung that `side` would start at, from the rules that move a slot."""
    place = _placed(today, catalogue, slot, place, side)
    fired = _fired(today, place)
    held = _held(today, place)
    keep = _keep(fired, place) if held else len(place.rungs)
    rung = _stepped(fired, place)
    base = place.base
    if place.log:
        rung = min(rung, place.log.most, keep)
        # What was done last, where it is from there that the session starts lower.
        base = place.log.last if rung < place.log.last < base else base
    rule, knees = _named(fired, base, rung)
    because = None
    if place.log and rule is None and (rung != place.start or rung < base):
        led = rung == base
        name, because = moved(place.log, place.start) if led else ("progress-on", None)
        rule = BY_ID[name]
    most = _most(fired, place, keep, held=held)
    more = {} if held else _more(fired, place)
    return Aim(rung, base, rule, knees, because, held, most, more)


def holds(today: Today, catalogue: Catalogue, slug: str, side: BoutSide) -> bool:
    """Whether a rule lets nothing get harder for a knee that works or carries in `slug`."""
    knees, loaded = (find(catalogue, slug, side) for find in (_knees, loading))
    return _held(today, Place((slug,), 0, knees, loaded))


def _placed(
    today: Today, catalogue: Catalogue, slot: SlotPlan, place: Place, side: BoutSide
) -> Place:
    """The place with its knees and its log. Flare Day is as it is written for everybody."""
    works, loaded = (find(catalogue, slot.exercise, side) for find in (_knees, loading))
    strong = frozenset(slug for slug in place.rungs if catalogue.level(slug) == STRONG)
    done = _done(today, slot.id, side)
    place = Place(place.rungs, place.start, works, loaded, strong, done=done)
    return place if today.flare_day else replace(place, log=log_of(today, place, side, slot.id))


def _done(today: Today, slot: str, side: BoutSide) -> bool:
    """Whether the slot was done to its end on that side when the session was played last."""
    did = today.request.last.did if today.request.last else frozenset()
    return bool(did & {(slot, side), (slot, "both")})


def _fired(today: Today, place: Place) -> list[_Fired]:
    found = list[_Fired]()
    for rule in STEPS:
        if today.flare_day and not rule.on_flare_day:
            continue
        knees = rule.step(today, place) if rule.step else None
        led = rule.first_time and place.log is not None
        if knees is None or (led and rule.cap is None):
            continue
        cap = rule.cap(today, place) if rule.cap else None
        found.append(_Fired(rule, knees, 0 if led else rule.by, cap))
    return found


def _stepped(fired: Iterable[_Fired], place: Place) -> int:
    """The rung after all steps: at most one up, and of what was told only the longest one down."""
    fired = tuple(fired)
    still = any((f.by == 0 and f.cap is None) or f.rule.checked_in for f in fired)
    up = 0 if still else min(1, sum(f.by for f in fired if f.by > 0))
    down = sum(f.by for f in fired if f.by < 0 and not f.rule.checked_in)
    down += min((f.by for f in fired if f.rule.checked_in), default=0)
    caps = (f.cap for f in fired if f.cap is not None)
    rung = min(place.base + up + down, len(place.rungs) - 1, *caps)
    return max(0, min(rung, _below_last(fired, place)))


def _below_last(fired: Iterable[_Fired], place: Place) -> int:
    """The highest rung where what was told or a break asks for less: less than what was done last,
    and not only than what the log leads to.
    """
    lower = [f for f in fired if f.by < 0 and (f.rule.checked_in or f.rule.id == "after-break")]
    if place.log is None or not lower:
        return len(place.rungs)
    return min(place.log.reached, place.log.last) + min(f.by for f in lower)


def _more(fired: Iterable[_Fired], place: Place) -> Mapping[int, int]:
    """What the log earned at its rungs; nothing where any rule asks for less."""
    if place.log is None or any(f.by < 0 or f.cap is not None for f in fired):
        return {}
    return place.log.more


def _keep(fired: Iterable[_Fired], place: Place) -> int:
    """The highest rung where nothing gets harder: as written, or what was done lately."""
    if place.log is None:
        return place.start
    held = [f for f in fired if f.rule.holds]
    written = place.start if any(f.rule.as_written for f in held) else len(place.rungs)
    done = place.log.lately if any(not f.rule.as_written for f in held) else len(place.rungs)
    return min(written, done)


def _most(fired: Iterable[_Fired], place: Place, keep: int, *, held: bool) -> int:
    """The highest rung that may be offered."""
    if not held:
        return len(place.rungs)
    return min(
        [keep, *(f.cap for f in fired if f.rule.id == "under-16-rung" and f.cap is not None)]
    )


def _named(fired: Iterable[_Fired], base: int, rung: int) -> tuple[Rule | None, Knees]:
    """The rule that stands for the way from `base` to `rung`, the first that fits."""
    for rule, knees, by, cap in fired:
        lowers = by < 0 or (cap is not None and cap <= rung)
        if (rung < base and lowers) or (rung > base and by > 0):
            return rule, knees
    if rung < base:
        return next(((f.rule, f.knees) for f in fired if f.rule.holds), (None, ()))
    return None, ()


def _held(today: Today, place: Place) -> bool:
    return any(r.holds and r.step and r.step(today, place) is not None for r in STEPS)


def _knees(catalogue: Catalogue, slug: str, side: BoutSide) -> Knees:
    """The knees that matter while `side` works: its own, and the other where it carries."""
    strain = catalogue.strains[slug]
    if side == "both" or strain.side == "both":
        return BOTH
    return tuple(knee for knee in BOTH if knee == side or strain.knee(knee, side).carries)


def loading(catalogue: Catalogue, slug: str, side: BoutSide) -> Knees:
    """The knees that bear weight while `side` works, or that it straightens against it."""
    strain = catalogue.strains[slug]
    straightens = any(
        use.role == "main" and use.muscle in EXTENSORS for use in catalogue.exercises[slug].muscles
    )
    works = _knees(catalogue, slug, side) if strain.side == "both" else (side,)
    return tuple(
        knee for knee in BOTH if strain.knee(knee, side).carries or (straightens and knee in works)
    )
