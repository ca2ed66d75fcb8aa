# SPDX-License-Identifier: Apache-2.0
"""The page of settings: opened directly, never added, never deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.site.actions import settings_save
from hipfirst.web.site.colours import sample_of
from hipfirst.web.site.forms import MARKDOWN, SettingsForm
from hipfirst.web.site.knee_rules import LABELS, looser, thresholds_of
from hipfirst.web.site.models import SiteSettings

RULES_SAY = gettext_lazy(
    "They are more careful than the published rule, because nobody watches. Have a physiotherapist "
    "agree before you loosen one. A change holds at once, for every session that is started from "
    "now on; a session that is under way keeps its plan. An empty field is as designed."
)
COLOURS_SAY = gettext_lazy(
    "Six hexadecimal digits after #. Each is refused when it cannot be read on the paper of its "
    "scheme. An empty field is as designed."
)
COLOURS = ("pine_light", "pine_dark", "clay_light", "clay_dark")
SECTIONS = (
    ("name", gettext_lazy("Name"), ("name", "description"), ""),
    ("logo", gettext_lazy("Logo"), ("logo_file", "logo_remove"), ""),
    ("colours", gettext_lazy("Colours"), COLOURS, COLOURS_SAY),
    ("rules", gettext_lazy("Knee rules"), (*LABELS, "rules_reset"), RULES_SAY),
    ("owner", gettext_lazy("Who runs this site"), ("contact_email", "imprint"), ""),
    ("members", gettext_lazy("Membership"), ("open_to_all", "joining"), ""),
    ("texts", gettext_lazy("Terms and privacy"), ("terms", "terms_version", "privacy"), MARKDOWN),
)
"""(style class, heading, fields, words above them)"""


@admin.register(SiteSettings)
class SettingsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = SettingsForm
    change_form_template = "admin/site/settings.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteSettings | None = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: SiteSettings | None = None) -> Any:
        return [
            (name, {"fields": fields, "description": said, "classes": (f"part-{slug}",)})
            for slug, name, fields, said in SECTIONS
        ]

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        # Those of the form itself: it makes the numbers of the knee rules on its own.
        return super().get_form(*args, **{**kwargs, "fields": SettingsForm.Meta.fields})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:site_sitesettings_change", args=[1]))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> SiteSettings | None:
        """The row, or what holds without one."""
        if object_id != str(SiteSettings.ONLY):
            return None
        row = SiteSettings.objects.filter(pk=SiteSettings.ONLY).first()
        return row or SiteSettings(pk=SiteSettings.ONLY)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the colours as they look, and the numbers that are looser than designed."""
        form, settings = context["adminform"].form, context["original"]
        shown = {name: _valid(form, name, getattr(settings, name)) for name in COLOURS}
        extra = {
            "samples": tuple(sample_of(shown, scheme) for scheme in ("light", "dark")),
            "looser": looser_said(thresholds_of(settings.knee_rules)),
            "settings": settings,
        }
        return super().render_change_form(request, {**context, **extra}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: SiteSettings, form: Any, change: Any) -> None:
        form.apply(obj)
        settings_save(settings=obj)

    def response_change(self, request: HttpRequest, obj: SiteSettings) -> HttpResponse:
        messages.success(request, _("Kept. The change holds from now on."))
        return HttpResponseRedirect(request.path)


def looser_said(chosen: Thresholds) -> str:
    """Empty where nothing is looser than designed."""
    labels = "; ".join(str(LABELS[name]) for name in looser(chosen))
    if not labels:
        return ""
    return _("Looser than designed: %(labels)s. Have a physiotherapist agree to that.") % {
        "labels": labels
    }


def _valid(form: Any, name: str, kept: str) -> str:
    """The colour that was given, if it can be used, else the one that is kept."""
    return str(getattr(form, "cleaned_data", {}).get(name, kept))
