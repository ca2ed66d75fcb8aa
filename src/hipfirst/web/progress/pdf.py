# SPDX-License-Identifier: Apache-2.0
"""A sheet as a PDF: one page of A4, tagged for screen readers, made without asking any network.

WeasyPrint and what it stands on are loaded only here: an optional extra, some 60 MiB of memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hipfirst.web.progress.errors import NoPdf
from hipfirst.web.progress.sheet import Sheet

if TYPE_CHECKING:
    from types import ModuleType

SIZES_PT = (9.6, 9.0, 8.4, 7.8, 7.2, 6.6)
"""Sizes of the text: the largest with which everything stands on one page."""


def pdf_of(sheet: Sheet, site_name: str) -> bytes:
    """Raises NoPdf where this machine cannot make one."""
    library = _library()
    documents = (_laid_out(library, sheet, site_name, size) for size in SIZES_PT)
    document = next((each for each in documents if len(each.pages) == 1), None)
    # Somebody with the longest of everything gets two pages that can be read.
    whole = document or _laid_out(library, sheet, site_name, SIZES_PT[1])
    made: bytes = whole.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return made


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
    except (ImportError, OSError) as error:
        # OSError: the library is there, and Pango is not.
        raise NoPdf(
            _(
                "This site cannot make PDF files: its machine lacks WeasyPrint or Pango. Open the"
                " page and print it from your browser; there you can also save it as a PDF."
            )
        ) from error
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
