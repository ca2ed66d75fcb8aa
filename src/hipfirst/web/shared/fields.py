# SPDX-License-Identifier: Apache-2.0
"""Model fields of our own."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from django.db import models

from hipfirst.packs.canonical import canonical_json

if TYPE_CHECKING:
    _Bytes = models.BinaryField[Any, Any]
else:
    _Bytes = models.BinaryField


class PackedJSONField(_Bytes):
    """JSON that is only ever read whole, compressed: a timeline shrinks to about a tenth.

    The database cannot look into it.
    """

    if TYPE_CHECKING:
        # What a query for the column alone gives, where the checker would say bytes.
        _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> bytes | None:
        return None if value is None else zlib.compress(canonical_json(value).encode())

    def from_db_value(self, value: bytes | None, *_context: object) -> Any:
        return None if value is None else json.loads(zlib.decompress(value))

    def value_to_string(self, obj: models.Model) -> str:
        """As text, for `dumpdata`."""
        return canonical_json(self.value_from_object(obj))

    def to_python(self, value: Any) -> Any:
        """What `value_to_string` wrote, read back; anything else as it is."""
        return json.loads(value) if isinstance(value, str) else value
