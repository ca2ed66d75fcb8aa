# SPDX-License-Identifier: Apache-2.0
"""Migrations, system checks, the API's description and the small addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.project import checks
from hipfirst.web.project.knee_file import knee_file_take
from hipfirst.web.project.start import StartError
from hipfirst.web.site.actions import knee_rules_set
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.site.queries import site_settings

ROOT = Path(__file__).parents[3]


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def ids(check):
    return [message.id for message in check(None)]


def test_a_missing_build_is_said(tmp_path):
    with override_settings(ASSETS=tmp_path):
        assert ids(checks.assets_are_built) == ["hipfirst.E001"]
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text("{}")
    with override_settings(ASSETS=tmp_path):
        assert ids(checks.assets_are_built) == []


def test_a_pack_without_clips_is_said(tmp_path):
    with override_settings(STARTER_PACK=tmp_path):
        (message,) = checks.pack_is_baked(None)
    assert message.id == "hipfirst.W002"
    assert "hipfirst bake" in message.hint
    clips = tmp_path / "baked" / "clips"
    clips.mkdir(parents=True)
    (clips / "clam.json").write_text("{}")
    with override_settings(STARTER_PACK=tmp_path):
        assert ids(checks.pack_is_baked) == []


@pytest.mark.parametrize("key", ["", "changeme", "a" * 60])
def test_a_guessable_key_is_said(key):
    with override_settings(SECRET_KEY=key):
        (message,) = checks.secret_key_is_secret(None)
    assert message.id == "hipfirst.E003"
    assert "HIPFIRST_SECRET_KEY_FILE" in message.hint
    if key:
        assert key not in message.msg


def test_debug_on_a_public_host_is_said():
    with override_settings(DEBUG=True, ALLOWED_HOSTS=["hips.example"]):
        assert ids(checks.debug_stays_home) == ["hipfirst.E004"]
    with override_settings(DEBUG=True, ALLOWED_HOSTS=["localhost"]):
        assert ids(checks.debug_stays_home) == []
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["hips.example"]):
        assert ids(checks.debug_stays_home) == []


def test_a_public_host_without_https_is_said():
    with override_settings(HTTPS=False, ALLOWED_HOSTS=["hips.example"]):
        assert ids(checks.public_hosts_use_https) == ["hipfirst.W005"]
    with override_settings(HTTPS=True, ALLOWED_HOSTS=["hips.example"]):
        assert ids(checks.public_hosts_use_https) == []


def test_a_key_open_to_others_is_said(tmp_path):
    key = tmp_path / "secret_key"
    key.write_text("x")
    for mode, wanted in ((0o644, ["hipfirst.W006"]), (0o600, [])):
        key.chmod(mode)
        with override_settings(DATA=tmp_path):
            assert ids(checks.data_is_private) == wanted


def test_the_api_describes_itself(stranger):
    described = json.loads(stranger.get("/api/openapi.json").content)
    assert set(described["paths"]) == {
        "/api/kept/{session}",
        "/api/runs/{run_id}",
        "/api/runs/{run_id}/events",
    }
    append = described["paths"]["/api/runs/{run_id}/events"]["post"]
    assert "events" in append["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert {"200", "400", "401", "403", "404", "413", "422"} == set(append["responses"])
    assert append["security"]
    schemas = described["components"]["schemas"]
    assert all("stopped" in schemas[name]["required"] for name in ("Appended", "Opened"))


def test_the_api_has_no_page_that_calls_outside(stranger):
    assert stranger.get("/api/docs").status_code == 404


def test_health_needs_the_database(stranger):
    answer = stranger.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_robots_keep_out_of_what_is_personal(stranger):
    assert b"Disallow: /play/" in stranger.get("/robots.txt").content


def test_the_starter_pack_is_found():
    assert (settings.STARTER_PACK / "pack.yaml").is_file()


def test_a_file_of_knee_rules_is_taken_over_once(db, tmp_path):
    file = tmp_path / "knee-rules.yaml"
    file.write_text("amber: 2\nred: 5\n")
    assert "renamed to knee-rules.taken-over.yaml" in knee_file_take(tmp_path)
    assert site_settings().knee_rules == {"amber": 2}
    assert [each.name for each in tmp_path.iterdir()] == ["knee-rules.taken-over.yaml"]
    assert knee_file_take(tmp_path) == ""


def test_a_file_of_knee_rules_never_overrules_the_settings(db, tmp_path):
    knee_rules_set(thresholds=Thresholds(flare=8))
    (tmp_path / "knee-rules.yaml").write_text("amber: 2\n")
    said = knee_file_take(tmp_path)
    assert "is not read" in said
    assert "/behind/" in said
    assert site_settings().knee_rules == {"flare": 8}


def test_a_wrong_file_of_knee_rules_stops_the_start(db, tmp_path):
    (tmp_path / "knee-rules.yaml").write_text("amber: 12\nrde: 5\n")
    with pytest.raises(StartError) as caught:
        knee_file_take(tmp_path)
    for said in ("knee-rules.yaml", "amber", "12", "rde", "10"):
        assert said in str(caught.value)
    assert (tmp_path / "knee-rules.yaml").exists()


def test_a_public_site_that_does_not_say_whose_it_is_is_said(db):
    with override_settings(ALLOWED_HOSTS=["hips.example"]):
        (message,) = checks.a_public_site_says_whose_it_is(None)
        assert message.id == "hipfirst.W008"
        assert "hips.example" in message.msg
        SiteSettings.objects.create(imprint="Hip House, Main Street 1")
        assert ids(checks.a_public_site_says_whose_it_is) == []


def test_a_site_at_home_need_not_say_whose_it_is(db):
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        assert ids(checks.a_public_site_says_whose_it_is) == []


def test_a_public_site_without_mail_is_said():
    console = "django.core.mail.backends.console.EmailBackend"
    with override_settings(ALLOWED_HOSTS=["hips.example"], EMAIL_BACKEND=console):
        (message,) = checks.a_public_site_sends_mail(None)
        assert message.id == "hipfirst.W009"
        assert "HIPFIRST_MAIL_HOST" in message.hint
    smtp = console.replace("console", "smtp")
    for hosts, backend in ((["hips.example"], smtp), (["localhost"], console)):
        with override_settings(ALLOWED_HOSTS=hosts, EMAIL_BACKEND=backend):
            assert ids(checks.a_public_site_sends_mail) == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://[::1]:80", "http://0.0.0.0"])
def test_a_public_site_whose_mails_lead_nowhere_is_said(url):
    with override_settings(ALLOWED_HOSTS=["hips.example"], SITE_URL=url):
        (message,) = checks.a_public_site_knows_its_address(None)
    assert message.id == "hipfirst.W010"
    assert "https://hips.example" in message.hint
    with override_settings(ALLOWED_HOSTS=["hips.example"], SITE_URL="", LISTENS_URL=url):
        (told,) = checks.a_public_site_knows_its_address(None)
    assert told == message
    with override_settings(ALLOWED_HOSTS=["localhost"], SITE_URL=url):
        assert ids(checks.a_public_site_knows_its_address) == []
    with override_settings(ALLOWED_HOSTS=["hips.example"], SITE_URL="https://hips.example"):
        assert ids(checks.a_public_site_knows_its_address) == []


def test_every_threshold_of_the_owner_is_documented():
    page = (ROOT / "docs" / "self-hosting.md").read_text(encoding="utf-8")
    for name, default in Thresholds().model_dump().items():
        assert f"{name}: {default:g} " in page
