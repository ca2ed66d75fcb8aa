# SPDX-License-Identifier: Apache-2.0
import pytest

from hipfirst.web.library.access import may_see
from hipfirst.web.library.models import Document


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("who", ["stranger", "ada"])
def test_everybody_sees_what_is_published_and_nobody_anything_else(request, who, published):
    person = getattr(request.getfixturevalue(who), "person", None)
    assert may_see(person, Document(kind="exercise", published=published)) is published
