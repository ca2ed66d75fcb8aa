# SPDX-License-Identifier: Apache-2.0
"""Why a comment waits, in words for moderators: every reason, not only the one it was held for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hipfirst.web.journal.comment_limits import KNOWN_AFTER
from hipfirst.web.journal.despair import DESPAIR, FOR_MODERATORS
from hipfirst.web.journal.markup import hosts_in
from hipfirst.web.journal.models import Comment

HOSTS = 5
"""Different hosts that are named."""
HOST = 60
"""Characters of each."""


def whys(comment: Comment, *, reported: bool, shown: int) -> tuple[str, ...]:
    """Most urgent first; empty: it waits no more. `shown` counts its author's shown comments."""
    links = _links(comment.body)
    if comment.state != Comment.State.HELD:
        said = _("Somebody reported it. It is shown meanwhile.")
        return tuple(filter(None, (said, links))) if reported else ()
    signs = set(comment.alarms) - {DESPAIR}
    found = (
        str(FOR_MODERATORS) if DESPAIR in comment.alarms else "",
        _("It names signs that somebody should look at.") if signs else "",
        _("Several people reported it. It is not shown meanwhile.")
        if comment.held_for == "reported"
        else "",
        _("Nothing else of this person is shown yet.") if shown < KNOWN_AFTER else "",
        links,
    )
    return tuple(filter(None, found)) or (_("It waits for a moderator."),)


def _links(body: str) -> str:
    """How many lead where."""
    found = hosts_in(body)
    if not found:
        return ""
    hosts = [host[:HOST] for host in dict.fromkeys(found)]
    named = ", ".join(hosts[:HOSTS]) + (", …" if len(hosts) > HOSTS else "")
    said = ngettext("%(count)s link: %(hosts)s", "%(count)s links: %(hosts)s", len(found))
    return said % {"count": len(found), "hosts": named}
