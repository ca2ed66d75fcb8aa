# SPDX-License-Identifier: Apache-2.0
"""What a trend says, in words: the same on the page, in the chart's description and in the PDF."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hipfirst.outcomes.strength import Gained, Worked
from hipfirst.outcomes.trend import NEEDED, SMALLEST_CHANGE, Line, Span, Trend
from hipfirst.packs.strain import BoutSide
from hipfirst.packs.vocabulary import Side


def knee_name(knee: Side) -> str:
    return _("Left knee") if knee == "left" else _("Right knee")


def verdict_name(trend: Trend) -> str:
    """In one to five words."""
    return {
        "too-early": _("Too early to say"),
        "better": pgettext("a knee", "Better"),
        "worse": pgettext("a knee", "Worse"),
        "looks-better": _("Looks lower, not sure yet"),
        "looks-worse": _("Looks higher, not sure yet"),
        "no-clear-change": _("No clear change"),
    }[trend.verdict]


def four_weeks(trend: Trend) -> str:
    """The trend in four weeks: "About 1.5 of 10 less in four weeks". Empty while it is too early,
    and where chance alone may have made it: a number would claim what the verdict does not.
    """
    if trend.line is None:
        return ""
    change = trend.line.four_weeks.value
    if is_none(change):
        return _("The same in four weeks")
    if trend.verdict == "no-clear-change":
        return ""
    values = {"points": one(abs(change))}
    if trend.verdict in {"better", "worse"}:
        less, more = (
            _("About %(points)s of 10 less in four weeks"),
            _("About %(points)s of 10 more in four weeks"),
        )
    else:
        less, more = (
            _("Perhaps %(points)s of 10 less in four weeks"),
            _("Perhaps %(points)s of 10 more in four weeks"),
        )
    return (less if change < 0 else more) % values


def summary(trend: Trend) -> str:
    """One or two sentences; what is not known is said, too."""
    if not trend.points:
        return _("Nothing was told of this knee yet.")
    if trend.line is None:
        return _too_early(trend)
    said = {
        "better": _better,
        "worse": _worse,
        "looks-better": _looks_better,
        "looks-worse": _looks_worse,
        "no-clear-change": _no_clear_change,
    }[trend.verdict]
    return said(trend.line)


def _too_early(trend: Trend) -> str:
    told = ngettext("%(count)d week was told", "%(count)d weeks were told", trend.told) % {
        "count": trend.told
    }
    return _(
        "%(told)s. A trend needs %(needed)d, from the first to the last about four weeks:"
        " before that, good and bad days cannot be told from it."
    ) % {"told": told, "needed": NEEDED}


def _better(line: Line) -> str:
    return _(
        "The worst pain of a week fell from about %(start)s to about %(end)s of 10 in %(weeks)s:"
        " %(change)s less, likely between %(low)s and %(high)s."
    ) % _values(line, Span(-line.change.value, -line.change.high, -line.change.low))


def _worse(line: Line) -> str:
    said = _(
        "The worst pain of a week rose from about %(start)s to about %(end)s of 10 in %(weeks)s:"
        " %(change)s more, likely between %(low)s and %(high)s."
    ) % _values(line, line.change)
    advice = _("Let a doctor or physiotherapist look at it.")
    return f"{said} {advice}"


def _looks_better(line: Line) -> str:
    return _looks(line, _("less"), line.change.low)


def _looks_worse(line: Line) -> str:
    advice = _("Let a doctor or physiotherapist look at it.")
    return f"{_looks(line, _('more'), line.change.high)} {advice}"


def _looks(line: Line, way: str, most: float) -> str:
    """A change at the edge of chance: how large it may be, and how small."""
    return _(
        "In %(weeks)s the worst pain of a week went from about %(start)s to about %(end)s of 10."
        " It looks like %(way)s, and it is not sure yet: it could be anything from no change to"
        " %(most)s. More weeks will tell."
    ) % {**_values(line, line.change), "way": way, "most": more_or_less(most)}


def _no_clear_change(line: Line) -> str:
    values = _values(line, line.change)
    if is_none(line.change.low) and is_none(line.change.high):
        return _("In %(weeks)s the worst pain of a week stayed the same, about %(end)s of 10.") % (
            values
        )
    if line.change.across_zero:
        return _(
            "In %(weeks)s the worst pain of a week went from about %(start)s to about %(end)s"
            " of 10. The ups and downs are too large to call that a change: it could be"
            " anything from %(low)s to %(high)s."
        ) % {**values, "low": more_or_less(line.change.low), "high": more_or_less(line.change.high)}
    return _(
        "In %(weeks)s the worst pain of a week went from about %(start)s to about %(end)s of 10."
        " That is less than the %(smallest)s of 10 that people usually notice."
    ) % {**values, "smallest": number_format(SMALLEST_CHANGE, 0)}


def _values(line: Line, change: Span) -> dict[str, str]:
    weeks = round(line.weeks)
    start, end = (round(_on_scale(pain), 1) for pain in (line.start, line.end))
    return {
        "start": one(start),
        "end": one(end),
        "weeks": ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks},
        # Of the numbers as they are read: whoever subtracts them finds it.
        "change": one(abs(end - start)),
        "low": one(change.low),
        "high": one(change.high),
    }


def _on_scale(pain: float) -> float:
    return min(max(pain, 0), 10)


def one(value: float) -> str:
    """With one decimal, as the reader's language writes it, and no minus before zero."""
    return number_format(round(value, 1) + 0, 1)


def is_none(change: float) -> bool:
    """Whether it is read as 0.0."""
    return round(change, 1) == 0


def more_or_less(change: float) -> str:
    """A change of pain: "2.0 less"."""
    if is_none(change):
        return _("no change")
    text = _("%(points)s less") if change < 0 else _("%(points)s more")
    return text % {"points": one(abs(change))}


def strength(gained: Gained, names: Mapping[str, str]) -> str:
    """Where one side began on a ladder and where it is; no grade and no blame."""
    values = {
        "first": names.get(gained.first.movement, gained.first.movement),
        "now": names.get(gained.now.movement, gained.now.movement),
        "before": amount(gained.first),
        "after": amount(gained.now),
    }
    if gained.step == "harder":
        return _("from %(first)s up to %(now)s") % values
    if gained.step == "easier":
        return _("%(now)s now, an easier rung than %(first)s") % values
    if gained.step == "same":
        return _("%(now)s, %(after)s as at first") % values
    return _("%(now)s, %(after)s; at first %(before)s") % values


def amount(worked: Worked) -> str:
    """Repetitions or seconds of one bout."""
    count = round(worked.amount)
    if worked.held:
        return ngettext("%(count)d second", "%(count)d seconds", count) % {"count": count}
    return ngettext("%(count)d repetition", "%(count)d repetitions", count) % {"count": count}


def side_name(side: BoutSide) -> str:
    return {"left": _("Left"), "right": _("Right"), "both": _("Both sides")}[side]


def chart_description(trend: Trend, *, trial: bool) -> str:
    """The chart for somebody who hears it."""
    first, last = trend.points[0], trend.points[-1]
    told = _(
        "Worst pain of each week from %(first)s (%(before)s of 10) to %(last)s (%(now)s of 10)."
    ) % {
        "first": date_format(first.day),
        "before": number_format(first.pain, 0),
        "last": date_format(last.day),
        "now": number_format(last.pain, 0),
    }
    beside = _("Beside it: the trial, with two points for each of its groups.") if trial else ""
    return " ".join(filter(None, (told, summary(trend), beside)))
