# SPDX-License-Identifier: Apache-2.0
"""One member's way: try, join by a code, follow Build, train, say how it went, see whether it
helps, show it to somebody, pause, come back, and stop being a member.

Time passes by moving everything that is stored back; nothing waits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from browser.checking import about_pain, about_signs, about_today
from browser.conftest import LAPTOP, PHONE, Faults
from browser.playing import Player, arrived, eventually, tab_to
from browser.town import Somebody, Town, post, settings, sign_up_here, site, somebody, town

__all__ = ["post", "settings", "site", "somebody", "town"]

DRAWS_FIGURE = False
SOME_S = 15
TRIED = "/sessions/build-quiet-hips/"
"""A session for members."""
START = f'form[action="{TRIED}play/"] button'
SAFE = ("/check/", "/check-in/", "/knee-rules/", "/check/advice/", "/exercises/clam/", "/privacy/")
"""Never behind a wall."""
AGO = """
import json
from datetime import timedelta
from django.apps import apps
from django.db import models
ago = timedelta(seconds={seconds})
for app in ("training", "membership", "progress"):
    for model in apps.get_app_config(app).get_models():
        times = [each for each in model._meta.fields if isinstance(each, models.DateField)]
        for row in model.objects.all():
            moved = {{each.name: getattr(row, each.name) for each in times}}
            moved = {{name: value - ago for name, value in moved.items() if value}}
            model.objects.filter(pk=row.pk).update(**moved)
"""
"""All that was, so many seconds longer ago; of days only whole ones count."""
WEEKS = """
from datetime import timedelta
from django.utils import timezone
from hipfirst.web.accounts.models import Account
from hipfirst.web.training.models import CheckIn
person, now = Account.objects.get(email="{email}").person, timezone.now()
for ago, left in zip((29, 22, 15, 8, 1), (7, 6, 5, 4, 2)):
    at = now - timedelta(days=ago)
    CheckIn.objects.create(
        person=person, kind="week", at=at, day=at.date(), left=left, right=1, consent=2
    )
"""
"""Five weeks as somebody told them: the left knee got better."""


def noon_zone() -> str:
    """A time zone in which it is soon after noon: no day ends while the test runs."""
    ahead = 12 - datetime.now(UTC).hour
    # The signs of these names are turned round.
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


@dataclass(frozen=True)
class Member:
    """Somebody at their browser, and the time that passes for them."""

    who: Somebody
    look: Callable[..., None]
    zone: str

    @property
    def page(self) -> Page:
        return self.who.page

    @property
    def town(self) -> Town:
        return self.who.town

    def goto(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer
        assert answer.status == 200, (path, answer.status)

    def press(self, name: str | re.Pattern[str]) -> None:
        exact = isinstance(name, str)
        button = self.page.get_by_role("button", name=name, exact=exact).first
        expect(button).to_be_visible()
        button.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        exact = isinstance(name, str)
        main = self.page.get_by_role("main")
        link = main.get_by_role("link", name=name, exact=exact).first
        expect(link).to_be_visible()
        link.click()

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("heading", name=name)

    def later(self, **passed: float) -> None:
        seconds = timedelta(**passed).total_seconds()
        self.shell(AGO.format(seconds=int(seconds)))

    def shell(self, code: str) -> None:
        self.town.site.manage("shell", "-c", code, **self.town.settings)


@pytest.fixture(
    params=[(PHONE, "light"), (LAPTOP, "dark")], ids=["phone-light", "laptop-dark"], autouse=True
)
def seen(request: pytest.FixtureRequest) -> tuple[tuple[int, int], str]:
    """Size and colours."""
    return request.param


@pytest.fixture
def size(seen: tuple[tuple[int, int], str]) -> tuple[int, int]:
    return seen[0]


@pytest.fixture
def scheme(seen: tuple[tuple[int, int], str]) -> str:
    return seen[1]


@pytest.fixture
def ada(
    town: Town,
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[..., None],
    shot: Callable[..., None],
) -> Member:
    zone = noon_zone()
    context = new_context(timezone_id=zone)
    # Goes on by itself, and can be put forward.
    context.clock.install()
    page = context.new_page()

    def look(name: str, page: Page = page) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"{name} scrolls sideways"
        assert_accessible(page)
        shot(page, f"member-{name}", full=True)

    return Member(Somebody(town, page, "Ada"), look, zone)


def test_from_a_preview_to_the_end_of_a_membership(
    ada: Member, new_context: Callable[..., BrowserContext], faults: Faults
):
    try_a_session(ada)
    join(ada)
    begin_build(ada)
    run = train(ada)
    ada.later(hours=1)
    say_by_keyboard(ada)
    assert_rule_is_named(ada, "4 an hour after, 1 before")
    ada.later(days=1)
    say_in_the_morning(ada)

    ada.shell(WEEKS.format(email=ada.who.address))
    see_whether_it_helps(ada)
    link = make_a_page(ada)
    other = new_context().new_page()
    other.goto(link)
    expect(other.get_by_text("May I run again?")).to_be_visible()
    ada.look("shared", other)

    pause_and_resume(ada)
    ada.later(days=30)
    assert_grace(ada)
    ada.later(days=8)
    assert_closed(ada, run)
    other.goto(link)
    expect(other.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    faults.expect("410 (Gone)")


def try_a_session(ada: Member) -> None:
    """The first three movements, without a name."""
    ada.goto(TRIED)
    expect(ada.heading("This session is for members")).to_be_visible()
    ada.look("preview")
    ada.press("Try the first 3 movements")
    play(ada)
    expect(ada.heading("That was the preview.")).to_be_visible()
    ada.page.get_by_role("link", name="See what membership is").click()
    expect(ada.heading("Become a member")).to_be_visible()


def play(ada: Member) -> Player:
    """To the end; some seconds of each movement are enough."""
    player = arrived(ada.page, ada.town.site)
    player.start()
    for name in player.names:
        expect(player.name).to_have_text(name)
        player.wait_for("work")
        player.wait(SOME_S)
        player.next()
    expect(ada.page.locator("#end-title")).to_be_visible()
    return player


def join(ada: Member) -> None:
    """With a code that whoever runs the site made; it comes along through the sign-up."""
    code = ada.town.site.manage("vouchers", "monthly", "1", **ada.town.settings).strip()
    ada.look("join")
    ada.page.get_by_label("Code of a voucher or gift").fill(code.lower())
    ada.press("Use the code")
    ada.page.wait_for_url("**/account/signup/**")
    sign_up_here(ada.who, then="**/join/?code=*")
    ada.press("Use the code")
    ada.page.wait_for_url("**/account/membership/")
    expect(ada.heading(re.compile("^You are a member until"))).to_be_visible()
    expect(ada.page.get_by_text("30 days are left.")).to_be_visible()
    ada.look("membership")


def begin_build(ada: Member) -> None:
    """From all programs to the session of today, on the days that fit."""
    ada.goto("/programs/")
    ada.look("programs")
    ada.follow(re.compile("^Build"))
    ada.look("program")
    ada.press(re.compile("^Start Build"))
    ada.page.wait_for_url("**/today/")
    ada.follow("Days, reminders, calendar")
    expect(ada.page.get_by_label("Time zone")).to_have_value(ada.zone)
    ada.look("rhythm")
    for day in ada.page.get_by_role("group", name="Days you train").get_by_role("checkbox").all():
        day.check(force=True)
    ada.press("Save days and reminders")
    expect(ada.page.get_by_role("status")).to_be_visible()
    ada.goto("/today/")
    expect(ada.page.get_by_text("Your session today")).to_be_visible()
    ada.look("today")


def train(ada: Member) -> str:
    """The session of today, whole; where it ended."""
    ada.follow("Ask my knees first")
    about_signs(ada.page)
    about_pain(ada.page, 1, 0, "Stairs")
    about_today(ada.page)
    ada.page.wait_for_url("**/today/")
    ada.press("Begin")
    player = play(ada)
    assert len(player.names) > 3
    for knee in ("left knee", "right knee"):
        asked = ada.page.get_by_role("group", name=re.compile(knee))
        asked.get_by_role("radio", name="0", exact=True).check(force=True)
    ada.press("Save")
    asked = ada.page.get_by_text("In an hour and tomorrow morning we ask how your knees took it.")
    expect(asked).to_be_visible()
    eventually(ada.page, lambda: player.log.status() == "finished", "the site knows of the end")
    player.delivered()
    return player.run


def say_by_keyboard(ada: Member) -> None:
    """The left knee hurts 4 after an hour: from the page of today to the answer by keys alone."""
    ada.goto("/today/")
    expect(ada.page.get_by_text("Done for today.")).to_be_visible()
    keys = ada.page.keyboard
    tab_to(ada.page, "^How are your knees after the session")
    keys.press("Enter")
    ada.page.wait_for_url("**/check-in/hour/")
    ada.look("check-in")
    tab_to(ada.page, "^0$")
    for _ in range(4):
        keys.press("ArrowRight")
    tab_to(ada.page, "^0$")
    keys.press("Space")
    tab_to(ada.page, "^Save$")
    keys.press("Enter")
    ada.page.wait_for_url("**/check-in/answer/")


def assert_rule_is_named(ada: Member, answers: str) -> None:
    """With what was told, and a link to the rule itself."""
    said = ada.page.get_by_text(f"Left knee: {answers}").first
    expect(said).to_be_visible()
    rule = said.get_by_role("link", name="The rule")
    expect(rule).to_have_attribute("href", re.compile("^/knee-rules/#rule-"))
    ada.look(f"answer-{answers.split(maxsplit=1)[0]}")


def say_in_the_morning(ada: Member) -> None:
    ada.goto("/today/")
    ada.follow("How were your knees this morning?")
    for question, answer in (
        ("Left knee, this morning", "5"),
        ("Right knee, this morning", "0"),
        ("Is a knee newly swollen?", "No"),
    ):
        asked = ada.page.get_by_role("group", name=question)
        asked.get_by_role("radio", name=answer, exact=True).check(force=True)
    expect(ada.page.get_by_role("group", name="I agree")).to_have_count(0)
    ada.press("Save")
    ada.page.wait_for_url("**/check-in/answer/")
    assert_rule_is_named(ada, "5 the morning after, 1 before")


def see_whether_it_helps(ada: Member) -> None:
    """Chart, table and a sentence of each knee; the trial beside it."""
    ada.goto("/progress/")
    for knee in ("Left knee", "Right knee"):
        chart = ada.page.get_by_role("img", name=f"{knee}: worst pain of each week")
        expect(chart).to_be_visible()
    left = ada.page.locator(".knee--left")
    expect(left.locator(".knee__verdict")).to_have_text("Better")
    left.get_by_text("As a table").click()
    expect(left.get_by_role("table").get_by_role("row")).to_have_count(6)
    ada.follow("Show the trial")
    expect(ada.page.get_by_role("columnheader", name="Week 0 (derived)")).to_be_visible()
    ada.look("progress")


def make_a_page(ada: Member) -> str:
    """For a professional; its link."""
    ada.follow("A page for a professional")
    ada.look("report-form")
    ada.page.get_by_label("Your questions").fill("May I run again?")
    ada.press("Make the page")
    expect(ada.heading("Your link")).to_be_visible()
    ada.look("report")
    return ada.page.get_by_label("Address of the page").input_value()


def pause_and_resume(ada: Member) -> None:
    """The site asks for it itself, and gives every day back."""
    ada.goto("/account/membership/")
    ada.press("Pause")
    expect(ada.heading("Your membership is paused")).to_be_visible()
    left = ada.page.get_by_text(re.compile(r"\d+ days wait for you")).inner_text()
    ada.goto(TRIED)
    expect(ada.page.locator(START)).to_have_count(0)
    expect(ada.heading("Your membership is paused")).to_be_visible()
    ada.look("paused-session")
    ada.later(days=3)
    ada.goto("/today/")
    expect(ada.heading("Your membership is paused")).to_be_visible()
    expect(ada.page.get_by_text("your place is kept: 1 of")).to_be_visible()
    ada.look("paused-today")
    ada.goto(TRIED)
    ada.follow("Take it up again")
    expect(ada.page.get_by_text(left.split(".")[0])).to_be_visible()
    ada.press("Resume")
    expect(ada.page.get_by_text("Welcome back.")).to_be_visible()
    assert_startable(ada)


def assert_startable(ada: Member) -> None:
    ada.goto(TRIED)
    expect(ada.heading("This session is for members")).to_have_count(0)
    expect(ada.page.locator(START).first).to_be_visible()


def assert_grace(ada: Member) -> None:
    """Its time is over, and no week breaks off."""
    ada.goto("/account/membership/")
    expect(ada.heading(re.compile("^Your membership ended on"))).to_be_visible()
    expect(ada.page.get_by_text(re.compile("^Everything stays open until"))).to_be_visible()
    ada.look("grace")
    assert_startable(ada)


def assert_closed(ada: Member, run: str) -> None:
    """What is for members is a preview again; what keeps a knee safe, and one's own, is open."""
    ada.goto(TRIED)
    expect(ada.heading("This session is for members")).to_be_visible()
    expect(ada.page.locator(START)).to_have_count(0)
    ada.goto("/today/")
    expect(ada.heading(re.compile("^Your membership ended on"))).to_be_visible()
    # After so long its first week begins again.
    expect(ada.page.get_by_text("your place is kept: 0 of")).to_be_visible()
    ada.look("over")
    for path in SAFE:
        ada.goto(path)
    ada.goto("/sessions/flare-day/")
    start = ada.page.locator('form[action="/sessions/flare-day/play/"] button')
    expect(start.first).to_be_visible()
    ada.goto("/progress/")
    chart = ada.page.get_by_role("img", name="Left knee: worst pain of each week")
    expect(chart).to_be_visible()
    ada.goto(f"/play/{run}/")
    expect(ada.page.locator("#end-title")).to_be_visible()
