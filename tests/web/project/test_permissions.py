# SPDX-License-Identifier: Apache-2.0
"""Who may do what: one row for every address and method of the site, and none without a row.

Who is who stands in conftest.py. Whatever is asked for belongs to Mia, and a run to Ada; things in
another state have a table below.
"""

from __future__ import annotations

import copy
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils import timezone

from hipfirst.web.accounts.actions import consent_give
from hipfirst.web.accounts.models import Consent
from hipfirst.web.journal.mail import stop_token
from hipfirst.web.journal.models import Comment, Discussion
from hipfirst.web.library.models import Document, PackFile
from hipfirst.web.membership.models import Offer
from hipfirst.web.membership.vouchers import vouchers_make
from hipfirst.web.progress.actions import Made, report_make
from hipfirst.web.progress.report import Wish
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.training.models import Run, Timeline
from hipfirst.web.training.reminder_mail import reminder_stop_token
from hipfirst.web.training.rhythm_actions import calendar_make, holiday_add
from web.conftest import SESSION, run_of
from web.project.conftest import passkey_of, say

A_DAY = date(2027, 3, 1)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
WRITES = METHODS[1:]
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
STATES = Comment.State.values
SLUGS = {
    "sessions": SESSION,
    "play": SESSION,
    "join": "yearly",
    "comments": SESSION,
    "programs": "build",
    "exercises": "clam",
    "journal": "stairs",
    "evidence": "baik-2020",
}
"""What documents are asked for, by the first part of the address."""


@dataclass(frozen=True)
class Row:
    """The status each person gets."""

    stranger: int
    ada: int
    ben: int
    mia: int
    nick: int
    quinn: int
    olga: int
    paul: int
    member: int
    gifted: int
    lapsed: int
    paused: int

    def but(self, **statuses):
        return replace(self, **statuses)


def groups(out, members, moderator, owner):
    """`out`: everybody without an account. `members`: all with one, whatever their membership; one
    is banned.
    """
    return Row(out, out, out, *[members] * 3, moderator, owner, *[members] * 4)


def everybody(status):
    return groups(status, status, status, status)


def signed_in(status, *, out=302):
    """Whoever has an account; `out` is a page to sign in at, or a no."""
    return groups(out, status, status, status)


def writers(status, *, out=403, banned=403):
    return signed_in(status, out=out).but(quinn=banned)


def staff(status, *, members=404, out=302):
    return groups(out, members, status, status)


def owner(status, *, moderator=403, members=404):
    return groups(302, members, moderator, status)


def of_mia(status, *, others, out=302):
    return signed_in(others, out=out).but(mia=status)


def of_ada(status, *, stranger=404):
    """Her run, of which nobody else knows."""
    return everybody(404).but(stranger=stranger, ada=status)


def answers(*, others=None, **methods):
    """The rows of one address by method; `others`: what any other method gets."""
    return {method: methods.get(method, others or everybody(405)) for method in METHODS}


def page(row):
    """To be read only."""
    return answers(GET=row)


def both(row):
    return answers(GET=row, POST=row)


def page_of_account(row=None):
    """Whoever is not signed in is asked to, whatever they want."""
    return answers(GET=row or signed_in(200), POST=signed_in(405))


def button_of_account(row):
    return answers(GET=signed_in(405), POST=row)


def room(model, *, listed, moderator_listed, changed, added=403):
    """What Django's admin has for a model that nobody deletes from there."""
    rest = {
        "": both(owner(listed, moderator=moderator_listed)),
        "add/": both(owner(added)),
        "<path:object_id>/": page(staff(302)),
        "<path:object_id>/change/": answers(GET=owner(200), POST=owner(changed)),
        "<path:object_id>/delete/": both(owner(403)),
        "<path:object_id>/history/": page(owner(200)),
    }
    return {f"behind/{model}/{end}": row for end, row in rest.items()}


NOT_NOW = both(everybody(302))
"""A step of signing in that nobody here is at: it leads to its beginning."""

MATRIX = {
    # To read.
    "": page(everybody(200)),
    "library/": page(everybody(200)),
    "sessions/<slug:slug>/": page(everybody(200)),
    "exercises/<slug:slug>/": page(everybody(200)),
    "evidence/": page(everybody(200)),
    "evidence/<slug:slug>/": page(everybody(200)),
    "journal/": page(everybody(200)),
    "journal/feed.atom": page(everybody(200)),
    "journal/<slug:slug>/": page(everybody(200)),
    "knee-rules/": page(everybody(200)),
    "terms/": page(everybody(200)),
    "imprint/": page(everybody(200)),
    "privacy/": page(everybody(200)),
    "offline/": page(everybody(200)),
    "media/packs/<slug:pack>/<str:name>": page(everybody(200)),
    "site/colours.css": page(everybody(200)),
    "site/logo": page(everybody(404)),
    "sw.js": page(everybody(200)),
    "manifest.webmanifest": page(everybody(200)),
    "i18n.js": page(everybody(200)),
    "robots.txt": page(everybody(200)),
    "sitemap.xml": page(everybody(200)),
    "healthz": page(everybody(200)),
    # To train. Whoever has no run or check yet becomes a visitor.
    "check/": answers(GET=everybody(200), POST=everybody(400)),
    "check/advice/": page(everybody(302)),
    "check/fine/": answers(POST=everybody(302)),
    "check/erase/": answers(POST=everybody(302)),
    "check-in/": answers(GET=everybody(200), POST=everybody(400)),
    "check-in/hour/": answers(GET=everybody(200), POST=everybody(409)),
    "check-in/morning/": answers(GET=everybody(200), POST=everybody(409)),
    "check-in/answer/": page(everybody(302)),
    "check-in/erase/": answers(POST=everybody(302)),
    "sessions/<slug:slug>/play/": answers(POST=everybody(302)),
    "sessions/<slug:slug>/preview/": answers(POST=everybody(302)),
    "play/<uuid:run_id>/": page(of_ada(200)),
    "play/kept/<slug:slug>/": page(everybody(200)),
    "api/": answers(others=everybody(404)),
    "api/openapi.json": page(everybody(200)),
    "api/kept/<slug:session>": answers(POST=everybody(200), DELETE=everybody(204)),
    "api/runs/<uuidstr:run_id>": answers(
        GET=of_ada(200, stranger=401), PUT=of_ada(200, stranger=401)
    ),
    "api/runs/<uuidstr:run_id>/events": answers(POST=of_ada(200, stranger=401)),
    "programs/": page(everybody(200)),
    "programs/<slug:slug>/": page(everybody(200)),
    # Whom a membership does not open it to is led to joining: another way from the same button.
    "programs/<slug:slug>/follow/": answers(POST=everybody(302)),
    "programs/<slug:slug>/leave/": answers(POST=everybody(302)),
    "today/": page(everybody(200)),
    "today/rhythm/": answers(GET=everybody(200), POST=everybody(400)),
    "today/holidays/": answers(POST=everybody(400)),
    "today/holidays/<int:holiday_id>/remove/": answers(POST=everybody(302)),
    "today/calendar/": answers(POST=everybody(302)),
    "today/calendar/remove/": answers(POST=everybody(302)),
    # Calendars come without cookies: the token in the address decides.
    "calendar/<str:calendar_token>.ics": page(everybody(200)),
    "progress/": page(everybody(200)),
    # A page for a professional is of whoever made it; its link is for everybody who has it.
    "progress/report/": answers(GET=everybody(200), POST=everybody(302)),
    "progress/report/<uuid:report_id>/": page(of_ada(200)),
    "progress/report/<uuid:report_id>/pdf": page(of_ada(200)),
    "progress/report/<uuid:report_id>/end/": answers(POST=of_ada(302)),
    "report/<str:report_token>/": page(everybody(200)),
    "report/<str:report_token>/pdf": page(everybody(200)),
    # To talk.
    "comments/on/<str:kind>/<slug:slug>/": answers(POST=writers(302)),
    "comments/on/<str:kind>/<slug:slug>/close/": answers(POST=staff(302, members=403, out=403)),
    "comments/<int:pk>/": page(everybody(302)),
    "comments/<int:pk>/thread/": page(everybody(200)),
    "comments/<int:pk>/reply/": answers(GET=signed_in(200), POST=writers(302)),
    "comments/<int:pk>/edit/": answers(
        GET=of_mia(200, others=403), POST=of_mia(302, others=403, out=403)
    ),
    "comments/<int:pk>/delete/": answers(GET=of_mia(200, others=403), POST=of_mia(302, others=403)),
    "comments/<int:pk>/report/": answers(
        GET=signed_in(200), POST=writers(302, out=302).but(mia=403)
    ),
    "comments/<int:pk>/advice/": page(of_mia(200, others=403)),
    "comments/<int:pk>/moderate/": answers(POST=staff(302, members=403, out=403)),
    "comments/<int:pk>/ban/": answers(
        GET=staff(200, members=403, out=403), POST=staff(302, members=403, out=403)
    ),
    "moderate/": page(staff(200, members=403)),
    # Mail programs press this button without cookies: the signed token in the address decides.
    "mail/stop/<str:token>/": answers(GET=everybody(200), POST=everybody(200)),
    "mail/reminders/stop/<str:stop_token>/": answers(GET=everybody(200), POST=everybody(200)),
    "account/mail/": answers(GET=signed_in(200), POST=everybody(302)),
    # To be a member.
    "join/": page(everybody(200)),
    "join/voucher/": answers(POST=everybody(400)),
    "join/<slug:slug>/": answers(GET=everybody(200), POST=signed_in(200)),
    "account/membership/": page_of_account(),
    "account/membership/pause/": button_of_account(signed_in(302)),
    "account/membership/resume/": button_of_account(signed_in(302)),
    "account/membership/cancel/": button_of_account(signed_in(302)),
    "account/membership/keep/": button_of_account(signed_in(302)),
    # One's own account, and what is kept.
    "account/": page_of_account(),
    "account/name/": button_of_account(signed_in(302).but(quinn=400)),
    "account/keep/": button_of_account(signed_in(302)),
    "account/consent/": page_of_account(),
    "account/consent/give/": button_of_account(signed_in(302)),
    "account/consent/withdraw/": button_of_account(signed_in(302)),
    "account/consent/<int:consent_id>/": page_of_account(of_mia(200, others=404)),
    "account/delete/": answers(GET=signed_in(200), POST=signed_in(302).but(paul=409)),
    "account/deleted/": page(everybody(200)),
    "privacy/my-data.json": page(everybody(200)),
    "privacy/my-data.zip": page(everybody(200)),
    "privacy/erase/": answers(POST=everybody(302)),
    # To sign up and in. Whoever is in already is led to the account.
    "account/signup/": both(signed_in(302, out=200)),
    "account/signup/passkey/": both(signed_in(302, out=200)),
    "account/login/": both(signed_in(302, out=200)),
    "account/login/code/": both(signed_in(302, out=200)),
    "account/login/code/confirm/": NOT_NOW,
    "account/confirm-email/": NOT_NOW,
    "account/2fa/authenticate/": NOT_NOW,
    "account/2fa/webauthn/login/": NOT_NOW,
    "account/2fa/webauthn/signup/": NOT_NOW,
    "account/password/reset/": both(everybody(200)),
    "account/password/reset/confirm/": NOT_NOW,
    "account/password/reset/complete/": NOT_NOW,
    "account/password/reset/done/": page(everybody(200)),
    "account/inactive/": page(everybody(200)),
    "account/logout/": answers(GET=signed_in(200), POST=everybody(302)),
    # Ways in, of somebody who has just signed in by a code and has no other yet.
    "account/email/": answers(GET=signed_in(200), POST=everybody(302)),
    "account/password/set/": both(signed_in(200)),
    "account/password/change/": NOT_NOW,
    "account/reauthenticate/": both(signed_in(302)),
    "account/reauthenticate/code/": both(signed_in(200)),
    "account/2fa/": page_of_account(),
    "account/2fa/reauthenticate/": both(signed_in(302)),
    "account/2fa/totp/activate/": both(signed_in(200)),
    "account/2fa/totp/deactivate/": both(signed_in(404)),
    "account/2fa/recovery-codes/": page_of_account(signed_in(404)),
    "account/2fa/recovery-codes/download/": both(signed_in(404)),
    "account/2fa/recovery-codes/generate/": both(signed_in(200)),
    "account/2fa/webauthn/": page_of_account(),
    "account/2fa/webauthn/add/": both(signed_in(200)),
    "account/2fa/webauthn/reauthenticate/": both(signed_in(302)),
    "account/2fa/webauthn/keys/<int:pk>/edit/": answers(
        GET=of_mia(200, others=404), POST=of_mia(302, others=404)
    ),
    "account/2fa/webauthn/keys/<int:pk>/remove/": answers(
        GET=of_mia(200, others=404), POST=of_mia(302, others=404)
    ),
    "account/sessions/": answers(GET=signed_in(200), POST=everybody(302)),
    "account/sessions/everywhere/": answers(POST=everybody(302)),
    # Behind the site. Members find nothing there.
    "behind/": page(staff(200)),
    "behind/jsi18n/": page(staff(200)),
    "behind/<slug:app_label>/": page(owner(200, moderator=404)),
    **room("site/sitesettings", listed=302, moderator_listed=302, changed=200),
    **room("accounts/account", listed=200, moderator_listed=403, changed=302),
    **room("membership/offer", listed=200, moderator_listed=403, changed=200, added=200),
    **room("membership/voucherbatch", listed=200, moderator_listed=403, changed=302, added=200),
    "behind/membership/voucherbatch/<int:object_id>/codes.csv": page(owner(200)),
    **room("membership/ledgerline", listed=200, moderator_listed=403, changed=302, added=200),
}
TOKEN_DECIDES = {"mail/stop/<str:token>/", "mail/reminders/stop/<str:stop_token>/"}
"""Mail programs know no token of a form: that of the address is enough."""

SENT = {
    "comments/on/<str:kind>/<slug:slug>/": {"body": "Slowly is fine."},
    "comments/on/<str:kind>/<slug:slug>/close/": {"closed": "1"},
    "comments/<int:pk>/reply/": {"body": "Good to know."},
    "progress/report/": {"parts": "knees", "weeks": "8", "days": "7"},
    "comments/<int:pk>/edit/": {"body": "In other words."},
    "comments/<int:pk>/report/": {"reason": "other"},
    "comments/<int:pk>/moderate/": {"do": "hide"},
    "comments/<int:pk>/ban/": {"because": "Adverts."},
    "account/consent/give/": {"purpose": "terms", "version": "1"},
    "account/consent/withdraw/": {"purpose": "health"},
    "account/name/": {"name": "Somebody Else"},
    "account/2fa/webauthn/keys/<int:pk>/edit/": {"name": "Another phone"},
    "behind/accounts/account/<path:object_id>/change/": {"role": "member", "is_active": "on"},
}
"""Fields that make the answer more than a no; where none are named, an empty form is sent."""


def routes(resolver=None, prefix=""):
    """Every address pattern below a resolver, as one string."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


ROUTES = sorted(set(routes()))
AREAS = ("account/2fa", "account", "api", "behind", "comments", "")
"""Addresses that are asked together, by how they begin: making the world takes longest."""


def of_area(area):
    first = {route: next(each for each in AREAS if route.startswith(each)) for route in ROUTES}
    return [route for route in ROUTES if first[route] == area]


@pytest.fixture
def world(starter, people):
    """Everybody, and what is asked for. Asking changes nothing of it."""
    return World.of(people)


@dataclass(frozen=True)
class World:
    people: dict
    runs: dict
    """By whose it is."""
    said: dict
    """Mia's comments, by state."""
    consent: Consent
    """Mia's."""
    rooms: dict
    """What is looked at behind the site, by model."""
    report: Made
    """Ada's page for a professional."""

    @classmethod
    def of(cls, people):
        return cls(
            people=people,
            runs={name: run_of(each) for name, each in people.items() if name != "stranger"},
            said={state: say(people["mia"], f"{state}.", state=state) for state in STATES},
            consent=consent_give(person=people["mia"].person, purpose="terms", version=1),
            rooms=_rooms(people),
            report=report_make(
                person=people["ada"].person,
                wish=Wish(parts=frozenset({"knees"}), weeks=8),
                days=7,
                now=timezone.now(),
            ),
        )

    def address(self, route):
        """The route with Ada's run, what is Mia's, and documents that exist."""
        filled = "/" + route.replace("<slug:slug>", SLUGS.get(route.split("/")[0], ""))
        number = self.rooms.get("/".join(route.split("/")[1:3]), 1)
        filled = filled.replace("<int:object_id>", str(number))
        for part, value in {**self._values(), "<path:object_id>": number}.items():
            filled = filled.replace(part, str(value))
        assert "<" not in filled, f"say here what {route} is filled with"
        return filled

    def _values(self):
        return {
            "<uuid:run_id>": self.runs["ada"].pk,
            "<uuidstr:run_id>": self.runs["ada"].pk,
            "<slug:pack>": "starter",
            "<slug:session>": SESSION,
            "<slug:app_label>": "site",
            "<str:kind>": "session",
            "<str:token>": stop_token(self.mia.pk, "reply"),
            "<str:name>": PackFile.objects.values_list("name", flat=True)[0],
            "<int:consent_id>": self.consent.pk,
            "<str:stop_token>": reminder_stop_token(self.mia.pk),
            "<uuid:report_id>": self.report.report.pk,
            "<str:report_token>": self.report.token,
            "<str:calendar_token>": calendar_make(person=self.mia.person),
            "<int:holiday_id>": holiday_add(person=self.mia.person, first=A_DAY, last=A_DAY).pk,
            "<int:pk>": self.said["shown"].pk,
        }

    @property
    def mia(self):
        return self.people["mia"].account

    def answers(self, path, fields=None, *, methods=METHODS, token=True):
        """Method -> the row of what everybody gets."""
        return {
            method: Row(
                **{
                    name: ask(each, method, path, fields, token=token)
                    for name, each in self.people.items()
                }
            )
            for method in methods
        }


def _rooms(people):
    """App and model -> the key of a row of it."""
    offer = Offer.objects.get(slug=SLUGS["join"])
    Offer.objects.update(shown=True)
    return {
        "accounts/account": people["mia"].account.pk,
        "membership/offer": offer.pk,
        "membership/voucherbatch": vouchers_make(offer=offer, count=2).pk,
        "membership/ledgerline": people["member"].person.ledger.get().pk,
    }


def ask(browser, method, path, fields=None, *, token=True):
    """The status of an answer, after which nothing has changed: neither site nor browser."""
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        answer = _answer(browser, method, path, fields or {}, token=token)
        read(answer)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer.status_code


def read(answer):
    """To its end, which closes it: `close` would also close the connection to the database."""
    return b"".join(answer) if answer.streaming else answer.content


def _answer(browser, method, path, fields, *, token):
    if method == "GET":
        return browser.get(path)
    headers = {"X-CSRFToken": browser.token()} if token else {}
    if not path.startswith("/api/"):
        sent = "&".join(f"{name}={value}" for name, value in fields.items())
        return browser.generic(method, path, sent, content_type=FORM, headers=headers)
    body = {"format": 1, "events": []}
    if method == "PUT":
        hashes = Timeline.objects.values_list("sha256", flat=True)
        body = {"timeline_hash": hashes[0], "session": SESSION}
    return browser.generic(method, path, json.dumps(body), content_type=JSON, headers=headers)


def test_every_address_has_a_row():
    assert set(ROUTES) == MATRIX.keys()


@pytest.mark.parametrize("area", AREAS)
def test_every_person_gets_what_the_row_says(world, area):
    given = {}
    for route in of_area(area):
        with key_of(world, route) as path:
            given[route] = world.answers(path, SENT.get(route))
    assert given == {route: MATRIX[route] for route in given}


@pytest.mark.parametrize("area", AREAS)
def test_no_write_without_the_token(world, area):
    for route in set(of_area(area)) - TOKEN_DECIDES:
        with key_of(world, route) as path:
            given = world.answers(path, SENT.get(route), methods=WRITES, token=False)
        for method in WRITES:
            # A wrong method is refused, by whoever notices first.
            refused = {everybody(403)} | ({everybody(405)} & {MATRIX[route][method]})
            assert given[method] in refused, f"{method} {route}"


@contextmanager
def key_of(world, route):
    """The address; where it is about a passkey, of one that Mia has meanwhile.

    Whoever has one may be asked for it, so it is not there for the other addresses.
    """
    with transaction.atomic():
        path = world.address(route)
        if "webauthn/keys" in route:
            key = passkey_of(world.people["mia"])
            path = world.address(route.replace("<int:pk>", str(key.pk)))
        yield path
        transaction.set_rollback(True)


CLOSED = "build-quiet-hips"


def opened(status, *, others, out=None):
    """To whom a membership, or their role, opens what is for members; `out`: without an account."""
    shut = groups(others if out is None else out, others, status, status)
    return shut.but(member=status, gifted=status)


FOR_MEMBERS = {
    f"sessions/{CLOSED}/": page(everybody(200)),
    f"sessions/{CLOSED}/play/": answers(POST=everybody(302)),
    f"sessions/{CLOSED}/preview/": answers(POST=everybody(302)),
    f"api/kept/{CLOSED}": answers(POST=opened(200, others=403), DELETE=everybody(204)),
    f"comments/on/session/{CLOSED}/": answers(POST=opened(302, others=404)),
    "media": page(opened(200, others=404)),
}
"""Of a session for members, and a file of an exercise for members."""
LED_TO = {
    f"/sessions/{CLOSED}/play/": opened("/play/", others=f"/sessions/{CLOSED}/"),
    f"/sessions/{CLOSED}/preview/": opened(f"/sessions/{CLOSED}/", others="/play/"),
}
"""Where its buttons lead."""


@pytest.fixture
def closed_media(world):
    """The address of a file of an exercise that is for members."""
    file = PackFile.objects.filter(document__kind="exercise").select_related("document")[0]
    Document.objects.filter(pk=file.document_id).update(members_only=True)
    return f"/media/packs/starter/{file.name}"


def test_what_is_for_members_is_open_to_them_alone(world, closed_media):
    given = {}
    for route in FOR_MEMBERS:
        path = closed_media if route == "media" else f"/{route}"
        given[route] = world.answers(path, {"body": "Slowly is fine."})
    assert given == FOR_MEMBERS


@pytest.mark.parametrize("path", LED_TO)
def test_its_buttons_lead_members_and_others_elsewhere(world, path):
    for name, begins in asdict(LED_TO[path]).items():
        where = led_to(world.people[name], path)
        assert where == begins or (begins == "/play/" and where.startswith(begins)), name


@pytest.mark.parametrize(
    ("events", "row"), [(0, opened(200, others=302)), (1, everybody(200))], ids=["opened", "begun"]
)
def test_a_run_of_it_is_played_by_members_and_by_who_began_it(world, events, row):
    expected = asdict(row)
    for name, run in world.runs.items():
        Run.objects.filter(pk=run.pk).update(session=CLOSED, last_seq=events)
        assert ask(world.people[name], "GET", f"/play/{run.pk}/") == expected[name], name
        # What happened while it was open arrives in any case.
        assert ask(world.people[name], "POST", f"/api/runs/{run.pk}/events") == 200, name


def led_to(browser, path):
    with transaction.atomic():
        where = browser.press(path)["Location"]
        transaction.set_rollback(True)
    return where


def test_files_for_members_are_kept_by_no_cache_between(world, closed_media):
    answer = world.people["member"].get(closed_media)
    assert "private" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]


def test_where_the_owner_opened_everything_all_is_open(world, closed_media):
    SiteSettings.objects.create(open_to_all=True)
    open_to = {"POST": everybody(200)}
    assert world.answers(f"/api/kept/{CLOSED}", methods=("POST",)) == open_to
    assert world.answers(closed_media, methods=("GET",)) == {"GET": everybody(200)}


def secret(*, mia, moderators, out=404):
    """What others than Mia and those who moderate never learn of."""
    return groups(out, 404, moderators, moderators).but(mia=mia)


WAITING = {
    "comments/<int:pk>/": page(secret(mia=302, moderators=302)),
    "comments/<int:pk>/thread/": page(secret(mia=200, moderators=200)),
    "comments/<int:pk>/reply/": answers(
        GET=secret(mia=200, moderators=200), POST=secret(mia=409, moderators=409)
    ),
    "comments/<int:pk>/edit/": answers(
        GET=secret(mia=200, moderators=403), POST=secret(mia=302, moderators=403, out=403)
    ),
    "comments/<int:pk>/delete/": answers(
        GET=secret(mia=200, moderators=403), POST=secret(mia=302, moderators=403)
    ),
    "comments/<int:pk>/report/": answers(
        GET=secret(mia=200, moderators=200), POST=secret(mia=403, moderators=302)
    ),
    "comments/<int:pk>/advice/": page(secret(mia=200, moderators=403)),
    "comments/<int:pk>/moderate/": MATRIX["comments/<int:pk>/moderate/"],
    "comments/<int:pk>/ban/": MATRIX["comments/<int:pk>/ban/"],
}
"""A comment that waits, or that a moderator hid."""
EMPTIED = {
    "comments/<int:pk>/": page(secret(mia=404, moderators=302)),
    "comments/<int:pk>/thread/": page(secret(mia=404, moderators=200)),
    "comments/<int:pk>/reply/": answers(
        GET=secret(mia=404, moderators=200), POST=secret(mia=404, moderators=409)
    ),
    "comments/<int:pk>/edit/": answers(
        GET=secret(mia=404, moderators=403), POST=secret(mia=404, moderators=403, out=403)
    ),
    "comments/<int:pk>/delete/": both(secret(mia=404, moderators=403)),
    "comments/<int:pk>/report/": answers(
        GET=secret(mia=404, moderators=200), POST=secret(mia=404, moderators=409)
    ),
    "comments/<int:pk>/advice/": page(secret(mia=404, moderators=403)),
    "comments/<int:pk>/moderate/": answers(POST=staff(409, members=403, out=403)),
    "comments/<int:pk>/ban/": MATRIX["comments/<int:pk>/ban/"],
}
"""A comment that Mia deleted."""


@pytest.mark.parametrize(
    ("state", "rows"), [("held", WAITING), ("hidden", WAITING), ("deleted", EMPTIED)]
)
def test_what_is_not_shown_is_there_for_few(world, state, rows):
    assert rows.keys() == {route for route in ROUTES if route.startswith("comments/<int:pk>/")}
    given = {}
    for route in rows:
        number = world.said[state].pk
        path = world.address(route.replace("<int:pk>", str(number)))
        given[route] = world.answers(path, SENT.get(route))
    assert given == rows


@pytest.mark.parametrize("whose", ["ben", "mia", "quinn", "olga", "paul"])
def test_a_run_is_there_for_who_plays_it(world, whose):
    run = world.runs[whose].pk
    for place, stranger in ((f"/play/{run}/", 404), (f"/api/runs/{run}", 401)):
        row = everybody(404).but(**{"stranger": stranger, whose: 200})
        assert world.answers(place, methods=("GET",)) == {"GET": row}


@pytest.mark.parametrize(
    ("whose", "row"),
    [
        ("nick", staff(302, members=403, out=403)),
        # A role is first taken by the owner, behind the site.
        ("olga", staff(404, members=403, out=403)),
        ("paul", staff(404, members=403, out=403)),
    ],
)
def test_who_moderates_bans_members_only(world, whose, row):
    number = say(world.people[whose]).pk
    path, fields = f"/comments/{number}/ban/", {"because": "Adverts."}
    assert world.answers(path, fields, methods=("POST",)) == {"POST": row}


def test_somebody_banned_may_take_back_what_they_said_and_no_more(world):
    quinn, number = world.people["quinn"], say(world.people["quinn"]).pk
    for what, fields, status in (
        ("edit", {"body": "Other words."}, 403),
        ("reply", {"body": "One more."}, 403),
        ("delete", {}, 302),
    ):
        assert ask(quinn, "POST", f"/comments/{number}/{what}/", fields) == status, what


def test_in_a_closed_discussion_nobody_says_more(world):
    Discussion.objects.update(closed=True)
    number = world.said["shown"].pk
    for place in (f"/comments/on/session/{SESSION}/", f"/comments/{number}/reply/"):
        given = world.answers(place, {"body": "One more."}, methods=("POST",))
        assert given == {"POST": writers(409)}, place
    assert ask(world.people["mia"], "POST", f"/comments/{number}/edit/", {"body": "No."}) == 409
    assert ask(world.people["mia"], "POST", f"/comments/{number}/delete/") == 302


def test_head_is_answered_like_get(world):
    path = world.address("play/<uuid:run_id>/")
    assert world.people["ada"].head(path).status_code == 200
    assert world.people["ben"].head(path).status_code == 404


def test_an_address_without_a_row_is_noticed():
    def view(request):
        raise AssertionError("never called")

    planted = URLResolver(get_resolver().pattern, [path("backdoor/", view)])
    assert set(routes(planted)) - MATRIX.keys() == {"backdoor/"}
