# SPDX-License-Identifier: Apache-2.0
"""The knee check: three steps, what stops it, what is kept of it, and how it ends."""

from __future__ import annotations

import json
import logging
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from hipfirst.planning.red_flags import BY_SLUG, RED_FLAGS, UNDER_16
from hipfirst.web.accounts.access import COOKIE
from hipfirst.web.accounts.actions import person_adopt, person_erase
from hipfirst.web.accounts.consent_words import HEALTH_VERSION
from hipfirst.web.accounts.models import Person
from hipfirst.web.project import start
from hipfirst.web.training.actions import checks_purge
from hipfirst.web.training.models import KneeCheck
from hipfirst.web.training.queries import KEPT_DAYS
from web.members import member

CHECK = "/check/"
FIRST = {"consent": "yes", "age_band": "adult", "red_flags": ["none"]}
KNEES = {"left_now": "4", "left_week": "6", "right_now": "0", "right_week": "1", "weaker": "left"}
TODAY = {"kit_choice": "any", "experience": "years"}
pytestmark = pytest.mark.django_db


def send(browser, step, **fields):
    return browser.press(CHECK, step=step, seen=step, **fields)


def answer(browser, **fields):
    """The whole check, as its last step sends it."""
    return send(browser, 3, **{**FIRST, **KNEES, **TODAY, **fields})


def text(response):
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def my_data(browser):
    return json.loads(browser.get("/privacy/my-data.json").getvalue())


def hidden(response):
    """What a page carries along, by name."""
    found = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)">', response.content.decode()
    )
    carried = {}
    for name, value in found[1:]:  # the first is the token
        carried.setdefault(name, []).append(unescape(value))
    return carried


def tapped(response):
    """(name, value) of every answer that is chosen on a page."""
    return set(
        re.findall(
            r'<input type="(?:radio|checkbox)" name="(\w+)" value="([^"]*)" checked',
            response.content.decode(),
        )
    )


def test_three_steps_without_a_script_lead_to_a_check(stranger):
    page = stranger.get(CHECK, {"next": "/library/"})
    fields = FIRST
    for more in (KNEES, {**TODAY, "hurts": ["stairs"], "minutes": "20"}):
        page = stranger.press(CHECK, **{**hidden(page), **fields})
        assert page.status_code == 200
        assert not KneeCheck.objects.exists()
        fields = more
    end = stranger.press(
        CHECK, **{**hidden(page), **fields, "csrfmiddlewaretoken": stranger.token()}
    )
    assert (end.status_code, end["Location"]) == (302, "/library/")
    check = KneeCheck.objects.get()
    assert (check.left_now, check.left_week, check.right_now, check.right_week) == (4, 6, 0, 1)
    assert (check.weaker, check.minutes, check.kit, check.experience) == ("left", 20, None, "years")
    assert check.red_flags == []
    assert check.consent == HEALTH_VERSION
    assert str(check.person.pk) in stranger.cookies[COOKIE].value


def test_the_first_line_says_what_is_kept_and_for_how_long(stranger):
    page = text(stranger.get(CHECK))
    assert f"kept on this site only, for {KEPT_DAYS} days, longer only if you sign up" in page
    assert "One tap on this page erases them" in page
    assert page.index("kept on this site") < page.index("How old are you?")


def test_reading_the_questions_makes_nobody_a_visitor(stranger):
    stranger.get(CHECK)
    send(stranger, 1, **FIRST)
    assert not Person.objects.exists()
    assert COOKIE not in stranger.cookies


def test_nothing_is_kept_without_consent(stranger):
    answer = send(stranger, 3, **{**FIRST, **KNEES, **TODAY, "consent": []})
    assert answer.status_code == 400
    assert "Tick this if your answers may be kept" in text(answer)
    assert not KneeCheck.objects.exists()


def test_every_sign_is_asked_in_plain_words(stranger):
    page = text(stranger.get(CHECK))
    assert all(flag.question in page for flag in RED_FLAGS)


@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_sign_stops_and_says_what_to_do(stranger, slug):
    stopped = send(stranger, 1, consent="yes", age_band="adult", red_flags=[slug])
    assert (stopped.status_code, stopped["Location"]) == (302, "/check/advice/")
    page, flag = text(stranger.get("/check/advice/")), BY_SLUG[slug]
    for said in (flag.question, flag.may_mean, flag.how_soon, flag.go_to, flag.say):
        assert said in page
    assert "answer the questions anew" in page
    assert KneeCheck.objects.get().red_flags == [slug]


def test_a_sign_is_answered_even_where_nothing_may_be_kept(stranger):
    page = send(stranger, 1, red_flags=["calf", "none"])
    assert page.status_code == 200
    assert BY_SLUG["calf"].say in text(page)
    assert "Nothing you ticked was kept" in text(page)
    assert not KneeCheck.objects.exists()
    assert not Person.objects.exists()


def test_the_most_urgent_sign_comes_first(stranger):
    page = text(send(stranger, 1, red_flags=["ask-first", "gives-way", "hot-joint"]))
    places = [page.index(BY_SLUG[s].say) for s in ("hot-joint", "gives-way", "ask-first")]
    assert places == sorted(places)


def test_without_a_sign_there_is_no_advice(ada):
    assert ada.get("/check/advice/")["Location"] == CHECK
    answer(ada)
    assert ada.get("/check/advice/")["Location"] == CHECK


def test_under_16_comes_to_its_own_advice_and_may_go_on(stranger):
    page = send(stranger, 1, **{**FIRST, "age_band": "teen"})
    assert all(sentence in text(page) for sentence in UNDER_16.sentences)
    on = stranger.press(CHECK, **hidden(page))
    assert "left_now" in on.content.decode()
    assert hidden(on)["age_band"] == ["teen"]


def test_under_16_with_a_sign_is_stopped_like_everybody(stranger):
    send(stranger, 1, consent="yes", age_band="teen", red_flags=["young-hip"])
    assert KneeCheck.objects.get().red_flags == ["young-hip"]
    assert BY_SLUG["young-hip"].say in text(stranger.get("/check/advice/"))


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("left_now", "11", "You gave “11”. Allowed: a whole number from 0 to 10."),
        ("right_week", "-1", "You gave “-1”. Allowed: a whole number from 0 to 10."),
        ("left_week", [], "Nothing was chosen. Allowed: a whole number from 0 to 10."),
        ("minutes", "4", "You gave “4”. Allowed: a whole number from 5 to 180, or nothing."),
        ("minutes", "١٢", "You gave “١٢”. Allowed: a whole number from 5 to 180, or nothing."),
        ("minutes", "9" * 5000, "9…”. Allowed: a whole number from 5 to 180"),
        ("kit", ["rocket"], "You gave “rocket”. Allowed: “Cushion”, “Chair”"),
        ("hurts", ["stairs", "flying"], "You gave “flying”. Allowed: “Stairs”"),
        ("avoid", ["<b>"], "You gave “<b>”."),
        ("age_band", "old", "You gave “old”. Allowed: “16 or older”, “Under 16”."),
        ("experience", [], "Nothing was chosen. Allowed: “I am new to it”"),
        ("red_flags", [], "Nothing was ticked."),
        ("red_flags", ["flu"], "You gave “flu”."),
        ("consent", ["yes", "yes"], "You gave several answers: “yes”, “yes”. Allowed: one."),
        ("age_band", ["adult", "teen"], "You gave several answers: “adult”, “teen”."),
        ("left_now", ["9", "0"], "You gave several answers: “9”, “0”. Allowed: one."),
        ("minutes", ["10", "20"], "You gave several answers: “10”, “20”. Allowed: one."),
    ],
)
def test_a_wrong_answer_says_what_was_given_and_what_is_allowed(stranger, field, given, said):
    page = answer(stranger, **{field: given})
    assert page.status_code == 400
    assert said in text(page)
    assert f'id="wrong-{field}"' in page.content.decode()
    assert f'href="#ask-{field}"' in page.content.decode()
    assert not KneeCheck.objects.exists()


def test_the_same_of_many_twice_counts_once(ada):
    answer(ada, hurts=["stairs"] * 500, kit_choice="these", kit=["chair", "chair"])
    check = KneeCheck.objects.get()
    assert (check.hurts, check.kit) == (["stairs"], ["chair"])


def test_a_doubtful_consent_is_none_beside_a_sign_too(stranger):
    page = send(stranger, 1, consent=["yes", "no"], age_band="adult", red_flags=["calf"])
    assert "Nothing you ticked was kept" in text(page)
    assert not KneeCheck.objects.exists()


def test_a_wrong_answer_keeps_everything_that_was_typed(stranger):
    page = answer(stranger, minutes="soon", hurts=["stairs"], kit_choice="these", kit=["chair"])
    assert {("kit_choice", "these"), ("kit", "chair"), ("experience", "years")} <= tapped(page)
    assert 'value="soon"' in page.content.decode()
    carried = hidden(page)
    assert carried["hurts"] == ["stairs"]
    assert carried["red_flags"] == ["none"]
    assert carried["left_week"] == ["6"]


def test_a_wrong_answer_of_an_earlier_step_leads_back_to_it(stranger):
    page = answer(stranger, left_now="99", minutes="20")
    assert 'id="wrong-left_now"' in page.content.decode()
    assert hidden(page)["minutes"] == ["20"]


def test_back_keeps_what_was_typed(stranger):
    page = send(stranger, 3, **FIRST, **KNEES, minutes="oops", back="1")
    assert page.status_code == 200
    assert {("left_now", "4"), ("right_week", "1"), ("weaker", "left")} <= tapped(page)
    assert hidden(page)["minutes"] == ["oops"]


def test_the_answers_of_last_time_are_filled_in_but_signs_are_asked_anew(ada):
    answer(ada, hurts=["stairs", "jumping"], kit_choice="these", kit=["chair"], minutes="15")
    first = ada.get(CHECK)
    assert ("age_band", "adult") in tapped(first)
    assert ("consent", "yes") in tapped(first)
    assert not {name for name, _ in tapped(first)} & {"red_flags"}
    second = send(ada, 1, **FIRST)
    assert {("left_now", "4"), ("hurts", "stairs"), ("hurts", "jumping")} <= tapped(second)
    third = ada.press(CHECK, **{**hidden(second), **KNEES})
    assert {("kit_choice", "these"), ("kit", "chair"), ("experience", "years")} <= tapped(third)
    assert 'value="15"' in third.content.decode()


def test_the_newest_check_counts(ada):
    answer(ada)
    send(ada, 1, **{**FIRST, "red_flags": ["calf"]})
    assert ada.get("/check/advice/").status_code == 200
    answer(ada)
    assert ada.get("/check/advice/").status_code == 302
    assert KneeCheck.objects.count() == 3
    assert len({check.consented_at for check in KneeCheck.objects.all()}) == 1


def test_fine_knees_are_one_tap_and_of_a_stranger_nothing_is_kept(stranger):
    page = stranger.press("/check/fine/", next="/library/")
    assert (page.status_code, page["Location"]) == (302, "/library/")
    assert not Person.objects.exists()


def test_fine_knees_replace_what_was_said_before(ada):
    answer(ada)
    assert ada.press("/check/fine/")["Location"] == "/library/"
    assert KneeCheck.objects.order_by("pk").last().fine
    assert ("left_now", "4") in tapped(send(ada, 1, **FIRST))


def test_fine_knees_do_not_take_a_sign_back(ada):
    send(ada, 1, **{**FIRST, "red_flags": ["calf"]})
    assert ada.press("/check/fine/", next="/library/")["Location"] == "/check/advice/"
    assert not KneeCheck.objects.filter(fine=True).exists()
    assert 'action="/check/fine/"' not in ada.get(CHECK).content.decode()


@pytest.mark.parametrize("path", ["/check/fine/", "/check/erase/"])
def test_whoever_is_erased_meanwhile_is_a_stranger(ada, path):
    """Erased after the visitor was found and before the answers are read."""
    answer(ada)
    known = []

    def erase_once_found(execute, query, *rest):
        found = execute(query, *rest)
        if "accounts_person" in query and not known:
            known.append(True)
            person_erase(person=ada.person)
        return found

    with connection.execute_wrapper(erase_once_found):
        assert ada.press(path).status_code == 302
    assert known
    assert not Person.objects.exists()
    assert not KneeCheck.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_was_last_said_is_read_where_nobody_can_erase_it(ada):
    answer(ada)
    within = []

    def note(execute, query, *rest):
        if "training_kneecheck" in query:
            within.append(connection.in_atomic_block)
        return execute(query, *rest)

    with connection.execute_wrapper(note):
        ada.press("/check/fine/")
    assert within
    assert all(within)


def test_one_tap_erases_the_checks_of_one_person(ada, ben):
    answer(ada)
    answer(ben)
    assert "Erase my answers" in text(ada.get(CHECK))
    end = ada.press("/check/erase/")
    assert "Your answers are gone." in text(ada.get(end["Location"]))
    assert KneeCheck.objects.get().person == ben.person


def age(check, days):
    KneeCheck.objects.filter(pk=check.pk).update(created=timezone.now() - timedelta(days=days))


def test_an_old_check_is_asked_again(ada):
    answer(ada)
    assert "has anything changed?" not in text(ada.get(CHECK))
    age(KneeCheck.objects.get(), 8)
    assert "has anything changed?" in text(ada.get(CHECK))


def test_a_check_past_its_days_counts_for_nothing_and_goes_when_another_comes(ada, ben):
    send(ada, 1, **{**FIRST, "red_flags": ["calf"]})
    age(KneeCheck.objects.get(), KEPT_DAYS + 1)
    assert ada.get("/check/advice/")["Location"] == CHECK
    assert "Erase my answers" not in text(ada.get(CHECK))
    answer(ben)
    assert KneeCheck.objects.get().person == ben.person


def test_the_owner_may_purge_old_checks(ada, ben, capsys):
    answer(ada)
    answer(ben)
    age(KneeCheck.objects.get(person=ada.person), KEPT_DAYS + 1)
    call_command("housekeep")
    assert KneeCheck.objects.get().person == ben.person
    assert "old knee checks: 1\n" in capsys.readouterr().out


def test_a_members_check_stays_and_counts_until_it_is_erased():
    mia = member("mia@example.org")
    send(mia, 1, **{**FIRST, "red_flags": ["calf"]})
    age(KneeCheck.objects.get(), 3 * KEPT_DAYS)
    assert checks_purge() == 0
    assert mia.get("/check/advice/").status_code == 200
    assert "until you erase them" in text(mia.get(CHECK))
    mia.press("/check/erase/")
    assert not KneeCheck.objects.exists()


def test_a_start_of_the_site_purges_old_checks(ada):
    answer(ada)
    start.purge()
    age(KneeCheck.objects.get(), KEPT_DAYS + 1)
    start.purge()
    assert not KneeCheck.objects.exists()


def test_checks_are_exported_adopted_and_erased_with_the_person(ada, ben):
    answer(ada, hurts=["stairs"])
    (kept,) = my_data(ada)["knee_checks"]
    assert (kept["left_now"], kept["hurts"], kept["consent"]) == (4, ["stairs"], HEALTH_VERSION)
    assert "One time you told us about your knees." in text(ada.get("/privacy/"))
    person_adopt(giver=ada.person, taker=ben.person)
    assert my_data(ben)["knee_checks"] == [kept]
    assert person_erase(person=ben.person)["knee_checks"] == 1
    assert not KneeCheck.objects.exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:1", "x"]
)
def test_it_leads_nowhere_outside(stranger, elsewhere):
    assert answer(stranger, next=elsewhere)["Location"] == "/library/"


def test_no_answer_is_cached_logged_or_in_an_address(ada, caplog):
    with caplog.at_level(logging.DEBUG):
        pages = [ada.get(CHECK), send(ada, 1, **FIRST), answer(ada), ada.get(CHECK)]
        pages += [send(ada, 1, **{**FIRST, "red_flags": ["calf"]}), ada.get("/check/advice/")]
    for page in pages:
        assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
        assert "?" not in page.get("Location", "")
    said = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not [line for line in said if "calf" in line or "stairs" in line]


def test_a_page_of_the_check_asks_few_queries(ada, django_assert_max_num_queries):
    answer(ada)
    with django_assert_max_num_queries(4):
        ada.get(CHECK)
