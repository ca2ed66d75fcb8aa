# SPDX-License-Identifier: Apache-2.0
"""The questions of the knee check: names, choices and words; and what answering them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hipfirst.packs.vocabulary import COMFORT
from hipfirst.planning.red_flags import RED_FLAGS
from hipfirst.planning.request import LONGEST_MINUTES, SHORTEST_MINUTES
from hipfirst.web.accounts.consent_words import HEALTH_VERSION
from hipfirst.web.library.labels import KIT

STEPS = 3
CONSENT = HEALTH_VERSION
"""Version of the words of consent: a check of an older one is no agreement to these."""
IN_SESSION = 0
"""In place of that version: nothing was asked, a sign was named while a session was played."""
NO_SIGN = "none"
ANY_KIT, THIS_KIT = "any", "these"
AT_HAND = COMFORT | {"wall"}
"""Kit that is never asked for: comfort, and what every room has."""

Kind = Literal["tick", "one", "many", "scale", "number"]
Choices = Mapping[str, str | Promise]


@dataclass(frozen=True)
class Question:
    name: str
    step: int
    kind: Kind
    label: str | Promise
    choices: Choices
    """Value -> label; of a number none."""
    needed: bool = False
    hint: str | Promise = ""
    missing: str | Promise = ""
    """What is said where it is needed and was not answered; empty: what is allowed."""


SCALE: Choices = {str(number): str(number) for number in range(11)}
SIGNS: Choices = {
    **{flag.slug: _(flag.question) for flag in RED_FLAGS},
    NO_SIGN: _("None of these"),
}
AGES: Choices = {"adult": _("16 or older"), "teen": _("Under 16")}
ACTIVITIES: Choices = {
    "stairs": _("Stairs"),
    "squatting": _("Squatting"),
    "kneeling": _("Kneeling"),
    "sitting": _("Sitting for long"),
    "running": _("Running"),
    "jumping": _("Jumping"),
}
SIDES: Choices = {"left": _("Left"), "right": _("Right"), "same": _("No difference")}
AVOIDS: Choices = {
    "kneeling": _("Kneeling, and hands and knees"),
    "floor": _("Getting down on the floor"),
    "supine": _("Lying on my back"),
    "side-lying": _("Lying on my side"),
    "prone": _("Lying on my front"),
    "standing": _("Standing"),
}
KIT_CHOICES: Choices = {
    ANY_KIT: _("Whatever a session asks for"),
    THIS_KIT: _("Floor and wall, and what I tick here"),
}
EXPERIENCES: Choices = {
    "new": _("I am new to it"),
    "some": _("Some months"),
    "years": _("Years"),
}

QUESTIONS: tuple[Question, ...] = (
    Question(
        "consent",
        1,
        "tick",
        _("I agree"),
        {"yes": _("Keep my answers, so that my sessions fit my knees")},
        needed=True,
        missing=_("Tick this if your answers may be kept. You can also train without them."),
    ),
    Question("age_band", 1, "one", _("How old are you?"), AGES, needed=True),
    Question(
        "red_flags",
        1,
        "many",
        _("Is any of this true today?"),
        SIGNS,
        needed=True,
        hint=_("Then somebody should look at it before you train. Tick what is true."),
        missing=_("Nothing was ticked. Tick what is true, or “None of these” at the end."),
    ),
    Question("left_now", 2, "scale", _("Left knee, pain now"), SCALE, needed=True),
    Question("left_week", 2, "scale", _("Left knee, worst of the last week"), SCALE, needed=True),
    Question("right_now", 2, "scale", _("Right knee, pain now"), SCALE, needed=True),
    Question("right_week", 2, "scale", _("Right knee, worst of the last week"), SCALE, needed=True),
    Question(
        "hurts",
        2,
        "many",
        _("What hurts a knee?"),
        ACTIVITIES,
        hint=_("Tick what does; nothing is fine too."),
    ),
    Question("weaker", 2, "one", _("Which leg is weaker?"), SIDES, needed=True),
    Question(
        "avoid", 3, "many", _("Positions to leave out"), AVOIDS, hint=_("Nothing is fine too.")
    ),
    Question("kit_choice", 3, "one", _("What do you have at hand?"), KIT_CHOICES, needed=True),
    Question(
        "kit",
        3,
        "many",
        _("At hand beside floor and wall"),
        {slug: label for slug, label in KIT.items() if slug not in AT_HAND},
    ),
    Question(
        "minutes",
        3,
        "number",
        _("How many minutes do you have?"),
        {},
        hint=format_lazy(
            _("{least} to {most}. Empty: as long as the session takes."),
            least=SHORTEST_MINUTES,
            most=LONGEST_MINUTES,
        ),
    ),
    Question(
        "experience",
        3,
        "one",
        _("How long have you trained for strength?"),
        EXPERIENCES,
        needed=True,
    ),
)
BY_NAME: Mapping[str, Question] = {each.name: each for each in QUESTIONS}


@dataclass(frozen=True)
class Answers:
    """A knee check as it was answered; what was not asked is None or empty."""

    age_band: str
    red_flags: tuple[str, ...] = ()
    fine: bool = False
    left_now: int | None = None
    left_week: int | None = None
    right_now: int | None = None
    right_week: int | None = None
    hurts: tuple[str, ...] = ()
    weaker: str = ""
    avoid: tuple[str, ...] = ()
    kit: tuple[str, ...] | None = None
    minutes: int | None = None
    experience: str = ""
