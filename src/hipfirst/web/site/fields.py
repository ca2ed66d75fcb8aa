# SPDX-License-Identifier: Apache-2.0
"""Fields of the settings form: numbers of the knee rules, colours, the logo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hipfirst.web.site.colours import LEAST, Scheme, worst
from hipfirst.web.site.images import BadImage, logo_from
from hipfirst.web.site.knee_rules import LABELS, bounds_of
from hipfirst.web.site.models import HEX
from hipfirst.web.site.queries import Logo


class RuleField(forms.FloatField):
    """One number of the knee rules; empty: as designed."""

    def __init__(self, name: str) -> None:
        self.bounds = bounds_of(name)
        allowed = {
            "least": f"{self.bounds.least:g}{self.bounds.unit}",
            "most": f"{self.bounds.most:g}{self.bounds.unit}",
            "usual": f"{self.bounds.usual:g}{self.bounds.unit}",
        }
        super().__init__(
            required=False,
            label=LABELS[name],  # type: ignore[arg-type]
            help_text=_("Designed: %(usual)s. Allowed: %(least)s to %(most)s.") % allowed,
            widget=forms.NumberInput(
                attrs={
                    "min": f"{self.bounds.least:g}",
                    "max": f"{self.bounds.most:g}",
                    "step": "1" if self.bounds.whole else "0.5",
                    "placeholder": f"{self.bounds.usual:g}",
                }
            ),
        )
        self.allowed = allowed

    def clean(self, value: Any) -> float | None:
        try:
            number = super().clean(value)
        except forms.ValidationError:
            raise self._refused(value) from None
        if number is None:
            return None
        bounds = self.bounds
        if not bounds.least <= number <= bounds.most or (bounds.whole and number % 1):
            raise self._refused(value)
        return int(number) if bounds.whole else float(number)

    def _refused(self, given: Any) -> forms.ValidationError:
        words = (
            _("You gave %(given)s; allowed are whole numbers from %(least)s to %(most)s.")
            if self.bounds.whole
            else _("You gave %(given)s; allowed are numbers from %(least)s to %(most)s.")
        )
        return forms.ValidationError(words, params={**self.allowed, "given": str(given)[:20]})

    def prepare_value(self, value: Any) -> Any:
        """45, not 45.0."""
        return f"{value:g}" if isinstance(value, float) else value


class ColourField(forms.CharField):
    """A colour that can be read on the papers of its scheme; empty: the colour as designed."""

    def __init__(self, role: str, scheme: Scheme, *, label: Any, placeholder: str) -> None:
        self.role, self.scheme = role, scheme
        super().__init__(
            required=False,
            label=label,
            max_length=7,
            help_text=_("Designed: %(usual)s.") % {"usual": placeholder},
            widget=forms.TextInput(
                attrs={
                    "placeholder": placeholder,
                    "data-colour": f"{role}-{scheme}",
                    "spellcheck": "false",
                    "autocomplete": "off",
                }
            ),
        )

    def clean(self, value: Any) -> str:
        colour: str = super().clean(value).lower()
        if not colour:
            return ""
        HEX(colour)
        pair = worst(self.role, colour, self.scheme)
        if pair.contrast < LEAST:
            raise forms.ValidationError(
                _(
                    "With %(given)s, %(text)s stands on %(ground)s with a contrast of %(found)s to "
                    "1; what can be read by everybody has at least %(least)s to 1."
                ),
                params={
                    "given": colour,
                    "text": pair.text,
                    "ground": pair.ground,
                    # Rounded down: 4.49 must not be told as 4.5.
                    "found": f"{int(pair.contrast * 100) / 100:g}",
                    "least": f"{LEAST:g}",
                },
            )
        return colour


class LogoField(forms.FileField):
    """A picture, painted anew."""

    def clean(self, data: Any, initial: Any = None) -> Logo | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return logo_from(file)
        except BadImage as error:
            raise forms.ValidationError(error.message) from None
