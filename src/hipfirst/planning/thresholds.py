# SPDX-License-Identifier: Apache-2.0
"""The numbers of the knee rules, which the owner of a site may change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hipfirst.packs.invalid import problems_of
from hipfirst.packs.problems import Problem, field_path
from hipfirst.packs.source import parse

Pain = Annotated[int, Field(ge=1, le=10)]
Degrees = Annotated[float, Field(ge=0, le=180)]


MAX_BYTES = 64 * 1024
"""Largest file that is read."""


class ThresholdsError(ValueError):
    """A file of thresholds that may not be used; `problems` holds everything wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Thresholds(BaseModel):
    """Pain on a scale of 0 to 10, bends of a knee in degrees. Defaults: the design of this site,
    more careful than the published rule because nobody watches (evidence card `trek-knee-cap`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    amber: Pain = Field(3, description="Pain from which a knee is amber.")
    red: Pain = Field(5, description="Pain from which a knee is red.")
    flare: Pain = Field(7, description="Pain now from which the day is a flare day.")
    amber_stance_deg: Degrees = Field(45, description="Deepest standing bend of an amber knee.")
    red_stance_deg: Degrees = Field(25, description="Deepest standing bend of a red knee.")
    sore_stance_deg: Degrees = Field(
        50, description="Deepest standing bend of any knee when squatting or stairs hurt."
    )
    sore_push_deg: Degrees = Field(
        80, description="Deepest bend a knee pushes through, lying, when bent-knee pressure hurts."
    )
    stop_days: Annotated[int, Field(ge=1, le=14)] = Field(
        2, description="Days a movement stays out after it hurt that much, today included."
    )
    ease_days: Annotated[int, Field(ge=1, le=28)] = Field(
        7, description="Days a movement starts a rung lower after it hurt a little."
    )
    easy_effort: Annotated[int, Field(ge=0, le=10)] = Field(
        3, description="Effort, 0 to 10, up to which a session was easy."
    )
    rating_days: Annotated[int, Field(ge=1, le=90)] = Field(
        21, description="Days for which the rating of a session counts for the next one."
    )
    morning_rise: Pain = Field(
        2, description="Rise of pain from before a session to the next morning that counts."
    )
    week_rise: Pain = Field(
        2, description="Rise of the worst pain of a week, in one week or two, that counts."
    )
    break_days: Annotated[int, Field(ge=3, le=60)] = Field(
        10, description="Days without a session after which the first starts a rung lower."
    )
    check_days: Annotated[int, Field(ge=1, le=60)] = Field(
        7, description="Days after which a knee check is asked again."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.amber < self.red < self.flare:
            given = f"amber {self.amber}, red {self.red}, flare {self.flare}"
            raise ValueError(f"{given}: each must be higher than the one before")
        if self.red_stance_deg > self.amber_stance_deg:
            given = f"red_stance_deg {self.red_stance_deg:g}"
            raise ValueError(f"{given}: at most amber_stance_deg, {self.amber_stance_deg:g}")
        return self


def load_thresholds(path: Path) -> Thresholds:
    """The thresholds of the YAML file at `path`; what it leaves out, and a file that is not there,
    stands for the defaults. Raises ThresholdsError with file, line, given and allowed.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Thresholds()
    except OSError as error:
        raise ThresholdsError([_file(path, str(error.strerror), "a file to read")]) from None
    if len(raw) > MAX_BYTES:
        raise ThresholdsError([_file(path, f"{len(raw)} bytes", f"at most {MAX_BYTES} bytes")])
    try:
        return _read(raw.decode(), path)
    except UnicodeDecodeError:
        raise ThresholdsError([_file(path, "", "text in UTF-8")]) from None


def _read(text: str, path: Path) -> Thresholds:
    tree = parse(text)
    if tree.faults:
        raise ThresholdsError(
            Problem(path.name, fault.line, field_path(fault.location), fault.given, fault.allowed)
            for fault in tree.faults
        )
    try:
        return Thresholds.model_validate({} if tree.value is None else tree.value)
    except ValidationError as error:
        raise ThresholdsError(problems_of(error, Thresholds, path.name, tree)) from None


def _file(path: Path, given: str, allowed: str) -> Problem:
    return Problem(path.name, 0, "", given, allowed)
