# SPDX-License-Identifier: Apache-2.0
"""Every sign is recognised in the words people use for it, and everyday talk is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.planning.red_flags import BY_SLUG, RED_FLAGS
from hipfirst.web.journal.alarm_words import PATTERNS
from hipfirst.web.journal.alarms import alarms_in
from hipfirst.web.journal.despair import despair_in

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


PLAIN = [
    ("young-hip", "I'm 15. My knee hurts and I limp."),
    (
        "fall",
        "I'm 70 years old. I fell yesterday. Since then the kneecap hurts when I press it.",
    ),
    ("calf", "My calf is painful for no clear reason."),
    ("calf", "My left calf is twice as thick as the right since the flight."),
    (
        "swelling-after-injury",
        "I twisted my knee at football and an hour later it was huge.",
    ),
    (
        "chest-or-breath",
        "I get winded just climbing one flight of stairs since my leg swelled up.",
    ),
    ("chest-or-breath", "My chest feels like an elephant sits on it."),
    ("chest-or-breath", "I can't get enough air"),
    ("back-and-both-legs", "My lower back hurts and I have wet myself twice."),
    ("back-and-both-legs", "Numbness when I wipe."),
    ("cannot-walk", "I can barely walk since I twisted it."),
    ("cannot-walk", "It hurts too much to take a single step."),
    ("cannot-walk", "my leg won't hold me"),
    ("numb-or-weak", "I can't feel my foot."),
    ("numb-or-weak", "I cannot lift my toes."),
    ("numb-or-weak", "Pain shoots from my back to below my knee."),
    ("groin", "Sharp pain deep in my groin every time I put weight on the leg."),
    ("young-hip", "My twelve-year-old complains about knee pain and limps."),
    ("gives-way", "The knee just folds under me."),
    ("swollen", "There is a lot of water in my knee"),
    ("hot-joint", "My knee is on fire and I have 39 degrees of fever."),
    # The same in other people's words.
    ("chest-or-breath", "its like someone is sitting on my chest when i do the bridge"),
    ("chest-or-breath", "Even sitting still I am gasping"),
    ("chest-or-breath", "I cant breath properly since tuesday"),
    ("chest-or-breath", "My leg is swollen. Breathing is hard too."),
    ("hot-joint", "The knee is swolen. I was shivering all night."),
    ("hot-joint", "My knee hurts a lot; my temperature is 38.8."),
    ("cannot-walk", "Fell off my bike and now I can hardly stand on that leg"),
    ("cannot-walk", "the foot points the wrong way"),
    ("cannot-walk", "It is too painful to walk to the bathroom."),
    ("back-and-both-legs", "I peed myself and my back is killing me"),
    ("back-and-both-legs", "I sit on the toilet and feel numb down there"),
    ("calf", "Calf aches. We flew home from Thailand on Sunday."),
    ("calf", "my right calf is painfull and a bit warm"),
    ("calf", "One leg is fatter than the other since my operation"),
    ("swelling-after-injury", "Landed badly. My knee blew up like a balloon."),
    ("swelling-after-injury", "I wrenched it and within minutes it was the size of a melon"),
    ("fall", "I am 68 and had a fall. It is sore when I touch the bone."),
    ("fall", "I'm in my seventies. I tripped on the kerb. My knee is bruised."),
    ("fall", "Tripped over the dog. My kneecap hurts when I lean on it."),
    ("young-hip", "Hi, im 13 and my nee hurts. I limp after PE."),
    ("young-hip", "My 14yo has groin pain"),
    ("locked", "my knee wont bend any more"),
    ("locked", "It gets jammed: the knee is just stuck sometimes"),
    ("night-pain", "My hip keeps me awake and no position helps."),
    ("night-pain", "I cannot sleep because of the knee"),
    ("groin", "Every step gives me a stab in the groin"),
    ("numb-or-weak", "I can't wiggle my toes"),
    ("numb-or-weak", "my foot feels dead after the session"),
    ("gives-way", "Going downstairs my leg crumples without warning"),
    ("gives-way", "My kneecap popped out of place at yoga"),
    ("swollen", "my nee is puffy after every walk"),
    ("several-joints", "My fingers and wrists are stiff and swollen as well"),
    ("ask-first", "I got a new hip in May"),
    ("fall", "I had a fall in the kitchen. My knee hurts."),
    ("fall", "Fell flat on the pavement, my kneecap is bruised"),
    ("calf", "my leg is blue and cold"),
    ("calf", "My foot turned blue an hour ago."),
    ("young-hip", "child of 12 limps"),
    ("young-hip", "Our son of 9 has hip pain and limps"),
    ("cannot-walk", "I tore something in my knee yesterday"),
    # What was long ago does not hide what is now, nor what stays.
    ("hot-joint", "I had knee surgery ten years ago and now my knee is hot and swollen"),
    ("hot-joint", "Ten years ago I broke it. My knee is hot today."),
    ("calf", "My calf is swollen, as it was in 2010"),
    ("locked", "Ten years ago, it was fine and my knee locked yesterday"),
    ("several-joints", "I was diagnosed with rheumatoid arthritis ten years ago"),
    ("ask-first", "I got a stent five years ago"),
]
CALM = [
    "My quads are sore two days later, in a good way.",
    "I'm 12 weeks in and my knees hurt less on stairs.",
    "I have had knee pain for 15 years. This helps.",
    "I am 70 and I love this session.",
    "I'm 15 minutes in. My thighs burn already.",
    "My calves are sore from the calf raises.",
    "Chest press is next on my list.",
    "I lift my chest a little in the squat, is that right?",
    "I can't feel my glutes in the bridge.",
    "I can't feel it in the side of my hip, only in the front.",
    "I can't lift my top knee very high in the clam, it is hard work.",
    "Great explanation. The pain scale makes sense now.",
    "I walk to work and feel fine.",
    "My right hip is tighter than the left.",
    "Breathe out on the way up, that helped me a lot.",
    "I did not fall once during the balance part.",
    "No fever, no swelling, just a bit of an ache after gardening.",
    "It doesn't lock. It doesn't give way. It is only stiff at first.",
    "I skip the kneeling moves and take the easier rung.",
    "My daughter does the session with me, she loves the music.",
    "My mother is 82. She does the seated one every day.",
    "Ten repetitions felt like a lot. Next week I try twelve.",
    "The step-down is hard but my knee feels better after it.",
    "I achieved three sessions this week!",
    "Stairs hurt a bit, three of ten, and the next morning it is gone.",
    "Why do hips matter when it is the knee that hurts?",
    "The heel tap makes my knee click. It does not hurt.",
    "I use the chair for the hinge because my balance is poor.",
    "Sixty seconds of rest is too long for me.",
    "Could you add a session for the shoulders?",
    "My thigh muscles shake in the wall sit. Is that normal?",
    "I did the Flare Day session and slept well.",
    "I fell asleep on the mat. My knee hurts less today.",
    "I use the red band above my knees.",
    "A hot bath helps my knee.",
    "In the dead bug my leg shakes.",
    "My knee cracks and pops in the squat, without hurting.",
    "I cannot do the step-up with a weight yet.",
    "The side-lying raise makes my hip sore the next day.",
    "Digging the soil makes my knees ache.",
    "I use hardly any weight in the squat.",
    "It wakes my hip muscles up.",
    "I try not to let the knee fall in or out; it hurts less so.",
    "Do not press hard, and breathe: that was the best cue for me.",
    "Nothing hurts while I straighten the knee.",
    "Is the clam fine after a meniscus tear?",
    "I have a torn meniscus in my knee. Which session is for me?",
    "I had knee surgery ten years ago",
    "Twenty years ago, I had an operation on my knee.",
    "my calf was swollen in 2010 and it was nothing",
    "In 2019, my knee locked and I couldn't straighten it.",
    "As a child my knee was swollen and hot. Fine since.",
    "It was hot today and my knees liked it.",
    "My feet are cold in the morning.",
]


@pytest.mark.parametrize(("slug", "words"), NAMED + PLAIN)
def test_a_sign_is_recognised(slug, words):
    assert slug in alarms_in(words)


@pytest.mark.parametrize("words", EVERYDAY + CALM)
def test_everyday_talk_is_left_alone(words):
    assert alarms_in(words) == ()


def test_the_heat_of_a_day_is_not_that_of_a_joint():
    assert "hot-joint" not in alarms_in("It was hot today and my ankles swelled")


def test_this_year_and_the_last_are_not_long_ago():
    words = "my calf was swollen in 2024"
    assert alarms_in(words, year=2025) == ("calf",)
    assert alarms_in(words, year=2026) == ()


@pytest.mark.parametrize(
    "words",
    [
        "I want to die, nothing helps",
        "I don\u2019t want to live like this",
        "sometimes I think of killing myself",
        "They would be better off without me.",
        "There is no point in living.",
        "I feel suicidal",
        "I am thinking about ending it all",
        "I just can't go on.",
    ],
)
def test_despair_is_heard(words):
    assert despair_in(words)


@pytest.mark.parametrize(
    "words",
    [
        *EVERYDAY,
        *CALM,
        "I do not want to die on the stairs, so I train.",
        "The wall sit is killing me!",
        "I nearly died laughing.",
        "I don't want to hurt myself, which rung is for me?",
        "It is the reason I live in the country.",
        "I can't go on with the bridge after ten.",
    ],
)
def test_everyday_talk_is_no_despair(words):
    assert not despair_in(words)


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


def test_two_neighbouring_sentences_are_heard_together_and_no_more():
    assert alarms_in("I'm 15. I love it. My knee hurts.") == ()
    assert "young-hip" in alarms_in("My knee hurts. By the way I'm 15.")


def test_a_negation_reaches_no_further_than_its_clause():
    assert alarms_in("I'm 15. I do not limp.") == ()
    assert "young-hip" in alarms_in("I'm 15, not tall. I limp.")
    assert "hot-joint" in alarms_in("I do not know why. It is my knee, it is hot.")


@pytest.mark.parametrize("mark", ["'", "\u2019", "\u2018", "`", "\u00b4"])
def test_any_apostrophe_is_one(mark):
    assert "chest-or-breath" in alarms_in(f"I can{mark}t breathe")
