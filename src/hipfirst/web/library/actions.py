# SPDX-License-Identifier: Apache-2.0
"""Packs enter the database here, and only here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from hipfirst.packs.pack import Filed
from hipfirst.packs.pack import Pack as PackOnDisk
from hipfirst.packs.problems import BrokenPackError
from hipfirst.packs.read import read_pack
from hipfirst.web.library.baked import Baked, read_baked
from hipfirst.web.library.errors import PackConflictError
from hipfirst.web.library.models import Document, Facet, Pack, PackFile
from hipfirst.web.library.projections import Projection, project
from hipfirst.web.library.recorded import with_recordings


@dataclass(frozen=True)
class LoadReport:
    """How many documents a load met, by what became of them."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    """Edited on the site and therefore left alone."""
    withdrawn: int = 0
    """No longer in the pack and therefore unpublished."""


def pack_load(path: Path) -> LoadReport:
    """Bring the pack in `path` into the database; loading it again changes nothing.

    Raises BrokenPackError (with all problems), BakedFileError, RecordingError or
    PackConflictError, and then leaves the database as it was.
    """
    reading = read_pack(path)
    if reading.problems or reading.pack is None:
        raise BrokenPackError(reading.problems)
    pack = reading.pack
    baked = with_recordings(read_baked(path), pack)
    with transaction.atomic():
        row = _pack_save(pack)
        counts = dict.fromkeys(("added", "changed", "unchanged", "kept"), 0)
        rows = {(each.kind, each.slug): each for each in Document.objects.select_related("pack")}
        for filed in pack.documents:
            outcome = _document_save(row, filed, pack, baked, rows.get((filed.kind, filed.slug)))
            counts[outcome] += 1
        withdrawn = _withdraw(row, pack.documents)
        _files_save(row, baked)
    return LoadReport(**counts, withdrawn=withdrawn)


def _pack_save(pack: PackOnDisk) -> Pack:
    manifest = pack.manifest
    row, _ = Pack.objects.update_or_create(
        slug=manifest.slug,
        defaults={
            "name": manifest.name,
            "version": manifest.version,
            "licence": manifest.licence,
            "root": str(pack.root),
        },
    )
    return row


def _document_save(
    owner: Pack, filed: Filed, pack: PackOnDisk, baked: Baked, row: Document | None
) -> str:
    """What became of one document: added, changed, unchanged or kept."""
    if row is not None and row.pack_id not in {None, owner.slug}:
        raise PackConflictError(
            kind=filed.kind, slug=filed.slug, owner=str(row.pack_id), pack=owner.slug
        )
    if row is not None and row.origin == Document.Origin.SITE:
        return "kept"
    projection = project(filed.document, pack, baked)
    if row is None:
        _document_write(Document(kind=filed.kind, slug=filed.slug, pack=owner), filed, projection)
        return "added"
    if _is_current(row, filed, projection):
        return "unchanged"
    if row.content_hash != filed.content_hash:
        row.version += 1
    _document_write(row, filed, projection)
    return "changed"


def _is_current(row: Document, filed: Filed, projection: Projection) -> bool:
    same = row.content_hash == filed.content_hash and row.projection_hash == projection.hash
    return row.published and same


def _document_write(row: Document, filed: Filed, projection: Projection) -> None:
    row.language = filed.document.language
    row.content_hash, row.projection_hash = filed.content_hash, projection.hash
    row.body = filed.data
    row.published = True
    row.title, row.level, row.rank = projection.title, projection.level, projection.rank
    row.minutes, row.facts = projection.minutes, projection.facts
    row.kneels, row.on_floor = projection.kneels, projection.on_floor
    row.members_only = projection.members_only
    row.full_clean()
    row.save()
    row.facets.all().delete()
    Facet.objects.bulk_create(
        Facet(document=row, name=value.name, slug=value.slug, role=value.role, place=place)
        for place, value in enumerate(projection.facets)
    )


def _withdraw(owner: Pack, documents: Iterable[Filed]) -> int:
    """Unpublish what the pack no longer holds. Rows stay: runs of the past refer to them."""
    present = {(each.kind, each.slug) for each in documents}
    rows = Document.objects.filter(pack=owner, origin=Document.Origin.PACK, published=True)
    gone = [row.pk for row in rows.only("kind", "slug") if (row.kind, row.slug) not in present]
    return Document.objects.filter(pk__in=gone).update(published=False)


def _files_save(owner: Pack, baked: Baked) -> None:
    """Make the index of served files equal to what was baked."""
    exercises = Document.objects.filter(pack=owner, kind="exercise")
    ids = dict(exercises.values_list("slug", "pk"))
    wanted = {
        file.name: PackFile(pack=owner, document_id=ids[slug], name=file.name, path=file.path)
        for slug, derived in baked.exercises.items()
        if slug in ids
        for file in derived.files
    }
    known = set(PackFile.objects.filter(pack=owner).values_list("name", flat=True))
    PackFile.objects.filter(pack=owner, name__in=known - wanted.keys()).delete()
    PackFile.objects.bulk_create(row for name, row in wanted.items() if name not in known)
