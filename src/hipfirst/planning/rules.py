# SPDX-License-Identifier: Apache-2.0
"""The knee rules, declared once: what the planner follows, a page prints and every change names.

A rule that takes movements out has `out`, one that moves a slot along its rungs `step`; the rest
are asked by their id. The first rule that fits is the one that is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hipfirst.planning import conditions
from hipfirst.planning.rule import Out, Rule, RuleZone, values_of
from hipfirst.planning.rules_checkin import CHECKED_IN, LOGGED, TESTS
from hipfirst.planning.words import gettext_noop

__all__ = ["BY_ID", "OUT", "RULES", "STEPS", "Rule", "RuleZone", "values_of"]

_KNEES: tuple[Rule, ...] = (
    Rule(
        id="flare",
        zone="flare",
        when=gettext_noop("A knee hurts %(flare)s or more now."),
        then=gettext_noop(
            "Flare Day takes the place of the session: still work and ease. It is written for sore "
            "knees, so of these rules only those count in it that leave movements out."
        ),
        because=gettext_noop("%(knee)s: a flare today. Calm work keeps you moving meanwhile."),
        step=conditions.flare,
    ),
    Rule(
        id="flare-ease",
        zone="flare",
        when=gettext_noop("A knee hurts %(flare)s or more now."),
        then=gettext_noop(
            "Only what is done lying or seated, as long as there is any; no knee straightens "
            "against load, and the sore one never carries you bent."
        ),
        because=gettext_noop(
            "%(knee)s: a flare today, so you lie or sit, and nothing loads a bent knee."
        ),
        out=conditions.flare_ease,
    ),
    Rule(
        id="red-rung",
        zone="red",
        when=gettext_noop("A knee hurts %(red)s or more now."),
        then=gettext_noop("Where this knee works or carries, the easiest rung."),
        because=gettext_noop("%(knee)s: red today, so this starts at its easiest rung."),
        source="trek-knee-cap",
        step=conditions.red,
        cap=conditions.easiest,
    ),
    Rule(
        id="red-sets",
        zone="red",
        when=gettext_noop("A knee hurts %(red)s or more now."),
        then=gettext_noop("One set fewer on both sides, at least one."),
        because=gettext_noop("%(knee)s: red today, so there is one set fewer."),
        step=conditions.red,
        fewer_sets=True,
    ),
    Rule(
        id="red-single-leg",
        zone="red",
        when=gettext_noop("A knee hurts %(red)s or more now."),
        then=gettext_noop("No standing on that leg alone."),
        because=gettext_noop("%(knee)s: red today, so you do not stand on that leg alone."),
        out=conditions.red_alone,
    ),
    Rule(
        id="red-stance",
        zone="red",
        when=gettext_noop("A knee hurts %(red)s or more now."),
        then=gettext_noop(
            "It carries you upright with at most %(red_stance_deg)s degrees of bend."
        ),
        because=gettext_noop(
            "%(knee)s: red today, so standing bends stay at %(red_stance_deg)s degrees or less."
        ),
        out=conditions.red_stance,
    ),
    Rule(
        id="red-kneeling",
        zone="red",
        when=gettext_noop("A knee hurts %(red)s or more now."),
        then=gettext_noop("No weight on it in kneeling."),
        because=gettext_noop("%(knee)s: red today, so you do not kneel on it."),
        out=conditions.red_kneels,
    ),
    Rule(
        id="amber-rung",
        zone="amber",
        when=gettext_noop(
            "A knee hurts %(amber)s or more now, or hurt %(red)s or more in the last week."
        ),
        then=gettext_noop("Where this knee bears weight or straightens against it, one rung down."),
        because=gettext_noop("%(knee)s: amber today, so this starts one rung lower."),
        source="trek-knee-cap",
        step=conditions.amber,
        by=-1,
    ),
    Rule(
        id="amber-hold",
        zone="amber",
        when=gettext_noop("A knee is amber or red."),
        then=gettext_noop("Nothing this knee works or carries in gets harder."),
        because=gettext_noop("%(knee)s: not green today, so this gets no harder."),
        source="trek-knee-cap",
        step=conditions.not_green,
        by=0,
    ),
    Rule(
        id="amber-stance",
        zone="amber",
        when=gettext_noop("A knee is amber."),
        then=gettext_noop(
            "It carries you upright with at most %(amber_stance_deg)s degrees of bend."
        ),
        because=gettext_noop(
            "%(knee)s: amber today, so standing bends stay at %(amber_stance_deg)s degrees or less."
        ),
        out=conditions.amber_stance,
    ),
    Rule(
        id="amber-kneeling",
        zone="amber",
        when=gettext_noop("A knee is amber."),
        then=gettext_noop("No weight on it in kneeling."),
        because=gettext_noop("%(knee)s: amber today, so you do not kneel on it."),
        out=conditions.amber_kneels,
    ),
    Rule(
        id="sore-push",
        zone="any",
        when=gettext_noop("Stairs, squatting or long sitting hurt, and a knee is amber or red."),
        then=gettext_noop(
            "Lying, this knee pushes through at most %(sore_push_deg)s degrees of bend."
        ),
        because=gettext_noop("Bent-knee pressure hurts you today."),
        out=conditions.sore_push,
    ),
    Rule(
        id="sore-stance",
        zone="any",
        when=gettext_noop("Stairs or squatting hurt."),
        then=gettext_noop(
            "A knee carries you upright with at most %(sore_stance_deg)s degrees of bend."
        ),
        because=gettext_noop("Deep standing bends hurt you today."),
        out=conditions.sore_stance,
    ),
    Rule(
        id="hurts-kneeling",
        zone="any",
        when=gettext_noop("Kneeling hurts."),
        then=gettext_noop("No kneeling, no half-kneeling, no hands and knees."),
        because=gettext_noop("Kneeling hurts you today."),
        out=conditions.hurts_kneeling,
    ),
    Rule(
        id="avoid-kneeling",
        zone="any",
        when=gettext_noop("You leave out kneeling."),
        then=gettext_noop("No kneeling, no half-kneeling, no hands and knees."),
        because=gettext_noop("You leave out kneeling today."),
        out=conditions.avoid_kneeling,
    ),
    Rule(
        id="avoid-floor",
        zone="any",
        when=gettext_noop("You leave out the floor."),
        then=gettext_noop("Only standing and sitting."),
        because=gettext_noop("You stay off the floor today."),
        out=conditions.avoid_floor,
    ),
    Rule(
        id="avoid-position",
        zone="any",
        when=gettext_noop("You leave out a position."),
        then=gettext_noop("Nothing in that position."),
        because=gettext_noop("You leave out this position today."),
        out=conditions.avoid_position,
    ),
    Rule(
        id="kit",
        zone="any",
        when=gettext_noop("Something a movement needs is not at hand."),
        then=gettext_noop("A movement without it. Floor and wall are always there."),
        because=gettext_noop("You do not have what this needs at hand: %(kit)s."),
        out=conditions.kit,
    ),
    Rule(
        id="felt-stop",
        zone="red",
        when=gettext_noop(
            "A movement hurt a knee %(red)s or more within %(stop_days)s days, today included."
        ),
        then=gettext_noop("It and its harder rungs are out."),
        because=gettext_noop("%(knee)s: this hurt too much lately, so it rests for now."),
        source="trek-knee-cap",
        out=conditions.felt_stop,
    ),
    Rule(
        id="felt-ease",
        zone="amber",
        when=gettext_noop("A movement hurt a knee %(amber)s or more within %(ease_days)s days."),
        then=gettext_noop("On that side the slot starts a rung below it, where there is one."),
        because=gettext_noop("%(knee)s: this hurt a little lately, so it starts a rung below."),
        source="trek-knee-cap",
        step=conditions.felt_ease,
        cap=conditions.below_felt,
        on_flare_day=True,
    ),
    Rule(
        id="last-red",
        zone="red",
        when=gettext_noop(
            "A knee hurt %(red)s or more during the last session, whichever it was, or the last "
            "time of this one."
        ),
        then=gettext_noop("Next time, one rung down where this knee works or carries."),
        because=gettext_noop("%(knee)s: it hurt last time, so this starts one rung lower."),
        source="trek-knee-cap",
        step=conditions.last_red,
        by=-1,
        checked_in=True,
    ),
    Rule(
        id="last-amber",
        zone="amber",
        when=gettext_noop(
            "A knee hurt %(amber)s or more during the last session, whichever it was, or the last "
            "time of this one."
        ),
        then=gettext_noop("Next time, nothing this knee works or carries in gets harder."),
        because=gettext_noop("%(knee)s: it hurt a little last time, so nothing gets harder."),
        source="trek-knee-cap",
        step=conditions.last_amber,
        by=0,
    ),
    Rule(
        id="last-easy",
        zone="green",
        when=gettext_noop(
            "Outside a program: the last time of this session, at most %(rating_days)s days ago, "
            "cost an effort of %(easy_effort)s or less, and no knee hurt %(amber)s or more, then "
            "or in the last session."
        ),
        then=gettext_noop("Next time, one rung up in what you did to its end, where there is one."),
        because=gettext_noop("This session was easy last time, and your knees were calm."),
        step=conditions.last_easy,
        by=1,
        first_time=True,
    ),
    Rule(
        id="last-steady",
        zone="green",
        when=gettext_noop(
            "Outside a program: the last time of this session was work enough, and no knee hurt "
            "%(amber)s or more, then or in the last session."
        ),
        then=gettext_noop("Next time, the session as it is written."),
        because=gettext_noop("This session was as it should be."),
    ),
)
_PERSON: tuple[Rule, ...] = (
    Rule(
        id="new",
        zone="any",
        when=gettext_noop("You are new to training."),
        then=gettext_noop("One rung down."),
        because=gettext_noop("You are new to training, so this starts one rung lower."),
        step=conditions.new,
        by=-1,
        first_time=True,
    ),
    Rule(
        id="years",
        zone="green",
        when=gettext_noop(
            "You have trained for years, both knees are green, and the week stayed below %(amber)s."
        ),
        then=gettext_noop("One rung up."),
        because=gettext_noop("You have trained for years and your knees are calm."),
        step=conditions.years,
        by=1,
        first_time=True,
    ),
    Rule(
        id="impact-hold",
        zone="any",
        when=gettext_noop("Running or jumping hurts."),
        then=gettext_noop("Nothing gets harder than the session is written; nothing here jumps."),
        because=gettext_noop("Running or jumping hurts you, so nothing gets harder."),
        step=conditions.impact,
        by=0,
        as_written=True,
    ),
    Rule(
        id="under-16",
        zone="any",
        when=gettext_noop("You are under 16."),
        then=gettext_noop(
            "Nothing harder than the session is written, and advice: see an adult and a "
            "professional, do less sport first."
        ),
        because="%(advice)s",
        step=conditions.under_16,
        by=0,
        as_written=True,
    ),
    Rule(
        id="under-16-rung",
        zone="any",
        when=gettext_noop("You are under 16."),
        then=gettext_noop("One rung down, and no strong rung where there is a lower one."),
        because=gettext_noop("You are under 16, so this stays gentler."),
        step=conditions.under_16,
        by=-1,
        cap=conditions.gentler,
        first_time=True,
    ),
)
_ROOM: tuple[Rule, ...] = (
    Rule(
        id="minutes",
        zone="any",
        when=gettext_noop("You have less time than the session takes."),
        then=gettext_noop(
            "First fewer sets, then fewer movements: those stay that train most of the hip for "
            "their time."
        ),
        because=gettext_noop("You have %(minutes)s minutes today."),
    ),
    Rule(
        id="nothing-fits",
        zone="any",
        when=gettext_noop("No rung and no other movement for these muscles is allowed today."),
        then=gettext_noop("The movement is left out."),
        because=gettext_noop("%(why)s No other movement for these muscles fits today."),
    ),
    Rule(
        id="anything-that-fits",
        zone="any",
        when=gettext_noop("Not one movement of the session, nor one for the same muscles, fits."),
        then=gettext_noop("Gentle movements for other muscles, so that there is something to do."),
        because=gettext_noop("%(why)s This one fits today and trains something else."),
    ),
)
RULES: tuple[Rule, ...] = (*_KNEES, *CHECKED_IN, *_PERSON, *LOGGED, *TESTS, *_ROOM)
BY_ID: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in RULES})
OUT: tuple[tuple[str, Out], ...] = tuple((r.id, r.out) for r in RULES if r.out)
STEPS: tuple[Rule, ...] = tuple(
    rule for rule in RULES if rule.step and rule.id != "flare" and not rule.fewer_sets
)
"""Rules that move a slot along its rungs, the most serious first."""
