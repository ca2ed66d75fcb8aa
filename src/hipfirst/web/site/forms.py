# SPDX-License-Identifier: Apache-2.0
"""The owner's page of settings."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.site.colours import TOKENS
from hipfirst.web.site.fields import ColourField, LogoField, RuleField
from hipfirst.web.site.knee_rules import LABELS, own_numbers, thresholds_of
from hipfirst.web.site.models import SiteSettings

MARKDOWN = _("Markdown: # heading, - list, **strong**, [text](https://address). HTML is not used.")
EMPTY = _("Empty: short words of ours stand there, which say that they are not yours.")


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything on one page; the numbers of the knee rules are fields of their own."""

    logo_file = LogoField(
        required=False,
        label=_("Logo"),
        help_text=_(
            "PNG, JPEG or WebP, at most 512 KB and 2000 pixels on each side. It stands in place of "
            "the name at the top of every page, on light and on dark paper."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    logo_remove = forms.BooleanField(required=False, label=_("Remove the logo"))
    pine_light = ColourField(
        "pine", "light", label=_("Main colour, light"), placeholder=TOKENS["light"]["pine"]
    )
    pine_dark = ColourField(
        "pine", "dark", label=_("Main colour, dark"), placeholder=TOKENS["dark"]["pine"]
    )
    clay_light = ColourField(
        "clay", "light", label=_("Second colour, light"), placeholder=TOKENS["light"]["clay"]
    )
    clay_dark = ColourField(
        "clay", "dark", label=_("Second colour, dark"), placeholder=TOKENS["dark"]["clay"]
    )
    rules_reset = forms.BooleanField(
        required=False,
        label=_("All numbers as designed"),
        help_text=_("Whatever stands in the fields above is left out."),
    )

    class Meta:
        model = SiteSettings
        fields: ClassVar = [
            "name",
            "description",
            "contact_email",
            "imprint",
            "open_to_all",
            "joining",
            "terms",
            "terms_version",
            "privacy",
            "pine_light",
            "pine_dark",
            "clay_light",
            "clay_dark",
        ]
        help_texts: ClassVar = {
            "name": _("At the top of every page, in titles, in mails and of the installed site."),
            "contact_email": _("Shown to everybody where the site says who runs it."),
            "imprint": MARKDOWN,
            "open_to_all": _("Sessions, programs and articles for members are everybody's then."),
            "joining": _("On /join/: how to pay, whom to write to. Markdown, without HTML."),
            "terms": EMPTY,
            "privacy": _("Added to the privacy page, which says by itself what the site keeps."),
            "terms_version": _(
                "A higher number asks members to agree again, on their account page: raise it when "
                "the meaning of the terms changes, and not for a comma."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LABELS:
            self.fields[name] = RuleField(name)
            self.initial[name] = self.instance.knee_rules.get(name)

    def clean_terms_version(self) -> int:
        given = int(self.cleaned_data["terms_version"])
        if given < (standing := int(self.initial["terms_version"])):
            raise forms.ValidationError(
                _("You gave %(given)s; people agreed to version %(standing)s already."),
                params={"given": given, "standing": standing},
            )
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("rules_reset"):
            self._leave_out_numbers(cleaned)
        elif not any(name in self.errors for name in LABELS):
            self._check_order({name: cleaned[name] for name in LABELS})
        return cleaned

    def _leave_out_numbers(self, cleaned: dict[str, Any]) -> None:
        for name in LABELS:
            self.errors.pop(name, None)
            cleaned[name] = None

    def _check_order(self, given: dict[str, float | None]) -> None:
        """What `Thresholds` asks of the whole set, said at the field that breaks it."""
        usual = Thresholds().model_dump()
        now = {name: usual[name] if value is None else value for name, value in given.items()}
        higher = _(
            "Amber %(amber)g, red %(red)g, flare %(flare)g: each must be higher than the one "
            "before."
        )
        for lower, upper in (("amber", "red"), ("red", "flare")):
            if now[lower] >= now[upper]:
                self.add_error(upper, forms.ValidationError(higher, params=now))
        deeper = _(
            "You gave %(red_stance_deg)g°; allowed is at most that of an amber knee, "
            "%(amber_stance_deg)g°."
        )
        if now["red_stance_deg"] > now["amber_stance_deg"]:
            self.add_error("red_stance_deg", forms.ValidationError(deeper, params=now))

    def thresholds(self) -> Thresholds:
        """The numbers that a valid form asks for."""
        given = {name: self.cleaned_data[name] for name in LABELS}
        return thresholds_of({name: value for name, value in given.items() if value is not None})

    def apply(self, settings: SiteSettings) -> None:
        """What a valid form says beside the columns it fills by itself."""
        settings.knee_rules = own_numbers(self.thresholds())
        if self.cleaned_data["logo_remove"]:
            settings.logo, settings.logo_type = None, ""
        if logo := self.cleaned_data["logo_file"]:
            settings.logo, settings.logo_type = logo.data, logo.type
