# SPDX-License-Identifier: Apache-2.0
"""Pages of discussions: who sees what, in which order, at what cost however much was said."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_limits import REPLIES, ROOTS, THREAD
from hipfirst.web.journal.comment_queries import Viewer, page_of_root, threads_page
from hipfirst.web.journal.discussion import discussion_for
from hipfirst.web.journal.models import Comment, Discussion
from hipfirst.web.library.models import Document
from web.journal.conftest import NOON, account, say

State = Comment.State
MANY = 10_000
SESSION = "/sessions/build-lower-body-detail/"


def crowd(document, author, *, roots, replies=0, state=State.SHOWN):
    """Many rows in two writes."""
    discussion, _made = Discussion.objects.get_or_create(document=document)

    def row(number, root=None):
        return Comment(
            discussion=discussion,
            author=author,
            root=root,
            answers=root,
            body=f"c{number}",
            html=f"<p>c{number}</p>",
            state=state,
            created=NOON + timedelta(seconds=number),
        )

    made = Comment.objects.bulk_create([row(n) for n in range(roots)], batch_size=500)
    first = made[0]
    Comment.objects.bulk_create([row(roots + n, first) for n in range(replies)], batch_size=500)
    return discussion


def ask(document, who=None, path="/", **query):
    request = RequestFactory().get(path, query)
    request.user = who or type("Nobody", (), {"is_authenticated": False})()
    return discussion_for(request, document)


def shown(view):
    return [thread.root.html for thread in view.threads]


def test_pinned_first_then_oldest(mia, bridge):
    say(mia, bridge, "second", created=NOON)
    say(mia, bridge, "first", created=NOON - timedelta(days=1))
    say(mia, bridge, "pinned", created=NOON + timedelta(days=1), pinned=True)
    assert [re.sub("<.*?>", "", each) for each in shown(ask(bridge))] == [
        "pinned",
        "first",
        "second",
    ]


def test_other_documents_are_not_discussed(db):
    assert ask(Document(kind="exercise", slug="clam")) is None


def test_each_page_has_so_many_and_together_all(mia, bridge):
    crowd(bridge, mia, roots=2 * ROOTS + 3)
    pages = [ask(bridge, comments=str(n)) for n in (1, 2, 3)]
    assert [len(page.threads) for page in pages] == [ROOTS, ROOTS, 3]
    words = [html for page in pages for html in shown(page)]
    assert words == [f"<p>c{n}</p>" for n in range(2 * ROOTS + 3)]
    assert (pages[0].previous_url, pages[2].next_url) == ("", "")
    assert pages[1].previous_url == "/sessions/bridge/#comments"
    assert pages[1].next_url == "/sessions/bridge/?comments=3#comments"


@pytest.mark.parametrize("number", ["0", "-1", "999999", "1e9", "٣", "x", "9" * 400, ""])
def test_a_page_that_is_none_is_the_nearest(number, mia, bridge):
    crowd(bridge, mia, roots=ROOTS + 1)
    assert ask(bridge, comments=number).page in (1, 2)


@pytest.mark.parametrize("place", [0, ROOTS - 1, ROOTS, 3 * ROOTS + 1])
@pytest.mark.parametrize("pinned", [False, True])
def test_a_comment_is_on_the_page_its_link_leads_to(place, pinned, *, mia, nick, bridge, at):
    crowd(bridge, mia, roots=4 * ROOTS)
    say(nick, bridge, "unseen", state=State.HELD, created=NOON - timedelta(days=1))
    last = Comment.objects.filter(discussion__document=bridge).order_by("-created")[0]
    Comment.objects.filter(pk=last.pk).update(pinned=pinned)
    roots = Comment.objects.filter(discussion__document=bridge, state=State.SHOWN)
    comment = roots.order_by("created")[place]
    target = at(None).get(f"/comments/{comment.pk}/")["Location"]
    page = re.search(r"comments=(\d+)", target)
    number = page[1] if page else "1"
    assert target.endswith(f"#comment-{comment.pk}")
    found = ask(bridge, comments=number)
    assert comment.pk in [thread.root.id for thread in found.threads]


def test_a_long_thread_goes_on_on_its_own_pages(mia, bridge, at):
    crowd(bridge, mia, roots=1, replies=THREAD + 2)
    [thread] = ask(bridge).threads
    assert len(thread.replies) == REPLIES
    assert thread.more == THREAD + 2 - REPLIES
    replies = list(Comment.objects.exclude(root=None).order_by("created"))
    for place, page in ((0, ""), (REPLIES, ""), (THREAD, "?page=2")):
        target = at(None).get(f"/comments/{replies[place].pk}/")["Location"]
        where = thread.url if place >= REPLIES else "/sessions/bridge/"
        assert target == f"{where}{page}#comment-{replies[place].pk}"
    first, second = (at(None).get(thread.url + page).content.decode() for page in ("", "?page=2"))
    assert first.count('class="comment"') == THREAD + 1
    assert second.count('class="comment"') == 3
    assert at(None).get(f"/comments/{replies[0].pk}/thread/").status_code == 302


def test_the_page_of_a_root_is_right_for_everybody(mia, nick, olga, bridge):
    discussion = crowd(bridge, nick, roots=ROOTS, state=State.HELD)
    comment = say(mia, bridge, created=NOON + timedelta(days=1))
    for viewer, page in (
        (Viewer(), 1),
        (Viewer(mia), 1),
        (Viewer(nick), 2),
        (Viewer(olga, True), 2),
    ):
        assert page_of_root(comment, viewer) == page
        found = threads_page(discussion, viewer, page)
        assert comment in found.roots


def test_an_empty_place_stays_above_replies_and_only_there(mia, nick, bridge):
    bare = say(mia, bridge, "", state=State.DELETED)
    kept = say(mia, bridge, "", state=State.DELETED)
    say(nick, bridge, "Reply.", answers=kept)
    lonely = say(mia, bridge, "Hidden.", state=State.HIDDEN)
    say(nick, bridge, "Waits.", answers=lonely, state=State.HELD)
    [thread] = ask(bridge).threads
    assert (thread.root.id, thread.root.deleted, thread.root.name) == (kept.pk, True, "")
    assert bare.pk != kept.pk
    assert [reply.html for reply in thread.replies] == ["<p>Reply.</p>"]
    assert ask(bridge).count == 1


def test_nobody_reads_what_is_not_for_them(mia, nick, olga, bridge):
    say(nick, bridge, "waits", state=State.HELD)
    say(nick, bridge, "hidden", state=State.HIDDEN)
    say(nick, bridge, "", state=State.DELETED)
    assert shown(ask(bridge)) == shown(ask(bridge, mia)) == []
    assert len(shown(ask(bridge, nick))) == len(shown(ask(bridge, olga))) == 2


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**30])
def test_a_number_that_is_no_comment_is_no_page(pk, db, at):
    for name in ("comment", "comment-thread", "comment-reply", "comment-edit"):
        assert at(None).get(reverse(f"journal:{name}", args=[pk])).status_code == 404


def test_a_withdrawn_document_takes_its_comments_along(mia, bridge, at):
    comment = say(mia, bridge)
    Document.objects.filter(pk=bridge.pk).update(published=False)
    assert at(mia).get(f"/comments/{comment.pk}/").status_code == 404
    assert at(mia).press("/comments/on/session/bridge/", body="More.").status_code == 404


# Cost


def queries(document, who):
    with CaptureQueriesContext(
        connection,
    ) as found:
        ask(document, who)
    return len(found)


def test_queries_do_not_grow_with_what_was_said(mia, olga, bridge, stairs):
    say(mia, bridge)
    crowd(stairs, mia, roots=3 * ROOTS, replies=3 * REPLIES)
    for who, most in ((None, 5), (mia, 5), (olga, 7)):
        few, many = queries(bridge, who), queries(stairs, who)
        assert few == many <= most


def test_ten_thousand_comments_on_a_page(starter, mia, olga, at):
    document = Document.objects.get(kind="session", slug="build-lower-body-detail")
    crowd(document, mia, roots=MANY * 9 // 10, replies=MANY // 10)
    last = MANY * 9 // 10 // ROOTS

    for who, most in ((None, 8), (mia, 20), (olga, 22)):
        browser = at(who)
        # The first page of a session notes the sign-in.
        browser.get(SESSION)
        for page in ("", f"?comments={last}"):
            with CaptureQueriesContext(connection) as found:
                answer = browser.get(SESSION + page)
            assert len(found) <= most, [each["sql"] for each in found]
            html = answer.content.decode()
            assert html.count('class="comment"') <= ROOTS * (1 + REPLIES)
            assert len(html) < 300_000
    assert "10,000" in html or "10000" in html


def test_the_index_is_used(mia, bridge):
    """The order of a page comes from an index, on each database in its own words."""
    crowd(bridge, mia, roots=200)
    rows = Comment.objects.filter(discussion=bridge.discussion, root=None, state=State.SHOWN)
    ordered = rows.order_by("-pinned", "created", "id")[:ROOTS]
    if connection.vendor == "sqlite":
        plan = ordered.explain()
        assert "comment_roots" in plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "comment_roots" in ordered.explain()


def test_an_erased_author_is_nobody(mia, nick, bridge):
    root = say(mia, bridge, "", state=State.DELETED)
    say(nick, bridge, "Still here.", answers=root)
    Account.objects.filter(pk=mia.pk).delete()
    [thread] = ask(bridge, account("Tom")).threads
    assert thread.root.name == ""
    assert thread.replies[0].html == "<p>Still here.</p>"


@pytest.mark.parametrize("state", [State.DELETED, State.HIDDEN, State.HELD])
def test_replies_are_reached_where_their_root_is_not_shown(state, mia, nick, bridge, at):
    root = say(mia, bridge, "Root.", state=state)
    replies = [
        say(nick, bridge, f"r{n}", answers=root, created=NOON + timedelta(minutes=n))
        for n in range(8)
    ]
    thread = f"/comments/{root.pk}/thread/"
    for who in (None, nick):
        page = at(who).get(thread)
        assert page.status_code == 200
        assert "Root." not in page.content.decode()
        assert "<p>r7</p>" in page.content.decode()
        target = at(who).get(f"/comments/{replies[7].pk}/")["Location"]
        assert target == f"{thread}#comment-{replies[7].pk}"
        assert at(who).get(f"/comments/{root.pk}/").status_code == 404
    Comment.objects.filter(root=root).update(state=State.HIDDEN)
    assert at(None).get(thread).status_code == 404


def test_what_is_answered_is_reached_wherever_it_stands(mia, nick, bridge):
    root = say(mia, bridge)
    first = say(nick, bridge, "First.", answers=root)
    say(mia, bridge, "To the first.", answers=first)
    reply = ask(bridge).threads[0].replies[1]
    assert (reply.answers_url, reply.answers_name) == (f"/comments/{first.pk}/", "Nick")
    Comment.objects.filter(pk=first.pk).update(state=State.HIDDEN)
    reply = ask(bridge).threads[0].replies[1]
    assert (reply.answers_url, reply.answers_name) == ("", "")
