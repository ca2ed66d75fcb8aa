# SPDX-License-Identifier: Apache-2.0
"""The codes of vouchers: letters and digits that are read aloud and typed off without mistakes.

Crockford's alphabet has no I, L, O and U: what looks like another sign is taken for it.
Twelve of them are 60 bits: nobody finds one by trying.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
_BETWEEN = frozenset(" -\u2013\u2014.\t\r\n")
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A code that nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalised(typed: str) -> str:
    """What somebody typed, as codes are kept; empty where it cannot be one."""
    kept = "".join(
        sign for sign in typed[: 4 * LENGTH].upper() if sign not in " -\u2013\u2014.\t\r\n"
    )
    code = kept.translate(_LOOKS_LIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spelled(code: str) -> str:
    """As people see it: XXXX-XXXX-XXXX."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
