# SPDX-License-Identifier: Apache-2.0
"""Logos: pixels and nothing else come in."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from hipfirst.web.site.images import MAX_BYTES, MAX_SIDE
from hipfirst.web.site.models import SiteSettings

SECRET = "taken at 52.5200 N 13.4050 E"
SCRIPT = b"<html><script>alert(1)</script></html>"


def picture(kind="PNG", size=(40, 20), mode="RGB", **how):
    out = BytesIO()
    Image.new(mode, size, "#1d5a49").save(out, kind, **how)
    return out.getvalue()


def upload(data, name="logo.png"):
    return SimpleUploadedFile(name, data, content_type="image/png")


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(width, height):
    """A small PNG that says it is large, and is."""
    rows = zlib.compress((b"\0" + b"\0" * (width // 8)) * 1000, 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def kept():
    return SiteSettings.objects.values_list("logo", "logo_type").get()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_stands_on_every_page(olga, stranger, kind):
    assert stranger.get("/site/logo").status_code == 404
    # The name of the file and what the browser says of it count for nothing.
    assert olga.set(name="Hip House", logo_file=upload(picture(kind), "x.html")).status_code == 302
    page = stranger.get("/terms/").content.decode()
    tag = re.search(r'<img class="wordmark__logo" src="(/site/logo\?v=\d+)" alt="Hip House">', page)
    answer = stranger.get(tag[1])
    assert answer["Content-Type"] == f"image/{kind.lower()}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    with Image.open(BytesIO(answer.content)) as shown:
        assert (shown.format, shown.size) == (kind, (40, 20))
    assert 'class="room-mark__logo"' in olga.get("/behind/").content.decode()


def test_a_logo_stays_until_it_is_removed(olga, stranger):
    olga.set(logo_file=upload(picture()))
    olga.set(name="Other")
    assert stranger.get("/site/logo").status_code == 200
    olga.set(logo_remove="on")
    assert stranger.get("/site/logo").status_code == 404
    assert "wordmark__logo" not in stranger.get("/terms/").content.decode()


def test_what_a_file_holds_beside_its_pixels_is_gone(olga):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET)
    exif = Image.Exif()
    exif[0x010E] = SECRET
    for data in (
        picture(pnginfo=notes),
        picture("JPEG", exif=exif, comment=SECRET),
        picture("WEBP", exif=exif, xmp=SECRET.encode()),
        picture() + SCRIPT,
        picture("JPEG") + SCRIPT,
    ):
        assert SECRET.encode() in data or SCRIPT in data
        assert olga.set(logo_file=upload(data)).status_code == 302
        stored = bytes(kept()[0])
        assert SECRET.encode() not in stored
        assert b"script" not in stored


def test_what_shines_through_still_does(olga):
    olga.set(logo_file=upload(picture(mode="RGBA")))
    with Image.open(BytesIO(bytes(kept()[0]))) as shown:
        assert shown.mode == "RGBA"


def test_a_picture_lying_on_its_side_is_put_upright(olga):
    exif = Image.Exif()
    exif[0x0112] = 6
    olga.set(logo_file=upload(picture("JPEG", exif=exif)))
    with Image.open(BytesIO(bytes(kept()[0]))) as shown:
        assert shown.size == (20, 40)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG can hold scripts"),
        (b"<SVG onload=alert(1)>", "SVG can hold scripts"),
        (picture("GIF"), "no picture that can be read"),
        (picture("BMP"), "no picture that can be read"),
        (b"GIF89a<script>alert(1)</script>", "no picture that can be read"),
        (SCRIPT, "no picture that can be read"),
        (picture()[:60], "no picture that can be read"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "no picture that can be read"),
        (picture(size=(MAX_SIDE + 1, 10)), f"2001 x 10 pixels; at most {MAX_SIDE} x {MAX_SIDE}"),
        (bomb(40_000, 40_000), "at most 2000 x 2000"),
        (bomb(9_000, 11_000), "at most 2000 x 2000"),
        (picture() + b"\0" * MAX_BYTES, "512 KB; at most 512 KB"),
    ],
    ids=[
        "svg",
        "svg-shouted",
        "gif",
        "bmp",
        "gif-of-script",
        "html",
        "cut-off",
        "hollow",
        "wide",
        "bomb",
        "small-bomb",
        "heavy",
    ],
)
def test_what_is_no_logo_is_refused_with_the_reason(olga, data, said):
    olga.set(logo_file=upload(picture()))
    before = kept()
    (error,) = olga.refused(logo_file=upload(data))["logo_file"]
    assert said in error
    assert kept() == before


def test_an_empty_file_is_refused(olga):
    assert "logo_file" in olga.refused(logo_file=upload(b""))
