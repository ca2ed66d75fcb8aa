# SPDX-License-Identifier: Apache-2.0
"""The rooms of owner and moderators: Django's admin, signed into like the rest of the site.

Only what is listed here can be opened. Nobody's knees, runs or plans are: whoever runs a site has
no need to read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.db.models.base import ModelBase
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from hipfirst.web.site.needs import needs_of

OURS = frozenset({"site", "accounts", "membership", "journal"})
"""Apps with a room. What libraries register (groups, addresses, second factors) gets none: people
change theirs themselves."""
LEFT_OUT = frozenset(
    {"login", "logout", "password_change", "password_change_done", "autocomplete", "view_on_site"}
    | {"app_list"}
)
"""Django's own addresses: signing in and out is the same here as on the rest of the site, and
nothing asks for the others. A list of one app has an address that names no app, see below."""
WRITES = ("_add", "_change", "_changelist", "_delete")
"""How the names of addresses end that may be written to."""
View = Callable[..., Any]


class Rooms(AdminSite):
    site_header = _("Behind the site")
    site_title = _("Behind the site")
    index_title = _("What needs you")
    index_template = "admin/rooms.html"
    enable_nav_sidebar = False
    final_catch_all_view = False
    empty_value_display = "-"

    def register(
        self,
        model_or_iterable: ModelBase | Iterable[ModelBase],
        admin_class: Any = None,
        **options: Any,
    ) -> None:
        several = isinstance(model_or_iterable, Iterable)
        models: Any = model_or_iterable if several else [model_or_iterable]
        ours = [model for model in models if model._meta.app_label in OURS]  # noqa: SLF001 public
        if ours:
            super().register(ours, admin_class, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        kept = [
            entry
            for entry in super().get_urls()
            if not (isinstance(entry, URLPattern) and entry.name in LEFT_OUT)
        ]
        of_app = path("<slug:app_label>/", self.admin_view(self.app_index), name="app_list")
        return [*kept, of_app]

    def admin_view(self, view: View, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 as there
        inside = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method not in _methods(request):
                return HttpResponseNotAllowed(_methods(request))
            if not self.has_permission(request):
                return self._turned_away(request)
            return inside(request, *args, **kwargs)

        return update_wrapper(guarded, inside)

    def _turned_away(self, request: HttpRequest) -> HttpResponse:
        """Who is signed in and has no part in this finds nothing here."""
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path(), reverse("account_login"))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        context = {"needs": needs_of(request), **(extra_context or {})}
        return super().index(request, context)


def _methods(request: HttpRequest) -> tuple[str, ...]:
    name = request.resolver_match.url_name if request.resolver_match else None
    return ("GET", "HEAD", "POST") if str(name).endswith(WRITES) else ("GET", "HEAD")
