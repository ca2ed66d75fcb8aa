# SPDX-License-Identifier: Apache-2.0
"""The page of one's own weeks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from hipfirst.web.progress.queries import trends_of, weeks_told
from hipfirst.web.training.models import CheckIn, KneeCheck
from hipfirst.web.training.plans import asked_for
from web.conftest import run_of
from web.progress.weeks import FIRST, tell

BETTER = [(7, 5), (6, 5), (6, 4), (5, 5), (5, 5), (4, 4), (4, 5), (3, 5), (3, 5)]


def text_of(browser, path="/progress/"):
    answer = browser.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def knee(page, side):
    return page.split(f'class="knee knee--{side}"')[1].split("</details>")[0]


def test_a_stranger_reads_how_it_works(starter, stranger):
    page = text_of(stranger)
    assert "How it works" in page
    assert "<svg" not in page
    assert "/evidence/crossley-2004/" in page


def test_each_knee_has_its_own_verdict_sentence_chart_and_table(starter, ada):
    tell(ada.person, *BETTER)
    left, right = (knee(text_of(ada), side) for side in ("left", "right"))
    assert "Better" in left
    assert "About 2.0 of 10 less in four weeks" in left
    assert "fell from about 7.0 to about 3.0 of 10 in 8 weeks" in left
    assert "No clear change" in right
    for part in (left, right):
        assert part.count('role="img"') == 1
        assert len(re.findall(r"<td>\d+</td>", part)) == len(BETTER)


def test_a_rising_knee_is_sent_to_somebody_who_can_look(starter, ada):
    tell(ada.person, *((n, 0) for n in (1, 2, 3, 4, 6)))
    assert "Let a doctor or physiotherapist look at it." in knee(text_of(ada), "left")


@pytest.mark.parametrize(("count", "said"), [(1, "1 week was told"), (4, "4 weeks were told")])
def test_too_early_is_said_with_what_is_missing(starter, ada, count, said):
    tell(ada.person, *BETTER[:count])
    part = knee(text_of(ada), "left")
    assert "Too early to say" in part
    assert f"{said}. A trend needs 5" in part
    assert 'class="chart__line"' not in part


def test_a_week_that_was_not_told_is_no_point(starter, ada):
    tell(ada.person, (6, 6), None, (5, 5))
    part = knee(text_of(ada), "left")
    chart = part.split("</desc>")[1].split("</figure>")[0].split("</svg>")[0]
    assert chart.count('class="chart__point"') == 2


def test_the_trial_stands_beside_it_when_asked(starter, ada):
    tell(ada.person, *BETTER)
    assert "chart__trial" not in text_of(ada)
    page = text_of(ada, "/progress/?trial")
    # Two knees, two groups, two points; and nothing drawn between them.
    assert page.count('class="chart__trial"') == 8
    assert page.count('class="chart__spread"') == 4
    for words in ("Week 0 (derived)", "By eight weeks both were better", "/evidence/hott-2019/"):
        assert words in page


def test_nobody_reads_the_weeks_of_somebody_else(starter, ada, ben):
    tell(ada.person, *BETTER)
    assert "How it works" in text_of(ben)


def test_an_activity_of_ones_own_has_a_sentence(starter, ada):
    tell(ada.person, (5, 5), (4, 4), activity="the stairs at <work>", hard=(8, 5))
    page = text_of(ada)
    assert "the stairs at &lt;work&gt;" in page
    assert "5 of 10 hard; at first it was 8." in page


def test_sessions_are_counted_by_week_and_nothing_is_called_missed(starter, ada):
    tell(ada.person, (5, 5))
    run = run_of(ada)
    run.status, run.finished_at = run.Status.FINISHED, timezone.now() + timedelta(minutes=1)
    run.save()
    page = text_of(ada)
    assert "1 session" in page
    assert not re.search(r"missed|failed", page)


def test_old_weeks_ask_for_a_new_one(starter, ada):
    tell(ada.person, (5, 5), first=FIRST)
    assert "The last week was told on 1 March 2026" in text_of(ada)


def test_nothing_in_a_chart_needs_a_style_or_the_outside(starter, ada):
    tell(ada.person, *BETTER)
    page = text_of(ada, "/progress/?trial")
    for chart in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert "style=" not in chart
        assert "href" not in chart
        assert "url(" not in chart


@pytest.mark.parametrize("count", [1, 12])
def test_it_asks_the_same_however_many_weeks_and_sessions(
    starter, ada, count, django_assert_num_queries
):
    tell(ada.person, *BETTER[: max(1, count - 4)])
    for _n in range(count):
        run = run_of(ada)
        run.status, run.finished_at = run.Status.FINISHED, timezone.now()
        run.save()
    text_of(ada)
    with django_assert_num_queries(9):
        text_of(ada)


def test_a_week_told_again_on_its_day_takes_the_place_of_the_first(starter, ada):
    tell(ada.person, (4, 4), (10, 10))
    again = CheckIn.objects.order_by("at").last()
    again.pk, again.at, again.left, again.right = None, again.at + timedelta(minutes=1), 1, 2
    again.save()
    trends = trends_of(weeks_told(person=ada.person))
    assert [point.pain for point in trends["left"].points] == [4, 1]
    assert trends["right"].points[-1].pain == 2


def checked(browser, day, left, right, *, hour=20):
    """A knee check of that day."""
    at = datetime.combine(day, time(hour), tzinfo=UTC)
    week = {"left_week": left, "right_week": right}
    return KneeCheck.objects.create(
        person=browser.person, consent=2, created=at, left_now=0, right_now=0, **week
    )


def test_the_worst_of_a_week_counts_whatever_asked_for_it(starter, ada):
    today = timezone.now().date() - timedelta(days=1)
    tell(ada.person, (4, 0), (2, 1), first=today - timedelta(weeks=1))
    checked(ada, today, 8, 1)
    assert [row.left for row in weeks_told(person=ada.person)] == [4, 8]
    page = knee(text_of(ada), "left")
    assert re.findall(r"<td>(\d+)</td>", page) == ["8", "4"]
    # What the rules go by is the same.
    rules = asked_for(person=ada.person, check=None, session="").request.weeks
    assert [each.pain for each in rules if each.knee == "left"] == [8, 4]


def test_of_a_knee_check_and_a_check_in_of_one_day_the_later_counts(starter, ada):
    today = timezone.now().date() - timedelta(days=1)
    checked(ada, today, 8, 8, hour=9)
    tell(ada.person, (2, 1), first=today, activity="stairs", hard=(6,))
    (row,) = weeks_told(person=ada.person)
    assert (row.left, row.right, row.activity, row.hard, row.checked) == (2, 1, "stairs", 6, False)
    checked(ada, today, 5, 5)
    (row,) = weeks_told(person=ada.person)
    assert (row.left, row.activity, row.hard, row.checked) == (5, "stairs", 6, True)


def test_a_knee_check_that_asked_for_no_week_is_none(starter, ada):
    KneeCheck.objects.create(person=ada.person, consent=2, fine=True)
    assert weeks_told(person=ada.person) == ()
