# SPDX-License-Identifier: Apache-2.0
"""How mail leaves the site: SMTP where HIPFIRST_MAIL_HOST is set; into files of a folder where
HIPFIRST_MAIL_FOLDER is; else it is printed.
"""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from hipfirst.web.project.env import env_bool, env_secret, env_text

TIMEOUT_S = 10


def mail() -> tuple[str, dict[str, Any]]:
    """(Django's back end, its settings). Raises ImproperlyConfigured."""
    host = env_text("HIPFIRST_MAIL_HOST", "").strip()
    sender = _sender()
    common = {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender, "EMAIL_TIMEOUT": TIMEOUT_S}
    folder = env_text("HIPFIRST_MAIL_FOLDER", "").strip()
    if folder and not host:
        files = "django.core.mail.backends.filebased.EmailBackend"
        return files, {**common, "EMAIL_FILE_PATH": folder}
    if not host:
        return "django.core.mail.backends.console.EmailBackend", common
    return "django.core.mail.backends.smtp.EmailBackend", {
        **common,
        "EMAIL_HOST": host,
        "EMAIL_PORT": _port(),
        "EMAIL_HOST_USER": env_text("HIPFIRST_MAIL_USER", ""),
        "EMAIL_HOST_PASSWORD": env_secret("HIPFIRST_MAIL_PASSWORD") or "",
        "EMAIL_USE_TLS": env_bool("HIPFIRST_MAIL_STARTTLS", default=True),
        "EMAIL_USE_SSL": env_bool("HIPFIRST_MAIL_TLS", default=False),
    }


def _sender() -> str:
    raw = env_text("HIPFIRST_MAIL_FROM", "hipfirst@localhost").strip()
    try:
        Address(addr_spec=parseaddr(raw)[1])
    except (ValueError, IndexError, MessageError):
        pass
    else:
        if "@" in parseaddr(raw)[1]:
            return raw
    problem = f"HIPFIRST_MAIL_FROM is {raw!r}; allowed: an address, or a name and <address>"
    raise ImproperlyConfigured(problem)


def _port() -> int:
    raw = env_text("HIPFIRST_MAIL_PORT", "587").strip()
    if raw.isascii() and raw.isdigit() and 1 <= int(raw) <= 65535:
        return int(raw)
    raise ImproperlyConfigured(f"HIPFIRST_MAIL_PORT is {raw!r}; allowed: 1 to 65535")
