# SPDX-License-Identifier: Apache-2.0
"""What the things are called that a movement needs: the same words as everywhere on the site."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hipfirst.planning.words import gettext_noop

KIT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "mat": gettext_noop("Mat"),
        "cushion": gettext_noop("Cushion"),
        "chair": gettext_noop("Chair"),
        "wall": gettext_noop("Wall"),
        "step": gettext_noop("Step"),
        "ball": gettext_noop("Ball"),
        "mini-band": gettext_noop("Mini band"),
        "long-band": gettext_noop("Long band"),
        "ankle-weight": gettext_noop("Ankle weight"),
        "dumbbell": gettext_noop("Dumbbell"),
        "slider": gettext_noop("Slider"),
        "towel": gettext_noop("Towel"),
    }
)
"""Slug -> English name."""
