# SPDX-License-Identifier: Apache-2.0
"""Build for three people: new to training, trained for years, and with a sore left knee."""

from functools import cache

import pytest

from hipfirst.planning.plan import Plan, plan
from hipfirst.planning.request import After, Knee, Request, Worked
from planning.members import WEEKS
from planning.requests import CATALOGUE, PACK

DAYS = (0, 2, 4)
"""Of a week."""
SPREAD_MIN = 2.5
"""So far apart the three may be in any one session [min]."""
WHO = {
    "beginner": Request(experience="new"),
    "veteran": Request(experience="years"),
    "sore left knee": Request(left=Knee(now=3, week=4)),
}
FINDS_IT = {"beginner": "well", "veteran": "easy", "sore left knee": "well"}
"""How each of them finds the work."""


@cache
def followed(who: str) -> tuple[tuple[Plan, ...], ...]:
    """Every session of every week, as the log of those before leads it."""
    worked: list[tuple[int, Worked]] = []
    days: list[int] = []
    weeks = []
    for week, slugs in enumerate(WEEKS):
        made = []
        for day, slug in zip((7 * week + d for d in DAYS), slugs, strict=True):
            request = asked(who, day, worked, days)
            made.append(plan(PACK.sessions[slug], CATALOGUE, request))
            worked += [(day, each) for each in log(made[-1], who)]
            days.append(day)
        weeks.append(tuple(made))
    return tuple(weeks)


def asked(who, day, worked, days):
    request = WHO[who]
    told = {
        "worked": tuple(w.model_copy(update={"days_ago": day - on}) for on, w in worked),
        "after": tuple(
            After(
                knee=side,
                days_ago=day - on,
                before=request.knee(side).now,
                arrived=request.knee(side).now,
            )
            for on in reversed(days)
            for side in ("left", "right")
        ),
    }
    return request.model_copy(update=told)


def log(made, who):
    """All of it was done."""
    for slot in made.slots:
        for side in slot.choice.at:
            slug = slot.choice.doing(side)
            both = CATALOGUE.strains[slug].side == "both"
            yield Worked(
                exercise=slug,
                side="both" if both else side,
                went=FINDS_IT[who],
                days_ago=0,
                slot=slot.plan.id,
            )


def rungs(week):
    """What every side does in every slot of a week."""
    return {
        (made.asked.slug, slot.plan.id, side): slot.choice.doing(side)
        for made in week
        for slot in made.slots
        for side in slot.choice.at
    }


@pytest.mark.parametrize("week", range(len(WEEKS)))
def test_the_three_do_different_rungs_in_every_week(week):
    found = {who: rungs(followed(who)[week]) for who in WHO}
    for one, other in (
        ("beginner", "veteran"),
        ("beginner", "sore left knee"),
        ("veteran", "sore left knee"),
    ):
        assert found[one] != found[other]


@pytest.mark.parametrize("week", range(len(WEEKS)))
def test_all_three_finish_within_the_same_minutes(week):
    for n, slug in enumerate(WEEKS[week]):
        took = {who: followed(who)[week][n].seconds / 60 for who in WHO}
        assert max(took.values()) - min(took.values()) <= SPREAD_MIN, (slug, took)
        shortest, longest = PACK.sessions[slug].minutes
        for minutes in took.values():
            assert shortest - SPREAD_MIN <= minutes <= longest + 1, (slug, took)


def left_rests(slot):
    """Whether the left knee has no part in what the right side does here."""
    strains = [CATALOGUE.strains[slug] for slug in slot.choice.rungs]
    return all(s.side != "both" and not s.knee("left", "right").carries for s in strains)


def test_a_sore_left_knee_leaves_the_right_side_its_way_up():
    ahead = 0
    for week in followed("sore left knee"):
        for made in week:
            for slot in made.slots:
                if set(slot.choice.at) == {"left", "right"} and left_rests(slot):
                    assert slot.choice.at["right"] >= slot.choice.at["left"]
                    ahead += slot.choice.at["right"] > slot.choice.at["left"]
    assert ahead > 10


def test_everybody_who_does_well_gets_on():
    for who in ("beginner", "veteran"):
        ups = [c for week in followed(who) for made in week for c in made.changes]
        assert sum(change.rule == "progress-up" for change in ups) > 10
