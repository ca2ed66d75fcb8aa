# SPDX-License-Identifier: Apache-2.0
"""A copy of all of one's data, as JSON and as tables, and nothing of anybody else's."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hipfirst.web.accounts.actions import consent_give
from hipfirst.web.accounts.contract import registered
from hipfirst.web.accounts.exports import cell
from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.models import Comment, Discussion
from hipfirst.web.library.models import Document
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.training.log_actions import events_append
from hipfirst.web.training.models import KneeCheck, Run, RunEvent
from web.members import member

SECRETS = ("totp-secret", "recovery-seed", "passkey-key", "three slow squirrels")


@pytest.fixture
def mia(db):
    return full_member("mia@example.org")


@pytest.fixture
def noa(db):
    return full_member("noa@example.org")


def full_member(email):
    """Somebody with a row in everything."""
    browser = member(email, password="three slow squirrels", name=email.split("@")[0].title())
    user = browser.account
    Authenticator.objects.bulk_create(
        [
            Authenticator(user=user, type="totp", data={"secret": "totp-secret"}),
            Authenticator(user=user, type="recovery_codes", data={"seed": "recovery-seed"}),
            Authenticator(
                user=user,
                type="webauthn",
                data={"name": f"{email} key", "credential": {"id": "passkey-key"}},
            ),
        ]
    )
    consent_give(person=browser.person, purpose="health", version=1)
    KneeCheck.objects.create(person=browser.person, consent=1, left_now=3, hurts=["stairs"])
    browser.get("/account/")  # by which the place of signing in is known
    return browser


def as_json(browser):
    return json.loads(browser.get("/privacy/my-data.json").getvalue())


def as_tables(browser):
    """File name -> its rows; of README.txt its text."""
    archive = zipfile.ZipFile(io.BytesIO(browser.get("/privacy/my-data.zip").getvalue()))
    assert archive.testzip() is None
    texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {
        name: text if name.endswith(".txt") else list(csv.DictReader(io.StringIO(text)))
        for name, text in texts.items()
    }


def everything(browser):
    raw = browser.get("/privacy/my-data.json").getvalue().decode()
    return raw + json.dumps(as_tables(browser), ensure_ascii=False)


def test_json_holds_every_part_of_a_member(mia):
    copy = as_json(mia)
    assert copy.keys() == {part.name for part in registered()}
    assert copy["account"]["email"] == "mia@example.org"
    assert copy["account"]["addresses"] == [
        {"email": "mia@example.org", "verified": True, "primary": True}
    ]
    assert [each["type"] for each in copy["sign_ins"]["methods"]] == [
        "totp",
        "recovery_codes",
        "webauthn",
    ]
    assert copy["sign_ins"]["devices"][0]["ip"] == "127.0.0.1"
    assert copy["consents"][0]["purpose"] == "health"


def test_no_secret_is_in_a_copy(mia):
    copy = everything(mia)
    account = Account.objects.get()
    keys = UserSession.objects.values_list("session_key", flat=True)
    for secret in (*SECRETS, account.password, *keys):
        assert secret not in copy
    assert as_json(mia)["account"]["has_password"] is True


def test_nothing_of_another_person_is_in_a_copy(mia, noa, start_run):
    start_run(noa)
    kind = ContentType.objects.get_for_model(Account)
    for about in (mia.account, noa.account):
        LogEntry.objects.create(
            user=mia.account,
            content_type=kind,
            object_id=about.pk,
            object_repr=str(about),
            action_flag=CHANGE,
        )
    copy = everything(mia)
    assert "noa" not in copy.lower()
    assert str(noa.person.pk) not in copy
    assert len(as_json(mia)["behind"]) == 2
    assert as_json(mia)["runs"] == []


def test_a_table_for_each_part_and_each_list_inside_one(mia, start_run, wire_batch):
    run = start_run(mia)
    events_append(run=run, raw=wire_batch["request"]["events"])
    tables = as_tables(mia)
    told = tables.pop("README.txt")
    assert "spreadsheet" in told
    assert set(re.findall(r"^(\w+\.csv): ", told, re.MULTILINE)) == set(tables)
    assert tables["account.csv"][0]["email"] == "mia@example.org"
    assert tables["addresses.csv"][0]["verified"] == "yes"
    assert tables["knee_checks.csv"][0]["hurts"] == "stairs"
    (row,) = tables["runs.csv"]
    assert row["id"] == str(run.pk)
    assert "timeline" not in "".join(row)
    events = tables["runs_events.csv"]
    assert len(events) == RunEvent.objects.count() > 0
    assert {event["runs"] for event in events} == {str(run.pk)}
    assert tables["ways_to_sign_in.csv"][2]["name"] == "mia@example.org key"


def test_a_copy_has_no_empty_table_and_tells_what_is_in_each(mia):
    tables = as_tables(mia)
    assert all(tables.values())
    assert tables.keys() >= {"mail_choices.csv", "consents.csv", "signed_in.csv"}
    assert tables.keys().isdisjoint({"comments.csv", "reports.csv", "runs.csv", "sign_ins.csv"})


def test_comments_and_mails_have_a_file_each(mia, noa, starter):
    document = Document.objects.filter(kind="session").first()
    discussion = Discussion.objects.create(document=document)
    Comment.objects.create(discussion=discussion, author=mia.account, body="Slowly.")
    tables = as_tables(mia)
    assert [row["text"] for row in tables["comments.csv"]] == ["Slowly."]
    assert tables["mail_choices.csv"] == [{"replies": "yes", "shown": "yes"}]
    Account.objects.filter(pk=noa.account.pk).update(role=Account.Role.MODERATOR)
    assert "moderation" in as_tables(noa)["mail_choices.csv"][0]


def test_a_copy_has_the_words_that_were_agreed_to(mia):
    version = SiteSettings().terms_version
    consent_give(person=mia.person, purpose="terms", version=version)
    words = {row["purpose"]: row["words"] for row in as_json(mia)["consents"]}
    assert "This site may keep what I say of my knees" in words["health"]
    assert "What this site is\n" in words["terms"]
    assert "Your account\n" in words["terms"]
    assert "<" not in words["terms"]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_text_is_a_formula(mia, formula):
    Authenticator.objects.filter(type="webauthn").update(data={"name": formula})
    methods = as_tables(mia)["ways_to_sign_in.csv"]
    assert methods[2]["name"] == f"'{formula}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (-3, -3),
        (-0.5, -0.5),
        (["=a", "b"], "'=a; b"),
        ([], ""),
        ("a=b", "a=b"),
    ],
)
def test_cells(value, shown):
    assert cell(value) == shown


def test_letters_beyond_english_survive(mia):
    Account.objects.update(name="Zoë 李 🦵")
    raw = mia.get("/privacy/my-data.zip").getvalue()
    table = zipfile.ZipFile(io.BytesIO(raw)).read("account.csv")
    assert table.startswith(b"\xef\xbb\xbf")
    assert as_tables(mia)["account.csv"][0]["name"] == "Zoë 李 🦵"
    assert as_json(mia)["account"]["name"] == "Zoë 李 🦵"


@pytest.mark.parametrize("name", ["my-data.json", "my-data.zip"])
def test_copies_are_files_that_nobody_keeps(mia, name):
    answer = mia.get(f"/privacy/{name}")
    answer.getvalue()
    assert answer["Content-Disposition"] == f'attachment; filename="hipfirst-{name}"'
    assert answer["Cache-Control"] == "private, no-store"


def test_a_stranger_gets_empty_copies(stranger):
    assert as_json(stranger) == {}
    assert list(as_tables(stranger)) == ["README.txt"]


def test_a_visitor_gets_what_is_theirs(ada, ben, start_run):
    run = start_run(ada)
    start_run(ben)
    assert [each["id"] for each in as_json(ada)["runs"]] == [str(run.pk)]
    assert as_json(ada)["account"] is None
    assert "account.csv" not in as_tables(ada)


def test_a_long_log_is_read_a_few_runs_at_a_time(ada, start_run):
    """Never whole: the answer begins before the last run was read."""
    first = start_run(ada)
    Run.objects.bulk_create(
        Run(
            id=uuid.uuid4(),
            person=ada.person,
            timeline=first.timeline,
            session=first.session,
            title=first.title,
        )
        for _number in range(20)
    )
    answer = ada.get("/privacy/my-data.json")
    assert answer.streaming
    parts = iter(answer)
    with CaptureQueriesContext(connection) as asked:
        while b'"events"' not in next(parts):
            pass
        half = len(events_read(asked))
        b"".join(parts)
    assert (half, len(events_read(asked))) == (1, 5)


def events_read(asked):
    return [query for query in asked if "training_runevent" in query["sql"]]
