# SPDX-License-Identifier: Apache-2.0
"""The home rows of packs and their documents. A row is the document plus what is filtered by."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from hipfirst.packs.vocabulary import LEVELS


class Pack(models.Model):
    """A pack on disk that was loaded."""

    slug = models.SlugField(max_length=80, primary_key=True)
    name = models.CharField(max_length=160)
    version = models.CharField(max_length=40)
    licence = models.CharField(max_length=160)
    root = models.CharField(max_length=1000)
    """Folder on this machine: renewed by every load, so that an installation can be moved."""

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class Document(models.Model):
    """One document, unchanged in `body`, and projections of it that can be indexed."""

    class Origin(models.TextChoices):
        PACK = "pack"
        SITE = "site"
        """Edited on this site: no pack overwrites it."""

    kind = models.CharField(max_length=16)
    slug = models.SlugField(max_length=80)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=160)
    version = models.PositiveIntegerField(default=1)
    """Counts the contents this row has had."""
    content_hash = models.CharField(max_length=64)
    projection_hash = models.CharField(max_length=64)
    """Of everything below that was computed: it may change while the document does not."""
    origin = models.CharField(max_length=8, default=Origin.PACK)
    pack = models.ForeignKey(Pack, models.PROTECT, null=True, blank=True, related_name="documents")
    published = models.BooleanField(default=True)
    members_only = models.BooleanField(default=False)
    """Everybody sees that it exists and a preview; the rest is for members (`access.may_see`)."""
    body: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, blank=True
    )
    """What was derived: names of files, pictures of a session. Never typed in."""

    level = models.CharField(max_length=16, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    """Place in a list: gentle first."""
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    kneels = models.BooleanField(default=False)
    on_floor = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "slug"], name="document_kind_slug"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["published", "kind", "rank", "title"], name="document_list"),
            # Asked by every page: whether anything changed.
            models.Index(fields=["updated_at", "published"], name="document_stamp"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"

    @staticmethod
    def rank_of(level: str) -> int:
        return LEVELS.index(level) if level in LEVELS else len(LEVELS)


class Facet(models.Model):
    """One value by which a document is found: a muscle, a piece of kit, an exercise it holds."""

    class Name(models.TextChoices):
        POSITION = "position"
        KIT = "kit"
        MUSCLE = "muscle"
        EXERCISE = "exercise"
        SESSION = "session"
        """Of an article: a session it leads to."""
        EVIDENCE = "evidence"

    document = models.ForeignKey(Document, models.CASCADE, related_name="facets")
    name = models.CharField(max_length=16)
    slug = models.SlugField(max_length=80, db_index=False)
    role = models.CharField(max_length=8, blank=True)
    """Of a muscle: main or helps."""
    place = models.PositiveSmallIntegerField()
    """Order in the document, most important first."""

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "name", "slug"], name="facet_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["name", "slug", "document"], name="facet_lookup"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.slug}"


class PackFile(models.Model):
    """A baked file that may be served, under a name that changes with its content."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="files")
    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    name = models.CharField(max_length=160)
    path = models.CharField(max_length=300)
    """Inside the pack's folder, with forward slashes."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pack", "name"], name="packfile_name"),
        ]

    def __str__(self) -> str:
        return f"{self.pack_id}/{self.name}"
