# SPDX-License-Identifier: Apache-2.0
"""What the event log refuses as a whole. A single bad event refuses only itself.

Refused
├── BodyTooLarge
├── NotJson
├── WrongShape
├── TooManyEvents
├── NotPlayable
│   ├── Stopped
│   └── NothingLeft
├── MembersOnly
├── NeverGiven
├── OtherTimeline
├── RunTaken
└── RunGone
"""

from __future__ import annotations

from hipfirst.web.shared.errors import Refused


class BodyTooLarge(Refused):
    status = 413
    code = "too-large"


class NotJson(Refused):
    status = 400
    code = "not-json"


class WrongShape(Refused):
    status = 422
    code = "wrong-shape"


class TooManyEvents(Refused):
    status = 422
    code = "too-many-events"


class NotPlayable(Refused):
    """A session whose documents do not make a timeline, such as one without motions."""

    status = 409
    code = "not-playable"


class Stopped(NotPlayable):
    """The person's newest knee check names a sign that somebody should look at first."""

    code = "stopped"


class NothingLeft(NotPlayable):
    """The knee rules leave nothing of the session for this person today."""

    code = "nothing-left"


class MembersOnly(Refused):
    """A session that only members play whole."""

    status = 403
    code = "members-only"


class RunGone(Refused):
    """The run was erased between being found and being written to."""

    status = 404
    code = "not-found"


class NeverGiven(Refused):
    """A run of a timeline that its person never took along."""

    status = 404
    code = "never-given"


class OtherTimeline(Refused):
    """The person's own run, said to play what it does not."""

    status = 409
    code = "other-timeline"


class RunTaken(Refused):
    """The id of somebody else's run."""

    status = 409
    code = "run-taken"
