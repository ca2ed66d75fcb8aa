# SPDX-License-Identifier: Apache-2.0
"""The owner's numbers of the knee rules: what each is called, may be, and is by design."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from hipfirst.planning.thresholds import Thresholds

log = logging.getLogger(__name__)

LABELS: Mapping[str, str | Promise] = {
    "amber": _("Pain from which a knee is amber"),
    "red": _("Pain from which a knee is red"),
    "flare": _("Pain now from which the day is a flare day"),
    "amber_stance_deg": _("Deepest standing bend of an amber knee"),
    "red_stance_deg": _("Deepest standing bend of a red knee"),
    "sore_stance_deg": _("Deepest standing bend when squatting or stairs hurt"),
    "sore_push_deg": _("Deepest bend a knee pushes through, lying, when bent-knee pressure hurts"),
    "stop_days": _("Days a movement stays out after it hurt that much, today included"),
    "ease_days": _("Days a movement starts a rung lower after it hurt a little"),
    "easy_effort": _("Effort up to which a session was easy"),
    "rating_days": _("Days for which the rating of a session counts for the next one"),
    "morning_rise": _("Rise of pain from before a session to the next morning that counts"),
    "week_rise": _("Rise of the worst pain of a week, in one week or two, that counts"),
    "break_days": _("Days without a session after which the first starts a rung lower"),
    "check_days": _("Days after which a knee check is asked again"),
}
LESS_IS_LOOSER = frozenset({"stop_days", "ease_days"})
"""Of all other numbers, a higher one asks more of a knee, or asks about it more rarely."""


@dataclass(frozen=True)
class Bounds:
    """What one number may be."""

    least: float
    most: float
    usual: float
    whole: bool
    unit: str


def thresholds_of(numbers: Mapping[str, Any]) -> Thresholds:
    """The thresholds of a site whose owner set `numbers`.

    Numbers that this version no longer allows are not used, none of them, and the log says so: a
    page of the site must not fall with them.
    """
    try:
        return Thresholds.model_validate(numbers)
    except ValidationError as error:
        log.warning("Knee rules of this site are not allowed; the usual ones hold: %s", error)
        return Thresholds()


def own_numbers(chosen: Thresholds) -> dict[str, float]:
    """Those that differ from the design of this site."""
    usual = Thresholds()
    return {
        name: value for name, value in chosen.model_dump().items() if value != getattr(usual, name)
    }


def looser(chosen: Thresholds) -> tuple[str, ...]:
    """Names of the numbers that ask more of a knee than the design does."""
    usual = Thresholds()

    def is_looser(name: str) -> bool:
        value, by_design = getattr(chosen, name), getattr(usual, name)
        return bool(value < by_design if name in LESS_IS_LOOSER else value > by_design)

    return tuple(name for name in LABELS if is_looser(name))


def bounds_of(name: str) -> Bounds:
    """Read from the one declaration of the numbers."""
    declared = Thresholds.model_json_schema()["properties"][name]
    return Bounds(
        least=declared["minimum"],
        most=declared["maximum"],
        usual=declared["default"],
        whole=declared["type"] == "integer",
        unit="°" if name.endswith("_deg") else "",
    )
