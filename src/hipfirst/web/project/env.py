# SPDX-License-Identifier: Apache-2.0
"""Settings from the environment. A bad value stops the start and says what is allowed."""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_SITE = re.compile(
    r"https?://(?:[\w.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?/?", re.IGNORECASE
)
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def env_text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def env_site(name: str, default: str) -> str:
    """The address of a site, with no path and no slash at its end."""
    raw = os.environ.get(name, default).strip()
    found = _SITE.fullmatch(raw)
    if found and int(found["port"] or 80) in range(1, 65536):
        return raw.rstrip("/")
    raise ImproperlyConfigured(
        f"{name} is {raw!r}; allowed: http or https, a host and perhaps a port, with no path, "
        "such as https://knees.example.org"
    )


def env_bool(name: str, *, default: bool) -> bool:
    """A switch: 1/true/yes/on or 0/false/no/off."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in _TRUE | _FALSE:
        return value in _TRUE
    raise ImproperlyConfigured(f"{name} is {raw!r}; allowed: true or false")


def env_count(name: str, *, default: int) -> int:
    """A whole number from 0 to 9."""
    raw = os.environ.get(name, str(default)).strip()
    if raw in set("0123456789"):
        return int(raw)
    raise ImproperlyConfigured(f"{name} is {raw!r}; allowed: a whole number from 0 to 9")


def env_list(name: str, default: list[str]) -> list[str]:
    """Values separated by commas; empty ones are dropped."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    return [part.strip() for part in raw.split(",") if part.strip()]


def env_secret(name: str) -> str | None:
    """A secret by value (NAME) or by file (NAME_FILE); None where neither is given."""
    if value := os.environ.get(name):
        return value
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE is {path!r}, which cannot be read") from error
