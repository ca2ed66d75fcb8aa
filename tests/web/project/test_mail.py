# SPDX-License-Identifier: Apache-2.0
"""Where mails go, by what the operator set."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from hipfirst.web.project.env import env_count, env_site
from hipfirst.web.project.mail import mail

BACK_END = "django.core.mail.backends.{}.EmailBackend"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in ("HOST", "FOLDER", "PORT", "FROM"):
        monkeypatch.delenv(f"HIPFIRST_MAIL_{name}", raising=False)


def test_without_a_word_they_are_printed():
    back_end, settings = mail()
    assert back_end == BACK_END.format("console")
    assert settings["DEFAULT_FROM_EMAIL"] == "hipfirst@localhost"


def test_a_folder_takes_them_as_files(monkeypatch):
    monkeypatch.setenv("HIPFIRST_MAIL_FOLDER", " /srv/mails ")
    back_end, settings = mail()
    assert back_end == BACK_END.format("filebased")
    assert settings["EMAIL_FILE_PATH"] == "/srv/mails"


def test_a_server_goes_before_a_folder(monkeypatch):
    monkeypatch.setenv("HIPFIRST_MAIL_FOLDER", "/srv/mails")
    monkeypatch.setenv("HIPFIRST_MAIL_HOST", "mail.example.org")
    back_end, settings = mail()
    assert back_end == BACK_END.format("smtp")
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example.org", 587)


@pytest.mark.parametrize("sender", ["mat@example.org", " The mat <mat@example.org>"])
def test_the_sender_is_what_the_operator_said(monkeypatch, sender):
    monkeypatch.setenv("HIPFIRST_MAIL_FROM", sender)
    assert mail()[1]["DEFAULT_FROM_EMAIL"] == sender.strip()


@pytest.mark.parametrize("sender", ["", "mat", "The mat <>", "mat@", "@", "a b@example.org"])
def test_a_sender_that_is_none_stops_the_start(monkeypatch, sender):
    monkeypatch.setenv("HIPFIRST_MAIL_FROM", sender)
    with pytest.raises(ImproperlyConfigured, match=r"HIPFIRST_MAIL_FROM is .*allowed: an address"):
        mail()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "smtp", ""])
def test_a_port_that_is_none_stops_the_start(monkeypatch, port):
    monkeypatch.setenv("HIPFIRST_MAIL_HOST", "mail.example.org")
    monkeypatch.setenv("HIPFIRST_MAIL_PORT", port)
    with pytest.raises(ImproperlyConfigured, match="allowed: 1 to 65535"):
        mail()


def test_the_number_of_proxies(monkeypatch):
    monkeypatch.delenv("HIPFIRST_PROXIES", raising=False)
    assert env_count("HIPFIRST_PROXIES", default=1) == 1
    monkeypatch.setenv("HIPFIRST_PROXIES", " 2 ")
    assert env_count("HIPFIRST_PROXIES", default=1) == 2


@pytest.mark.parametrize("raw", ["", "-1", "10", "two", "1.0", "²"])
def test_a_number_of_proxies_that_is_none_stops_the_start(monkeypatch, raw):
    monkeypatch.setenv("HIPFIRST_PROXIES", raw)
    with pytest.raises(ImproperlyConfigured, match=r"HIPFIRST_PROXIES is .*allowed: .* 0 to 9"):
        env_count("HIPFIRST_PROXIES", default=0)


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://knees.example.org", "https://knees.example.org"),
        (" https://knees.example.org/ ", "https://knees.example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_of_the_site(monkeypatch, raw, url):
    monkeypatch.setenv("HIPFIRST_URL", raw)
    assert env_site("HIPFIRST_URL", "") == url


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "knees.example.org",
        "ftp://a.example",
        "https://a.example/knees",
        "https://a.example:x",
        "https://a.example:70000",
        "https://",
        "https://a.example?b",
        "https://me@a.example",
        "https://a b.example",
    ],
)
def test_an_address_of_the_site_that_is_none_stops_the_start(monkeypatch, raw):
    monkeypatch.setenv("HIPFIRST_URL", raw)
    with pytest.raises(ImproperlyConfigured, match=r"HIPFIRST_URL is .*with no path"):
        env_site("HIPFIRST_URL", "https://a.example")
