# SPDX-License-Identifier: Apache-2.0
"""What actions raise when they refuse. One handler in project/ turns it into a page or into JSON.

Refused
├── accounts, library: none yet
└── training: see training/errors.py
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel


@dataclass(frozen=True)
class Fault:
    """One thing that was wrong with what was sent."""

    field: str
    """Where: a field name, or empty for the whole."""
    given: str
    allowed: str
    index: int | None = None
    """Place in the list that was sent, from 0."""


class ErrorDetail(BaseModel):
    code: str
    """Stable; what a program looks at."""
    message: str
    """Translated; what a person reads."""
    faults: tuple[Fault, ...] = ()


class ErrorBody(BaseModel):
    """The one shape of every error the API answers with."""

    error: ErrorDetail


class Refused(Exception):  # noqa: N818 it is an answer, not an accident
    """Root of all refusals. `message` is translated and shown to whoever asked."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"

    def __init__(self, message: str, *faults: Fault) -> None:
        super().__init__(message)
        self.message = message
        self.faults = faults
