# SPDX-License-Identifier: Apache-2.0
"""Sentences for people that the core writes: English, and marked for translation elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Say = Callable[[str], str]
"""Turns an English text into that of the reader's language."""


def gettext_noop(text: str) -> str:
    """Marks `text` for the translators and leaves it as it is."""
    return text


Value: TypeAlias = "str | Sentence | tuple[Sentence, ...]"
"""What stands in a place of a text: as it is, said, or a list of things that are said."""


@dataclass(frozen=True)
class Sentence:
    """A text with named places, and what stands in them."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def said(self, say: Say = gettext_noop) -> str:
        """The sentence in the language of `say`. Names and numbers in it stay, sentences in it are
        said too, and those of a list stand one after the other with commas.
        """
        return say(self.text) % {name: _said(value, say) for name, value in self.values.items()}


def _said(value: Value, say: Say) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Sentence):
        return value.said(say)
    return ", ".join(each.said(say) for each in value)


def joined(sentences: Iterable[Sentence]) -> Sentence:
    """Several sentences as one, in this order. Raises ValueError for none."""
    first, *rest = sentences
    for sentence in rest:
        first = Sentence("%(one)s %(two)s", {"one": first, "two": sentence})
    return first
