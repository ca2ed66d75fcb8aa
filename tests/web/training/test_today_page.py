# SPDX-License-Identifier: Apache-2.0
"""/today/: what is to be done, this week, and nothing that scolds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine

from hipfirst.web.library.models import Document
from hipfirst.web.training.models import CheckIn, KneeCheck
from hipfirst.web.training.rhythm_actions import holiday_add, rhythm_save
from web.members import member, signed_in
from web.training.programs import ADDRESS, FREE, OTHER, WEEKS, finished, ledger, program

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SCOLDING = re.compile(
    r"\b(fail|missed|should have|incomplete|lazy|forgot|behind schedule|skipped|overdue|not done)",
    re.IGNORECASE,
)
pytestmark = pytest.mark.usefixtures("starter")


def text(response):
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def states(response):
    """Monday to Sunday."""
    return re.findall(r'class="one-day one-day--(\w+)', response.content.decode())


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def follower(ada, clock):
    """Somebody who began the program on a Monday."""
    program()
    ada.press(f"{ADDRESS}follow/")
    return ada


def test_a_stranger_is_shown_ways_to_begin_and_gets_no_cookie(stranger):
    program(access="members")
    page = stranger.get("/today/")
    said = text(page)
    for way in ("Ask my knees", "Ten Quiet Minutes", "Two Weeks", "for members"):
        assert way in said
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]


def test_on_a_training_day_the_session_can_be_begun(follower):
    page = follower.get("/today/")
    said = text(page)
    assert "Your session today" in said
    assert "Two Weeks , week 1 of 2" in said
    assert states(page) == ["today", "rest", "planned", "rest", "planned", "rest", "rest"]
    assert f'action="/sessions/{FREE}/play/"' in page.content.decode()
    assert follower.press(f"/sessions/{FREE}/play/")["Location"].startswith("/play/")
    assert "Continue" in text(follower.get("/today/"))


def test_on_another_day_the_next_one_is_named_and_can_be_begun_already(follower, clock):
    clock.move_to(MONDAY + DAY)
    page = follower.get("/today/")
    assert "Nothing is planned today. Next, on Wednesday, 3 March:" in text(page)
    assert "begin it today already" in text(page)


@pytest.mark.parametrize("days", [0, 1])
def test_whose_knees_were_never_asked_is_led_to_the_questions_first(follower, clock, days):
    clock.move_to(MONDAY + days * DAY)
    page = follower.get("/today/").content.decode()
    first = re.search(r'class="button button--primary[^"]*"[^>]*>([^<]+)', page)
    assert 'href="/check/?next=%2Ftoday%2F"' in first[0]
    assert first[1] == "Ask my knees first"
    assert "My knees are fine: begin" in page
    assert page.count("button--primary") == 1


@pytest.mark.parametrize(("days", "button"), [(0, "Begin"), (1, "Begin it today already")])
def test_whose_check_in_changed_the_session_is_not_said_to_have_fine_knees(
    follower, clock, days, button
):
    clock.move_to(MONDAY + days * DAY)
    earlier = MONDAY + (days - 1) * DAY
    run = finished(follower.person, OTHER, earlier)
    CheckIn.objects.create(
        person=follower.person,
        kind="hour",
        at=earlier,
        day=earlier,
        left=5,
        right=0,
        run=run,
        consent=2,
    )
    page = follower.get("/today/")
    assert re.search(r"\d+ things are different", text(page))
    assert (
        re.findall(r'<button class="button[^"]*" type="submit">([^<]+)', page.content.decode())[0]
        == button
    )
    assert "Ask my knees first" in text(page)
    assert "My knees are fine" not in text(page)


def test_a_session_that_was_begun_goes_on_on_any_day(follower, clock):
    follower.press(f"/sessions/{FREE}/play/")
    clock.move_to(MONDAY + DAY)
    said = text(follower.get("/today/"))
    assert "You have begun this session:" in said
    assert "Continue" in said
    assert "Nothing is planned today" not in said


def test_what_was_done_is_done_for_today(follower, clock):
    finished(follower.person, FREE, MONDAY - timedelta(hours=1))
    page = follower.get("/today/")
    assert "Done for today. Next, on Wednesday, 3 March:" in text(page)
    assert "More today? There is no need" in text(page)
    assert states(page)[0] == "done"
    assert "1 of 6 sessions done" in text(page)


def test_a_flare_counts_for_the_day_and_the_session_it_stood_for_is_next(follower, clock):
    finished(follower.person, "flare-day", MONDAY)
    page = follower.get("/today/")
    assert states(page)[:3] == ["flare", "rest", "planned"]
    assert "Flare Day, and it counts" in text(page)
    assert "0 of 6 sessions done" in text(page)
    assert "You have begun." in text(page)


def flaring(browser):
    """A knee check of a knee that hurts very much."""
    pains = {"left_now": 8, "left_week": 8, "right_now": 0, "right_week": 0}
    KneeCheck.objects.create(
        person=browser.person, consent=1, age_band="adult", created=MONDAY, **pains
    )


def test_a_knee_that_flares_today_is_offered_flare_day(follower):
    flaring(follower)
    said = text(follower.get("/today/"))
    assert "Flare Day takes its place today" in said
    assert "counts for your day and your streak" in said
    assert "Begin Flare Day" in said


@pytest.mark.parametrize(("days", "trained"), [(0, True), (1, False)])
def test_of_a_session_of_another_day_nothing_takes_the_place_today(follower, clock, days, trained):
    flaring(follower)
    if trained:
        finished(follower.person, FREE, MONDAY - timedelta(hours=1))
    clock.move_to(MONDAY + days * DAY)
    said = text(follower.get("/today/"))
    assert "As your knees are now, Flare Day takes its place, " in said
    assert "takes its place today" not in said


def test_what_is_different_for_the_knees_is_said_with_its_reason(follower):
    KneeCheck.objects.create(
        person=follower.person,
        consent=1,
        age_band="adult",
        left_now=4,
        left_week=4,
        right_now=0,
        right_week=0,
        hurts=["stairs", "squatting"],
        created=MONDAY,
    )
    said = text(follower.get("/today/"))
    assert re.search(r"\d+ min · \d+ things? (is|are) different today", said)
    assert "Bent-knee pressure hurts you today." in said


def test_of_a_day_to_come_nothing_is_said_to_be_different_today(follower, clock):
    KneeCheck.objects.create(
        person=follower.person,
        consent=1,
        age_band="adult",
        left_now=4,
        left_week=4,
        right_now=0,
        right_week=0,
        hurts=["stairs", "squatting"],
        created=MONDAY,
    )
    clock.move_to(MONDAY + DAY)
    said = text(follower.get("/today/"))
    assert re.search(r"\d+ things? (is|are) different, as your knees are now", said)
    assert "Begin it today already" in said


def test_a_day_that_went_by_and_days_away_are_said_without_scolding(follower, clock):
    holiday_add(person=follower.person, first=date(2027, 3, 5), last=date(2027, 3, 7))
    clock.move_to(MONDAY + 3 * DAY)
    page = follower.get("/today/")
    assert states(page) == ["open", "rest", "open", "rest", "away", "away", "away"]
    assert "That costs nothing" in text(page)
    assert "You are away from Friday, 5 March to Sunday, 7 March." in text(page)
    assert "Moved to a later day" in text(page)
    assert not SCOLDING.search(text(page))


def test_weeks_in_a_row_are_counted_over_days_away(follower, clock):
    finished(follower.person, FREE, MONDAY)
    holiday_add(person=follower.person, first=date(2027, 3, 8), last=date(2027, 3, 14))
    finished(follower.person, OTHER, MONDAY + 14 * DAY)
    clock.move_to(MONDAY + 15 * DAY)
    assert "2 weeks in a row." in text(follower.get("/today/"))


def test_no_one_session_is_said_to_be_enough_for_a_week(follower):
    assert "One session of any kind in a week begins a streak." in text(follower.get("/today/"))
    finished(follower.person, FREE, MONDAY)
    assert "One session of any kind in a week keeps your streak." in text(follower.get("/today/"))


def test_what_follows_this_week_is_named(follower, clock):
    clock.move_to(MONDAY + 4 * DAY)
    said = text(follower.get("/today/"))
    assert "Then: Mon 8 Mar Seated and Strong Wed 10 Mar Build: Lower Body Detail" in said


def test_a_named_sign_stops_the_session_and_not_the_page(follower):
    KneeCheck.objects.create(
        person=follower.person, consent=1, red_flags=["locked"], created=MONDAY
    )
    page = follower.get("/today/")
    assert "Please have it looked at first" in text(page)
    assert 'href="/check/advice/"' in page.content.decode()
    assert "/play/" not in page.content.decode()
    assert len(states(page)) == 7
    now = page.content.decode().split('aria-current="date"')[1].split("</li>")[0]
    assert "Waits" in now
    assert "Build" not in now


def test_who_did_all_of_it_may_start_again(follower, clock):
    for number, session in enumerate(sum(WEEKS, ())):
        finished(follower.person, session, MONDAY + 2 * number * DAY)
    clock.move_to(MONDAY + 12 * DAY)
    assert "You did all of Two Weeks" in text(follower.get("/today/"))
    follower.press(f"{ADDRESS}follow/", again="1")
    assert "0 of 6 sessions done" in text(follower.get("/today/"))


@pytest.fixture
def mia(clock):
    """A member for thirty days who follows a program for members."""
    program(access="members")
    mia = member("mia@example.org")
    ledger(mia.person, "grant", MONDAY - DAY, days=30)
    mia.press(f"{ADDRESS}follow/")
    return mia


def test_a_member_is_shown_the_session(mia):
    assert "Your session today" in text(mia.get("/today/"))


def test_of_a_paused_membership_the_place_is_kept(mia, clock):
    finished(mia.person, FREE, MONDAY)
    ledger(mia.person, "pause", MONDAY + DAY)
    clock.move_to(MONDAY + 3 * DAY)
    page = mia.get("/today/")
    assert "Your membership is paused" in text(page)
    assert "1 of 6 sessions are done" in text(page)
    assert "Ten Quiet Minutes" in text(page)
    assert states(page) == ["done", "away", "away", "away", "away", "away", "away"]


def test_days_of_grace_are_named_with_their_end(mia, clock):
    assert "Renew it" not in text(mia.get("/today/"))
    clock.move_to(MONDAY + 31 * DAY)
    mia = signed_in(mia.account)
    for address in ("/today/", ADDRESS):
        page = mia.get(address)
        said = "ended on 30 March 2027. Everything stays open until 6 April 2027. Renew it"
        assert said in text(page)
        assert 'href="/join/">Renew it' in page.content.decode()


@pytest.mark.parametrize("left", [False, True])
def test_who_paused_is_offered_no_membership(mia, clock, left):
    if left:
        mia.press(f"{ADDRESS}leave/")
    ledger(mia.person, "pause", MONDAY + DAY)
    clock.move_to(MONDAY + 3 * DAY)
    page = signed_in(mia.account).get(ADDRESS)
    assert "Your membership is paused" in text(page)
    assert "How to be a member" not in text(page)
    assert 'href="/account/membership/">Take it up again' in page.content.decode()


def test_when_a_membership_is_over_what_was_done_stays(mia, clock):
    finished(mia.person, FREE, MONDAY + 28 * DAY)
    clock.move_to(MONDAY + 40 * DAY)
    mia = signed_in(mia.account)
    page = mia.get("/today/")
    assert "Your membership ended on" in text(page)
    assert "1 of 6 sessions are done" in text(page)
    assert f'action="/sessions/{OTHER}/play/"' not in page.content.decode()
    assert not SCOLDING.search(text(page))
    assert mia.press(f"{ADDRESS}leave/").status_code == 302


QUIET = "ten-quiet-minutes"
"""A session that is done on the floor."""


def seated_only(browser):
    """A knee check of somebody who neither stands nor gets down."""
    calm = dict.fromkeys(("left_now", "left_week", "right_now", "right_week"), 0)
    avoid = ["floor", "standing"]
    KneeCheck.objects.create(
        person=browser.person, consent=2, age_band="adult", avoid=avoid, **calm
    )


def test_a_session_of_which_nothing_is_left_is_passed_over_while_that_is_so(ada, clock):
    program(weeks=((QUIET, OTHER), (QUIET, OTHER)))
    ada.press(f"{ADDRESS}follow/")
    seated_only(ada)
    page = ada.get("/today/")
    assert f'action="/sessions/{OTHER}/play/"' in page.content.decode()
    assert "nothing is left for today" not in text(page)
    assert "0 of 4 sessions" in text(page)
    KneeCheck.objects.update(avoid=[])
    assert f'action="/sessions/{QUIET}/play/"' in ada.get("/today/").content.decode()


def test_where_nothing_is_left_of_any_session_the_first_says_why(ada, clock):
    program(weeks=((QUIET,), (QUIET,)))
    ada.press(f"{ADDRESS}follow/")
    seated_only(ada)
    page = ada.get("/today/")
    assert "nothing is left for today" in text(page)
    assert "#rule-avoid-floor" in page.content.decode()
    assert not SCOLDING.search(text(page))


def test_the_day_is_the_persons_own(follower, clock):
    rhythm_save(person=follower.person, chosen={"time_zone": "Pacific/Auckland"})
    clock.move_to(MONDAY + timedelta(hours=13))
    assert "Tuesday, 2 March" in text(follower.get("/today/"))


def test_a_program_that_is_withdrawn_leaves_the_ways_to_begin(follower):
    Document.objects.filter(kind="program").update(published=False)
    assert "How would you like to begin?" in text(follower.get("/today/"))


def test_a_session_that_is_withdrawn_is_said_to_be(follower):
    Document.objects.filter(kind="session", slug=FREE).update(published=False)
    assert "not published at the moment" in text(follower.get("/today/"))
