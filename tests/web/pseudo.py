# SPDX-License-Identifier: Apache-2.0
"""A language that nobody speaks: every message of the site, accented and in brackets.

What is visible without brackets escaped translation.
"""

from __future__ import annotations

import io
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR

LANGUAGE = "en-xa"
FOLDER = Path("en_XA", "LC_MESSAGES")
OPEN, CLOSE = "⟦", "⟧"
ACCENTS = str.maketrans("aceiouyACEIOUY", "áçéíóúýÁÇÉÍÓÚÝ")
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;")
"""Parts of a message that must stay as they are: placeholders, tags, entities."""
ROOT = Path(__file__).parents[2]
SPEAKING = ("web", "planning")
"""Rooms whose texts people read: the core marks them, the site says them."""
DOMAINS = {"django": ["py", "html"], "djangojs": ["ts"]}


def pseudo(text: str) -> str:
    """`Play %(title)s` -> `⟦Pláý %(title)s⟧`"""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    out, last = [], 0
    for kept in KEPT.finditer(text):
        out += [text[last : kept.start()].translate(ACCENTS), kept[0]]
        last = kept.end()
    out.append(text[last:].translate(ACCENTS))
    whole = "".join(out)
    return f"{whole[:start]}{OPEN}{whole[start:end]}{CLOSE}{whole[end:]}"


def extract(folder: Path) -> dict[str, polib.POFile]:
    """Every message of the source, by domain, as GNU gettext finds it in a copy in `folder`."""
    if shutil.which("xgettext") is None:
        pytest.fail("the translation test needs GNU gettext (Debian: apt-get install gettext)")
    source, locale = folder / "source", folder / "locale"
    (locale / FOLDER).mkdir(parents=True)
    leave = shutil.ignore_patterns("assets", "locale", "migrations", "__pycache__")
    for room in SPEAKING:
        shutil.copytree(ROOT / "src" / "hipfirst" / room, source / room, ignore=leave)
    shutil.copytree(ROOT / "player" / "src", source / "player")
    with pytest.MonkeyPatch.context() as patch, override_settings(LOCALE_PATHS=[str(locale)]):
        patch.chdir(source)
        for domain, endings in DOMAINS.items():
            call_command(
                "makemessages",
                locale=["en_XA"],
                domain=domain,
                extensions=endings,
                verbosity=0,
                stdout=io.StringIO(),
            )
    return {domain: polib.pofile(str(locale / FOLDER / f"{domain}.po")) for domain in DOMAINS}


def build(folder: Path, catalogs: dict[str, polib.POFile]) -> Path:
    """A locale folder with the pseudo-language compiled; returns it."""
    locale = folder / "pseudo"
    (locale / FOLDER).mkdir(parents=True)
    for domain, catalog in catalogs.items():
        catalog.metadata["Plural-Forms"] = "nplurals=2; plural=(n != 1);"
        for entry in catalog:
            if entry.msgid_plural:
                plural = {0: pseudo(entry.msgid), 1: pseudo(entry.msgid_plural)}
                entry.msgstr_plural = plural
            else:
                entry.msgstr = pseudo(entry.msgid)
            entry.flags = []
        catalog.save_as_mofile(str(locale / FOLDER / f"{domain}.mo"))
    return locale


SPOKEN = frozenset({"aria-label", "aria-description", "title", "placeholder", "alt"})
"""Attributes that people read or hear."""
SILENT = frozenset({"script", "style", "code", "template"})
VOID = frozenset({"meta", "link", "img", "input", "br", "hr", "source", "path", "circle"})
DAYS = [
    str(name) for names in (MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR) for name in names.values()
]
NAMES = re.compile(rf"\b(Hipfirst|{'|'.join(DAYS)})\b", re.IGNORECASE)
"""What needs no brackets: a name, and what Django's own catalogues say of dates."""


class Escaped(HTMLParser):
    """Collects visible words that are neither in brackets nor marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.found: list[str] = []
        self.seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang") or (self.stack[-1][1] if self.stack else "")
        if given.get("translate") == "no":
            language = ""
        if tag not in VOID:
            self.stack.append((tag, language))
        spoken = [given[name] for name in SPOKEN if name in given]
        if tag == "meta" and given.get("name") == "description":
            spoken.append(given["content"])
        if tag == "input" and given.get("type") in {"submit", "button"}:
            spoken.append(given.get("value", ""))
        for text in spoken:
            self._look(text, language)

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _language in self.stack}
        if not tags & SILENT:
            self._look(data, self.stack[-1][1] if self.stack else "")

    def _look(self, text: str, language: str) -> None:
        self.seen += OPEN in text
        if language == LANGUAGE and (left := outside(text)):
            self.found.append(f"{left!r} in {' '.join(text.split())!r}")


def outside(text: str) -> str:
    """What is left of a text without its bracketed parts, names, numbers and signs."""
    depth, left = 0, []
    for letter in text:
        depth += letter == OPEN
        if depth == 0:
            left.append(letter)
        depth -= letter == CLOSE
    words = NAMES.sub("", "".join(left))
    return " ".join(words.split()) if re.search(r"[^\W\d_]", words) else ""


def escaped(page: str) -> tuple[list[str], int]:
    """(words that escaped, number of translated texts)"""
    reader = Escaped()
    reader.feed(page)
    reader.close()
    return reader.found, reader.seen
