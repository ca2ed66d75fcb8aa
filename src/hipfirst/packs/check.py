# SPDX-License-Identifier: Apache-2.0
"""What the documents of a pack say of each other. Cheap: it solves no motion.

Each rule is a function from a pack to its problems and knows nothing of the others; a new rule is
one function and its place in `RULES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from hipfirst.packs.check_article import article_rule
from hipfirst.packs.check_cards import card_rule
from hipfirst.packs.check_ladder import ladder_rule
from hipfirst.packs.check_motion import motion_rule
from hipfirst.packs.check_program import program_rule
from hipfirst.packs.check_recordings import recording_rule
from hipfirst.packs.check_session import session_rule
from hipfirst.packs.documents import Article, Exercise, Program, Session
from hipfirst.packs.pack import Filed, Pack
from hipfirst.packs.problems import BrokenPackError, Problem, choices
from hipfirst.packs.read import read_pack
from hipfirst.packs.source import Location

Rule = Callable[[Pack], Iterator[Problem]]
SIDES = re.compile(r"\b(left|right)\b", re.IGNORECASE)


def check_pack(pack: Pack) -> tuple[Problem, ...]:
    """Every contradiction between the documents of `pack`, in the order of file and line."""
    return tuple(sorted({problem for rule in RULES for problem in rule(pack)}))


def inspect_pack(root: Path) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack in the folder `root` with every problem of reading and checking it."""
    reading = read_pack(root)
    if reading.pack is None:
        return None, reading.problems
    broken = {problem.file for problem in reading.problems}
    found = [p for p in check_pack(reading.pack) if not _follows(p, broken)]
    return reading.pack, tuple(sorted({*reading.problems, *found}))


def open_pack(root: Path) -> Pack:
    """The pack in the folder `root`. Raises BrokenPackError with every problem."""
    pack, problems = inspect_pack(root)
    if problems or pack is None:
        raise BrokenPackError(problems)
    return pack


def _follows(problem: Problem, broken: set[str]) -> bool:
    """Whether a slug is unknown only because the file that says it could not be read."""
    slug = problem.given.rpartition(":")[2]
    return any(Path(file).stem == slug for file in broken)


def _reference_rule(pack: Pack) -> Iterator[Problem]:
    """Every slug that a document names is there."""
    for filed in pack.documents:
        document = filed.document
        cited: Iterable[str] = getattr(document, "evidence", ())
        yield from _missing(filed, ("evidence",), cited, pack.evidence)
        if isinstance(document, Program):
            for n, week in enumerate(document.weeks):
                at = ("weeks", n, "sessions")
                yield from _missing(filed, at, week.sessions, pack.sessions)
                yield from _missing(filed, ("weeks", n, "also"), week.also, pack.sessions)
        if isinstance(document, Article):
            for n, claim in enumerate(document.claims):
                at = ("claims", n, "evidence")
                yield from _missing(filed, at, claim.evidence, pack.evidence)


def _missing(
    filed: Filed, location: Location, slugs: Iterable[str], known: Collection[str]
) -> Iterator[Problem]:
    for n, slug in enumerate(slugs):
        if slug not in known:
            yield filed.problem((*location, n), slug, choices(slug, known))


def _wording_rule(pack: Pack) -> Iterator[Problem]:
    """Cues name no side: the player mirrors the movement and says which side works."""
    for filed in pack.documents:
        if not isinstance(filed.document, Exercise) or not filed.document.language.startswith("en"):
            continue
        for name, text in filed.document.cues:
            if found := SIDES.search(text):
                allowed = "words that fit both sides: top leg, working leg, other side"
                yield filed.problem(("cues", name), found.group(), allowed)


def _empty_rule(pack: Pack) -> Iterator[Problem]:
    """A pack without anything to do is a mistake in the path."""
    if not any(isinstance(filed.document, Exercise | Session) for filed in pack.documents):
        yield Problem("", 0, "", "no exercise and no session", "at least one document")


RULES: tuple[Rule, ...] = (
    _empty_rule,
    _reference_rule,
    ladder_rule,
    session_rule,
    program_rule,
    motion_rule,
    recording_rule,
    article_rule,
    card_rule,
    _wording_rule,
)
