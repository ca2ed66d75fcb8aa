# SPDX-License-Identifier: Apache-2.0
"""Amounts and times in words: numbers with units, in the visitor's language."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hipfirst.packs.documents import SlotPlan, WorkPlan


def dose(slot: SlotPlan) -> str:
    """What a slot asks for, such as `2 sets of 10, each side`."""
    text = {"amount": amount(slot.work, slot.sets)}
    if slot.sides == "weaker":
        return _("%(amount)s, weaker side") % text
    return _("%(amount)s, each side") % text if slot.sides == "each" else text["amount"]


def amount(work: WorkPlan, sets: int) -> str:
    """`2 sets of 10` or `2 holds of 20 s`; of a test, `as many as you like in 30 s` or
    `a hold of up to 45 s`.
    """
    if work.count_s is not None:
        return _("as many as you like in %(time)s") % {"time": seconds(work.count_s)}
    if work.hold_s is not None and work.measured:
        return _("a hold of up to %(time)s") % {"time": seconds(work.hold_s)}
    if work.reps is not None:
        text = ngettext("%(sets)s set of %(reps)s", "%(sets)s sets of %(reps)s", sets)
        return text % {"sets": sets, "reps": work.reps}
    text = ngettext("%(sets)s hold of %(time)s", "%(sets)s holds of %(time)s", sets)
    return text % {"sets": sets, "time": seconds(work.hold_s or 0)}


def seconds(value: float) -> str:
    """`45 s`; a fraction is kept only where there is one."""
    number = number_format(int(value) if value == int(value) else value)
    return _unbroken(_("%(number)s s") % {"number": number})


def minutes(value: int) -> str:
    return _unbroken(_("%(number)s min") % {"number": number_format(value)})


def reading(value: int) -> str:
    """How long a text takes to read, in minutes."""
    return _("%(time)s to read") % {"time": minutes(value)}


def _unbroken(text: str) -> str:
    """A number stays on the line of its unit. (gettext's extraction reads no escape for this.)"""
    return text.replace(" ", "\u00a0")
