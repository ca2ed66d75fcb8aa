# SPDX-License-Identifier: Apache-2.0
"""The privacy page and the visitor's cookie."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import override_settings

from hipfirst.web.accounts.access import COOKIE, COOKIE_AGE_S, give_cookie
from hipfirst.web.accounts.models import Person
from hipfirst.web.membership.limits import WITHIN
from hipfirst.web.progress.actions import KEPT_DAYS as REPORTS_KEPT
from hipfirst.web.progress.report import LINK_DAYS
from hipfirst.web.training.models import Run
from hipfirst.web.training.queries import KEPT_DAYS
from hipfirst.web.training.reminders import KEPT as REMINDERS_KEPT

ROOT = Path(__file__).parents[3]


def test_reading_makes_nobody_a_visitor(stranger):
    for path in ("/privacy/", "/privacy/my-data.json", "/privacy/my-data.zip", "/", "/library/"):
        assert stranger.get(path).status_code == 200
    assert COOKIE not in stranger.cookies
    assert not Person.objects.exists()


def test_a_stranger_reads_that_nothing_is_kept(stranger):
    page = stranger.get("/privacy/").content.decode()
    assert "Nothing." in page
    assert "Erase what this site keeps" not in page
    assert json.loads(stranger.get("/privacy/my-data.json").getvalue()) == {}


def test_everybody_reads_what_is_kept_of_a_session_and_for_how_long(stranger):
    page = stranger.get("/privacy/").content.decode()
    for said in (
        "which movement hurt which knee and how much",
        "the pain of each knee, the effort and your line of note",
        "stay here until you erase them on this page",
        f"{COOKIE_AGE_S // 86400} days from your last start",
    ):
        assert said in page


def test_everybody_reads_what_members_leave_and_for_how_long(stranger):
    page = stranger.get("/privacy/").content.decode()
    for said in (
        f"Without an account a check-in is kept for {KEPT_DAYS} days",
        "how hard an activity of your own was and what you call it",
        "Tests of your sides are sessions",
        "your training days, your time zone, your days away",
        f"That a reminder went out is forgotten after {REMINDERS_KEPT.days} days",
        "an address for your calendar",
        "It keeps that you used a voucher",
        f"counted for {WITHIN.seconds // 60} minutes",
        f"It opens for {LINK_DAYS[0]}, {LINK_DAYS[1]} or {LINK_DAYS[2]} days",
        f"the page is erased {REPORTS_KEPT} days after that",
    ):
        assert said in page, said


SETS = re.compile(r"set(?:_signed)?_cookie\(\s*([\w.]+|\"[^\"]+\")")
SETS_BY_SCRIPT = re.compile(r"\.cookie = [`\"'](\w+)=")


def cookies_set():
    """The name of every cookie that the site's own code or its frameworks set."""
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, CookieStorage.cookie_name}
    for path in (ROOT / "src").rglob("*.py"):
        for name in SETS.findall(text := path.read_text("utf-8")):
            told = re.search(rf'^{re.escape(name)} = "(\w+)"$', text, re.MULTILINE)
            names.add(told[1] if told else name.strip('"'))
    for path in (ROOT / "player" / "src").rglob("*.ts"):
        names |= set(SETS_BY_SCRIPT.findall(path.read_text("utf-8")))
    return names


def test_every_cookie_is_in_the_table(stranger):
    table = set(re.findall(r"<dt><code>(\w+)</code>", stranger.get("/privacy/").content.decode()))
    assert {COOKIE, "hipfirst_link", "theme"} < cookies_set() <= table


def test_a_visitor_reads_what_is_kept(ada, start_run):
    start_run(ada)
    page = ada.get("/privacy/")
    assert "One session you started." in [part.sentence for part in page.context["kept"]]
    assert "Erase what this site keeps about me" in page.content.decode()


def test_one_press_erases_and_the_cookie_goes(ada, ben, start_run):
    run, other = start_run(ada), start_run(ben)
    answer = ada.press("/privacy/erase/")
    assert (answer.status_code, answer["Location"]) == (302, "/privacy/?erased")
    assert answer["Clear-Site-Data"] == '"storage"'
    assert ada.cookies[COOKIE].value == ""
    assert "Erased." in ada.get("/privacy/?erased").content.decode()
    assert not Person.objects.filter(pk=ada.person.pk).exists()
    assert ada.get(f"/play/{run.pk}/").status_code == 404
    assert list(Run.objects.all()) == [other]


def test_erasing_again_is_no_mistake(stranger):
    assert stranger.press("/privacy/erase/").status_code == 302


def test_the_download_is_a_file(ada):
    answer = ada.get("/privacy/my-data.json")
    assert answer["Content-Disposition"] == 'attachment; filename="hipfirst-my-data.json"'
    assert answer["Cache-Control"] == "private, no-store"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(ada):
    cookie = give_cookie(HttpResponse(), ada.person).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    with override_settings(HTTPS=True):
        assert give_cookie(HttpResponse(), ada.person).cookies[COOKIE]["secure"]


def test_a_forged_cookie_is_nobody(stranger, ada, start_run):
    run = start_run(ada)
    for forged in (str(ada.person.pk), f"{ada.person.pk}:x:y", "", "\x00", "é" * 99):
        stranger.cookies[COOKIE] = forged
        assert stranger.get(f"/api/runs/{run.pk}").status_code == 401
        assert stranger.get("/privacy/").context["since"] is None


def test_a_cookie_signed_for_something_else_is_nobody(stranger, ada, start_run):
    run = start_run(ada)
    other = HttpResponse()
    other.set_signed_cookie(COOKIE, str(ada.person.pk), salt="another purpose")
    stranger.cookies[COOKIE] = other.cookies[COOKIE].value
    assert stranger.get(f"/api/runs/{run.pk}").status_code == 401


def test_the_cookie_of_an_erased_visitor_is_nobody(ada, start_run):
    run = start_run(ada)
    Person.objects.all().delete()
    assert ada.get(f"/api/runs/{run.pk}").status_code == 401


def test_an_address_that_is_none_is_refused_in_our_words(stranger):
    page = stranger.press("/account/signup/", email="mia@").content.decode()
    assert "Enter a valid e-mail address." in page


def test_what_is_kept_comes_before_how_it_is_kept(ada, start_run):
    start_run(ada)
    page = ada.get("/privacy/").content.decode()
    assert page.index("One session you started.") < page.index("When you start a session")
