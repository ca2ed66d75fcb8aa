# SPDX-License-Identifier: Apache-2.0
"""A pack in memory: frozen documents by kind and slug."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from hipfirst.packs.canonical import content_hash
from hipfirst.packs.documents import (
    Article,
    EvidenceCard,
    Exercise,
    Header,
    Manifest,
    Program,
    Session,
)
from hipfirst.packs.problems import Problem, at
from hipfirst.packs.source import Location, Tree
from hipfirst.packs.vocabulary import Kind

D = TypeVar("D", bound=Header)

FOLDERS: dict[Kind, str] = {
    "exercise": "exercises",
    "session": "sessions",
    "program": "programs",
    "article": "articles",
    "evidence": "evidence",
}
"""Folder of each kind of document inside a pack."""


@dataclass(frozen=True)
class Filed:
    """One document and where it came from."""

    kind: Kind
    file: str
    """Path inside the pack, with forward slashes."""
    document: Header
    tree: Tree = field(repr=False, compare=False)
    """The source, for the lines in problems."""

    @property
    def slug(self) -> str:
        return self.document.slug

    def problem(self, location: Location, given: str, allowed: str) -> Problem:
        """A problem with the field at `location` of this document."""
        return at(self.file, self.tree, location, given, allowed)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The document as plain JSON values, `extends` resolved, without what is at its default."""
        return self.document.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of `data`: the same for the same content, however it was written."""
        return content_hash(self.data)


@dataclass(frozen=True)
class Pack:
    """The manifest and every document, in the order of folder and file name."""

    root: Path
    manifest: Manifest
    documents: tuple[Filed, ...]

    @cached_property
    def exercises(self) -> Mapping[str, Exercise]:
        return self._of(Exercise)

    @cached_property
    def sessions(self) -> Mapping[str, Session]:
        return self._of(Session)

    @cached_property
    def programs(self) -> Mapping[str, Program]:
        return self._of(Program)

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        return self._of(Article)

    @cached_property
    def evidence(self) -> Mapping[str, EvidenceCard]:
        return self._of(EvidenceCard)

    def filed(self, kind: Kind, slug: str) -> Filed:
        """One document with its file. KeyError if the pack has none of that kind and slug."""
        return self._index[kind, slug]

    @cached_property
    def _index(self) -> dict[tuple[str, str], Filed]:
        return {(each.kind, each.slug): each for each in self.documents}

    def _of(self, model: type[D]) -> Mapping[str, D]:
        found = (each.document for each in self.documents)
        return MappingProxyType({d.slug: d for d in found if isinstance(d, model)})
