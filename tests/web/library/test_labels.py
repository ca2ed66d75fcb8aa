# SPDX-License-Identifier: Apache-2.0
"""Every slug of the closed lists has a label, and no label has lost its slug."""

from typing import get_args

import pytest
from django.utils.functional import Promise

from hipfirst.packs.documents import Area, Cues, MuscleUse, SlotPlan
from hipfirst.packs.vocabulary import KIT, LEVELS, MUSCLES, POSITIONS, Kind
from hipfirst.web.library import labels


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (labels.MUSCLES, MUSCLES),
        (labels.POSITIONS, POSITIONS),
        (labels.KIT, KIT),
        (labels.LEVELS, LEVELS),
        (labels.KINDS, get_args(Kind)),
        (labels.AREAS, get_args(Area)),
        (labels.CUES, tuple(Cues.model_fields)),
        (labels.ROLES, get_args(MuscleUse.model_fields["role"].annotation)),
        (labels.MUSCLE_SIDES, get_args(MuscleUse.model_fields["side"].annotation)),
        (labels.SIDES, get_args(SlotPlan.model_fields["sides"].annotation)),
    ],
)
def test_labels_are_complete_and_in_the_order_of_the_list(names, slugs):
    assert tuple(names) == slugs
    assert all(isinstance(label, Promise) and str(label) for label in names.values())
    assert len({str(label) for label in names.values()}) == len(slugs)
