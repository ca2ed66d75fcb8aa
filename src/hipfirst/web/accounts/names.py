# SPDX-License-Identifier: Apache-2.0
"""Which names may stand beside a comment: none that pretends to speak for the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

NAME_MAX = 60
OFFICIAL = frozenset(
    {"admin", "administrator", "moderator", "moderators", "mod", "mods", "owner", "staff", "team"}
    | {"support", "official", "webmaster", "postmaster"}
)
"""Words by which a reader would take somebody for the people of the site."""
LINK = re.compile(r"://|\bwww\.|@|\b[\w-]{2,}\.[^\W\d]{2,}(/|\s|$)", re.IGNORECASE)
SPEAKING = 4
"""Letters from which the name of a site is told from an ordinary word."""
ALIKE = str.maketrans(
    {
        **dict(zip("аеорсухіѕјԁɡӏոνο", "aeopcyxisjdginvo", strict=True)),  # noqa: RUF001 on purpose
        **dict(zip("013457@$!|l", "oieastasiii", strict=True)),
    }
)
"""Letters that look like others, as the ones they look like."""


def name_tidy(raw: str) -> str:
    """As it is kept: one form of each letter, no spaces around, one between."""
    return " ".join(unicodedata.normalize("NFKC", raw).split())


def name_fault(name: str, *, site: str, staff: Iterable[str], official: bool = False) -> str:
    """What is wrong with a tidy name, in a sentence; empty: nothing.

    `site`: its name; `staff`: the names of those who run it. `official`: one of them asks, and may
    say so.
    """
    if len(name) > NAME_MAX:
        return _("The name has %(given)s characters. Allowed: %(most)s at most.") % {
            "given": len(name),
            "most": NAME_MAX,
        }
    if any(unicodedata.category(sign)[0] == "C" for sign in name):
        return _("The name holds a sign that cannot be seen. Allowed: letters, digits, spaces.")
    if not any(sign.isalnum() for sign in name):
        return _(
            "The name has no letter. Allowed: letters, digits, spaces and signs such as . or -"
        )
    if LINK.search(name):
        return _("The name looks like an address. Allowed: a name without links and without @.")
    if not official and _pretends(name, site, staff):
        return _("This name belongs to the people who run this site. Choose another.")
    return ""


def _pretends(name: str, site: str, staff: Iterable[str]) -> bool:
    whole, own = _skeleton(name), _skeleton(site)
    if whole in {own, *map(_skeleton, staff)} or (len(own) >= SPEAKING and own in whole):
        return True
    words = {whole, *map(_skeleton, re.split(r"[\W_]+", name))}
    return not words.isdisjoint(map(_skeleton, OFFICIAL))


def _skeleton(text: str) -> str:
    """What stays of a text for an eye that reads quickly."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return "".join(sign for sign in bare.translate(ALIKE) if sign.isalnum())
