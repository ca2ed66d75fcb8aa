# SPDX-License-Identifier: Apache-2.0
"""What people may ask of a session, for Hypothesis; and how two plans compare."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from hipfirst.packs.read import read_pack
from hipfirst.packs.slots import rungs_of
from hipfirst.packs.vocabulary import KIT
from hipfirst.planning.allow import Allowed
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import Plan, allowed_in, slots_of
from hipfirst.planning.request import (
    ACTIVITIES,
    AGE_BANDS,
    AVOIDS,
    EXPERIENCES,
    After,
    Felt,
    Knee,
    LastTime,
    Request,
    Worked,
    Worst,
)
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.today import Today

PACK = read_pack(Path(__file__).parents[2] / "content" / "starter").pack
assert PACK is not None
CATALOGUE = Catalogue.of(PACK)
SESSIONS = tuple(PACK.sessions.values())
MOVEMENTS = tuple(sorted(PACK.exercises))
SLOTS = tuple(sorted({slot for session in SESSIONS for slot in slots_of(session)}))

PAIN = st.integers(0, 10)
SIDES = st.sampled_from(("left", "right"))
KNEES = st.builds(Knee, now=PAIN, week=PAIN)
FELT = st.builds(
    Felt,
    exercise=st.sampled_from(MOVEMENTS),
    knee=SIDES,
    pain=PAIN,
    days_ago=st.integers(0, 9),
)
LAST = st.builds(
    LastTime,
    pain_left=st.none() | PAIN,
    pain_right=st.none() | PAIN,
    effort=st.none() | PAIN,
    days_ago=st.integers(0, 30),
    did=st.frozensets(
        st.tuples(st.sampled_from(SLOTS), st.sampled_from(("left", "right", "both")))
    ),
)
WORKED = st.lists(
    st.tuples(
        st.sampled_from(MOVEMENTS),
        st.sampled_from(("left", "right", "both")),
        st.sampled_from(("easy", "well", "short", "too-hard", "hurt")),
    ),
    max_size=12,
).map(
    lambda told: tuple(
        Worked(exercise=slug, side=side, went=went, days_ago=2 * (len(told) - n))
        for n, (slug, side, went) in enumerate(told)
    )
)
AFTER = st.builds(
    After,
    knee=SIDES,
    days_ago=st.integers(0, 30),
    before=st.none() | PAIN,
    during=st.none() | PAIN,
    aside=st.booleans(),
    hour=st.none() | PAIN,
    morning=st.none() | PAIN,
)
WORST = st.builds(Worst, knee=SIDES, pain=PAIN, weeks_ago=st.integers(0, 3))


def _ordered(values: st.SearchStrategy[int], least: int) -> st.SearchStrategy[list[int]]:
    return st.lists(values, min_size=least, max_size=least, unique=True).map(sorted)


THRESHOLDS = st.builds(
    lambda pains, stances, **more: Thresholds(
        **dict(zip(("amber", "red", "flare"), pains, strict=True)),
        **dict(zip(("red_stance_deg", "amber_stance_deg"), stances, strict=True)),
        **more,
    ),
    pains=_ordered(st.integers(1, 10), 3),
    stances=_ordered(st.integers(0, 120), 2),
    sore_stance_deg=st.integers(0, 120),
    sore_push_deg=st.integers(0, 120),
    stop_days=st.integers(1, 14),
    ease_days=st.integers(1, 28),
    easy_effort=st.integers(0, 10),
    rating_days=st.integers(1, 90),
    morning_rise=st.integers(1, 10),
    week_rise=st.integers(1, 10),
    break_days=st.integers(3, 60),
)
"""What the owner of a site may set."""


def sets_of(names: Iterable[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(names)))


def requests(
    avoid: st.SearchStrategy[frozenset[str]] = sets_of(AVOIDS),  # noqa: B008 (a strategy is a value)
    minutes: st.SearchStrategy[int | None] = st.none() | st.integers(5, 60),  # noqa: B008
) -> st.SearchStrategy[Request]:
    return st.builds(
        Request,
        left=KNEES,
        right=KNEES,
        hurts=sets_of(ACTIVITIES),
        avoid=avoid,
        kit=st.none() | sets_of(KIT),
        minutes=minutes,
        experience=st.sampled_from(EXPERIENCES),
        age_band=st.sampled_from(AGE_BANDS),
        weaker=st.none() | SIDES,
        felt=st.lists(FELT, max_size=4).map(tuple),
        last=st.none() | LAST,
        followed=st.booleans(),
        worked=st.just(()) | WORKED,
        after=st.just(()) | st.lists(AFTER, max_size=4).map(tuple),
        weeks=st.just(()) | st.lists(WORST, max_size=6).map(tuple),
        away_days=st.none() | st.integers(0, 40),
    )


def allowed(plan: Plan) -> Allowed:
    """What the rules say about each movement for the request of `plan`."""
    today = Today(plan.request, plan.thresholds, harder=CATALOGUE.harder)
    return allowed_in(plan.asked, plan.session, today, CATALOGUE)


# Whoever can neither lie nor stand has nothing left to do here but sit.
SENSIBLE = sets_of({"kneeling", "supine", "side-lying", "prone", "standing"}).filter(
    lambda avoid: not {"supine", "side-lying", "prone"} <= avoid
) | st.sampled_from([frozenset({"floor"}), frozenset({"floor", "kneeling"})])


def hardness(plan: Plan) -> dict[tuple[str, str], tuple[int, int, int]]:
    """(slot, side) -> how hard it is: a rung above another movement, then which, then sets."""
    slots = slots_of(plan.session)
    found: dict[tuple[str, str], tuple[int, int, int]] = {}
    for slot in plan.slots:
        rungs = rungs_of(slots[slot.plan.id], CATALOGUE.exercises)
        for side in slot.choice.at:
            slug = slot.choice.doing(side)
            place = rungs.index(slug) if slug in rungs else -1
            found[slot.plan.id, side] = (int(slug in rungs), place, slot.dose.sets)
    return found
