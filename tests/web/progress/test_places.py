# SPDX-License-Identifier: Apache-2.0
"""Words in a picture stand off what is drawn, whatever the course of pain."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest

from hipfirst.outcomes.trend import Point, trend_of
from hipfirst.web.progress.page import chart_of
from hipfirst.web.progress.places import Box, Place, Places

START = date(2026, 3, 1)
COURSES = {
    "falls": (7, 6, 5, 4, 2),
    "stays at the trial's first point": (4, 4, 4, 4, 4),
    "stays above it": (5, 5, 4, 5, 5, 4, 5, 5, 5),
    "rises from the bottom": (1, 2, 3, 5, 6, 8, 9),
    "falls from the top": (0, 10, 9, 9, 7, 6, 4),
    "goes up and down": (4, 2, 6, 3, 5, 2, 4, 5, 3, 4, 2, 3),
    "half a year": tuple(4 + n % 2 for n in range(26)),
    "one week": (6,),
    "one week at the bottom": (2,),
    "no pain": (0, 0),
    "nothing but pain": (10, 10, 10, 10, 10),
}
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
WIDTH_OF_SIGN = 7.5
"""As wide as the letters of these words come on the average, at 17 px."""


def drawn(pains, knee):
    points = [Point(START + timedelta(weeks=n), pain) for n, pain in enumerate(pains)]
    return chart_of(knee, trend_of(points), trial=True)


def words_of(chart):
    """Words other than those of the axes, and the place of their letters."""
    found = re.findall(
        r'chart__text--\w+" x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)"[^>]*>([^<]+)<', chart
    )
    for x, y, anchor, words in found:
        width = len(words) * WIDTH_OF_SIGN
        left = float(x) - ANCHORS[anchor] * width
        yield words, Box(left, float(y) - 12, left + width, float(y) + 3)


def marks_of(chart):
    for x, y in re.findall(r'chart__point" cx="([\d.]+)" cy="([\d.]+)"', chart):
        yield Box(float(x) - 6, float(y) - 6, float(x) + 6, float(y) + 6)
    for corners in re.findall(r'chart__(?:point|trial)" points="([^"]+)"', chart):
        pairs = [tuple(map(float, each.split(","))) for each in corners.split()]
        across, down = zip(*pairs, strict=True)
        yield Box(min(across), min(down), max(across), max(down))


def covered(chart):
    words, marks = list(words_of(chart)), list(marks_of(chart))
    for n, (said, box) in enumerate(words):
        others = [other for _said, other in words[n + 1 :]]
        yield from ((said, each) for each in [*marks, *others] if box.shared(each) > 0)


@pytest.mark.parametrize("knee", ["left", "right"])
@pytest.mark.parametrize("pains", COURSES.values(), ids=COURSES)
def test_no_words_of_a_chart_lie_on_a_mark_or_on_other_words(pains, knee):
    chart = drawn(pains, knee)
    assert len(list(marks_of(chart))) == len(pains) + 4
    assert {"hip 2.4", "thigh 4.1"} < {said for said, _box in words_of(chart)}
    assert list(covered(chart)) == []


def test_nor_do_they_for_any_weeks_that_chance_makes():
    chance = random.Random(20)
    for _ in range(60):
        pains = [chance.randint(0, 10) for _week in range(chance.randint(1, 14))]
        assert list(covered(drawn(pains, "right"))) == [], pains


@pytest.mark.parametrize("pains", COURSES.values(), ids=COURSES)
def test_all_words_are_within_the_picture(pains):
    for said, box in words_of(drawn(pains, "left")):
        assert box == Box(max(box.left, 27), max(box.top, 0), min(box.right, 400), box.bottom), said
        # The days stand at 246, in letters 17 high.
        assert box.bottom < 230


def test_words_take_the_first_place_that_is_free():
    places = Places(Box(0, 0, 400, 200))
    places.mark(60, 96, 6)
    tried = [Place(50, 100, "start"), Place(50, 130, "start"), Place(50, 160, "start")]
    assert places.put("2 less", tried) == tried[1]
    assert places.put("2 less", tried) == tried[2]


def test_words_keep_clear_of_marks_beside_them_where_they_are_told_to():
    places = Places(Box(0, 0, 400, 200))
    places.mark(40, 96, 6)
    near, far = Place(50, 100, "start"), Place(70, 100, "start")
    assert places.put("2 less", [near, far], clear=14) == far
    assert Places(Box(0, 0, 400, 200)).put("2 less", [near, far], clear=14) == near


def test_where_nothing_is_free_a_line_is_covered_rather_than_a_mark_or_the_edge():
    places = Places(Box(0, 0, 200, 200))
    places.mark(60, 96, 6)
    places.line(40, 150, 100, 120, width=5)
    mark, line, edge = Place(50, 100, "start"), Place(50, 140, "start"), Place(180, 50, "start")
    assert places.put("2 less", [mark, edge, line]) == line


def test_words_need_a_place_to_try():
    with pytest.raises(ValueError, match="2 less"):
        Places(Box(0, 0, 200, 200)).put("2 less", [])
