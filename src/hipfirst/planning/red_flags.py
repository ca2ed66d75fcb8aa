# SPDX-License-Identifier: Apache-2.0
"""Signs that need a person who can examine, not a session: one table for page, player and command.

Each question can be answered with yes or no by somebody without training. What it may mean is a
possibility, never a finding. Rests on common triage advice for pain around the knee and hip.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from hipfirst.planning.words import Say, gettext_noop

Urgency = Literal["emergency", "today", "soon", "first"]
"""`emergency`: call now; `today`: be seen the same day; `soon`: within days; `first`: before
training, at a normal appointment.
"""


@dataclass(frozen=True)
class RedFlag:
    """One sign. Every text but the slug is for people, and translated where it is shown."""

    slug: str
    question: str
    may_mean: str
    how_soon: str
    urgency: Urgency
    go_to: str
    say: str
    """Words for the call, in the first person."""

    def said(self, say: Say = gettext_noop) -> RedFlag:
        """The same sign in the language of `say`."""
        return RedFlag(
            slug=self.slug,
            question=say(self.question),
            may_mean=say(self.may_mean),
            how_soon=say(self.how_soon),
            urgency=self.urgency,
            go_to=say(self.go_to),
            say=say(self.say),
        )


@dataclass(frozen=True)
class Advice:
    """A few sentences for somebody before they train."""

    slug: str
    title: str
    sentences: tuple[str, ...]

    def said(self, say: Say = gettext_noop) -> Advice:
        return Advice(self.slug, say(self.title), tuple(say(text) for text in self.sentences))


_NOW = gettext_noop("Now. Do not wait, and do not drive yourself.")
_TODAY = gettext_noop("Today, also at night or at the weekend.")
_DAYS = gettext_noop("Within a few days. Do not train until then.")
_FIRST = gettext_noop("Before you train. A normal appointment is soon enough.")
_AMBULANCE = gettext_noop("Your local emergency number, or the nearest emergency department.")
_SAME_DAY = gettext_noop("Your doctor's practice by telephone, or the out-of-hours service.")
_DOCTOR = gettext_noop("Your doctor. Say on the telephone that you should be seen soon.")
_EITHER = gettext_noop("Your doctor or a physiotherapist.")

RED_FLAGS: tuple[RedFlag, ...] = (
    RedFlag(
        slug="chest-or-breath",
        question=gettext_noop(
            "Do you have chest pain, or are you suddenly short of breath, with or without a sore "
            "or swollen leg?"
        ),
        may_mean=gettext_noop(
            "This can be a sign of a blood clot in the lung or of trouble with the heart."
        ),
        how_soon=_NOW,
        urgency="emergency",
        go_to=_AMBULANCE,
        say=gettext_noop(
            "I have chest pain or sudden shortness of breath. It began at (time). I do or do not "
            "have a swollen or painful leg."
        ),
    ),
    RedFlag(
        slug="hot-joint",
        question=gettext_noop(
            "Is a joint hot, red and swollen, or is it swollen while you have a fever or feel ill?"
        ),
        may_mean=gettext_noop("This can be a sign of an infection inside the joint."),
        how_soon=_NOW,
        urgency="emergency",
        go_to=_AMBULANCE,
        say=gettext_noop(
            "A joint is hot, red and swollen since (day). My temperature is (number). I do or do "
            "not take medicine that weakens my defences."
        ),
    ),
    RedFlag(
        slug="cannot-walk",
        question=gettext_noop(
            "Since an injury, are you unable to take four steps, to bend the knee to a right "
            "angle, or to lift the leg straight, or does the knee look out of shape?"
        ),
        may_mean=gettext_noop("This can be a sign of a broken bone or a torn tendon."),
        how_soon=_NOW,
        urgency="emergency",
        go_to=_AMBULANCE,
        say=gettext_noop(
            "I hurt my knee on (day) by (what happened). I cannot walk four steps, bend it to a "
            "right angle or lift the straight leg."
        ),
    ),
    RedFlag(
        slug="back-and-both-legs",
        question=gettext_noop(
            "Do you have back pain with pain or weakness in both legs, numbness between the "
            "legs, or a new problem with holding or passing water or stool?"
        ),
        may_mean=gettext_noop("This can be a sign of pressure on the nerves of the lower back."),
        how_soon=_NOW,
        urgency="emergency",
        go_to=_AMBULANCE,
        say=gettext_noop(
            "I have back pain, and since (time) weakness in both legs, numbness between my legs "
            "or trouble with bladder or bowel."
        ),
    ),
    RedFlag(
        slug="calf",
        question=gettext_noop(
            "Is one calf swollen, warm or painful for no clear reason?"
            " More so after surgery, a long journey, lying still for long, in pregnancy, or with "
            "hormone tablets."
        ),
        may_mean=gettext_noop("This can be a sign of a blood clot in a vein of the leg."),
        how_soon=_TODAY,
        urgency="today",
        go_to=_SAME_DAY,
        say=gettext_noop(
            "My (left or right) calf is swollen, warm or painful since (day). Before that I had "
            "(surgery, a journey, nothing special). I breathe normally and my chest does not hurt."
        ),
    ),
    RedFlag(
        slug="swelling-after-injury",
        question=gettext_noop("Did the knee swell within two hours after a twist, blow or fall?"),
        may_mean=gettext_noop(
            "This can be a sign of bleeding into the joint from a torn ligament or a broken bone."
        ),
        how_soon=_TODAY,
        urgency="today",
        go_to=_SAME_DAY,
        say=gettext_noop(
            "I injured my (left or right) knee on (day). It swelled within two hours. I can or "
            "cannot stand on it."
        ),
    ),
    RedFlag(
        slug="fall",
        question=gettext_noop(
            "Are you 55 or older, and since a fall or a blow the bone at the knee hurts when you "
            "press on it?"
        ),
        may_mean=gettext_noop("This can be a sign of a broken bone."),
        how_soon=_TODAY,
        urgency="today",
        go_to=_SAME_DAY,
        say=gettext_noop(
            "I am (age). On (day) I fell on my knee or hit it, and the bone hurts when I press "
            "here (show or say where)."
        ),
    ),
    RedFlag(
        slug="young-hip",
        question=gettext_noop(
            "Are you under 17 with pain in the knee, thigh or groin, and do you limp, or is "
            "turning the hip painful or stiff?"
        ),
        may_mean=gettext_noop(
            "At this age it can be a sign that the hip is in trouble, even when only the knee "
            "hurts."
        ),
        how_soon=gettext_noop("Today. Until then do not put weight on that leg."),
        urgency="today",
        go_to=gettext_noop("A doctor, together with an adult, or the out-of-hours service."),
        say=gettext_noop(
            "I am (age). My knee, thigh or groin hurts since (day), I limp, and turning the hip "
            "hurts. Could somebody examine the hip today?"
        ),
    ),
    RedFlag(
        slug="locked",
        question=gettext_noop(
            "Does the knee get stuck, so that you cannot straighten it for a while, or is it "
            "stuck now?"
        ),
        may_mean=gettext_noop("This can be a sign that something is caught inside the joint."),
        how_soon=gettext_noop("Within a few days; today if it is stuck now. Do not force it."),
        urgency="soon",
        go_to=_DOCTOR,
        say=gettext_noop(
            "My (left or right) knee gets stuck and I cannot straighten it. It first happened on "
            "(day) and is or is not stuck now."
        ),
    ),
    RedFlag(
        slug="night-pain",
        question=gettext_noop(
            "Does it hurt at night or at rest however you lie, or do you have pain together with "
            "weight loss you cannot explain, a lump, or cancer now or in the past?"
        ),
        may_mean=gettext_noop(
            "Most often this has a harmless cause, but it can be a sign of an infection or a "
            "growth, and should be looked at."
        ),
        how_soon=_DAYS,
        urgency="soon",
        go_to=_DOCTOR,
        say=gettext_noop(
            "I have pain in (place) at night and at rest since (day), and no position eases it. I "
            "have or have not lost weight, felt a lump, or had cancer."
        ),
    ),
    RedFlag(
        slug="groin",
        question=gettext_noop(
            "Does the groin hurt when you put weight on the leg or hop, after much running, "
            "eating little, or with thin bones?"
        ),
        may_mean=gettext_noop("This can be a sign of a stress fracture near the hip."),
        how_soon=gettext_noop("Within a few days. Until then no running, no jumping, no training."),
        urgency="soon",
        go_to=_DOCTOR,
        say=gettext_noop(
            "My groin hurts when I stand on the leg, since (day). I run (how much) a week. Could "
            "a stress fracture be ruled out?"
        ),
    ),
    RedFlag(
        slug="numb-or-weak",
        question=gettext_noop(
            "Is the leg numb or tingling, does the foot drop, or does pain run from the back to "
            "below the knee?"
        ),
        may_mean=gettext_noop("This can be a sign of an irritated nerve."),
        how_soon=gettext_noop("Within a few days; today if the weakness is new or gets worse."),
        urgency="soon",
        go_to=_DOCTOR,
        say=gettext_noop(
            "Since (day) my (left or right) leg is numb or weak, or pain runs below the knee. It "
            "is or is not getting worse."
        ),
    ),
    RedFlag(
        slug="gives-way",
        question=gettext_noop(
            "Does the knee give way again and again, or has the kneecap slipped out of place?"
        ),
        may_mean=gettext_noop("This can be a sign that the knee or the kneecap is not held well."),
        how_soon=_FIRST,
        urgency="first",
        go_to=_EITHER,
        say=gettext_noop(
            "My (left or right) knee gives way, or the kneecap slipped out, (how often) since "
            "(day). I would like it examined before I train."
        ),
    ),
    RedFlag(
        slug="swollen",
        question=gettext_noop(
            "Is the knee visibly swollen, or does it swell after you train or walk?"
        ),
        may_mean=gettext_noop(
            "This can be a sign of something irritated inside the knee, which exercise may stir."
        ),
        how_soon=_FIRST,
        urgency="first",
        go_to=_EITHER,
        say=gettext_noop(
            "My (left or right) knee is swollen since (day). It gets worse after (what). There was "
            "no injury, it is not hot and I have no fever."
        ),
    ),
    RedFlag(
        slug="several-joints",
        question=gettext_noop(
            "Do several joints hurt, are you stiff for more than half an hour every morning, or "
            "do you also have a rash, a sore red eye, or long-lasting trouble with the bowel?"
        ),
        may_mean=gettext_noop("This can be a sign of a disease that inflames joints."),
        how_soon=_FIRST,
        urgency="first",
        go_to=gettext_noop("Your doctor."),
        say=gettext_noop(
            "Several joints hurt since (day), and in the morning I am stiff for (minutes). I also "
            "have (rash, eye, bowel, nothing else)."
        ),
    ),
    RedFlag(
        slug="ask-first",
        question=gettext_noop(
            "Have you had surgery lately, are you pregnant with pain in the pelvis, or do you have "
            "a heart problem that is not under control?"
        ),
        may_mean=gettext_noop("Training may well be good for you, but not every movement fits."),
        how_soon=_FIRST,
        urgency="first",
        go_to=gettext_noop("The doctor, midwife or physiotherapist who knows you."),
        say=gettext_noop(
            "I would like to do gentle strength training for hips and knees at home. I have "
            "(surgery on (day), a pregnancy, a heart problem). What should I leave out?"
        ),
    ),
)
"""Most urgent first."""
BY_SLUG: Mapping[str, RedFlag] = MappingProxyType({flag.slug: flag for flag in RED_FLAGS})

UNDER_16 = Advice(
    slug="under-16",
    title=gettext_noop("You are under 16"),
    sentences=(
        gettext_noop("Talk to an adult you trust about your knee before you train here."),
        gettext_noop(
            "See a doctor or a physiotherapist together. A growing body can have other reasons "
            "for a sore knee, and some of them sit in the hip."
        ),
        gettext_noop(
            "Do less sport first: less running, jumping and kneeling, for a few weeks. At your age "
            "that is worth trying first."
        ),
        gettext_noop(
            "If you limp, or if turning the hip hurts, stop and see somebody today, and put no "
            "weight on that leg."
        ),
    ),
)
