# SPDX-License-Identifier: Apache-2.0
import pytest

from hipfirst.planning.red_flags import BY_SLUG, RED_FLAGS, UNDER_16

URGENCIES = ["emergency", "today", "soon", "first"]


def test_the_most_urgent_come_first_and_each_slug_once():
    order = [URGENCIES.index(flag.urgency) for flag in RED_FLAGS]
    assert order == sorted(order)
    assert set(order) == set(range(4))
    assert len(BY_SLUG) == len(RED_FLAGS)


@pytest.mark.parametrize("flag", RED_FLAGS, ids=lambda flag: flag.slug)
def test_it_asks_and_never_diagnoses(flag):
    assert "?" in flag.question
    assert "you have" not in flag.may_mean.lower()
    assert "can be a sign" in flag.may_mean or flag.slug == "ask-first"
    assert flag.how_soon
    assert flag.go_to
    assert flag.say.endswith((".", "?"))


@pytest.mark.parametrize("flag", RED_FLAGS, ids=lambda flag: flag.slug)
def test_an_emergency_waits_for_nothing(flag):
    assert (flag.urgency == "emergency") == flag.how_soon.startswith("Now")


def test_every_text_is_said_in_the_language_of_the_reader():
    flag = RED_FLAGS[0].said(str.upper)
    assert (flag.slug, flag.urgency) == (RED_FLAGS[0].slug, RED_FLAGS[0].urgency)
    for text in (flag.question, flag.may_mean, flag.how_soon, flag.go_to, flag.say):
        assert text == text.upper()
    assert UNDER_16.said(str.upper).sentences[0] == UNDER_16.sentences[0].upper()
