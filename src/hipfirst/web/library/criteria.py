# SPDX-License-Identifier: Apache-2.0
"""What a visitor asks of the catalogue, read from the address of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from hipfirst.packs.vocabulary import COMFORT, KIT, LEVELS, MUSCLES, POSITIONS

NO_KIT = "none"
"""Stands among the kit for: I have nothing but a mat."""
SWITCH = "1"
MINUTES = ("10", "20", "30", "45", "60")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": ("session", "exercise"),
    "muscle": MUSCLES,
    "position": POSITIONS,
    "kit": (NO_KIT, *(kit for kit in KIT if kit not in COMFORT)),
    "level": LEVELS,
    "minutes": MINUTES,
    "no_kneeling": (SWITCH,),
    "no_floor": (SWITCH,),
}
"""What each parameter may be; empty means: no matter."""
QUOTED = 40
"""Longest quotation of a wrong value."""


@dataclass(frozen=True)
class Criteria:
    """Every field narrows the list; its default does not."""

    kind: str = ""
    muscle: str = ""
    position: str = ""
    kit: tuple[str, ...] = ()
    """What the visitor has; a document that needs more is left out. Empty: no matter."""
    level: str = ""
    minutes: int | None = None
    """At most [min]; only sessions have a length."""
    no_kneeling: bool = False
    no_floor: bool = False

    @property
    def any(self) -> bool:
        return self != Criteria()

    def query(self, **changes: object) -> str:
        """The address's parameters for these criteria with `changes`; empty values are left out."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        pairs = [
            (field.name, text)
            for field in fields(self)
            for text in _texts(getattr(changed, field.name))
        ]
        return urlencode(pairs)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, tuple):
        return value
    if value is True:
        return (SWITCH,)
    return (str(value),) if value else ()


def criteria_from(query: QueryDict) -> tuple[Criteria, tuple[str, ...]]:
    """The criteria in a page's address, and what is wrong with it, each as one sentence.

    A value that is not allowed is left out; parameters of other names are nobody's business here.
    """
    errors: list[str] = []
    chosen = {name: _allowed(query, name, errors) for name in CHOICES}
    last = {name: values[-1] if values else "" for name, values in chosen.items()}
    criteria = Criteria(
        kind=last["kind"],
        muscle=last["muscle"],
        position=last["position"],
        kit=tuple(kit for kit in CHOICES["kit"] if kit in chosen["kit"]),
        level=last["level"],
        minutes=int(last["minutes"]) if last["minutes"] else None,
        no_kneeling=bool(last["no_kneeling"]),
        no_floor=bool(last["no_floor"]),
    )
    return criteria, tuple(errors)


def page_from(text: str, last: int) -> tuple[int, tuple[str, ...]]:
    """The page asked for, from 1 to `last`, and what is wrong with it."""
    given = text or "1"
    # isdecimal alone would take other scripts' digits, and int() huge numbers slowly.
    if given.isascii() and given.isdecimal() and len(given) < 8 and 1 <= int(given) <= last:
        return int(given), ()
    return 1, (_wrong("page", given, [_("1 to %(last)s") % {"last": last}]),)


def _allowed(query: QueryDict, name: str, errors: list[str]) -> list[str]:
    given = [value for value in query.getlist(name) if value]
    wrong = [value for value in given if value not in CHOICES[name]]
    errors += [_wrong(name, value, CHOICES[name]) for value in dict.fromkeys(wrong)]
    return [value for value in given if value in CHOICES[name]]


def _wrong(name: str, value: str, allowed: Iterable[str]) -> str:
    shown = value if len(value) <= QUOTED else value[: QUOTED - 1] + "…"
    return _("“%(name)s” cannot be “%(value)s”. Allowed: %(allowed)s.") % {
        "name": name,
        "value": shown,
        "allowed": ", ".join(allowed),
    }
