# SPDX-License-Identifier: Apache-2.0
"""Signing up and in with a browser: a code from a mail, a passkey, the second step; by keyboard,
with large text, without scripts.
"""

from __future__ import annotations

import email
import re
import secrets
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.playing import tab_to
from live import Site, serve
from signing import CODE, PASSWORD, number

DRAWS_FIGURE = False
OUTSIDE = [
    "/account/login/",
    "/account/login/code/",
    "/account/signup/",
    "/account/signup/passkey/",
    "/account/password/reset/",
    "/account/inactive/",
]
INSIDE = [
    "/account/email/",
    "/account/password/set/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/sessions/",
    "/account/logout/",
]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Named(Site):
    """By its name: a passkey belongs to a name, never to an IP address."""

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mails")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mails: Path) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("sign-in") / "data"
    site = serve(data, HIPFIRST_MAIL_FOLDER=str(mails))
    yield Named(**vars(site))
    site.stop()


@pytest.fixture
def address() -> str:
    return f"{secrets.token_hex(6)}@example.org"


@pytest.fixture
def code(mails: Path) -> Callable[[str], str]:
    """`code(address)`: the one in the newest mail to it."""

    def find(address: str) -> str:
        files = sorted(mails.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for file in reversed(files):
            raw, _line, _rest = file.read_bytes().partition(b"\n" + b"-" * 79)
            letter = email.message_from_bytes(raw, policy=policy.default)
            if letter["To"] == address and (body := letter.get_body(("plain",))):
                found = CODE.search(body.get_content())
                assert found
                return found[1]
        raise AssertionError(f"no mail to {address}")

    return find


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Go on").click()


@pytest.fixture
def sign_up(page: Page, address: str, code: Callable[[str], str]) -> Callable[[], None]:
    def do() -> None:
        page.goto("/account/signup/")
        page.get_by_label("E-mail address").fill(address)
        page.get_by_label("I agree to the terms.").check()
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_label("Code", exact=True).fill(code(address))
        go_on(page)
        page.wait_for_url("**/account/")

    return do


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def give_device(context: BrowserContext, page: Page) -> Callable[[], None]:
    """A device that keeps passkeys and has always just seen the right finger; call to lose it."""
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    device = tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def lose() -> None:
        tools.send("WebAuthn.removeVirtualAuthenticator", device)

    return lose


@SCHEMES
def test_every_page_outside_is_accessible(page, assert_accessible, shot, address, code):
    for path in OUTSIDE:
        page.goto(path)
        assert_accessible(page)
        shot(page, f"sign-{path.strip('/').replace('/', '-')}", full=True)
    page.goto("/account/signup/")
    page.get_by_role("button", name="Send me a code").click()
    expect(page).to_have_title("Please look again: Sign up · Hipfirst")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    expect(page.get_by_text("Please type your e-mail address.")).to_be_visible()
    assert_accessible(page)
    shot(page, "sign-up-wrong", full=True)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("I agree to the terms.").check()
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("Code", exact=True)).to_be_focused()
    page.get_by_label("Code", exact=True).fill("1")
    go_on(page)
    expect(page.get_by_text("This code does not fit.")).to_be_visible()
    assert_accessible(page)
    shot(page, "sign-code-wrong", full=True)


@SCHEMES
def test_every_page_inside_is_accessible(page, assert_accessible, shot, sign_up):
    sign_up()
    for path in INSIDE:
        page.goto(path)
        assert_accessible(page)
        shot(page, f"sign-{path.strip('/').replace('/', '-')}", full=True)
    page.goto("/account/2fa/totp/activate/")
    key = page.locator(".entrance__secret").inner_text()
    page.get_by_label("Code", exact=True).fill(number(key))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert_accessible(page)
    shot(page, "sign-recovery-codes", full=True)
    for path in ("generate/", "../"):
        page.goto(f"/account/2fa/recovery-codes/{path}")
        assert_accessible(page)
        shot(page, f"sign-2fa-on-{path.strip('./')}", full=True)


def test_a_code_from_the_mail_signs_up_and_in(page, sign_up, address, code):
    sign_up()
    sign_out(page)
    page.goto("/account/sessions/")
    page.get_by_label("E-mail address").fill(address)
    go_on(page)
    page.get_by_label("Code", exact=True).fill(code(address))
    go_on(page)
    page.wait_for_url("**/account/sessions/")
    expect(page.get_by_text("this one")).to_be_visible()


def test_a_passkey_is_added_and_signs_in(context, page, sign_up, shot):
    give_device(context, page)
    sign_up()
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("The phone by the mat")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("Your passkey is saved.")).to_be_visible()
    expect(page.get_by_text("The phone by the mat").first).to_be_visible()
    shot(page, "sign-passkeys", full=True)
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/")
    page.goto("/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename").click()
    # What changes the ways in is asked for once more: with the passkey itself.
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_label("Name").fill("The old phone")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove The old phone").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    expect(page.get_by_text("The old phone")).to_have_count(0)


def test_a_passkey_locks_no_other_way_in(context, page, sign_up, address, code):
    give_device(context, page)
    sign_up()
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("Your passkey is saved.")).to_be_visible()
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(address)
    go_on(page)
    page.get_by_label("Code", exact=True).fill(code(address))
    go_on(page)
    page.wait_for_url("**/account/")


def test_a_lost_passkey_can_be_removed(page, sign_up, address, code, shot):
    lose = give_device(page.context, page)
    sign_up()
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("Your passkey is saved.")).to_be_visible()
    sign_out(page)
    lose()
    page.goto("/account/2fa/webauthn/")
    page.get_by_label("E-mail address").fill(address)
    go_on(page)
    page.get_by_label("Code", exact=True).fill(code(address))
    go_on(page)
    page.get_by_role("link", name="Remove My passkey").click()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_text("Does nothing appear?")).to_be_visible()
    shot(page, "sign-again-passkey-lost", full=True)
    page.get_by_role("button", name="Send me a code by e-mail").click()
    page.get_by_label("Code", exact=True).fill(code(address))
    go_on(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()


def test_an_account_can_begin_with_a_passkey(context, page, address, code, shot):
    give_device(context, page)
    page.goto("/account/signup/")
    page.get_by_role("link", name="Sign up with a passkey").click()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("I agree to the terms.").check()
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill(code(address))
    go_on(page)
    shot(page, "sign-up-passkey-make", full=True)
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/account/")
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/")


def test_a_device_that_says_no_is_answered_with_words(context, page, shot):
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    refusing = {**DEVICE, "isUserVerified": False}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": refusing})
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "No passkey was found here, or it was stopped."
    )


def test_the_second_step_is_asked_for(page, sign_up, address, code, shot):
    sign_up()
    page.goto("/account/2fa/totp/activate/")
    key = page.locator(".entrance__secret").inner_text()
    page.get_by_label("Code", exact=True).fill(number(key))
    page.get_by_role("button", name="Turn it on").click()
    recovery = page.locator(".entrance__codes code").first.inner_text()
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(address)
    go_on(page)
    page.get_by_label("Code", exact=True).fill(code(address))
    go_on(page)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    shot(page, "sign-second-step", full=True)
    page.get_by_label("Code", exact=True).fill(recovery)
    go_on(page)
    page.wait_for_url("**/account/")


def test_a_password_signs_in(page, sign_up, address):
    sign_up()
    page.goto("/account/password/set/")
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your password is set.")).to_be_visible()
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    go_on(page)
    page.wait_for_url("**/account/")


def test_signing_up_by_keyboard(page, address, code):
    page.goto("/account/signup/")
    tab_to(page, "E-mail address")
    page.keyboard.type(address)
    tab_to(page, "I agree to the terms.")
    page.keyboard.press("Space")
    tab_to(page, "Send me a code")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code", exact=True)).to_be_focused()
    page.keyboard.type(code(address).replace("-", ""))
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")


def test_signing_up_and_out_without_scripts(new_context, address, code):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/account/signup/")
    expect(page.get_by_role("link", name="Sign up with a passkey")).to_be_hidden()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("I agree to the terms.").check()
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill(code(address))
    go_on(page)
    page.wait_for_url("**/account/")
    page.goto("/account/2fa/webauthn/add/")
    expect(page.get_by_text("This browser cannot use passkeys here")).to_be_visible()
    expect(page.get_by_role("button", name="Make a passkey")).to_be_hidden()
    sign_out(page)
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()


@pytest.mark.parametrize("size", [(320, 640), (390, 844)], ids=["narrow", "large-text"])
def test_nothing_scrolls_sideways(page, size, sign_up):
    def check(paths: list[str]) -> None:
        for path in paths:
            page.goto(path)
            if size[0] > 320:
                page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path

    check(OUTSIDE)
    sign_up()
    check(INSIDE)


def test_the_picture_for_the_app_is_drawn(page, sign_up):
    sign_up()
    page.goto("/account/2fa/totp/activate/")
    box = page.get_by_role("img", name=re.compile("Picture to scan")).bounding_box()
    assert box
    assert box["width"] == pytest.approx(box["height"])
    assert box["width"] > 200
