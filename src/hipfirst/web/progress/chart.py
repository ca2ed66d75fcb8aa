# SPDX-License-Identifier: Apache-2.0
"""The chart of one knee as SVG: the same on the page, on paper and in the PDF.

Colours here are for paper; on the page the style sheet names its own by class. Left is told from
right by shape and dash, too. Whoever hears it gets title and description; a table stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hipfirst.outcomes.reference import DOLAK, Arm, Mean
from hipfirst.outcomes.trend import SMALLEST_CHANGE, Line, Point, Trend
from hipfirst.packs.vocabulary import Side
from hipfirst.web.progress.places import Box, Place, Places

WIDTH, HEIGHT = 400, 260
LEFT, RIGHT, TOP, BOTTOM = 34, 390, 16, 220
SHOWN_WEEKS = 26
"""Weeks on the chart: half a year; the table has them all."""
_WORST = 10
_TEXT = 17
_INK, _SOFT, _LINE = "#16202b", "#46515d", "#cbbfae"
_KNEE = {"left": "#1d5a49", "right": "#9c4326"}
_WASH = {"left": "#dfece5", "right": "#f7e4da"}
_TRIAL = "#6b6257"
_LEVELS = (5, -2, 12, -9, 19, -16, 26, -23, 33, -30, 40)
"""Heights for a group's name, within the spread of its mark: level with it first."""
_STEPS = 16
"""Pieces in which a band is cut off at the ends of the scale."""


@dataclass(frozen=True)
class Chart:
    """What one chart shows. Title and description are read aloud in place of the picture."""

    knee: Side
    trend: Trend
    title: str
    description: str
    trial: bool = False
    """The two points of each group of the trial stand behind it."""


@dataclass(frozen=True)
class _Frame:
    """Days and pain -> places on the picture."""

    first: date
    last: date

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return LEFT + 12 + share * (RIGHT - LEFT - 24)

    @staticmethod
    def y(pain: float) -> float:
        return BOTTOM - min(max(pain, 0), _WORST) / _WORST * (BOTTOM - TOP)

    def days(self, first: date, last: date) -> list[date]:
        steps = max(1, min(_STEPS, (last - first).days))
        return [first + (last - first) * n / steps for n in range(steps + 1)]


def svg(chart: Chart) -> SafeString:
    """The chart as an element to put into a page. Needs one telling at least."""
    points = shown(chart.trend.points)
    last = max(points[-1].day, points[0].day + timedelta(weeks=4))
    frame = _Frame(points[0].day, last)
    name = f"chart-{chart.knee}"
    return format_html(
        '<svg class="chart chart--{}" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="{}-title {}-text" xmlns="http://www.w3.org/2000/svg" '
        'font-family="Source Sans 3 Variable, Source Sans 3, DejaVu Sans, sans-serif" '
        'font-size="{}"><title id="{}-title">{}</title><desc id="{}-text">{}</desc>{}</svg>',
        *(chart.knee, WIDTH, HEIGHT, name, name, _TEXT, name, chart.title),
        *(name, chart.description, _together(_parts(chart, points, frame))),
    )


def shown(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Those of the last half year that was told of."""
    since = points[-1].day - timedelta(weeks=SHOWN_WEEKS)
    return tuple(point for point in points if point.day >= since)


def key(knee: Side, *, has_line: bool) -> tuple[tuple[SafeString, str], ...]:
    """Small pictures and what they mean, to stand below the chart."""
    mark = _sample(_mark(knee, 12, 10, 5))
    entries = [(mark, _("worst pain of a week"))]
    if has_line:
        entries += [
            (_sample(_stroke(knee, 2, 10, 22, 10)), _("trend")),
            (
                _sample(_wash(knee)),
                _("where 95 of 100 weeks lie by the ups and downs alone"),
            ),
        ]
    limit = _sample(_dashed("chart__limit", 2, 10, 22, 10))
    return (*entries, (limit, _("2 of 10 more or less: what people notice")))


def _sample(what: SafeString) -> SafeString:
    return format_html(
        '<svg class="chart__key" viewBox="0 0 24 20" width="24" height="20" aria-hidden="true" '
        'focusable="false">{}</svg>',
        what,
    )


def _parts(chart: Chart, points: tuple[Point, ...], frame: _Frame) -> Iterator[SafeString]:
    line = chart.trend.line
    if line:
        yield _band(chart.knee, line, frame)
    yield from _grid()
    yield from _days(frame)
    for y, *_said in _limits(chart, points, frame):
        yield _dashed("chart__limit", _limit_from(line, frame), y, RIGHT, y)
    if chart.trial:
        yield from _trial(frame)
    if line:
        ends = frame.y(line.start), frame.y(line.end)
        yield _stroke(chart.knee, frame.x(line.first), ends[0], frame.x(line.last), ends[1])
    for point in points:
        yield _mark(chart.knee, frame.x(point.day), frame.y(point.pain), 6)
    yield from _words(chart, points, frame)


def _grid() -> Iterator[SafeString]:
    for pain in range(0, _WORST + 1, 2):
        y = _Frame.y(pain)
        yield format_html(
            '<line class="chart__grid" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" '
            'stroke-width="1"/>',
            *(LEFT, _n(y), RIGHT, _n(y), _LINE),
        )
        yield _text(str(pain), LEFT - 7, y + 6, "end")


def _days(frame: _Frame) -> Iterator[SafeString]:
    """First and last day, and one between where there is room."""
    for anchor, share in (("start", 0.0), ("middle", 0.5), ("end", 1.0)):
        day = frame.first + (frame.last - frame.first) * share
        x = {"start": LEFT, "end": RIGHT}.get(anchor, frame.x(day))
        yield _text(date_format(day, "MONTH_DAY_FORMAT"), x, BOTTOM + 26, anchor)


def _limits(
    chart: Chart, points: tuple[Point, ...], frame: _Frame
) -> Iterator[tuple[float, str, bool]]:
    """Height of the lines where the smallest change that matters begins, either way; what each is
    called, and whether the words stand above it.
    """
    line = chart.trend.line
    start = line.start if line else points[0].pain
    for pain, text, above in (
        (start - SMALLEST_CHANGE, _("2 less"), False),
        (start + SMALLEST_CHANGE, _("2 more"), True),
    ):
        if 0 <= pain <= _WORST:
            yield frame.y(pain), text, above


def _limit_from(line: Line | None, frame: _Frame) -> float:
    return frame.x(line.first) if line else LEFT


def _band(knee: Side, line: Line, frame: _Frame) -> SafeString:
    days = frame.days(line.first, line.last)

    def edge(of: Iterable[date], off: float) -> str:
        return " ".join(f"{_n(frame.x(day))},{_n(frame.y(_at(line, day) + off))}" for day in of)

    return format_html(
        '<polygon class="chart__band" points="{} {}" fill="{}"/>',
        *(edge(days, line.band), edge(reversed(days), -line.band), _WASH[knee]),
    )


def _at(line: Line, day: date) -> float:
    return line.start + line.slope.value * (day - line.first).days / 7


def _words(chart: Chart, points: tuple[Point, ...], frame: _Frame) -> Iterator[SafeString]:
    """The newest number, the groups of the trial, the limits: who comes first chooses first."""
    places = _taken(chart, points, frame)
    newest, text = points[-1], number_format(points[-1].pain, 0)
    around = _around(frame.x(newest.day), frame.y(newest.pain))
    yield _text(text, *places.put(text, around), "chart__text chart__text--newest")
    for arm in DOLAK.arms if chart.trial else ():
        text = f"{_group(arm)} {number_format(arm.after.pain, 1)}"
        beside = _beside(*_trial_place(arm, arm.after, frame), right=_side(arm) > 0)
        yield _text(text, *places.put(text, beside), "chart__text chart__text--trial")
    for y, text, above in _limits(chart, points, frame):
        along = _along(y, _limit_from(chart.trend.line, frame), above=above)
        # With a mark close by they would read as its name.
        place = places.put(text, along, clear=14)
        yield _text(text, *place, "chart__text chart__text--limit")


def _taken(chart: Chart, points: tuple[Point, ...], frame: _Frame) -> Places:
    """Everything that words could hide."""
    places, line = Places(Box(LEFT, TOP - 4, WIDTH, BOTTOM + 2)), chart.trend.line
    for point in points:
        places.mark(frame.x(point.day), frame.y(point.pain), 8)
    if line:
        ends = frame.y(line.start), frame.y(line.end)
        places.line(frame.x(line.first), ends[0], frame.x(line.last), ends[1], width=5)
    for y, *_said in _limits(chart, points, frame):
        places.line(_limit_from(line, frame), y, RIGHT, y, width=2)
    for arm in DOLAK.arms if chart.trial else ():
        for mean in (arm.start, arm.after):
            x, y = _trial_place(arm, mean, frame)
            places.mark(x, y, 7)
            low, high = _spread(mean, frame)
            places.line(x, low, x, high, width=3)
    return places


def _around(x: float, y: float) -> Iterator[Place]:
    """Beside a mark: above where there is room, else below, else to a side."""
    yield Place(x, y - 14, "middle")
    yield Place(x, y + 27, "middle")
    for up in (6, -8, 20):
        yield Place(x - 12, y + up, "end")
        yield Place(x + 12, y + up, "start")
    yield Place(x, y - 24, "middle")
    yield Place(x, y + 37, "middle")


def _along(y: float, first: float, *, above: bool) -> Iterator[Place]:
    """Beside a line across: from its beginning on, on its own side and then on the other; else
    where the line would be if it were longer.
    """
    shifts = (-6, 19) if above else (19, -6)
    for start, end in ((first, RIGHT), (LEFT, first)):
        for shift in shifts:
            for x in range(round(start) + 4, round(end), 8):
                yield Place(x, y + shift, "start")


def _trial(frame: _Frame) -> Iterator[SafeString]:
    """Two marks for each group, with nothing between them."""
    for arm in DOLAK.arms:
        yield from _arm(arm, frame)


def _arm(arm: Arm, frame: _Frame) -> Iterator[SafeString]:
    shapes: dict[str, Callable[[float, float], SafeString]] = {"hip": _triangle, "thigh": _square}
    for mean in (arm.start, arm.after):
        x, y = _trial_place(arm, mean, frame)
        if mean.sd:
            yield _thin(x, *_spread(mean, frame))
        yield shapes[arm.group](x, y)


def _group(arm: Arm) -> str:
    return {"hip": _("hip"), "thigh": _("thigh")}[arm.group]


def _side(arm: Arm) -> int:
    """The groups stand beside each other: left or right of their week."""
    return -1 if arm.group == "hip" else 1


def _trial_place(arm: Arm, mean: Mean, frame: _Frame) -> tuple[float, float]:
    day = frame.first + timedelta(weeks=mean.week)
    return frame.x(day) + _side(arm) * 8, frame.y(mean.pain)


def _spread(mean: Mean, frame: _Frame) -> tuple[float, float]:
    """Where the thin line ends that says how far apart the people were."""
    off = mean.sd or 0
    return frame.y(mean.pain - off), frame.y(mean.pain + off)


def _beside(x: float, y: float, *, right: bool) -> Iterator[Place]:
    """A group's name on the outer side of its mark, level with it, then higher and lower; else
    beyond the mark of the other group.
    """
    for level in _LEVELS:
        yield Place(x + 11, y + level, "start") if right else Place(x - 11, y + level, "end")
    for level in _LEVELS:
        yield Place(x - 27, y + level, "end") if right else Place(x + 27, y + level, "start")


def _triangle(x: float, y: float) -> SafeString:
    return _shape("chart__trial", ((x, y - 6), (x + 6, y + 5), (x - 6, y + 5)))


def _square(x: float, y: float) -> SafeString:
    return _shape("chart__trial", ((x - 5, y - 5), (x + 5, y - 5), (x + 5, y + 5), (x - 5, y + 5)))


def _shape(name: str, corners: Iterable[tuple[float, float]]) -> SafeString:
    return format_html(
        '<polygon class="{}" points="{}" fill="#ffffff" stroke="{}" stroke-width="1.5"/>',
        *(name, " ".join(f"{_n(x)},{_n(y)}" for x, y in corners), _TRIAL),
    )


def _mark(knee: Side, x: float, y: float, size: float) -> SafeString:
    """A disc for the left knee, a diamond for the right."""
    if knee == "left":
        return format_html(
            '<circle class="chart__point" cx="{}" cy="{}" r="{}" fill="{}"/>',
            *(_n(x), _n(y), _n(size), _KNEE[knee]),
        )
    far = size * 1.3
    corners = ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
    return format_html(
        '<polygon class="chart__point" points="{}" fill="{}"/>',
        *(" ".join(f"{_n(x)},{_n(y)}" for x, y in corners), _KNEE[knee]),
    )


def _stroke(knee: Side, x1: float, y1: float, x2: float, y2: float) -> SafeString:
    """Unbroken for the left knee, long dashes for the right."""
    return format_html(
        '<line class="chart__line" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="3" '
        'stroke-linecap="round"{}/>',
        *(_n(x1), _n(y1), _n(x2), _n(y2), _KNEE[knee]),
        mark_safe(' stroke-dasharray="9 7"') if knee == "right" else "",
    )


def _dashed(name: str, x1: float, y1: float, x2: float, y2: float) -> SafeString:
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="1.5" '
        'stroke-dasharray="2 4"/>',
        *(name, _n(x1), _n(y1), _n(x2), _n(y2), _SOFT),
    )


def _thin(x: float, y1: float, y2: float) -> SafeString:
    return format_html(
        '<line class="chart__spread" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" '
        'stroke-width="1"/>',
        *(_n(x), _n(y1), _n(x), _n(y2), _TRIAL),
    )


def _wash(knee: Side) -> SafeString:
    return format_html(
        '<rect class="chart__band" x="2" y="4" width="20" height="12" fill="{}"/>', _WASH[knee]
    )


def _text(words: str, x: float, y: float, anchor: str, name: str = "chart__text") -> SafeString:
    ink = _INK if "newest" in name else _SOFT
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>',
        *(name, _n(x), _n(y), anchor, ink, words),
    )


def _n(value: float) -> str:
    """A number of the picture, the same in every language."""
    return f"{value:.1f}".removesuffix(".0")


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
