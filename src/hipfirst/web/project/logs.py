# SPDX-License-Identifier: Apache-2.0
"""What may stand in a log: no address that opens something by itself."""

from __future__ import annotations

import logging
import re

_KEY = re.compile(r"(/(?:report|calendar|mail/(?:[\w-]+/)*stop)/)[^/\s?#\"'<>]+")
"""The part of an address after which a secret follows."""


def blanked(text: str) -> str:
    """`Gone: /report/s3cret/` -> `Gone: /report/***/`"""
    return _KEY.sub(r"\1***", text)


class BlankKeys(logging.Filter):
    """Lets every line pass, without the secrets that addresses hold."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if (safe := blanked(said)) != said:
            record.msg, record.args = safe, ()
        return True
