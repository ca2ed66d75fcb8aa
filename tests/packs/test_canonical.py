# SPDX-License-Identifier: Apache-2.0
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.packs.canonical import canonical_json, content_hash

_plain = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=8)
_numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)
_values = st.recursive(
    _plain | _numbers,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


@given(_values)
def test_reading_and_writing_again_changes_nothing(value):
    once = canonical_json(value)
    assert canonical_json(json.loads(once)) == once


@given(st.dictionaries(st.text(max_size=4), _values))
def test_the_order_of_keys_does_not_matter(mapping):
    assert content_hash(dict(reversed(mapping.items()))) == content_hash(mapping)


def test_a_whole_number_is_the_same_with_and_without_a_point():
    assert canonical_json({"s": [15.0, 0.5]}) == '{"s":[15,0.5]}'
    assert content_hash((1, 2.0)) == content_hash([1.0, 2])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(ValueError, match="JSON"):
        canonical_json([value])
