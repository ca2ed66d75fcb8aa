# SPDX-License-Identifier: Apache-2.0
"""The words by which somebody agrees that what they say of their knees is kept, in every version.

Those of the terms are the owner's: `models.TermsText` keeps each that somebody agreed to.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HEALTH: Mapping[int, tuple[str | Promise, ...]] = {
    1: (
        _(
            "This site may keep what I say of my knees, in the knee check and in sessions: pain, "
            "what hurts, age band, signs that somebody should look at, positions I leave out."
        ),
        _(
            "It is kept on this site only, chooses the movements of my sessions, and is used for "
            "nothing else."
        ),
        _("I can download it, and take this back at any time; then it is erased."),
    ),
    2: (
        _(
            "This site may keep what I say of my knees, in knee checks, check-ins and sessions: "
            "pain, what hurts, an activity of my own and how hard it is, age band, signs that "
            "somebody should look at, positions I leave out. It may also keep what tests of my "
            "left and right side measured."
        ),
        _(
            "It is kept on this site only. It chooses the movements of my sessions, shows me how "
            "my weeks went, and is used for nothing else. If I make a page for a professional, "
            "whoever has its link reads what is on it until the link ends; nobody makes one but "
            "me."
        ),
        _("I can download it, and take this back at any time; then it is erased."),
    ),
}
"""Version -> its sentences. A version stays as it was agreed to: new words get a new number."""
HEALTH_VERSION = max(HEALTH)
"""Raise it when the meaning changes: then all are asked anew."""
