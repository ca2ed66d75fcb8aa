# SPDX-License-Identifier: Apache-2.0
"""A check-in as a form of a few taps: its questions, what came, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hipfirst.web.training.check_in_actions import Told
from hipfirst.web.training.forms import FieldView, Option
from hipfirst.web.training.models import Activity, CheckIn
from hipfirst.web.training.questions import SCALE, Choices

Kind = CheckIn.Kind
Look = Literal["scale", "one", "tick", "text"]
MAX_NAME = 80
QUOTED = 40
PAIN_ENDS = (_("0: no pain"), _("10: worst imaginable"))
HARD_ENDS = (_("0: easy"), _("10: cannot do it"))
SWELLING: Choices = {"no": _("No"), "yes": _("Yes")}
AGREE: Choices = {"yes": _("Keep my answers, so that my sessions fit my knees")}
LABELS: Mapping[str, Mapping[str, str | Promise]] = {
    Kind.WEEK: {
        "left": _("Left knee, worst of the last week"),
        "right": _("Right knee, worst of the last week"),
    },
    Kind.HOUR: {"left": _("Left knee, pain now"), "right": _("Right knee, pain now")},
    Kind.MORNING: {"left": _("Left knee, this morning"), "right": _("Right knee, this morning")},
}


@dataclass(frozen=True)
class AskView(FieldView):
    """A question as the page shows it."""

    ends: tuple[str | Promise, ...] = ()
    """What the ends of a scale mean."""


@dataclass(frozen=True)
class CheckInForm:
    """What came, for a person who names `activity` now and has agreed before or not."""

    kind: CheckIn.Kind
    activity: Activity | None = None
    agreed: bool = False
    ticked: bool = False
    """A visitor agreed before: the tick is there, and may be taken away."""
    raw: Mapping[str, str] = field(default_factory=dict)
    sent: bool = False

    @property
    def faults(self) -> dict[str, str]:
        """Question -> what is wrong with its answer, in a sentence."""
        return dict(self._faults()) if self.sent else {}

    @property
    def name(self) -> str:
        """Of an activity that is named now; empty: none."""
        return " ".join(self.raw.get("activity", "").replace("\0", "").split())

    def told(self) -> Told:
        """What was answered, of a form without faults."""
        hard = self.raw.get("hard", "")
        return Told(
            left=int(self.raw["left"]),
            right=int(self.raw["right"]),
            swelling=self.raw.get("swelling") == "yes",
            activity=self.name if self.kind == Kind.WEEK else "",
            hard=int(hard) if hard and self.kind == Kind.WEEK else None,
        )

    def knees(self) -> tuple[AskView, ...]:
        labels = LABELS[self.kind]
        return tuple(self._scale(side, labels[side], PAIN_ENDS) for side in ("left", "right"))

    def swelling(self) -> AskView | None:
        if self.kind != Kind.MORNING:
            return None
        return self._view("swelling", "one", _("Is a knee newly swollen?"), SWELLING)

    def hard(self) -> AskView | None:
        """How hard one's own activity was; on the page of the week only."""
        if self.kind != Kind.WEEK:
            return None
        asked = (
            _("how hard was it last week?") if self.activity else _("How hard was it last week?")
        )
        label = f"{self.activity.name}: {asked}" if self.activity else asked
        return self._scale("hard", label, HARD_ENDS)

    def named(self) -> AskView | None:
        if self.kind != Kind.WEEK:
            return None
        label = _("Something else") if self.activity else _("Something your knees make hard")
        return self._view("activity", "text", label, {})

    def consent(self) -> AskView | None:
        return None if self.agreed else self._view("consent", "tick", _("I agree"), AGREE)

    def asked(self) -> tuple[AskView, ...]:
        every = (*self.knees(), self.swelling(), self.hard(), self.named(), self.consent())
        return tuple(each for each in every if each)

    def _scale(self, name: str, label: str | Promise, ends: tuple[str | Promise, ...]) -> AskView:
        return self._view(name, "scale", label, SCALE, ends)

    def _view(
        self,
        name: str,
        look: Look,
        label: str | Promise,
        choices: Choices,
        ends: tuple[str | Promise, ...] = (),
    ) -> AskView:
        given = self.raw.get(name, "yes" if name == "consent" and self.ticked else "")
        return AskView(
            name=name,
            kind=look,
            label=label,
            hint="",
            options=tuple(Option(value, text, value == given) for value, text in choices.items()),
            text=given[: MAX_NAME + 1] if look == "text" else "",
            error=self.faults.get(name, ""),
            ends=ends,
        )

    def _faults(self) -> Iterator[tuple[str, str]]:
        for side in ("left", "right"):
            if fault := _fault_of_score(self.raw.get(side, "")):
                yield side, fault
        if self.kind == Kind.MORNING and self.raw.get("swelling") not in SWELLING:
            yield "swelling", str(_("Tap Yes or No."))
        if self.kind == Kind.WEEK:
            yield from self._faults_of_activity()
        if not self.agreed and self.raw.get("consent") != "yes":
            yield "consent", str(_("Tick this if your answers may be kept. Nothing is kept yet."))

    def _faults_of_activity(self) -> Iterator[tuple[str, str]]:
        hard = self.raw.get("hard", "")
        if hard and (fault := _fault_of_score(hard)):
            yield "hard", fault
        if len(self.name) > MAX_NAME:
            said = _("You gave %(given)s characters. Allowed: at most %(most)s.")
            yield "activity", str(said) % {"given": len(self.name), "most": MAX_NAME}
        if hard and not self.activity and not self.name:
            yield "activity", str(_("You said how hard it was. Say what, too, or leave both out."))


def form_of(
    kind: CheckIn.Kind, activity: Activity | None, *, agreed: bool, ticked: bool
) -> CheckInForm:
    return CheckInForm(kind, activity, agreed, ticked)


def form_sent(
    post: QueryDict, kind: CheckIn.Kind, activity: Activity | None, *, agreed: bool
) -> CheckInForm:
    names = ("left", "right", "swelling", "hard", "activity", "consent")
    raw = {name: post.get(name, "") for name in names}
    return CheckInForm(kind, activity, agreed, ticked=False, raw=raw, sent=True)


def _fault_of_score(given: str) -> str:
    if given in SCALE:
        return ""
    if not given:
        return str(_("Tap a number from 0 to 10."))
    quoted = given if len(given) <= QUOTED else given[: QUOTED - 1] + "…"
    said = _("You gave “%(given)s”. Allowed: a whole number from 0 to 10.")
    return str(said) % {"given": quoted}
