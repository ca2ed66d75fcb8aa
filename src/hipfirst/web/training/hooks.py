# SPDX-License-Identifier: Apache-2.0
"""What apps above training keep of its check-ins and knee checks, without training knowing them.

They register in their AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from hipfirst.web.accounts.models import Person

Erase: TypeAlias = Callable[[Person], int]
"""Erases what holds a person's check-ins, or knee checks; returns the number of rows."""

_told: list[Erase] = []
_asked: list[Erase] = []


def register_told(erase: Erase) -> None:
    if erase not in _told:
        _told.append(erase)


def told_erase(person: Person) -> int:
    """Called before the check-ins of the person are erased."""
    return sum(erase(person) for erase in _told)


def register_asked(erase: Erase) -> None:
    if erase not in _asked:
        _asked.append(erase)


def asked_erase(person: Person) -> int:
    """Called before the knee checks of the person are erased."""
    return sum(erase(person) for erase in _asked)
