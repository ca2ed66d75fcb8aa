# SPDX-License-Identifier: Apache-2.0
"""The first slots of a session, planned by the same rules: what anybody may try of any session."""

from __future__ import annotations

from collections.abc import Mapping

from hipfirst.packs.documents import Block, Session
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import plan, slots_of
from hipfirst.planning.request import Request
from hipfirst.planning.resolve import Files, timeline
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.timeline import Timeline
from hipfirst.planning.words import Say, gettext_noop

SLOTS = 3


def first_slots(session: Session, count: int = SLOTS) -> Session:
    """`session` without what comes after its first `count` slots."""
    blocks, left = list[Block](), count
    for block in session.blocks:
        if slots := block.slots[:left]:
            blocks.append(block.model_copy(update={"slots": slots}))
            left -= len(slots)
    return session.model_copy(update={"blocks": tuple(blocks)})


def preview(  # noqa: PLR0913 what a plan and its timeline are made of
    session: Session,
    catalogue: Catalogue,
    assets: Mapping[str, Files],
    request: Request,
    rules: Thresholds,
    *,
    say: Say = gettext_noop,
) -> Timeline:
    """The timeline of the first slots. On a flare day that of the Flare Day, which is whole.

    Raises as `plan` does.
    """
    found = plan(first_slots(session), catalogue, request, rules)
    made = timeline(found, catalogue, assets, say)
    if found.session.slug != session.slug:
        return made
    # Of what was only tried, pain counts and nothing else.
    sore = tuple(row for row in made.outlook if row.pain_from)
    return made.model_copy(update={"preview_of": len(slots_of(session)), "outlook": sore})
