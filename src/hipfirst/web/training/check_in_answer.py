# SPDX-License-Identifier: Apache-2.0
"""What follows from what was just told: the zone of each knee, by which answers, and what is
different in the next session, by which rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hipfirst.packs.vocabulary import Side
from hipfirst.planning.catalogue import FLARE_DAY
from hipfirst.planning.checkins import raised, rising, unsettled
from hipfirst.planning.program import schedule
from hipfirst.planning.request import After, Request
from hipfirst.planning.rules_checkin import CHECKED_IN
from hipfirst.planning.today import BOTH, Place, Today, Zone
from hipfirst.web.accounts.access import current_person
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.hooks import ChangeView, ForToday
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import document_find
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.access import is_stopped
from hipfirst.web.training.check_ins import check_in_newest, check_ins_of, url_of
from hipfirst.web.training.facts import SIDES, Facts
from hipfirst.web.training.knees import thresholds
from hipfirst.web.training.models import CheckIn, Run
from hipfirst.web.training.plans import Asked, asked_for
from hipfirst.web.training.program_queries import followed_of
from hipfirst.web.training.queries import check_newest
from hipfirst.web.training.referrals import ReferralView, referral_view
from hipfirst.web.training.today import rule_url, session_today

ZONES: dict[Zone, str | Promise] = {
    "green": gettext_lazy("Green"),
    "amber": gettext_lazy("Amber"),
    "red": gettext_lazy("Red"),
    "flare": gettext_lazy("Flare"),
}
KNEES = {"left": gettext_lazy("Left knee"), "right": gettext_lazy("Right knee")}


@dataclass(frozen=True)
class KneeView:
    name: str | Promise
    zone: str | Promise
    about: str
    """What the zone goes by: pain during a session is not among it."""
    look: str
    """green, amber or red."""
    said: tuple[tuple[str, int], ...]
    """What was told of it, and how much it hurt then."""


@dataclass(frozen=True)
class ActivityView:
    name: str
    hard: int
    before: int | None
    """What was told of it on an earlier day."""


@dataclass(frozen=True)
class NextView:
    title: str
    url: str
    language: str
    today: ForToday

    @property
    def said(self) -> tuple[ChangeView, ...]:
        return self.today.changes + self.today.notes


@dataclass(frozen=True)
class RuleView:
    because: str
    url: str


@dataclass(frozen=True)
class AnswerPage:
    knees: tuple[KneeView, ...]
    rules: tuple[RuleView, ...]
    """What the answers lead to and the next session does not name by itself."""
    activity: ActivityView | None
    next: NextView | None
    referral: ReferralView | None
    """Weeks of rising pain: somebody should look at it."""
    stopped: bool
    """A sign was named, and no session starts."""
    again_url: str


@require_safe
@cache_control(private=True, no_store=True)
def check_in_answer(request: HttpRequest) -> HttpResponse:
    """What follows from the newest check-in; where there is none, the check-in itself."""
    person, now = current_person(request), timezone.now()
    told = check_in_newest(person=person, now=now) if person else None
    if person is None or told is None:
        return redirect("training:check-in")
    session = _next_session(person, now)
    slug = session.slug if session else ""
    check = check_newest(person=person)
    known = asked_for(person=person, check=check, session=slug, now=now)
    asked = known.request
    upcoming = _next(request, session) if session else None
    page = AnswerPage(
        knees=tuple(_knees(known)),
        rules=tuple(_rules(asked, upcoming)),
        activity=_activity(told, person, now),
        next=upcoming,
        referral=referral_view(asked),
        stopped=is_stopped(person),
        again_url=url_of(CheckIn.Kind(told.kind)),
    )
    return render_page(request, "training/check_in_answer.html", page)


def _next_session(person: Person, now: datetime) -> Document | None:
    """That of the program; else the one that was played last; else one that is for everybody."""
    followed = followed_of(person=person, now=now)
    step = schedule(followed.course, followed.today).next if followed else None
    played = Run.objects.filter(person=person).exclude(session=FLARE_DAY).order_by("-created")
    slug = step.session if step else played.values_list("session", flat=True).first()
    known = document_find("session", slug) if slug else None
    open_to_all = Document.objects.filter(kind="session", published=True, members_only=False)
    return known or open_to_all.exclude(slug=FLARE_DAY).order_by("rank", "title").first()


def _next(request: HttpRequest, session: Document) -> NextView:
    return NextView(
        title=session.title,
        url=reverse("library:session", args=[session.slug]),
        language=session.language,
        today=session_today(request, session) or ForToday(),
    )


def _knees(known: Asked) -> Iterator[KneeView]:
    asked, facts = known.request, known.facts
    for side in SIDES:
        zone, about = _zone(known, side)
        look = "red" if zone == "flare" else zone
        newest = next((a for a in asked.after if a.knee == side and not a.aside), None)
        knee = asked.knee(side)
        said = [*(_around(newest) if newest else ())]
        if facts and facts.tellings:
            said.append((_("As you told it last"), knee.now))
        if facts and facts.week:
            said.append((_("Worst of the week"), knee.week))
        yield KneeView(KNEES[side], ZONES[zone], about, look, tuple(said))


def _zone(known: Asked, side: Side) -> tuple[Zone, str]:
    """That of pain now and of the week; amber too, where a session or the weeks left their mark.
    With it, what it goes by.
    """
    told = _told(known.facts)
    limits = thresholds()
    today = Today(known.request, limits)
    if (zone := today.zones[side]) != "green":
        return zone, told
    newest = next(iter(today.told_after[side]), None)
    marked = newest is not None and (unsettled(newest, limits) or raised(newest, limits))
    if marked or rising(today, side):
        return "amber", _("by how it took the last session and the last weeks")
    return "green", told


def _told(facts: Facts | None) -> str:
    """Pain now or the worst of the week, whichever was told."""
    if facts is None or facts.week is None:
        return _("by your pain as told last")
    if not facts.tellings:
        return _("by the worst of the week")
    return _("by your pain as told last, and the worst of the week")


def _rules(asked: Request, upcoming: NextView | None) -> Iterator[RuleView]:
    """The rules of check-ins that hold, with the answers because of which they do."""
    today = Today(asked, thresholds())
    shown = {each.rule_url for each in upcoming.said} if upcoming else set()
    for rule in CHECKED_IN:
        knees = rule.step(today, Place((), 0, BOTH)) if rule.step and rule.answers else None
        if knees and (url := rule_url(rule.id)) not in shown:
            yield RuleView(rule.why_today(knees, today).said(_), url)


def _around(after: After) -> Iterator[tuple[str, int]]:
    told = (
        (_("Before the last session"), after.before),
        (_("During it"), after.during),
        (_("An hour later"), after.hour),
        (_("The next morning"), after.morning),
    )
    return ((label, pain) for label, pain in told if pain is not None)


def _activity(told: CheckIn, person: Person, now: datetime) -> ActivityView | None:
    if told.activity is None or told.hard is None:
        return None
    earlier = (
        each.hard
        for each in check_ins_of(person=person, now=now)
        # Of the same day it is corrected, and no time before.
        if each.activity_id == told.activity_id and each.day < told.day
    )
    return ActivityView(told.activity.name, told.hard, next(earlier, None))
