# SPDX-License-Identifier: Apache-2.0
"""Misconfiguration, said before it hurts: `hipfirst manage check`, and at every start."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.site.queries import has_imprint

LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
HERE = LOCAL | {"0.0.0.0", "::1", "::"}  # noqa: S104 compared with, and not bound to
"""Hosts that a link in a mail leads nowhere with."""
UNSENT = frozenset(
    f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "filebased")
)
MANIFESTS = (".vite/manifest.json", "manifest.json")


@register(Tags.files)
def assets_are_built(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if any((Path(settings.ASSETS) / name).is_file() for name in MANIFESTS):
        return []
    hint = "Run `make setup`, or `npm ci && npm run build` in player/."
    problem = f"The front end is not built: {settings.ASSETS} holds no manifest."
    return [Error(problem, hint=hint, id="hipfirst.E001")]


@register(Tags.files)
def pack_is_baked(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    clips = Path(settings.STARTER_PACK) / "baked" / "clips"
    if any(clips.glob("*.json")):
        return []
    hint = f"Run `hipfirst bake {settings.STARTER_PACK}`; movements have no figure until then."
    return [Warning(f"{clips} holds no clips.", hint=hint, id="hipfirst.W002")]


@register(Tags.security)
def secret_key_is_secret(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    try:
        key = str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        key = ""
    if len(key) >= 40 and len(set(key)) >= 10:
        return []
    hint = (
        f"Start with `hipfirst serve`, which makes one in {settings.DATA}, or set "
        f"HIPFIRST_SECRET_KEY or HIPFIRST_SECRET_KEY_FILE to at least 40 random characters."
    )
    problem = f"The secret key has {len(key)} characters, {len(set(key))} of them different."
    return [Error(problem, hint=hint, id="hipfirst.E003")]


@register(Tags.security)
def debug_stays_home(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    if not (settings.DEBUG and public):
        return []
    problem = f"HIPFIRST_DEBUG is on for {', '.join(public)}: errors would show settings."
    return [Error(problem, hint="Set HIPFIRST_DEBUG=false.", id="hipfirst.E004")]


@register(Tags.security)
def public_hosts_use_https(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    if settings.HTTPS or not public:
        return []
    hint = "Put TLS in front and set HIPFIRST_HTTPS=true."
    problem = f"{', '.join(public)} is served without https: cookies travel in the open."
    return [Warning(problem, hint=hint, id="hipfirst.W005")]


@register(Tags.security)
def data_is_private(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    key = Path(settings.DATA) / "secret_key"
    if not key.exists() or not stat.S_IMODE(key.stat().st_mode) & 0o077:
        return []
    mode = stat.S_IMODE(key.stat().st_mode)
    problem = f"{key} can be read by others (mode {mode:o})."
    return [Warning(problem, hint=f"chmod 600 {key}", id="hipfirst.W006")]


@register()
def a_public_site_says_whose_it_is(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    if not public or _said_whose_it_is():
        return []
    hint = "Sign in as owner, open /behind/ and fill in who runs this site."
    problem = f"{', '.join(public)} does not say who runs it: /imprint/ has no text of the owner."
    return [Warning(problem, hint=hint, id="hipfirst.W008")]


@register()
def a_public_site_sends_mail(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    if not public or settings.EMAIL_BACKEND not in UNSENT:
        return []
    hint = "Set HIPFIRST_MAIL_HOST and the other HIPFIRST_MAIL_* variables."
    problem = f"{', '.join(public)} sends no mail: nobody gets the code to sign in with."
    return [Warning(problem, hint=hint, id="hipfirst.W009")]


@register()
def a_public_site_knows_its_address(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    url = whole_url(None, "")
    if not public or urlsplit(url).hostname not in HERE:
        return []
    hint = f"Set HIPFIRST_URL, such as https://{public[0].lstrip('.')}."
    problem = f"Links in mails of {', '.join(public)} lead to {url}."
    return [Warning(problem, hint=hint, id="hipfirst.W010")]


def _said_whose_it_is() -> bool:
    try:
        return has_imprint()
    except DatabaseError:
        # Before the first migration there is nothing to ask; the start after it says it.
        return True
