# SPDX-License-Identifier: Apache-2.0
"""Every word that people see can be translated, and every document says what language it is in."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from hipfirst.planning.red_flags import RED_FLAGS
from hipfirst.planning.rules import RULES
from hipfirst.web.library.models import Document
from hipfirst.web.membership.actions import grant, pause, resume
from hipfirst.web.progress.report import PARTS
from hipfirst.web.training.rhythm_actions import holiday_add
from web.members import member
from web.progress.weeks import tell
from web.pseudo import LANGUAGE, ROOT, build, escaped, extract, outside, pseudo

SESSION = "/sessions/build-lower-body-detail/"
PAGES = [
    "/",
    "/library/",
    "/library/?kind=exercise&muscle=gluteus-medius&position=prone&minutes=20&no_kneeling=1",
    "/library/?minutes=1&no_floor=1",
    SESSION,
    "/exercises/clam/",
    "/privacy/",
    "/privacy/?erased",
    "/check/",
    "/knee-rules/",
    "KNEES",
    "TODAY",
    "UNDER 16",
    "FAULTY",
    "SIGN",
    "STOPPED",
    "FLARE",
    "/no-such-page/",
    "EVIDENCE",
    "PLAY",
]


@pytest.fixture(scope="module")
def catalogs(tmp_path_factory):
    return extract(tmp_path_factory.mktemp("messages"))


@pytest.fixture
def pseudo_locale(tmp_path, catalogs):
    paths = [str(build(tmp_path, catalogs))]
    languages = [("en", "English"), (LANGUAGE, "Pseudo")]
    with override_settings(LOCALE_PATHS=paths, LANGUAGES=languages):
        yield {"headers": {"accept-language": LANGUAGE}}


@pytest.fixture
def addresses(starter, ada, start_run):
    card = Document.objects.filter(kind="evidence").first()
    return {"PLAY": f"/play/{start_run(ada).pk}/", "EVIDENCE": f"/evidence/{card.slug}/"}


FIRST = {"consent": "yes", "age_band": "adult", "red_flags": "none"}
SORE = {"left_now": "4", "left_week": "6", "right_now": "1", "right_week": "1", "hurts": "stairs"}
REST = {"weaker": "same", "kit_choice": "these", "minutes": "14", "experience": "new"}
ANSWERED = {
    "KNEES": (1, FIRST, None),
    "UNDER 16": (1, {**FIRST, "age_band": "teen"}, None),
    "FAULTY": (3, {**FIRST, **SORE, **REST, "minutes": "x", "kit": "y", "experience": "z"}, None),
    "SIGN": (1, {**FIRST, "red_flags": "calf"}, "/check/advice/"),
    "STOPPED": (1, {**FIRST, "red_flags": "calf"}, SESSION),
    "TODAY": (3, {**FIRST, **SORE, **REST, "age_band": "teen"}, SESSION),
    "FLARE": (3, {**FIRST, **SORE, **REST, "left_now": "9"}, SESSION),
}
"""What is sent to the knee check, as its which step, and the page that shows what came of it."""


def opened(browser, path, addresses, locale):
    if path not in ANSWERED:
        return browser.get(addresses.get(path, path), **locale)
    step, fields, then = ANSWERED[path]
    sent = {"csrfmiddlewaretoken": browser.token(), "step": step, "seen": step, **fields}
    answer = browser.post("/check/", sent, **locale)
    return browser.get(then, **locale) if then else answer


MEMBERS = [
    "/join/",
    "/account/membership/",
    "/today/",
    "/today/rhythm/",
    "/programs/",
    "/programs/build/",
    "/check-in/",
    "/check-in/answer/",
    "/progress/",
    "/progress/report/",
    "REPORT",
    "SHARED",
    "/sessions/build-all-together/",
]


@pytest.fixture
def mia(starter):
    """Follows Build, tells of her weeks, has a membership, days away and a calendar."""
    mia = member("mia@example.org")
    grant(account=mia.account, days=60)
    pause(account=mia.account)
    resume(account=mia.account)
    assert mia.press("/programs/build/follow/").status_code == 302
    today = timezone.now().date()
    pains = [(7, 5), (6, 5), (5, 5), (4, 5), (3, 6)]
    tell(mia.person, *pains, first=today - timedelta(weeks=5), activity="12", hard=[6, 5, 5, 4, 3])
    holiday_add(person=mia.person, first=today + timedelta(days=9), last=today + timedelta(days=12))
    sent = {"left": "5", "right": "2", "consent": "yes"}
    assert mia.press("/check-in/", **sent).status_code == 302
    return mia


def paged(browser, path, locale):
    """The page; of one for a professional, made in that language."""
    if path not in {"REPORT", "SHARED"}:
        return browser.get(path, **locale)
    token = {"csrfmiddlewaretoken": browser.token()}
    chosen = {"parts": [*PARTS], "weeks": "8", "days": "7", "name": "", "questions": "2 + 2?"}
    own = browser.post("/progress/report/", {**token, **chosen}, **locale)["Location"]
    page = browser.get(own, **locale)
    if path == "REPORT":
        return page
    link = re.search(r"/report/[\w-]{43}/", page.content.decode())[0]
    return browser.get(link, **locale)


@pytest.mark.parametrize("path", MEMBERS)
def test_no_word_escapes_members(pseudo_locale, mia, path):
    answer = paged(mia, path, pseudo_locale)
    assert answer.status_code == 200
    found, seen = escaped(answer.content.decode())
    assert found == []
    assert seen >= 3


@pytest.mark.parametrize("path", PAGES)
def test_no_word_escapes(pseudo_locale, addresses, ada, path):
    page = opened(ada, path, addresses, pseudo_locale).content.decode()
    assert f'<html lang="{LANGUAGE}"' in page
    found, seen = escaped(page)
    assert found == []
    assert seen >= 3


def test_refusals_are_translated(pseudo_locale, ada, start_run):
    run = start_run(ada)
    answer = ada.post(
        f"/api/runs/{run.pk}/events",
        b"{",
        content_type="application/json",
        headers={"X-CSRFToken": ada.token(), **pseudo_locale["headers"]},
    )
    assert outside(answer.json()["error"]["message"]) == ""


def test_the_player_gets_its_words(pseudo_locale, catalogs, stranger):
    script = stranger.get("/i18n.js", **pseudo_locale).content.decode()
    sent = json.loads(re.search(r"newcatalog = (\{.*?\n\s*\});", script, re.DOTALL)[1])
    singular = [each.msgid for each in catalogs["djangojs"] if not each.msgid_plural]
    assert {text: sent.get(text) for text in singular} == {text: pseudo(text) for text in singular}


CALL = re.compile(r"\b(?:gettext|ngettext|pgettext)\(\s*\"((?:[^\"\\]|\\.)+)\"")


def test_every_call_in_the_front_end_is_extracted(catalogs):
    known = {entry.msgid for entry in catalogs["djangojs"]}
    known |= {entry.msgctxt for entry in catalogs["djangojs"]}
    for path in sorted((ROOT / "player" / "src").rglob("*.ts")):
        called = {text.replace('\\"', '"') for text in CALL.findall(path.read_text("utf-8"))}
        assert called <= known, path.name
    assert len(known) > 20


def test_what_the_core_says_is_extracted(catalogs):
    known = {entry.msgid for entry in catalogs["django"]}
    said = {text for flag in RED_FLAGS for text in (flag.question, flag.may_mean, flag.say)}
    said |= {text for rule in RULES for text in (rule.when, rule.then)}
    assert said <= known


def test_messages_are_found_in_code_and_templates(catalogs):
    files = {place for entry in catalogs["django"] for place, _line in entry.occurrences}
    assert any(place.endswith("base.html") for place in files)
    assert any(place.endswith("labels.py") for place in files)


def test_the_pseudo_language_keeps_placeholders():
    assert pseudo("Play %(title)s <b>now</b> {n}") == "⟦Pláý %(title)s <b>nów</b> {n}⟧"


def html(body):
    return f'<html lang="{LANGUAGE}"><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('<select translate="no"><option>Europe/Vienna</option></select>', 0),
        ("<p>⟦fine⟧</p>", 0),
        ("<p>Escaped</p>", 1),
        ("<p>⟦fine⟧ escaped</p>", 1),
        ("<p>⟦a ⟦b⟧ c⟧</p>", 0),
        ('<p lang="en">From a document</p>', 0),
        (f'<p lang="en">Document <b lang="{LANGUAGE}">escaped</b></p>', 1),
        ('<img src="x" alt="escaped">', 1),
        ('<img lang="en" src="x" alt="document">', 0),
        ('<button aria-label="escaped">⟦fine⟧</button>', 1),
        ('<input placeholder="escaped">', 1),
        ('<meta name="description" content="escaped">', 1),
        ("<p>12 · 3/4 Hipfirst</p>", 0),
        ("<script>let escaped</script>", 0),
    ],
)
def test_the_test_sees_what_escapes(body, count):
    assert len(escaped(html(body))[0]) == count
