# SPDX-License-Identifier: Apache-2.0
"""The owner's colours: what is made from each, and whether what is written in it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from hipfirst.web.site.models import SiteSettings

Scheme = Literal["light", "dark"]
LEAST = 4.5
"""Contrast that small text needs (WCAG 2.2, 1.4.3)."""
PAPERS = ("paper", "paper-raised", "paper-sunk")
TOKENS: Mapping[Scheme, Mapping[str, str]] = {
    "light": {
        "paper": "#faf6ef",
        "paper-raised": "#fffdf9",
        "paper-sunk": "#f1eade",
        "ink": "#16202b",
        "pine": "#1d5a49",
        "clay": "#9c4326",
    },
    "dark": {
        "paper": "#12181e",
        "paper-raised": "#1b232b",
        "paper-sunk": "#0d1318",
        "ink": "#f3ede3",
        "pine": "#8fd0b6",
        "clay": "#f0a787",
    },
}
"""As in tokens.css; a test holds them together."""
ON_PINE = ("#ffffff", "#0c1a15")
DEEPER, WASH = 0.25, 0.1
"""Parts of ink in the deeper colour, and of the colour in the washed paper."""


@dataclass(frozen=True)
class Pair:
    """Text and what it stands on."""

    text: str
    ground: str

    @property
    def contrast(self) -> float:
        low, high = sorted((_luminance(self.text), _luminance(self.ground)))
        return (high + 0.05) / (low + 0.05)


def made_from(role: str, colour: str, scheme: Scheme) -> dict[str, str]:
    """Custom properties, without their dashes, that follow from one colour.

    `role` is pine or clay, `colour` # and six hexadecimal digits.
    """
    tokens = TOKENS[scheme]
    made = {role: colour, f"{role}-wash": _mixed(tokens["paper"], colour, WASH)}
    if role == "clay":
        return made
    deep = _mixed(colour, tokens["ink"], DEEPER)
    ink = max(ON_PINE, key=lambda each: min(Pair(each, on).contrast for on in (colour, deep)))
    return {**made, "pine-deep": deep, "pine-ink": ink}


def worst(role: str, colour: str, scheme: Scheme) -> Pair:
    """Of everything that is written in this colour or on it, what is hardest to read."""
    return min(_pairs(role, colour, scheme), key=lambda pair: pair.contrast)


def _pairs(role: str, colour: str, scheme: Scheme) -> Iterable[Pair]:
    made, tokens = made_from(role, colour, scheme), TOKENS[scheme]
    yield from (Pair(colour, tokens[paper]) for paper in PAPERS)
    yield Pair(tokens["ink"], made[f"{role}-wash"])
    yield Pair(made.get("pine-deep", colour), made[f"{role}-wash"])
    if role == "pine":
        yield from (Pair(made["pine-ink"], made[on]) for on in ("pine", "pine-deep"))


@dataclass(frozen=True)
class Sample:
    """How the colours of one scheme look together."""

    scheme: Scheme
    paper: str
    ink: str
    pine: str
    pine_ink: str
    clay: str
    clay_wash: str


def sample_of(chosen: Mapping[str, str], scheme: Scheme) -> Sample:
    """`chosen`: pine_light and so on; empty or left out: as designed."""
    tokens = TOKENS[scheme]
    pine, clay = (chosen.get(f"{role}_{scheme}") or tokens[role] for role in ("pine", "clay"))
    made = made_from("pine", pine, scheme) | made_from("clay", clay, scheme)
    return Sample(
        scheme, tokens["paper"], tokens["ink"], pine, made["pine-ink"], clay, made["clay-wash"]
    )


def style_sheet(settings: SiteSettings) -> str:
    """The owner's colours as custom properties, for both schemes, as tokens.css declares them."""
    light, dark = (_properties(settings, scheme) for scheme in ("light", "dark"))
    rules = [f":root {{ {light} }}"] if light else []
    if dark:
        rules.append(f':root[data-theme="dark"] {{ {dark} }}')
        rules.append(
            "@media (prefers-color-scheme: dark) "
            f'{{ :root:not([data-theme="light"]) {{ {dark} }} }}'
        )
    return "".join(f"{rule}\n" for rule in rules)


def _properties(settings: SiteSettings, scheme: Scheme) -> str:
    made: dict[str, str] = {}
    for role in ("pine", "clay"):
        if colour := getattr(settings, f"{role}_{scheme}"):
            made |= made_from(role, colour, scheme)
    return " ".join(f"--{name}: {value};" for name, value in made.items())


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _mixed(one: str, other: str, part: float) -> str:
    """`part`, 0 to 1, of the other colour in the one."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    shares = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
