# SPDX-License-Identifier: Apache-2.0
"""The `hipfirst` command. Each module of this room is one subcommand.

A module says `NAME`, `HELP`, `configure(parser)` and `run(args) -> exit code`.
"""

from __future__ import annotations

from hipfirst.cli.main import main

__all__ = ["main"]
