# SPDX-License-Identifier: Apache-2.0
"""The page for a professional: made, shown by a link, and over."""

from __future__ import annotations

import re
import sys
import zlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.formats import date_format
from PIL import ImageFile

from hipfirst.web.accounts.actions import account_delete, account_keep, consent_withdraw
from hipfirst.web.accounts.contract import registered
from hipfirst.web.progress import pdf
from hipfirst.web.progress.actions import (
    DAILY_AT_MOST,
    LIVE_AT_MOST,
    report_end,
    report_make,
    reports_purge,
    token_hash,
)
from hipfirst.web.progress.errors import TooManyReports
from hipfirst.web.progress.models import Report
from hipfirst.web.progress.report import MAX_LINES, MAX_QUESTIONS, PARTS, Body, Wish, body_of
from hipfirst.web.training.models import CheckIn, KneeCheck
from hipfirst.web.training.rhythm_actions import rhythm_save
from web.conftest import run_of
from web.members import member
from web.progress.weeks import tell
from web.training.events import batch, event, url

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
PAINS = [(7, 5), (6, 5), (6, 4), (5, 5), (5, 5), (4, 4), (4, 5), (3, 5), (3, 5)]
CHOSEN = {"parts": list(PARTS), "weeks": "8", "days": "14", "name": "", "questions": ""}
WISH = Wish(parts=frozenset(PARTS), weeks=8)
LINK = re.compile(r'value="http://testserver(/report/[^"]+/)"')


@pytest.fixture
def told(starter):
    """Ada, who has an account, with nine weeks behind her."""
    ada = member("ada@example.org")
    tell(ada.person, *PAINS, first=timezone.now().date() - timedelta(weeks=8))
    return ada


def made_by(browser, **fields):
    """Make a page; the answer that shows it, and the address of its link."""
    answer = browser.press("/progress/report/", **{**CHOSEN, **fields})
    assert answer.status_code == 302, answer.content.decode()
    page = browser.get(answer["Location"])
    return answer["Location"], LINK.search(page.content.decode())[1]


def test_the_link_is_shown_once_and_its_secret_is_kept_nowhere(told):
    own, link = made_by(told)
    assert LINK.search(told.get(own).content.decode()) is None
    token = link.split("/")[2]
    assert len(token) == 43
    row = Report.objects.get()
    assert row.token_sha256 == token_hash(token)
    assert token not in str(row.body)


def test_whoever_has_the_link_reads_it_and_nothing_else(told, stranger):
    _own, link = made_by(told, questions="May I run again?", name="Ada L.")
    answer = stranger.get(link)
    page = answer.content.decode()
    for words in ("Knees and training of Ada L.", "May I run again?", "Left knee: Better"):
        assert words in page
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert "site-nav" not in page
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies


def test_openings_by_others_are_counted_and_ones_own_are_not(told, stranger):
    _own, link = made_by(told)
    stranger.get(link)
    stranger.get(link)
    stranger.head(link)
    told.get(link)
    assert Report.objects.get().opened == 2
    assert "opened 2 times" in told.get("/progress/report/").content.decode()


@pytest.mark.parametrize("days", [7, 14, 30])
def test_it_ends_by_itself_and_looks_like_one_that_never_was(told, stranger, days):
    _own, link = made_by(told, days=str(days))
    unknown = stranger.get("/report/never-was/")
    assert unknown.status_code == 410
    with time_machine.travel(timezone.now() + timedelta(days=days, minutes=-1), tick=False):
        assert stranger.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=days, minutes=1), tick=False):
        over = stranger.get(link)
        assert stranger.get(f"{link}pdf").status_code == 410
    assert (over.status_code, over.content) == (410, unknown.content)


def test_it_is_ended_by_its_person_alone(told, ben, stranger):
    own, link = made_by(told)
    for other in (ben, stranger):
        assert other.get(own).status_code == 404
        assert other.get(f"{own}pdf").status_code == 404
        assert other.press(f"{own}end/").status_code == 404
    assert stranger.get(link).status_code == 200
    assert told.press(f"{own}end/").status_code == 302
    assert stranger.get(link).status_code == 410
    assert told.get(own).status_code == 200


def test_only_what_was_chosen_is_kept(told):
    made_by(told, parts=["hurts"])
    body = Body.model_validate(Report.objects.get().body)
    assert (body.told, body.done, body.signs, body.hurts) == (None, None, None, ())


@pytest.mark.parametrize(
    "fields",
    [
        {"parts": []},
        {"parts": ["everything"]},
        {"weeks": "5"},
        {"days": "365"},
        {"questions": "x" * (MAX_QUESTIONS + 1)},
        {"name": "x" * 81},
    ],
)
def test_what_is_not_allowed_is_said_beside_it(told, fields):
    answer = told.press("/progress/report/", **{**CHOSEN, **fields})
    assert answer.status_code == 400
    assert "ask__error" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_question_alone_is_enough(told, stranger):
    _own, link = made_by(told, parts=[], questions="<b>May I?</b>")
    page = stranger.get(link).content.decode()
    assert "&lt;b&gt;May I?&lt;/b&gt;" in page
    assert "<svg" not in page


def test_of_no_session_no_sets_are_counted(told, stranger):
    page = stranger.get(made_by(told, parts=["done"])[1]).content.decode()
    assert "0 sessions." in page
    assert "sets" not in page


def test_it_stays_as_it_was_made(told, stranger):
    _own, link = made_by(told)
    CheckIn.objects.all().delete()
    assert "Left knee: Better" in stranger.get(link).content.decode()


def test_so_many_links_and_no_more(told):
    for _n in range(LIVE_AT_MOST):
        report_make(person=told.person, wish=WISH, days=7, now=timezone.now())
    answer = told.press("/progress/report/", **CHOSEN)
    assert answer.status_code == 429
    assert "End one of them" in answer.content.decode()
    with pytest.raises(TooManyReports):
        report_make(person=told.person, wish=WISH, days=7, now=timezone.now())
    later = timezone.now() + timedelta(days=8)
    assert report_make(person=told.person, wish=WISH, days=7, now=later).report.pk


def test_a_stranger_has_nothing_to_show(starter, stranger):
    assert "nothing to show yet" in stranger.get("/progress/report/").content.decode()
    assert stranger.press("/progress/report/", **CHOSEN)["Location"] == "/progress/"
    assert not Report.objects.exists()


def test_sessions_hurts_and_signs_stand_on_it(told, stranger):
    run = run_of(told)
    slot = run.timeline.body["slots"][0]
    hurt = {"slot": slot["id"], "rung": 0, "where": "left", "pain": 6}
    done = {"slot": slot["id"], "rung": 0, "bout": 0, "reps": 9, "seconds": 30.0, "complete": True}
    at = timezone.now().isoformat()
    events = [
        event(1, "done", **done, at=at),
        event(2, "hurt", **hurt, at=at),
        event(3, "finished", at=at),
    ]
    assert told.send(url(run), batch(*events)).status_code == 200
    KneeCheck.objects.create(person=told.person, consent=2, age_band="adult", red_flags=[])
    CheckIn.objects.filter(person=told.person).update(swelling=True)
    page = stranger.get(made_by(told)[1]).content.decode()
    name = slot["rungs"][0]["name"]
    assert f"<td>{name}</td><td>left knee, 6 of 10</td>" in page
    assert f"{name} (1)" in page
    # What was stepped over took no time: no minutes are claimed.
    assert "One session. One set was done in all." in page
    assert "minutes" not in page
    assert "None was answered with yes." in page
    assert "New swelling was told on:" in page


def test_weeks_that_found_no_room_are_counted_in_the_last_row(told, stranger):
    for week in range(8):
        for _n in range(2):
            run = run_of(told)
            run.status = run.Status.FINISHED
            run.planned = run.finished_at = timezone.now() - timedelta(weeks=week)
            run.save()
    page = stranger.get(made_by(told)[1]).content.decode()
    table = page.split("16 sessions. 0 sets were done in all.")[1].split("</table>")[0]
    assert table.count("<td>2 sessions</td>") == 6
    assert '<th scope="row">earlier</th><td>4 sessions</td>' in table


def test_what_found_no_room_is_counted(told, stranger):
    made_by(told)
    row = Report.objects.get()
    token = "t" * 43
    row.token_sha256 = token_hash(token)
    row.body["done"] |= {"minutes": 51, "sets": None}  # as pages of before have it
    row.body["done"] |= {"gains": [{"name": "Left", "says": "more"}], "gains_more": 2}
    row.body["done"] |= {"movements": [{"name": "Clam", "says": "3"}], "movements_more": 5}
    row.body["signs"] |= {"swollen": ["2026-03-02"], "swollen_more": 1}
    row.body["told"] = [
        {**row.body["told"][0], "day": str(timezone.now().date() - timedelta(weeks=n))}
        for n in reversed(range(12))
    ]
    row.save()
    page = stranger.get(f"/report/{token}/").content.decode()
    for words in (
        "And 2 more that changed less.",
        "Clam (3), and 5 more.",
        "2 March 2026, and on one earlier day.",
        "3 earlier weeks stand in the charts.",
    ):
        assert words in page


def test_what_is_over_is_erased_after_a_month(told):
    kept, gone = (
        report_make(person=told.person, wish=WISH, days=days, now=NOW).report for days in (30, 7)
    )
    assert reports_purge(NOW + timedelta(days=38)) == 1
    assert list(Report.objects.all()) == [kept]
    Report.objects.filter(pk=kept.pk).update(ended_at=NOW)
    assert reports_purge(NOW + timedelta(days=31)) == 1
    assert gone.pk != kept.pk


def a_page_of(person, *, days=30, now=None, parts=PARTS):
    wish = Wish(parts=frozenset(parts), weeks=8)
    return report_make(person=person, wish=wish, days=days, now=now or timezone.now()).report


def test_a_page_of_a_visitor_ends_with_the_oldest_telling_on_it(starter, ada):
    tell(ada.person, *PAINS, first=timezone.now().date() - timedelta(weeks=8))
    page = a_page_of(ada.person)
    shown = Body.model_validate(page.body).told
    oldest = CheckIn.objects.filter(day=shown[0].day).get()
    assert len(shown) == 5
    assert page.expires_at == oldest.at + timedelta(days=30) > timezone.now()
    assert reports_purge(page.expires_at - timedelta(minutes=1)) == 0
    assert reports_purge(page.expires_at) == 1


def test_so_it_does_with_an_old_knee_check(starter, ada):
    asked = timezone.now() - timedelta(days=20)
    KneeCheck.objects.create(person=ada.person, consent=2, created=asked, red_flags=[])
    assert a_page_of(ada.person).expires_at == asked + timedelta(days=30)
    hurts = a_page_of(ada.person, days=14, parts=["hurts"], now=NOW)
    assert hurts.expires_at == NOW + timedelta(days=14)


def week_checked(person, ago, left=8, right=1):
    """A knee check that asked for the worst of the week."""
    pains = {"left_now": 0, "right_now": 0, "left_week": left, "right_week": right}
    return KneeCheck.objects.create(person=person, consent=2, created=timezone.now() - ago, **pains)


def test_weeks_of_knee_checks_stand_on_it_and_go_with_them(told, stranger):
    week_checked(told.person, timedelta(weeks=2, days=3))
    link, other = (made_by(told, parts=parts)[1] for parts in (["knees"], ["hurts"]))
    days = [line.day for line in Body.model_validate(Report.objects.earliest("created").body).told]
    assert (timezone.now() - timedelta(weeks=2, days=3)).date() in days
    told.press("/check/erase/")
    assert (stranger.get(link).status_code, stranger.get(other).status_code) == (410, 200)


def test_a_page_of_weeks_of_knee_checks_outlives_erased_check_ins_and_not_its_month(starter, ada):
    check = week_checked(ada.person, timedelta(days=20))
    page = a_page_of(ada.person, parts=["knees"])
    assert page.expires_at == check.created + timedelta(days=30)
    ada.press("/check-in/erase/")
    assert Report.objects.filter(pk=page.pk).exists()


def told_after(person, *rows):
    """Check-ins after sessions: kind, days ago, left and right."""
    for n, (kind, ago, left, right) in enumerate(rows):
        at = timezone.now() - timedelta(days=ago, minutes=len(rows) - n)
        CheckIn.objects.create(
            person=person, kind=kind, at=at, day=at.date(), left=left, right=right, consent=2
        )


def test_the_worst_after_sessions_stands_on_it_for_each_knee(told, stranger):
    told_after(
        told.person,
        ("hour", 100, 10, 10),  # before the weeks that were chosen
        ("hour", 20, 5, 0),
        ("hour", 9, 9, 9),
        ("hour", 9, 3, 1),  # corrected
        ("morning", 8, 4, 2),
        ("morning", 3, 4, 0),
    )
    page = stranger.get(made_by(told, parts=["knees"])[1]).content.decode()
    left, right = (part.split("</section>")[0] for part in page.split("sheet__knee knee--")[1:])
    day = {ago: date_format((timezone.now() - timedelta(days=ago)).date()) for ago in (20, 9, 8, 3)}
    assert (
        f"At worst an hour after a session: 5 of 10, on {day[20]}. "
        f"At worst the morning after one: 4 of 10, on {day[3]}." in left
    )
    assert (
        f"At worst an hour after a session: 1 of 10, on {day[9]}. "
        f"At worst the morning after one: 2 of 10, on {day[8]}." in right
    )
    other = stranger.get(made_by(told, parts=["hurts"])[1]).content.decode()
    assert "At worst" not in other
    assert "trend, weeks, after sessions" in told.get("/progress/report/").content.decode()


def test_what_was_told_after_sessions_goes_with_the_check_ins(starter, ada):
    told_after(ada.person, ("hour", 20, 5, 0))
    page = a_page_of(ada.person, parts=["knees"])
    assert page.expires_at == CheckIn.objects.get().at + timedelta(days=30)
    ada.press("/check-in/erase/")
    assert not Report.objects.exists()


def test_a_page_that_a_visitor_ended_goes_at_once(starter, ada):
    report_end(report=a_page_of(ada.person, parts=["hurts"]), now=NOW)
    assert reports_purge(NOW) == 1


def test_erased_check_ins_take_the_pages_that_show_them(told, stranger):
    _own, link = made_by(told)
    _own, other = made_by(told, parts=["hurts", "tests"])
    assert "their links open nothing then" in told.get("/check-in/answer/").content.decode()
    assert told.press("/check-in/erase/").status_code == 302
    assert (stranger.get(link).status_code, stranger.get(other).status_code) == (410, 200)


def test_erased_answers_take_the_pages_that_show_them(told, stranger):
    KneeCheck.objects.create(person=told.person, consent=2, red_flags=["swollen"])
    link, other = (made_by(told, parts=parts)[1] for parts in (["signs"], ["knees", "hurts"]))
    assert "Is the knee visibly swollen" in stranger.get(link).content.decode()
    page = told.get(told.press("/check/erase/")["Location"]).content.decode()
    assert "their links open nothing now" in page
    assert (stranger.get(link).status_code, stranger.get(other).status_code) == (410, 200)
    assert Report.objects.count() == 1


def test_a_page_that_says_that_nobody_asked_stays(told, stranger):
    link = made_by(told, parts=["signs"])[1]
    told.press("/check/erase/")
    assert stranger.get(link).status_code == 200


def test_withdrawn_consent_ends_every_link(told, stranger):
    _own, link = made_by(told, parts=["hurts"])
    consent_withdraw(person=told.person, purpose="health")
    assert stranger.get(link).status_code == 410


def test_while_an_account_is_about_to_be_erased_its_links_are_closed(told, stranger):
    _own, link = made_by(told)
    account_delete(account=told.account, now=timezone.now())
    assert stranger.get(link).status_code == 410
    assert stranger.get(f"{link}pdf").status_code == 410
    account_keep(account=told.account)
    assert stranger.get(link).status_code == 200


def test_the_link_of_a_visitor_opens(starter, ada, stranger):
    made = report_make(person=ada.person, wish=WISH, days=7, now=timezone.now())
    assert stranger.get(f"/report/{made.token}/").status_code == 200


def test_days_are_those_of_the_person(told):
    rhythm_save(person=told.person, chosen={"time_zone": "Pacific/Auckland"})
    evening = datetime(2026, 11, 23, 20, tzinfo=UTC)
    KneeCheck.objects.create(person=told.person, consent=2, created=evening, red_flags=[])
    body = body_of(person=told.person, wish=WISH, now=evening)
    assert body.made_on.day == body.signs.asked_on.day == 24


def test_copies_hold_the_page_and_no_secret(told):
    made = report_make(person=told.person, wish=WISH, days=7, now=timezone.now())
    part = next(part for part in registered() if part.name == "reports")
    copy = part.export(told.person)
    assert copy[0]["page"]["told"]
    assert made.report.token_sha256 not in str(copy)
    assert (part.health, part.count(told.person), part.erase(told.person)) == (True, 1, 1)


def test_where_pdfs_are_made_cut_off_pictures_are_still_refused():
    """WeasyPrint would have them accepted in the whole process, where the logo is read."""
    assert pdf.is_possible()
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


def inflated(pdf):
    """A PDF with its streams unpacked."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(map(_unpacked, found))


def _unpacked(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_the_file_is_one_tagged_page(told, stranger):
    pytest.importorskip("weasyprint")
    told_after(told.person, ("hour", 9, 5, 5), ("morning", 8, 4, 4))
    own, link = made_by(told, questions="Why? " * 200, name="N" * 80)
    for browser, address in ((told, f"{own}pdf"), (stranger, f"{link}pdf")):
        answer = browser.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-1.7")
        whole = inflated(answer.content)
        assert len(re.findall(rb"/Type\s*/Page\b", whole)) == 1
        for tagged in (b"pdfuaid", b"/StructTreeRoot", b"/Lang (en)"):
            assert tagged in whole
        assert "no-store" in answer["Cache-Control"]


def test_without_the_library_one_gets_to_the_page_that_prints(told, stranger, monkeypatch, caplog):
    own, link = made_by(told)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    for browser, address in ((told, own), (stranger, link)):
        answer = browser.get(f"{address}pdf")
        assert (answer.status_code, answer["Location"]) == (302, address)
        assert "Print in the menu" in browser.get(address).content.decode()
    assert caplog.text == ""


def test_no_word_of_the_page_and_no_key_reaches_a_log(told, stranger, caplog):
    pytest.importorskip("weasyprint")
    own, link = made_by(told, name="王芳", questions="膝盖疼吗 𒀀")
    assert told.get(f"{own}pdf").status_code == 200
    assert caplog.text == ""
    assert stranger.post(link).status_code in {403, 405}
    told.press(f"{own}end/")
    assert stranger.get(f"{link}pdf").status_code == 410
    assert "/report/***/pdf" in caplog.text
    assert link.split("/")[2] not in caplog.text


def test_many_lines_are_refused_and_blank_ones_folded(told):
    lines = "\r\n".join(f"line {n}" for n in range(MAX_LINES + 1))
    refused = told.press("/progress/report/", **{**CHOSEN, "questions": lines})
    assert refused.status_code == 400
    assert "You gave 16 lines; allowed are 15" in refused.content.decode()
    made_by(told, questions="One?" + "\r\n \r\n" * 30 + "Two?")
    assert Report.objects.get().body["questions"] == "One?\n\nTwo?"


def test_what_is_hopelessly_long_is_laid_out_once(told, monkeypatch):
    pytest.importorskip("weasyprint")
    own, _link = made_by(told)
    row = Report.objects.get()
    row.body["questions"] = "x\n" * 490
    row.save()
    sizes, laid_out = [], pdf._laid_out

    def counted(*args):
        sizes.append(args[-1])
        return laid_out(*args)

    monkeypatch.setattr(pdf, "_laid_out", counted)
    assert told.get(f"{own}pdf").status_code == 200
    assert sizes == [pdf.SIZES_PT[0]]


def test_ended_links_count_for_their_day(told):
    for _n in range(DAILY_AT_MOST):
        made = report_make(person=told.person, wish=WISH, days=7, now=NOW)
        report_end(report=made.report, now=NOW)
    with pytest.raises(TooManyReports, match="in one day"):
        report_make(person=told.person, wish=WISH, days=7, now=NOW + timedelta(hours=23))
    assert report_make(person=told.person, wish=WISH, days=7, now=NOW + timedelta(hours=25))
