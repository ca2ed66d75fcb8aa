# SPDX-License-Identifier: Apache-2.0
"""A sheet as a PDF: one page of A4, tagged for screen readers, made without asking any network.

WeasyPrint and what it stands on are loaded only here: an optional extra, some 60 MiB of memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from hipfirst.web.progress.errors import NoPdf
from hipfirst.web.progress.sheet import Sheet

if TYPE_CHECKING:
    from types import ModuleType

SIZES_PT = (9.6, 9.0, 8.4, 7.8, 7.2, 6.6)
"""Sizes of the text: the largest with which everything stands on one page."""
PAGES_TO_SHRINK = 2
"""Of what takes more pages at the first size, no size makes one: it is not tried."""


def pdf_of(sheet: Sheet, site_name: str) -> bytes:
    """Raises NoPdf where this machine cannot make one."""
    whole = _one_page(_library(), sheet, site_name)
    made: bytes = whole.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return made


def _one_page(library: ModuleType, sheet: Sheet, site_name: str) -> Any:
    """The largest that fits. Where that is hopeless, or none does, pages that can be read."""
    first = _laid_out(library, sheet, site_name, SIZES_PT[0])
    if len(first.pages) == 1 or len(first.pages) > PAGES_TO_SHRINK:
        return first
    smaller = (_laid_out(library, sheet, site_name, size) for size in SIZES_PT[1:])
    return next((each for each in smaller if len(each.pages) == 1), first)


def is_possible() -> bool:
    """Whether this machine can make one."""
    try:
        _library()
    except NoPdf:
        return False
    return True


def _library() -> ModuleType:
    try:
        import weasyprint  # noqa: PLC0415 heavy, and not everybody installs it
        from PIL import ImageFile  # noqa: PLC0415 comes along with it
    except (ImportError, OSError) as error:
        # OSError: the library is there, and Pango is not.
        raise NoPdf("WeasyPrint or Pango cannot be loaded") from error
    # WeasyPrint lets Pillow accept cut-off pictures in the whole process, uploads among them.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    library: ModuleType = weasyprint
    return library


def _laid_out(library: ModuleType, sheet: Sheet, site_name: str, size_pt: float) -> Any:
    html = render_to_string(
        "progress/report_pdf.html",
        {"sheet": sheet, "site_name": site_name, "size": f"{size_pt}pt"},
    )
    return library.HTML(string=html, url_fetcher=_refuser(library)).render(
        pdf_variant="pdf/ua-1", pdf_tags=True
    )


def _refuser(library: ModuleType) -> Any:
    """Fetches nothing, whatever the page might name."""

    class Refuser(library.urls.URLFetcher):  # type: ignore[misc,name-defined]
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"{url}: a page for a professional holds everything itself")

    return Refuser()
