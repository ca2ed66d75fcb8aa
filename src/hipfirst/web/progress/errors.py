# SPDX-License-Identifier: Apache-2.0
"""Refused
└── TooManyReports

NoPdf is none of them: whoever asks for the file gets the page, which prints.
"""

from __future__ import annotations

from hipfirst.web.shared.errors import Refused


class TooManyReports(Refused):
    """So many links of this person open a page already, or so many were made in a day."""

    status = 429
    code = "too-many-reports"


class NoPdf(Exception):  # noqa: N818 said like a refusal, and caught where a file is made
    """What makes the file is missing on this machine."""
