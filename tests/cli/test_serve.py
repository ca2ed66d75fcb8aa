# SPDX-License-Identifier: Apache-2.0
"""`hipfirst serve`, `load` and `manage` as somebody types them."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import stat
import subprocess
import time
from pathlib import Path

import pytest

import databases
from live import CLEAN, START_S, command, free_port, serve

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "content" / "starter"


def say(*arguments, **environment):
    """(exit status, everything printed)"""
    data = arguments[arguments.index("--data") + 1] if "--data" in arguments else None
    done = subprocess.run(
        command(*arguments),
        env=CLEAN | (databases.settings_of(data) if data else {}) | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = serve(tmp_path_factory.mktemp("site") / "data")
    yield site
    site.stop()


def get(site, path, **headers):
    connection = site.connect()
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_an_empty_folder_is_enough(site):
    assert site.cold_start_s < START_S
    answer, body = get(site, "/")
    assert answer.status == 200
    assert b"Hipfirst" in body
    assert get(site, "/sessions/build-lower-body-detail/")[0].status == 200


def test_what_it_keeps_is_closed_to_others(site):
    assert mode(site.data) == 0o700
    assert {mode(path) for path in site.data.iterdir()} == {0o600}
    assert len((site.data / "secret_key").read_text().strip()) >= 40


def test_assets_are_cached_for_ever_and_compressed(site):
    _answer, page = get(site, "/")
    script = page.split(b'src="')[1].split(b'"')[0].decode()
    answer, _body = get(site, script, **{"Accept-Encoding": "br"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "br"


# With a cookie beside it, the site looks for the token in the body and waits for that.
SLOW = (
    b"POST /privacy/erase/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken=%s\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nx"
) % (b"a" * 32)


def test_requests_that_never_arrive_whole_do_not_keep_others_waiting(site):
    with contextlib.ExitStack() as idle:
        for _ in range(24):
            held = socket.create_connection(("127.0.0.1", site.port))
            idle.enter_context(held).sendall(SLOW)
        time.sleep(0.5)
        assert get(site, "/")[0].status == 200


def test_what_breaks_is_said_with_its_traceback(tmp_path):
    site = serve(tmp_path)
    databases.change(tmp_path, "ALTER TABLE library_document RENAME TO gone")
    answer, page = get(site, "/library/")
    site.stop()
    assert answer.status == 500
    assert b"Traceback" not in page
    assert site.said.count("Traceback (most recent call last)") >= 1
    assert "OperationalError: no such table" in site.said or "UndefinedTable" in site.said
    assert "/library/" in site.said


def test_make_run_listens_where_it_is_told():
    for given, wanted in ([], "127.0.0.1"), (["HOST=0.0.0.0"], "0.0.0.0"):
        order = ["make", "--dry-run", "--assume-old=setup", "run", *given]
        done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=True)
        assert f"serve --host {wanted} " in done.stdout


def test_a_second_start_keeps_key_and_content(tmp_path):
    first = serve(tmp_path)
    key = (tmp_path / "secret_key").read_text()
    assert first.stop() == 0
    second = serve(tmp_path)
    assert (tmp_path / "secret_key").read_text() == key
    assert get(second, "/library/")[0].status == 200
    assert second.stop() == 0
    assert "added" in first.said
    assert "added" not in second.said
    assert second.url in second.said


def test_a_request_in_flight_is_answered_before_it_stops(tmp_path):
    site = serve(tmp_path)
    connection = site.connect()
    connection.request("GET", "/library/")
    assert site.stop() == 0
    assert connection.getresponse().status == 200


def test_a_taken_port_is_said(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, said = say("serve", "--port", port, "--data", tmp_path / "data")
    assert status == 1
    assert port in said
    assert "--port" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_out_of_range_is_said(tmp_path, port):
    status, said = say("serve", f"--port={port}", "--data", tmp_path)
    assert status == 2
    assert "1 to 65535" in said


def test_a_data_folder_that_is_a_file_is_said(tmp_path):
    (tmp_path / "data").write_text("")
    status, said = say("serve", "--port", str(free_port()), "--data", tmp_path / "data")
    assert status == 1
    assert f"Cannot write to the data folder {tmp_path / 'data'}" in said
    assert "--data" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_is_closed_is_said(tmp_path):
    tmp_path.chmod(0o500)
    status, said = say("serve", "--port", str(free_port()), "--data", tmp_path)
    assert status == 1
    assert "Cannot write" in said


@pytest.mark.skipif(bool(databases.SERVER), reason="there is no such file with PostgreSQL")
def test_a_file_that_is_no_database_is_said(tmp_path):
    (tmp_path / "hipfirst.sqlite3").write_bytes(b"no database at all" * 100)
    status, said = say("serve", "--port", str(free_port()), "--data", tmp_path)
    assert status == 1
    assert "hipfirst.sqlite3 cannot be used" in said
    assert "Traceback" not in said


def test_a_bad_setting_is_said(tmp_path):
    status, said = say(
        "serve", "--port", str(free_port()), "--data", tmp_path, HIPFIRST_HTTPS="perhaps"
    )
    assert status == 1
    assert "HIPFIRST_HTTPS is 'perhaps'; allowed: true or false" in said
    assert "Traceback" not in said


def test_a_weak_key_is_said(tmp_path):
    status, said = say(
        "serve", "--port", str(free_port()), "--data", tmp_path, HIPFIRST_SECRET_KEY="changeme"
    )
    assert status == 1
    assert "hipfirst.E003" in said
    assert "Traceback" not in said


@pytest.fixture
def broken_pack(tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(STARTER, pack, ignore=shutil.ignore_patterns("baked"))
    (pack / "exercises" / "clam.yaml").write_text("format: 1\nslug: clam\nlevel: heroic\n")
    return pack


def test_a_broken_pack_is_refused_whole(tmp_path, broken_pack):
    status, said = say("load", broken_pack, "--data", tmp_path / "data")
    assert status == 1
    assert "exercises/clam.yaml" in said
    assert "heroic" in said
    assert "gentle" in said
    assert "Traceback" not in said
    assert databases.rows(tmp_path / "data", "SELECT count(*) FROM library_document") == [(0,)]


def test_loading_twice_changes_nothing(tmp_path):
    assert say("load", STARTER, "--data", tmp_path)[0] == 0
    status, said = say("load", STARTER, "--data", tmp_path)
    assert (status, "nothing changed" in said) == (0, True)


def test_no_pack_there(tmp_path):
    status, said = say("load", tmp_path / "nowhere", "--data", tmp_path / "data")
    assert status == 1
    assert "pack.yaml" in said


def test_manage_passes_on(tmp_path):
    status, said = say("manage", "--data", tmp_path, "check")
    assert status == 0, said
    assert "no issues" in said or "W002" in said
    status, said = say("manage", "--data", tmp_path, "no-such-command")
    assert status == 1
    assert "no-such-command" in said
