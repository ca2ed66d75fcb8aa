# SPDX-License-Identifier: Apache-2.0
"""Recorded cues: from a file of the pack to an address that the player can load."""

import pytest

from hipfirst.web.library.actions import pack_load
from hipfirst.web.library.errors import RecordingError
from hipfirst.web.library.models import Document, PackFile
from hipfirst.web.library.queries import audio_urls

pytestmark = pytest.mark.django_db


def recording(cue="move", file="audio/march-move.mp3"):
    return {"cue": cue, "file": file, "licence": "CC-BY-4.0", "credit": "A coach"}


@pytest.fixture
def recorded(folder):
    """A pack with one movement, of which one cue was recorded."""
    folder.exercise("march", recordings=[recording()]).bake("march")
    return record(folder, b"ID3 sound")


def record(folder, content):
    path = folder.root / "audio" / "march-move.mp3"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return folder


def urls():
    return audio_urls(Document.objects.get(slug="march"))


def test_a_recording_is_served_for_ever(client, recorded):
    pack_load(recorded.root)
    assert list(urls()) == ["move"]
    response = client.get(urls()["move"])
    assert (response.status_code, response.content) == (200, b"ID3 sound")
    assert response["Content-Type"] == "audio/mpeg"
    assert response["Cache-Control"] == "max-age=31536000, immutable, public"


def test_another_recording_has_another_address_and_the_old_one_leads_to_it(client, recorded):
    pack_load(recorded.root)
    old = urls()["move"]
    assert pack_load(record(recorded, b"ID3 better").root).changed == 1
    assert urls()["move"] != old
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (302, urls()["move"])


def test_loading_again_changes_nothing(recorded):
    pack_load(recorded.root)
    assert pack_load(recorded.root).unchanged == 1
    assert PackFile.objects.count() == 3


def test_a_movement_without_recordings_is_spoken(folder):
    pack_load(folder.exercise("march").bake("march").root)
    assert urls() == {}


def test_a_recording_without_its_file_stops_the_load(folder):
    folder.exercise("march", recordings=[recording()])
    with pytest.raises(RecordingError, match=r"'audio/march-move\.mp3', which is no file"):
        pack_load(folder.root)
    assert Document.objects.count() == 0
