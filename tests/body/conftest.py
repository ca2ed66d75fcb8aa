# SPDX-License-Identifier: Apache-2.0
"""Solving takes as long as the machine is busy: no test here has a deadline."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
