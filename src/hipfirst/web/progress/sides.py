# SPDX-License-Identifier: Apache-2.0
"""Tests of the sides in words: what each side reached, now and at first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hipfirst.outcomes.sides import Compared, SidesTested
from hipfirst.web.accounts.models import Person
from hipfirst.web.progress.queries import names_of
from hipfirst.web.training.models import Rhythm
from hipfirst.web.training.sides import SHOWN, Result, results_by


@dataclass(frozen=True)
class TestView:
    """One test of the newest time."""

    __test__ = False

    name: str
    says: str


@dataclass(frozen=True)
class TestsView:
    __test__ = False

    on: date
    """When the sides were tested last."""
    first_on: date | None
    """None: only once so far."""
    weaker: str
    """A sentence about the sides; empty where no test is of one side."""
    tests: tuple[TestView, ...]


def tests_of(*, person: Person, rhythm: Rhythm, now: datetime) -> TestsView | None:
    """None: the sides were never tested. Four queries at most, and one without any test."""
    results = results_by(person, rhythm, now, most=SHOWN)
    if not results:
        return None
    names = names_of(test.exercise for test in results[0].tested.tests)
    return _view(results, names)


def _view(results: Sequence[Result], names: Mapping[str, str]) -> TestsView:
    newest = results[0]
    return TestsView(
        on=newest.on,
        first_on=results[-1].on if len(results) > 1 else None,
        weaker=_weaker(newest),
        tests=tuple(
            TestView(names.get(test.exercise, test.exercise), _says(test, _first(test, results)))
            for test in newest.tested.tests
        ),
    )


def _weaker(result: Result) -> str:
    tested = result.tested
    if not tested.compares:
        return _one_side(tested)
    if tested.topped:
        return _("Both sides reached the end of each test, so it cannot tell them apart.")
    if tested.disagree:
        return _("The tests do not agree on a weaker side.")
    return {
        "left": _("Your left side reached less than your right."),
        "right": _("Your right side reached less than your left."),
        None: _("Your sides are about even."),
    }[tested.weaker]


def _one_side(tested: SidesTested) -> str:
    if all(each.both is not None for each in tested.tests):
        return ""
    return _("No test has both sides yet: only two sides can be compared.")


def _first(test: Compared, results: Sequence[Result]) -> Compared | None:
    """The same test with the same movement, as it was the first time; None: this is it."""
    earlier = (
        each
        for result in reversed(results[1:])
        for each in result.tested.tests
        if (each.test, each.exercise) == (test.test, test.exercise)
    )
    return next(earlier, None)


def _says(test: Compared, first: Compared | None) -> str:
    said = _reached(test)
    if first is not None:
        said = _("%(now)s; at first %(before)s") % {"now": said, "before": _reached(first)}
    if test.topped:
        end = _("both reached the end, so this test cannot tell them apart")
        said = _("%(now)s; %(end)s") % {"now": said, "end": end}
    return said


def _reached(test: Compared) -> str:
    sides = {_("left"): test.left, _("right"): test.right, "": test.both}
    told = [
        f"{name} {_number(reached)}".strip()
        for name, reached in sides.items()
        if reached is not None
    ]
    unit = _("seconds") if test.unit == "seconds" else _("times")
    return f"{', '.join(told)} {unit}"


def _number(reached: float) -> str:
    """Whole seconds that were reached, as the player said them at the end of the test."""
    return number_format(math.floor(reached), 0)
