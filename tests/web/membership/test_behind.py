# SPDX-License-Identifier: Apache-2.0
"""The owner's side: offers, vouchers, grants; and the commands."""

from __future__ import annotations

import csv
import io
import re

import pytest
import time_machine
from django.core.management import CommandError, call_command

from hipfirst.web.membership.actions import grant, voucher_redeem
from hipfirst.web.membership.codes import normalised, spelled
from hipfirst.web.membership.models import LedgerLine, Offer, Voucher, VoucherBatch
from hipfirst.web.membership.queries import reference_of, standing_of
from web.membership.conftest import NOW, days, offer

BATCHES = "/behind/membership/voucherbatch/"
LINES = "/behind/membership/ledgerline/"
OFFERS = "/behind/membership/offer/"


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def table(paul, batch):
    raw = paul.get(f"{BATCHES}{batch.pk}/codes.csv").content.decode()
    return list(csv.DictReader(io.StringIO(raw)))


def test_prices_are_typed_as_people_write_them(paul):
    given = {"title": "A month", "kind": "monthly", "days": "30", "currency": "EUR"}
    given |= {"place": "1", "slug": "by-month", "price_said": "9,50", "suggested_said": ""}
    assert paul.press(f"{OFFERS}add/", **given).status_code == 302
    made = Offer.objects.get(slug="by-month")
    assert (made.price, made.suggested, made.days, made.shown) == (950, None, 30, False)
    page = paul.get(f"{OFFERS}{made.pk}/change/").content.decode()
    assert 'value="9.50"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"price_said": "much"},
        {"price_said": "-1"},
        {"currency": "eur"},
        {"slug": "voucher"},
        {"days": "4000"},
    ],
)
def test_a_wrong_offer_is_refused(paul, wrong):
    given = {"title": "A month", "kind": "monthly", "days": "30", "currency": "EUR"}
    given |= {"place": "1", "slug": "by-month", **wrong}
    assert paul.press(f"{OFFERS}add/", **given).status_code == 200
    assert not Offer.objects.filter(title="A month", slug="by-month").exists()


CAN = {"title": "What you can", "kind": "pay-what-you-can", "days": "30", "currency": "EUR"}
CAN |= {"place": "1", "slug": "can", "shown": "on"}


@pytest.mark.parametrize(
    ("least", "suggestion", "said"),
    [
        ("5", "2", "“2” was given; allowed: an amount from €5 to €10,000."),
        ("", "10000.01", "“10000.01” was given; allowed: an amount from €0.01 to €10,000."),
        ("20000", "", "“20000” was given; allowed: an amount from €0.01 to €10,000."),
        ("20000", "2", "“20000” was given; allowed: an amount from €0.01 to €10,000."),
    ],
)
def test_no_offer_suggests_what_it_would_refuse(paul, least, suggestion, said):
    given = {**CAN, "price_said": least, "suggested_said": suggestion}
    answer = paul.press(f"{OFFERS}add/", **given)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Offer.objects.filter(slug="can").exists()


@pytest.mark.parametrize(("least", "suggestion"), [("5", "5"), ("5", "7,5"), ("", "2"), ("5", "")])
def test_what_an_offer_suggests_can_be_sent(paul, mia, least, suggestion):
    given = {**CAN, "price_said": least, "suggested_said": suggestion}
    assert paul.press(f"{OFFERS}add/", **given).status_code == 302
    page = mia.get("/join/can/").content.decode()
    amount = re.search(r'name="amount"[^>]* value="([^"]*)"', page)[1]
    assert mia.press("/join/can/", amount=amount).status_code == 200


def make(paul, **fields):
    values = {"offer": offer().pk, "count": 3, "note": "", "expires_on": "", **fields}
    answer = paul.press(f"{BATCHES}add/", **values)
    batch = VoucherBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{BATCHES}{batch.pk}/change/")
    return batch


def test_who_made_codes_reads_them_next(paul):
    page = paul.get(f"{BATCHES}{make(paul).pk}/change/").content.decode()
    assert "3 codes were made." in page
    for voucher in Voucher.objects.all():
        assert spelled(voucher.code) in page


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        (BATCHES, "Batches of vouchers"),
        (LINES, "Lines of the ledger"),
        (OFFERS, "Offers"),
    ],
)
def test_a_list_is_called_by_what_it_holds(paul, address, heading):
    page = paul.get(address).content.decode()
    assert f"<h1>{heading}</h1>" in page
    assert "to change" not in page


def test_a_batch_is_asked_for_without_ways_to_other_rooms(paul):
    page = paul.get(f"{BATCHES}add/").content.decode()
    assert 'type="date"' in page
    assert "related-widget-wrapper-link" not in page


def test_a_batch_is_made_downloaded_and_withdrawn(paul, mia):
    batch = make(paul, expires_on="2099-01-31", note="The fair", to_name="Gus", words="Hello.")
    assert (batch.made_by, batch.days, batch.note) == (paul.account, 365, "The fair")
    rows = table(paul, batch)
    assert [each["state"] for each in rows] == ["unused"] * 3
    assert {each["use_until"] for each in rows} == {"2099-01-31"}
    voucher_redeem(account=mia.account, typed=rows[0]["code"])
    page = paul.get(f"{BATCHES}{batch.pk}/change/").content.decode()
    assert rows[0]["code"] in page
    assert page.count("unused") >= 2
    assert "used on" in page
    paul.press(f"{BATCHES}{batch.pk}/change/", note="", expires_on="", withdraw="on")
    states = sorted(each["state"].split()[0] for each in table(paul, batch))
    assert states == ["used", "withdrawn", "withdrawn"]
    assert Voucher.objects.filter(words="Hello.").count() == 3


@pytest.mark.parametrize("count", [0, 501, ""])
def test_a_batch_has_bounds(paul, count):
    values = {"offer": offer().pk, "count": count}
    assert paul.press(f"{BATCHES}add/", **values).status_code == 200
    assert not VoucherBatch.objects.exists()


OVER = r"You gave 1 January 2020 as the last day; allowed are"


@pytest.mark.parametrize("last", ["2020-01-01", "2026-03-01"])
@time_machine.travel(NOW, tick=False)
def test_no_batch_is_made_that_is_over_already(paul, last):
    values = {"offer": offer().pk, "count": 3, "expires_on": last}
    answer = paul.press(f"{BATCHES}add/", **values)
    assert answer.status_code == 200
    assert "as the last day; allowed are 2 March 2026 (UTC) and later, or none." in (
        answer.content.decode()
    )
    assert not VoucherBatch.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_a_last_day_moves_to_no_day_that_is_over(paul):
    batch = make(paul, expires_on="2026-03-02")
    change = f"{BATCHES}{batch.pk}/change/"
    answer = paul.press(change, note="", expires_on="2020-01-01")
    assert re.search(OVER, answer.content.decode())
    batch.refresh_from_db()
    assert str(batch.expires_on) == "2026-03-02"
    with time_machine.travel(days(9), tick=False):
        fields = {"note": "Over", "expires_on": "2026-03-02", "withdraw": "on"}
        assert paul.press(change, **fields).status_code == 302
    assert Voucher.objects.filter(withdrawn_at=None).count() == 0


def test_a_grant_by_address_counts_once_however_often_it_is_sent(paul, mia):
    page = paul.get(f"{LINES}add/").content.decode()
    form = {"whom": "mia@example.org", "days": "30", "note": "By transfer."}
    form["reference"] = hidden(page, "reference")
    for _ in range(2):
        assert paul.press(f"{LINES}add/", **form).status_code == 302
    line = LedgerLine.objects.get()
    assert (line.person, line.days, line.by) == (mia.person, 30, paul.account)
    assert "mia@example.org" in paul.get(LINES).content.decode()


def test_a_grant_for_life_by_the_reference_that_was_quoted(paul, mia):
    form = {"whom": reference_of(mia.person), "for_life": "on", "reference": "f1"}
    assert paul.press(f"{LINES}add/", **form).status_code == 302
    assert standing_of(person=mia.person, now=NOW).lifetime is False
    assert LedgerLine.objects.get().days is None


@pytest.mark.parametrize(
    "wrong", [{"whom": "nobody@example.org"}, {"days": ""}, {"days": "0"}, {"whom": ""}]
)
def test_a_wrong_grant_is_refused(paul, mia, wrong):
    form = {"whom": "mia@example.org", "days": "30", "reference": "f1", **wrong}
    assert paul.press(f"{LINES}add/", **form).status_code == 200
    assert not LedgerLine.objects.exists()


def test_what_is_left_is_taken_back(paul, mia):
    line = grant(account=mia.account, days=30)
    for _ in range(2):
        assert paul.press(f"{LINES}{line.pk}/change/", take_back="on").status_code == 302
    assert LedgerLine.objects.filter(kind="revoke").count() == 1
    assert "Nothing is left of this grant" in paul.get(LINES).content.decode()


def test_nobody_else_gets_in(mia):
    for path in (BATCHES, LINES, OFFERS, f"{LINES}add/"):
        assert mia.get(path).status_code == 404


def test_the_commands_grant_and_make_codes(mia, capsys):
    offer()
    call_command("grant", "mia@example.org", "--days", "30")
    assert "mia@example.org: You are a member until" in capsys.readouterr().out
    call_command("grant", "mia@example.org", "--for-life")
    assert "for life" in capsys.readouterr().out
    call_command("vouchers", "yearly", "3", "--until", "2099-01-31")
    codes = capsys.readouterr().out.split()
    assert len(codes) == 3
    assert all(normalised(code) for code in codes)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["grant", "nobody@example.org", "--days", "3"], "nobody@example.org"),
        (["grant", "mia@example.org", "--days", "0"], "You gave 0 days"),
        (["grant", "mia@example.org"], "required"),
        (["vouchers", "no-such", "3"], "allowed: "),
        (["vouchers", "yearly", "501"], "You gave 501"),
        (["vouchers", "yearly", "1", "--until", "soon"], "soon"),
        (["vouchers", "yearly", "1", "--until", "2020-01-01"], OVER),
    ],
)
def test_the_commands_say_what_was_wrong(mia, line, said):
    offer()
    with pytest.raises(CommandError, match=said):
        call_command(*line)
    assert not VoucherBatch.objects.exists()
