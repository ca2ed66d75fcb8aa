# SPDX-License-Identifier: Apache-2.0
"""The figure as one file: `HFIG`, header length, JSON header, then columns of small integers.

Every column is stored as differences from the row before, 16-bit ones split into low and high
bytes, because that is what general compression likes. Layout and meaning: docs of the reader in
`hipfirst.packs.bake.figure`.
"""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hipfirst.body.skeleton import Array

Integers = NDArray[Any]
POSITION_SCALE = 1.0 / 30000
"""Metres per unit of a stored position."""


def positions(points: Array) -> NDArray[np.int16]:
    """Points [m] as stored."""
    return np.round(points / POSITION_SCALE).astype(np.int16)


def normals(directions: Array) -> NDArray[np.int8]:
    """Unit vectors as stored."""
    return np.round(directions * 127).astype(np.int8)


def _column(values: Integers) -> bytes:
    width = values.dtype.itemsize
    wide = values.astype(np.int64)
    steps = np.diff(wide, prepend=0) % (1 << (8 * width))
    raw = steps.astype(np.uint8 if width == 1 else np.uint16).view(np.uint8).reshape(-1, width)
    return b"".join(raw[:, i].tobytes() for i in range(width))


def packed(header: dict[str, Any], arrays: dict[str, Integers]) -> bytes:
    """The file's bytes; `arrays` are (n, k) of int8, uint8, int16 or uint16."""
    sections, body = [], b""
    for name, array in arrays.items():
        columns = b"".join(_column(column) for column in array.T)
        sections.append(
            {
                "name": name,
                "type": array.dtype.name,
                "rows": array.shape[0],
                "columns": array.shape[1],
            }
        )
        body += columns
    text = json.dumps({**header, "sections": sections}, separators=(",", ":")).encode()
    return b"HFIG" + struct.pack("<I", len(text)) + text + body
