# SPDX-License-Identifier: Apache-2.0
"""What a flare leaves out, and what it has at hand."""

import pytest

from hipfirst.packs.vocabulary import LEVELS
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import Emptied, plan
from hipfirst.planning.request import Knee, Request
from planning.knees import FEET, LYING, movement, session, slot
from planning.requests import CATALOGUE as STARTER
from planning.requests import SESSIONS

FLARING = Request(left=Knee(now=7))
BY_SLUG = {each.slug: each for each in SESSIONS}
CHAIR_SESSIONS = ("seated-and-strong", "side-by-side")


def doing(request, *exercises):
    """What takes the place of the first of `exercises`; None: it is left out."""
    first = exercises[0].slug
    keeps = movement("keeps", muscle="hamstrings")
    found = Catalogue({each.slug: each for each in (*exercises, keeps)})
    made = plan(session(slot(first, rungs=[first]), slot("keeps")), found, request)
    return next((s.choice.doing("both") for s in made.slots if s.plan.id == first), None)


def test_on_a_flare_day_what_stands_in_lies_or_sits():
    now = movement("now", kit=["ball"])
    standing, lying = movement("standing", "standing", FEET, 5), movement("z-lying", "supine")
    asked = FLARING.model_copy(update={"kit": frozenset()})
    assert doing(asked, now, standing) is None
    assert doing(asked, now, standing, lying) == "z-lying"


def test_a_rung_that_stands_gives_way_too():
    standing = movement("standing", "standing", FEET, 5)
    assert doing(FLARING, standing) is None
    assert doing(FLARING, standing, movement("lying")) == "lying"


def test_one_stands_on_a_flare_day_where_nothing_else_is_left():
    standing = movement("standing", "standing", FEET, 5)
    found = Catalogue({"standing": standing, "lying": movement("lying")})
    asked = FLARING.model_copy(update={"avoid": frozenset({"floor"})})
    (made,) = plan(session(slot("standing", rungs=["standing"])), found, asked).slots
    assert made.choice.doing("both") == "standing"


def test_a_flaring_knee_neither_carries_bent_nor_straightens_against_load():
    bridge = movement("bridge", contacts=LYING, bend=20)
    hanging = movement("hanging", muscle="vasti")
    squeeze = movement("squeeze", muscle="vasti", contacts=LYING, bend=5)
    assert doing(FLARING, bridge) is None
    assert doing(FLARING, movement("bridge", contacts=LYING, bend=15)) == "bridge"
    assert doing(FLARING, hanging) is None
    assert doing(FLARING, hanging, squeeze) is None, "its foot pushes"
    resting = ({"surface": "mat", "points": ["sacrum", "heel-back-left", "heel-back-right"]},)
    still = movement("still", muscle="vasti", contacts=resting)
    assert doing(FLARING, hanging, still) == "still"


def test_what_a_flare_empties_names_its_rule():
    found = Catalogue({"bridge": movement("bridge", contacts=LYING, bend=60)})
    with pytest.raises(Emptied) as caught:
        plan(session(slot("bridge", rungs=["bridge"])), found, FLARING)
    assert caught.value.rule == "flare-ease"


@pytest.mark.parametrize("name", CHAIR_SESSIONS)
def test_flare_day_off_the_floor_has_the_chair_of_the_session_that_was_asked_for(name):
    asked = FLARING.model_copy(update={"avoid": frozenset({"floor"})})
    made = plan(BY_SLUG[name], STARTER, asked)
    played = {slot.plan.id: set(map(slot.choice.doing, slot.choice.at)) for slot in made.slots}
    assert played["squeeze"] == {"seated-glute-squeeze"}
    assert played["thigh"] == {"seated-thigh-squeeze"}
    for slugs in played.values():
        assert all(STARTER.exercises[slug].position == "seated" for slug in slugs)
        assert all(STARTER.exercises[slug].level == LEVELS[0] for slug in slugs)


def test_flare_day_as_it_is_written_passes_its_own_rule():
    made = plan(BY_SLUG["ten-quiet-minutes"], STARTER, Request(left=Knee(now=9), right=Knee(now=9)))
    assert {change.rule for change in made.changes} == {"flare"}
