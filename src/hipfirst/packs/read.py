# SPDX-License-Identifier: Apache-2.0
"""Reads a pack from disk: every document, or every problem, in one pass.

The only reader. `check` then looks at what the documents say of each other.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from hipfirst.packs.base import Document
from hipfirst.packs.documents import MODELS, Manifest
from hipfirst.packs.extend import resolve_extends
from hipfirst.packs.invalid import problems_of
from hipfirst.packs.pack import FOLDERS, Filed, Pack
from hipfirst.packs.problems import Problem, choices, field_path, quoted
from hipfirst.packs.source import Tree, parse
from hipfirst.packs.vocabulary import Kind

MANIFEST = "pack.yaml"
MAX_BYTES = 256 * 1024
"""Largest file that is read; the longest articles have 60 KiB."""
BESIDE = frozenset({"README.md", "LICENSE", "CHANGELOG.md", "NOTICE"})
"""Files that may stand beside the manifest."""
BAKED = "baked"
"""Folder of what was derived from the documents; not read here."""
AUDIO = "audio"
"""Folder of recorded cues, which exercises name."""
FENCE = "---"

D = TypeVar("D", bound=Document)


@dataclass(frozen=True)
class Reading:
    """What came of reading: the good documents, and every problem."""

    pack: Pack | None
    """None when the manifest itself cannot be used."""
    problems: tuple[Problem, ...]


@dataclass
class Draft:
    """One file on its way to becoming a document."""

    kind: Kind
    file: str
    slug: str
    tree: Tree
    data: dict[str, Any] = field(default_factory=dict)


def read_pack(root: Path) -> Reading:
    """Reads the pack in the folder `root`; never raises for what is in it."""
    root = root.resolve()
    problems: list[Problem] = []
    if not root.is_dir():
        return Reading(None, (Problem("", 0, "", quoted(str(root)), "a folder with pack.yaml"),))
    manifest = _manifest(root, problems)
    drafts = _drafts(root, problems)
    resolve_extends(drafts, problems)
    documents = tuple(filter(None, (_document(draft, problems) for draft in drafts)))
    pack = Pack(root, manifest, documents) if manifest else None
    return Reading(pack, tuple(sorted(set(problems))))


def _manifest(root: Path, problems: list[Problem]) -> Manifest | None:
    path = root / MANIFEST
    if not path.exists():
        problems.append(
            Problem(MANIFEST, 0, "", "no such file", "a manifest with name and version")
        )
        return None
    tree = _tree(path, MANIFEST, problems)
    return _validated(Manifest, tree.value, MANIFEST, tree, problems) if tree else None


def _drafts(root: Path, problems: list[Problem]) -> list[Draft]:
    kinds = {folder: kind for kind, folder in FOLDERS.items()}
    drafts: list[Draft] = []
    for path in sorted(_visible(root)):
        if path.name in kinds and path.is_dir() and not path.is_symlink():
            drafts += _folder(path, kinds[path.name], problems)
        elif path.name not in {MANIFEST, BAKED, AUDIO, *BESIDE}:
            names = {MANIFEST, *BESIDE, *FOLDERS.values(), BAKED, AUDIO}
            given = "a symbolic link" if path.is_symlink() else "an unknown name"
            problems.append(Problem(path.name, 0, "", given, choices(path.name, names)))
    return drafts


def _folder(folder: Path, kind: Kind, problems: list[Problem]) -> Iterator[Draft]:
    ending = ".md" if kind == "article" else ".yaml"
    for path in sorted(_visible(folder)):
        file = f"{folder.name}/{path.name}"
        if path.suffix != ending:
            problems.append(Problem(file, 0, "", "an unknown file", f"files that end in {ending}"))
            continue
        tree = _tree(path, file, problems, front_matter=kind == "article")
        if tree and _is_mapping(tree, file, problems):
            yield Draft(kind, file, path.stem, tree, tree.value)


def _visible(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith("."))


def _tree(
    path: Path, file: str, problems: list[Problem], *, front_matter: bool = False
) -> Tree | None:
    text = _text(path, file, problems)
    if text is None:
        return None
    tree = _article_tree(text) if front_matter else parse(text)
    for fault in tree.faults:
        place = field_path(fault.location)
        problems.append(Problem(file, fault.line, place, fault.given, fault.allowed))
    return None if tree.faults else tree


def _article_tree(text: str) -> Tree:
    """Front matter between two fences, then the text: the text becomes the field `body`."""
    lines = text.split("\n")
    ends = [n for n, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(ends) < 2 or ends[0] != 0:
        tree = parse("")
        tree.value = text
        return tree
    tree = parse("\n".join(lines[1 : ends[1]]), first_line=2)
    first = next((n for n in range(ends[1] + 1, len(lines)) if lines[n].strip()), ends[1] + 1)
    if isinstance(tree.value, dict) and "body" not in tree.value:
        tree.value["body"] = "\n".join(lines[first:]).strip()
        tree.lines["body",] = first + 1
    return tree


def _text(path: Path, file: str, problems: list[Problem]) -> str | None:
    refusal = _unreadable(path)
    if refusal:
        problems.append(Problem(file, 0, "", *refusal))
        return None
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")  # some editors begin a file with a mark
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        given = f"byte 0x{raw[error.start]:02x}"
        problems.append(Problem(file, line, "", given, "text in UTF-8"))
        return None


def _unreadable(path: Path) -> tuple[str, str] | None:
    """What is given and allowed when the file must not even be opened."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return "a symbolic link", "a plain file inside the pack"
    if not stat.S_ISREG(status.st_mode):
        return "no plain file", "a plain file"
    if status.st_size > MAX_BYTES:
        return f"{status.st_size} bytes", f"at most {MAX_BYTES} bytes"
    return None


def _is_mapping(tree: Tree, file: str, problems: list[Problem]) -> bool:
    if isinstance(tree.value, dict):
        return True
    given = "nothing" if tree.value is None else f"a {type(tree.value).__name__}"
    allowed = "`field: value` lines (an article: between two lines of ---)"
    problems.append(Problem(file, 1, "", given, allowed))
    return False


def _document(draft: Draft, problems: list[Problem]) -> Filed | None:
    document = _validated(MODELS[draft.kind], draft.data, draft.file, draft.tree, problems)
    if document is None:
        return None
    if document.slug != draft.slug:
        line = draft.tree.line(("slug",))
        allowed = f"the file's name: {draft.slug}"
        problems.append(Problem(draft.file, line, "slug", quoted(document.slug), allowed))
        return None
    return Filed(draft.kind, draft.file, document, draft.tree)


def _validated(
    model: type[D], data: object, file: str, tree: Tree, problems: list[Problem]
) -> D | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems += problems_of(error, model, file, tree)
        return None
