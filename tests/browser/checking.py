# SPDX-License-Identifier: Apache-2.0
"""Somebody who answers the knee check."""

from __future__ import annotations

import re

from playwright.sync_api import Page


def tick(page: Page, question: str, *answers: str) -> None:
    """Taps the words, as a thumb does: the box itself is small."""
    asked = page.get_by_role("group", name=question, exact=True)
    for answer in answers:
        asked.locator("label").filter(has_text=re.compile(f"^{re.escape(answer)}$")).click()


def go_on(page: Page, button: str = "Go on") -> None:
    page.get_by_role("button", name=button, exact=True).click()


def about_signs(page: Page, *signs: str, age: str = "16 or older") -> None:
    tick(page, "I agree", "Keep my answers, so that my sessions fit my knees")
    tick(page, "How old are you?", age)
    tick(page, "Is any of this true today?", *(signs or ["None of these"]))
    go_on(page)


def about_pain(page: Page, left: int, right: int, *hurts: str) -> None:
    for side, pain in (("Left", left), ("Right", right)):
        tick(page, f"{side} knee, pain now", str(pain))
        tick(page, f"{side} knee, worst of the last week", str(pain))
    tick(page, "What hurts a knee?", *hurts)
    tick(page, "Which leg is weaker?", "No difference")
    go_on(page)


def about_today(page: Page, *avoid: str) -> None:
    tick(page, "Positions to leave out", *avoid)
    tick(page, "What do you have at hand?", "Whatever a session asks for")
    tick(page, "How long have you trained for strength?", "Some months")
    go_on(page, "Save")
