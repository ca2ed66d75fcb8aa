# SPDX-License-Identifier: Apache-2.0
"""What can go wrong in the library.

LibraryError
├── PackConflictError   two packs claim one document
├── BakedFileError      an index of baked files that cannot be used
└── RecordingError      a recorded cue without its file
"""

from __future__ import annotations


class LibraryError(Exception):
    """Root of the library's errors."""


class PackConflictError(LibraryError):
    def __init__(self, *, kind: str, slug: str, owner: str, pack: str) -> None:
        super().__init__(
            f"pack {pack!r} brings {kind} {slug!r}, which belongs to pack {owner!r}: a slug may be "
            f"used once per kind; rename one of them"
        )


class BakedFileError(LibraryError):
    """`baked/index.json` or a file it names cannot be used."""


class RecordingError(LibraryError):
    """An exercise names a recording that is not in its pack."""
