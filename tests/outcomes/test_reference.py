# SPDX-License-Identifier: Apache-2.0
"""The numbers of the trial are those of its card."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hipfirst.outcomes.reference import DOLAK
from hipfirst.outcomes.trend import SMALLEST_CHANGE

CARDS = Path(__file__).parents[2] / "content" / "starter" / "evidence"


def card(slug):
    return yaml.safe_load((CARDS / f"{slug}.yaml").read_text(encoding="utf-8"))


def test_means_spread_and_people_are_those_of_the_card():
    said = card(DOLAK.card)
    hip, thigh = DOLAK.arms
    assert f"the means were {hip.after.pain} and {thigh.after.pain} cm" in said["effect"]
    spread = f"standard deviation {hip.after.sd} and {thigh.after.sd} cm"
    assert spread in said["uncertainty"]
    assert f"gap of {DOLAK.gap} cm" in said["uncertainty"]
    assert said["people"].startswith(
        f"{DOLAK.people} women, {DOLAK.youngest} to {DOLAK.oldest} years old"
    )


def test_the_start_follows_from_how_much_pain_fell():
    """By about 43% in the hip group, by less than 3% in the thigh group."""
    hip, thigh = DOLAK.arms
    assert 1 - hip.after.pain / hip.start.pain == pytest.approx(0.43, abs=0.005)
    assert 0 < 1 - thigh.after.pain / thigh.start.pain < 0.03
    assert all(arm.start.derived and arm.start.sd is None for arm in DOLAK.arms)


def test_two_points_and_none_later():
    assert [(arm.start.week, arm.after.week) for arm in DOLAK.arms] == [(0, 4), (0, 4)]


def test_the_gap_is_below_what_people_notice_and_another_trial_stands_beside_it():
    assert DOLAK.gap < SMALLEST_CHANGE
    assert "about 2 cm" in card("crossley-2004")["effect"]
    assert all(card(slug) for slug in DOLAK.others)
