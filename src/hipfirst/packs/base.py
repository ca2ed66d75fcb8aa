# SPDX-License-Identifier: Apache-2.0
"""What every declared type of this room is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=160)]
Text = Annotated[str, Field(min_length=1, max_length=1000)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]


class Document(BaseModel):
    """Frozen; an unknown field is an error, so that a typing slip is never silently dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True)
