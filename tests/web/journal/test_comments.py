# SPDX-License-Identifier: Apache-2.0
"""Write, reply, edit, delete, report: what each person may do, and what they are told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_actions import (
    comment_delete,
    comment_edit,
    comment_report,
    comment_write,
    comments_purge,
)
from hipfirst.web.journal.comment_errors import (
    Closed,
    GoneMeanwhile,
    NotAllowed,
    SaidAlready,
    TooMany,
)
from hipfirst.web.journal.comment_limits import (
    COMMENTS,
    EDITS,
    KEPT,
    REPORTS,
    REPORTS_HOLD,
    WAITING,
)
from hipfirst.web.journal.comment_queries import queue
from hipfirst.web.journal.models import BODY_MAX, Comment, Discussion, Notice, Report
from hipfirst.web.journal.moderation import comment_show
from web.journal.conftest import NOON, account, document, say

State = Comment.State
ADD = "/comments/on/session/build-lower-body-detail/"
SESSION = "/sessions/build-lower-body-detail/"


@pytest.fixture
def lower(starter):
    from hipfirst.web.library.models import Document  # noqa: PLC0415

    return Document.objects.get(kind="session", slug="build-lower-body-detail")


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# What becomes of a comment


def test_somebody_known_is_shown_at_once(mia, bridge):
    comment = comment_write(account=mia, document=bridge, body="The *bridge* works.")
    assert (comment.state, comment.held_for) == (State.SHOWN, "")
    assert comment.html == "<p>The <em>bridge</em> works.</p>\n"


def test_the_first_waits_and_so_does_the_next_until_one_is_shown(nick, bridge):
    first = comment_write(account=nick, document=bridge, body="Hello.", now=NOON)
    second = comment_write(account=nick, document=bridge, body="More.", now=NOON)
    assert [(c.state, c.held_for) for c in (first, second)] == [(State.HELD, "first")] * 2
    Comment.objects.filter(pk=first.pk).update(state=State.SHOWN)
    assert comment_write(account=nick, document=bridge, body="Third.", now=NOON).state == "shown"


@pytest.mark.parametrize("body", ["See [this](https://a.example)", "See www.a.example", "buy.shop"])
def test_links_wait_until_three_were_shown(mia, bridge, body):
    assert comment_write(account=mia, document=bridge, body=body).held_for == "links"
    for number in range(2):
        say(mia, bridge, f"Shown {number}.")
    again = comment_write(account=mia, document=bridge, body=f"{body} again")
    assert again.state == State.SHOWN


def test_alarm_words_wait_even_of_somebody_known(mia, bridge):
    comment = comment_write(account=mia, document=bridge, body="My knee is hot and red.")
    assert (comment.state, comment.held_for) == (State.HELD, "alarm")
    assert comment.alarms == ["hot-joint"]


@pytest.mark.parametrize("who", ["olga", "paul"])
def test_those_who_moderate_wait_for_nobody(who, bridge, request):
    comment = comment_write(
        account=request.getfixturevalue(who),
        document=bridge,
        body="A hot, red knee? See a doctor today: https://a.example",
    )
    assert comment.state == State.SHOWN


def test_a_reply_to_a_reply_stands_under_the_same_root(mia, nick, bridge):
    root = say(nick, bridge)
    reply = comment_write(account=mia, document=bridge, body="Same here.", answers=root)
    deeper = comment_write(account=mia, document=bridge, body="Since May.", answers=reply)
    assert (reply.root, deeper.root, deeper.answers) == (root, root, reply)


@pytest.mark.parametrize("state", [State.HELD, State.HIDDEN, State.DELETED])
def test_nobody_replies_to_what_is_not_shown(state, mia, nick, bridge):
    with pytest.raises(GoneMeanwhile):
        comment_write(
            account=mia, document=bridge, body="Hm.", answers=say(nick, bridge, state=state)
        )


def test_nobody_replies_across_discussions(mia, nick, bridge, stairs):
    with pytest.raises(NotAllowed):
        comment_write(account=mia, document=stairs, body="Hm.", answers=say(nick, bridge))


def test_only_articles_and_sessions_are_discussed(mia):
    with pytest.raises(NotAllowed):
        comment_write(account=mia, document=document("clam", "exercise"), body="Hm.")


def test_banned_and_closed_write_nothing(quinn, mia, bridge):
    with pytest.raises(NotAllowed):
        comment_write(account=quinn, document=bridge, body="Hm.")
    Discussion.objects.create(document=bridge, closed=True)
    with pytest.raises(Closed):
        comment_write(account=mia, document=bridge, body="Hm.")
    assert not bridge.discussion.comments.exists()


def test_an_account_on_its_way_out_writes_nothing(mia, bridge):
    type(mia).objects.filter(pk=mia.pk).update(erase_at=timezone.now())
    with pytest.raises(NotAllowed):
        comment_write(account=mia, document=bridge, body="Hm.")


# Limits


@pytest.mark.parametrize("limit", COMMENTS, ids=lambda each: str(each.within))
def test_so_many_in_a_time_and_no_more(limit, mia, bridge):
    step = limit.within / limit.most
    for number in range(limit.most):
        say(mia, bridge, f"{number}.", created=NOON + number * step)
    end = NOON + limit.within
    with pytest.raises(TooMany):
        comment_write(account=mia, document=bridge, body="One more.", now=end - step / 2)
    assert comment_write(account=mia, document=bridge, body="One more.", now=end + step / 2)


def test_deleting_makes_no_room(mia, bridge):
    for number in range(COMMENTS[0].most):
        written = comment_write(account=mia, document=bridge, body=f"{number}.", now=NOON)
        comment_delete(account=mia, comment=written)
    with pytest.raises(TooMany):
        comment_write(account=mia, document=bridge, body="One more.", now=NOON)


def test_only_a_few_wait_at_once(nick, bridge):
    for number in range(WAITING):
        say(nick, bridge, f"{number}.", state=State.HELD, created=NOON)
    with pytest.raises(TooMany):
        comment_write(account=nick, document=bridge, body="One more.")


def test_the_same_is_said_once(mia, bridge, stairs):
    comment_write(account=mia, document=bridge, body="Same.", now=NOON)
    with pytest.raises(SaidAlready):
        comment_write(account=mia, document=bridge, body=" Same.\r\n", now=NOON)
    assert comment_write(account=mia, document=stairs, body="Same.", now=NOON)
    assert comment_write(account=mia, document=bridge, body="Same.", now=NOON + timedelta(days=2))


# Change and delete


def test_an_edit_is_rendered_and_dated(mia, bridge):
    comment = say(mia, bridge)
    edited = comment_edit(account=mia, comment=comment, body="**Better.**", story=True, now=NOON)
    edited.refresh_from_db()
    assert edited.html == "<p><strong>Better.</strong></p>\n"
    assert (edited.story, edited.edited, edited.state) == (True, NOON, State.SHOWN)


@pytest.mark.parametrize(
    ("body", "held_for"),
    [("My calf is swollen.", "alarm"), ("https://a.example", "links"), ("Fine.", "")],
)
def test_new_words_are_judged_anew(body, held_for, mia, bridge):
    assert comment_edit(account=mia, comment=say(mia, bridge), body=body).held_for == held_for


def test_what_a_moderator_let_pass_stays_shown(mia, bridge):
    comment = say(mia, bridge, "My calf is swollen.", alarms=["calf"])
    edited = comment_edit(account=mia, comment=comment, body="My left calf is swollen.")
    assert edited.state == State.SHOWN


def test_an_edit_shows_nothing_that_is_hidden_or_waits(mia, bridge):
    for state in (State.HELD, State.HIDDEN):
        comment = say(mia, bridge, state=state)
        assert comment_edit(account=mia, comment=comment, body="Nice.").state == state


def test_nobody_changes_or_deletes_what_is_not_theirs(mia, olga, bridge):
    comment = say(mia, bridge)
    with pytest.raises(NotAllowed):
        comment_edit(account=olga, comment=comment, body="Mine now.")
    with pytest.raises(NotAllowed):
        comment_delete(account=olga, comment=comment)
    comment.refresh_from_db()
    assert comment.body == "It helps me."


def test_a_deleted_comment_has_no_words_left(mia, nick, bridge):
    comment = say(mia, bridge, alarms=["calf"], pinned=True, story=True)
    say(nick, bridge, answers=comment)
    comment_delete(account=mia, comment=comment)
    comment.refresh_from_db()
    assert (comment.body, comment.html, comment.alarms) == ("", "", [])
    assert (comment.pinned, comment.story, comment.state) == (False, False, State.DELETED)
    with pytest.raises(GoneMeanwhile):
        comment_edit(account=mia, comment=comment, body="Back.")


def test_empty_rows_go_later_and_those_with_replies_forget_their_author(mia, nick, bridge):
    bare, kept = say(mia, bridge, created=NOON), say(mia, bridge, created=NOON)
    reply = say(nick, bridge, answers=kept, created=NOON)
    for each in (bare, kept):
        comment_delete(account=mia, comment=each)
    assert comments_purge(now=NOON + KEPT / 2) == 0
    assert comments_purge(now=NOON + 2 * KEPT) == 2
    assert not Comment.objects.filter(pk=bare.pk).exists()
    kept.refresh_from_db()
    assert kept.author is None
    comment_delete(account=nick, comment=reply)
    comments_purge(now=NOON + 2 * KEPT)
    assert not Comment.objects.filter(discussion__document=bridge).exists()


# Reports


def test_a_report_is_kept_once(mia, nick, bridge):
    comment = say(mia, bridge)
    first = comment_report(account=nick, comment=comment, reason="ad", note="Sells pills.")
    again = comment_report(account=nick, comment=comment, reason="rude")
    assert first == again == Report.objects.get()
    comment.refresh_from_db()
    assert comment.state == State.SHOWN


def test_when_several_report_it_waits(mia, bridge):
    comment = say(mia, bridge)
    for number in range(REPORTS_HOLD):
        comment_report(account=account(f"R{number}"), comment=comment, reason="harm")
    comment.refresh_from_db()
    assert (comment.state, comment.held_for) == (State.HELD, "reported")


def test_nobody_reports_themselves_or_what_they_cannot_see(mia, nick, quinn, bridge):
    with pytest.raises(NotAllowed):
        comment_report(account=mia, comment=say(mia, bridge), reason="ad")
    with pytest.raises(NotAllowed):
        comment_report(account=mia, comment=say(nick, bridge, state=State.HELD), reason="ad")
    with pytest.raises(NotAllowed):
        comment_report(account=quinn, comment=say(nick, bridge), reason="ad")


def test_only_so_many_reports(mia, nick, bridge):
    for number in range(REPORTS[0].most):
        comment_report(account=nick, comment=say(mia, bridge, f"{number}"), reason="ad", now=NOON)
    with pytest.raises(TooMany):
        comment_report(account=nick, comment=say(mia, bridge, "x"), reason="ad", now=NOON)


# Pages


def test_the_session_page_has_its_discussion(lower, mia, at):
    say(mia, lower, "Good with a chair.")
    page = at(None).get(SESSION)
    assert "Good with a chair." in text(page)
    assert "Sign in to comment" in text(page)
    assert 'href="/account/login/?next=%2Fsessions%2Fbuild-lower-body-detail%2F%23comments"' in (
        page.content.decode()
    )


def test_writing_leads_to_the_comment(lower, mia, at):
    answer = at(mia).press(ADD, body="It works for me.", story="on")
    comment = Comment.objects.get(discussion__document=lower)
    assert answer["Location"] == f"{SESSION}#comment-{comment.pk}"
    page = text(at(None).get(SESSION))
    assert "It works for me." in page
    assert "One person's experience" in page


def test_what_waits_is_seen_by_its_writer_and_moderators_only(lower, nick, mia, olga, at):
    at(nick).press(ADD, body="Hello from Nick.")
    comment = Comment.objects.get(discussion__document=lower)
    assert "Only you see it" not in text(at(mia).get(SESSION))
    assert "until then only you see it" in text(at(nick).get(SESSION)).lower()
    for who, status in ((None, 404), (mia, 404), (nick, 302), (olga, 302)):
        assert at(who).get(f"/comments/{comment.pk}/").status_code == status
        assert ("Hello from Nick." in text(at(who).get(SESSION))) == (status == 302)


def test_alarm_words_are_answered_at_once_and_privately(lower, mia, nick, at):
    answer = at(mia).press(ADD, body="My calf is swollen and warm since the flight.")
    advice = answer["Location"]
    page = text(at(mia).get(advice))
    assert "Today, also at night or at the weekend." in page
    assert "blood clot" in page
    assert at(nick).get(advice).status_code == 404
    assert at(None).get(advice).status_code == 404


def test_a_name_is_asked_with_the_first_comment(lower, at):
    nameless = account("Rosa")
    nameless.name = ""
    nameless.save()
    assert "Your name here" in text(at(nameless).get(SESSION))
    answer = at(nameless).press(ADD, body="Hello.")
    assert answer.status_code == 400
    assert "Say what others should call you" in text(answer)
    assert "Hello." in text(answer)
    wrong = at(nameless).press(ADD, body="Hello.", name="Moderator")
    assert wrong.status_code == 400
    assert at(nameless).press(ADD, body="Hello.", name="Rosa B.").status_code == 302
    nameless.refresh_from_db()
    assert nameless.name == "Rosa B."


@pytest.mark.parametrize("body", ["", "   \n\t", "\u202e"])
def test_nothing_is_no_comment(body, lower, mia, at):
    answer = at(mia).press(ADD, body=body)
    assert answer.status_code == 400
    assert "Nothing was written. Allowed: 1 to 5,000 characters." in text(answer)


def test_too_long_comes_back_whole(lower, mia, at):
    body = "word " * (BODY_MAX // 5) + "end"
    answer = at(mia).press(ADD, body=body)
    assert answer.status_code == 413
    assert "You wrote 5,003 characters. Allowed: at most 5,000." in text(answer)
    assert body in answer.content.decode()


def test_windows_line_ends_count_once(lower, mia, at):
    body = "a\r\n" * (BODY_MAX // 2)
    assert at(mia).press(ADD, body=body).status_code == 302


def test_what_a_stranger_typed_is_not_lost(lower, at):
    answer = at(None).press(ADD, body="A long story.")
    assert answer.status_code == 403
    assert "A long story." in answer.content.decode()
    assert not Comment.objects.exists()


def test_what_is_typed_is_not_lost_on_a_limit(lower, mia, at):
    for number in range(COMMENTS[0].most):
        say(mia, lower, f"{number}.", created=timezone.now())
    answer = at(mia).press(ADD, body="A long story.")
    assert answer.status_code == 429
    assert "A long story." in answer.content.decode()
    assert "Allowed: 3 in a minute" in text(answer)


def test_reply_edit_delete_report_by_their_forms(lower, mia, nick, at):
    theirs = say(nick, lower, "How often?")
    assert "How often?" in text(at(mia).get(f"/comments/{theirs.pk}/reply/"))
    at(mia).press(f"/comments/{theirs.pk}/reply/", body="Three times.")
    reply = Comment.objects.get(answers=theirs)
    assert "Three times." in at(mia).get(f"/comments/{reply.pk}/edit/").content.decode()
    at(mia).press(f"/comments/{reply.pk}/edit/", body="Three times a week.")
    assert "changed since" in text(at(None).get(SESSION))
    assert at(nick).press(f"/comments/{reply.pk}/report/").status_code == 400
    assert at(nick).press(f"/comments/{reply.pk}/report/", reason="ad").status_code == 302
    assert Report.objects.get().comment == reply
    assert "Delete your comment?" in text(at(mia).get(f"/comments/{reply.pk}/delete/"))
    at(mia).press(f"/comments/{reply.pk}/delete/")
    assert "Three times" not in text(at(None).get(SESSION))


def test_a_reply_to_a_reply_says_whom_it_answers(lower, mia, nick, at):
    root = say(mia, lower, "One.")
    reply = say(nick, lower, "Two.", answers=root)
    say(mia, lower, "Three.", answers=reply)
    page = text(at(None).get(SESSION))
    assert page.count("To Nick") == 1
    assert "To Mia" not in page


def test_hidden_names_are_named_nowhere(lower, mia, nick, at):
    root = say(nick, lower, "Secret one.", state=State.HIDDEN)
    second = say(nick, lower, "Secret two.", state=State.HIDDEN, answers=root)
    say(mia, lower, "My answer.", answers=second)
    page = text(at(None).get(SESSION))
    assert "My answer." in page
    assert "Nick" not in page
    assert "Secret" not in page
    assert page.count("This comment is not shown.") == 2


def test_banned_read_and_are_told_so(lower, mia, quinn, at):
    say(mia, lower, "Good.")
    page = text(at(quinn).get(SESSION))
    assert "Good." in page
    assert "A moderator has closed commenting for your account." in page
    assert "Adverts." in page
    assert at(quinn).press(ADD, body="Buy.").status_code == 403


def test_closed_takes_no_more(lower, mia, at):
    comment = say(mia, lower, "Good.")
    Discussion.objects.update(closed=True)
    page = text(at(mia).get(SESSION))
    assert "This discussion is closed" in page
    assert "/reply/" not in at(mia).get(SESSION).content.decode()
    assert at(mia).press(ADD, body="More.").status_code == 409
    assert at(mia).press(f"/comments/{comment.pk}/edit/", body="More.").status_code == 409


def test_a_signed_in_page_is_stored_nowhere(lower, mia, at):
    assert "no-store" in at(mia).get(SESSION)["Cache-Control"]


def test_the_form_names_its_page():
    assert reverse("journal:comment-add", args=["session", "build-lower-body-detail"]) == ADD


def test_a_report_after_it_was_settled_counts_again(mia, nick, olga, bridge):
    comment = say(mia, bridge)
    for number in range(REPORTS_HOLD - 1):
        comment_report(account=account(f"R{number}"), comment=comment, reason="harm")
    first = comment_report(account=nick, comment=comment, reason="ad", note="Sells.", now=NOON)
    comment_show(moderator=olga, comment=comment)
    for number in range(REPORTS_HOLD - 1):
        comment_report(account=Account.objects.get(name=f"R{number}"), comment=comment, reason="ad")
    later = NOON + timedelta(days=1)
    again = comment_report(account=nick, comment=comment, reason="rude", note="Worse.", now=later)
    again.refresh_from_db()
    assert (again.pk, again.reason, again.note) == (first.pk, "rude", "Worse.")
    assert (again.created, again.settled_at) == (later, None)
    comment.refresh_from_db()
    assert (comment.state, comment.held_for) == (State.HELD, "reported")


def test_alarm_words_put_into_what_waits_are_urgent(mia, nick, olga, bridge):
    say(nick, bridge, "Earlier.", state=State.HELD, created=NOON - timedelta(days=1))
    comment = comment_write(account=account("Rosa"), document=bridge, body="Hello.", now=NOON)
    Notice.objects.update(sent_at=NOON, tries=1)
    edited = comment_edit(
        account=comment.author, comment=comment, body="My calf is swollen.", now=NOON
    )
    assert (edited.state, edited.held_for) == (State.HELD, "alarm")
    assert queue()[0] == comment
    assert Notice.objects.get(comment=comment, kind="queue").sent_at is None


def test_other_words_lose_the_pin(mia, olga, bridge):
    comment = say(mia, bridge, "Rules.", pinned=True)
    assert comment_edit(account=mia, comment=comment, body="Rules.", story=True).pinned
    assert not comment_edit(account=mia, comment=comment, body="Buy pills.").pinned
    own = say(olga, bridge, "Rules.", pinned=True)
    assert comment_edit(account=olga, comment=own, body="Better rules.").pinned


def test_edits_have_a_limit(mia, bridge):
    comment, limit = say(mia, bridge), EDITS[0]
    for number in range(limit.most):
        comment_edit(account=mia, comment=comment, body=f"Try {number}", now=NOON)
    with pytest.raises(TooMany):
        comment_edit(account=mia, comment=comment, body="Once more", now=NOON)
    later = NOON + limit.within
    assert comment_edit(account=mia, comment=comment, body="Later", now=later).body == "Later"


def test_thanks_to_two_people_are_two(mia, nick, bridge):
    one, other = say(nick, bridge, "One."), say(nick, bridge, "Other.")
    for answered in (one, other):
        comment_write(account=mia, document=bridge, body="Thank you!", answers=answered, now=NOON)
    with pytest.raises(SaidAlready):
        comment_write(account=mia, document=bridge, body="Thank you!", answers=one, now=NOON)


# Words of whoever was signed out meanwhile


@pytest.mark.parametrize("state", [State.SHOWN, State.HELD, State.HIDDEN])
def test_a_signed_out_edit_gives_back_what_was_typed(state, mia, bridge, at):
    comment = say(mia, bridge, state=state)
    path = f"/comments/{comment.pk}/edit/"
    answer = at(None).press(path, body="Long <new> words.")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Long &lt;new&gt; words.</textarea>" in page
    assert "You are not signed in" in page
    assert f'action="{path}"' in page


def test_after_signing_in_elsewhere_a_reload_has_the_words_and_a_button(mia, lower, at):
    comment = say(mia, lower)
    for path in (ADD, f"/comments/{comment.pk}/reply/", f"/comments/{comment.pk}/edit/"):
        browser = at(mia)
        browser.token()
        body = f"Long words for {path}"
        answer = browser.post(path, {"csrfmiddlewaretoken": "0" * 32, "body": body})
        assert answer.status_code == 403
        assert "no-store" in answer["Cache-Control"]
        page = answer.content.decode()
        assert f"{body}</textarea>" in page
        assert "This was not sent yet." in page
        assert not Comment.objects.filter(body=body).exists()
        token = re.search(r'class="write".*?csrfmiddlewaretoken" value="(\w+)"', page)[1]
        again = browser.post(path, {"csrfmiddlewaretoken": token, "body": body})
        assert again.status_code == 302
        assert Comment.objects.filter(body=body).exists()


def test_words_about_what_nobody_talks_about_have_no_form(mia, at):
    for kind in ("exercise", "x"):
        assert at(mia).post(f"/comments/on/{kind}/clam/", {"body": "x"}).status_code == 404


def test_what_else_came_without_the_token_is_refused_as_before(mia, bridge, at):
    browser = at(mia)
    answer = browser.post(f"/comments/{say(mia, bridge).pk}/delete/", {"body": "x"})
    assert answer.status_code == 403
    assert "Please try that again" in answer.content.decode()
