# SPDX-License-Identifier: Apache-2.0
"""What the slugs of the closed lists are called, in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Labels: TypeAlias = Mapping[str, Promise]

MEMBERS = _("For members")
MUSCLES: Labels = {
    "piriformis": _("Piriformis"),
    "deep-rotators": _("Deep hip rotators"),
    "gluteus-medius": _("Gluteus medius"),
    "gluteus-minimus": _("Gluteus minimus"),
    "gluteus-maximus": _("Gluteus maximus"),
    "tensor-fasciae-latae": _("Tensor fasciae latae"),
    "iliopsoas": _("Iliopsoas (hip flexors)"),
    "adductors": _("Adductors (inner thigh)"),
    "rectus-femoris": _("Rectus femoris (front of thigh)"),
    "vasti": _("Vasti (thigh)"),
    "hamstrings": _("Hamstrings"),
    "calf": _("Calf"),
    "abdominals": _("Abdominals"),
    "obliques": _("Obliques"),
    "back-extensors": _("Back extensors"),
    "shoulders": _("Shoulders"),
}
POSITIONS: Labels = {
    "supine": _("Lying on your back"),
    "side-lying": _("Lying on your side"),
    "prone": _("Lying on your front"),
    "quadruped": _("On hands and knees"),
    "kneeling": _("Kneeling"),
    "half-kneeling": _("Half kneeling"),
    "seated": _("Sitting"),
    "standing": _("Standing"),
    "plank": _("Plank"),
}
KIT: Labels = {
    "mat": _("Mat"),
    "cushion": _("Cushion"),
    "chair": _("Chair"),
    "wall": _("Wall"),
    "step": _("Step"),
    "ball": _("Ball"),
    "mini-band": _("Mini band"),
    "long-band": _("Long band"),
    "ankle-weight": _("Ankle weight"),
    "dumbbell": _("Dumbbell"),
    "slider": _("Slider"),
    "towel": _("Towel"),
}
LEVELS: Labels = {
    "gentle": pgettext_lazy("level", "Gentle"),
    "steady": pgettext_lazy("level", "Steady"),
    "strong": pgettext_lazy("level", "Strong"),
}
KINDS: Labels = {
    "exercise": _("Movements"),
    "session": _("Sessions"),
    "program": _("Programs"),
    "article": _("Articles"),
    "evidence": _("Evidence"),
}
ROLES: Labels = {
    "main": pgettext_lazy("muscle role", "Main"),
    "helps": pgettext_lazy("muscle role", "Helps"),
}
MUSCLE_SIDES: Labels = {
    "working": pgettext_lazy("side of a muscle", "working side"),
    "other": pgettext_lazy("side of a muscle", "other side"),
    "both": pgettext_lazy("side of a muscle", "both sides"),
}
SIDES: Labels = {
    "each": _("each side"),
    "both": _("both sides together or in turn"),
    "weaker": _("the weaker side, or each side where both are alike"),
}
AREAS: Labels = {
    "knee": _("Knee"),
    "hip": _("Hip"),
    "groin": _("Groin"),
    "thigh": _("Thigh"),
    "back": _("Back"),
    "neck": _("Neck"),
    "shoulder": _("Shoulder"),
    "wrist": _("Wrist"),
}
CUES: Labels = {
    "set_up": _("Set up"),
    "move": _("Move"),
    "feel": _("Feel"),
    "avoid": _("Avoid"),
    "breathe": _("Breathe"),
}
