# SPDX-License-Identifier: Apache-2.0
"""One row of the knee rules, as `rules` holds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.today import Knees, Place, Seen, Today, named
from hipfirst.planning.words import Say, Sentence, Value, gettext_noop

RuleZone = Literal["green", "amber", "red", "flare", "any"]
Out = Callable[[Today, Seen], Knees | None]
"""The knees because of which a movement is out, () for another reason; None: it may stay."""
Step = Callable[[Today, Place], Knees | None]
"""The same for a slot that is to start elsewhere on its rungs."""
Cap = Callable[[Today, Place], int]
Answers = Callable[[Today, Knees], Sentence]


@dataclass(frozen=True)
class Rule:
    """One row: when it holds, what it does, where it comes from, and how it is done."""

    id: str
    zone: RuleZone
    when: str
    then: str
    because: str
    """What a change says; `%(knee)s` is the knee."""
    source: str = "design"
    """Evidence card, or the design of the site."""
    out: Out | None = None
    step: Step | None = None
    by: int = 0
    """Rungs up or down that `step` asks for; 0: none, and none up for other reasons."""
    cap: Cap | None = None
    """The highest rung there may be then."""
    on_flare_day: bool = False
    """A step that counts on Flare Day too, which is written for sore knees."""
    fewer_sets: bool = False
    """`step` asks for one set fewer in every slot, and for no other rung."""
    checked_in: bool = False
    """It follows from what was told of a session or a week: of all such rules the one that asks for
    least counts, once.
    """
    first_time: bool = False
    """What a log of the slot's movements says in its place, once there is one."""
    as_written: bool = False
    """Nothing harder than written, whatever the log says; else nothing harder than done lately."""
    answers: Answers | None = None
    """What stands at `%(answers)s` in `because`: the answers that did it."""
    example: Mapping[str, Value] = field(default_factory=dict)
    """What may stand in the places of `because` that only this rule has."""

    @property
    def holds(self) -> bool:
        """Whether nothing gets harder where its step counts."""
        return self.step is not None and not self.fewer_sets and (self.by == 0 or self.checked_in)

    def when_said(self, thresholds: Thresholds, say: Say = gettext_noop) -> str:
        return say(self.when) % values_of(thresholds)

    def then_said(self, thresholds: Thresholds, say: Say = gettext_noop) -> str:
        return say(self.then) % values_of(thresholds)

    def why_today(self, knees: Knees, today: Today) -> Sentence:
        """The same with the answers that did it."""
        more = {"answers": self.answers(today, knees)} if self.answers else {}
        return self.why(knees, today.thresholds, **more)

    def why(self, knees: Knees, thresholds: Thresholds, **more: Value) -> Sentence:
        """The reason of a change; `more` fills further places of `because`."""
        knee = {"knee": named(knees)} if knees else {}
        return Sentence(self.because, {**values_of(thresholds), **knee, **more})


def values_of(thresholds: Thresholds) -> dict[str, str]:
    """Every threshold as it is written in a sentence."""
    return {name: f"{value:g}" for name, value in thresholds.model_dump().items()}
