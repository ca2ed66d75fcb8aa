# SPDX-License-Identifier: Apache-2.0
"""Makes the figure's mesh: `python tools/figure/make.py --help`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hipfirst.packs.bake.figure import ASSET


def main() -> None:
    parser = argparse.ArgumentParser(description="Grow the figure's mesh round the skeleton.")
    parser.add_argument("--out", type=Path, default=ASSET, help="the file to write")
    parser.add_argument("--step", type=float, default=3.0, help="grid of the distance field [mm]")
    parser.add_argument("--triangles", type=int, default=25000, help="of the whole body, about")
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from figure.build import build  # noqa: PLC0415 (its folder has just been put on the path)

    options.out.write_bytes(build(options.step / 1000, options.triangles))
    print(f"{options.out}: {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
