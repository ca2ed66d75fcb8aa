# SPDX-License-Identifier: Apache-2.0
"""When each knee rule holds: one small question each, asked by `rules` and by nobody else.

An answer is the knees because of which it holds, () when it is not about a knee, or None: it does
not hold.
"""

from __future__ import annotations

from hipfirst.packs.vocabulary import KNEELING, OFF_THE_FLOOR, Side
from hipfirst.planning.today import BOTH, Knees, Place, Seen, Today

SOFT_DEG = 15.0
"""Up to here a knee that carries is no more than soft."""


def _any_knee(knees: Knees) -> Knees | None:
    """Knees as an answer: none is no reason."""
    return knees or None


def flare(today: Today, _place: Place) -> Knees | None:
    return _any_knee(today.flaring)


def red(today: Today, place: Place) -> Knees | None:
    return _any_knee(tuple(side for side in today.red if side in place.knees))


def amber(today: Today, place: Place) -> Knees | None:
    return _any_knee(tuple(side for side in today.amber if side in place.loaded))


def _stance_over(seen: Seen, knees: Knees, most_deg: float) -> Knees | None:
    return _any_knee(tuple(s for s in knees if seen.knee(s).stance_bend_deg > most_deg))


def red_stance(today: Today, seen: Seen) -> Knees | None:
    return _stance_over(seen, today.red, today.thresholds.red_stance_deg)


def amber_stance(today: Today, seen: Seen) -> Knees | None:
    return _stance_over(seen, today.amber, today.thresholds.amber_stance_deg)


def sore_stance(today: Today, seen: Seen) -> Knees | None:
    if not today.request.hurts & {"stairs", "squatting"}:
        return None
    return _stance_over(seen, BOTH, today.thresholds.sore_stance_deg)


def sore_push(today: Today, seen: Seen) -> Knees | None:
    if not today.request.hurts & {"stairs", "squatting", "sitting"}:
        return None
    sore = tuple(side for side in BOTH if today.zones[side] != "green")
    most_deg = today.thresholds.sore_push_deg
    return _any_knee(
        tuple(
            side
            for side in sore
            if seen.knee(side).push_bend_deg > most_deg and not seen.knee(side).stance_bend_deg
        )
    )


def red_alone(today: Today, seen: Seen) -> Knees | None:
    return _any_knee(tuple(side for side in today.red if seen.knee(side).single_leg))


def red_kneels(today: Today, seen: Seen) -> Knees | None:
    return _any_knee(tuple(side for side in today.red if seen.knee(side).kneels))


def amber_kneels(today: Today, seen: Seen) -> Knees | None:
    return _any_knee(tuple(side for side in today.amber if seen.knee(side).kneels))


def _kneels(seen: Seen) -> bool:
    return seen.strain.kneels or seen.position in KNEELING


def hurts_kneeling(today: Today, seen: Seen) -> Knees | None:
    return () if "kneeling" in today.request.hurts and _kneels(seen) else None


def flare_ease(today: Today, seen: Seen) -> Knees | None:
    if not today.flaring:
        return None
    straightens = any(seen.knee(side).straightens for side in BOTH)
    stands = seen.position == "standing" and not today.must_stand
    if straightens or stands:
        return today.flaring
    return _any_knee(tuple(s for s in today.flaring if seen.knee(s).push_bend_deg > SOFT_DEG))


def avoid_kneeling(today: Today, seen: Seen) -> Knees | None:
    return () if "kneeling" in today.request.avoid and _kneels(seen) else None


def avoid_floor(today: Today, seen: Seen) -> Knees | None:
    down = seen.strain.on_floor or seen.position not in OFF_THE_FLOOR
    return () if "floor" in today.request.avoid and down else None


def avoid_position(today: Today, seen: Seen) -> Knees | None:
    return () if seen.position in today.request.avoid - {"kneeling", "floor"} else None


def kit(today: Today, seen: Seen) -> Knees | None:
    return () if seen.strain.needs - today.kit_there else None


def felt_stop(today: Today, seen: Seen) -> Knees | None:
    return today.stopped.get(seen.slug)


def felt_ease(today: Today, place: Place) -> Knees | None:
    knees = {side for slug in place.rungs for side in today.eased.get(slug, ())}
    return _any_knee(tuple(side for side in BOTH if side in knees and side in place.knees))


def last_red(today: Today, place: Place) -> Knees | None:
    """Unless the log went down for it already, so that nothing counts twice."""
    down = place.log.down_days_ago if place.log and place.log.reached < place.log.last else None

    def counts(side: Side) -> bool:
        new = (each for each in today.rated[side] if down is None or down > each.days_ago)
        return any(each.pain >= today.thresholds.red for each in new)

    return _any_knee(tuple(side for side in place.knees if counts(side)))


def last_amber(today: Today, place: Place) -> Knees | None:
    return _any_knee(tuple(side for side in place.knees if _hurt(today, side)))


def _hurt(today: Today, side: Side) -> bool:
    return any(each.pain >= today.thresholds.amber for each in today.rated[side])


def last_easy(today: Today, place: Place) -> Knees | None:
    """Where a program leads, its log does; what was not done to its end was not easy."""
    last, limits = today.request.last, today.thresholds
    if last is None or today.request.followed or not place.done:
        return None
    told = last.pain_left is not None or last.pain_right is not None
    light = last.effort is not None and last.effort <= limits.easy_effort
    if not told or not light or last.days_ago > limits.rating_days:
        return None
    return None if any(_hurt(today, side) for side in BOTH) else ()


def new(today: Today, _place: Place) -> Knees | None:
    """Under 16 asks for the same rung down, and for it only once."""
    teen = today.request.age_band == "teen"
    return () if today.request.experience == "new" and not teen else None


def years(today: Today, _place: Place) -> Knees | None:
    return () if today.request.experience == "years" and today.calm else None


def impact(today: Today, _place: Place) -> Knees | None:
    return () if today.request.hurts & {"running", "jumping"} else None


def under_16(today: Today, _place: Place) -> Knees | None:
    return () if today.request.age_band == "teen" else None


def below_strong(_today: Today, place: Place) -> int:
    """The highest rung that is not strong, where there is one."""
    last = len(place.rungs) - 1
    return next((n for n in range(last, -1, -1) if place.rungs[n] not in place.strong), last)


def gentler(today: Today, place: Place) -> int:
    """The same, and never all that is written where the log leads."""
    most = below_strong(today, place)
    return min(most, max(0, place.start - 1)) if place.log else most


def easiest(_today: Today, _place: Place) -> int:
    return 0


def below_felt(today: Today, place: Place) -> int:
    """The rung below the easiest that hurt; the easiest of all has none below."""
    knees = set(place.knees)
    felt = (n for n, slug in enumerate(place.rungs) if knees & set(today.eased.get(slug, ())))
    return max(0, next(felt) - 1)


def not_green(today: Today, place: Place) -> Knees | None:
    return _any_knee(tuple(s for s in place.knees if today.zones[s] != "green"))
