# SPDX-License-Identifier: Apache-2.0
from hipfirst.planning.advice import referral
from hipfirst.planning.request import Request, Worst
from hipfirst.planning.thresholds import Thresholds


def weeks(*pains, knee="left"):
    return tuple(Worst(knee=knee, pain=pain, weeks_ago=n) for n, pain in enumerate(pains))


def test_two_weeks_of_rising_pain_send_to_a_professional_and_say_why():
    found = referral(Request(weeks=weeks(6, 4, 2)), Thresholds())
    assert (found.rule, found.knees) == ("weeks-rung", ("left",))
    assert found.advice.said() == (
        "Two weeks of rising pain: let a doctor or a physiotherapist look at it. Your sessions are "
        "gentler as long as it rises."
    )
    assert found.answers.said() == "Left knee, at worst in three weeks: 2, then 4, then 6."


def test_each_knee_that_rises_is_told():
    both = referral(Request(weeks=(*weeks(6, 4, 2), *weeks(5, 4, 3, knee="right"))), Thresholds())
    assert both.knees == ("left", "right")
    assert both.answers.said() == (
        "Left knee, at worst in three weeks: 2, then 4, then 6. "
        "Right knee, at worst in three weeks: 3, then 4, then 5."
    )


def test_anything_less_is_no_reason():
    for told in (weeks(6, 4), weeks(6, 6, 2), weeks(2, 1, 0), weeks(4, 5, 6), ()):
        assert referral(Request(weeks=told), Thresholds()) is None
    assert referral(Request(weeks=weeks(6, 5, 4)), Thresholds(week_rise=3)) is None
