# SPDX-License-Identifier: Apache-2.0
"""The forms of days, zone, reminders and days away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from hipfirst.web.training.models import Rhythm
from hipfirst.web.training.rhythm import is_zone, weekdays_of, zone_names

DAYS = (
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
)
LONGEST_AWAY = timedelta(days=365)
FAR = timedelta(days=730)
"""No holiday begins further from today than this, before or after."""


def is_quiet(at: time, quiet_from: time, quiet_to: time) -> bool:
    """Whether no mail goes at that time. The hours may reach over midnight; of the same time twice
    there are none.
    """
    if quiet_from <= quiet_to:
        return quiet_from <= at < quiet_to
    return at >= quiet_from or at < quiet_to


@dataclass(frozen=True)
class ZoneGroup:
    name: str
    zones: tuple[str, ...]


def zone_groups(chosen: str) -> tuple[ZoneGroup, ...]:
    """The zones to choose from, by the part of the world; also one that is in no list."""
    groups: dict[str, list[str]] = {}
    names = zone_names()
    for name in (*names, *([] if chosen in names else [chosen])):
        region, _slash, place = name.partition("/")
        groups.setdefault(region if place else "", []).append(name)
    return tuple(ZoneGroup(name, tuple(zones)) for name, zones in groups.items())


class RhythmForm(forms.Form):
    """Days, zone and reminders. `mails`: whether there is an address to remind at."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days you train"),
        choices=DAYS,
        coerce=int,
        error_messages={"required": _("Tick at least one day.")},
    )
    time_zone = forms.CharField(label=_("Time zone"), max_length=64)
    remind = forms.BooleanField(label=_("Remind me by mail on these days"), required=False)
    remind_at = forms.TimeField(label=_("At"), required=False)
    quiet_from = forms.TimeField(label=_("No mail from"), required=False)
    quiet_to = forms.TimeField(label=_("until"), required=False)

    def __init__(
        self, sent: Mapping[str, Any] | None, *, rhythm: Rhythm, mails: bool, zone: str = ""
    ) -> None:
        kept = {
            "weekdays": [str(day) for day in sorted(weekdays_of(rhythm))],
            "time_zone": zone or rhythm.time_zone,
            **{name: getattr(rhythm, name) for name in REMINDING},
        }
        super().__init__(sent, initial=kept, label_suffix="")
        if not mails:
            for name in REMINDING:
                del self.fields[name]

    def clean_time_zone(self) -> str:
        name = str(self.cleaned_data["time_zone"])
        if not is_zone(name):
            raise forms.ValidationError(
                say("“%(name)s” is no time zone. Choose one from the list."), params={"name": name}
            )
        return name

    def clean(self) -> dict[str, Any]:
        """A time that is left out stays as it was; one in the quiet hours is said to be."""
        said = super().clean() or self.cleaned_data
        for name in TIMES:
            if name in self.fields and name not in self.errors:
                said[name] = said.get(name) or self.initial[name]
        times = [said.get(name) for name in TIMES]
        if said.get("remind") and None not in times and is_quiet(*times):  # type: ignore[arg-type]
            self.add_error("remind_at", self._quiet(*times[1:]))  # type: ignore[arg-type]
        return said

    def _quiet(self, quiet_from: time, quiet_to: time) -> str:
        words = say("That is in your quiet hours. Choose a time from %(to)s to %(from)s.")
        return words % {
            "from": time_format(quiet_from, "H:i"),
            "to": time_format(quiet_to, "H:i"),
        }


TIMES = ("remind_at", "quiet_from", "quiet_to")
REMINDING = ("remind", *TIMES)


class HolidayForm(forms.Form):
    """The first and the last day away, both counted."""

    first = forms.DateField(label=_("First day away"))
    last = forms.DateField(label=_("Last day away"), required=False)

    def __init__(self, sent: Mapping[str, Any] | None = None, *, today: date) -> None:
        super().__init__(sent, auto_id="holiday-%s", label_suffix="")
        self.today = today

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if abs(first - self.today) > FAR:
            raise forms.ValidationError(say("Choose a day within two years of today."))
        return first

    def clean(self) -> dict[str, Any]:
        """Without a last day, one day away."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and "last" not in self.errors:
            said["last"] = last = last or first
            if last < first:
                self.add_error("last", say("The last day is before the first. Swap them."))
            elif last - first > LONGEST_AWAY:
                self.add_error("last", say("That is more than a year. Choose an earlier day."))
        return said


def faults(form: forms.Form) -> Iterable[tuple[str, str]]:
    """(field, what is wrong), for the list above a form."""
    return [(name, " ".join(map(str, errors))) for name, errors in form.errors.items()]
