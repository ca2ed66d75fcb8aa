# SPDX-License-Identifier: Apache-2.0
"""Small packs on disk, in the shape of the real one, and readers of what a page shows."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from hipfirst.packs.read import read_pack

MANIFEST = {
    "format": 1,
    "slug": "small",
    "name": "Small pack",
    "version": "1.0.0",
    "licence": "CC-BY-4.0",
    "authors": ["A coach"],
    "summary": "A pack for tests.",
}
CUES = {
    "set_up": "Stand tall.",
    "move": "Lift one knee.",
    "feel": "The front of the hip.",
    "avoid": "Leaning.",
    "breathe": "Slowly.",
}
MUSCLE = {"muscle": "iliopsoas", "role": "main", "side": "working"}


def exercise(slug, **fields):
    return {
        "format": 1,
        "slug": slug,
        "name": slug.replace("-", " ").capitalize(),
        "position": "supine",
        "level": "gentle",
        "summary": f"What {slug} trains.",
        "muscles": [MUSCLE],
        "cues": CUES,
        **fields,
    }


def session(slug, *exercises, **fields):
    slots = [
        {
            "id": f"slot-{n}",
            "exercise": each,
            "work": {"reps": 8},
            "sides": "both",
            "why": "It fits.",
        }
        for n, each in enumerate(exercises)
    ]
    return {
        "format": 1,
        "slug": slug,
        "title": slug.replace("-", " ").capitalize(),
        "summary": f"What {slug} is for.",
        "level": "steady",
        "minutes": [5, 9],
        "blocks": [{"title": "All of it", "slots": slots}],
        **fields,
    }


class PackFolder:
    """A pack being written."""

    def __init__(self, root: Path, **manifest) -> None:
        self.root = root
        root.mkdir()
        self.write("pack.yaml", {**MANIFEST, **manifest})

    def write(self, name, value):
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(value), encoding="utf-8")
        return self

    def exercise(self, slug, **fields):
        return self.write(f"exercises/{slug}.yaml", exercise(slug, **fields))

    def session(self, slug, *exercises, **fields):
        return self.write(f"sessions/{slug}.yaml", session(slug, *exercises, **fields))

    def bake(self, slug, *, still=b"RIFF still", **facts):
        """Files as `hipfirst bake` leaves them."""
        folder = self.root / "baked"
        index = folder / "index.json"
        known = json.loads(index.read_text()) if index.exists() else {"format": 1, "exercises": {}}
        files = {"clip": f"clips/{slug}.json", "still": f"stills/{slug}.webp"}
        known["exercises"][slug] = {**files, **facts}
        for name, content in zip(files.values(), (b'{"format": 1}', still), strict=True):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        index.write_text(json.dumps(known))
        return self


@pytest.fixture
def folder(tmp_path):
    """An empty pack named `small`."""
    return PackFolder(tmp_path / "small")


@pytest.fixture
def another(tmp_path):
    """`another(slug)`: an empty pack of another name."""
    return lambda slug: PackFolder(tmp_path / slug, slug=slug)


@pytest.fixture(scope="session")
def starter_documents():
    """The starter pack as it is on disk: what the pages are compared with."""
    reading = read_pack(Path(settings.STARTER_PACK))
    assert reading.problems == ()
    return reading.pack


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append(dict(attrs).get("href", ""))


@pytest.fixture
def links():
    """`links(response)`: where the links of a page lead, in order."""

    def read(response):
        parser = _Links()
        parser.feed(response.content.decode())
        return parser.found

    return read
