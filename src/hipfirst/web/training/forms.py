# SPDX-License-Identifier: Apache-2.0
"""The knee check as questions in three steps: what was typed, what is wrong with it, what it says.

Nothing is kept between the steps: each sends along what the ones before it were told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hipfirst.planning.request import LONGEST_MINUTES, SHORTEST_MINUTES
from hipfirst.web.training.models import KneeCheck
from hipfirst.web.training.questions import (
    ANY_KIT,
    BY_NAME,
    CONSENT,
    NO_SIGN,
    QUESTIONS,
    STEPS,
    THIS_KIT,
    Answers,
    Question,
)

Raw = Mapping[str, list[str]]
"""Field -> what was typed or tapped, as it came."""
QUOTED = 40
"""Longest quotation of a wrong value."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str | Promise
    chosen: bool


@dataclass(frozen=True)
class FieldView:
    """One question as the page shows it."""

    name: str
    kind: str
    label: str | Promise
    hint: str | Promise
    options: tuple[Option, ...]
    text: str
    """What was typed into a field of text."""
    error: str


@dataclass(frozen=True)
class CheckForm:
    """What came with a request, over what the newest check said."""

    raw: Raw
    step: int
    """The step that was sent; 0: none yet."""
    seen: int
    """The highest step that was ever sent."""
    faults: Mapping[str, str] = field(default_factory=dict)
    consented: bool = False
    """A member agreed before, and is not asked again."""

    @property
    def signs(self) -> tuple[str, ...]:
        """Red flags answered with yes."""
        allowed = BY_NAME["red_flags"].choices
        given = self.raw.get("red_flags", [])
        return tuple(slug for slug in allowed if slug in given and slug != NO_SIGN)

    @property
    def agreed(self) -> bool:
        return "consent" not in self.faults

    @property
    def young(self) -> bool:
        return "age_band" not in self.faults and self._one("age_band") == "teen"

    @property
    def first_faulty(self) -> int:
        """The first step with something wrong in it; one past the last: none."""
        return min((BY_NAME[name].step for name in self.faults), default=STEPS + 1)

    def fields(self, step: int) -> dict[str, FieldView]:
        return {each.name: self._view(each) for each in self._asked() if each.step == step}

    def _asked(self) -> Iterator[Question]:
        return (each for each in QUESTIONS if not (self.consented and each.name == "consent"))

    def carried(self, step: int) -> tuple[tuple[str, str], ...]:
        """(name, value) of everything that was sent and is not shown on the page of `step`."""
        return tuple(
            (each.name, value[:QUOTED])
            for each in self._asked()
            if each.step != step and each.step <= self.seen
            for value in self.raw.get(each.name, [])[: len(each.choices) + 2]
        )

    def _view(self, question: Question) -> FieldView:
        given = self.raw.get(question.name, [])
        return FieldView(
            name=question.name,
            kind=question.kind,
            label=question.label,
            hint=question.hint,
            options=tuple(
                Option(value, label, value in given) for value, label in question.choices.items()
            ),
            text=given[0][:QUOTED] if given else "",
            error=self.faults.get(question.name, ""),
        )

    def answers(self) -> Answers:
        """What was answered, of a form without faults."""
        return Answers(
            age_band=self._one("age_band"),
            left_now=int(self._one("left_now")),
            left_week=int(self._one("left_week")),
            right_now=int(self._one("right_now")),
            right_week=int(self._one("right_week")),
            hurts=tuple(self.raw.get("hurts", [])),
            weaker=self._one("weaker") if self._one("weaker") != "same" else "",
            avoid=tuple(self.raw.get("avoid", [])),
            kit=tuple(self.raw.get("kit", [])) if self._one("kit_choice") == THIS_KIT else None,
            minutes=int(text) if (text := self._one("minutes").strip()) else None,
            experience=self._one("experience"),
        )

    def _one(self, name: str) -> str:
        return (self.raw.get(name) or [""])[0]


def form_of(check: KneeCheck | None, *, consented: bool = False) -> CheckForm:
    """The questions with the answers of last time. Signs are asked anew each time."""
    return CheckForm(raw=_prefilled(check), step=0, seen=0, consented=consented)


def form_sent(post: QueryDict, check: KneeCheck | None, *, consented: bool = False) -> CheckForm:
    """What was sent, and what is wrong with it as far as the questions were asked."""
    step = _step(post.get("step", ""), least=1)
    seen = max(step, _step(post.get("seen", ""), least=0))
    sent = {each.name: _sent(each, post) for each in QUESTIONS if each.step <= seen}
    raw = {**_prefilled(check), **sent} | ({"consent": ["yes"]} if consented else {})
    faults = {name: fault for name, fault in _faults(raw, step) if fault}
    return CheckForm(raw=raw, step=step, seen=seen, faults=faults, consented=consented)


def _sent(question: Question, post: QueryDict) -> list[str]:
    """What came under the name of a question. Of many, the same twice says nothing more."""
    given = post.getlist(question.name)
    return list(dict.fromkeys(given)) if question.kind == "many" else given


def _step(text: str, *, least: int) -> int:
    return int(text) if text in {str(n) for n in range(least, STEPS + 1)} else least


def _prefilled(check: KneeCheck | None) -> dict[str, list[str]]:
    """Of a check that was cut short by a sign or one tap, what it does say."""
    if check is None:
        return {"kit_choice": [ANY_KIT], "weaker": ["same"]}
    numbers = ("left_now", "left_week", "right_now", "right_week", "minutes")
    given = {name: getattr(check, name) for name in numbers}
    return {
        "consent": ["yes"] if check.consent == CONSENT else [],
        "age_band": [check.age_band],
        **{name: [] if value is None else [str(value)] for name, value in given.items()},
        "hurts": check.hurts,
        "weaker": [check.weaker or "same"],
        "avoid": check.avoid,
        "kit_choice": [ANY_KIT if check.kit is None else THIS_KIT],
        "kit": check.kit or [],
        "experience": [check.experience] if check.experience else [],
    }


def _faults(raw: Raw, step: int) -> Iterator[tuple[str, str]]:
    for question in QUESTIONS:
        if question.step <= step:
            yield question.name, _fault(question, raw.get(question.name, []))


def _fault(question: Question, given: list[str]) -> str:
    """What is wrong with an answer, in a sentence; empty: nothing."""
    if question.kind != "many" and len(given) > 1:
        quoted = ", ".join(_("“%(given)s”") % {"given": _short(each)} for each in given[:2])
        return _("You gave several answers: %(given)s. Allowed: one.") % {"given": quoted}
    if question.kind == "number":
        return _fault_of_number(given)
    wrong = next((value for value in given if value not in question.choices), None)
    if wrong is not None:
        return _("You gave “%(given)s”. Allowed: %(allowed)s.") % {
            "given": _short(wrong),
            "allowed": _allowed(question),
        }
    if question.name == "red_flags" and NO_SIGN in given and len(given) > 1:
        return _("You ticked a sign and “None of these”. Tick only what is true.")
    if question.needed and not given:
        return str(question.missing) or _("Nothing was chosen. Allowed: %(allowed)s.") % {
            "allowed": _allowed(question)
        }
    return ""


def _fault_of_number(given: list[str]) -> str:
    text = given[0].strip() if given else ""
    # isdecimal alone would take other scripts' digits, and int() huge numbers slowly.
    fits = text.isascii() and text.isdecimal() and len(text) <= 4
    if not text or (fits and SHORTEST_MINUTES <= int(text) <= LONGEST_MINUTES):
        return ""
    return _(
        "You gave “%(given)s”. Allowed: a whole number from %(least)s to %(most)s, or nothing."
    ) % {"given": _short(text), "least": SHORTEST_MINUTES, "most": LONGEST_MINUTES}


def _allowed(question: Question) -> str:
    if question.kind == "scale":
        return _("a whole number from 0 to 10")
    return ", ".join(f"“{label}”" for label in question.choices.values())


def _short(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
