# SPDX-License-Identifier: Apache-2.0
"""DATABASE_URL: what it may say, and what is told when it cannot be used. Never the password."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

import databases
from hipfirst.web.project.database import POOL_MAX, database
from live import CLEAN, command, free_port, serve

SECRET = "swordfish"
on_postgres = pytest.mark.skipif(not databases.SERVER, reason="needs a PostgreSQL server")


@pytest.fixture
def url(monkeypatch, tmp_path):
    """`url(text)`: the settings that follow from this DATABASE_URL."""

    def read(text):
        monkeypatch.setenv("DATABASE_URL", text)
        return database(tmp_path)

    return read


@pytest.mark.parametrize("given", ["", "  "])
def test_without_it_the_database_is_a_file(url, tmp_path, given):
    settings = url(given)
    assert settings["NAME"] == tmp_path / "hipfirst.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_one_setting_names_a_postgresql(url, scheme):
    settings = url(f"{scheme}://ada:p%40%2Fss@db.example:5433/hips?sslmode=require")
    named = {key: settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert named == {
        "USER": "ada",
        "PASSWORD": "p@/ss",
        "HOST": "db.example",
        "PORT": 5433,
        "NAME": "hips",
    }
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["pool"]["max_size"] == POOL_MAX
    assert settings["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize("place", ["[::1]:5432/hips", "%2Fvar%2Frun%2Fpostgresql/hips", "/hips"])
def test_a_server_may_be_near(url, place):
    assert url(f"postgres://{place}")["NAME"] == "hips"


@pytest.mark.parametrize(
    "given",
    [
        SECRET,
        f"mysql://ada:{SECRET}@h/n",
        f"sqlite:///{SECRET}",
        f"postgres://ada:{SECRET}@h",
        f"postgres://ada:{SECRET}@h:port/n",
        f"postgres://ada:{SECRET}@h:99999/n",
        f"postgres://ada:{SECRET}#x@h/n",
        f"postgres://ada:{SECRET}?x@h/n",
        f"postgres://ada:1/{SECRET}@h/n",
        f"postgres://ada:{SECRET}[@h/n",
        f"postgres://ada:x@h/n%00{SECRET}",
    ],
)
def test_what_cannot_be_read_is_refused_and_not_repeated(url, given):
    with pytest.raises(ImproperlyConfigured) as told:
        url(given)
    assert "Allowed: postgres://USER:PASSWORD@HOST:PORT/NAME" in str(told.value)
    assert SECRET not in str(told.value)
    assert told.value.__suppress_context__ or told.value.__context__ is None


@pytest.mark.parametrize("module", ["psycopg", "psycopg_pool"])
def test_a_missing_driver_is_said(url, monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImproperlyConfigured, match=r"pip install 'hipfirst\[postgres\]'"):
        url("postgres://h/n")


def told(tmp_path, given, order="serve"):
    """What is said of a start with this DATABASE_URL, which must fail."""
    options = ["--port", str(free_port())] if order == "serve" else []
    rest = ["check"] if order == "manage" else []
    done = subprocess.run(
        command(order, *options, "--data", tmp_path / "data", *rest),
        env=CLEAN | {"DATABASE_URL": given},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert SECRET not in said
    return said


@pytest.mark.parametrize("order", ["serve", "manage"])
def test_no_start_with_a_url_that_cannot_be_read(tmp_path, order):
    said = told(tmp_path, f"postgres://ada:{SECRET}@h:port/n", order)
    assert "A setting cannot be used: DATABASE_URL" in said


def test_a_server_that_does_not_answer_is_said(tmp_path):
    port = free_port()
    said = told(tmp_path, f"postgres://ada:{SECRET}@127.0.0.1:{port}/hips")
    assert f"database hips at 127.0.0.1, port {port}" in said
    assert "See that the server runs" in said


def test_a_host_that_is_not_known_is_said(tmp_path):
    said = told(tmp_path, f"postgres://ada:{SECRET}@no-such-host.invalid/hips")
    assert "The host in DATABASE_URL is not known" in said


def test_an_option_that_there_is_not_is_said(tmp_path):
    said = told(tmp_path, f"postgres://ada:{SECRET}@127.0.0.1/hips?colour=red")
    assert 'invalid connection option "colour"' in said
    assert "option after ?" in said


def other(**parts):
    """The address of the test server with other parts: user, password, name."""
    known = urlsplit(databases.SERVER)
    user, password = parts.get("user", known.username), parts.get("password", known.password)
    place = f"{user}:{password}@{known.hostname}:{known.port}"
    name = parts.get("name", known.path[1:])
    return urlunsplit(known._replace(netloc=place, path=f"/{name}"))


@on_postgres
@pytest.mark.parametrize("part", ["password", "user"])
def test_a_wrong_password_is_said(tmp_path, part):
    said = told(tmp_path, other(password=SECRET, **({"user": "nobody"} if part == "user" else {})))
    assert "User or password in DATABASE_URL is wrong." in said


@on_postgres
def test_a_database_that_there_is_not_is_said(tmp_path):
    said = told(tmp_path, other(name="no_such_database"))
    assert 'database "no_such_database" does not exist' in said
    assert "createdb" in said


@contextmanager
def guest(server):
    """A role that may enter and do nothing else."""
    server.execute(f"CREATE ROLE guest LOGIN PASSWORD '{SECRET}'")
    try:
        yield
    finally:
        server.execute("DROP ROLE guest")


@on_postgres
def test_a_database_where_nothing_may_be_made_is_said(tmp_path):
    import psycopg  # noqa: PLC0415 SQLite needs no driver

    with psycopg.connect(databases.SERVER, autocommit=True) as server, guest(server):
        said = told(tmp_path, other(user="guest", password=SECRET))
    assert "permission denied for schema public" in said
    assert "must be allowed to make and change tables" in said


@on_postgres
def test_the_password_stands_in_no_log_when_the_server_goes_away(tmp_path):
    site = serve(tmp_path)
    connect = site.connect()
    connect.request("GET", "/library/")
    assert connect.getresponse().read()
    databases.change(tmp_path, "ALTER TABLE library_document RENAME TO gone")
    connect.request("GET", "/library/")
    assert connect.getresponse().status == 500
    connect.close()
    site.stop()
    assert "library_document" in site.said
    assert urlsplit(databases.SERVER).password not in site.said


@on_postgres
def test_the_suite_runs_on_it(db):
    assert connection.vendor == "postgresql"
