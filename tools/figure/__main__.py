# SPDX-License-Identifier: Apache-2.0
"""`PYTHONPATH=tools python -m figure OUT [--step MM] [--triangles N]`"""

from __future__ import annotations

import argparse
from pathlib import Path

from figure.build import build

parser = argparse.ArgumentParser(prog="figure", description="Grow the figure's mesh.")
parser.add_argument("out", type=Path, help="the file to write")
parser.add_argument("--step", type=float, default=3.0, help="grid of the distance field [mm]")
parser.add_argument("--triangles", type=int, default=24000, help="of the whole body, about")
options = parser.parse_args()
options.out.write_bytes(build(options.step / 1000, options.triangles))
print(f"{options.out}: {options.out.stat().st_size} bytes")
