# SPDX-License-Identifier: Apache-2.0
"""Agreeing is a record of who, when and to which words; and it can be taken back."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from hipfirst.web.accounts.actions import consent_give, consent_withdraw, person_adopt
from hipfirst.web.accounts.consent_words import HEALTH_VERSION
from hipfirst.web.accounts.errors import OtherWords
from hipfirst.web.accounts.models import Consent, Person, TermsText
from hipfirst.web.accounts.queries import consents_in_force
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.training.models import KneeCheck, Run
from signing import ADDRESS, CONFIRM, SIGN_UP, last_code
from web.members import member

HEALTH, TERMS = Consent.Purpose.HEALTH, Consent.Purpose.TERMS
STEPS = (
    {"consent": "yes", "age_band": "adult", "red_flags": "none"},
    {"left_now": 2, "left_week": 3, "right_now": 0, "right_week": 0, "weaker": "same"},
    {"kit_choice": "any", "experience": "new"},
)


@pytest.fixture
def mia(db):
    return member("mia@example.org")


def answer_check(browser, *, consent=True):
    """All three steps of the knee check at once."""
    fields = {key: value for step in STEPS for key, value in step.items()}
    if not consent:
        del fields["consent"]
    return browser.press("/check/", step=3, seen=3, **fields)


def in_force(browser):
    return {purpose: c.version for purpose, c in consents_in_force(person=browser.person).items()}


def test_agreeing_twice_is_agreeing_once(mia):
    first = consent_give(person=mia.person, purpose=HEALTH, version=1)
    assert consent_give(person=mia.person, purpose=HEALTH, version=1) == first
    assert Consent.objects.count() == 1


def test_new_words_are_agreed_to_anew_and_the_old_record_stays(mia):
    consent_give(person=mia.person, purpose=TERMS, version=1)
    SiteSettings(terms_version=2).save()
    consent_give(person=mia.person, purpose=TERMS, version=2)
    assert in_force(mia) == {TERMS: 2}
    assert list(Consent.objects.values_list("version", flat=True).order_by("pk")) == [1, 2]


def test_the_words_that_were_agreed_to_stay_readable(mia):
    SiteSettings(terms="Be *kind*.").save()
    first = consent_give(person=mia.person, purpose=TERMS, version=1)
    SiteSettings(terms="Be very kind.", terms_version=2).save()
    mia.press("/account/consent/give/", purpose="terms", version=2)
    assert [row.text for row in TermsText.objects.order_by("pk")] == ["Be *kind*.", "Be very kind."]
    page = mia.get(f"/account/consent/{first.pk}/").content.decode()
    assert "Be <em>kind</em>." in page


def test_nobody_reads_what_another_agreed_to(mia):
    other = member("noa@example.org")
    agreed = consent_give(person=other.person, purpose=TERMS, version=1)
    assert mia.get(f"/account/consent/{agreed.pk}/").status_code == 404
    assert other.get(f"/account/consent/{agreed.pk}/").status_code == 200


def test_new_terms_ask_calmly_and_only_on_the_account(mia):
    consent_give(person=mia.person, purpose=TERMS, version=1)
    assert "The terms have changed" not in mia.get("/account/").content.decode()
    SiteSettings(terms_version=2).save()
    page = mia.get("/account/").content.decode()
    assert "The terms have changed" in page
    assert "nothing is taken from you" in page
    assert mia.get("/privacy/").status_code == 200
    mia.press("/account/consent/give/", purpose="terms", version=2, account=1)
    assert "The terms have changed" not in mia.get("/account/").content.decode()


def test_words_that_changed_meanwhile_are_not_agreed_to(mia):
    SiteSettings(terms_version=3).save()
    answer = mia.press("/account/consent/give/", purpose="terms", version=2)
    assert answer.status_code == 409
    assert not Consent.objects.exists()


def page_of_sign_up(browser):
    """What the form of signing up says that it shows."""
    page = browser.get(SIGN_UP).content.decode()
    return re.search(r'name="terms_version" value="(\d+)"', page)[1]


def test_the_record_holds_the_words_that_stood_there_at_sign_up(stranger):
    SiteSettings(terms="Be *kind*.").save()
    shown = page_of_sign_up(stranger)
    stranger.press(SIGN_UP, email=ADDRESS, terms="on", terms_version=shown)
    SiteSettings(terms="Pay me.", terms_version=2).save()
    stranger.press(CONFIRM, code=last_code())
    (agreed,) = Consent.objects.all()
    assert (agreed.version, agreed.terms.version, agreed.terms.text) == (1, 1, "Be *kind*.")
    assert "The terms have changed" in stranger.get("/account/").content.decode()


def test_terms_that_changed_while_the_form_was_open_are_shown_anew(stranger):
    shown = page_of_sign_up(stranger)
    SiteSettings(terms="Pay me.", terms_version=2).save()
    answer = stranger.press(SIGN_UP, email=ADDRESS, terms="on", terms_version=shown)
    page = answer.content.decode()
    assert "The terms were changed meanwhile" in page
    assert 'name="terms_version" value="2"' in page
    assert "checked" not in page
    assert not Person.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"terms_version": ""}])
def test_who_saw_no_version_agreed_to_none(stranger, sent):
    stranger.press(SIGN_UP, email=ADDRESS, terms="on", health="on", **sent)
    stranger.press(CONFIRM, code=last_code())
    assert [each.purpose for each in Consent.objects.all()] == ["health"]
    assert "The terms of this site" in stranger.get("/account/").content.decode()


def test_terms_that_do_not_hold_are_never_noted(mia):
    with pytest.raises(OtherWords):
        consent_give(person=mia.person, purpose=TERMS, version=2)
    assert not TermsText.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"purpose": "spam", "version": 1},
        {"purpose": "health"},
        {"purpose": "health", "version": HEALTH_VERSION + 1},
        {"purpose": "health", "version": "-1"},
        {"purpose": "health", "version": "9" * 400},
    ],
)
def test_only_words_that_exist_are_agreed_to(mia, fields):
    assert mia.press("/account/consent/give/", **fields).status_code == 404
    assert not Consent.objects.exists()


def test_the_knee_check_asks_once_and_writes_it_down(mia, starter):
    assert answer_check(mia, consent=False).status_code == 400
    assert answer_check(mia).status_code == 302
    assert in_force(mia) == {HEALTH: HEALTH_VERSION}
    page = mia.get("/check/").content.decode()
    assert "You agreed to that on" in page
    assert 'name="consent"' not in page
    assert answer_check(mia, consent=False).status_code == 302
    assert KneeCheck.objects.count() == 2
    assert Consent.objects.count() == 1


def test_who_agreed_at_sign_up_is_not_asked_in_the_check(mia, starter):
    agreed = consent_give(person=mia.person, purpose=HEALTH, version=HEALTH_VERSION)
    assert answer_check(mia, consent=False).status_code == 302
    check = KneeCheck.objects.get()
    assert (check.consent, check.consented_at) == (HEALTH_VERSION, agreed.given_at)


def test_a_visitor_is_asked_each_time(ada, starter):
    answer_check(ada)
    page = ada.get("/check/").content.decode()
    assert 'name="consent"' in page
    assert answer_check(ada, consent=False).status_code == 400


def test_taking_back_erases_what_was_kept_by_it_and_nobody_elses(mia, ben, starter, start_run):
    answer_check(mia)
    answer_check(ben)
    start_run(mia)
    other = start_run(ben)
    answer = mia.press("/account/consent/withdraw/", purpose="health")
    assert answer["Clear-Site-Data"] == '"storage"'
    assert list(Run.objects.all()) == [other]
    assert [check.person for check in KneeCheck.objects.all()] == [ben.person]
    assert in_force(mia) == {}
    record = Consent.objects.get(person=mia.person)
    assert record.given_at <= record.withdrawn_at <= timezone.now()
    page = mia.get("/account/consent/").content.decode()
    assert "taken back" in page
    assert 'name="consent"' in mia.get("/check/").content.decode()


def test_who_never_agreed_erases_sessions_too(mia, start_run):
    start_run(mia)
    page = mia.get("/account/consent/").content.decode()
    assert "Erase my checks and sessions" in page
    assert 'action="/account/consent/withdraw/"' in page
    answer = mia.press("/account/consent/withdraw/", purpose="health")
    assert answer["Clear-Site-Data"] == '"storage"'
    assert not Run.objects.exists()
    said = mia.get("/account/consent/").content.decode()
    assert "Erased: your knee checks" in said
    assert "Taken back" not in said


def test_the_terms_end_with_the_account_only(mia):
    consent_give(person=mia.person, purpose=TERMS, version=1)
    assert mia.press("/account/consent/withdraw/", purpose="terms").status_code == 404
    assert in_force(mia) == {TERMS: 1}


def test_looking_takes_nothing_back(mia):
    consent_give(person=mia.person, purpose=HEALTH, version=1)
    assert mia.get("/account/consent/withdraw/?purpose=health").status_code == 405
    assert in_force(mia) == {HEALTH: 1}


def test_what_a_visitor_agreed_to_goes_over_with_them(mia, ada):
    consent_give(person=ada.person, purpose=HEALTH, version=1)
    person_adopt(giver=ada.person, taker=mia.person)
    assert in_force(mia) == {HEALTH: 1}


def test_who_has_an_account_is_not_adopted(mia, ada):
    with pytest.raises(ValueError, match="only a visitor is adopted"):
        person_adopt(giver=mia.person, taker=ada.person)
    assert Person.objects.filter(pk=mia.person.pk).exists()


def test_taking_back_again_changes_nothing(mia):
    consent_give(person=mia.person, purpose=HEALTH, version=1)
    consent_withdraw(person=mia.person, purpose=HEALTH)
    (before,) = Consent.objects.values_list("withdrawn_at", flat=True)
    consent_withdraw(person=mia.person, purpose=HEALTH)
    assert list(Consent.objects.values_list("withdrawn_at", flat=True)) == [before]


def test_whoever_agreed_to_the_words_about_checks_alone_is_asked_anew_and_can_read_them(mia):
    consent_give(person=mia.person, purpose=HEALTH, version=1)
    said = mia.get("/account/consent/").content.decode()
    assert f'name="version" value="{HEALTH_VERSION}"' in said
    consent_give(person=mia.person, purpose=HEALTH, version=HEALTH_VERSION)
    said = mia.get("/account/consent/").content.decode()
    assert f'name="version" value="{HEALTH_VERSION}"' not in said
    assert "Version 1" in said
    assert "in the knee check and in sessions" in said
