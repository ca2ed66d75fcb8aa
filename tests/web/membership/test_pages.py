# SPDX-License-Identifier: Apache-2.0
"""What people see and press to become, pause and end a membership."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.utils.html import escape

from hipfirst.web.membership.actions import grant, pause, revoke
from hipfirst.web.membership.limits import ADDRESS_MOST, MOST
from hipfirst.web.membership.models import Offer, Voucher
from hipfirst.web.membership.queries import reference_of, standing_of
from hipfirst.web.membership.vouchers import vouchers_make
from hipfirst.web.site.models import SiteSettings
from web.conftest import Browser
from web.members import member
from web.membership.conftest import days, offer

JOIN, OWN = "/join/", "/account/membership/"


def text(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def voucher(**fields):
    return vouchers_make(offer=offer(), count=1, **fields).vouchers.get().code


@pytest.fixture(autouse=True)
def no_guesses(db):
    cache.clear()


def test_with_nothing_on_offer_the_page_still_makes_sense(stranger):
    said = text(stranger.get(JOIN))
    assert "Ask whoever runs this site" in said
    assert "Free for ever" in said
    SiteSettings.objects.create(contact_email="ask@example.org")
    assert "mailto:ask@example.org" in stranger.get(JOIN).content.decode()


def test_offers_that_the_owner_shows_are_shown_with_their_words(stranger):
    SiteSettings.objects.create(joining="Pay at the **desk**.")
    offer(title="A whole year", text="Everything.", price=9050, shown=True)
    offer("hidden", kind="monthly", title="Not for now")
    offer("house", kind="comp", title="On the house", shown=True)
    page = stranger.get(JOIN)
    said = text(page)
    assert "A whole year €90.50 365 days Everything." in said
    assert "<strong>desk</strong>" in page.content.decode()
    assert "Not for now" not in said
    assert "On the house" not in said


def test_where_everything_is_open_nothing_is_sold(stranger):
    offer(title="A whole year", shown=True)
    SiteSettings.objects.create(open_to_all=True)
    said = text(stranger.get(JOIN))
    assert "Nobody needs a membership" in said
    assert "A whole year" not in said


def test_a_stranger_signs_up_and_comes_back_with_the_code(stranger):
    answer = stranger.press("/join/voucher/", code="7kq2 m4xd 90ra")
    assert answer["Location"] == "/account/signup/?next=%2Fjoin%2F%3Fcode%3D7kq2%2Bm4xd%2B90ra"
    assert 'name="next" value="/join/?code=7kq2+m4xd+90ra"' in (
        stranger.get(answer["Location"]).content.decode()
    )


@pytest.mark.parametrize("typed", ["", "nonsense", "7KQ2-M4XD-90R", "7KQ2-M4XD-90RU"])
def test_what_cannot_be_a_code_sends_nobody_to_sign_up(stranger, typed):
    answer = stranger.press("/join/voucher/", code=typed)
    assert answer.status_code == 400
    assert f"There is no code “{typed}”" in unescape(answer.content.decode())
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_used_code_leads_on_to_the_programs(mia, nick):
    mia.press("/join/voucher/", code=voucher())
    page = mia.get(OWN).content.decode()
    assert 'class="button button--primary" href="/programs/"' in page
    assert 'class="button" href="/today/"' in page
    assert 'href="/programs/">See the programs' not in nick.get(OWN).content.decode()


def test_a_code_in_the_address_is_filled_in_and_not_used(mia):
    code = voucher()
    page = mia.get(f"{JOIN}?code={code.lower()}").content.decode()
    assert f'value="{code[:4]}-{code[4:8]}-{code[8:]}"' in page
    assert Voucher.objects.get().used_at is None


def test_a_code_that_is_typed_in_counts(mia):
    answer = mia.press("/join/voucher/", code=voucher())
    assert answer["Location"] == OWN
    said = text(mia.get(OWN))
    assert "Your code counts" in said
    assert "365 days are left." in said
    assert "365 days were added" in said
    assert "by a voucher" in said


@pytest.mark.parametrize("typed", ["", "nonsense", "<b>7KQ2</b>", "7KQ2-M4XD-90RA"])
def test_a_wrong_code_says_what_was_given_and_what_is_allowed(mia, typed):
    answer = mia.press("/join/voucher/", code=typed)
    assert answer.status_code == 400
    assert f"There is no code “{typed}”" in unescape(answer.content.decode())
    assert "<b>" not in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()


def test_after_many_wrong_codes_not_even_a_right_one_works_for_a_while(mia):
    for _ in range(MOST):
        mia.press("/join/voucher/", code="7KQ2-M4XD-90RA")
    answer = mia.press("/join/voucher/", code=voucher())
    assert answer.status_code == 429
    assert standing_of(person=mia.person, now=days(0)).state == "none"


def test_a_gift_shows_the_words_of_the_giver(stranger):
    code = voucher(to_name="Gus", words="For <your> knees.")
    page = stranger.get(f"{JOIN}?code={code}").content.decode()
    assert "For Gus" in page
    assert "For &lt;your&gt; knees." in page


@pytest.mark.parametrize("state", ["used_at", "withdrawn_at"])
def test_a_gift_that_is_gone_shows_nothing(stranger, state):
    code = voucher(to_name="Gus", words="For your knees.")
    Voucher.objects.update(**{state: days(0)})
    assert "Gus" not in stranger.get(f"{JOIN}?code={code}").content.decode()


def test_nobody_finds_the_words_of_a_gift_by_trying(stranger):
    code = voucher(to_name="Gus")
    for _ in range(ADDRESS_MOST):
        stranger.get(f"{JOIN}?code=7KQ2M4XD90RA")
    assert "Gus" not in stranger.get(f"{JOIN}?code={code}").content.decode()


def test_to_pay_by_hand_there_is_a_reference_to_quote(mia):
    offer(price=9000, shown=True)
    SiteSettings.objects.create(joining="Transfer it.")
    assert "Ask how to pay" in text(mia.get("/join/yearly/"))
    said = text(mia.press("/join/yearly/", provider="manual"))
    assert "Transfer it." in said
    assert reference_of(mia.person) in said


def test_a_stranger_sees_an_offer_and_signs_up_to_take_it(stranger):
    offer(price=9000, shown=True)
    assert "Sign up or sign in" in text(stranger.get("/join/yearly/"))
    answer = stranger.press("/join/yearly/")
    assert answer["Location"] == "/account/signup/?next=%2Fjoin%2Fyearly%2F"


def pay_what_you_can():
    return offer("can", kind="pay-what-you-can", price=300, suggested=900, days=30, shown=True)


@pytest.mark.parametrize("amount", ["3", "3,50", "9.00", "10000"])
def test_people_say_what_they_can_pay(mia, amount):
    pay_what_you_can()
    assert 'value="9.00"' in mia.get("/join/can/").content.decode()
    assert mia.press("/join/can/", amount=amount).status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [("7,5", "€7.50"), (" 3 ", "€3"), ("1000", "€1,000"), ("+4.10", "€4.10")],
)
def test_how_to_pay_names_what_was_chosen(mia, typed, said):
    pay_what_you_can()
    assert "You chose" not in text(mia.get("/join/can/"))
    page = text(mia.press("/join/can/", amount=typed))
    assert f"{said} 30 days How to pay You chose {said} ." in page
    assert "from €3" not in page


def test_what_was_chosen_is_written_as_the_language_writes_it(mia, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    pay_what_you_can()
    fields = {"csrfmiddlewaretoken": mia.token(), "amount": "7.50"}
    said = text(mia.post("/join/can/", fields, headers={"Accept-Language": "de"}))
    assert said.count("€7,50") == 2


def test_where_the_offer_says_how_much_nobody_chose(mia):
    offer(price=9000, shown=True)
    said = text(mia.press("/join/yearly/", amount="1"))
    assert "€90 365 days How to pay Ask whoever" in said


@pytest.mark.parametrize("amount", ["", "2.99", "-5", "10000.01", "3.005", "much", "NaN", "1e99"])
def test_an_amount_out_of_bounds_is_refused_with_words(mia, amount):
    pay_what_you_can()
    answer = mia.press("/join/can/", amount=amount)
    assert answer.status_code == 400
    assert "from €3 to €10,000" in text(answer)
    assert "You chose" not in text(answer)


def test_an_amount_brings_nothing_else_into_the_page(mia):
    pay_what_you_can()
    for typed in ("<b>7</b>", '7" autofocus x="', "7{{ csrf_token }}", "7&euro;"):
        page = mia.press("/join/can/", amount=typed).content.decode()
        assert f'value="{escape(typed)}"' in page
        assert f"“{escape(typed)}” was given" in page


def test_what_is_not_offered_is_not_there(mia):
    offer("hidden")
    Offer.objects.update(shown=False)
    for slug in ("hidden", "comp", "free", "no-such"):
        assert mia.get(f"{JOIN}{slug}/").status_code == 404


def test_a_membership_is_paused_resumed_cancelled_and_kept(mia):
    grant(account=mia.account, days=30)
    for act, said in (
        ("pause", "Your membership is paused"),
        ("resume", "30 days are left."),
        ("cancel", "Then it ends: you cancelled it."),
        ("keep", "30 days are left."),
    ):
        assert f'action="{OWN}{act}/"' in mia.get(OWN).content.decode()
        assert mia.press(f"{OWN}{act}/")["Location"] == OWN
        assert said in text(mia.get(OWN))


def test_what_makes_no_sense_says_so_and_changes_nothing(mia):
    assert mia.press(f"{OWN}resume/").status_code == 302
    assert "It is not paused." in text(mia.get(OWN))


@pytest.mark.parametrize(
    ("story", "said"),
    [
        (lambda who: None, "You are not a member"),
        (lambda who: grant(account=who, days=None), "You are a member for life"),
        (lambda who: revoke(line=grant(account=who, days=9)), "Your membership ended on"),
        (lambda who: (grant(account=who, days=9), pause(account=who)), "9 days wait for you."),
    ],
)
def test_a_membership_stands_in_words(mia, story, said):
    story(mia.account)
    assert said in text(mia.get(OWN))


def test_pages_of_one_person_are_kept_by_nobody_else(mia):
    for path in (JOIN, OWN):
        assert "no-store" in mia.get(path)["Cache-Control"]


def test_the_way_there_is_on_every_page(mia, stranger):
    assert 'href="/join/"' in stranger.get("/terms/").content.decode()
    assert OWN in mia.get("/account/").content.decode()
    header = stranger.get("/terms/").content.decode().split("</header>")[0]
    assert "Join" in header


def test_a_copy_of_ones_data_has_the_ledger(mia):
    mia.press("/join/voucher/", code=voucher())
    copy = b"".join(mia.get("/privacy/my-data.json")).decode()
    assert '"membership"' in copy
    assert '"voucher"' in copy


def test_a_new_browser_of_the_same_account_has_the_same_membership(mia):
    grant(account=mia.account, days=30)
    other = Browser()
    other.force_login(mia.account)
    assert "30 days are left." in text(other.get(OWN))
    assert "not a member" in text(member("nick@example.org").get(OWN))
