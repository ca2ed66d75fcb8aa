# SPDX-License-Identifier: Apache-2.0
"""Words of somebody who does not want to live, and what this site answers: all of it is here.

No sign of a body, so no entry of the table of signs. As with those, a false alarm costs little.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

DESPAIR = "despair"
"""Beside the slugs of signs in `Comment.alarms`, and the reason why the comment waits."""

HEADING = _("Please talk to somebody now")
KIND_WORDS = (
    _(
        "Your comment has arrived. It sounds as if things are very hard, and you need not carry "
        "it alone."
    ),
    _(
        "If you may harm yourself, or feel that you cannot stay safe: call the emergency number of "
        "your country now. In the European Union it is 112, in the United Kingdom 999, in the USA "
        "and Canada 911, in Australia 000."
    ),
    _(
        "To talk to somebody who listens, at any hour, call a crisis line of your country: 988 in "
        "the USA and Canada, 116 123 in the United Kingdom, Ireland and many other countries of "
        "Europe, 13 11 14 in Australia. In other countries a doctor or the "
        "emergency number can tell you."
    ),
    _(
        "Tell somebody near you as well, in plain words: a friend, your family, a neighbour, your "
        "doctor. You can show them what you wrote."
    ),
)
"""For whoever wrote it: kind, plain, and where to turn."""
FOR_MODERATORS = _("Urgent: it sounds as if somebody does not want to live. Read it first.")

_APOSTROPHE = re.compile("[\u2018\u2019\u02bc\u00b4`]")
_WORDS = re.compile(
    r"(?<!not )(?<!n't )(?<!never )\bwant(?:ed)? to "
    r"(?:die|be dead|end it all|end everything|disappear for ?ever)\b"
    r"|\b(?:wish i (?:was|were)|rather be|better off) dead\b"
    r"|\b(?:kill(?:ing)?|hang(?:ing)?|harm(?:ing)?) myself\b"
    r"(?! (?:laughing|in|with (?:the|this|these|squats)))"
    r"|\b(?:end|ending|take|taking) my (?:own )?life\b"
    r"|\bsuicid"
    r"|(?:don't|do not|dont|no longer|never) want to "
    r"(?:live|be alive|be here any ?more|wake up|go on living)\b"
    r"|(?:can't|cannot|cant|can not) go on (?:living|any ?more|like this any ?more)\b"
    r"|(?:can't|cannot|cant|can not) go on(?= ?(?:[.!?,;]|$))"
    r"|\b(?:end|ending) it all\b|\bwant it all to end\b"
    r"|\b(?:no|nothing|any) (?:reason|point|sense)? ?(?:to|in|for) "
    r"liv(?:e|ing)\b(?! (?:with|in|on|at))"
    r"|\bnot worth living\b|\btired of (?:life|living)\b|\bbetter off without me\b|\bself[- ]?harm"
)


def despair_in(text: str) -> bool:
    """Whether the words may be those of somebody who does not want to live. English only."""
    words = " ".join(_APOSTROPHE.sub("'", text.lower()).replace("*", "").split())
    return _WORDS.search(words) is not None
