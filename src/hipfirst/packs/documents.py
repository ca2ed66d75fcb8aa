# SPDX-License-Identifier: Apache-2.0
"""What a coach writes, declared once: exercise, session, program, article, evidence, manifest.

A document is one file whose name is its slug. `read` checks files against these types, JSON Schema
is generated from them, and the database stores them unchanged.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=160)]
Text = Annotated[str, Field(min_length=1, max_length=1000)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]


class Document(BaseModel):
    """Frozen; an unknown field is an error, so that a typing slip is never silently dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Header(Document):
    """What every document of a pack begins with."""

    format: Literal[1]
    slug: Slug
    language: Language = "en"
