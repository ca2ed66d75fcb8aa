# SPDX-License-Identifier: Apache-2.0
"""The privacy page and the visitor's cookie."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.test import override_settings

from hipfirst.web.accounts.access import COOKIE, COOKIE_AGE_S, give_cookie
from hipfirst.web.accounts.models import Person
from hipfirst.web.training.models import Run


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
