# SPDX-License-Identifier: Apache-2.0
"""What goes on a page for a professional, as it is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hipfirst.web.progress.report import (
    LINK_DAYS,
    MAX_LINES,
    MAX_NAME,
    MAX_QUESTIONS,
    PARTS,
    WEEKS_BACK,
    Wish,
)

_PART_NAMES = {
    "knees": _("How each knee went: trend, weeks, after sessions, your own activity"),
    "done": _("What you did: sessions, movements, rungs"),
    "hurts": _("What hurt: movement, side, pain, day"),
    "tests": _("Tests of your sides: left beside right"),
    "signs": _("Signs for a professional: what you answered, and swelling"),
}
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
"""Lines without a word between two that have some."""


# Said when the form is shown: the language of the module's import is nobody's.
def _weeks(numbers: Iterable[int]) -> Sequence[tuple[int, str]]:
    return [(n, ngettext("%(count)d week", "%(count)d weeks", n) % {"count": n}) for n in numbers]


def _days(numbers: Iterable[int]) -> Sequence[tuple[int, str]]:
    return [(n, ngettext("%(count)d day", "%(count)d days", n) % {"count": n}) for n in numbers]


class ReportForm(forms.Form):
    """Every part is chosen at first; nothing is on it that was not chosen."""

    parts = forms.MultipleChoiceField(
        label=_("What goes on it"),
        choices=[(part, _PART_NAMES[part]) for part in PARTS],
        initial=list(PARTS),
        required=False,
    )
    weeks = forms.TypedChoiceField(
        label=_("How far back"),
        coerce=int,
        choices=partial(_weeks, WEEKS_BACK),
        initial=8,
    )
    name = forms.CharField(
        label=_("Name on the page"), max_length=MAX_NAME, required=False, strip=True
    )
    questions = forms.CharField(
        label=_("Your questions"), max_length=MAX_QUESTIONS, required=False, widget=forms.Textarea
    )
    days = forms.TypedChoiceField(
        label=_("The link opens for"),
        coerce=int,
        choices=partial(_days, LINK_DAYS),
        initial=14,
    )

    def clean_questions(self) -> str:
        """As it stands on the page: a blank line says as much as ten."""
        given = str(self.cleaned_data["questions"]).replace("\r\n", "\n")
        folded = _BLANK.sub("\n\n", given).strip()
        lines = folded.count("\n") + 1
        if lines > MAX_LINES:
            raise forms.ValidationError(
                _("You gave %(given)d lines; allowed are %(most)d, so that all fits on one page.")
                % {"given": lines, "most": MAX_LINES}
            )
        return folded

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("parts") or given.get("questions") or self.errors):
            self.add_error("parts", _("Choose at least one part, or write a question."))
        return given

    @property
    def wish(self) -> Wish:
        """Of a form that is valid."""
        given = self.cleaned_data
        return Wish(
            parts=frozenset(given["parts"]),
            weeks=given["weeks"],
            name=given["name"],
            questions=given["questions"],
        )
