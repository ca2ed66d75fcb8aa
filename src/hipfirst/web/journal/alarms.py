# SPDX-License-Identifier: Apache-2.0
"""Words in a comment that may name a sign which needs a person who can examine.

A false alarm costs a moderator one look and the writer one page of advice; a missed one may cost
more. So the table is generous, and a negation cancels only what stands right behind it.

A sign has patterns. A pattern has parts, joined by `+`: each must occur in the same sentence,
within a few words of the others. A part has beginnings of words, parted by `|`; `=` asks for the
whole word, `_` joins words that follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from types import MappingProxyType

from hipfirst.planning.red_flags import BY_SLUG, RED_FLAGS

WITHIN = 9
"""Words between the first and the last part of a pattern, both counted."""

_HURT = "pain|hurt|ach|sore|tender"
_SWOLLEN = "swell|swollen|puff|balloon|fluid"
_JOINT = "knee|joint|hip=|hips=|ankle|kneecap"
_CANNOT = "cannot=|can't=|cant=|can_not=|couldn't=|couldnt=|could_not=|unable|not_able|impossible"
_LEGS = "leg=|legs=|foot=|feet=|toe|calf|shin|thigh"
_YOUNG = "teen|my_son|my_daughter|my_child|my_kid|my_boy|my_girl|school|" + "|".join(
    f"{age}_year|am_{age}=|i'm_{age}=|im_{age}=|age_{age}=|aged_{age}=|is_{age}="
    for age in range(8, 17)
)

PATTERNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "chest-or-breath": (
            f"chest + {_HURT}|tight|press|squeez|heav|burn|stab",
            "short_of|shortness_of|out_of|gasp|struggl|hard|difficult|trouble + breath",
            f"{_CANNOT} + breath",
            "breathless",
            "cough|spit + blood",
            "heart_attack|angina",
            "pulmonary|lung + embol|clot",
        ),
        "hot-joint": (
            f"{_JOINT} + hot=|red=|burning_up|feverish|septic|infect|pus=",
            f"{_JOINT}|{_SWOLLEN} + fever|chills|shiver|feel_ill|felt_ill|temperature",
            f"{_SWOLLEN} + hot=|red=",
        ),
        "cannot-walk": (
            f"{_CANNOT} + walk|stand=|weight|step=|steps=",
            f"{_CANNOT} + straight_leg|lift_my_leg|lift_the_leg|raise_my_leg|straight_leg_raise",
            f"{_CANNOT} + bend + {_JOINT}|it=",
            "not_walk|no_longer_walk|not_bear|not_take_weight|not_put_weight|not_put_any_weight",
            "snapp|popp|crack|torn=|tore=|ruptur|fractur|broke|broken= + knee|kneecap|leg=|tendon",
            "knee|kneecap|leg= + deform|out_of_shape|crooked|wrong_place",
        ),
        "back-and-both-legs": (
            "numb|tingl|no_feeling + between|groin|saddle|genital|crotch|private|bottom",
            f"both_legs|both_feet|both_my + weak|numb|tingl|{_HURT}|heavy|give_way|gave_way",
            (
                "bladder|bowel|wee=|pee=|urin|incontinen|stool|poo= "
                "+ los|control|hold|leak|trouble|problem|cannot=|can't=|accident|retention|numb"
            ),
            "incontinen",
            "cauda_equina|saddle_anaesthesia|saddle_anesthesia",
        ),
        "calf": (
            f"calf|calves|lower_leg + {_SWOLLEN}|hot=|warm|red=|clot|throb",
            (
                f"calf|calves + {_HURT}|tight|cramp + surgery|operation|flight|flew|fly=|flying"
                "|journey|pregnan|pill=|hormone|hrt=|bed=|cast="
            ),
            f"one_calf|left_calf|right_calf + {_HURT}",
            "dvt=|thrombo|blood_clot",
            f"{_LEGS} + clot",
        ),
        "swelling-after-injury": (
            f"{_SWOLLEN} + fell=|fall=|twist|blow=|accident|tackle|landed|landing|crash|injur|hit=",
            f"{_SWOLLEN} + within|minutes|hours|straight_away|immediately|instantly|at_once|rapid",
            "acl=|meniscus|ligament + tear|tore=|torn=|ruptur|snapp|popp",
            "pop=|popped=|popping=|snap= + heard|felt=|loud|twist|landed",
        ),
        "fall": (
            f"fell=|fall=|fallen=|slipped=|tripped= + {_JOINT}|bone + {_HURT}|bruis|press|touch",
            "fell=|fall=|fallen= + 55=|56=|57=|58=|59=|elderly|osteopor|retired",
            "fell=|fallen= + on_my_knee|on_the_knee|onto_my_knee|onto_my_hip|on_my_hip",
        ),
        "young-hip": (
            f"{_YOUNG} + hip=|groin|thigh|knee + {_HURT}|limp|stiff",
            f"{_YOUNG} + limp",
            "slipped_capital|scfe=|perthes",
        ),
        "locked": (
            f"{_JOINT} + lock|stuck|catch|jam",
            f"{_CANNOT}|won't=|wont=|will_not|not + straighten",
            "lock|stuck + straighten|bend",
            "loose_body|bucket_handle",
        ),
        "night-pain": (
            f"{_HURT}|throb + night|sleep|asleep|lying|at_rest|in_bed",
            f"wakes|woke|waking|wake= + {_HURT}|knee|hip=|throb",
            "weight_loss|losing_weight|lost_weight|lump=|lumps=|tumour|tumor|cancer|sarcoma|metasta",
            "night_sweat",
        ),
        "groin": (
            f"groin + {_HURT}|stab + weight|hop=|hopping|run|stand|step|walk|jump",
            "stress + fractur|reaction",
            f"groin + {_HURT} + osteopor|eat|period",
            "femoral_neck|neck_of_femur",
        ),
        "numb-or-weak": (
            f"{_LEGS}|knee + numb|tingl|pins_and_needles|no_feeling|lost_feeling",
            "foot_drop|drop_foot|dropped_foot|foot_drops|foot_slap|drag_my_foot|dragging_my_foot",
            (
                f"back + {_HURT}|shoot|electric|radiat|down "
                "+ below_the_knee|down_my_leg|down_the_leg|into_my_foot|to_my_foot|to_my_toes"
            ),
            "sciatic",
        ),
        "gives-way": (
            (
                f"{_JOINT}|it=|leg= + gives_way|give_way|gave_way|giving_way|gives_out|gave_out"
                "|buckl|giving_out|collaps"
            ),
            "kneecap|patella + slip|dislocat|out_of_place|popped_out|sublux|came_out|goes_out",
            f"{_JOINT} + dislocat",
        ),
        "swollen": (
            f"{_JOINT} + {_SWOLLEN}",
            "water_on|fluid_on|effusion|baker's_cyst|bakers_cyst|baker_cyst",
        ),
        "several-joints": (
            (
                f"several|many|all_my|multiple|both_hands|fingers|wrists + joint|{_HURT}|{_SWOLLEN}"
                "|stiff"
            ),
            "stiff + morning + hour|hours|half_an_hour|forty|thirty|30=|40=|45=|60=|long",
            "rheumat|psoria|lupus|ankylosing|crohn|colitis|uveitis|gout",
            "rash|red_eye|sore_eye + joint|knee|stiff",
        ),
        "ask-first": (
            (
                "surgery|operation|operated|replacement|arthroscop + week|month|yesterday|ago"
                "|recent|just=|last|after|had=|since|new="
            ),
            f"pregnan + pelvi|pubic|spd=|pgp=|{_HURT}",
            "heart + failure|condition|problem|disease|arrhythm|stent|bypass|uncontrolled",
            "stent=|pacemaker",
        ),
    }
)
"""Sign of `planning.red_flags` -> its patterns."""

_NEGATORS = frozenset(
    {"no", "not", "without", "isn't", "isnt", "wasn't", "wasnt", "aren't", "don't", "dont"}
    | {"doesn't", "doesnt", "didn't", "didnt", "haven't", "hasn't", "nor"}
)
_FILLERS = frozenset(
    {"a", "an", "any", "the", "my", "have", "had", "having", "get", "got", "feel", "felt", "at"}
    | {"all", "really", "been", "being", "even", "longer", "signs", "sign", "of", "or"}
    | {"hot", "red", "warm", "swollen", "swelling", "pain", "fever", "numb", "numbness", "stiff"}
)
"""May stand between a negation and what it cancels, as in “not hot or red or swollen”."""
_SENTENCE = re.compile(r"[.!?;:\n]+")
_CLAUSE = re.compile(r",|\(|\)|\bbut\b|\bthough\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


_Part = re.Pattern[str]


@dataclass(frozen=True)
class _Sentence:
    words: list[str]
    clauses: list[int]
    """Clause of each word: a negation reaches no further than its own."""
    text: str
    """The words, parted by single spaces."""
    starts: Mapping[int, int]
    """Where a word begins in `text` -> which word it is."""

    def cancelled(self, place: int) -> bool:
        """Whether a negation stands right before, with nothing between but fillers."""
        before = place - 1
        while before >= 0 and self.clauses[before] == self.clauses[place]:
            if self.words[before] in _NEGATORS:
                return True
            if self.words[before] not in _FILLERS:
                return False
            before -= 1
        return False


def alarms_in(text: str) -> tuple[str, ...]:
    """Slugs of the signs that the words may name, most urgent first."""
    sentences = [_sentence(part) for part in _SENTENCE.split(text.lower().replace("\u2019", "'"))]
    return tuple(
        flag.slug
        for flag in RED_FLAGS
        if any(_occurs(part, each) for part in _compiled()[flag.slug] for each in sentences)
    )


def _sentence(text: str) -> _Sentence:
    words: list[str] = []
    clauses: list[int] = []
    for number, clause in enumerate(_CLAUSE.split(text)):
        found = _WORD.findall(clause)
        words += found
        clauses += [number] * len(found)
    ends = accumulate((len(word) + 1 for word in words), initial=0)
    starts = {start: place for place, start in enumerate(ends)}
    return _Sentence(words, clauses, " ".join(words), starts)


def _occurs(parts: tuple[_Part, ...], sentence: _Sentence) -> bool:
    places = [set(_places(part, sentence)) for part in parts]
    return any(
        all(found.intersection(range(first, first + WITHIN)) for found in places)
        for first in set().union(*places)
    )


def _places(part: _Part, sentence: _Sentence) -> Iterator[int]:
    """Where a part occurs. What begins with a negation is none the less said."""
    for match in part.finditer(sentence.text):
        place = sentence.starts[match.start()]
        if not sentence.cancelled(place):
            yield place


@cache
def _compiled() -> Mapping[str, tuple[tuple[_Part, ...], ...]]:
    assert set(PATTERNS) == set(BY_SLUG)
    return {slug: tuple(map(_pattern, patterns)) for slug, patterns in PATTERNS.items()}


def _pattern(text: str) -> tuple[_Part, ...]:
    return tuple(_part(part.strip().split("|")) for part in text.split(" + "))


def _part(stems: list[str]) -> _Part:
    either = "|".join(re.escape(stem).replace("_", " ").replace("=", r"\b") for stem in stems)
    return re.compile(rf"(?:^|(?<= ))(?:{either})")
