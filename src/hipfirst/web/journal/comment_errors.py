# SPDX-License-Identifier: Apache-2.0
"""What the actions of comments refuse.

Refused
└── CommentRefused
    ├── NotAllowed      banned, or not one's own
    ├── Closed          the discussion takes no more
    ├── BadText         empty
    │   └── TextTooLong
    ├── NameNeeded      a first comment without a name
    ├── TooMany         too many in a short time
    ├── SaidAlready     the same once more
    ├── GoneMeanwhile   deleted or hidden since it was shown
    └── ChangedMeanwhile  other words than those a moderator decided about
"""

from __future__ import annotations

from hipfirst.web.shared.errors import Refused


class CommentRefused(Refused):
    """`field` is where the form says it; empty: above the form."""

    field = ""


class NotAllowed(CommentRefused):
    status = 403
    code = "not-allowed"


class Closed(CommentRefused):
    status = 409
    code = "closed"


class BadText(CommentRefused):
    status = 400
    code = "bad-text"
    field = "body"


class TextTooLong(BadText):
    status = 413
    code = "too-long"


class NameNeeded(CommentRefused):
    status = 400
    code = "name-needed"
    field = "name"


class TooMany(CommentRefused):
    status = 429
    code = "too-many"


class SaidAlready(CommentRefused):
    status = 409
    code = "said-already"


class GoneMeanwhile(CommentRefused):
    status = 409
    code = "gone"


class ChangedMeanwhile(CommentRefused):
    status = 409
    code = "changed"
