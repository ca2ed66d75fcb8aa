# SPDX-License-Identifier: Apache-2.0
"""Fills a site's database with readers and what they said; run by `people`, in the site's
environment. Prints as JSON what a client needs to be one of them.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import timedelta
from typing import Any

import django

COMMENTS = 10_000
AUTHORS = 100
PASSWORD = "correct-horse-battery-staple"
WRITERS, SIGNERS, CODED = 240, 200, 200
"""Accounts that write, that sign in with a password, and that were sent a code."""


def main(article: str) -> dict[str, Any]:
    """Everybody, as cookies, addresses and codes."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 after django.setup
    from django.db import transaction  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    setup_test_environment()  # keeps the mails here, where the codes can be read
    with transaction.atomic():
        hashed = make_password(PASSWORD)
        names = {"writer": WRITERS, "signer": SIGNERS, "coded": CODED, "author": AUTHORS}
        people = {name: _accounts(name, count, hashed) for name, count in names.items()}
        _discussion(article, people["author"], people["writer"])
        # Nobody waits for a mail of these.
        writers = [_signed_in(account) for account in people["writer"]]
    return {
        "password": PASSWORD,
        "writers": writers,
        "signers": [account.email for account in people["signer"]],
        "coded": [_coded(account, n) for n, account in enumerate(people["coded"])],
    }


def _accounts(name: str, count: int, hashed: str) -> list[Any]:
    from allauth.account.models import EmailAddress  # noqa: PLC0415

    from hipfirst.web.accounts.models import Account, Person  # noqa: PLC0415

    found = [
        Account(
            person=Person.objects.create(),
            email=f"{name}{n}@example.org",
            name=f"{name.capitalize()} {n}",
            password=hashed,
        )
        for n in range(count)
    ]
    Account.objects.bulk_create(found)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=each, email=each.email, verified=True, primary=True) for each in found
    )
    return found


def _discussion(article: str, authors: list[Any], writers: list[Any]) -> None:
    """Many comments on the article, and one of each writer, whose next ones are shown at once."""
    from django.utils import timezone  # noqa: PLC0415

    from hipfirst.web.journal.markup import comment_html  # noqa: PLC0415
    from hipfirst.web.journal.models import Comment, Discussion  # noqa: PLC0415
    from hipfirst.web.library.models import Document  # noqa: PLC0415

    rows = Document.objects.filter(kind="article")
    many = Discussion.objects.create(document=rows.get(slug=article))
    other = Discussion.objects.create(document=rows.exclude(slug=article).order_by("slug")[0])
    body = "My left knee liked the **clam** more than the *bridge*.\n\n> slow\n\nSo I stay slow."
    html, since = comment_html(body), timezone.now() - timedelta(days=30)

    def comment(discussion: Discussion, author: Any, n: int) -> Comment:
        at = since + timedelta(seconds=n)
        made = Comment(discussion=discussion, author=author, body=body, html=html, created=at)
        made.state = Comment.State.SHOWN
        return made

    roots = [comment(many, authors[n % len(authors)], n) for n in range(COMMENTS // 2)]
    Comment.objects.bulk_create(roots)
    replies = [comment(many, authors[n % len(authors)], COMMENTS + n) for n in range(COMMENTS // 2)]
    for n, reply in enumerate(replies):
        reply.root = reply.answers = roots[n // 3]
    Comment.objects.bulk_create(replies)
    Comment.objects.bulk_create(comment(other, each, n) for n, each in enumerate(writers))


def _signed_in(account: Any) -> str:
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(account)
    return client.cookies["sessionid"].value


def _coded(account: Any, n: int) -> dict[str, str]:
    """Somebody who asked for a code by mail, from an address of their own, and has it."""
    from django.core import mail  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client(REMOTE_ADDR=f"127.2.{n // 250}.{n % 250 + 1}")
    answer = client.post("/account/login/code/", {"email": account.email})
    assert answer.status_code == 302, answer.status_code
    (sent,) = (each for each in mail.outbox if account.email in each.to)
    code = re.search(r"^\s*([A-Z0-9]{3,6}-?[A-Z0-9]{3,6})\s*$", str(sent.body), re.MULTILINE)
    assert code, sent.body
    return {"session": client.cookies["sessionid"].value, "code": code[1]}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(sys.argv[1])))
