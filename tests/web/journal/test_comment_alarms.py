# SPDX-License-Identifier: Apache-2.0
"""Every sign is recognised in the words people use for it, and everyday talk is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.planning.red_flags import BY_SLUG, RED_FLAGS
from hipfirst.web.journal.alarms import PATTERNS, alarms_in

NAMED = [
    ("chest-or-breath", "I get chest pain on the bridge."),
    ("chest-or-breath", "Suddenly I was so short of breath after my operation"),
    ("chest-or-breath", "I can\u2019t breathe properly"),
    ("hot-joint", "My left knee is hot and red since yesterday."),
    ("hot-joint", "The joint is swollen and I have a fever"),
    ("cannot-walk", "Since the fall I cannot walk on it"),
    ("cannot-walk", "it snapped, and the kneecap looks crooked"),
    ("back-and-both-legs", "numbness between my legs"),
    ("back-and-both-legs", "both legs feel weak and heavy"),
    ("back-and-both-legs", "I lost control of my bladder"),
    ("calf", "one calf is swollen after the flight"),
    ("calf", "could this be a DVT?"),
    ("swelling-after-injury", "I twisted it and it was swollen within an hour"),
    ("swelling-after-injury", "heard a pop when I landed"),
    ("fall", "I fell on my knee last week"),
    ("young-hip", "My son is 13 and limps"),
    ("locked", "My knee locks and I have to shake it"),
    ("locked", "I can't straighten it any more"),
    ("night-pain", "The pain wakes me every night"),
    ("night-pain", "I also lost weight and found a lump"),
    ("groin", "My groin hurts when I run"),
    ("groin", "they said stress fracture"),
    ("numb-or-weak", "My foot is numb and tingles"),
    ("numb-or-weak", "Is sciatica a reason not to train?"),
    ("gives-way", "the knee gives way on stairs"),
    ("gives-way", "my kneecap dislocated twice"),
    ("swollen", "My knee swells after walking."),
    ("several-joints", "many joints hurt and I am stiff in the morning for an hour"),
    ("several-joints", "I have rheumatoid arthritis"),
    ("ask-first", "I had knee surgery six weeks ago"),
    ("ask-first", "pregnant, with pelvic pain"),
]
EVERYDAY = [
    "I love the clam. Thank you!",
    "My knees ache on stairs, about 3 of 10, and feel fine an hour later.",
    "How many repetitions should I do of the side plank?",
    "No swelling, no locking, it does not give way: just sore when kneeling.",
    "The knee is not hot or red.",
    "I don't have chest pain or anything like that.",
    "Is it normal to feel the bridge in the hamstrings?",
    "I do it before breakfast, then walk to work.",
    "The article says hips first. Why?",
    "I locked the screen and the timer went on. Great.",
]


@pytest.mark.parametrize(("slug", "words"), NAMED)
def test_a_sign_is_recognised(slug, words):
    assert slug in alarms_in(words)


@pytest.mark.parametrize("words", EVERYDAY)
def test_everyday_talk_is_left_alone(words):
    assert alarms_in(words) == ()


def test_every_sign_has_patterns_and_is_tried_here():
    assert set(PATTERNS) == set(BY_SLUG) == {slug for slug, _words in NAMED}


def test_the_most_urgent_comes_first():
    order = [flag.slug for flag in RED_FLAGS]
    found = alarms_in("My knee swells. My groin hurts when I run. I have chest pain.")
    assert found[0] == "chest-or-breath"
    assert list(found) == sorted(found, key=order.index)


def test_parts_must_stand_near_each_other_in_one_sentence():
    assert alarms_in("My chest is fine. The pain is in my shoulder.") == ()
    assert alarms_in("chest " + "word " * 20 + "pain") == ()


@pytest.mark.parametrize("words", ["chest pain", "CHEST PAIN", "Chest,\tpain", "*chest* **pain**"])
def test_case_and_marks_do_not_matter(words):
    assert alarms_in(words) == ("chest-or-breath",)


@given(st.text(max_size=200), st.text(alphabet="\n.!?", min_size=1, max_size=3))
def test_whatever_is_said_around_it_it_is_heard(around, end):
    assert "chest-or-breath" in alarms_in(f"{around}{end} I have chest pain {end}{around}")
