# SPDX-License-Identifier: Apache-2.0
import pytest

from hipfirst.packs.vocabulary import KIT
from hipfirst.planning.kit import KIT_NAMES
from hipfirst.planning.words import Sentence, joined
from hipfirst.web.library import labels

GERMAN = {"You need %(kit)s.": "Du brauchst %(kit)s.", "Chair": "Stuhl", "Step": "Stufe"}


def test_a_list_in_a_sentence_is_said_word_by_word():
    needs = Sentence("You need %(kit)s.", {"kit": (Sentence("Chair"), Sentence("Step"))})
    assert needs.said() == "You need Chair, Step."
    assert needs.said(GERMAN.__getitem__) == "Du brauchst Stuhl, Stufe."


def test_sentences_are_joined_in_order():
    assert joined(map(Sentence, ("One.", "Two.", "Three."))).said() == "One. Two. Three."
    with pytest.raises(ValueError, match="not enough values"):
        joined(())


def test_kit_is_called_what_the_site_calls_it():
    assert tuple(KIT_NAMES) == KIT
    assert {slug: str(label) for slug, label in labels.KIT.items()} == dict(KIT_NAMES)
