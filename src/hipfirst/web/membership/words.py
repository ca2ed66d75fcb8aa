# SPDX-License-Identifier: Apache-2.0
"""A membership in words: how it stands, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hipfirst.web.membership.ledger import GRACE, Standing
from hipfirst.web.membership.models import LedgerLine

DAY = timedelta(days=1)


@dataclass(frozen=True)
class StandingView:
    state: str
    heading: str
    text: str
    may_pause: bool
    may_resume: bool
    may_cancel: bool
    may_keep: bool


@dataclass(frozen=True)
class LineView:
    at: datetime
    what: str
    note: str


def days_left(standing: Standing) -> int:
    """Whole days, a begun one counts."""
    return -(-standing.left // DAY)


def standing_view(standing: Standing) -> StandingView:
    runs = standing.state in {"active", "paused"}
    return StandingView(
        state=standing.state,
        heading=_heading(standing),
        text=_text(standing),
        may_pause=standing.state == "active" and not standing.lifetime,
        may_resume=standing.state == "paused",
        may_cancel=runs and not standing.cancelled and not standing.lifetime,
        may_keep=runs and standing.cancelled,
    )


def _heading(standing: Standing) -> str:
    if standing.state == "none":
        return _("You are not a member")
    if standing.state == "paused":
        return _("Your membership is paused")
    if standing.lifetime:
        return _("You are a member for life")
    day = _day(standing.until)
    if standing.state == "active":
        return _("You are a member until %(day)s") % {"day": day}
    return _("Your membership ended on %(day)s") % {"day": day}


def _text(standing: Standing) -> str:
    number = days_left(standing)
    left = {"days": number}
    match standing.state:
        case "none":
            return _("Whatever is free stays free: you need no membership to train here.")
        case "paused":
            said = ngettext("%(days)s day waits for you.", "%(days)s days wait for you.", number)
            return said % left
        case "grace":
            until = standing.until + GRACE if standing.until else None
            return _("Everything stays open until %(day)s, so that no week breaks off.") % {
                "day": _day(until)
            }
        case "over":
            return _("What you told us, your log and your progress stay yours, and open to you.")
    if standing.lifetime:
        return _("Everything is open to you.")
    said = ngettext("%(days)s day is left.", "%(days)s days are left.", number) % left
    return f"{said} {_('Then it ends: you cancelled it.')}" if standing.cancelled else said


def line_view(line: LedgerLine) -> LineView:
    return LineView(at=line.at, what=_what(line), note=_source(line))


def _what(line: LedgerLine) -> str:
    match line.kind:
        case "grant" if line.days is None:
            return _("A membership for life")
        case "grant":
            said = ngettext("%(days)s day was added", "%(days)s days were added", line.days or 0)
            return said % {"days": line.days}
        case "revoke":
            return _("What was left of a time was taken back")
    return str(line.get_kind_display())


def _source(line: LedgerLine) -> str:
    if line.source == "voucher":
        return _("by a voucher")
    if line.source == "owner":
        return _("by whoever runs this site")
    return "" if line.source == "person" else _("by a payment")


def _day(moment: datetime | None) -> str:
    return date_format(moment, "DATE_FORMAT") if moment else ""
