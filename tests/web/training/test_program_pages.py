# SPDX-License-Identifier: Apache-2.0
"""The pages of programs: honest for everybody, and for a follower where they are."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine

from hipfirst.web.accounts.actions import person_adopt, person_erase
from hipfirst.web.accounts.queries import person_export
from hipfirst.web.library.models import Document
from hipfirst.web.training.models import Following, Holiday, Reminder, Rhythm, Run
from hipfirst.web.training.program_actions import program_follow
from hipfirst.web.training.program_queries import course_of, followed_sessions
from hipfirst.web.training.rhythm_actions import holiday_add, rhythm_save
from web.conftest import known_visitor
from web.members import member
from web.training.programs import ADDRESS, FREE, OTHER, WEEKS, finished, ledger, program

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("starter")


def text(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def test_everybody_reads_weeks_sessions_and_what_happens(stranger):
    program(access="members")
    page = stranger.get(ADDRESS)
    said = text(page)
    for part in (
        "2 weeks",
        "Focus 1",
        "Focus 2",
        "You miss a day",
        "A knee flares",
        "You are away",
    ):
        assert part in said
    assert said.count("Build: Lower Body Detail") >= 3
    assert "/evidence/dolak-2011/" in page.content.decode()
    assert "Free for all" in said
    assert "no-store" not in page["Cache-Control"]


def test_what_a_week_offers_beside_its_sessions_is_shown_and_is_no_step(stranger):
    row = program(access="members")
    row.body["weeks"][0]["also"] = ["self-test"]
    row.save()
    page = stranger.get(ADDRESS)
    said = text(page)
    assert said.count("Also this week: Test your sides") == 1
    assert said.index("Focus 1") < said.index("Also this week") < said.index("Focus 2")
    assert page.context["session_count"] == 6
    assert '<a href="/sessions/self-test/"' in page.content.decode()


def test_home_names_the_programs_to_whoever_follows_none(stranger, ada):
    program(access="members")
    for browser in (stranger, ada):
        said = text(browser.get("/"))
        assert "Week by week" in said
        assert "Two Weeks , 2 weeks, for members. Two weeks to try." in said
        assert "Go on with" not in said
    assert "No account, no equipment" in text(stranger.get("/"))
    assert "No account" not in text(member("mia@example.org").get("/"))


def test_home_leads_on_with_what_is_followed_and_nobody_else_reads_it(stranger, ada):
    program_follow(person=ada.person, program=program(), now=MONDAY)
    for _ in range(2):
        page = ada.get("/")
        assert "Go on with Two Weeks" in text(page)
        assert 'href="/today/">Go on' in page.content.decode()
        assert "Week by week" not in text(page)
        assert "Go on with" not in text(stranger.get("/"))


def test_what_it_says_of_a_session_is_what_the_session_says(stranger):
    program()
    Document.objects.filter(slug=OTHER).update(members_only=True)
    session = Document.objects.get(kind="session", slug=OTHER)
    lines = re.findall(
        r'<li class="line.*?</li>\s*</ul>', stranger.get(ADDRESS).content.decode(), re.DOTALL
    )
    others = [line for line in lines if f"/sessions/{OTHER}/" in line]
    assert len(lines) == 6
    assert len(others) == 3
    for line in others:
        assert "For members" in line
        assert f"{session.minutes}\u00a0min" in line


def test_a_program_for_members_leads_a_stranger_to_joining_and_to_the_free_sample(stranger):
    program(access="members")
    page = stranger.get(ADDRESS).content.decode()
    assert 'href="/join/"' in page
    assert f'href="/sessions/{FREE}/">Try the free session' in page
    assert "/follow/" not in page
    assert stranger.press(f"{ADDRESS}follow/")["Location"] == "/join/"
    assert Following.objects.count() == 0


def test_a_program_that_is_withdrawn_or_was_never_there_is_not_found(stranger):
    program()
    Document.objects.filter(kind="program").update(published=False)
    for path in (ADDRESS, "/programs/none/"):
        assert stranger.get(path).status_code == 404
        assert stranger.press(f"{path}follow/").status_code == 404


def test_the_list_names_every_program(stranger):
    before = text(stranger.get("/programs/"))
    assert "Two Weeks" not in before
    program(access="members")
    said = text(stranger.get("/programs/"))
    assert "Two Weeks" in said
    assert "For members" in said


def test_a_stranger_may_follow_what_is_free(stranger, clock):
    program()
    answer = stranger.press(f"{ADDRESS}follow/", zone="Pacific/Auckland")
    assert answer["Location"] == "/today/"
    row = Following.objects.get()
    # In Auckland it is evening already, and the same day.
    assert row.started_on == date(2027, 3, 1)
    assert row.person.rhythm.time_zone == "Pacific/Auckland"
    assert "Two Weeks" in text(stranger.get("/today/"))


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "\N{BOMB}"])
def test_a_zone_that_is_none_is_ignored(stranger, zone):
    program()
    assert stranger.press(f"{ADDRESS}follow/", zone=zone).status_code == 302
    assert Rhythm.objects.count() == 0


def test_a_zone_that_was_chosen_stays(ada):
    program()
    rhythm_save(person=ada.person, chosen={"time_zone": "Europe/Vienna"})
    ada.press(f"{ADDRESS}follow/", zone="Asia/Tokyo")
    assert Rhythm.objects.get().time_zone == "Europe/Vienna"


def test_one_program_at_a_time_and_two_presses_are_one(ada, clock):
    first, second = program(), program("other", title="Other")
    ada.press(f"{ADDRESS}follow/")
    ada.press(f"{ADDRESS}follow/")
    assert Following.objects.count() == 1
    assert "You follow Two Weeks now" in text(ada.get("/programs/other/"))
    ada.press("/programs/other/follow/")
    open_now = Following.objects.filter(ended_at=None)
    assert [row.program for row in open_now] == [second.slug]
    assert Following.objects.exclude(ended_at=None).get().program == first.slug


def test_starting_again_begins_at_week_one_and_keeps_the_log(ada, clock):
    program()
    ada.press(f"{ADDRESS}follow/")
    finished(ada.person, FREE, MONDAY)
    clock.move_to(MONDAY + 2 * DAY)
    assert "1 of 6 sessions done" in text(ada.get(ADDRESS))
    ada.press(f"{ADDRESS}follow/", again="1")
    assert "0 of 6 sessions done" in text(ada.get(ADDRESS))
    assert Run.objects.count() == 1


def test_leaving_keeps_the_log_and_may_be_pressed_twice(ada, clock):
    program()
    ada.press(f"{ADDRESS}follow/")
    finished(ada.person, FREE, MONDAY)
    assert ada.press(f"{ADDRESS}leave/")["Location"] == ADDRESS
    assert ada.press(f"{ADDRESS}leave/")["Location"] == ADDRESS
    assert Following.objects.get().ended_at is not None
    assert Run.objects.count() == 1
    assert "sessions done" not in text(ada.get(ADDRESS))


def test_a_withdrawn_program_can_be_left(ada):
    program()
    ada.press(f"{ADDRESS}follow/")
    Document.objects.filter(kind="program").update(published=False)
    assert ada.press(f"{ADDRESS}leave/")["Location"] == "/today/"
    assert not Following.objects.filter(ended_at=None).exists()


def test_the_page_marks_what_is_done_and_what_is_next(ada, clock):
    program()
    ada.press(f"{ADDRESS}follow/")
    finished(ada.person, FREE, MONDAY)
    page = ada.get(ADDRESS)
    html = page.content.decode()
    assert html.count("line--done") == 1
    assert html.count("line--next") == 1
    assert html.index("line--done") < html.index("line--next")
    assert "You are in week 1 of 2" in text(page)
    assert "no-store" in page["Cache-Control"]
    assert "line--done" not in known_visitor().get(ADDRESS).content.decode()


def test_a_session_done_before_its_turn_is_marked_and_the_one_before_stays_next(ada, clock):
    program()
    ada.press(f"{ADDRESS}follow/")
    finished(ada.person, OTHER, MONDAY)
    lines = re.findall(r'<li class="(line[^"]*)"', ada.get(ADDRESS).content.decode())
    assert lines == ["line line--next", "line line--done", *["line"] * 4]


def test_what_was_only_tried_does_no_day(ada, clock):
    program()
    ada.press(f"{ADDRESS}follow/")
    finished(ada.person, FREE, MONDAY, preview=True)
    assert course_of(person=ada.person, now=MONDAY).trained == ()


def test_days_are_those_of_the_place_and_not_of_a_clock_that_is_ahead(ada, clock):
    program()
    rhythm_save(person=ada.person, chosen={"time_zone": "America/Los_Angeles"})
    ada.press(f"{ADDRESS}follow/")
    # Half past two in the night in London is the evening before in Los Angeles.
    late = finished(ada.person, FREE, MONDAY - timedelta(hours=6, minutes=30))
    [told] = course_of(person=ada.person, now=MONDAY).trained
    assert told.on == date(2027, 2, 28)
    Run.objects.filter(pk=late.pk).update(finished_at=MONDAY + 900 * DAY)
    [told] = course_of(person=ada.person, now=MONDAY).trained
    assert told.on == date(2027, 3, 1)


def test_a_course_is_what_is_followed_logged_and_away(ada, clock):
    program()
    ada.press(f"{ADDRESS}follow/")
    holiday_add(person=ada.person, first=date(2027, 3, 10), last=date(2027, 3, 12))
    ledger(ada.person, "grant", MONDAY, days=100)
    ledger(ada.person, "pause", MONDAY + 20 * DAY)
    ledger(ada.person, "resume", MONDAY + 25 * DAY)
    finished(ada.person, "flare-day", MONDAY)
    course = course_of(person=ada.person, now=MONDAY + 30 * DAY)
    assert course.weeks == WEEKS
    assert course.weekdays == {0, 2, 4}
    assert [(each.first, each.last) for each in course.away] == [
        (date(2027, 3, 10), date(2027, 3, 12)),
        (date(2027, 3, 21), date(2027, 3, 25)),
    ]
    assert [(each.session, each.flare) for each in course.trained] == [("flare-day", True)]
    assert followed_sessions(person=ada.person) == {FREE, OTHER}


def test_who_follows_nothing_has_no_course(ada):
    assert course_of(person=ada.person, now=MONDAY) is None
    assert followed_sessions(person=ada.person) == frozenset()


def test_what_a_visitor_began_is_adopted_and_the_own_row_wins(ada, clock):
    program()
    program("other", title="Other")
    mia = member("mia@example.org")
    for browser, slug, zone in ((ada, "two-weeks", "Asia/Tokyo"), (mia, "other", "Europe/Rome")):
        rhythm_save(person=browser.person, chosen={"time_zone": zone})
        browser.press(f"/programs/{slug}/follow/")
        Reminder.objects.create(person=browser.person, day=MONDAY.date())
    holiday_add(person=ada.person, first=date(2027, 3, 10), last=date(2027, 3, 12))
    person_adopt(giver=ada.person, taker=mia.person)
    assert Rhythm.objects.get().time_zone == "Europe/Rome"
    assert Following.objects.get(ended_at=None).program == "other"
    assert Following.objects.filter(person=mia.person).count() == 2
    assert Holiday.objects.get().person == mia.person
    assert Reminder.objects.count() == 1


def test_what_a_visitor_began_goes_on_where_nothing_was(ada, clock):
    program()
    mia = member("mia@example.org")
    ada.press(f"{ADDRESS}follow/", zone="Asia/Tokyo")
    person_adopt(giver=ada.person, taker=mia.person)
    assert Following.objects.get(ended_at=None).person == mia.person
    assert Rhythm.objects.get().person == mia.person


def test_a_copy_holds_all_of_it_but_the_key_of_the_calendar_and_erasing_takes_it(ada, clock):
    program()
    ada.press(f"{ADDRESS}follow/", zone="Asia/Tokyo")
    ada.press("/today/calendar/")
    holiday_add(person=ada.person, first=date(2027, 3, 10), last=date(2027, 3, 12))
    token = Rhythm.objects.get().calendar_token
    copy = {part.name: kept for part, kept in person_export(person=ada.person)}["programs"]
    assert copy["followed"] == [{"program": "two-weeks", "started_on": "2027-03-01", "ended": None}]
    assert copy["rhythm"]["calendar"] is True
    assert copy["days_away"] == [{"first": "2027-03-10", "last": "2027-03-12"}]
    assert token not in str(copy)
    person_erase(person=ada.person)
    assert not any(model.objects.exists() for model in (Following, Rhythm, Holiday, Reminder))


def test_following_needs_a_published_document_and_nothing_of_its_name(ada, clock):
    slug = "anything-else"
    document = program(slug, weeks=((OTHER,),))
    program_follow(person=ada.person, program=document, now=MONDAY)
    said = text(ada.get(f"/programs/{slug}/"))
    assert "1 week" in said
    assert "0 of 1 sessions done" in said
