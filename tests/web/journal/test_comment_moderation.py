# SPDX-License-Identifier: Apache-2.0
"""What moderators do, that only they do it, and that it is done once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_actions import comment_edit, comment_report, comment_write
from hipfirst.web.journal.comment_errors import GoneMeanwhile, NotAllowed
from hipfirst.web.journal.comment_queries import queue
from hipfirst.web.journal.models import Comment, Notice, Report
from hipfirst.web.journal.moderation import (
    account_ban,
    account_unban,
    comment_hide,
    comment_label,
    comment_pin,
    comment_show,
    discussion_close,
    reports_settle,
)
from hipfirst.web.journal.moderation_views import PER_PAGE
from web.journal.conftest import NOON, account, say

State = Comment.State
Kind = Notice.Kind


def told(kind):
    return list(Notice.objects.filter(kind=kind).values_list("account__name", flat=True))


def test_showing_tells_the_writer_and_whom_they_answer(nick, mia, olga, bridge):
    root = say(mia, bridge)
    held = comment_write(account=nick, document=bridge, body="Hello.", answers=root)
    assert told(Kind.QUEUE) == ["Olga"]
    shown = comment_show(moderator=olga, comment=held)
    assert (shown.state, shown.held_for) == (State.SHOWN, "")
    assert (told(Kind.SHOWN), told(Kind.REPLY)) == (["Nick"], ["Mia"])


def test_two_moderators_at_once_do_it_once(nick, olga, paul, bridge):
    held = comment_write(account=nick, document=bridge, body="Hello.")
    # Both have the page of before open.
    stale = Comment.objects.get(pk=held.pk)
    comment_show(moderator=olga, comment=held)
    comment_show(moderator=paul, comment=stale)
    assert told(Kind.SHOWN) == ["Nick"]
    assert LogEntry.objects.filter(change_message="shown").count() == 1
    comment_hide(moderator=olga, comment=held)
    comment_hide(moderator=paul, comment=stale)
    assert LogEntry.objects.filter(change_message="hidden").count() == 1


def test_hidden_and_shown_again_tells_nobody_again(nick, mia, olga, bridge):
    root = say(mia, bridge)
    held = comment_write(account=nick, document=bridge, body="Hello.", answers=root)
    for action in (comment_show, comment_hide, comment_show):
        action(moderator=olga, comment=held)
    assert Notice.objects.filter(kind__in=[Kind.SHOWN, Kind.REPLY]).count() == 2


def test_hiding_unpins_and_settles(mia, nick, olga, bridge):
    comment = say(mia, bridge, pinned=True)
    report = comment_report(account=nick, comment=comment, reason="ad")
    assert not comment_hide(moderator=olga, comment=comment).pinned
    report.refresh_from_db()
    assert report.settled_at is not None


def test_settling_keeps_the_comment_and_showing_does_too(mia, olga, nick, bridge):
    comment = say(mia, bridge)
    comment_report(account=nick, comment=comment, reason="ad")
    assert reports_settle(moderator=olga, comment=comment).state == State.SHOWN
    assert not Report.objects.filter(settled_at=None).exists()


def test_only_a_shown_root_is_pinned(mia, nick, olga, bridge):
    root = say(mia, bridge)
    assert comment_pin(moderator=olga, comment=root, pinned=True).pinned
    assert not comment_pin(moderator=olga, comment=root, pinned=False).pinned
    with pytest.raises(NotAllowed):
        comment_pin(moderator=olga, comment=say(nick, bridge, answers=root), pinned=True)
    with pytest.raises(NotAllowed):
        comment_pin(moderator=olga, comment=say(nick, bridge, state=State.HELD), pinned=True)


def test_a_story_is_labelled_by_a_moderator(mia, olga, bridge):
    comment = say(mia, bridge)
    assert comment_label(moderator=olga, comment=comment, story=True).story
    assert not comment_label(moderator=olga, comment=comment, story=False).story


def test_closing_and_opening(mia, olga, bridge):
    assert discussion_close(moderator=olga, document=bridge, closed=True).closed
    assert not discussion_close(moderator=olga, document=bridge, closed=False).closed


def test_a_ban_hides_nothing_and_ends_writing(nick, olga, bridge):
    comment = say(nick, bridge)
    banned = account_ban(moderator=olga, account=nick, because="Adverts.", now=NOON)
    assert (banned.banned_at, banned.banned_because) == (NOON, "Adverts.")
    comment.refresh_from_db()
    assert comment.state == State.SHOWN
    with pytest.raises(NotAllowed):
        comment_write(account=nick, document=bridge, body="More.")
    account_unban(moderator=olga, account=nick)
    assert comment_write(account=nick, document=bridge, body="More.")


@pytest.mark.parametrize("role", [Account.Role.MODERATOR, Account.Role.OWNER])
def test_nobody_bans_who_has_a_role(role, olga, paul):
    other = account("Rita", role=role)
    for moderator in (olga, paul, other):
        with pytest.raises(NotAllowed):
            account_ban(moderator=moderator, account=other, because="Out.")


def test_what_was_deleted_cannot_be_moderated(mia, olga, bridge):
    gone = say(mia, bridge, state=State.DELETED)
    with pytest.raises(GoneMeanwhile):
        comment_show(moderator=olga, comment=gone)


def calls(comment, document, other):
    return [
        lambda who: comment_show(moderator=who, comment=comment),
        lambda who: comment_hide(moderator=who, comment=comment),
        lambda who: comment_pin(moderator=who, comment=comment, pinned=True),
        lambda who: comment_label(moderator=who, comment=comment, story=True),
        lambda who: reports_settle(moderator=who, comment=comment),
        lambda who: discussion_close(moderator=who, document=document, closed=True),
        lambda who: account_ban(moderator=who, account=other, because="Out."),
        lambda who: account_unban(moderator=who, account=other),
    ]


def test_nobody_else_moderates(mia, nick, quinn, bridge):
    comment = say(mia, bridge)
    banned = account("Sue", role=Account.Role.MODERATOR, banned_at=NOON)
    before = Comment.objects.values().get(pk=comment.pk)
    for call in calls(comment, bridge, nick):
        for who in (mia, nick, quinn, banned):
            with pytest.raises(NotAllowed):
                call(who)
    assert Comment.objects.values().get(pk=comment.pk) == before
    assert not LogEntry.objects.exists()


def test_who_did_what_is_in_the_log_without_anybodys_words(mia, olga, bridge):
    comment = say(mia, bridge, "Secret words.")
    comment_hide(moderator=olga, comment=comment)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.change_message) == (olga, str(comment.pk), "hidden")
    assert "Secret" not in entry.object_repr


# Pages


def test_the_queue_has_what_a_decision_needs(mia, nick, olga, bridge, at):
    root = say(mia, bridge, "What do you feel?")
    alarmed = comment_write(
        account=nick, document=bridge, body="My calf is *swollen*.", answers=root
    )
    reported = say(mia, bridge, "Buy pills.")
    comment_report(account=nick, comment=reported, reason="ad", note="Sells pills.")
    page = at(olga).get("/moderate/").content.decode()
    for words in (
        "<em>swollen</em>",
        "What do you feel?",
        "Is one calf swollen",
        "Sells pills.",
        "It sells something",
        "2 comments",
    ):
        assert words in page
    assert page.index("swollen") < page.index("Buy pills.")
    assert f"/comments/{alarmed.pk}/moderate/" in page


def test_buttons_of_the_queue(nick, olga, bridge, at):
    held = comment_write(account=nick, document=bridge, body="Hello.")
    fields = {"do": "show", "from": "queue", "seen": held.version}
    assert f'name="seen" value="{held.version}"' in at(olga).get("/moderate/").content.decode()
    answer = at(olga).press(f"/comments/{held.pk}/moderate/", **fields)
    assert answer["Location"] == "/moderate/"
    held.refresh_from_db()
    assert held.state == State.SHOWN
    assert "Nothing waits" in at(olga).get("/moderate/").content.decode()
    answer = at(olga).press(f"/comments/{held.pk}/moderate/", do="hide")
    assert answer["Location"] == f"/sessions/bridge/#comment-{held.pk}"


@pytest.mark.parametrize("do", ["show", "pin", "settle"])
def test_nobody_vouches_for_words_they_have_not_read(do, *, mia, nick, olga, bridge, at):
    comment = say(mia, bridge, "Slowly.", state=State.HELD if do == "show" else State.SHOWN)
    if do == "settle":
        comment_report(account=nick, comment=comment, reason="ad")
    stale = comment.version
    comment_edit(account=mia, comment=comment, body="Buy **pills**.")
    before = Comment.objects.filter(pk=comment.pk).values().get()
    for fields in ({"seen": stale}, {}):
        answer = at(olga).press(f"/comments/{comment.pk}/moderate/", do=do, **fields)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Its author changed it meanwhile" in page
        assert "<strong>pills</strong>" in page
    assert Comment.objects.filter(pk=comment.pk).values().get() == before
    assert not Report.objects.exclude(settled_at=None).exists()
    fresh = re.search(r'name="seen" value="(\w+)"', page)[1]
    answer = at(olga).press(f"/comments/{comment.pk}/moderate/", do=do, seen=fresh)
    assert answer.status_code == 302


def test_what_stands_on_a_withdrawn_page_waits_no_more(nick, olga, bridge, at):
    say(nick, bridge, "On a page that is gone.", state=State.HELD)
    assert queue().count() == 1
    bridge.published = False
    bridge.save()
    assert queue().count() == 0
    assert "Nothing waits" in at(olga).get("/moderate/").content.decode()


def test_the_queue_has_pages(nick, olga, bridge, at):
    for number in range(PER_PAGE + 1):
        say(nick, bridge, f"Number {number}.", state=State.HELD)
    first = at(olga).get("/moderate/").content.decode()
    assert f"Number {PER_PAGE - 1}." in first
    assert f"Number {PER_PAGE}." not in first
    assert 'href="?page=2"' in first
    second = at(olga).get("/moderate/?page=2").content.decode()
    assert f"Number {PER_PAGE}." in second
    assert "Page 2 of 2" in second


def test_the_queue_costs_the_same_however_many_wait(nick, mia, olga, bridge, at):
    browser = at(olga)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get("/moderate/")
        return len(queries)

    cost()  # The first page of all also asks for the settings.
    root = say(mia, bridge)
    say(nick, bridge, state=State.HELD, answers=root)
    one = cost()
    for number in range(9):
        say(nick, bridge, f"{number}.", state=State.HELD, answers=root)
    assert cost() == one


def test_the_label_of_a_moderator_stays(mia, olga, bridge, at):
    comment = comment_label(moderator=olga, comment=say(mia, bridge), story=True)
    assert comment_edit(account=mia, comment=comment, body="Other words.", story=False).story
    form = at(mia).get(f"/comments/{comment.pk}/edit/").content.decode()
    assert "A moderator set this mark." in form
    comment_label(moderator=olga, comment=comment, story=False)
    assert not comment_edit(account=mia, comment=comment, body="Other again.", story=False).story


def test_ones_own_label_goes_as_it_came(mia, bridge):
    comment = say(mia, bridge, story=True)
    assert not comment_edit(account=mia, comment=comment, body="No story.", story=False).story


@pytest.mark.parametrize("do", ["", "delete", "__class__", "show\n"])
def test_no_button_does_anything_else(do, mia, olga, bridge, at):
    comment = say(mia, bridge)
    answer = at(olga).press(f"/comments/{comment.pk}/moderate/", do=do)
    assert answer.status_code == 400
    assert not LogEntry.objects.exists()


def test_the_page_to_ban(nick, olga, bridge, at):
    comment = say(nick, bridge)
    path = f"/comments/{comment.pk}/ban/"
    assert at(olga).press(path, because="  ").status_code == 400
    assert at(olga).press(path, because="Adverts.").status_code == 302
    nick.refresh_from_db()
    assert nick.is_banned
    assert "Adverts." in at(olga).get(path).content.decode()
    at(olga).press(path, do="unban")
    nick.refresh_from_db()
    assert not nick.is_banned


def test_the_queue_names_every_reason_and_where_links_lead(nick, mia, olga, bridge, at):
    body = "My calf is swollen. [Pills](https://pills.example.com/a) or casino.com"
    comment_write(account=nick, document=bridge, body=body)
    page = at(olga).get("/moderate/").content.decode()
    assert "It names signs" in page
    assert "Nothing else of this person is shown yet." in page
    assert "2 links: pills.example.com, casino.com" in page
    comment_report(account=nick, comment=say(mia, bridge, "See https://e.example"), reason="ad")
    page = at(olga).get("/moderate/").content.decode()
    assert "Somebody reported it" in page
    assert "1 link: e.example" in page


def test_despair_comes_first_and_its_writer_reads_kind_words(nick, olga, bridge, at):
    comment_write(account=nick, document=bridge, body="I get chest pain.", now=NOON)
    answer = at(nick).press("/comments/on/session/bridge/", body="I want to die, *nothing* helps")
    comment = Comment.objects.latest("pk")
    assert answer["Location"] == f"/comments/{comment.pk}/advice/"
    assert comment.held_for == "despair"
    assert comment.alarms == ["despair"]
    assert queue()[0].pk == comment.pk
    page = at(nick).get(f"/comments/{comment.pk}/advice/").content.decode()
    assert "Please talk to somebody now" in page
    assert "crisis line" in page
    assert "people use for signs" not in page
    assert "Urgent:" in at(olga).get("/moderate/").content.decode()


def test_words_of_despair_that_are_added_later_are_heard(mia, bridge):
    comment = comment_write(account=mia, document=bridge, body="Fine.")
    assert comment.state == State.SHOWN
    changed = comment_edit(account=mia, comment=comment, body="I want to die.")
    assert (changed.state, changed.held_for) == (State.HELD, "despair")


def test_after_a_decision_the_next_card_follows(nick, mia, olga, bridge, at):
    rows = [
        say(nick, bridge, f"{number}.", state=State.HELD, created=NOON + timedelta(hours=number))
        for number in range(PER_PAGE + 2)
    ]

    def after(row, do):
        fields = {"do": do, "from": "queue", "seen": row.version}
        return at(olga).press(f"/comments/{row.pk}/moderate/", **fields)["Location"]

    assert f'id="comment-{rows[0].pk}"' in at(olga).get("/moderate/").content.decode()
    assert after(rows[1], "hide") == f"/moderate/#comment-{rows[2].pk}"
    assert after(rows[3], "label") == f"/moderate/#comment-{rows[3].pk}"
    assert after(rows[-1], "show") == f"/moderate/#comment-{rows[-2].pk}"
    rows += [say(mia, bridge, f"Later {number}.", state=State.HELD) for number in range(2)]
    pks = list(queue().values_list("pk", flat=True))
    last = Comment.objects.get(pk=pks[PER_PAGE])
    assert after(last, "hide") == f"/moderate/?page=2#comment-{pks[PER_PAGE + 1]}"


def test_a_ban_may_hide_what_waits(nick, mia, olga, bridge, at):
    shown = say(nick, bridge, "Hello.")
    waits = [say(nick, bridge, f"Buy {number}.", state=State.HELD) for number in range(2)]
    others = say(mia, bridge, "I wait too.", state=State.HELD)
    path = f"/comments/{waits[0].pk}/ban/"
    page = at(olga).get(path).content.decode()
    assert "Hide what waits of this person (2)" in page
    assert 'name="hide" checked' in page
    assert at(olga).press(path, reason="other").status_code == 400
    assert at(olga).press(path, reason="ad", hide="on").status_code == 302
    nick.refresh_from_db()
    assert nick.banned_because == "Advertising"
    states = {each.pk: each.state for each in Comment.objects.all()}
    assert [states[each.pk] for each in waits] == [State.HIDDEN, State.HIDDEN]
    assert states[shown.pk] == State.SHOWN
    assert states[others.pk] == State.HELD


def test_a_very_long_comment_is_folded(mia, olga, bridge, at):
    say(mia, bridge, "word " * 250, state=State.HELD)
    page = at(olga).get("/moderate/").content.decode()
    assert "Read all" in page
    assert "word " * 250 in page
    Comment.objects.update(body="word", html="<p>word</p>")
    assert "Read all" not in at(olga).get("/moderate/").content.decode()


def test_nobody_is_sent_elsewhere_by_a_button(mia, olga, bridge, at):
    comment = say(mia, bridge)
    for name in ("next", "from"):
        fields = {"do": "hide", name: "https://e.example/"}
        answer = at(olga).press(f"/comments/{comment.pk}/moderate/?next=//e.example", **fields)
        assert answer["Location"].startswith("/sessions/bridge/")


def test_the_page_of_a_discussion_has_what_a_moderator_needs(mia, nick, olga, starter, at):
    from hipfirst.web.library.models import Document  # noqa: PLC0415

    session = Document.objects.get(kind="session", slug="build-lower-body-detail")
    comment_write(account=nick, document=session, body="Hello.", now=timezone.now())
    path = "/sessions/build-lower-body-detail/"
    page = at(olga).get(path).content.decode()
    assert "1 waits for you" in page
    assert "Close the discussion" in page
    at(olga).press("/comments/on/session/build-lower-body-detail/close/", closed="1")
    assert "Open the discussion" in at(olga).get(path).content.decode()
    for who in (mia, nick, None):
        page = at(who).get(path).content.decode()
        assert "waits for you" not in page
        assert "/moderate/" not in page
        assert "/close/" not in page
