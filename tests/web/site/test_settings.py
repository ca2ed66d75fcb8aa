# SPDX-License-Identifier: Apache-2.0
"""The page of settings: what it takes, what it refuses and how, and that it holds at once."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.contrib.admin.models import LogEntry

from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.site.knee_rules import LABELS, LESS_IS_LOOSER, bounds_of, looser
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.site.queries import settings_remembered, site_settings
from web.site.conftest import SETTINGS

NASTY = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>{{ 7|add:7 }}"


class Found(list):
    """The tags of a page, each with its attributes, as a browser reads them."""

    def __init__(self, html):
        super().__init__()
        parser = HTMLParser()
        parser.handle_starttag = lambda tag, given: self.append((tag, dict(given)))
        parser.feed(html)


def text(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_the_page_is_opened_directly(olga):
    answer = olga.get("/behind/site/sitesettings/")
    assert (answer.status_code, answer["Location"]) == (302, SETTINGS)
    assert olga.get(SETTINGS).status_code == 200
    assert not SiteSettings.objects.exists()
    assert olga.get("/behind/site/sitesettings/2/change/").status_code == 302
    for path in ("add/", "1/delete/"):
        assert olga.get(f"/behind/site/sitesettings/{path}").status_code == 403


def test_everything_as_designed_changes_nothing(olga):
    assert olga.set().status_code == 302
    kept, usual = SiteSettings.objects.get(), SiteSettings()
    for field in ("name", "description", "knee_rules", "logo_type", "pine_light", "terms_version"):
        assert getattr(kept, field) == getattr(usual, field)


def test_each_change_is_logged_with_what_changed(olga):
    olga.set(name="Hip House", amber="2")
    entry = LogEntry.objects.get()
    assert entry.user == olga.account
    assert "Name of the site" in entry.get_change_message()
    assert str(LABELS["amber"]) in entry.get_change_message()
    assert "Hip House" in text(olga.get("/behind/site/sitesettings/1/history/"))


def test_the_name_is_everywhere_at_once(olga, stranger, starter):
    stranger.get("/")
    olga.set(name="Hip House", description="Hips at home.")
    for path in ("/", "/library/", "/knee-rules/", "/terms/", "/no-such-page/"):
        page = stranger.get(path).content.decode()
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
        assert "Hip House" in title
        assert "Hipfirst" not in title
        assert re.search(r'class="wordmark"[^>]*>Hip House<', page)
    manifest = stranger.get("/manifest.webmanifest").json()
    assert (manifest["name"], manifest["short_name"]) == ("Hip House", "Hip House")
    assert manifest["description"] == "Hips at home."


def test_the_home_page_asks_one_more_query(stranger, starter, django_assert_max_num_queries):
    stranger.get("/")
    with django_assert_max_num_queries(2):
        stranger.get("/")


def test_settings_are_read_once_in_a_request_and_anew_in_the_next(db, django_assert_num_queries):
    with django_assert_num_queries(1), settings_remembered():
        assert site_settings() is site_settings()
    SiteSettings.objects.create(name="Hip House")
    with settings_remembered():
        assert site_settings().name == "Hip House"
    with django_assert_num_queries(2):
        assert site_settings() is not site_settings()


def test_each_change_has_a_number_of_its_own(olga):
    seen = set()
    for name in ("A", "B", "C"):
        olga.set(name=name)
        seen.add(site_settings().version)
    assert len(seen) == 3


@pytest.mark.parametrize("field", ["name", "description", "imprint", "terms", "privacy"])
def test_what_the_owner_writes_is_text(olga, stranger, starter, field):
    most = SiteSettings._meta.get_field(field).max_length
    olga.set(**{field: NASTY[:most], "contact_email": "owner@example.org"})
    pages = [stranger.get(path) for path in ("/", "/terms/", "/imprint/", "/privacy/")]
    pages += [olga.get("/behind/"), olga.get(SETTINGS)]
    assert any("alert(1)" in page.content.decode() for page in pages)
    for page in pages:
        found = Found(page.content.decode())
        assert not {name for _tag, names in found for name in names if name.startswith("on")}
        assert [names for tag, names in found if tag == "script" and "src" not in names] == []
        assert [names for tag, names in found if names.get("src") == "x"] == []


def test_every_number_says_what_is_allowed_and_designed(olga):
    page = text(olga.get(SETTINGS))
    for name, label in LABELS.items():
        bounds = bounds_of(name)
        said = f"Designed: {bounds.usual:g}{bounds.unit}. Allowed: {bounds.least:g}{bounds.unit}"
        assert str(label) in page
        assert said in page
    assert "Have a physiotherapist agree before you loosen one" in page


@pytest.mark.parametrize("name", LABELS)
def test_a_number_beyond_its_range_is_said_and_not_kept(olga, name):
    bounds = bounds_of(name)
    for given in (f"{bounds.most + 1:g}", f"{bounds.least - 1:g}", "abc", "nan", "1e999"):
        (said,) = olga.refused(**{name: given})[name]
        assert said.startswith(f"You gave {given}; allowed are")
        assert f"from {bounds.least:g}{bounds.unit} to {bounds.most:g}{bounds.unit}." in said


def test_half_a_point_of_pain_is_no_number(olga):
    (said,) = olga.refused(amber="2.5")["amber"]
    assert "whole numbers" in said
    olga.set(amber_stance_deg="42.5")
    assert site_settings().knee_rules == {"amber_stance_deg": 42.5}


def test_numbers_that_contradict_each_other_are_said_where_it_shows(olga):
    (said,) = olga.refused(amber="5", red="4")["red"]
    assert said == "Amber 5, red 4, flare 7: each must be higher than the one before."
    assert set(olga.refused(red="8")) == {"flare"}
    (said,) = olga.refused(red_stance_deg="50")["red_stance_deg"]
    assert "50°" in said
    assert "45°" in said


def test_only_what_differs_is_kept(olga):
    olga.set(amber="2", red="5", stop_days="4")
    assert site_settings().knee_rules == {"amber": 2, "stop_days": 4}
    page = olga.get(SETTINGS).content.decode()
    assert re.search(r'name="amber"[^>]* value="2"|value="2"[^>]* name="amber"', page)


def test_as_designed_leaves_out_even_what_is_wrong(olga):
    olga.set(amber="2")
    assert olga.set(amber="99", red="x", rules_reset="on").status_code == 302
    assert site_settings().knee_rules == {}


def test_new_numbers_hold_at_once_on_the_page_of_rules(olga, stranger):
    assert "Amber 3 to 4" in text(stranger.get("/knee-rules/"))
    olga.set(amber="2", red="4")
    page = text(stranger.get("/knee-rules/"))
    assert "Amber 2 to 3" in page
    assert "Pain from which a knee is red 4 changed by the owner of this site" in page


def test_looser_numbers_are_said(olga):
    assert "Looser than designed" not in text(olga.get(SETTINGS))
    olga.set(amber="4", stop_days="3", sore_stance_deg="60")
    page = text(olga.get(SETTINGS))
    loose = f"Looser than designed: {LABELS['amber']}; {LABELS['sore_stance_deg']}."
    assert loose in page
    olga.set(amber="2")
    assert "Looser than designed" not in text(olga.get(SETTINGS))


@pytest.mark.parametrize("name", LABELS)
def test_looser_is_told_by_the_direction(name):
    usual = bounds_of(name).usual
    step = -1 if name in LESS_IS_LOOSER else 1
    assert looser(Thresholds().model_copy(update={name: usual + step})) == (name,)
    assert looser(Thresholds().model_copy(update={name: usual - step})) == ()


def test_agreed_terms_are_not_taken_back(olga):
    olga.set(terms_version="3")
    (said,) = olga.refused(terms_version="2")["terms_version"]
    assert said == "You gave 2; people agreed to version 3 already."
    assert "asks members to agree again" in text(olga.get(SETTINGS))


def test_what_is_no_field_is_not_kept(olga):
    olga.set(version="900", logo_type="svg", knee_rules='{"amber": 9}', has_colours="1")
    kept = SiteSettings.objects.get()
    assert (kept.logo_type, kept.knee_rules) == ("", {})
    assert kept.version < 900


def test_own_words_stand_on_their_pages(olga, stranger):
    assert "has not said who they are yet" in text(stranger.get("/imprint/"))
    assert "has not written terms of their own" in text(stranger.get("/terms/"))
    olga.set(
        imprint="# Hip House\n\nMain Street 1",
        terms="Be **kind**. [Mail](mailto:a@example.org), [bad](javascript:alert(1))",
        contact_email="owner@example.org",
    )
    imprint, terms = (stranger.get(path).content.decode() for path in ("/imprint/", "/terms/"))
    assert "<h2>Hip House</h2>" in imprint
    assert imprint.count("<h1") == 1
    assert "mailto:owner@example.org" in imprint
    assert "has not said" not in imprint
    assert "<strong>kind</strong>" in terms
    assert 'href="mailto:a@example.org"' in terms
    assert "javascript:" not in re.sub(r">[^<]*<", "><", terms)
