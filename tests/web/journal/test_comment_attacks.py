# SPDX-License-Identifier: Apache-2.0
"""What somebody with bad intent sends: more than a form has, to where it does not belong."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from hipfirst.web.accounts.actions import person_adopt, person_erase, visitor_create
from hipfirst.web.journal.comment_actions import comment_report, comment_write
from hipfirst.web.journal.mail_choice import choice_save
from hipfirst.web.journal.models import Comment, MailChoice, Notice, Report
from hipfirst.web.journal.person_data import COMMENTS
from web.journal.conftest import NOON, say

State = Comment.State
ADD = "/comments/on/session/bridge/"
EXTRA = {
    "author": "1",
    "author_id": "1",
    "state": "shown",
    "html": "<script>alert(1)</script>",
    "pinned": "on",
    "alarms": "[]",
    "held_for": "",
    "root": "1",
    "answers": "1",
    "discussion": "1",
    "created": "2000-01-01",
    "edited": "2000-01-01",
    "id": "1",
    "pk": "1",
    "name": "Moderator",
    "role": "owner",
    "email": "x@example.org",
}


def test_a_form_takes_nothing_but_its_fields(nick, mia, bridge, at):
    old = say(mia, bridge, "Mine.")
    at(nick).press(ADD, body="Hello.", **EXTRA)
    comment = Comment.objects.get(author=nick)
    assert (comment.state, comment.pinned, comment.html) == (State.HELD, False, "<p>Hello.</p>\n")
    assert (comment.root, comment.answers, comment.held_for) == (None, None, "first")
    assert comment.created.year > 2000
    at(nick).press(f"/comments/{comment.pk}/edit/", body="Changed.", **EXTRA)
    comment.refresh_from_db()
    assert (comment.state, comment.pinned, comment.html) == (State.HELD, False, "<p>Changed.</p>\n")
    assert comment.author == nick
    old.refresh_from_db()
    assert old.body == "Mine."
    nick.refresh_from_db()
    assert (nick.name, nick.role, nick.email) == ("Nick", "member", "nick@example.org")


def test_a_report_takes_nothing_but_its_fields(nick, mia, bridge, at):
    comment = say(mia, bridge)
    fields = {"reason": "ad", "account": str(mia.pk), "settled_at": "2000-01-01", "comment": "1"}
    at(nick).press(f"/comments/{comment.pk}/report/", **fields)
    report = Report.objects.get()
    assert (report.account, report.comment, report.settled_at) == (nick, comment, None)


@pytest.mark.parametrize("reason", ["", "HARM", "x" * 100, "harm\x00"])
def test_a_report_has_one_of_the_reasons(reason, nick, mia, bridge, at):
    comment = say(mia, bridge)
    answer = at(nick).press(f"/comments/{comment.pk}/report/", reason=reason, note="Kept.")
    assert answer.status_code == 400
    assert "Kept." in answer.content.decode()


def test_a_note_has_its_limit_and_comes_back(nick, mia, bridge, at):
    comment, note = say(mia, bridge), "n" * 501
    answer = at(nick).press(f"/comments/{comment.pk}/report/", reason="ad", note=note)
    assert answer.status_code == 400
    assert note in answer.content.decode()


@pytest.mark.parametrize("state", [State.HELD, State.HIDDEN, State.DELETED])
@pytest.mark.parametrize("do", ["", "thread/", "reply/", "edit/", "delete/", "report/", "advice/"])
def test_a_guessed_number_says_nothing(state, do, *, nick, mia, bridge, at):
    comment = say(nick, bridge, state=state)
    missing = Comment.objects.order_by("-pk")[0].pk + 1
    for who in (None, mia):
        given, none = (at(who).get(f"/comments/{pk}/{do}") for pk in (comment.pk, missing))
        assert given.status_code == none.status_code == 404
        pages = {}
        for pk in (comment.pk, missing):
            posted = at(who).press(f"/comments/{pk}/{do}", body="x", reason="ad")
            # Whoever was signed out while changing something gets back what they typed.
            back = (403,) if do == "edit/" and who is None else ()
            assert posted.status_code in (back or (404, 405))
            page = posted.content.decode().replace(f"/comments/{pk}/", "/comments/")
            page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
            pages[pk] = page.replace(f"%2Fcomments%2F{pk}%2F", "%2Fcomments%2F")
        assert pages[comment.pk] == pages[missing]


@pytest.mark.parametrize("do", ["edit", "delete", "advice"])
def test_anothers_comment_is_not_ones_own(do, *, nick, mia, olga, bridge, at):
    comment = say(nick, bridge, alarms=["calf"])
    for who in (mia, olga):
        browser = at(who)
        assert browser.get(f"/comments/{comment.pk}/{do}/").status_code == 403
        assert browser.press(f"/comments/{comment.pk}/{do}/", body="x").status_code in (403, 405)
    comment.refresh_from_db()
    assert (comment.body, comment.state) == ("It helps me.", State.SHOWN)


def test_no_button_without_the_token(mia, olga, bridge):
    comment = say(mia, bridge)
    for who, path in (
        (mia, ADD),
        (mia, f"/comments/{comment.pk}/reply/"),
        (mia, f"/comments/{comment.pk}/edit/"),
        (mia, f"/comments/{comment.pk}/delete/"),
        (olga, f"/comments/{comment.pk}/report/"),
        (olga, f"/comments/{comment.pk}/moderate/"),
        (olga, f"/comments/{comment.pk}/ban/"),
        (olga, ADD + "close/"),
        (mia, "/account/mail/"),
    ):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(who)
        assert browser.post(path, {"body": "x", "do": "hide", "closed": "1"}).status_code == 403
    assert Comment.objects.filter(discussion__document=bridge).get().state == State.SHOWN


@pytest.mark.parametrize("size", [5_001, 900_000, 1_100_000])
def test_a_huge_comment_is_refused_clearly(size, mia, bridge, at):
    answer = at(mia).press(ADD, body="x" * size)
    assert answer.status_code in (400, 413)
    assert "<h1" in answer.content.decode()
    assert not Comment.objects.filter(discussion__document=bridge).exists()


def test_many_fields_are_refused(mia, bridge, at):
    answer = at(mia).press(ADD, **{f"f{n}": "x" for n in range(1_500)})
    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["exercise", "evidence", "program", "Session", "..", "x" * 99])
def test_only_articles_and_sessions_take_comments(kind, mia, bridge, at):
    assert at(mia).press(f"/comments/on/{kind}/bridge/", body="x").status_code == 404


def test_a_reply_stays_where_its_comment_is(mia, nick, bridge, stairs, at):
    theirs = say(nick, bridge)
    at(mia).press(f"/comments/{theirs.pk}/reply/", body="Here.", slug="stairs", kind="session")
    assert Comment.objects.get(answers=theirs).discussion == theirs.discussion


def test_a_name_is_words_and_no_markup(mia, nick, starter, at):
    from hipfirst.web.library.models import Document  # noqa: PLC0415

    session = Document.objects.get(kind="session", slug="build-lower-body-detail")
    type(mia).objects.filter(pk=mia.pk).update(name='<img src=x onerror="alert(1)">')
    root = say(mia, session)
    say(nick, session, answers=say(mia, session, answers=root))
    for who in (None, nick):
        page = at(who).get("/sessions/build-lower-body-detail/").content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=&quot;" in page


# What belongs to a person


def test_a_copy_has_all_that_somebody_wrote(mia, nick, bridge):
    comment = say(mia, bridge, "My **words**.", story=True)
    comment_report(account=mia, comment=say(nick, bridge), reason="ad", note="Sells.")
    choice_save(account=mia, wanted={"replies": False})
    copy = COMMENTS.export(mia.person)
    assert [each["text"] for each in copy["comments"]] == [
        "I said something before.",
        "My **words**.",
    ]
    assert copy["comments"][1] == {
        "id": comment.pk,
        "on": "session bridge",
        "replies_to": None,
        "text": "My **words**.",
        "own_story": True,
        "signs_it_may_name": [],
        "held_because": "",
        "state": "shown",
        "written": comment.created.isoformat(),
        "edited": None,
    }
    assert copy["reports"][0]["note"] == "Sells."
    assert copy["mails"] == {"replies": False, "shown": True}
    assert COMMENTS.count(mia.person) == 2


def test_erasing_leaves_empty_places_only_under_replies(mia, nick, bridge):
    bare, kept = say(mia, bridge, "Bare."), say(mia, bridge, "Kept.", alarms=["calf"])
    theirs = say(nick, bridge, "Reply.", answers=kept)
    chain = say(mia, bridge, "Own reply.", answers=theirs)
    comment_report(account=mia, comment=theirs, reason="ad")
    Notice.objects.create(account=mia, comment=theirs, kind="reply")
    choice_save(account=mia, wanted={"replies": False})
    pk = mia.pk
    person_erase(person=mia.person)
    assert set(Comment.objects.values_list("pk", flat=True)) == {kept.pk, theirs.pk}
    kept.refresh_from_db()
    assert (kept.body, kept.html, kept.alarms, kept.author) == ("", "", [], None)
    assert chain.pk != bare.pk
    for model in (Report, Notice, MailChoice):
        assert not model.objects.filter(account_id=pk).exists()


def test_a_copy_has_what_was_inferred_and_mailed(mia, nick, bridge):
    comment = comment_write(account=mia, document=bridge, body="My knee is hot.", now=NOON)
    reply = say(nick, bridge, answers=comment)
    Notice.objects.create(account=mia, comment=reply, kind="reply", created=NOON, sent_at=NOON)
    copy = COMMENTS.export(mia.person)
    assert copy["comments"][1]["signs_it_may_name"] == ["hot-joint"]
    assert copy["comments"][1]["held_because"] == "alarm"
    when = NOON.isoformat()
    assert copy["notices"] == [
        {"comment": reply.pk, "about": "reply", "created": when, "sent": when}
    ]


def test_a_visitor_has_said_nothing(mia, db):
    visitor = visitor_create()
    assert COMMENTS.count(visitor) == 0
    assert COMMENTS.export(visitor) == {
        "comments": [],
        "reports": [],
        "mails": {},
        "notices": [],
    }
    person_adopt(giver=visitor, taker=mia.person)
    assert COMMENTS.count(mia.person) == 1
