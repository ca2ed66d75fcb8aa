# SPDX-License-Identifier: Apache-2.0
"""From an empty folder to a site that can answer: data folder, secret key, database, starter pack.

Imports nothing of Django at the top: settings are read when `setup` runs, and not before the data
folder is known.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

SECRET_BYTES = 48
PUT_BACK = "Put back a backup, or move the file away and a new one is made."
OWN_IT = (
    "Its user must be allowed to make and change tables in it: ALTER DATABASE NAME OWNER TO USER. "
    "If tables are damaged, put back a backup."
)
SETTINGS = "hipfirst.web.project.settings"


class StartError(Exception):
    """Why the site cannot start, and what to do; written for whoever typed the command."""


def prepare_data(given: Path | None) -> Path:
    """The data folder, made with a secret key in it if need be, closed to other users.

    `given` wins over HIPFIRST_DATA, which wins over ./data; the environment then says which it is
    and where the settings are.
    Raises StartError.
    """
    os.umask(0o077)
    data = (given or Path(os.environ.get("HIPFIRST_DATA") or "data")).expanduser().resolve()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
        _prepare_key(data / "secret_key")
    except OSError as error:
        raise StartError(
            f"Cannot write to the data folder {data}: {error.strerror or error}. Give a folder "
            f"that this user may write to, with --data DIR or HIPFIRST_DATA."
        ) from error
    os.environ["HIPFIRST_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    return data


def _prepare_key(path: Path) -> None:
    if any(os.environ.get(name) for name in ("HIPFIRST_SECRET_KEY", "HIPFIRST_SECRET_KEY_FILE")):
        return
    if path.exists() and path.read_text(encoding="utf-8").strip():
        return
    # Written aside and linked into place: two starts at once agree on one key.
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(SECRET_BYTES) + "\n", encoding="utf-8")
    fresh.replace(path)


def setup() -> None:
    """Django with this site's settings. Raises StartError for a setting that cannot be used."""
    import django  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise StartError(f"A setting cannot be used: {error}") from error


def system_check() -> None:
    """Warnings go to the log; errors raise StartError."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.management.base import SystemCheckError  # noqa: PLC0415

    try:
        call_command("check", verbosity=0)
    except SystemCheckError as error:
        raise StartError(str(error)) from error


def migrate() -> None:
    """The database, made or brought up to date. Raises StartError."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import DatabaseError, connection  # noqa: PLC0415

    from hipfirst.web.project.database import UnusableDatabaseError, place, probe  # noqa: PLC0415

    settings = connection.settings_dict
    try:
        probe(settings)
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        call_command("createcachetable", verbosity=0)
    except UnusableDatabaseError as error:
        raise StartError(str(error)) from error
    except DatabaseError as error:
        said = " ".join(str(error).split())
        hint = OWN_IT if connection.vendor == "postgresql" else PUT_BACK
        raise StartError(f"{place(settings)} cannot be used: {said}. {hint}") from error


def load(pack: Path) -> str:
    """Load a pack; says what changed, or nothing. Raises StartError with every problem."""
    from hipfirst.packs.problems import BrokenPackError  # noqa: PLC0415
    from hipfirst.web.library.actions import pack_load  # noqa: PLC0415
    from hipfirst.web.library.errors import LibraryError  # noqa: PLC0415

    try:
        report = pack_load(pack)
    except (BrokenPackError, LibraryError) as error:
        raise StartError(f"The pack {pack} cannot be loaded:\n{error}") from error
    parts = {"added": report.added, "changed": report.changed, "withdrawn": report.withdrawn}
    changed = ", ".join(f"{count} {name}" for name, count in parts.items() if count)
    return f"{pack.name}: {changed}" if changed else ""


def purge() -> None:
    """Erase what was kept long enough."""
    from hipfirst.web.training.actions import checks_purge  # noqa: PLC0415
    from hipfirst.web.training.kept_actions import kept_purge  # noqa: PLC0415

    checks_purge()
    kept_purge()
