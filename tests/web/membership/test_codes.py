# SPDX-License-Identifier: Apache-2.0
"""Codes survive being read aloud, typed off and pasted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.web.membership.codes import ALPHABET, LENGTH, new_code, normalised, spelled

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@given(CODES)
def test_what_is_spelled_is_read_again(code):
    assert normalised(spelled(code)) == code
    assert normalised(spelled(code).lower()) == code


@given(CODES, st.sampled_from("-\u2013 .\n"))
def test_what_looks_alike_is_the_same(code, between):
    typed = between.join(code).replace("0", "o").replace("1", "l")
    assert normalised(typed) == code


@pytest.mark.parametrize("typed", ["", "7KQ2-M4XD", "7KQ2-M4XD-90RU", "7KQ2M4XD90RAA", "é" * 12])
def test_what_cannot_be_a_code_is_none(typed):
    assert normalised(typed) == ""


def test_codes_are_made_of_the_alphabet_and_differ():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(normalised(code) == code for code in codes)


@given(st.text(max_size=200))
def test_anything_may_be_typed(typed):
    code = normalised(typed)
    assert code == "" or normalised(code) == code
