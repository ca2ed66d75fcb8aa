# SPDX-License-Identifier: Apache-2.0
"""The knee rules of check-ins, of the log, and of tests: `rules` holds them with all the others."""

from __future__ import annotations

from hipfirst.planning import checkins
from hipfirst.planning.rule import Rule
from hipfirst.planning.words import Sentence, gettext_noop

_KNEE = {"knee": Sentence(gettext_noop("Left knee"))}
_WORSE = gettext_noop(
    "The morning after the last session a knee hurt %(morning_rise)s or more above before it, or "
    "more than before it and %(amber)s or more."
)

CHECKED_IN: tuple[Rule, ...] = (
    Rule(
        id="mornings-rung",
        zone="red",
        when=gettext_noop("A knee was worse on the mornings after both of the last two sessions."),
        then=gettext_noop("Next time, two rungs down where this knee works or carries."),
        because=gettext_noop("%(answers)s So this starts two rungs lower."),
        source="silbernagel-2007",
        step=checkins.mornings,
        by=-2,
        checked_in=True,
        answers=checkins.mornings_answers,
        example={
            "answers": Sentence(
                checkins.TWICE,
                {**_KNEE, "morning": "5", "before": "2", "morning_then": "4", "before_then": "2"},
            )
        },
    ),
    Rule(
        id="morning-rung",
        zone="amber",
        when=_WORSE,
        then=gettext_noop("Next time, one rung down where this knee works or carries."),
        because=gettext_noop("%(answers)s So this starts one rung lower."),
        source="silbernagel-2007",
        step=checkins.morning,
        by=-1,
        checked_in=True,
        answers=checkins.morning_answers,
        example={"answers": Sentence(checkins.MORNING, {**_KNEE, "morning": "5", "before": "2"})},
    ),
    Rule(
        id="morning-sets",
        zone="amber",
        when=_WORSE,
        then=gettext_noop("Next time, one set fewer on both sides, at least one."),
        because=gettext_noop("%(answers)s So there is one set fewer."),
        source="silbernagel-2007",
        step=checkins.morning,
        fewer_sets=True,
        answers=checkins.morning_answers,
        example={"answers": Sentence(checkins.MORNING, {**_KNEE, "morning": "5", "before": "2"})},
    ),
    Rule(
        id="hour-hold",
        zone="amber",
        when=gettext_noop(
            "An hour after the last session a knee hurt %(amber)s or more, and more than before it."
        ),
        then=gettext_noop("Next time, nothing this knee works or carries in gets harder."),
        because=gettext_noop("%(answers)s So this gets no harder."),
        source="trek-knee-cap",
        step=checkins.hour,
        by=0,
        checked_in=True,
        answers=checkins.hour_answers,
        example={"answers": Sentence(checkins.HOUR, {**_KNEE, "hour": "4", "before": "2"})},
    ),
    Rule(
        id="weeks-rung",
        zone="red",
        when=gettext_noop(
            "The worst pain of a knee rose two weeks running, by %(week_rise)s or more together, "
            "to %(amber)s or more."
        ),
        then=gettext_noop(
            "One rung down where this knee works or carries, and advice: let a doctor or a "
            "physiotherapist look at it."
        ),
        because=gettext_noop(
            "%(answers)s So this starts one rung lower. Two weeks of rising pain: let a doctor or "
            "a physiotherapist look at it."
        ),
        step=checkins.weeks,
        by=-1,
        checked_in=True,
        answers=checkins.weeks_answers,
        example={
            "answers": Sentence(
                checkins.WEEKS, {**_KNEE, "first": "2", "second": "3", "third": "5"}
            )
        },
    ),
    Rule(
        id="week-rung",
        zone="amber",
        when=gettext_noop(
            "The worst pain of a knee in a week was %(week_rise)s or more above that of the week "
            "before."
        ),
        then=gettext_noop("One rung down where this knee works or carries."),
        because=gettext_noop("%(answers)s So this starts one rung lower."),
        source="crossley-2004",
        step=checkins.week,
        by=-1,
        checked_in=True,
        answers=checkins.week_answers,
        example={"answers": Sentence(checkins.WEEK, {**_KNEE, "this": "5", "last": "3"})},
    ),
    Rule(
        id="after-break",
        zone="any",
        when=gettext_noop("You come back after %(break_days)s days or more without a session."),
        then=gettext_noop("The first session starts one rung down."),
        because=gettext_noop("You come back after a break, so this starts one rung lower."),
        step=checkins.away,
        by=-1,
    ),
)

_UP = gettext_noop(
    "In a program, a movement went well twice running at its rung, or once with little effort, and "
    "the knees it asks something of were calm."
)
LOGGED: tuple[Rule, ...] = (
    Rule(
        id="progress-up",
        zone="green",
        when=_UP,
        then=gettext_noop(
            "One rung up on that side, and on from there: its log leads, whatever the session has."
        ),
        because="%(why)s",
        example={"why": Sentence(gettext_noop("It went well twice, so you go on a rung higher."))},
    ),
    Rule(
        id="progress-down",
        zone="any",
        when=gettext_noop(
            "In a program, a movement hurt, was too hard, or was less than asked for twice."
        ),
        then=gettext_noop("One rung down on that side, until it goes well again."),
        because="%(why)s",
        example={"why": Sentence(gettext_noop("It hurt, so you go on a rung lower."))},
    ),
    Rule(
        id="progress-more",
        zone="green",
        when=gettext_noop(
            "In a program, a movement went well twice more at its rung, or once with little "
            "effort, no harder one is left for you, and your knees were calm."
        ),
        then=gettext_noop(
            "Two repetitions more, or five seconds, out of the rest after it, and later as much "
            "again. When it hurts, is too hard or less than asked for: one step back."
        ),
        because=gettext_noop("It goes well, and there is no harder rung, so you do a little more."),
    ),
    Rule(
        id="progress-on",
        zone="any",
        when=gettext_noop("In a program, a movement has a log, and nothing moved it up or down."),
        then=gettext_noop(
            "Each side goes on where it was; after a step down, one rung up at a time."
        ),
        because=gettext_noop("You go on where you were."),
    ),
)

TEST_WAITS = "test-red"
"""The rule by which a test waits for a calmer day: no other answer would make it right."""
TESTS: tuple[Rule, ...] = (
    Rule(
        id=TEST_WAITS,
        zone="red",
        when=gettext_noop("A knee hurts %(red)s or more now."),
        then=gettext_noop("No test of the sides."),
        because=gettext_noop("%(knee)s: red today, so the test waits."),
    ),
    Rule(
        id="test-out",
        zone="any",
        when=gettext_noop(
            "A rule takes out the movement of a test, or it bears on an amber knee (weight, "
            "straightening against load, or a push from more than %(sore_push_deg)s degrees)."
        ),
        then=gettext_noop("That test is left out; with another movement it would be another test."),
        because=gettext_noop("%(why)s The test waits: another movement would be another test."),
    ),
    Rule(
        id="weaker-side",
        zone="any",
        when=gettext_noop(
            "A test of the sides or the knee check names a weaker side: the newer of them counts."
        ),
        then=gettext_noop("What a session has for the weaker side is done on that side alone."),
        because=gettext_noop(
            "%(side)s was weaker in your test of %(day)s, so it does the extra work."
        ),
        example={"side": Sentence(gettext_noop("Left")), "day": "2 March 2026"},
    ),
)
