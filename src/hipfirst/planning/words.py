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
    values: Mapping[str, str | Sentence] = field(default_factory=dict)

    def said(self, say: Say = gettext_noop) -> str:
        """The sentence in the language of `say`. Names and numbers in it stay, sentences in it are
        said too.
        """
        values = {
            name: value if isinstance(value, str) else value.said(say)
            for name, value in self.values.items()
        }
        return say(self.text) % values
