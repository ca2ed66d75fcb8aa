# SPDX-License-Identifier: Apache-2.0
"""Sentences for people that the core writes: English, and marked for translation elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Say = Callable[[str], str]
"""Turns an English text into that of the reader's language."""


def gettext_noop(text: str) -> str:
    """Marks `text` for the translators and leaves it as it is."""
    return text


@dataclass(frozen=True)
class Sentence:
    """A text with named places, and what stands in them."""

    text: str
    values: Mapping[str, str] = field(default_factory=dict)

    def said(self, say: Say = gettext_noop) -> str:
        """The sentence in the language of `say`; values are names and numbers and stay."""
        return say(self.text) % self.values
