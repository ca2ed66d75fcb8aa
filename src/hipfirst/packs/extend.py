# SPDX-License-Identifier: Apache-2.0
"""`extends`: a rung says only what differs from another exercise.

Mappings merge deeply, lists and plain values are replaced. The name, the aliases and the ladder
belong to a rung alone and are never taken over.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from hipfirst.packs.documents import NOT_INHERITED
from hipfirst.packs.problems import Problem, choices, quoted
from hipfirst.packs.source import Tree
from hipfirst.packs.vocabulary import Kind

Sources = dict[str, dict[str, Any]]
"""Slug -> what its file says, before anything is taken over."""


class Extendable(Protocol):
    """What is needed of a document on its way."""

    kind: Kind
    file: str
    slug: str
    tree: Tree
    data: dict[str, Any]


def resolve_extends(drafts: Iterable[Extendable], problems: list[Problem]) -> None:
    """Merges each exercise with what it extends, in place; adds unknown and circular ones."""
    exercises = {draft.slug: draft for draft in drafts if draft.kind == "exercise"}
    sources = {slug: draft.data for slug, draft in exercises.items()}
    for slug, draft in exercises.items():
        if "extends" in sources[slug]:
            draft.data = _resolved(slug, sources, draft, problems)


def _resolved(
    slug: str, sources: Sources, draft: Extendable, problems: list[Problem]
) -> dict[str, Any]:
    own = sources[slug]
    try:
        *above, _ = _lineage(slug, sources)
    except _BrokenChainError as broken:
        line = draft.tree.line(("extends",))
        problems.append(Problem(draft.file, line, "extends", broken.given, broken.allowed))
        return own
    taken: dict[str, Any] = {}
    for ancestor in above:
        passed_on = {k: v for k, v in sources[ancestor].items() if k not in NOT_INHERITED}
        taken = merge(taken, passed_on)
    return merge(taken, own)


class _BrokenChainError(Exception):
    def __init__(self, given: str, allowed: str) -> None:
        super().__init__(allowed)
        self.given, self.allowed = given, allowed


def _lineage(slug: str, sources: Sources) -> list[str]:
    """The exercises that make up `slug`, from the one that extends nothing down to itself."""
    chain = [slug]
    while (parent := sources[chain[0]].get("extends")) is not None:
        if not isinstance(parent, str) or parent not in sources:
            raise _BrokenChainError(quoted(parent), choices(parent, sources))
        if parent in chain:
            circle = " -> ".join([*reversed(chain), parent])
            raise _BrokenChainError(circle, "a chain of exercises that ends")
        chain.insert(0, parent)
    return chain


def merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`base` with `over` laid on it: mappings merge deeply, everything else is replaced."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = merge(below, value)
        else:
            merged[key] = value
    return merged
