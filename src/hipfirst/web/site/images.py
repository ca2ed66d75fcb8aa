# SPDX-License-Identifier: Apache-2.0
"""A logo that somebody uploaded: looked at, and painted anew so that only its pixels remain."""

from __future__ import annotations

from io import BytesIO
from typing import ClassVar

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from hipfirst.web.shared.errors import Refused
from hipfirst.web.site.queries import Logo

MAX_BYTES = 512 * 1024
MAX_SIDE = 2000
"""[pixels]"""
FORMATS = ("PNG", "JPEG", "WEBP")
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError)
"""What the decoders raise for files that are broken, or that were made to break them."""
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class BadImage(Refused):
    code: ClassVar[str] = "bad_image"


def logo_from(file: File[bytes]) -> Logo:
    """The picture without anything else the file held. Raises BadImage."""
    size = file.size or 0
    if size > MAX_BYTES:
        given, most = size // 1024, MAX_BYTES // 1024
        raise BadImage(
            _("The file has %(given)s KB; at most %(most)s KB.") % {"given": given, "most": most}
        )
    raw = file.read(MAX_BYTES + 1)
    if b"<svg" in raw[:4096].lower():
        raise BadImage(_("An SVG can hold scripts and is not taken; use a PNG, JPEG or WebP."))
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            _check_sides(image)
            return _painted(image)
    except _BOMB:
        raise BadImage(_too_large(_("far too many"))) from None
    except _UNREADABLE:
        raise BadImage(_("This is no picture that can be read; use a PNG, JPEG or WebP.")) from None


def _check_sides(image: Image.Image) -> None:
    """Before anything is unpacked: a small file can hold a picture that fills the memory."""
    if max(image.size) > MAX_SIDE:
        raise BadImage(_too_large("{} x {}".format(*image.size)))


def _too_large(given: str) -> str:
    return _("The picture has %(given)s pixels; at most %(most)s x %(most)s.") % {
        "given": given,
        "most": MAX_SIDE,
    }


def _painted(image: Image.Image) -> Logo:
    kind = str(image.format)
    upright = ImageOps.exif_transpose(image)
    mode = "RGB" if kind == "JPEG" or not upright.has_transparency_data else "RGBA"
    pixels = upright.convert(mode)
    fresh = Image.frombytes(mode, pixels.size, pixels.tobytes())
    out = BytesIO()
    fresh.save(out, kind, **({"optimize": True} if kind == "PNG" else {"quality": 90}))
    return Logo(out.getvalue(), kind.lower())
