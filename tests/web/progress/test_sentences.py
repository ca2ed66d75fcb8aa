# SPDX-License-Identifier: Apache-2.0
"""What is said of a trend adds up as it is read."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest

from hipfirst.outcomes.trend import Point, trend_of
from hipfirst.web.progress import sentences
from hipfirst.web.progress.page import chart_of

START = date(2026, 3, 1)


def trend(*pains):
    return trend_of([Point(START + timedelta(weeks=n), pain) for n, pain in enumerate(pains)])


def test_of_pain_that_never_moved_no_change_to_no_change_is_not_said():
    said = sentences.summary(trend(3, 3, 3, 3, 3, 3))
    assert said == "In 5 weeks the worst pain of a week stayed the same, about 3.0 of 10."


@pytest.mark.parametrize(
    "pains", [(7, 6, 6, 5, 5, 4, 4, 3, 3), (6, 6, 5, 5, 3, 4, 3, 2, 3), (1, 2, 2, 4, 4, 5, 7, 7)]
)
def test_the_change_is_what_the_two_numbers_differ_by(pains):
    said = sentences.summary(trend(*pains))
    before, after, change = map(
        float, re.search(r"about ([\d.]+) to about ([\d.]+) of 10.*?: ([\d.]+)", said).groups()
    )
    assert change == pytest.approx(abs(after - before))


@pytest.mark.parametrize("first", range(11))
def test_words_beside_a_limit_stay_off_the_days_and_inside_the_chart(first):
    chart = chart_of("left", trend(first), trial=False)
    places = re.findall(r'chart__text--limit" x="[\d.]+" y="([\d.]+)"', chart)
    assert places
    # The days stand at 246, in letters 17 high.
    assert all(20 <= float(place) <= 220 for place in places)


@pytest.mark.parametrize(
    ("pains", "verdict", "said"),
    [
        ((2, 8, 1, 6, 7), "no-clear-change", ""),
        ((4, 4, 4, 4, 4, 4), "no-clear-change", "The same in four weeks"),
        ((8, 7, 6, 5, 4, 3, 2), "better", "About 4.0 of 10 less in four weeks"),
        ((1, 2, 3, 4, 5, 6, 7), "worse", "About 4.0 of 10 more in four weeks"),
        ((2, 2, 2), "too-early", ""),
    ],
)
def test_a_number_for_four_weeks_claims_no_more_than_the_verdict(pains, verdict, said):
    found = trend(*pains)
    assert (found.verdict, sentences.four_weeks(found)) == (verdict, said)


def test_a_change_that_is_not_sure_is_a_perhaps():
    for pains in itertools.product(range(3, 8), repeat=5):
        found = trend(*pains)
        if found.verdict.startswith("looks-"):
            assert sentences.four_weeks(found).startswith(("Perhaps ", "The same"))
            return
    raise AssertionError("no five weeks look lower or higher")
