# SPDX-License-Identifier: Apache-2.0
"""What check-ins say about each knee: an hour after a session, the next morning, week by week.

Pain moves by a point from day to day without any reason, so one point more is no answer by itself.
A morning is worse than before the session when it is by `morning_rise` (2 by design, the smallest
change that matters: evidence card `crossley-2004`), or when a smaller rise makes the knee amber. A
week is worse than the one before when its worst pain is by `week_rise`; two weeks rise when each
is above the one before, both together by as much, and the knee is amber at the end of them.

What was not told is never a reason. Answers to conditions are those of `conditions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hipfirst.packs.vocabulary import Side
from hipfirst.planning.request import After
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.today import BOTH, Knees, Place, Today, named
from hipfirst.planning.words import Sentence, gettext_noop, joined

MORNING = gettext_noop("%(knee)s: %(morning)s the morning after, %(before)s before.")
TWICE = gettext_noop(
    "%(knee)s: %(morning)s the morning after, %(before)s before; and the time before that "
    "%(morning_then)s after %(before_then)s."
)
HOUR = gettext_noop("%(knee)s: %(hour)s an hour after, %(before)s before.")
HOUR_ALONE = gettext_noop("%(knee)s: %(hour)s an hour after.")
WEEK = gettext_noop("%(knee)s: %(this)s at worst this week, %(last)s the week before.")
WEEKS = gettext_noop(
    "%(knee)s, at worst in three weeks: %(first)s, then %(second)s, then %(third)s."
)


def unsettled(each: After, limits: Thresholds) -> bool:
    """Whether an hour was not enough. Where nothing was told before, the hour speaks alone."""
    hour = each.hour
    return hour is not None and hour >= limits.amber and (each.before is None or hour > each.before)


def raised(each: After, limits: Thresholds) -> bool:
    """Whether the next morning was worse than before."""
    if each.morning is None or each.before is None:
        return False
    rise = each.morning - each.before
    return rise >= limits.morning_rise or (rise > 0 and each.morning >= limits.amber)


def calm(each: After, limits: Thresholds) -> bool:
    """Whether the knee was green all along, as far as it was told."""
    sore = any(pain is not None and pain >= limits.amber for pain in (each.arrived, each.during))
    return not (sore or unsettled(each, limits) or raised(each, limits))


def weeks_of(today: Today, knee: Side) -> tuple[int, ...]:
    """Worst pain of up to three weeks, newest first, without a gap; none when the newest telling
    is older than last week.
    """
    told: dict[int, int] = {}
    for each in today.request.weeks:
        if each.knee == knee:
            told.setdefault(each.weeks_ago, each.pain)
    newest = min(told, default=2)
    if newest > 1:
        return ()
    found = [told.get(n) for n in range(newest, newest + 3)]
    gap = found.index(None) if None in found else len(found)
    return tuple(pain for pain in found[:gap] if pain is not None)


def _newest(today: Today, knee: Side) -> After | None:
    return next(iter(today.told_after[knee]), None)


def _answered(today: Today, knee: Side) -> tuple[After, ...]:
    """Sessions around which both a pain before and one of the next morning were told."""
    told = today.told_after[knee]
    return tuple(a for a in told if a.morning is not None and a.before is not None)


def _twice_raised(today: Today, knee: Side) -> bool:
    pair = _answered(today, knee)[:2]
    return len(pair) == 2 and all(raised(each, today.thresholds) for each in pair)


def _raised_knee(today: Today, knee: Side) -> bool:
    newest = _newest(today, knee)
    return newest is not None and raised(newest, today.thresholds)


def _unsettled_knee(today: Today, knee: Side) -> bool:
    newest = _newest(today, knee)
    return newest is not None and unsettled(newest, today.thresholds)


def _week_up(today: Today, knee: Side) -> bool:
    weeks = weeks_of(today, knee)
    return len(weeks) > 1 and weeks[0] - weeks[1] >= today.thresholds.week_rise


def rising(today: Today, knee: Side) -> bool:
    """Whether the worst pain rose two weeks running."""
    weeks, limits = weeks_of(today, knee), today.thresholds
    return (
        len(weeks) > 2  # two rises
        and weeks[0] > weeks[1] > weeks[2]
        and weeks[0] - weeks[2] >= limits.week_rise
        and weeks[0] >= limits.amber
    )


def _knees_with(says: Callable[[Today, Side], bool], today: Today, knees: Knees) -> Knees | None:
    return tuple(knee for knee in knees if says(today, knee)) or None


def hour(today: Today, place: Place) -> Knees | None:
    return _knees_with(_unsettled_knee, today, place.knees)


def morning(today: Today, place: Place) -> Knees | None:
    return _knees_with(_raised_knee, today, place.knees)


def mornings(today: Today, place: Place) -> Knees | None:
    """Two mornings running; the second must be that of the newest session."""
    knees = morning(today, place)
    return knees and _knees_with(_twice_raised, today, knees)


def week(today: Today, place: Place) -> Knees | None:
    return _knees_with(_week_up, today, place.knees)


def weeks(today: Today, place: Place) -> Knees | None:
    return _knees_with(rising, today, place.knees)


def rising_knees(today: Today) -> Knees:
    return _knees_with(rising, today, BOTH) or ()


def away(today: Today, _place: Place) -> Knees | None:
    days = today.request.away_days
    return () if days is not None and days >= today.thresholds.break_days else None


def _each(text: str, values: Mapping[Side, Mapping[str, int | None]]) -> Sentence:
    """One sentence for each knee."""
    return joined(
        Sentence(text, {"knee": named((knee,)), **{name: str(n) for name, n in told.items()}})
        for knee, told in values.items()
    )


def morning_answers(today: Today, knees: Knees) -> Sentence:
    newest = {knee: _answered(today, knee)[0] for knee in knees}
    return _each(
        MORNING, {k: {"morning": each.morning, "before": each.before} for k, each in newest.items()}
    )


def mornings_answers(today: Today, knees: Knees) -> Sentence:
    pairs = {knee: _answered(today, knee)[:2] for knee in knees}
    return _each(
        TWICE,
        {
            knee: {
                "morning": new.morning,
                "before": new.before,
                "morning_then": old.morning,
                "before_then": old.before,
            }
            for knee, (new, old) in pairs.items()
        },
    )


def hour_answers(today: Today, knees: Knees) -> Sentence:
    told = {knee: today.told_after[knee][0] for knee in knees}
    return joined(
        _each(HOUR, {knee: {"hour": each.hour, "before": each.before}})
        if each.before is not None
        else _each(HOUR_ALONE, {knee: {"hour": each.hour}})
        for knee, each in told.items()
    )


def week_answers(today: Today, knees: Knees) -> Sentence:
    found = {knee: weeks_of(today, knee) for knee in knees}
    return _each(WEEK, {knee: {"this": w[0], "last": w[1]} for knee, w in found.items()})


def weeks_answers(today: Today, knees: Knees) -> Sentence:
    found = {knee: weeks_of(today, knee) for knee in knees}
    return _each(
        WEEKS, {knee: {"third": w[0], "second": w[1], "first": w[2]} for knee, w in found.items()}
    )
