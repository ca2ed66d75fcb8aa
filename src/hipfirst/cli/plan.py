# SPDX-License-Identifier: Apache-2.0
"""`hipfirst plan --session SLUG`: a session resolved for two knees today, with every change.

Exit status: 0 planned, 2 what was given can't be used (a value, the pack, the rules file), 3 a red
flag, 4 nothing that may be done is left. Options that take a list may be given several times.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hipfirst.cli.motion import STARTER

if TYPE_CHECKING:
    from hipfirst.packs.pack import Pack
    from hipfirst.planning.catalogue import Catalogue
    from hipfirst.planning.pace import PlannedSlot
    from hipfirst.planning.plan import Plan
    from hipfirst.planning.red_flags import RedFlag
    from hipfirst.planning.request import Request

NAME = "plan"
HELP = "Resolve a session for two knees today, and say what changes and why."
_LISTS = {
    "hurts": "what hurts, such as stairs,kneeling",
    "avoid": "positions to leave out, such as kneeling,floor",
    "kit": "what is at hand beside floor and wall, such as chair,step",
    "red-flag": "red flags answered with yes, such as calf,locked",
}
"""Options whose values are lists, and how they are explained."""


def configure(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--session", metavar="SLUG", default="", help="the session")
    for side in ("left", "right"):
        add(f"--pain-{side}", metavar="N", help=f"pain in the {side} knee now, 0 to 10 (0)")
        add(f"--worst-{side}", metavar="N", help="worst of its last week, 0 to 10 (pain now)")
    for option, told in _LISTS.items():
        add(f"--{option}", metavar="LIST", action="append", help=told)
    add("--minutes", metavar="N", help="minutes there are (as long as the session takes)")
    add("--experience", metavar="WORD", help="new, some or years of training (some)")
    add("--age-band", metavar="WORD", help="adult, or teen for under 16 (adult)")
    add("--weaker", metavar="SIDE", help="left or right: the side that does extra work")
    add("--pack", type=Path, default=STARTER, help="folder that holds pack.yaml")
    add("--rules", type=Path, metavar="FILE", help="thresholds of the knee rules, as YAML")
    add("--json", action="store_true", help="print JSON for programs")


def run(args: argparse.Namespace) -> int:
    from hipfirst.packs.read import read_pack  # noqa: PLC0415 (start-up stays quick)

    reading = read_pack(args.pack)
    if reading.pack is None:
        return _refuse(2, (f"--pack {args.pack}: {problem}" for problem in reading.problems))
    asked = _Asked(args)
    asked.listed("--session", [args.session], reading.pack.sessions)
    if args.rules and not args.rules.is_file():
        asked.faults.append(f"--rules {args.rules}: allowed is a file that is there")
    request, flags = asked.request(), asked.flags()
    if request is None or asked.faults:
        return _refuse(2, asked.faults)
    if flags:
        print(_flags_json(flags) if args.json else "\n\n".join(map(_flag_text, flags)))
        return 3
    return _plan(args, reading.pack, request)


class _Asked:
    """The values of the options; what is not allowed is gathered in `faults`."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.faults: list[str] = []

    def request(self) -> Request | None:
        """The request, or None when a value is not allowed."""
        from hipfirst.packs.vocabulary import KIT  # noqa: PLC0415
        from hipfirst.planning import request as r  # noqa: PLC0415

        values: dict[str, Any] = {
            **{side: self._knee(side) for side in ("left", "right")},
            "hurts": self._list("hurts", r.ACTIVITIES),
            "avoid": self._list("avoid", r.AVOIDS),
            "kit": self._list("kit", KIT),
            "minutes": self._number("minutes", r.SHORTEST_MINUTES, r.LONGEST_MINUTES),
            "experience": self._word("experience", r.EXPERIENCES, "some"),
            "age_band": self._word("age-band", r.AGE_BANDS, "adult"),
            "weaker": self._word("weaker", ("left", "right"), None),
        }
        return None if self.faults else r.Request.model_validate(values)

    def flags(self) -> list[RedFlag]:
        from hipfirst.planning.red_flags import BY_SLUG  # noqa: PLC0415

        return [BY_SLUG[name] for name in self._list("red-flag", BY_SLUG)]

    def listed(self, option: str, given: Iterable[str], allowed: Iterable[str]) -> list[str]:
        """Those of `given` that are allowed; the others become faults."""
        from hipfirst.packs.problems import choices  # noqa: PLC0415

        names, good = tuple(allowed), list[str]()
        for word in given:
            if word in names:
                good.append(word)
            else:
                told = choices(word, names)
                self.faults.append(f"{option} {word or '(nothing)'}: allowed: {told}")
        return good

    def _knee(self, side: str) -> dict[str, int]:
        now = self._number(f"pain-{side}", 0, 10)
        week = self._number(f"worst-{side}", 0, 10)
        return {"now": now or 0, "week": (now or 0) if week is None else week}

    def _number(self, option: str, least: int, most: int) -> int | None:
        given: str | None = getattr(self.args, option.replace("-", "_"))
        if given is None:
            return None
        if re.fullmatch(r"-?[0-9]{1,9}", given) and least <= int(given) <= most:
            return int(given)
        self.faults.append(f"--{option} {given}: allowed: a whole number, {least} to {most}")
        return None

    def _word(self, option: str, allowed: tuple[str, ...], default: str | None) -> str | None:
        given: str | None = getattr(self.args, option.replace("-", "_"))
        if given is None:
            return default
        return next(iter(self.listed(f"--{option}", [given], allowed)), default)

    def _list(self, option: str, allowed: Iterable[str]) -> list[str]:
        """The words of every time that `option` was given; a list without any is a fault."""
        given: list[str] = getattr(self.args, option.replace("-", "_")) or []
        words = [
            word
            for each in given
            for word in [part.strip() for part in each.split(",") if part.strip()] or [""]
        ]
        return self.listed(f"--{option}", dict.fromkeys(words), allowed)


def _plan(args: argparse.Namespace, pack: Pack, request: Request) -> int:
    from hipfirst.planning.catalogue import Catalogue  # noqa: PLC0415
    from hipfirst.planning.plan import Emptied, plan  # noqa: PLC0415
    from hipfirst.planning.thresholds import (  # noqa: PLC0415
        Thresholds,
        ThresholdsError,
        load_thresholds,
    )

    catalogue = Catalogue.of(pack)
    try:
        rules = load_thresholds(args.rules) if args.rules else Thresholds()
        made = plan(pack.sessions[args.session], catalogue, request, rules)
    except Emptied as error:
        return _refuse(4, [_emptied(error, error.rule)])
    except ThresholdsError as error:
        return _refuse(2, [f"--rules {error}"])
    except (KeyError, ValueError) as error:
        told = f"{args.session}: {error}; `hipfirst check {args.pack}` says what is wrong"
        return _refuse(2, [told])
    print(_json(made) if args.json else "\n".join(_text(made, catalogue)))
    return 0


def _refuse(status: int, lines: Iterable[str]) -> int:
    print("\n".join(lines), file=sys.stderr)
    return status


def _emptied(error: Exception, rule: str) -> str:
    from hipfirst.planning.rules_checkin import TEST_WAITS  # noqa: PLC0415

    if rule == TEST_WAITS:
        return f"{error}. The test waits for a calmer day."
    return f"{error}. `--avoid`, `--hurts` and `--kit` say what is left out."


def _flags_json(flags: Iterable[RedFlag]) -> str:
    return json.dumps({"red_flags": [asdict(flag) for flag in flags]}, indent=2)


def _flag_text(flag: RedFlag) -> str:
    return "\n".join(
        (
            f"Stop here: {flag.slug}",
            flag.may_mean,
            f"How soon: {flag.how_soon}",
            f"Where: {flag.go_to}",
            f"Say: {flag.say}",
        )
    )


def _json(plan: Plan) -> str:
    told = {
        "session": plan.session.slug,
        "minutes": round(plan.seconds / 60, 1),
        "slots": [entry for slot in plan.slots for entry in _entries(slot)],
        "changes": [
            {
                "from": change.exercises[0] if change.exercises else change.before.said(),
                "to": _to(change.exercises, change.after.said() if change.after else ""),
                "rule": change.rule,
                "because": change.because.said(),
            }
            for change in plan.changes
        ],
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def _to(exercises: tuple[str, str] | None, text: str) -> str | None:
    """What it became; None: it was left out."""
    return (exercises[1] if exercises else text) or None


def _entries(slot: PlannedSlot) -> Iterator[dict[str, Any]]:
    """One entry for each side, in the order in which they are played."""
    for side in dict.fromkeys(bout.side for bout in slot.bouts):
        slug = slot.choice.doing(side)
        work, swaps = slot.works[slug], slot.substitutes.items()
        yield {
            "exercise": slug,
            "side": side,
            "sets": slot.dose.sets,
            "reps": work.reps,
            "seconds": slot.work_s[side] if work.hold_s is None else work.hold_s,
            "rest": slot.dose.rest_s,
            "substitutes": {reason: other for reason, other in swaps if other != slug},
        }


def _text(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    instead = "" if plan.session is plan.asked else f" in place of {plan.asked.title}"
    yield f"{plan.session.title}{instead}: {plan.seconds / 60:.0f} minutes"
    block = ""
    for slot in plan.slots:
        if slot.block != block:
            block = slot.block
            yield f"\n{block}"
        for entry in _entries(slot):
            yield f"  {_line(entry, catalogue)}"
    if plan.changes:
        yield "\nWhat is different today"
    for change in plan.changes:
        after = change.after.said() if change.after else "left out"
        moved = "" if change.before == change.after else f"{change.before.said()} > {after}: "
        yield f"  {moved}{change.because.said()} [{change.rule}]"


def _line(entry: dict[str, Any], catalogue: Catalogue) -> str:
    """`2 x 8 Clam, left` or `20 s Prone heel squeeze`."""
    name = catalogue.exercises[entry["exercise"]].name
    side = "" if entry["side"] == "both" else f", {entry['side']}"
    amount = f"{entry['seconds']:g} s" if entry["reps"] is None else f"{entry['reps']}"
    times = f"{entry['sets']} x " if entry["sets"] > 1 else ""
    return f"{times}{amount}  {name}{side}"
