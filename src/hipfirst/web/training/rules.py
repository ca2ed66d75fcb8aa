# SPDX-License-Identifier: Apache-2.0
"""The knee rules as a page that anybody can read: the table the planner follows, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hipfirst.planning.red_flags import UNDER_16
from hipfirst.planning.rules import RULES, Rule, RuleZone, values_of
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.words import Sentence
from hipfirst.web.library.cards import Link, links_of
from hipfirst.web.library.queries import documents_by_slug
from hipfirst.web.shared.pages import render_page
from hipfirst.web.site.knee_rules import LABELS
from hipfirst.web.training.knees import thresholds

ZONES: Mapping[RuleZone, str | Promise] = {
    "green": _("Green knees"),
    "amber": _("An amber knee"),
    "red": _("A red knee"),
    "flare": _("A flare"),
    "any": _("Whatever the zone"),
}
EXAMPLES: Mapping[str, str | Sentence] = {
    "knee": Sentence(gettext_noop("Left knee")),
    "kit": Sentence(gettext_noop("Mini band")),
    "minutes": "20",
    "why": Sentence(gettext_noop("Kneeling hurts you today.")),
    "advice": Sentence(UNDER_16.sentences[0]),
}
"""What stands in the places of a reason on this page."""


@dataclass(frozen=True)
class ZoneView:
    slug: str
    name: str | Promise
    pain: str
    means: str | Promise


@dataclass(frozen=True)
class RuleView:
    id: str
    then: str
    because: str
    """What a change by this rule says, for example."""
    source: Link | None
    """The evidence card behind it; None: our own choice."""


@dataclass(frozen=True)
class Condition:
    """What follows when one thing holds."""

    when: str
    rules: tuple[RuleView, ...]


@dataclass(frozen=True)
class RuleGroup:
    zone: str
    name: str | Promise
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Number:
    """One threshold of this site."""

    label: str | Promise
    value: str
    own: bool
    """The owner of this site changed it."""


@dataclass(frozen=True)
class RulesPage:
    zones: tuple[ZoneView, ...]
    groups: tuple[RuleGroup, ...]
    numbers: tuple[Number, ...]


@require_safe
def knee_rules(request: HttpRequest) -> HttpResponse:
    numbers = thresholds()
    slugs = tuple(rule.source for rule in RULES)
    found = links_of(documents_by_slug("evidence", slugs), slugs)
    sources = {link.slug: link for link in found}
    page = RulesPage(
        zones=tuple(_zones(numbers)),
        groups=tuple(_groups(numbers, sources)),
        numbers=tuple(_numbers(numbers)),
    )
    return render_page(request, "training/knee_rules.html", page)


def _zones(t: Thresholds) -> Iterable[ZoneView]:
    calm = _("Go on. When it stays like this, more may come.")
    gentle = _("Go on, more gently: a rung easier where this knee bears weight. Nothing harder.")
    out = gettext(
        "The easiest rungs and fewer sets. A movement that hurts %(red)s or more rests for "
        "%(days)s days, today included; another takes its place."
    ) % {"red": t.red, "days": t.stop_days}
    flare = _("The session gives way to Flare Day: still work and ease.")
    yield ZoneView("green", _("Green"), _span(0, t.amber - 1), calm)
    yield ZoneView("amber", _("Amber"), _span(t.amber, t.red - 1), gentle)
    yield ZoneView("red", _("Red"), _span(t.red, t.flare - 1), out)
    yield ZoneView("red", _("Flare"), _span(t.flare, 10), flare)


def _span(least: int, most: int) -> str:
    if least == most:
        return str(least)
    return gettext("%(least)s to %(most)s") % {"least": least, "most": most}


def _groups(t: Thresholds, sources: Mapping[str, Link]) -> Iterable[RuleGroup]:
    for zone in ("flare", "red", "amber", "green", "any"):
        found: dict[str, list[RuleView]] = {}
        for rule in RULES:
            if rule.zone == zone:
                found.setdefault(rule.when_said(t, gettext), []).append(_rule(rule, t, sources))
        conditions = tuple(Condition(when, tuple(rules)) for when, rules in found.items())
        yield RuleGroup(zone, ZONES[zone], conditions)


def _rule(rule: Rule, t: Thresholds, sources: Mapping[str, Link]) -> RuleView:
    because = Sentence(rule.because, {**values_of(t), **EXAMPLES, **rule.example})
    return RuleView(
        id=rule.id,
        then=rule.then_said(t, gettext),
        because=because.said(gettext),
        source=sources.get(rule.source),
    )


def _numbers(t: Thresholds) -> Iterable[Number]:
    usual = Thresholds()
    for name, label in LABELS.items():
        value = getattr(t, name)
        unit = "°" if name.endswith("_deg") else ""
        yield Number(label, f"{value:g}{unit}", value != getattr(usual, name))
