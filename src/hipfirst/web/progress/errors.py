# SPDX-License-Identifier: Apache-2.0
"""Refused
├── TooManyReports
└── NoPdf
"""

from __future__ import annotations

from hipfirst.web.shared.errors import Refused


class TooManyReports(Refused):
    """So many links of this person open a page already."""

    status = 429
    code = "too-many-reports"


class NoPdf(Refused):
    """What makes the file is missing on this machine; the page itself prints."""

    status = 501
    code = "no-pdf"
