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
    slug: str, sources: dict[str, dict[str, Any]], draft: Extendable, problems: list[Problem]
) -> dict[str, Any]:
    merged, seen = sources[slug], [slug]
    while (parent := merged.get("extends")) is not None:
        if not isinstance(parent, str) or parent not in sources:
            return _refuse(draft, problems, quoted(parent), choices(parent, sources))
        if parent in seen:
            chain = " -> ".join([*seen, parent])
            return _refuse(draft, problems, chain, "a chain of exercises that ends")
        seen.append(parent)
        base = {k: v for k, v in sources[parent].items() if k not in NOT_INHERITED}
        above = sources[parent].get("extends")
        merged = {**merge(base, merged), "extends": above}
    return {**merged, "extends": sources[slug]["extends"]}


def _refuse(draft: Extendable, problems: list[Problem], given: str, allowed: str) -> dict[str, Any]:
    line = draft.tree.line(("extends",))
    problems.append(Problem(draft.file, line, "extends", given, allowed))
    return draft.data


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
