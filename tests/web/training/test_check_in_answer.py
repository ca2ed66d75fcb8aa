# SPDX-License-Identifier: Apache-2.0
"""What follows from a check-in names what was told, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hipfirst.web.training.models import CheckIn
from web.training.test_check_ins import ANSWER, text

NOW = datetime(2026, 3, 4, 18, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kinds", "about"),
    [
        (["week"], "Left knee Green by the worst of the week Worst of the week 1"),
        (["hour"], "Left knee Green by your pain as told last As you told it last 1"),
        (["hour", "week"], "Left knee Green by your pain as told last, and the worst of the week"),
    ],
)
def test_a_zone_goes_by_what_was_told(ada, kinds, about):
    with time_machine.travel(NOW, tick=False):
        for n, kind in enumerate(kinds):
            at = NOW - timedelta(hours=n)
            CheckIn.objects.create(
                person=ada.person, kind=kind, at=at, day=at.date(), left=1, right=0, consent=2
            )
        assert about in text(ada.get(ANSWER))
