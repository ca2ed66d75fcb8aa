# SPDX-License-Identifier: Apache-2.0
"""Words in a comment that may name a sign which needs a person who can examine.

A false alarm costs a moderator one look and the writer one page of advice; a missed one may cost
more. So the table is generous, and a negation cancels only what stands right behind it.

A sign has patterns. A pattern has parts, joined by `+`: each must occur in the same sentence,
within a few words of the others, with `~` within very few; what `&` joins need only stand in two
neighbouring sentences. What was long ago does not count, but for patterns that begin with `*`. A
part has beginnings of words, parted by `|`; `=` asks for the whole word, `_` joins words that
follow each other, what begins with `#` stands in `NAMED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate
from operator import or_

from hipfirst.planning.red_flags import BY_SLUG, RED_FLAGS
from hipfirst.web.journal.alarm_words import NAMED, PATTERNS

WITHIN = 12
"""Words between the first and the last part of a pattern, both counted."""
NEAR = 8
"""The same where `~` joins them."""

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
_STOP = r"[.!?;:\n]"
_SENTENCE = re.compile(
    # One that goes on about the same thing is one with the last.
    rf"{_STOP}++(?!\s*(?:it|it's|its|they|this|that|there|then|since|now|and|also|which|so)\b)"
)
_CLAUSE = re.compile(rf"{_STOP}|,|\(|\)|\bbut\b|\bthough\b", re.IGNORECASE)
_PIECE = re.compile(r"\b(?=(?:and|then|since)\b)")
"""What was long ago ends there."""
_LONG_AGO = re.compile(
    r"(?:(?:about|some|over|nearly|almost|more|than|around|many|several|a|few|couple|of) )*"
    r"(?:(?!(?:a|one|1|half) )\w+ )?(?:years|decades) (?:ago|back|earlier)\b"
    r"|\b(?:as|when i was) an? (?:child|kid|boy|girl|teenager|teen|student)\b"
    r"|\bin my (?:teens|twenties|thirties|childhood|youth)\b"
    r"|\b(?:back )?in (?P<year>(?:19|20)\d\d)\b"
)
_OVER = re.compile(
    r"\b(?:had|was|were|did|got|fell|hurt|broke|tore|felt|went|underwent|came|gave|could|couldn't"
    r"|\w{2,}ed)\b"
)
_GOES_ON = re.compile(
    r"\b(?:is|are|am|i'm|it's|has|have(?! had\b)|hurts|keeps|gives|aches|swells|locks|now|still"
    r"|again|today|yesterday|last|this|lately|recently|ever)\b"
)
_APOSTROPHE = re.compile("[\u2018\u2019\u02bc\u00b4`]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


_Part = re.Pattern[str]


@dataclass(frozen=True)
class _Group:
    """Parts that stand near each other in one sentence."""

    parts: tuple[_Part, ...]
    within: int


@dataclass(frozen=True)
class _Pattern:
    groups: tuple[_Group, ...]
    ever: bool
    """However long ago it was."""


@dataclass(frozen=True)
class _Sentence:
    words: list[str]
    clauses: list[int]
    """Clause of each word: a negation reaches no further than its own."""
    text: str
    """The words, parted by single spaces."""
    starts: Mapping[int, int]
    """Where a word begins in `text` -> which word it is."""
    past: frozenset[int]
    """Words that tell of what was long ago, and is over."""

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


def alarms_in(text: str, *, year: int | None = None) -> tuple[str, ...]:
    """Slugs of the signs that the words may name, most urgent first. `year` is the present one."""
    year = year or datetime.now(UTC).year
    parts = _SENTENCE.split(_APOSTROPHE.sub("'", text.lower()))
    sentences = [each for each in (_sentence(part, year) for part in parts) if each.words]
    whole = " . ".join(each.text for each in sentences)
    return tuple(
        flag.slug
        for flag in RED_FLAGS
        if any(
            _maybe(pattern, whole) and _said(pattern, sentences)
            for pattern in _compiled()[flag.slug]
        )
    )


def _maybe(pattern: _Pattern, whole: str) -> bool:
    """Whether all parts occur anywhere: quick to say no, however many sentences there are."""
    return all(part.search(whole) for group in pattern.groups for part in group.parts)


def _said(pattern: _Pattern, sentences: list[_Sentence]) -> bool:
    """Whether two neighbouring sentences, or one, have all groups of the pattern."""
    groups = pattern.groups
    found = [[_occurs(group, each, ever=pattern.ever) for group in groups] for each in sentences]
    pairs = zip(found, [*found[1:], [False] * len(groups)], strict=True)
    return any(all(map(or_, this, following)) for this, following in pairs)


def _sentence(text: str, year: int) -> _Sentence:
    words: list[str] = []
    clauses: list[int] = []
    past: set[int] = set()
    led = False
    for number, clause in enumerate(_CLAUSE.split(text)):
        for piece in _PIECE.split(clause):
            found = _WORD.findall(piece)
            said = " ".join(found)
            ago, over = _long_ago(said, year), _is_over(said)
            if ago or (led and over):
                past.update(range(len(words), len(words) + len(found)))
            # “Ten years ago, it was …”: the time alone, then what was.
            led = (led and (over or not found)) or (ago and not over)
            words += found
            clauses += [number] * len(found)
    ends = accumulate((len(word) + 1 for word in words), initial=0)
    starts = {start: place for place, start in enumerate(ends)}
    return _Sentence(words, clauses, " ".join(words), starts, frozenset(past))


def _long_ago(words: str, year: int) -> bool:
    """Whether they tell of a time long ago, and of nothing that goes on."""
    found = _LONG_AGO.search(words)
    if found is None or int(found["year"] or 0) >= year - 1:
        return False
    return _is_over(words) or found.end() - found.start() == len(words)


def _is_over(words: str) -> bool:
    return _OVER.search(words) is not None and _GOES_ON.search(words) is None


def _occurs(group: _Group, sentence: _Sentence, *, ever: bool) -> bool:
    places = [set(_places(part, sentence, ever=ever)) for part in group.parts]
    return any(
        all(found.intersection(range(first, first + group.within)) for found in places)
        for first in set().union(*places)
    )


def _places(part: _Part, sentence: _Sentence, *, ever: bool) -> Iterator[int]:
    """Where a part occurs. What begins with a negation is none the less said."""
    for match in part.finditer(sentence.text):
        place = sentence.starts[match.start()]
        if not sentence.cancelled(place) and (ever or place not in sentence.past):
            yield place


@cache
def _compiled() -> Mapping[str, tuple[_Pattern, ...]]:
    assert set(PATTERNS) == set(BY_SLUG)
    return {slug: tuple(map(_pattern, patterns)) for slug, patterns in PATTERNS.items()}


def _pattern(text: str) -> _Pattern:
    ever = text.startswith("* ")
    groups = text.removeprefix("* ").split(" & ")
    return _Pattern(tuple(map(_group, groups)), ever)


def _group(text: str) -> _Group:
    joint, within = (" ~ ", NEAR) if " ~ " in text else (" + ", WITHIN)
    return _Group(tuple(_part(part.strip().split("|")) for part in text.split(joint)), within)


def _part(stems: list[str]) -> _Part:
    either = "|".join(NAMED[stem] if stem[0] == "#" else _stem(stem) for stem in stems)
    return re.compile(rf"(?:^|(?<= ))(?:{either})")


def _stem(text: str) -> str:
    return re.escape(text).replace("_", " ").replace("=", r"\b")
